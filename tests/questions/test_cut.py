"""A model that is cut has the same futures, to the bit."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from estimative.engine.request import Request, World
from estimative.engine.run import run
from estimative.model.guards import FALSE
from estimative.model.tables import RuleTable, Tables
from estimative.questions.cut import folded, held, lasting, simpler
from estimative.questions.reach import Reach, reach
from support.random_models import Trial, random_trial

if TYPE_CHECKING:
    from estimative.model.model import Model, Rule

TRIALS = 100


def tables_of(trial: Trial, model: Model, found: Reach | None = None) -> Tables:
    """The numbers of what is left of a trial's model."""
    numbers = {rule.name: number for number, rule in enumerate(trial.model.rules)}
    lotteries = {lottery.name: number for number, lottery in enumerate(trial.model.lotteries)}
    choices = {choice.variable: number for number, choice in enumerate(trial.model.choices)}
    rules = []
    for rule in model.rules:
        number = numbers[rule.name]
        kept = _kept(trial.model.rules[number], found)
        masks = [
            sum(1 << old for new, old in enumerate(kept) if mask >> new & 1) for mask in range(1 << len(kept))
        ]
        rules.append(RuleTable(np.ascontiguousarray(trial.tables.rules[number].thresholds[:, :, masks])))
    return Tables(
        trial.tables.numbers,
        tuple(rules),
        tuple(trial.tables.lotteries[lotteries[one.name]] for one in model.lotteries),
        tuple(trial.tables.choices[choices[one.variable]] for one in model.choices),
    )


def _kept(rule: Rule, found: Reach | None) -> list[int]:
    """Numbers of the modifiers of a rule that can hold."""
    every = list(range(len(rule.modifiers)))
    if found is None:
        return every
    ever = [found.ever(number) for number in range(len(found.states[0]))]
    return [k for k in every if simpler(rule.modifiers[k].guard, ever) != FALSE]


def levels(model: Model, tables: Tables, world: World, seed: int) -> np.ndarray:
    return run(model, tables, Request(levels=True), world, seed=seed, futures=256).levels


def same_when_folded(trial: Trial, found: Reach, seed: int) -> bool:
    cut = folded(trial.model, found)
    made = World(trial.world.interventions)  # the rules that it leaves out are gone
    whole = levels(trial.model, trial.tables, trial.world, seed)
    return np.array_equal(whole, levels(cut, tables_of(trial, cut, found), made, seed))


@pytest.mark.parametrize("seed", range(TRIALS))
def test_what_cannot_change_can_be_folded(seed: int) -> None:
    trial = random_trial(seed)
    assert same_when_folded(trial, reach(trial.model, trial.world), seed)


def test_a_rule_that_only_stands_in_the_way_must_stay() -> None:
    """The twin: a rise at the top moves nothing, and keeps others from moving."""
    founds = ((seed, random_trial(seed)) for seed in range(TRIALS))
    results = []
    for seed, trial in founds:
        found = reach(trial.model, trial.world)
        results.append(same_when_folded(trial, replace(found, fires=found.acts), seed))
    assert not all(results)


@pytest.mark.parametrize("seed", range(TRIALS))
def test_what_is_held_needs_no_reasons(seed: int) -> None:
    trial = random_trial(seed)
    world = World(trial.world.interventions)
    kept = lasting(world, trial.model.calendar.steps)
    cut = held(trial.model, kept)
    whole = levels(trial.model, trial.tables, world, seed)
    assert np.array_equal(whole, levels(cut, tables_of(trial, cut), world, seed))


def test_what_is_held_for_a_while_keeps_its_reasons() -> None:
    """The twin: something is lost where all that is made so is taken for held."""
    lost = []
    for seed in range(TRIALS):
        trial = random_trial(seed)
        world = World(trial.world.interventions)
        cut = held(trial.model, {one.variable: one.level for one in world.interventions})
        whole = levels(trial.model, trial.tables, world, seed)
        lost.append(not np.array_equal(whole, levels(cut, tables_of(trial, cut), world, seed)))
    assert any(lost)
