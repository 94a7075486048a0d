"""Goes on with futures from states that are given: for what must stop on the way and choose among them.

A state is a set of planes: one row of bits for each level of each variable but level 0, 64 futures to a
word. A future that goes on throws the dice of its place among the futures, which are independent of
all that was thrown before the step at which it goes on.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from estimative.engine import operations as op
from estimative.engine.assembler import Assembler
from estimative.engine.budget import Work, chunk_words
from estimative.engine.program import Program, complete, write_program
from estimative.engine.program_moves import Mover
from estimative.engine.program_state import State
from estimative.engine.request import AS_WRITTEN, Request
from estimative.engine.run import Job

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from estimative.engine.request import World
    from estimative.model.model import Model
    from estimative.model.tables import Tables

    Words = NDArray[np.uint64]


@dataclass(frozen=True)
class Course:
    """Futures that can be run from any step to any later one, all of them in one reading at a time.

    `words` times 64 futures are run; their planes have the shape (planes, words).
    """

    model: Model
    tables: Tables
    seed: int
    words: int
    world: World = AS_WRITTEN

    @property
    def planes(self) -> int:
        """Rows of a state."""
        return sum(len(variable.levels) - 1 for variable in self.model.variables)

    @cached_property
    def _from_start(self) -> Job:
        return Job.of(self._program(from_start=True), self.tables, self.seed)

    @cached_property
    def _from_given(self) -> Job:
        return Job.of(self._program(from_start=False), self.tables, self.seed)

    def _program(self, *, from_start: bool) -> Program:
        """Program that keeps the planes of every step; it begins at as-of, or with the planes in its records."""
        whole = write_program(self.model, self.tables, Request(), self.world)
        assembler = Assembler(whole.leaves)
        state = State(assembler, self.model, trace=False)
        mover = Mover(state, self.tables)
        assembler.section(op.START)
        mover.lay()
        if from_start:
            mover.start()
        else:
            for record, row in enumerate(state.all_planes()):
                assembler.write(op.LOAD, row, x=record)
        assembler.section(op.AFTER)
        complete(state, self.world)
        for record, row in enumerate(state.all_planes()):
            assembler.write(op.RECORD, a=row, b=self.planes, x=record)
        ready = assembler.ready
        assembler.section(op.MOVE, ready)
        mover.move()
        code, sections = assembler.code()
        return replace(whole, code=code, sections=sections, rows=assembler.rows, records=self.planes)

    def stretch(self, first: int, last: int, *, given: bool) -> Stretch:
        """The steps from one to another, ready to be run: from states that will be given, or else from as-of."""
        job = self._from_given if given else self._from_start
        program = replace(job.program, code=shifted(job.program.code, first), steps=last - first)
        keys = np.ascontiguousarray(job.keys[:, first : last + 1])
        return Stretch(replace(job, program=program, keys=keys), self.words)


@dataclass(frozen=True)
class Stretch:
    """Some steps of all readings, ready to be run."""

    job: Job
    words: int

    def run(self, row: int, planes: Words | None = None) -> Words:
        """Planes at every step, the first included, of the reading in one row, shape (steps + 1, planes, words).

        `planes` are those at the first step, where they are given.
        """
        program = self.job.program
        records = np.zeros(((program.steps + 1) * program.records, self.words), np.uint64)
        if planes is not None:
            records[: program.records] = planes
        futures = 64 * self.words
        work = Work(row, row + 1, 0, futures, chunk_words(futures))
        self.job.simulate(slice(row, row + 1), work, np.zeros((1, program.places.total), np.int64), records)
        return records.reshape(program.steps + 1, program.records, self.words)


def shifted(code: NDArray[np.int64], first: int) -> NDArray[np.int64]:
    """A program whose step 0 is step `first`: what it says of steps, and of thresholds by step, moved along."""
    moved = code.copy()
    skips = code[:, op.OPERATION] == op.SKIP_UNLESS_STEP
    moved[skips, op.A] -= first
    moved[skips, op.B] -= first
    by_step = np.isin(code[:, op.OPERATION], (op.LAY, op.DRAW_GROUPS))
    moved[by_step, op.X] += first * code[by_step, op.B]
    return moved
