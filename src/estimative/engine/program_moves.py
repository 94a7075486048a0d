"""When rules fire and in what order variables move in a step, written as operations."""

from __future__ import annotations

from collections import defaultdict
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


MOST_LIMITS = 4
"""Thresholds of a rule that are laid in rows, one for each set of its modifiers; `operations.DRAW` takes so many."""


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
        sizes = [table.options[0].size for table in tables.choices]
        self.options = list(accumulate(sizes, initial=0))
        self.profiles = [table.thresholds.shape[1] for table in tables.rules]
        self._rules = defaultdict[int, list[int]](list)
        for number, rule in enumerate(self.model.rules):
            self._rules[rule.variable].append(number)
        self.moving = [n for n, v in enumerate(self.model.variables) if v.guard is None]
        self.limits = self._limits()
        self.stayed = self._stayed()
        self.after = self.assembler.take(state.plane_count)
        self.eligible, self.fired = self.assembler.take(), self.assembler.take()
        self._work: list[int] = []
        self._working = 0

    def _limits(self) -> dict[int, int]:
        """First of the rows in which the thresholds of a stream are laid, unless there are too many of them."""
        rules, lotteries = len(self.model.rules), len(self.model.lotteries)
        counts = {number: 1 << len(rule.modifiers) for number, rule in enumerate(self.model.rules)}
        counts = {number: count for number, count in counts.items() if count <= MOST_LIMITS}
        for number in range(rules, rules + lotteries):
            counts[number] = self.thresholds[number + 1] - self.thresholds[number]
        return {number: self.assembler.take(count) for number, count in counts.items()}

    def _stayed(self) -> tuple[int, ...]:
        """For each choice the row of those who stayed when they last decided; after it, what they looked at then."""
        looked_at = [len(one.conditions) + self.state.levels[one.variable] for one in self.model.choices]
        return tuple(self.assembler.take(1 + count) for count in looked_at)

    def lay(self) -> None:
        """Write that thresholds are laid in their rows, for as long as the chunk is run, and nobody has decided yet."""
        for row in self.stayed:
            self.assembler.copy(row, op.ZEROS)
        for number in self.limits:
            if number >= len(self.profiles) or self.profiles[number] == 1:
                self.lay_limits(number)

    def lay_limits(self, number: int, per_step: int = 0) -> None:
        """Write that the thresholds of one stream are laid in their rows; for a rule, those of one step."""
        place = self.thresholds[number]
        count = self.thresholds[number + 1] - place
        if number < len(self.profiles):
            count //= self.profiles[number]
            place -= per_step * self.model.rules[number].first
        for k in range(count):
            self.assembler.write(op.LAY, self.limits[number] + k, b=per_step, x=place + k)

    def start(self) -> None:
        """Write the state at step 0, as the rules with the effect STARTS have it."""
        for number, described in enumerate(self.model.variables):
            self.state.put(number, described.start)
        self.stay()
        for variable in sorted({rule.variable for rule in self.model.rules if rule.effect is Effect.STARTS}):
            condition(self, variable, self.rules_of(variable, Effect.STARTS))
        self.arrive()

    def move(self) -> None:
        """Write the move from one step to the next."""
        self.assembler.need_shared([self.state.row(guard) for guard in self.guards()])
        self.stay()
        for variable in self.moving:
            self._working = 0
            self.move_one(variable)
        self.arrive()

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

    def work(self) -> int:
        """A row to work in while one variable moves."""
        if self._working == len(self._work):
            self._work.append(self.assembler.take())
        self._working += 1
        return self._work[self._working - 1]

    def stay(self) -> None:
        """Write that all variables stay where they are, unless more is written."""
        self.assembler.copy(self.after, self.state.first_plane, self.planes_moving())

    def arrive(self) -> None:
        """Write that all variables are now where they have moved to."""
        self.assembler.copy(self.state.first_plane, self.after, self.planes_moving())

    def planes_moving(self) -> int:
        """Number of rows of the variables that move; derived ones and memories come after them."""
        return sum(self.state.levels[number] - 1 for number in self.moving)

    def rows_after(self, variable: int) -> range:
        """Rows of all levels but level 0 after the move."""
        before = self.state.planes(variable)
        shift = self.after - self.state.first_plane
        return range(before.start + shift, before.stop + shift)

    def rules_of(self, variable: int, *effects: Effect) -> list[int]:
        """Numbers of the rules of a variable with one of the effects."""
        return [number for number in self._rules[variable] if self.model.rules[number].effect in effects]

    def guards(self) -> Iterator[Guard]:
        """Guards that the moves look at, as often as they do."""
        for rule in self.model.rules:
            if rule.effect is not Effect.STARTS:
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
        modifiers = [self.assembler.need(self.state.row(modifier.guard)) for modifier in rule.modifiers]
        per_step = 1 << len(modifiers) if self.profiles[number] > 1 else 0
        if number in self.limits:
            if per_step:
                self.lay_limits(number, per_step)
            for k, row in enumerate(modifiers):
                write(op.NAME, a=row, x=k)
            write(op.DRAW, self.fired, eligible, self.limits[number], x=len(modifiers), y=number)
        else:
            write(op.GROUP, a=eligible)
            for k, row in enumerate(modifiers):
                write(op.SPLIT, a=row, x=1 << k)
            place = self.thresholds[number] - per_step * rule.first
            write(op.DRAW_GROUPS, self.fired, b=per_step, x=place, y=number)
