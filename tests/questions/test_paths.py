"""Paths to an outcome in estimates whose scenarios and sequences are known."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from scipy import stats

from estimative.estimate.queries import Probability
from estimative.questions.ask import Answer, ask
from estimative.questions.paths import dimensions, paths
from estimative.questions.prim import Box, Limit, boxes
from support.small import estimate_of, futures_of, query_of

if TYPE_CHECKING:
    from estimative.questions.futures import Futures
    from estimative.questions.paths import Paths

ERROR = 1e-6 / 10

FIRE = """\
conditions:
  spark: {becomes: {r: {likelihood: 30%, within: 1 year}}, ends: {r: {likelihood: 90%, within: 1 year}}}
  dry: {becomes: {r: {likelihood: 30%, within: 1 year}}}
  noise: {becomes: {r: {likelihood: 30%, within: 1 year}}}
  fire: {becomes: {r: {likelihood: 95%, within: 1 year, when: spark and dry}}}
"""

ROADS = """\
conditions:
  gate: {starts: 50%}
  coin: {starts: 50%}
  first: {becomes: {r: {likelihood: 100%, within: 1 year, when: gate and coin}}}
  then: {becomes: {r: {likelihood: 100%, within: 1 year, when: first}}}
  other: {becomes: {r: {likelihood: 100%, between: [2023, 2023], when: gate, unless: coin}}}
  end:
    becomes:
      by-one: {likelihood: 100%, between: [2022, 2022], when: then}
      by-other: {likelihood: 50%, between: [2024, 2024], when: other}
    ends: {never: {likelihood: 0%, when: echo}}
  echo: {becomes: {r: {likelihood: 100%, within: 1 year, when: end}}}
"""
"""A quarter of futures takes one road and comes to the end at step 3; a quarter the other, and half of those
come to it at step 5. So two thirds of the end's futures came by the first road. Of the five eighths without
it, a fifth was on the other road, and two fifths have the coin. `echo` always follows the end."""


def probability(text: str) -> Probability:
    query = query_of(text)
    assert isinstance(query, Probability)
    return query


def paths_of(body: str, text: str, *, years: int = 6, readings: int = 16) -> tuple[Futures, Paths]:
    futures = futures_of(estimate_of(body, years=years), readings=readings)
    return futures, paths(futures, probability(text))


def names(futures: Futures, numbers: tuple[int, ...]) -> set[str]:
    return {futures.model.variables[number].name for number in numbers}


def test_a_scenario_names_what_the_outcome_needs_and_nothing_else() -> None:
    futures, found = paths_of(FIRE, "P(ever fire)")
    assert found.scenario is not None
    sides = names(futures, tuple(side.variable for side in found.scenario.sides))
    assert sides == {"spark", "dry"}, "the noise can have no part in the fire"
    assert found.scenario.fresh_density > 1.5 * found.fresh_base
    assert found.scenario.fresh_coverage > 0.7
    assert found.fresh_base != found.base, "they are other futures"


def test_a_side_has_the_dates_that_count() -> None:
    """The end comes at step 3, where the cause holds at step 2: so the cause must come by then."""
    body = """\
conditions:
  cause: {becomes: {r: {likelihood: 20%, within: 1 year}}}
  end: {becomes: {r: {likelihood: 100%, between: [2022, 2022], when: cause}}}
"""
    _, found = paths_of(body, "P(ever end)")
    assert found.scenario is not None
    (side,) = found.scenario.sides
    assert (side.first, side.last) == (0, 2)
    assert (found.scenario.coverage, found.scenario.density) == (1, 1)
    assert found.tradeoff[found.scenario.box] == (1, 1), "the box that gave it"
    assert (found.scenario.fresh_coverage, found.scenario.fresh_density) == (1, 1)


def test_a_side_that_hardly_matters_is_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """The search may cut off a bit of something idle: the scenario does not speak of it."""
    body = """\
conditions:
  cause: {becomes: {r: {likelihood: 20%, within: 1 year}}}
  idle: {becomes: {r: {likelihood: 80%, within: 1 year}}}
  end: {becomes: {r: {likelihood: 100%, between: [2022, 2022], when: cause}, never: {likelihood: 0%, when: idle}}}
"""

    def with_an_idle_side(*given: Any) -> tuple[Box, ...]:
        return tuple(replace(box, limits=(*box.limits, Limit(1, 0.0, 5.0))) for box in boxes(*given))

    monkeypatch.setattr("estimative.questions.paths.boxes", with_an_idle_side)
    futures, found = paths_of(body, "P(ever end)")
    assert found.scenario is not None
    assert names(futures, tuple(side.variable for side in found.scenario.sides)) == {"cause"}


def test_what_holds_from_the_start_has_left_it_at_step_0() -> None:
    """Of a cause that may hold from the start and may come later, only the former brings the end."""
    body = """\
conditions:
  cause: {starts: 30%, becomes: {r: {likelihood: 30%, within: 1 year}}}
  end: {becomes: {r: {likelihood: 100%, between: [2020, 2020], when: cause}}}
