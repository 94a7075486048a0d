"""Claims: by how many futures each is judged, in which readings it holds, and how two probabilities compare."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pytest

from estimative.questions.claims import FEW, FEWEST, judge_alike, judge_claims
from support.small import estimate_of, futures_of

if TYPE_CHECKING:
    from estimative.questions.claims import ClaimAnswer
    from estimative.questions.futures import Futures

TEXT = """\
conditions:
  a: {becomes: {r: {likelihood: 60%, within: 1 year}}}
  b: {becomes: {r: {likelihood: 20%, within: 1 year}}}
  idle: {becomes: {r: likely}}
  war: {is: a or b}
scales:
  mood: {levels: [low, high], starts: low, rises: {r: {likelihood: 30%, within: 1 year, when: war}}}
claims:
  compared: {test: P(ever war | do(a)) > P(ever war | do(not a))}
  written: {test: P(ever war) is likely}
  plain: {test: P(ever war | do(not a)) is unlikely}
  mode-low: {test: mode of mood at 2021 | do(not a) is low}
  if-b: {test: "P(ever war | ever b, do(not a)) >= 99%"}
  ranked: {test: "a matters most of (a, b) to P(ever war) by potential"}
  none: {says: Nobody can tell}
  no-less: {test: P(ever war | do(idle)) >= P(ever war | do(not idle))}
  no-more: {test: P(ever war | do(idle)) > P(ever war | do(not idle))}
"""
FUTURES = 8_192


@cache
def futures() -> Futures:
    return futures_of(estimate_of(TEXT, years=1), readings=16, futures=FUTURES)


def judged(few: Futures | None = None) -> dict[str, ClaimAnswer]:
    asked = few or futures()
    return {answer.claim.name: answer for answer in judge_claims(asked, asked.estimate.claims)}


def test_answers_stand_in_the_order_of_the_claims_that_have_a_test() -> None:
    names = [claim.name for claim in futures().estimate.claims if claim.test is not None]
    assert list(judged()) == names
    assert "none" not in names


@pytest.mark.parametrize(
    ("whole", "few", "more"), [(1_024, FEW, FEWEST), (2_560, 192, FEWEST), (FUTURES, 640, 640)]
)
def test_all_other_worlds_together_take_half_as_many_futures_but_each_enough(
    whole: int, few: int, more: int
) -> None:
    """They are do(a) and do(not a), a and b left out, do(idle) and do(not idle): six."""
    found = {name: answer.futures for name, answer in judged(replace(futures(), futures=whole)).items()}
    assert found["written"] == whole
    assert {found[name] for name in ("plain", "mode-low", "ranked")} == {few}
    assert {found[name] for name in ("compared", "if-b", "no-less", "no-more")} == {more}


def test_a_claim_is_judged_alike_alone_and_among_all() -> None:
    for claim in futures().estimate.claims:
        if claim.test is not None:
            (alone,) = judge_claims(futures(), [claim])
            among = judged()[claim.name]
            assert (alone.futures, alone.share) == (among.futures, among.share)


def test_a_short_run_has_no_more_futures_than_it_has() -> None:
    assert {answer.futures for answer in judged(replace(futures(), futures=64)).values()} == {64}


def test_what_is_given_is_met_often_enough_to_tell() -> None:
    """B comes about in a fifth of the futures; a reading speaks on a hundred of them."""
    assert judged()["if-b"].verdict == "follows"
    claims = [claim for claim in futures().estimate.claims if claim.name == "if-b"]
    (few,) = judge_alike(replace(futures(), futures=FEW), claims)
    assert few.verdict is None, "the twin: by as few futures as a plain one it would not tell"


@pytest.mark.parametrize(
    ("name", "share", "compared"),
    [
        ("compared", 1.0, (1.0, 0.0, 0.0)),
        ("no-less", 1.0, (0.0, 1.0, 0.0)),
        ("no-more", 0.0, (0.0, 1.0, 0.0)),
    ],
)
def test_two_probabilities_are_higher_the_same_or_lower(
    name: str, share: float, compared: tuple[float, float, float]
) -> None:
    """A makes war certain; of what bears on nothing the dice are the same."""
    answer = judged()[name]
    assert answer.share == share
    assert answer.compared is not None
    assert (answer.compared.higher, answer.compared.same, answer.compared.lower) == compared


def test_shares_of_two_probabilities_are_of_the_readings_that_tell() -> None:
    answer = judged()["compared"]
    first, second = answer.answers
    some = replace(answer, holds=np.where(np.arange(16) < 4, np.nan, answer.holds), answers=(second, first))
    assert some.compared is not None
    assert (some.compared.higher, some.compared.same, some.compared.lower) == (0.0, 0.0, 1.0)


@pytest.mark.parametrize("name", ["written", "plain", "mode-low", "ranked"])
def test_other_claims_compare_nothing(name: str) -> None:
    assert judged()[name].compared is None
