"""How probable each move of a variable is, in every situation that its rules tell apart."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from estimative.model.guards import TRUE, Guard
from estimative.model.model import Effect, Kind
from estimative.model.tables import SCALE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from estimative.engine.request import World
    from estimative.model.model import Model, Rule
    from estimative.model.tables import Tables

    Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Move:
    """The next move of one variable.

    Parameters
    ----------
    rules
        Numbers of the rules that can move it.
    guards
        Whatever its rules look at. A situation is a number: the present level, shifted left by as many
        bits as there are guards, and guard k is bit k.
    """

    model: Model
    variable: int
    rules: tuple[int, ...]
    guards: tuple[Guard, ...]

    @property
    def situations(self) -> int:
        """How many situations are told apart."""
        return len(self.model.variables[self.variable].levels) << len(self.guards)

    @cached_property
    def _bits(self) -> dict[Guard, int]:
        return {guard: 1 << k for k, guard in enumerate(self.guards)}

    def chance(self, tables: Tables, step: int, situation: int, levels: frozenset[int]) -> Floats:
        """How probable it is to be at one of some levels after the move into a step, per reading."""
        level = situation >> len(self.guards)
        held = situation & ((1 << len(self.guards)) - 1)
        match self.model.variables[self.variable].kind:
            case Kind.CONDITION:
                effect = Effect.ENDS if level else Effect.BECOMES
                mine = [number for number in self.rules if self.model.rules[number].effect is effect]
                stays = self._none(mine, tables, step, held)
                return np.asarray(stays * (level in levels) + (1 - stays) * ((1 - level) in levels))
            case Kind.SCALE:
                return self._scale(tables, step, level, held, levels)
            case Kind.LOTTERY:
                return self._lottery(tables, level, held, levels)
            case _:
                return self._choice(tables, step, level, held, levels)

    def _holds(self, guard: Guard, held: int) -> bool:
        return guard == TRUE or bool(held & self._bits[guard])

    def _hazard(self, number: int, tables: Tables, step: int, held: int) -> Floats:
        """How probable it is that a rule fires."""
        rule = self.model.rules[number]
        table = tables.rules[number].thresholds
        if not rule.first <= step <= rule.last or not self._holds(rule.guard, held):
            return np.zeros(len(table))
        mask = sum(self._holds(one.guard, held) << k for k, one in enumerate(rule.modifiers))
        return table[:, step - rule.first if table.shape[1] > 1 else 0, mask] / SCALE

    def _none(self, rules: Sequence[int], tables: Tables, step: int, held: int) -> Floats:
        """How probable it is that none of some rules fires."""
        none = np.ones(tables.readings)
        for number in rules:
            none = none * (1 - self._hazard(number, tables, step, held))
        return none

    def _scale(self, tables: Tables, step: int, level: int, held: int, levels: frozenset[int]) -> Floats:
        """Up there without anything down, down there without anything up, or there already and no move."""
        goals: dict[int, dict[int, list[int]]] = {1: {}, -1: {}}
        for number in self.rules:
            sense = sense_of(self.model.rules[number], level, self._norm)
            if sense:
                goal = goal_of(self.model.rules[number], level, self._top, sense)
                goals[sense].setdefault(goal, []).append(number)
        there, none = {}, {}
        for sense, by_goal in goals.items():
            # Of several rules the farthest counts, so the nearer ones only where it does not fire.
            reached, left = np.zeros(tables.readings), np.ones(tables.readings)
            for goal in sorted(by_goal, key=lambda goal: -sense * goal):
                silent = self._none(by_goal[goal], tables, step, held)
                if goal in levels:
                    reached = reached + left * (1 - silent)
                left = left * silent
            there[sense], none[sense] = reached, left
        stays = none[1] * none[-1] + (1 - none[1]) * (1 - none[-1])
        return np.asarray(there[1] * none[-1] + there[-1] * none[1] + stays * (level in levels))

    @property
    def _norm(self) -> int | None:
        return self.model.variables[self.variable].norm

    @property
    def _top(self) -> int:
        return len(self.model.variables[self.variable].levels) - 1

    def _lottery(self, tables: Tables, level: int, held: int, levels: frozenset[int]) -> Floats:
        which = next(k for k, one in enumerate(self.model.lotteries) if one.variable == self.variable)
        lottery = self.model.lotteries[which]
        stays = np.full(tables.readings, float(level in levels))
        if level or not self._holds(lottery.guard, held):
            return stays
        for k, case in enumerate(lottery.cases):
            if self._holds(case.guard, held):
                shares = np.diff(tables.lotteries[which].thresholds[:, k] / SCALE, axis=1, prepend=0)
                return np.asarray(shares[:, [taken - 1 for taken in sorted(levels) if taken]].sum(axis=1))
        return stays

    def _choice(self, tables: Tables, step: int, level: int, held: int, levels: frozenset[int]) -> Floats:
        which = next(k for k, one in enumerate(self.model.choices) if one.variable == self.variable)
        conditions = self.model.choices[which].conditions
        mask = sum(self._holds(guard, held) << k for k, guard in enumerate(conditions))
        taken = np.isin(tables.choices[which].options[:, mask, level], sorted(levels))
        stays = self._none(self.rules, tables, step, held)
        return np.asarray(stays * (level in levels) + (1 - stays) * taken)


def move_of(model: Model, variable: int, world: World) -> Move:
    """The move of a variable in a world."""
    rules = tuple(
        number
        for number, rule in enumerate(model.rules)
        if rule.variable == variable and rule.effect is not Effect.STARTS and number not in world.without
    )
    looked_at = [model.rules[number].guard for number in rules]
    looked_at += [modifier.guard for number in rules for modifier in model.rules[number].modifiers]
    for lottery in model.lotteries:
        if lottery.variable == variable:
            looked_at += [lottery.guard, *(case.guard for case in lottery.cases)]
    for choice in model.choices:
        if choice.variable == variable:
            looked_at += choice.conditions
    return Move(model, variable, rules, tuple(dict.fromkeys(guard for guard in looked_at if guard != TRUE)))


def sense_of(rule: Rule, level: int, norm: int | None) -> int:
    """Whether a rule that fires at a level counts as a rise (1) or a fall (-1); a return at the norm as neither."""
    if rule.effect is Effect.RETURNS:
        return 0 if norm is None else (level < norm) - (level > norm)
    return 1 if rule.effect is Effect.RISES else -1


def goal_of(rule: Rule, level: int, top: int, sense: int) -> int:
    """Level to which a rise or a fall leads: a rise never lowers, a fall never raises.

    A rise from the highest level leads nowhere, but it counts against a fall.
    """
    goal = level + sense if rule.target is None else rule.target
    return min(max(goal, level), top) if sense > 0 else max(min(goal, level), 0)
