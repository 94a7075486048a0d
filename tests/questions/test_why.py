"""Why: shares with closed forms, what is lost without a rule, chains of causes that read as they happened."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from scipy import stats

from estimative.estimate.queries import Probability
from estimative.questions.traces import Link
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


def probability(text: str) -> Probability:
    query = query_of(text)
    assert isinstance(query, Probability)
    return query


def why_of(body: str, text: str) -> Why:
    (found,) = why(futures_of(estimate_of(body), readings=16), [probability(text)])
    return found


def test_only_what_bears_is_told_and_without_it_all_is_lost() -> None:
    found = why_of(ROADS, "P(ever end)")
    assert {part.rule for part in found.parts} == {0, 2}
    for part in found.parts:
        assert part.fired == 1.0
        assert part.linked == 1.0
        assert part.lost == 1.0
    assert found.parts[0].otherwise < 1


def test_how_often_a_rule_fired_otherwise_is_the_closed_form() -> None:
    """`left` comes too late, in the third year, in half of the quarter of futures in which `end` does not.

    Two ends of three are settled at step 2, when it has not come yet, and one at step 3.
    """
    found = why_of(ROADS, "P(ever end)")
    (left,) = (part for part in found.parts if part.rule == 0)
    misses = found.looked - found.followed
    late = round(left.otherwise * 3 * misses)
    assert stats.binomtest(late, misses, 0.5).pvalue > ERROR
    assert stats.binomtest(round(left.otherwise * misses), misses, 0.5).pvalue < ERROR, (
        "the twin: to their end"
    )


def test_a_path_is_told_in_its_order_with_its_steps() -> None:
    found = why_of(ROADS, "P(ever end by 2021)")
    (path,) = found.paths
    assert path.share == 1.0
    assert path.links == (Link(0, "left.becomes.comes", 1), Link(2, "end.becomes.by-left", 2))
    assert [(moment.variable, moment.step) for moment in found.order] == [(0, 1.0), (2, 2.0)]


def test_of_two_sufficient_causes_half_is_lost_with_either() -> None:
    """Each road carries 1/2 in the one year that counts: 3/4 with both, 1/2 with one, so a third is lost."""
    body = ROADS + "  both: {is: left or right}\n"
    found = why_of(body, "P(ever both by 2020)")
    assert found.answer.met > 0
    for part in found.parts:
        assert part.lost == pytest.approx(1 / 3, abs=0.01)
        assert part.fired == pytest.approx(2 / 3, abs=0.02)
    assert {link.by for path in found.paths for link in path.links} == {
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
    assert path.links == (Link(0, "tie.rises.leap", 1),)


def test_what_is_derived_is_told_as_it_came_to_be_and_a_choice_by_what_was_chosen() -> None:
    """Hope is what there is without the loss, so it ends on the way; a link that said hope would say the contrary."""
    found = why_of(
        """\
actors:
  north: {interests: {hope: keep hoping}}
conditions:
  lost: {becomes: {soon: {likelihood: 50%, within: 1 year}}}
  hope: {is: not lost}
choices:
  line:
    actor: north
    options: [wait, ask]
    starts: wait
    reconsidered: {likelihood: 100%, within: 1 year}
    weighs: {ask: {when: not hope, hope: "++"}}
""",
        "P(ever line is ask)",
    )
    (path,) = found.paths
    assert [(link.variable, link.by, link.level) for link in path.links] == [
        (0, "lost.becomes.soon", None),
        (2, "hope", 0),
        (1, "line.reconsidered", 1),
    ]


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
    assert {path.links[0].by for path in found.paths} == {"left.becomes.comes"}


def test_what_holds_from_the_start_is_told_and_taken_away() -> None:
    """Of a third that start with the cause all come to the end; it is no link, since nothing moved it there."""
    body = """\
conditions:
  cause: {starts: 30%}
  end: {becomes: {r: {likelihood: 100%, between: [2020, 2020], when: cause}}}
