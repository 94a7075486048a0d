"""Paths to an outcome in an estimate whose answer is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from estimative.estimate.queries import Probability
from estimative.questions.ask import Answer, ask
from estimative.questions.paths import paths
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


def test_signals_change_nobodys_futures(fire: Estimate) -> None:
    with_signals = futures_of(fire, readings=8)
    text = FIRE.partition("signals:")[0]
    without = futures_of(estimate_of(text, years=6), readings=8)
    query = query_of("P(ever fire)")
    (first,), (second,) = ask(with_signals, [query]), ask(without, [query])
    assert isinstance(first, Answer)
    assert isinstance(second, Answer)
    assert first.band == second.band
