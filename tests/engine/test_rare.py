"""Rare outcomes from hazards: against the definition in every state, exact probabilities, and counted hits."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from estimative.engine import rare
from estimative.engine.exact import run_exact
from estimative.engine.rare import Reach, can_follow, reach
from estimative.engine.rare_moves import Move
from estimative.engine.request import Intervention, Monitor, Request, Watch, World
from estimative.engine.run import run
from estimative.engine.slow import paths_slow
from estimative.engine.slow_moves import Run, in_window, move, threshold
from estimative.engine.slow_moves import holds as held_in
from estimative.model.guards import Holds
from estimative.model.model import Effect, Kind
from estimative.model.tables import SCALE
from support.chains import at, condition, levelled, lottery, model_of, rule, tables_of
from support.random_models import Trial, random_trial

FUTURES = 192
TRIALS = range(60)


def outcomes(trial: Trial) -> list[Reach]:
    """One level of every variable that can be followed, over a range of steps."""
    steps = trial.model.calendar.steps
    found = []
    for number, variable in enumerate(trial.model.variables):
        level = (number + steps) % len(variable.levels)
        outcome = Reach(number, frozenset({level}), number % 3, max(1, steps - number % 2))
        if can_follow(trial.model, outcome, trial.world):
            found.append(outcome)
    return found


def by_definition(trial: Trial, row: int, outcome: Reach, seed: int) -> float:
    """The same mean, state by state: every pattern of rules that might fire, moved by the slow engine.

    Not for lotteries, which throw dice of their own.
    """
    trace = paths_slow(trial.model, trial.tables, row, trial.world, seed=seed, futures=range(FUTURES))
    one = Run(trial.model, trial.tables.block(row, row + 1), trial.world, seed, range(FUTURES))
    there = np.isin(trace.states[:, outcome.variable], list(outcome.levels))
    total = float(there[0].sum()) if outcome.first == 0 else 0.0
    open_ = ~there[0] if outcome.first == 0 else np.ones(FUTURES, bool)
    for step in range(max(outcome.first, 1), outcome.last + 1):
        state = trace.states[step - 1][:, None]
        total += float(np.sum(chances(one, state, step, outcome)[open_]))
        open_ &= ~there[step]
    return total / FUTURES


def chances(one: Run, state: np.ndarray, step: int, outcome: Reach) -> np.ndarray:
    """Per future, how probable it is that the next move leads there."""
    mine = [
        number
        for number, other in enumerate(one.model.rules)
        if other.variable == outcome.variable
        and in_window(other, step)
        and other.effect is not Effect.STARTS
        and number not in one.world.without
    ]
    total = np.zeros(state.shape[2])
    for pattern in product((False, True), repeat=len(mine)):
        weight = np.ones(state.shape[2])
        fired = np.zeros((len(one.model.rules), *state.shape[1:]), bool)
        for number, fires in zip(mine, pattern, strict=True):
            ready = held_in(one.model.rules[number].guard, state)[0]
            hazard = ready * (threshold(one, number, state, step)[0] / SCALE)
            weight = weight * (hazard if fires else 1 - hazard)
            fired[number] = fires
        after = move(one, outcome.variable, state, fired, step)[0]
        total += weight * np.isin(after, list(outcome.levels))
    return total


@pytest.mark.parametrize("number", TRIALS)
def test_means_are_those_of_the_definition(number: int) -> None:
    trial = random_trial(number)
    for outcome in outcomes(trial):
        if trial.model.variables[outcome.variable].kind is Kind.LOTTERY:
            continue
        found = reach(trial.model, trial.tables, outcome, trial.world, seed=3, futures=FUTURES)
        for row in range(trial.tables.readings):
            assert found.probability[row] == pytest.approx(by_definition(trial, row, outcome, 3), abs=1e-8)


def exact_of(trial: Trial, outcome: Reach) -> np.ndarray:
    guard = Holds(outcome.variable, outcome.levels)
    request = Request((Monitor(Watch.EVER, guard, outcome.first, outcome.last),), (at(0),))
    return np.asarray(run_exact(trial.model, trial.tables, request, trial.world).events[:, 0])


def test_probabilities_are_the_exact_ones() -> None:
    """Off by twelve errors at most, where Student's t with 15 degrees of freedom is with probability 4e-9.

    And by what no future may have met: a situation of probability 24/4096 is missed with 4e-11.
    """
    off, errors = [], []
    for number in TRIALS:
        trial = random_trial(number)
        for outcome in outcomes(trial):
            found = reach(trial.model, trial.tables, outcome, trial.world, seed=4, futures=4096)
            off += (found.probability - exact_of(trial, outcome)).tolist()
            errors += found.error.tolist()
    far, wide = np.array(off), np.array(errors)
    assert (np.abs(far) <= 12 * wide + 24 / 4096).all()
    clear = wide > 0.002
    assert clear.sum() > 50
    assert 0.8 < np.std(far[clear] / wide[clear]) < 1.4


def test_a_wrong_hazard_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The twin: what a situation adds, taken from the step before."""
    chance = Move.chance
    monkeypatch.setattr(
        Move,
        "chance",
        lambda self, tables, step, situation, levels: chance(self, tables, step - 1, situation, levels),
    )
    noticed = 0
    for number in TRIALS[:10]:
        trial = random_trial(number)
        for outcome in outcomes(trial):
            found = reach(trial.model, trial.tables, outcome, trial.world, seed=3, futures=FUTURES)
            if trial.model.variables[outcome.variable].kind is not Kind.LOTTERY:
                noticed += abs(found.probability[0] - by_definition(trial, 0, outcome, 3)) > 1e-4
    assert noticed


