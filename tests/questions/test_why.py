"""Why: shares with closed forms, what is lost without a rule, chains of causes that read as they happened."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from scipy import stats

from estimative.estimate.queries import Probability
from estimative.questions.why import why
from support.small import estimate_of, futures_of, query_of

if TYPE_CHECKING:
    from estimative.questions.why import Why

ERROR = 1e-6 / 10

ROADS = """\
conditions:
  left: {becomes: {comes: {likelihood: 50%, within: 1 year}}}
  right: {becomes: {comes: {likelihood: 50%, within: 1 year}}}
  end:
    becomes:
      by-left: {likelihood: 100%, within: 1 year, when: left}
  aside: {becomes: {soon: {likelihood: 100%, within: 1 year}}}
"""
"""Over three years: `end` follows a year after `left`, which comes with 1/2 a year; the others are beside it."""


def why_of(body: str, text: str) -> Why:
    query = query_of(text)
    assert isinstance(query, Probability)
    return why(futures_of(estimate_of(body), readings=16), query)


def test_only_what_bears_is_told_and_without_it_all_is_lost() -> None:
    found = why_of(ROADS, "P(ever end)")
    assert {part.rule for part in found.parts} == {0, 2}
    for part in found.parts:
        assert part.fired == 1.0
        assert part.linked == 1.0
        assert part.lost == 1.0
    assert found.parts[0].otherwise < 1


def test_how_often_a_rule_fired_otherwise_is_the_closed_form() -> None:
    """`left` comes too late, in the third year, in half of the quarter of futures in which `end` does not."""
    found = why_of(ROADS, "P(ever end)")
    (left,) = (part for part in found.parts if part.rule == 0)
    misses = found.traced - found.followed
    late = round(left.otherwise * misses)
    assert stats.binomtest(late, misses, 0.5).pvalue > ERROR
    assert stats.binomtest(late, misses, 0.42).pvalue < ERROR, "the twin: eight hundredths off is seen"


def test_a_path_is_told_in_its_order_with_its_steps() -> None:
    found = why_of(ROADS, "P(ever end by 2021)")
    (path,) = found.paths
    assert path.share == 1.0
    assert path.links == ((0, "left.becomes.comes", 1.0), (2, "end.becomes.by-left", 2.0))
    assert [(moment.variable, moment.step) for moment in found.order] == [(0, 1.0), (2, 2.0)]


def test_of_two_sufficient_causes_half_is_lost_with_either() -> None:
    """Each road carries 1/2 in the one year that counts: 3/4 with both, 1/2 with one, so a third is lost."""
    body = ROADS + "  both: {is: left or right}\n"
    found = why_of(body, "P(ever both by 2020)")
    assert found.answer.met > 0
    for part in found.parts:
        assert part.lost == pytest.approx(1 / 3, abs=0.01)
        assert part.fired == pytest.approx(2 / 3, abs=0.02)
    assert {link[1] for path in found.paths for link in path.links} == {
        "left.becomes.comes",
        "right.becomes.comes",
        "both",
    }


def test_a_jump_is_told_by_the_rule_that_made_it() -> None:
    """A rise by one level fires at the same step as the jump to the top, and is not what made it."""
    found = why_of(
        """\
scales:
  tie:
    levels: [low, middle, high, top]
    starts: low
    rises:
      slow: {likelihood: 100%, within: 1 year}
      leap: {likelihood: 50%, within: 1 year, to: top}
""",
        "P(ever tie is top by 2020)",
    )
    (path,) = found.paths
    assert path.links == ((0, "tie.rises.leap", 1.0),)


def test_what_undid_a_condition_is_not_its_cause() -> None:
    """`right` ends at the step before `end` comes: the chain goes by what held, which is `left`."""
    found = why_of(
        """\
conditions:
  left: {becomes: {comes: {likelihood: 100%, within: 1 year}}}
  right: {starts: yes, ends: {goes: {likelihood: 100%, within: 1 year}}}
  end: {becomes: {either: {likelihood: 50%, within: 1 year, when: left or right}}}
""",
        "P(not ever end by 2020 and ever end by 2021)",
    )
    assert {path.links[0][1] for path in found.paths} == {"left.becomes.comes"}


def test_an_outcome_that_never_happens_has_an_answer_and_no_story() -> None:
    found = why_of(ROADS, "P(end before left)")
    assert (found.followed, found.parts, found.paths, found.order) == (0, (), (), ())
    assert found.answer.bound is not None
