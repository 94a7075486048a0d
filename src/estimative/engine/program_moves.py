"""When rules fire and in what order variables move in a step, written as operations."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from itertools import accumulate
from typing import TYPE_CHECKING

from estimative.engine import operations as op
from estimative.engine.program_kinds import choice, condition, lottery, scale
from estimative.model.model import Effect, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from estimative.engine.assembler import Assembler
    from estimative.engine.program_state import State
    from estimative.model.guards import Guard
    from estimative.model.tables import Tables


class Mover:
    """Writes the moves of a world: all variables move into rows of their own, and then arrive together.

    Streams, thresholds and options are numbered in the order of the model: rules, then lotteries.
    """

    def __init__(self, state: State, tables: Tables) -> None:
        self.state = state
        self.assembler: Assembler = state.assembler
        self.model = state.model
        sizes = [table.thresholds[0].size for table in tables.rules]
        sizes += [table.thresholds[0].size for table in tables.lotteries]
        self.thresholds = list(accumulate(sizes, initial=0))
        self.options = list(accumulate((table.options[0].size for table in tables.choices), initial=0))
        self.profiles = [table.thresholds.shape[1] for table in tables.rules]
        self.after = [self.assembler.take(levels - 1) for levels in state.levels]
        self.eligible, self.fired = self.assembler.take(), self.assembler.take()

    def start(self) -> None:
        """Write the state at step 0, as the rules with the effect STARTS have it."""
        for number, described in enumerate(self.model.variables):
            self.state.put(number, described.start)
        started = sorted({rule.variable for rule in self.model.rules if rule.effect is Effect.STARTS})
        for variable in started:
            condition(self, variable, self.rules_of(variable, Effect.STARTS))
        self.arrive(started)

    def move(self) -> None:
        """Write the move from one step to the next."""
        self.assembler.need_shared([self.state.row(guard) for guard in self.guards()])
        moving = [n for n, v in enumerate(self.model.variables) if v.kind not in {Kind.DERIVED, Kind.MEMORY}]
        for variable in moving:
            self.move_one(variable)
        self.arrive(moving)

    def move_one(self, variable: int) -> None:
        """Write the move of one variable."""
        match self.model.variables[variable].kind:
            case Kind.CONDITION:
                condition(self, variable, self.rules_of(variable, Effect.BECOMES, Effect.ENDS))
            case Kind.SCALE:
                scale(self, variable, self.rules_of(variable, Effect.RISES, Effect.FALLS, Effect.RETURNS))
            case Kind.LOTTERY:
                lottery(self, variable)
            case Kind.CHOICE:
                choice(self, variable, self.rules_of(variable, Effect.RECONSIDERS))

    def arrive(self, moved: list[int]) -> None:
        """Write that those that have moved are now where they have moved to."""
        for variable in moved:
            for row, after in zip(self.state.planes(variable), self.rows_after(variable), strict=True):
                self.assembler.write(op.COPY, row, after)

    def stay(self, variable: int) -> None:
        """Write that a variable stays where it is, unless more is written."""
        for row, after in zip(self.state.planes(variable), self.rows_after(variable), strict=True):
            self.assembler.write(op.COPY, after, row)

    def rows_after(self, variable: int) -> range:
        """Rows of all levels but level 0 after the move."""
        first = self.after[variable]
        return range(first, first + self.state.levels[variable] - 1)

    def rules_of(self, variable: int, *effects: Effect) -> list[int]:
        """Numbers of the rules of a variable with one of the effects, except those that the world leaves out."""
        return [
            number
            for number, rule in enumerate(self.model.rules)
            if rule.variable == variable and rule.effect in effects and number not in self.state.world.without
        ]

    def guards(self) -> Iterator[Guard]:
        """Guards that the moves look at, as often as they do."""
        for number, rule in enumerate(self.model.rules):
            if number not in self.state.world.without and rule.effect is not Effect.STARTS:
                yield rule.guard
                yield from (modifier.guard for modifier in rule.modifiers)
        for lottery_ in self.model.lotteries:
            yield lottery_.guard
            yield from (case.guard for case in lottery_.cases)
        for choice_ in self.model.choices:
            yield from choice_.conditions

    @contextmanager
    def firing(self, number: int) -> Iterator[int]:
        """Row of the futures in which a rule fires; what is written inside is skipped where there are none to be."""
        rule = self.model.rules[number]
        write, state = self.assembler.write, self.state
        with ExitStack() as skips:
            if rule.effect is not Effect.STARTS and (rule.first > 1 or rule.last < state.steps):
                skips.enter_context(self.assembler.within_steps(rule.first, rule.last))
            guard = eligible = self.assembler.need(state.row(rule.guard))
            if rule.effect in {Effect.STARTS, Effect.BECOMES}:
                eligible = self.eligible
                write(op.AND_NOT, eligible, guard, state.plane(rule.variable))
            elif rule.effect is Effect.ENDS:
                eligible = self.eligible
                write(op.AND, eligible, guard, state.plane(rule.variable))
            skips.enter_context(self.assembler.unless_empty(eligible))
            self.draw(number, eligible)
            state.keep(state.fired(number), self.fired)
            yield self.fired

    def draw(self, number: int, eligible: int) -> None:
        """Write the dice of a rule, thrown for the eligible futures, into row `fired`."""
        rule = self.model.rules[number]
        write = self.assembler.write
        masks = 1 << len(rule.modifiers)
        per_step = masks if self.profiles[number] > 1 else 0
        threshold = self.thresholds[number] - per_step * rule.first
        if rule.modifiers:
            self.group(eligible, [modifier.guard for modifier in rule.modifiers])
            write(op.DRAW_GROUPS, self.fired, b=per_step, x=threshold, y=number)
        else:
            write(op.DRAW, self.fired, eligible, per_step, x=threshold, y=number)

    def group(self, row: int, guards: list[Guard]) -> None:
        """Write the grouping of the futures in a row by which of the guards hold: guard k is bit k of the mask."""
        self.assembler.write(op.GROUP, a=row)
        for k, guard in enumerate(guards):
            held = self.assembler.need(self.state.row(guard))
            self.assembler.write(op.SPLIT, a=held, x=1 << k)