"""
    found = why_of(body, "P(ever end)")
    assert sorted((part.linked, part.lost) for part in found.parts) == [(0.0, 1.0), (1.0, 1.0)]
    assert [(moment.variable, moment.step) for moment in found.order] == [(0, 0), (1, 1)]


def test_where_nothing_happens_no_rule_has_fired() -> None:
    found = why_of(ROADS, "P(not ever left)")
    assert found.followed > 0
    assert (found.parts, found.order, found.paths, found.counted) == ((), (), (), 0)


def test_enough_futures_are_followed_and_everything_is_told_of_the_same() -> None:
    """Two thousand, give or take five standard errors; their shares add up."""
    found = why_of(ROADS, "P(ever left)")
    assert abs(found.followed - 2_000) < 5 * 2_000**0.5
    assert found.hits == round(found.answer.values.mean() * found.of)
    assert sum(path.share for path in found.paths) == pytest.approx(1)


def test_outcomes_asked_at_once_are_told_as_each_is_alone_but_of_fewer_futures() -> None:
    futures = futures_of(estimate_of(ROADS), readings=16)
    texts = ("P(ever left)", "P(ever end | do(left))", "P(ever left and not ever end)", "P(ever end)")
    several = why(futures, [probability(text) for text in texts])
    for found, text in zip(several, texts, strict=True):
        (alone,) = why(futures, [probability(text)])
        assert found.answer.band == alone.answer.band
        assert found.hits == alone.hits
        assert {part.rule for part in found.parts} == {part.rule for part in alone.parts}
    # Three share a world, and a third of two thousand each; the one with a world of its own has them all.
    for found, wanted in zip(several, (667, 2_000, 667, 667), strict=True):
        assert abs(found.followed - wanted) < 5 * wanted**0.5
    assert {part.rule: part.lost for part in several[3].parts} == {0: 1.0, 2: 1.0}


def test_of_many_rules_those_that_hold_from_the_start_are_taken_away_too() -> None:
    """No chain leads back to what no step moved; but without the cause nothing comes of any of the ways."""
    ways = "".join(f"  w{n}: {{becomes: {{r: {{likelihood: 20%, within: 1 year}}}}}}\n" for n in range(5))
    body = f"""\
conditions:
  cause: {{starts: 50%}}
{ways}\
  end: {{becomes: {{r: {{likelihood: 100%, within: 1 year, when: cause and (w0 or w1 or w2 or w3 or w4)}}}}}}
"""
    futures = futures_of(estimate_of(body), readings=8)
    found, _ = why(futures, [probability("P(ever end)"), probability("P(ever cause)")])
    lost = {futures.model.rules[part.rule].name: part.lost for part in found.parts}
    assert lost["cause.starts"] == 1.0
    assert list(lost.values()).count(None) == 3, "four of seven are taken away where two outcomes are told"


def test_in_their_order_stands_only_what_sets_the_outcome_apart() -> None:
    """`soon` always comes first, and is in every future; what is remembered of `left` is no event of its own."""
    body = """\
conditions:
  soon: {becomes: {r: {likelihood: 100%, within: 1 year}}}
  left: {becomes: {r: {likelihood: 40%, within: 1 year}}, ends: {r: {likelihood: 100%, within: 1 year}}}
  end: {becomes: {r: {likelihood: 100%, within: 1 year, when: soon and ever left}}}
"""
    futures = futures_of(estimate_of(body), readings=8)
    (found,) = why(futures, [probability("P(ever end)")])
    assert [futures.model.variables[moment.variable].name for moment in found.order] == ["left", "end"]


def test_a_condition_of_the_query_chooses_the_futures_looked_at() -> None:
    """Where `right` never comes, an eighth of futures, seven of eight have `left`, and all of it by its own rule."""
    found = why_of(ROADS, "P(ever left | not ever right)")
    assert stats.binomtest(found.followed, found.looked, 7 / 8).pvalue > ERROR
    assert [(part.rule, part.fired, part.lost) for part in found.parts] == [(0, 1.0, 1.0)]


def test_what_leads_to_the_condition_is_no_way_to_the_outcome() -> None:
    """Whether `left` comes has nothing to do with `right`, without which the condition is met in no future."""
    found = why_of(ROADS, "P(ever left | ever right)")
    assert [part.rule for part in found.parts] == [0]
    assert [[link.by for link in path.links] for path in found.paths] == [["left.becomes.comes"]]


def test_of_a_condition_that_is_never_met_without_a_rule_nothing_is_said_to_be_lost() -> None:
    """`end` hangs on `left`, and so does the condition: without it there are no futures in which to look."""
    found = why_of(ROADS, "P(ever end | ever left by 2020)")
    assert {part.rule: part.lost for part in found.parts} == {0: None, 2: 1.0}


def test_too_few_futures_say_nothing_of_what_is_lost() -> None:
    body = "conditions:\n  rare: {becomes: {r: {likelihood: 1%, within: 3 years}}}\n"
    (found,) = why(futures_of(estimate_of(body), readings=2, futures=1024), [probability("P(ever rare)")])
    assert 0 < found.hits < 100
    assert [part.lost for part in found.parts] == [None]
    assert found.followed == found.hits


def test_an_outcome_that_never_happens_has_an_answer_and_no_story() -> None:
    found = why_of(ROADS, "P(end before left)")
    assert (found.hits, found.followed, found.parts, found.paths, found.order) == (0, 0, (), (), ())
    assert found.answer.bound is not None
