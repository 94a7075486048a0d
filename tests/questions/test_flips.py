"""Flips: single words that change a verdict, in rules and lotteries, in this world and others, beyond chance."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from scipy.stats import binomtest

from estimative.model.rewording import Rewording, likelihoods, rewordings
from estimative.questions import screen
from estimative.questions.claims import judge_claims
from estimative.questions.flips import CLEAR, Flip, flips
from estimative.show.telling import meaning_text
from estimative.words.meaning import Said
from support.small import estimate_of, futures_of, reworded

if TYPE_CHECKING:
    from estimative.questions.flips import Flips
    from estimative.questions.futures import Futures

TEXT = """\
actors:
  north: {interests: {regime: stay, unity: unite}}
conditions:
  cause: {part-of: regime, becomes: {r: {likelihood: likely, within: 1 year}}}
  effect: {becomes: {r: {likelihood: likely / unlikely, within: 1 year, when: cause}}}
  war: {part-of: unity, becomes: {r: {likelihood: unlikely, heightened-by: effect}}, ends: {peace: likely}}
  aside: {becomes: {r: likely}}
scales:
  heir:
    levels: [open, son, other]
    starts: open
    settles:
      cases:
        after-it: {when: effect, levels: {son: likely, other: unlikely}}
        otherwise: {levels: {son: unlikely, other: the rest}}
claims:
  plain: {test: P(ever effect) is at least likely}
  made: {test: "P(ever effect | do(cause)) > 60%"}
  known: {test: P(ever war | ever effect by 2021) > P(ever war)}
  heir: {test: P(heir is other at 2022) > 60%}
  fixed: {test: mode of heir at 2022 is other}
  ranked: {test: "regime matters most of (regime, unity) to P(ever war) by potential"}
"""


@pytest.fixture(scope="module")
def futures() -> Futures:
    return futures_of(estimate_of(TEXT), readings=64, futures=512)


@pytest.fixture(scope="module")
def found(futures: Futures) -> Flips:
    return flips(futures, futures.estimate.claims)


def told(found: Flips) -> dict[tuple[str, str, str], Flip]:
    return {
        (flip.claim.name, flip.rewording.name, meaning_text(flip.rewording.meaning)): flip
        for flip in found.flips
    }


def test_flips_are_all_that_trying_every_word_finds(futures: Futures, found: Flips) -> None:
    """Those of a lottery, of a made world and of a ranking among them; each with its share before and after."""
    expected = {}
    claims = futures.estimate.claims
    before = {answer.claim.name: answer for answer in judge_claims(futures, claims)}
    for said in likelihoods(futures.model):
        for one in rewordings(said, "icd-203", 1):
            for after in judge_claims(reworded(futures, [one]), claims):
                was = before[after.claim.name]
                assert was.futures == after.futures
                if after.verdict and after.verdict != was.verdict:
                    key = after.claim.name, one.name, meaning_text(one.meaning)
                    expected[key] = was.share, after.share
    assert {key: (flip.before, flip.after) for key, flip in told(found).items()} == expected
    assert {claim for claim, _, _ in expected} >= {"plain", "made", "heir"}
    assert any(name.startswith("heir.settles.") for _, name, _ in expected)


def test_each_of_two_wordings_is_tried_alone(found: Flips) -> None:
    alone = {word: flip for (claim, name, word), flip in told(found).items() if flip.rewording.steps == 0}
    assert set(alone) <= {"likely", "unlikely"}
    assert alone["likely"].after > alone["likely"].before
    assert alone["likely"].rewording.direction == 1


def test_a_screen_leaves_nothing_out(futures: Futures, found: Flips, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screen, "WORK", 16 * 128 * screen.weight(futures))
    assert len(screen.screens(futures)) > 1
    assert told(flips(futures, futures.estimate.claims)) == told(found)


def test_a_screen_that_sees_no_shift_would_leave_them_out(
    futures: Futures, found: Flips, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The twin: what the screen says does decide."""
    monkeypatch.setattr(screen, "WORK", 16 * 128 * screen.weight(futures))
    unmoved = screen.Prospect(0.5, 0.5, 0.5, 0.0)
    monkeypatch.setattr("estimative.questions.flips.prospect", lambda *_: unmoved)
    assert len(flips(futures, futures.estimate.claims[:1]).flips) < len(
        [flip for flip in found.flips if flip.claim.name == "plain"]
    )


def test_what_has_no_part_in_a_claim_is_not_tried_for_it(futures: Futures, found: Flips) -> None:
    told_: list[float] = []
    again = flips(futures, futures.estimate.claims, told_.append)
    assert told(again) == told(found)
    assert told_ == sorted(told_)
    assert told_[-1] == pytest.approx(1.0)
    assert not any(flip.rewording.name.startswith("aside.") for flip in found.flips)


@pytest.mark.parametrize(("won", "lost"), [(0, 0), (2, 0), (5, 0), (6, 0), (0, 9), (8, 1), (12, 5), (20, 5)])
def test_a_flip_is_clear_by_the_sign_test_of_readings_that_moved(
    futures: Futures, won: int, lost: int
) -> None:
    claim = futures.estimate.claims[0]
    flip = Flip(Rewording("a", Said("likely"), 1, 1), claim, 0.89, 0.91, "follows", won, lost)
    moved = won + lost
    exact = binomtest(min(won, lost), moved).pvalue if moved else 1.0
    assert flip.clear == (exact <= CLEAR)


def test_readings_won_and_lost_make_the_difference(found: Flips) -> None:
    for flip in found.flips:
        if flip.claim.name in {"plain", "made", "heir"}:
            assert (flip.won - flip.lost) / 64 == pytest.approx(flip.after - flip.before)
    assert any(flip.clear for flip in found.flips)
