"""Writes operations for the kernel: gives out rows, turns guards into operations, and nests what can be skipped."""

from __future__ import annotations

import copy
from contextlib import contextmanager
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from estimative.engine import operations as op
from estimative.model.guards import All, Any, AtLeast, Guard, Holds, Not

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from numpy.typing import NDArray


class Assembler:
    """Writes the sections of one program, one after the other.

    A guard becomes expressions, each in a row of its own that nothing else writes. So what guards have
    in common is computed once, and only where somebody needs it: `need` writes what is not `ready` yet.
    """

    def __init__(self, leaves: int) -> None:
        self.leaves = leaves
        self.rows = op.GROUPS + leaves + 1  # One to spare: a split writes before it knows.
        self.sections: dict[int, list[list[int]]] = {}
        self.expressions: list[tuple[int, int, int, int]] = []
        self.known: dict[tuple[int, int, int], int] = {}
        self.made_by: dict[int, int] = {}
        self._ready: set[int] = set()
        self._code: list[list[int]] = []

    def section(self, number: int, ready: Iterable[int] = ()) -> None:
        """Begin a section in which the expressions `ready` stand in their rows already."""
        self._code = self.sections.setdefault(number, [])
        self._ready = set(ready)

    @property
    def ready(self) -> frozenset[int]:
        """Expressions that stand in their rows at this place."""
        return frozenset(self._ready)

    @property
    def place(self) -> int:
        """Number of the next operation of the present section."""
        return len(self._code)

    def fork(self) -> Assembler:
        """One that goes on from here by itself."""
        other = copy.copy(self)
        other.sections = {number: list(section) for number, section in self.sections.items()}
        other.expressions = list(self.expressions)
        other.known = dict(self.known)
        other.made_by = dict(self.made_by)
        return other

    @contextmanager
    def inserted(self, section: int, place: int) -> Iterator[None]:
        """What is written inside is inserted before an operation of a section that has been written."""
        before, self._code = self._code, []
        yield
        self.sections[section][place:place] = self._code
        self._code = before

    def take(self, count: int = 1) -> int:
        """First of so many new rows."""
        first = self.rows
        self.rows += count
        return first

    def copy(self, d: int, a: int, count: int = 1) -> None:
        """Write that some rows are set to others."""
        self.write(op.COPY, d, a, x=count)

    def write(self, operation: int, d: int = 0, a: int = 0, b: int = 0, *, x: int = 0, y: int = 0) -> None:
        """Write one operation."""
        self._code.append([operation, d, a, b, x, y])

    @contextmanager
    def unless_empty(self, row: int) -> Iterator[None]:
        """What is written inside is skipped if no future is in the row."""
        with self._skipping(op.SKIP_IF_EMPTY, row, 0):
            yield

    @contextmanager
    def within_steps(self, first: int, last: int) -> Iterator[None]:
        """What is written inside is skipped in the steps outside `first` to `last`."""
        with self._skipping(op.SKIP_UNLESS_STEP, first, last):
            yield

    @contextmanager
    def _skipping(self, operation: int, a: int, b: int) -> Iterator[None]:
        self.write(operation, a=a, b=b)
        skip = self._code[-1]
        start, ready = len(self._code), set(self._ready)
        yield
        skip[op.X] = len(self._code) - start
        self._ready = ready

    def row_of(self, guard: Guard, leaf: Callable[[Holds], int]) -> int:
        """Row that holds a guard once it is ready; `leaf` gives the row of a `Holds`."""
        match guard:
            case Holds():
                return leaf(guard)
            case Not(part):
                return self.expression(op.AND_NOT, op.ONES, self.row_of(part, leaf))
            case All(parts):
                return self._join(op.AND, [self.row_of(part, leaf) for part in parts], op.ONES)
            case Any(parts):
                return self._join(op.OR, [self.row_of(part, leaf) for part in parts], op.ZEROS)
            case AtLeast(count, parts):
                return self._at_least(count, [self.row_of(part, leaf) for part in parts])

    def at_levels(self, plane: int, count: int, levels: Iterable[int]) -> int:
        """Row that says that a variable is at one of the levels 0..count-1; row `plane` is that of level 1."""
        wanted = set(levels) & set(range(count))
        if 0 in wanted:
            others = set(range(count)) - wanted
            return self.expression(op.AND_NOT, op.ONES, self.at_levels(plane, count, others))
        return self._join(op.OR, [plane + level - 1 for level in sorted(wanted)], op.ZEROS)

    def need(self, row: int) -> int:
        """Make a row ready, if it is an expression; the row itself."""
        for number in self._needed(row):
            if number not in self._ready:
                self._ready.add(number)
                operation, a, b, made = self.expressions[number]
                self.write(operation, made, a, b)
        return row

    def need_shared(self, rows: Sequence[int]) -> None:
        """Make ready whatever several of the rows need, since each of them may be skipped by itself."""
        uses: dict[int, int] = {}
        for row in rows:
            for number in self._needed(row):
                uses[number] = uses.get(number, 0) + 1
        for number, count in uses.items():
            if count > 1:
                self.need(self.expressions[number][3])

    def expression(self, operation: int, a: int, b: int) -> int:
        """Row of `a operation b`: a new one only if it is neither a constant nor a row that exists."""
        if operation != op.AND_NOT and a > b:
            a, b = b, a
        match operation, a, b:
            case (op.AND, op.ZEROS, _) | (op.AND_NOT, op.ZEROS, _) | (op.AND_NOT, _, op.ONES):
                return op.ZEROS
            case (op.AND, op.ONES, _) | (op.OR, op.ZEROS, _):
                return b
            case (op.OR, op.ONES, _):
                return op.ONES
            case (op.AND_NOT, _, op.ZEROS):
                return a
        if a == b:
            return op.ZEROS if operation == op.AND_NOT else a
        key = (operation, a, b)
        if key not in self.known:
            row = self.take()
            self.known[key] = row
            self.made_by[row] = len(self.expressions)
            self.expressions.append((operation, a, b, row))
        return self.known[key]

    def _at_least(self, count: int, rows: Sequence[int]) -> int:
        """`reached[k]` says that k of the rows so far hold."""
        if count <= 0:
            return op.ONES
        reached = [op.ONES] + [op.ZEROS] * count
        for row in rows:
            for k in range(count, 0, -1):
                reached[k] = self.expression(op.OR, reached[k], self.expression(op.AND, reached[k - 1], row))
        return reached[count]

    def _join(self, operation: int, rows: Sequence[int], empty: int) -> int:
        joined = empty
        for row in rows:
            joined = self.expression(operation, joined, row)
        return joined

    def _needed(self, row: int) -> list[int]:
        """Expressions that make a row; an expression has a higher number than those it needs."""
        found: set[int] = set()
        waiting = [row]
        while waiting:
            number = self.made_by.get(waiting.pop())
            if number is not None and number not in found:
                found.add(number)
                waiting += self.expressions[number][1:3]
        return sorted(found)

    def code(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """All operations, shape (operations, COLUMNS), and where sections start and stop, shape (SECTIONS, 2)."""
        sections = [self.sections.get(number, []) for number in range(op.SECTIONS)]
        stops = np.cumsum([len(section) for section in sections])
        columns = chain.from_iterable(chain.from_iterable(sections))
        code = np.fromiter(columns, np.int64, int(stops[-1]) * op.COLUMNS)
        starts = np.concatenate([[0], stops[:-1]])
        return code.reshape(-1, op.COLUMNS), np.ascontiguousarray(np.stack([starts, stops], axis=1))
