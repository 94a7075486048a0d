"""Paths to an outcome, and what differs between versions, in estimates whose answer is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from estimative.estimate.changes import applied, changes
from estimative.estimate.queries import Probability
from estimative.questions.ask import Answer, ask
from estimative.questions.compare import compare
from estimative.questions.paths import paths
from estimative.questions.watch import watch
from support.small import estimate_of, futures_of, query_of

if TYPE_CHECKING:
    from estimative.estimate.nodes import Estimate

FIRE = """\
conditions:
  spark: {becomes: {r: {likelihood: 30%, within: 1 year}}, ends: {r: {likelihood: 90%, within: 1 year}}}
  dry: {becomes: {r: {likelihood: 30%, within: 1 year}}}
  noise: {becomes: {r: {likelihood: 30%, within: 1 year}}}
  fire: {becomes: {r: {likelihood: 95%, within: 1 year, when: spark and dry}}}
signals:
  smoke: {of: fire, if-so: {likelihood: 99%, within: 1 year}, if-not: {likelihood: 1%, within: 1 year}}
  rumour: {of: fire, if-so: {likelihood: 20%, within: 1 year}, if-not: {likelihood: 20%, within: 1 year}}
"""


@pytest.fixture(scope="module")
def fire() -> Estimate:
    return estimate_of(FIRE, years=6)


def probability(text: str) -> Probability:
    query = query_of(text)
    assert isinstance(query, Probability)
    return query


def test_a_scenario_names_what_the_outcome_needs_and_nothing_else(fire: Estimate) -> None:
    futures = futures_of(fire, readings=16)
    found = paths(futures, probability("P(ever fire)"))
    assert found.scenario is not None
    names = {futures.model.variables[side.variable].name for side in found.scenario.sides}
    assert "dry" in names
    assert "noise" not in names, "it can have no part in the fire"
    assert found.scenario.fresh_density > 1.5 * found.base
    assert found.scenario.fresh_coverage > 0.7
    assert sum(sequence.share for sequence in found.sequences) == pytest.approx(1)


def test_an_outcome_too_rare_gets_no_scenario(fire: Estimate) -> None:
    found = paths(futures_of(fire, readings=4, futures=256), probability("P(always fire)"))
    assert (found.hits, found.scenario) == (0, None)


def test_smoke_tells_and_a_rumour_does_not(fire: Estimate) -> None:
    futures = futures_of(fire, readings=32)
    found = watch(futures, probability("P(ever fire by 2023)"))
    signs = {futures.model.variables[sign.variable].name: sign for sign in found.signs}
    smoke, rumour = signs["smoke"], signs["rumour"]
    assert smoke.information[smoke.best] > 20 * abs(rumour.information[rumour.best])
    assert rumour.only_seems
    assert not smoke.only_seems
    # A rumour is heard within t years with 1 - .8^t whatever happens.
    years = np.arange(7)
    assert rumour.seen == pytest.approx(1 - 0.8**years, abs=0.02)
    assert rumour.alarm == pytest.approx(1 - 0.8**years, abs=0.02)
    assert found.together is not None
    assert found.together.information <= found.most + 1e-9


def test_signals_change_nobodys_futures(fire: Estimate) -> None:
    with_signals = futures_of(fire, readings=8)
    text = FIRE.partition("signals:")[0]
    without = futures_of(estimate_of(text, years=6), readings=8)
    query = query_of("P(ever fire)")
    (first,), (second,) = ask(with_signals, [query]), ask(without, [query])
    assert isinstance(first, Answer)
    assert isinstance(second, Answer)
    assert first.band == second.band


def test_changes_are_told_by_name(fire: Estimate) -> None:
    text = FIRE.replace("dry: {becomes: {r: {likelihood: 30%", "dry: {becomes: {r: {likelihood: 60%")
    text = text.replace("  noise:", "  hum:").replace("95%", "95%")
    after = estimate_of(text, years=6)
    found = [(change.kind, change.name) for change in changes(fire, after)]
    assert found == [("reworded", "dry.becomes.r"), ("added", "hum"), ("removed", "noise")]
    step = fire
    for change in changes(fire, after):
        step = applied(step, after, change)
    assert {c.name: c for c in step.conditions} == {c.name: c for c in after.conditions}
    assert changes(fire, fire) == ()


def test_each_change_alone_and_all_together(fire: Estimate) -> None:
    text = FIRE.replace("dry: {becomes: {r: {likelihood: 30%", "dry: {becomes: {r: {likelihood: 60%")
    text = text.replace("noise: {becomes: {r: {likelihood: 30%", "noise: {becomes: {r: {likelihood: 60%")
    after = estimate_of(text, years=6)
    found = compare(futures_of(fire, readings=16), after, [query_of("P(ever fire)")])
    dry, noise = found.alone
    assert dry.moved[0].difference is not None
    assert dry.moved[0].difference.median > 0.05
    assert noise.moved[0].difference is not None
    assert (noise.moved[0].difference.low, noise.moved[0].difference.high) == (0, 0), (
        "same dice, same futures"
    )
    assert found.together.moved[0].difference == dry.moved[0].difference


def test_a_change_that_needs_another_is_said_to(fire: Estimate) -> None:
    text = FIRE.replace("when: spark and dry", "when: spark and dry and wind")
    text = text.replace("signals:", "  wind: {becomes: {r: 50%}}\nsignals:")
    found = compare(futures_of(fire, readings=4), estimate_of(text, years=6), [query_of("P(ever fire)")])
    runs = {outcome.change.name: outcome.runs for outcome in found.alone if outcome.change}
    assert runs == {"fire.becomes.r": False, "wind": True}