"""
    _, found = paths_of(body, "P(ever end)")
    assert found.scenario is not None
    assert [(side.first, side.last) for side in found.scenario.sides] == [(0, 0)]
    assert [[moment.step for moment in one.moments] for one in found.sequences] == [[0]]


def test_a_condition_of_the_query_chooses_the_futures_looked_at() -> None:
    _, found = paths_of(ROADS, "P(ever end | ever coin)")
    assert stats.binomtest(found.looked, 16 * 256, 0.5).pvalue > ERROR
    assert stats.binomtest(found.hits, found.looked, 0.5).pvalue > ERROR, "the gate is open in half of them"


def test_what_is_so_by_definition_is_not_looked_at() -> None:
    """`outcome` means `base`; so do `sibling`, `remembered` and `cousin` in part, and `base` looks at all of them."""
    body = """\
conditions:
  other: {becomes: {r: {likelihood: 30%, within: 1 year}}}
  base: {becomes: {r: {likelihood: 30%, within: 1 year, heightened-by: [sibling, remembered, cousin, plain]}}}
  outcome: {is: base}
  sibling: {is: base or other}
  remembered: {is: ever outcome}
  cousin: {is: not sibling}
  plain: {is: not other}
"""
    futures = futures_of(estimate_of(body), readings=2, futures=64)
    told = names(futures, dimensions(futures, probability("P(ever outcome)")))
    assert told == {"other", "plain"}
    assert names(futures, dimensions(futures, probability("P(ever base)"))) == told
    assert names(futures, dimensions(futures, probability("P(base before other)"))) == set()


def test_sequences_are_the_roads_with_their_dates_and_shares() -> None:
    futures, found = paths_of(ROADS, "P(ever end)")
    variables = futures.model.variables
    told = [[(variables[m.variable].name, m.step, m.share) for m in one.moments] for one in found.sequences]
    assert told == [
        [("gate", 0, 1), ("coin", 0, 1), ("first", 1, 1), ("then", 2, 1)],
        [("gate", 0, 1), ("other", 4, 1)],
    ], "`echo` comes after the end, and is not on the way to it"
    sampled = min(found.hits, 2_000)
    first = round(found.sequences[0].share * sampled)
    assert stats.binomtest(first, sampled, 2 / 3).pvalue > ERROR
    assert stats.binomtest(first, sampled, 0.5).pvalue < ERROR, "the twin: a sixth off is seen"
    assert sum(one.share for one in found.sequences) == pytest.approx(1)


def test_how_often_a_step_of_a_sequence_comes_about_otherwise_is_the_closed_form() -> None:
    futures, found = paths_of(ROADS, "P(ever end)")
    misses = found.looked - found.hits
    settled_late = found.sequences[1].share
    known = {
        futures.model.variables[m.variable].name: m.otherwise for one in found.sequences for m in one.moments
    }
    # Of the end's futures only the third that is settled at step 5 leaves time for the other road.
    for name, share, time in (("gate", 0.2, 1.0), ("coin", 0.4, 1.0), ("other", 0.2, settled_late)):
        cases = round(known[name] / time * misses)
        assert stats.binomtest(cases, misses, share).pvalue > ERROR, name
        assert stats.binomtest(cases, misses, share + 0.1).pvalue < ERROR, f"the twin: {name}"
    assert known["first"] == known["then"] == 0


def test_sequences_that_say_the_same_are_told_as_one() -> None:
    """Clouds come at any of eight quarters; early and late ones are alike but for the date."""
    body = """\
conditions:
  cloud: {becomes: {r: {likelihood: 60%, within: 1 year}}}
  rain: {becomes: {r: {likelihood: 80%, within: 1 year, when: cloud}}}
"""
    estimate = estimate_of(body, years=2, step="quarter")
    found = paths(futures_of(estimate, readings=16), probability("P(ever rain)"))
    (sequence,) = found.sequences
    assert sequence.share == 1
    assert [moment.step for moment in sequence.moments] == [2]


def test_where_nothing_sets_an_outcome_apart_there_is_no_scenario() -> None:
    """A rule that never fires lets four conditions have a part in the end which they never take."""
    causes = "".join(f"  c{n}: {{becomes: {{r: {{likelihood: 40%, within: 1 year}}}}}}\n" for n in range(4))
    body = f"""\
conditions:
{causes}\
  end:
    becomes:
      chance: {{likelihood: 20%, within: 3 years}}
      never: {{likelihood: 0%, when: c0 and c1 and c2 and c3}}
"""
    _, found = paths_of(body, "P(ever end)")
    assert found.things == 4
    assert found.scenario is None
    assert [one.moments for one in found.sequences] == [()]
    assert len(found.tradeoff) > 1, "boxes were found; they do not hold on fresh futures"


def test_an_outcome_too_rare_gets_no_scenario() -> None:
    found = paths(futures_of(estimate_of(FIRE), readings=4, futures=256), probability("P(always fire)"))
    assert (found.hits, found.scenario, found.sequences) == (0, None, ())


def test_signals_change_nobodys_futures() -> None:
    signals = """\
signals:
  smoke: {of: fire, if-so: {likelihood: 99%, within: 1 year}, if-not: {likelihood: 1%, within: 1 year}}
  rumour: {of: fire, if-so: {likelihood: 20%, within: 1 year}, if-not: {likelihood: 20%, within: 1 year}}
"""
    query = query_of("P(ever fire)")
    (first,) = ask(futures_of(estimate_of(FIRE + signals, years=6), readings=8), [query])
    (second,) = ask(futures_of(estimate_of(FIRE, years=6), readings=8), [query])
    assert isinstance(first, Answer)
    assert isinstance(second, Answer)
    assert first.band == second.band
