"""Shows futures again: whole courses, given back by the same dice as in the counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from estimative.engine.budget import Work, chunk_words
from estimative.engine.program import write_program
from estimative.engine.request import AS_WRITTEN, Request
from estimative.engine.run import Job
from estimative.engine.trace import Trace

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from estimative.engine.request import World
    from estimative.model.model import Model
    from estimative.model.tables import Tables


def trace(
    model: Model, tables: Tables, row: int, world: World = AS_WRITTEN, *, seed: int, futures: range
) -> Trace:
    """The whole course of a range of futures in the reading of one row of the tables.

    They are the futures that `run` counts: number k is the k-th of each reading, from 0.
    """
    block = tables.block(row, row + 1)
    program = write_program(model, block, Request(), world, trace=True)
    job = Job.of(program, block, seed)
    start = futures.start - futures.start % 64
    words = -(-(futures.stop - start) // 64)
    records = np.zeros(((program.steps + 1) * program.records, words), np.uint64)
    counts = np.zeros((1, program.places.total), np.int64)
    job.simulate(
        slice(0, 1), Work(0, 1, start, futures.stop, chunk_words(futures.stop - start)), counts, records
    )
    bits = np.unpackbits(records.astype("<u8").view(np.uint8), axis=1, bitorder="little")
    kept = bits[:, futures.start - start : futures.stop - start].reshape(
        program.steps + 1, program.records, -1
    )
    planes = program.records - len(model.rules) - len(model.lotteries) - len(model.choices)
    fired, settled, switched = np.split(
        kept[:, planes:].astype(np.bool_),
        [len(model.rules), len(model.rules) + len(model.lotteries)],
        axis=1,
    )
    return Trace(futures.start, levels_of(model, kept[:, :planes]), fired, settled, switched)


def levels_of(model: Model, planes: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Levels of the variables, from one plane for each level but level 0; the second axis is theirs."""
    levels = np.zeros((len(planes), len(model.variables), planes.shape[2]), np.uint8)
    place = 0
    for number, variable in enumerate(model.variables):
        for level in range(1, len(variable.levels)):
            levels[:, number] += planes[:, place] * np.uint8(level)
            place += 1
    return levels
