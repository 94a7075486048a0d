"""Relations between runs that hold to the bit: what must not change anything changes nothing."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from estimative.engine.future import trace
from estimative.engine.request import Counts, Request
from estimative.engine.run import run
from estimative.model.guards import TRUE, All, Any, AtLeast, Guard, Holds, Not
from estimative.model.model import Effect, Kind, Rule
from estimative.model.tables import RuleTable, Tables
from estimative.places.calendar import Calendar
from support.chains import at, condition, model_of, rule
from support.random_models import Trial, random_trial

if TYPE_CHECKING:
    from collections.abc import Mapping

    from estimative.model.model import Model, Variable

TRIALS = range(12)
FUTURES = 320


def counted(trial: Trial, futures: int = FUTURES) -> Counts:
    return run(trial.model, trial.tables, trial.request, trial.world, seed=5, futures=futures)


def assert_same(first: Counts, second: Counts) -> None:
    for field in fields(first):
        assert np.array_equal(getattr(first, field.name), getattr(second, field.name)), field.name


def renumbered(guard: Guard, numbers: Mapping[int, int]) -> Guard:
    """The same guard over variables with other numbers."""
    match guard:
        case Holds(variable, levels):
            return Holds(numbers[variable], levels)
        case Not(part):
            return Not(renumbered(part, numbers))
        case All(parts):
            return All(tuple(renumbered(part, numbers) for part in parts))
        case Any(parts):
            return Any(tuple(renumbered(part, numbers) for part in parts))
        case AtLeast(count, parts):
            return AtLeast(count, tuple(renumbered(part, numbers) for part in parts))


@pytest.mark.parametrize("number", TRIALS)
def test_names_of_variables_do_not_matter(number: int) -> None:
    trial = random_trial(number)
    variables = tuple(replace(v, name=f"x{k}", says="other") for k, v in enumerate(trial.model.variables))
    model = replace(trial.model, name="another", variables=variables)
    assert_same(counted(replace(trial, model=model)), counted(trial))


def test_names_of_rules_name_their_dice() -> None:
    """The twin of the test above: other names are other dice, wherever there are dice."""
    different = 0
    for number in TRIALS:
        trial = random_trial(number)
        rules = tuple(replace(one, name=f"{one.name}-again") for one in trial.model.rules)
        other = replace(trial, model=replace(trial.model, rules=rules))
        different += not np.array_equal(counted(other).levels, counted(trial).levels)
    assert different > len(TRIALS) / 2


@pytest.mark.parametrize("number", TRIALS)
def test_the_order_of_rules_does_not_matter(number: int) -> None:
    trial = random_trial(number)
    order = np.random.default_rng(number).permutation(len(trial.model.rules)).tolist()
    place = {old: new for new, old in enumerate(order)}
    choices = tuple(replace(c, reconsidered=place[c.reconsidered]) for c in trial.model.choices)
    model = replace(trial.model, rules=tuple(trial.model.rules[k] for k in order), choices=choices)
    tables = replace(trial.tables, rules=tuple(trial.tables.rules[k] for k in order))
    world = replace(trial.world, without=frozenset(place[k] for k in trial.world.without))
    assert_same(counted(replace(trial, model=model, tables=tables, world=world)), counted(trial))


@pytest.mark.parametrize("number", TRIALS)
def test_the_order_of_variables_does_not_matter(number: int) -> None:
    """Base variables are turned round; derived ones and memories keep their order behind them."""
    trial = random_trial(number)
    base = [k for k, variable in enumerate(trial.model.variables) if variable.guard is None]
    order = [*reversed(base), *range(len(base), len(trial.model.variables))]
    place = {old: new for new, old in enumerate(order)}
    turned = turn(trial, place, tuple(trial.model.variables[k] for k in order))
    first, second = counted(trial), counted(turned)
    for name in ("events", "given", "shares", "firsts"):
        assert np.array_equal(getattr(first, name), getattr(second, name)), name
    for old, new in place.items():
        size = len(trial.model.variables[old].levels)
        before = first.levels[:, :, first.offsets[old] : first.offsets[old] + size]
        after = second.levels[:, :, second.offsets[new] : second.offsets[new] + size]
        assert np.array_equal(before, after)


def turn(trial: Trial, place: Mapping[int, int], variables: tuple[Variable, ...]) -> Trial:
    """The same trial with other numbers for its variables."""

    def moved(guard: Guard) -> Guard:
        return renumbered(guard, place)

    def moved_rule(one: Rule) -> Rule:
        modifiers = tuple(replace(m, guard=moved(m.guard)) for m in one.modifiers)
        return replace(one, variable=place[one.variable], guard=moved(one.guard), modifiers=modifiers)

    model = replace(
        trial.model,
        variables=tuple(v if v.guard is None else replace(v, guard=moved(v.guard)) for v in variables),
        rules=tuple(moved_rule(one) for one in trial.model.rules),
        lotteries=tuple(
            replace(
                one,
                variable=place[one.variable],
                guard=moved(one.guard),
                cases=tuple(replace(case, guard=moved(case.guard)) for case in one.cases),
            )
            for one in trial.model.lotteries
        ),
        choices=tuple(
            replace(
                one,
                variable=place[one.variable],
                conditions=tuple(moved(condition) for condition in one.conditions),
            )
            for one in trial.model.choices
        ),
    )
    request = replace(
        trial.request,
        monitors=tuple(
            replace(m, guard=moved(m.guard), rival=None if m.rival is None else moved(m.rival))
            for m in trial.request.monitors
        ),
        shares=tuple(moved(guard) for guard in trial.request.shares),
        firsts=tuple(moved(guard) for guard in trial.request.firsts),
    )
    interventions = tuple(replace(i, variable=place[i.variable]) for i in trial.world.interventions)
    return replace(
        trial, model=model, request=request, world=replace(trial.world, interventions=interventions)
    )


@pytest.mark.parametrize("number", TRIALS)
def test_an_unused_variable_changes_nothing(number: int) -> None:
    """With a rule of its own, behind all others, and without anybody looking at it."""
    trial = random_trial(number)
    last = len(trial.model.variables)
    added = replace(
        trial,
        model=replace(
            trial.model,
            variables=(*trial.model.variables, condition("unused")),
            rules=(*trial.model.rules, rule(last, Effect.BECOMES)),
        ),
        tables=replace(
            trial.tables,
            rules=(
                *trial.tables.rules,
                RuleTable(np.full((trial.tables.readings, 1, 1), 1 << 30, np.uint64)),
            ),
        ),
    )
    before, after = counted(trial), counted(added)
    for name in ("events", "given", "shares", "firsts"):
        assert np.array_equal(getattr(before, name), getattr(after, name))
    assert np.array_equal(before.levels, after.levels[:, :, : before.levels.shape[2]])


@pytest.mark.parametrize("number", TRIALS)
def test_more_futures_keep_the_first_ones(number: int) -> None:
    trial = random_trial(number)
    few = trace(trial.model, trial.tables, 0, trial.world, seed=5, futures=range(100))
    many = trace(trial.model, trial.tables, 0, trial.world, seed=5, futures=range(20_000))
    later = trace(trial.model, trial.tables, 0, trial.world, seed=5, futures=range(19_900, 20_000))
    assert np.array_equal(few.states, many.states[:, :, :100])
    assert np.array_equal(later.states, many.states[:, :, 19_900:])


@pytest.mark.parametrize("number", TRIALS)
def test_readings_do_not_look_at_each_other(number: int) -> None:
    trial = random_trial(number)
    whole = counted(trial)
    for row in range(trial.tables.readings):
        alone = counted(replace(trial, tables=trial.tables.block(row, row + 1)))
        assert np.array_equal(alone.levels[0], whole.levels[row])
        assert np.array_equal(alone.events[0], whole.events[row])


@pytest.mark.parametrize("number", TRIALS)
def test_a_longer_horizon_keeps_its_beginning(number: int) -> None:
    """Rules that end with the horizon go on; until then nothing is different."""
    trial = random_trial(number)
    steps = trial.model.calendar.steps
    calendar = Calendar.of(trial.model.calendar.as_of, 3 * (steps + 4), "quarter")
    request = Request(levels=True)
    short = run(trial.model, trial.tables, request, trial.world, seed=5, futures=FUTURES)
    longer = replace(trial.model, calendar=calendar)
    long = run(longer, trial.tables, request, trial.world, seed=5, futures=FUTURES)
    assert np.array_equal(short.levels, long.levels[:, : steps + 1])


def test_given_splits_the_futures_in_two() -> None:
    for number in TRIALS:
        trial = random_trial(number)
        given = trial.request.given or at(0)
        parts = [
            counted(replace(trial, request=replace(trial.request, given=one))) for one in (given, Not(given))
        ]
        whole = counted(replace(trial, request=replace(trial.request, given=None)))
        for name in ("given", "shares", "levels", "firsts"):
            assert np.array_equal(getattr(parts[0], name) + getattr(parts[1], name), getattr(whole, name)), (
                name
            )


# Monotone models: conditions only become, and only because of others.


def monotone(seed: int) -> tuple[Model, Tables]:
    rng = np.random.default_rng(seed)
    count, steps = 6, 8
    rules: list[Rule] = []
    for number in range(count):
        for k in range(2):
            parts = tuple(at(int(other)) for other in rng.choice(count, 2, replace=False))
            guard = (TRUE, Any(parts), All(parts))[int(rng.integers(0, 3)) if rules else 0]
            rules.append(
                replace(rule(number, Effect.BECOMES, guard, last=steps), name=f"{number}.becomes.{k}")
            )
    variables = [condition(f"c{number}") for number in range(count)]
    thresholds = rng.integers(0, 1 << 31, (len(rules), 3, 1, 1)).astype(np.uint64)
    return model_of(steps, variables, rules), Tables(np.arange(3), tuple(map(RuleTable, thresholds)), (), ())


@pytest.mark.parametrize("seed", range(10))
def test_a_raised_likelihood_removes_no_occurrence(seed: int) -> None:
    model, tables = monotone(seed)
    assert {variable.kind for variable in model.variables} == {Kind.CONDITION}
    rules = list(tables.rules)
    for changed in {0, seed}:
        rules[changed] = RuleTable(rules[changed].thresholds + np.uint64(1 << 28))
    for row in range(3):
        before = trace(model, tables, row, seed=seed, futures=range(1000)).states
        after = trace(model, replace(tables, rules=tuple(rules)), row, seed=seed, futures=range(1000)).states
        assert (after >= before).all()
        assert (after > before).any()
