"""How each variable may move from one joint state: the probabilities of its next levels.

Written for one state at a time and without dice, so that it shares nothing with the simulating engines
but the definition.
"""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING

import numpy as np

from estimative.model.guards import All, Any, AtLeast, Guard, Holds, Not
from estimative.model.model import Effect, Kind
from estimative.model.tables import SCALE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from estimative.engine.request import World
    from estimative.model.model import Model, Rule, Variable
    from estimative.model.tables import Tables

    Floats = NDArray[np.float64]

State = tuple[int, ...]
"""The level of every variable."""

NEVER = -1
"""In place of a mask: the guard is false."""


def true(guard: Guard, state: State) -> bool:
    """Whether a guard is true of one state.

    >>> true(AtLeast(2, (Holds(0, frozenset({1})), Holds(1, frozenset({0, 2})), Not(All()))), (1, 2))
    True
    """
    match guard:
        case Holds(variable, levels):
            return state[variable] in levels
        case Not(part):
            return not true(part, state)
        case All(parts):
            return all(true(part, state) for part in parts)
        case Any(parts):
            return any(true(part, state) for part in parts)
        case AtLeast(count, parts):
            return sum(true(part, state) for part in parts) >= count


class Law:
    """What the rules, lotteries and choices of one reading do."""

    def __init__(self, model: Model, tables: Tables, row: int, world: World) -> None:
        self.model = model
        self._hazards = [table.thresholds[row].astype(np.float64) / SCALE for table in tables.rules]
        self._rows = [table.thresholds[row].astype(np.float64) / SCALE for table in tables.lotteries]
        self._options = [table.options[row] for table in tables.choices]
        self._lottery = {lottery.variable: k for k, lottery in enumerate(model.lotteries)}
        self._choice = {choice.variable: k for k, choice in enumerate(model.choices)}
        self._without = world.without
        self._rules_of: list[list[int]] = [[] for _ in model.variables]
        for number, rule in enumerate(model.rules):
            self._rules_of[rule.variable].append(number)
        self._masks: dict[tuple[int, State], int] = {}

    def first(self) -> list[Floats]:
        """Probabilities of every variable's levels at step 0, before interventions."""
        start = tuple(variable.start for variable in self.model.variables)
        return [self._first(number, start, variable) for number, variable in enumerate(self.model.variables)]

    def _first(self, number: int, start: State, variable: Variable) -> Floats:
        levels = _sure(variable, start[number])
        if variable.kind is Kind.CONDITION and start[number] == 0:
            levels[:] = _some(self._hazards_of(number, Effect.STARTS, start, 0))
        return levels

    def after(self, state: State, step: int) -> list[Floats]:
        """Probabilities of every variable's levels after the move into a step.

        A memory keeps its level, and a derived condition has but one, of no meaning, until the step is complete.
        """
        return [
            self._after(number, variable, state, step) for number, variable in enumerate(self.model.variables)
        ]

    def profile(self, step: int) -> tuple[int | None, ...]:
        """Which of its hazards every rule has at a step, None outside its time: where these are the same, so are moves."""
        return tuple(
            (step - rule.first) % len(hazards) if rule.first <= step <= rule.last else None
            for rule, hazards in zip(self.model.rules, self._hazards, strict=True)
        )

    def _after(self, number: int, variable: Variable, state: State, step: int) -> Floats:
        match variable.kind:
            case Kind.CONDITION:
                return self._condition(number, state, step)
            case Kind.SCALE:
                return self._scale(number, variable, state, step)
            case Kind.LOTTERY:
                return self._settling(number, variable, state)
            case Kind.CHOICE:
                return self._deciding(number, variable, state, step)
            case Kind.DERIVED | Kind.MEMORY:
                return _sure(variable, state[number])

    def _hazard(self, number: int, state: State, step: int) -> float:
        """Probability that a rule fires in the move into a step, wherever its own variable stands."""
        rule = self.model.rules[number]
        if number in self._without or step < rule.first or step > rule.last:
            return 0.0
        key = (number, state)
        if key not in self._masks:
            bits = sum(true(modifier.guard, state) << k for k, modifier in enumerate(rule.modifiers))
            self._masks[key] = bits if true(rule.guard, state) else NEVER
        if self._masks[key] == NEVER:
            return 0.0
        hazards = self._hazards[number]
        return float(hazards[(step - rule.first) % len(hazards), self._masks[key]])

    def _hazards_of(self, number: int, effect: Effect, state: State, step: int) -> list[float]:
        return [
            self._hazard(rule, state, step)
            for rule in self._rules_of[number]
            if self.model.rules[rule].effect is effect
        ]

    def _condition(self, number: int, state: State, step: int) -> Floats:
        """Off goes on, and on goes off, with one less the probability that no rule for it fires."""
        if state[number] == 0:
            return _some(self._hazards_of(number, Effect.BECOMES, state, step))
        return _some(self._hazards_of(number, Effect.ENDS, state, step))[::-1]

    def _scale(self, number: int, variable: Variable, state: State, step: int) -> Floats:
        """Up if some rule upwards fires and none downwards, to the farthest goal, and likewise down."""
        level = state[number]
        up: dict[int, float] = {}
        down: dict[int, float] = {}
        for k in self._rules_of[number]:
            rule = self.model.rules[k]
            hazard = self._hazard(k, state, step)
            sense = _sense(rule, level, variable.norm)
            if sense > 0:
                goal = level + 1 if rule.target is None else rule.target
                goal = min(max(goal, level), len(variable.levels) - 1)
                up[goal] = 1 - (1 - up.get(goal, 0)) * (1 - hazard)
            elif sense < 0:
                goal = level - 1 if rule.target is None else rule.target
                goal = max(min(goal, level), 0)
                down[goal] = 1 - (1 - down.get(goal, 0)) * (1 - hazard)
        not_up = prod(1 - hazard for hazard in up.values())
        not_down = prod(1 - hazard for hazard in down.values())
        levels = np.zeros(len(variable.levels))
        levels[level] = not_up * not_down + (1 - not_up) * (1 - not_down)
        for goals, order, alone in ((up, -1, not_down), (down, 1, not_up)):
            farther = alone
            for goal in sorted(goals)[::order]:
                levels[goal] += farther * goals[goal]
                farther *= 1 - goals[goal]
        return levels

    def _settling(self, number: int, variable: Variable, state: State) -> Floats:
        """A lottery's levels have the widths of their ranges of dice, in the first case that holds."""
        which = self._lottery[number]
        lottery = self.model.lotteries[which]
        if state[number] == 0 and true(lottery.guard, state):
            for row, case in zip(self._rows[which], lottery.cases, strict=True):
                if true(case.guard, state):
                    return np.diff(row, prepend=[0.0, 0.0])
        return _sure(variable, state[number])

    def _deciding(self, number: int, variable: Variable, state: State, step: int) -> Floats:
        """Where the actor looks again, the option of the table's row and column."""
        which = self._choice[number]
        choice = self.model.choices[which]
        hazard = self._hazard(choice.reconsidered, state, step)
        row = int("".join(str(int(true(guard, state))) for guard in reversed(choice.conditions)) or "0", 2)
        option = int(self._options[which][row, state[number]])
        return _sure(variable, state[number]) * (1 - hazard) + _sure(variable, option) * hazard


def _sense(rule: Rule, level: int, norm: int | None) -> int:
    """Whether a rule of a scale points up (1), down (-1) or, at the norm, nowhere (0)."""
    if rule.effect is Effect.RETURNS:
        return 0 if norm is None else (norm > level) - (norm < level)
    return 1 if rule.effect is Effect.RISES else -1


def _sure(variable: Variable, level: int) -> Floats:
    """One level for certain."""
    levels = np.zeros(1 if variable.kind is Kind.DERIVED else len(variable.levels))
    levels[0 if variable.kind is Kind.DERIVED else level] = 1
    return levels


def _some(hazards: list[float]) -> Floats:
    """Probabilities that none, and that some, of several things happen."""
    none = prod(1 - hazard for hazard in hazards)
    return np.array([none, 1 - none])
