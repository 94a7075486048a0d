"""Repairs: the smallest rewording of small estimates whose answer is known."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from estimative.language.read import read_texts
from estimative.places.source import Source
from estimative.questions.claims import FOLLOWS, judge_claims
from estimative.questions.margin import margins
from estimative.questions.repair import MOST_WORDS, repair, steps_of
from estimative.show.telling import meaning_text
from support.small import estimate_of, futures_of

if TYPE_CHECKING:
    from estimative.questions.futures import Futures
    from estimative.questions.repair import Repair

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
    assert found is not None
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
    assert repair(futures_of(rare, readings=8, futures=256), rare.claims[0]) is None
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