def test_one_in_a_million_from_a_thousand_futures() -> None:
    """Ten steps at 1e-7 each, in every future alike: no throw of dice is left, and so no error."""
    model = model_of(10, [condition("a")], [rule(0, Effect.BECOMES)])
    found = reach(model, tables_of([1e-7]), Reach(0, frozenset({1}), 0, 10), seed=1, futures=1024)
    hazard = round(1e-7 * SCALE) / SCALE
    assert found.probability[0] == pytest.approx(1 - (1 - hazard) ** 10, rel=1e-3)
    assert found.error[0] < 1e-9
    assert found.gain > 100


def test_where_the_rarity_sits() -> None:
    """The same probability of one in a thousand or so, by rules of its own and through a rare cause."""
    model = model_of(
        10,
        [condition("cause"), condition("effect")],
        [rule(0, Effect.BECOMES), rule(1, Effect.BECOMES, at(0))],
    )
    outcome = Reach(1, frozenset({1}), 0, 10)
    own = reach(model, tables_of([0.5, 0.0001]), outcome, seed=1, futures=65_536)
    upstream = reach(model, tables_of([0.0001, 0.5]), outcome, seed=1, futures=65_536)
    assert own.gain > 100
    assert upstream.gain < 3
    assert own.error[0] < upstream.error[0] / 5


def test_a_lottery_by_hand() -> None:
    """It waits for a condition, then takes its second level in one of a thousand cases."""
    model = model_of(
        2,
        [condition("opens"), levelled("drawn", Kind.LOTTERY, 3)],
        [rule(0, Effect.BECOMES)],
        [lottery(1, at(0), at(0))],
    )
    tables = tables_of([0.5], [[[0.999, 0.001]]])
    found = reach(model, tables, Reach(1, frozenset({2}), 0, 2), seed=1, futures=64_000)
    drawn = run(model, tables, Request((Monitor(Watch.EVER, at(0), 0, 1),), (at(0),)), seed=1, futures=64_000)
    assert found.probability[0] == pytest.approx(0.001 * drawn.events[0, 0] / 64_000, rel=1e-4)


def test_parts_do_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    trial = random_trial(5)
    outcome = outcomes(trial)[0]
    usual = reach(trial.model, trial.tables, outcome, trial.world, seed=3, futures=100_000, threads=1)
    other = reach(trial.model, trial.tables, outcome, trial.world, seed=3, futures=100_000, threads=3)
    monkeypatch.setattr(rare, "LONGEST", 64)
    short = reach(trial.model, trial.tables, outcome, trial.world, seed=3, futures=100_000)
    assert np.array_equal(usual.probability, other.probability)
    assert np.array_equal(usual.error, other.error)
    assert np.array_equal(usual.probability, short.probability)


def test_what_cannot_be_followed() -> None:
    model = model_of(3, [condition("a")], [rule(0, Effect.BECOMES)])
    derived = replace(condition("b"), kind=Kind.DERIVED, guard=at(0))
    held = World((Intervention(0, 1, 2, 2),))
    outcome = Reach(0, frozenset({1}), 0, 3)
    assert can_follow(model, outcome)
    assert not can_follow(model, outcome, held)
    assert not can_follow(model, replace(outcome, last=0))
    assert not can_follow(replace(model, variables=(condition("a"), derived)), replace(outcome, variable=1))
    with pytest.raises(ValueError, match="a cannot be followed"):
        reach(model, tables_of([0.5]), outcome, held, seed=1, futures=64)
