"""The one way to run futures: counts of what is asked, equal to the bit however the work is split."""

from __future__ import annotations

from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from estimative.engine.budget import Plan, Work, plan, usable_threads
from estimative.engine.compiled import compiled_kernel
from estimative.engine.dice import ensure_numbered
from estimative.engine.program import Program, numbers, step_keys, write_program
from estimative.engine.request import AS_WRITTEN, Counts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from estimative.engine.request import Request, World
    from estimative.model.model import Model
    from estimative.model.tables import Tables

PATIENCE = 0.1
"""Seconds after which a waiting run looks up: an interrupt is answered so soon."""


def run(
    model: Model,
    tables: Tables,
    request: Request,
    world: World = AS_WRITTEN,
    *,
    seed: int,
    futures: int,
    threads: int | None = None,
    progress: Callable[[float], None] | None = None,
    program: Program | None = None,
) -> Counts:
    """Counts of `futures` futures in each reading of the tables.

    They depend on the model, the numbers, the request, the world and the seed alone; not on the
    threads, nor on which other readings or how many more futures are run.

    Parameters
    ----------
    threads
        How many to use; all that this process may use by default.
    progress
        Called now and then with the share of the work that is done, up to 1.0.
    program
        What `write_program` gave for this model, request and world, where they are run again with other
        numbers; written anew by default. If it is for several worlds, the readings of one world follow those
        of another: see `apart`.

    Raises
    ------
    budget.WouldNotFit
        Before anything is allocated, if memory would not do; it says how many readings would.
    ValueError
        If there are more futures or readings than the dice can tell apart.
    """
    ensure_numbered(tables.numbers, futures)
    program = program or write_program(model, tables, request, world)
    threads = threads or usable_threads()
    work = plan(program, tables, futures, threads)
    job = Job.of(program, tables, seed)
    counts = np.zeros((len(job.readings), program.places.total), np.int64)
    for part, found in finished(job, work, threads, progress):
        counts[part.first_reading : part.last_reading] += found
    return as_counts(model, program, counts, futures)


def finished(
    job: Job, work: Plan, threads: int, progress: Callable[[float], None] | None
) -> Iterator[tuple[Work, NDArray[np.int64]]]:
    """Parts of the work with their counts, as they are done, in no particular order."""
    done = 0
    parts = iter(work)
    with ThreadPoolExecutor(threads) as pool:
        # A part more than there are threads, so that none of them waits for the next.
        waiting = {pool.submit(job.count, part): part for part in islice(parts, threads + 1)}
        while waiting:
            ready, _ = wait(waiting, PATIENCE, FIRST_COMPLETED)
            for future in ready:
                yield waiting.pop(future), future.result()
            waiting.update((pool.submit(job.count, part), part) for part in islice(parts, len(ready)))
            done += len(ready)
            if progress is not None:
                progress(done / len(work))


@dataclass(frozen=True)
class Job:
    """A program with the numbers of all readings, ready for any part of the work.

    A reading stands as often as there are worlds, next to each other. In all of them it looks at one row of
    options, the number of which is in `owners`.
    """

    kernel: Callable[..., None]
    program: Program
    thresholds: NDArray[np.uint64]
    options: NDArray[np.uint8]
    owners: NDArray[np.int64]
    readings: NDArray[np.int64]
    keys: NDArray[np.uint64]

    @classmethod
    def of(cls, program: Program, tables: Tables, seed: int) -> Job:
        """Job of a program in the readings of the tables."""
        thresholds, options = numbers(tables, program)
        owners = np.repeat(np.arange(tables.readings), program.worlds)
        readings = np.asarray(tables.numbers, np.int64)[owners]
        keys = step_keys(program.streams, program.steps, seed)
        return cls(compiled_kernel(), program, thresholds, options, owners, readings, keys)

    def count(self, part: Work) -> NDArray[np.int64]:
        """Counts of some futures of some readings, one row a reading; places as the program says."""
        rows = slice(part.first_reading, part.last_reading)
        counts = np.zeros((part.last_reading - part.first_reading, self.program.places.total), np.int64)
        self.simulate(rows, part, counts, np.zeros((0, 0), np.uint64))
        return counts

    def simulate(
        self,
        rows: slice,
        part: Work,
        counts: NDArray[np.int64],
        records: NDArray[np.uint64],
    ) -> None:
        """Run the kernel on some readings and futures."""
        program = self.program
        with np.errstate(over="ignore"):  # Plain Python would warn of what words are meant to do.
            self.kernel(
                program.code,
                program.sections,
                program.twice,
                program.steps,
                self.keys,
                self.readings[rows],
                np.ascontiguousarray(self.thresholds[:, rows]),
                self.options,
                self.owners[rows],
                counts,
                records,
                program.rows,
                program.leaves,
                part.first_future,
                part.last_future,
                part.words,
            )


def as_counts(model: Model, program: Program, counts: NDArray[np.int64], futures: int) -> Counts:
    """Counts as a request has them, from the kernel's, one row a reading and world.

    Of several worlds all readings of one follow those of another: see `apart`. The kernel counts no level 0, and no
    futures in which something never held: those are the others.
    """
    places = program.places
    readings, steps = len(counts), places.steps
    counts = counts.reshape(-1, program.worlds, places.total).swapaxes(0, 1).reshape(readings, places.total)
    given = counts[:, places.given].copy()
    firsts = counts[:, places.first_first : places.first_level].reshape(readings, places.firsts, steps + 1)
    never = given[:, None, None] - firsts.sum(axis=2, keepdims=True)
    sizes = [len(variable.levels) for variable in model.variables]
    levels = np.zeros((readings, steps + 1, sum(sizes) if places.levels else 0), np.int64)
    if places.levels:
        counted = counts[:, places.first_level :].reshape(readings, steps + 1, places.levels)
        for number, (offset, size) in enumerate(zip(model.offsets, sizes, strict=True)):
            part = counted[:, :, offset - number : offset - number + size - 1]
            levels[:, :, offset + 1 : offset + size] = part
            levels[:, :, offset] = given[:, None] - part.sum(axis=2)
    return Counts(
        futures=futures,
        events=counts[:, : places.events].copy(),
        given=given,
        shares=counts[:, places.first_share : places.first_first].copy(),
        levels=levels,
        firsts=np.concatenate([firsts, never], axis=2),
        offsets=model.offsets,
    )


def apart(counts: Counts, sets: int) -> tuple[Counts, ...]:
    """Counts of each of several worlds, or wordings, that were run side by side: sets of equally many readings."""
    rows = len(counts.given) // sets
    parts = [slice(number * rows, (number + 1) * rows) for number in range(sets)]
    return tuple(
        replace(
            counts,
            events=counts.events[part],
            given=counts.given[part],
            shares=counts.shares[part],
            levels=counts.levels[part],
            firsts=counts.firsts[part],
        )
        for part in parts
    )
