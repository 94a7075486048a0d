"""Rows of the state of a model: which row holds which level of which variable, and what is kept of them."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING

from estimative.engine import operations as op

if TYPE_CHECKING:
    from estimative.engine.assembler import Assembler
    from estimative.model.guards import Guard, Holds
    from estimative.model.model import Model


class State:
    """Rows of all variables: one for each level but level 0, which holds where none of the others does.

    Where a trace is wanted, the records of a step are its state rows, then rules, lotteries and choices.
    """

    def __init__(self, assembler: Assembler, model: Model, *, trace: bool) -> None:
        self.assembler = assembler
        self.model = model
        self.levels = [len(variable.levels) for variable in model.variables]
        self.first_plane = assembler.rows
        """First of the rows of all variables, which follow each other."""
        self._planes = [assembler.take(levels - 1) for levels in self.levels]
        self.plane_count = sum(self.levels) - len(self.levels)
        things = len(model.rules) + len(model.lotteries) + len(model.choices)
        self.records = self.plane_count + things if trace else 0

    def on(self, assembler: Assembler) -> State:
        """The same rows, to be written of elsewhere."""
        other = copy(self)
        other.assembler = assembler
        return other

    @property
    def steps(self) -> int:
        """Number of the last step."""
        return self.model.calendar.steps

    def plane(self, variable: int, level: int = 1) -> int:
        """Row of a level other than 0."""
        return self._planes[variable] + level - 1

    def planes(self, variable: int) -> range:
        """Rows of all levels but level 0."""
        first = self._planes[variable]
        return range(first, first + self.levels[variable] - 1)

    def all_planes(self) -> range:
        """Rows of all variables."""
        return range(self.first_plane, self.first_plane + self.plane_count)

    def at(self, variable: int, level: int) -> int:
        """Row of any level, to be made ready before it is read."""
        return self.assembler.at_levels(self._planes[variable], self.levels[variable], (level,))

    def row(self, guard: Guard) -> int:
        """Row of a guard over the variables, to be made ready before it is read."""
        return self.assembler.row_of(guard, self._leaf)

    def _leaf(self, holds: Holds) -> int:
        number = holds.variable
        return self.assembler.at_levels(self._planes[number], self.levels[number], holds.levels)

    def put(self, variable: int, level: int) -> None:
        """Write that a variable is at a level in all futures."""
        for other, row in enumerate(self.planes(variable), start=1):
            self.assembler.copy(row, op.ONES if other == level else op.ZEROS)

    def fired(self, rule: int) -> int:
        """Record of where a rule fired."""
        return self.plane_count + rule

    def settled(self, lottery: int) -> int:
        """Record of where a lottery took a level."""
        return self.plane_count + len(self.model.rules) + lottery

    def switched(self, choice: int) -> int:
        """Record of where a choice went to another option."""
        return self.settled(len(self.model.lotteries)) + choice

    def keep(self, record: int, row: int) -> None:
        """Write that a row is kept, if records are."""
        if self.records:
            self.assembler.write(op.RECORD, a=row, b=self.records, x=record)
