"""Repairs: the smallest rewording of small estimates whose answer is known, or found by trying everything."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, product
from typing import TYPE_CHECKING

import numpy as np
import pytest

from estimative.language.read import read_texts
from estimative.model.rewording import likelihoods, rewordings
from estimative.places.source import Source
from estimative.questions import repair as repairing
from estimative.questions import screen
from estimative.questions.claims import FOLLOWS, judge_claims
from estimative.questions.margin import margins
from estimative.questions.repair import MOST_STEPS, MOST_WORDS, Repair, Undecided, repair, steps_of
from estimative.questions.reworded import side_by_side
from estimative.show.telling import meaning_text
from support.small import estimate_of, futures_of

if TYPE_CHECKING:
    from estimative.model.rewording import Rewording
    from estimative.questions.futures import Futures

CHAIN = """\
conditions:
  a: {becomes: {first: {likelihood: unlikely, cites: memo p.3 "hardly"}}}
  b: {becomes: {second: {likelihood: likely, within: 1 year, when: a}}}
  c: {becomes: {third: {likelihood: 90%, when: ever b}}}
  aside: {becomes: {fourth: likely}}
  fixed: {becomes: {fifth: 3%}}
sources: {memo: {title: A memo}}
claims:
  a-likely: {test: P(ever a) is at least likely}
  b-likely: {test: P(ever b) is at least likely}
  b-not: {test: P(ever b) is at most unlikely}
  fixed-likely: {test: P(ever fixed) is likely}
  ahead: {test: P(ever a) > P(ever aside)}
