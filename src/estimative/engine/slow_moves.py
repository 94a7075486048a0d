"""One step of the slow engine, written like the definition: how every variable moves, in plain NumPy.

A state is an array of levels, shape (variables, readings, futures). Truth is an array of the shape
(readings, futures).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from estimative.engine.dice import draw, stream_key
from estimative.model.guards import All, Any, AtLeast, Guard, Holds, Not
from estimative.model.model import Effect, Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from estimative.engine.request import World
    from estimative.model.model import Choice, Lottery, Model, Rule
    from estimative.model.tables import Tables

    Levels = NDArray[np.uint8]
    Truth = NDArray[np.bool_]


@dataclass(frozen=True)
class Run:
    """What the moves look at besides the state: these readings and futures of one world."""

    model: Model
    tables: Tables
    world: World
    seed: int
    futures: range


def level_of(state: Levels, number: int) -> Levels:
    """Levels of one variable."""
    levels: Levels = state[number]
    return levels


def holds(guard: Guard, state: Levels) -> Truth:
    """Where a guard holds; the first axis of the state is the variable.

    >>> state = np.array([[0, 1, 1], [0, 0, 2]], np.uint8)
    >>> holds(All((Holds(0, frozenset({1})), Not(Holds(1, frozenset({2}))))), state).tolist()
    [False, True, False]
    """
    match guard:
        case Holds(variable, levels):
            truth = np.zeros(state.shape[1:], np.bool_)
            for level in levels:
                truth |= state[variable] == level
            return truth
        case Not(part):
            return ~holds(part, state)
        case All(parts):
            return np.asarray(how_many(parts, state) == len(parts))
        case Any(parts):
            return np.asarray(how_many(parts, state) > 0)
        case AtLeast(count, parts):
            return np.asarray(how_many(parts, state) >= count)


def how_many(guards: Sequence[Guard], state: Levels) -> NDArray[np.int64]:
    """How many of the guards hold."""
    total = np.zeros(state.shape[1:], np.int64)
    for guard in guards:
        total += holds(guard, state)
    return total


def mask(guards: Sequence[Guard], state: Levels) -> NDArray[np.int64]:
    """Which of the guards hold: guard k is bit k."""
    total = np.zeros(state.shape[1:], np.int64)
    for k, guard in enumerate(guards):
        total += holds(guard, state).astype(np.int64) << k
    return total


def dice(run: Run, name: str, step: int) -> NDArray[np.uint64]:
    """The dice thrown under a name in the move into a step."""
    start = run.futures.start - run.futures.start % 64
    thrown = draw(stream_key(run.seed, name), step, run.tables.numbers, range(start, run.futures.stop))
    return thrown[:, run.futures.start - start :]


# When rules fire


def in_window(rule: Rule, step: int) -> bool:
    """Whether a rule may fire in the move into a step."""
    return rule.first <= step <= rule.last


def able(rule: Rule, state: Levels) -> Truth:
    """Where a rule has something to act on: conditions become from "no" and end from "yes"."""
    here = level_of(state, rule.variable)
    match rule.effect:
        case Effect.STARTS | Effect.BECOMES:
            return np.equal(here, 0)
        case Effect.ENDS:
            return np.equal(here, 1)
        case _:
            return np.ones(here.shape, np.bool_)


def threshold(run: Run, number: int, state: Levels, step: int) -> NDArray[np.uint64]:
    """Below what the dice of a rule must lie, by the modifiers that hold."""
    rule = run.model.rules[number]
    table = run.tables.rules[number].thresholds
    row = table[:, step - rule.first if table.shape[1] > 1 else 0]
    return np.take_along_axis(row, mask([modifier.guard for modifier in rule.modifiers], state), axis=1)


def fires(run: Run, number: int, state: Levels, step: int) -> Truth:
    """Where a rule fires in the move into a step."""
    rule = run.model.rules[number]
    if number in run.world.without or not in_window(rule, step):
        return np.zeros(state.shape[1:], np.bool_)
    ready = able(rule, state) & holds(rule.guard, state)
    return ready & (dice(run, rule.name, step) < threshold(run, number, state, step))


def any_fired(run: Run, fired: Truth, number: int, effect: Effect) -> Truth:
    """Where some rule of one effect on one variable fired; `fired` has a row for every rule."""
    mine = [k for k, rule in enumerate(run.model.rules) if rule.variable == number and rule.effect is effect]
    return np.asarray(fired[mine].any(axis=0))


# How variables move: each gives the variable's levels after the step


def move_condition(run: Run, number: int, state: Levels, fired: Truth) -> Levels:
    """Off goes on when any rule for it fires, on goes off likewise."""
    becomes = any_fired(run, fired, number, Effect.BECOMES)
    ends = any_fired(run, fired, number, Effect.ENDS)
    return np.where(state[number] == 0, becomes, ~ends).astype(np.uint8)


def goal(rule: Rule, level: NDArray[np.int64], levels: int, norm: int | None) -> NDArray[np.int64]:
    """Where a rule of a scale would take it: a rise never lowers it, a fall never raises it."""
    match rule.effect:
        case Effect.RETURNS:
            return level if norm is None else level + np.sign(norm - level)
        case Effect.RISES:
            return np.maximum(
                level, np.minimum(level + 1, levels - 1) if rule.target is None else rule.target
            )
        case _:
            return np.minimum(level, np.maximum(level - 1, 0) if rule.target is None else rule.target)


def rises(rule: Rule, level: NDArray[np.int64], norm: int | None) -> Truth:
    """Where a rule of a scale counts as a rise, whether or not there is a level above."""
    if rule.effect is Effect.RETURNS:
        return level < (level if norm is None else norm)
    return np.full(level.shape, rule.effect is Effect.RISES)


def falls(rule: Rule, level: NDArray[np.int64], norm: int | None) -> Truth:
    """Where a rule of a scale counts as a fall, whether or not there is a level below."""
    if rule.effect is Effect.RETURNS:
        return level > (level if norm is None else norm)
    return np.full(level.shape, rule.effect is Effect.FALLS)


def move_scale(run: Run, number: int, state: Levels, fired: Truth) -> Levels:
    """To the farthest goal of the rules that fired; if they point both ways, nowhere."""
    variable = run.model.variables[number]
    level = state[number].astype(np.int64)
    highest, lowest = level.copy(), level.copy()
    up, down = np.zeros(level.shape, np.bool_), np.zeros(level.shape, np.bool_)
    for k, rule in enumerate(run.model.rules):
        if rule.variable == number:
            to = np.where(fired[k], goal(rule, level, len(variable.levels), variable.norm), level)
            highest = np.maximum(highest, to)
            lowest = np.minimum(lowest, to)
            up |= fired[k] & rises(rule, level, variable.norm)
            down |= fired[k] & falls(rule, level, variable.norm)
    return settle_directions(level, highest, lowest, up, down)


def settle_directions(
    level: NDArray[np.int64], highest: NDArray[np.int64], lowest: NDArray[np.int64], up: Truth, down: Truth
) -> Levels:
    """The level reached when rules pull up, down, both ways (it stays) or not at all."""
    reached = np.where(up, highest, lowest)
    return np.where(up & down, level, reached).astype(np.uint8)


def open_lottery(lottery: Lottery, state: Levels) -> Truth:
    """Where a lottery is drawn: not settled yet, and its guard holds."""
    return np.equal(level_of(state, lottery.variable), 0) & holds(lottery.guard, state)


def move_lottery(run: Run, number: int, state: Levels, step: int) -> Levels:
    """Unsettled, it takes a level by the first case that holds; settled, or without a case, it stays."""
    which = next(k for k, lottery in enumerate(run.model.lotteries) if lottery.variable == number)
    lottery = run.model.lotteries[which]
    waiting = open_lottery(lottery, state)
    thrown = dice(run, lottery.name, step)
    after = level_of(state, number).copy()
    for k, case in enumerate(lottery.cases):
        here = waiting & holds(case.guard, state)
        borders = run.tables.lotteries[which].thresholds[:, k]
        below = (thrown[:, :, None] >= borders[:, None, :]).sum(axis=2)
        after[here] = (1 + below[here]).astype(np.uint8)
        waiting &= ~here
    return after


def decide(run: Run, which: int, state: Levels) -> Levels:
    """The option that an actor would take, by the conditions that hold and the present option."""
    choice: Choice = run.model.choices[which]
    options = run.tables.choices[which].options
    readings = np.arange(len(options))[:, None]
    taken: Levels = options[readings, mask(choice.conditions, state), state[choice.variable]]
    return taken


def move_choice(run: Run, number: int, state: Levels, fired: Truth) -> Levels:
    """Where the actor looks again, the option that it would take."""
    which = next(k for k, choice in enumerate(run.model.choices) if choice.variable == number)
    looks = fired[run.model.choices[which].reconsidered]
    return np.where(looks, decide(run, which, state), state[number])


# The state after a step


def made(run: Run, number: int, step: int) -> int | None:
    """Level at which a variable is put at a step; of several interventions the last counts."""
    level = None
    for intervention in run.world.interventions:
        if intervention.variable == number and intervention.first <= step <= intervention.last:
            level = intervention.level
    return level


def intervene(run: Run, state: Levels, step: int) -> None:
    """Put variables where the world has them put."""
    for number in range(len(state)):
        level = made(run, number, step)
        if level is not None:
            state[number] = level


def derive(run: Run, state: Levels, step: int) -> None:
    """Derived conditions and memories, in order, from the state with everything else in place."""
    for number, variable in enumerate(run.model.variables):
        if variable.guard is None or made(run, number, step) is not None:
            continue
        now = holds(variable.guard, state)
        state[number] = remember(state[number], now) if variable.kind is Kind.MEMORY else now


def remember(before: Levels, now: Truth) -> Truth:
    """A memory holds where it held before, or its guard holds now."""
    return np.equal(before, 1) | now


def move(run: Run, number: int, state: Levels, fired: Truth, step: int) -> Levels:
    """Levels of one variable after a step; derived ones and memories wait for `derive`."""
    match run.model.variables[number].kind:
        case Kind.CONDITION:
            return move_condition(run, number, state, fired)
        case Kind.SCALE:
            return move_scale(run, number, state, fired)
        case Kind.LOTTERY:
            return move_lottery(run, number, state, step)
        case Kind.CHOICE:
            return move_choice(run, number, state, fired)
        case Kind.DERIVED | Kind.MEMORY:
            return level_of(state, number)


def fire_all(run: Run, state: Levels, step: int) -> Truth:
    """Where each rule fires, shape (rules, readings, futures)."""
    fired = np.zeros((len(run.model.rules), *state.shape[1:]), np.bool_)
    for number in range(len(run.model.rules)):
        fired[number] = fires(run, number, state, step)
    return fired


def begin(run: Run) -> tuple[Levels, Truth]:
    """State at step 0, and the rules that fired for it."""
    shape = (len(run.model.variables), run.tables.readings, len(run.futures))
    state = np.zeros(shape, np.uint8)
    state += np.array([variable.start for variable in run.model.variables], np.uint8)[:, None, None]
    fired = fire_all(run, state, 0)
    for number in range(len(state)):
        state[number] |= any_fired(run, fired, number, Effect.STARTS)
    intervene(run, state, 0)
    derive(run, state, 0)
    return state, fired


def advance(run: Run, state: Levels, step: int) -> tuple[Levels, Truth]:
    """State at a step, from that of the step before, and the rules that fired."""
    fired = fire_all(run, state, step)
    after = np.stack([move(run, number, state, fired, step) for number in range(len(state))])
    intervene(run, after, step)
    derive(run, after, step)
    return after, fired