"""


@pytest.fixture(scope="module")
def chain() -> Futures:
    return futures_of(estimate_of(CHAIN), readings=128, futures=1024)


def repaired(futures: Futures, name: str) -> Repair:
    claim = next(claim for claim in futures.estimate.claims if claim.name == name)
    found = repair(futures, claim)
    assert isinstance(found, Repair)
    return found


def said(found: Repair) -> list[tuple[str, str, int]]:
    return [(one.name, meaning_text(one.meaning), one.steps) for one in found.rewordings]


def test_one_word_is_enough_and_no_more_than_needed(chain: Futures) -> None:
    found = repaired(chain, "a-likely")
    assert said(found) == [("a.becomes.first", "likely", 2)]
    assert found.repaired
    assert found.before == 0.0
    assert found.after >= FOLLOWS


def test_two_words_where_no_one_word_does(chain: Futures) -> None:
    found = repaired(chain, "b-likely")
    assert found.repaired
    assert {name for name, _, _ in said(found)} == {"a.becomes.first", "b.becomes.second"}


def test_what_follows_needs_nothing(chain: Futures) -> None:
    found = repaired(chain, "b-not")
    assert found.repaired
    assert found.rewordings == ()
    assert found.diff == ""


def test_what_no_word_can_mend_is_said_to_be_so(chain: Futures) -> None:
    """The likelihood is a number: there is no ladder to move it on."""
    found = repaired(chain, "fixed-likely")
    assert not found.repaired
    assert found.after == found.before == 0.0
    assert found.rewordings == ()


def test_the_nearest_is_shown_where_nothing_is_enough() -> None:
    text = "conditions:\n" + "".join(f"  x{k}: {{becomes: {{r: unlikely}}}}\n" for k in range(5))
    text += f"  all: {{is: {' and '.join(f'x{k}' for k in range(5))}}}\n"
    text += "claims: {sure: {test: P(ever all) is almost certain}}\n"
    futures = futures_of(estimate_of(text), readings=32, futures=512)
    found = repaired(futures, "sure")
    assert not found.repaired
    assert found.after < FOLLOWS
    assert len(found.rewordings) <= MOST_WORDS


def test_the_diff_is_the_estimate_with_the_rewording(chain: Futures) -> None:
    found = repaired(chain, "a-likely")
    source = chain.estimate.claims[0].span.source
    removed = [line[1:] for line in found.diff.splitlines() if line.startswith("-") and line[:3] != "---"]
    added = [line[1:] for line in found.diff.splitlines() if line.startswith("+") and line[:3] != "+++"]
    text = source.text
    for old, new in zip(removed, added, strict=True):
        assert text.count(old) == 1
        text = text.replace(old, new)
    estimate, problems = read_texts([Source("mended.yaml", text)])
    assert estimate is not None
    assert not [problem for problem in problems if problem.severity == "error"]
    mended = futures_of(estimate, readings=128, futures=1024)
    answer = next(a for a in judge_claims(mended, estimate.claims) if a.claim.name == "a-likely")
    assert answer.share == found.after


def test_a_claim_that_compares_is_repaired(chain: Futures) -> None:
    found = repaired(chain, "ahead")
    assert found.repaired
    assert {name for name, _, _ in said(found)} <= {"a.becomes.first", "aside.becomes.fourth"}


def test_few_readings_that_can_tell_are_no_answer(chain: Futures) -> None:
    rare = estimate_of(
        "conditions: {a: {becomes: {r: likely}}, z: {becomes: {r: 0.01%}}}\n"
        "claims: {k: {test: P(ever a | ever z) is likely}}\n"
    )
    found = repair(futures_of(rare, readings=8, futures=256), rare.claims[0])
    assert found == Undecided(rare.claims[0])
    assert chain.futures == 1024


def test_progress_rises_to_its_end(chain: Futures) -> None:
    told: list[float] = []
    repaired(replace(chain, progress=told.append), "b-likely")
    assert told == sorted(told)
    assert 0 <= told[0] <= told[-1] <= 1


def test_margins_are_distances_in_log_odds(chain: Futures) -> None:
    """`fixed` is 3%, and likely begins at 55%."""
    answers = {answer.claim.name: answer for answer in judge_claims(chain, chain.estimate.claims)}
    expected = np.log(0.03 / 0.97) - np.log(0.55 / 0.45)
    assert margins(chain.readings, answers["fixed-likely"]).mean() == pytest.approx(expected, abs=0.1)
    assert (
        margins(chain.readings, answers["b-not"]).min() > 0 > margins(chain.readings, answers["ahead"]).max()
    )


def test_steps_are_counted_both_ways(chain: Futures) -> None:
    found = repaired(chain, "a-likely")
    assert steps_of(found.rewordings) == 2


# -- against everything that could be tried --------------------------------------------------------------


def of_these(words: list[str], least: int, test: str) -> str:
    """An estimate in which so many of some things must come about."""
    things = "".join(f"  x{n}: {{becomes: {{r: {word}}}}}\n" for n, word in enumerate(words))
    names = ", ".join(f"x{n}" for n in range(len(words)))
    return f"conditions:\n{things}  together:\n    is: at least {least} of ({names})\nclaims: {{k: {{test: {test}}}}}\n"


EVERY = {
    "the largest moves come first, and are more than is needed": of_these(
        ["remote"] * 8, 2, "P(ever together) > 8%"
    ),
    "one word in two steps, and two words in one each": of_these(
        ["remote"] * 4, 1, "P(ever together) >= 21%"
    ),
    "three words": of_these(["unlikely", "remote", "unlikely", "very unlikely"], 3, "P(ever together) > 26%"),
    "downwards": of_these(["likely", "very likely", "likely"], 2, "P(ever together) < 25%"),
    "two wordings": of_these(
        ["unlikely / likely", "remote / unlikely", "likely"], 2, "P(ever together) is likely"
    ),
    "into the middle": of_these(["very likely", "likely", "likely"], 2, "P(ever together) is unlikely"),
}


def smallest(futures: Futures) -> tuple[int, int]:
    """Words and steps of the smallest repair, by judging every set in full."""
    claims = futures.estimate.claims
    offered = [rewordings(said, "icd-203", MOST_STEPS) for said in likelihoods(futures.model)]
    for words in range(1, MOST_WORDS + 1):
        sets: list[tuple[Rewording, ...]] = [
            one for several in combinations(offered, words) for one in product(*several)
        ]
        held = [
            steps_of(several)
            for several, worded in zip(sets, side_by_side(futures, sets), strict=True)
            if (judge_claims(worded, claims)[0].share or 0) >= FOLLOWS
        ]
        if held:
            return words, min(held)
    return 0, 0


@pytest.mark.parametrize("name", EVERY)
def test_nothing_smaller_does_it(name: str) -> None:
    futures = futures_of(estimate_of(EVERY[name], years=1), readings=32, futures=512)
    found = repaired(futures, "k")
    assert found.repaired
    assert found.complete
    assert (len(found.rewordings), steps_of(found.rewordings)) == smallest(futures)


@pytest.mark.parametrize("name", EVERY)
def test_nothing_smaller_does_it_where_a_screen_is_gone_over_first(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    futures = futures_of(estimate_of(EVERY[name], years=1), readings=64, futures=1024)
    expected = smallest(futures)
    monkeypatch.setattr(screen, "WORK", 1)
    monkeypatch.setattr(repairing, "WORK", 400 * screen.weight(futures) * 16 * 128)
    found = repaired(futures, "k")
    assert found.repaired
    assert not found.complete
    assert (len(found.rewordings), steps_of(found.rewordings)) == expected


def test_the_order_of_sets_is_what_makes_a_repair_the_smallest(monkeypatch: pytest.MonkeyPatch) -> None:
    """The twin: were the largest moves tried first, as they once were, more rungs would be moved than needed."""
    text = EVERY["the largest moves come first, and are more than is needed"]
    futures = futures_of(estimate_of(text, years=1), readings=32, futures=512)
    monkeypatch.setattr(repairing, "steps_of", lambda several: -steps_of(several))
    assert steps_of(repaired(futures, "k").rewordings) > smallest(futures)[1]


@pytest.mark.parametrize(
    ("wordings", "test", "expected"),
    [
        ("remote / very unlikely", "P(ever a) is at most remote", ("remote chance", 0, "remote")),
        ("unlikely / likely", "P(ever a) is at most unlikely", ("unlikely", 0, "unlikely")),
        ("remote / 20-40% / likely", "P(ever a) is unlikely", ("20–40%", 0, "20-40%")),
        ("unlikely / likely / very likely", "P(ever a) is likely", ("likely", 0, "likely")),
        ("unlikely / likely", "P(ever a) is very likely", ("very likely", 1, "very likely")),
    ],
)
def test_one_of_several_wordings_may_be_the_whole_repair(
    wordings: str, test: str, expected: tuple[str, int, str]
) -> None:
    estimate = estimate_of(
        f"conditions: {{a: {{becomes: {{r: {wordings}}}}}}}\nclaims: {{k: {{test: {test}}}}}\n", years=1
    )
    found = repaired(futures_of(estimate), "k")
    word, steps, text = expected
    assert [(one[1], one[2]) for one in said(found)] == [(word, steps)]
    assert f"+conditions: {{a: {{becomes: {{r: {text}}}}}}}\n" in found.diff, "as it was written"


def test_the_words_of_a_lottery_are_moved_too() -> None:
    text = """\
conditions: {plot: {starts: unlikely}}
scales:
  heir:
    levels: [open, son, other]
    starts: open
    settles:
      cases:
        plotted: {when: plot, levels: {son: unlikely, other: the rest}}
        otherwise: {levels: {son: likely, other: the rest}}
claims: {k: {test: P(heir is son at 2020) is at most unlikely}}
"""
    found = repaired(futures_of(estimate_of(text)), "k")
    assert said(found) == [("heir.settles.otherwise.son", "unlikely", -2)]
    assert "+        otherwise: {levels: {son: unlikely, other: the rest}}\n" in found.diff


def test_a_search_that_left_something_out_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    text = of_these(["unlikely"] * 5, 3, "P(ever together) > 84%")
    futures = futures_of(estimate_of(text, years=1), readings=16, futures=256)
    whole = repaired(futures, "k")
    monkeypatch.setattr(repairing, "MOST_SETS", 100)
    part = repaired(futures, "k")
    assert (whole.complete, part.complete) == (True, False)
    assert whole.tried == 5 * 5 + 10 * 5**2 + 10 * 5**3
    assert 25 < part.tried <= 25 + 2 * 100
    assert not whole.repaired
    assert whole.after >= part.after > whole.before
