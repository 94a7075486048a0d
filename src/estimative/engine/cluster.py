"""The same run on a cluster that is there already (Dask): readings split in blocks, counts that come back.

Needs the extra ``estimative[cluster]``. The answer is equal to the bit to that of `run.run`, whoever
runs what; a worker that is lost costs the time of its blocks, which others run again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from estimative.engine.budget import Plan, Work, chunk_words, ensure_fits, parts
from estimative.engine.compiled import compiled_kernel, digest_of_sources
from estimative.engine.dice import ensure_numbered
from estimative.engine.program import Program, write_program
from estimative.engine.request import AS_WRITTEN
from estimative.engine.run import Job, as_counts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from estimative.engine.request import Counts, Request, World
    from estimative.model.model import Model
    from estimative.model.tables import Tables

BLOCK = 1 << 36
"""Operations times futures in one block: about a second, much more than what a task costs by itself."""

AHEAD = 4
"""Blocks for each of a cluster's threads that are sent at once."""


PATIENCE = 10
"""Seconds within which the cluster must answer at first."""


class OtherEngineError(Exception):
    """A worker has another engine, whose futures may be other ones."""


@dataclass(frozen=True)
class Block:
    """Some futures of some readings, with all that a worker needs to count them; `engine` is the sender's."""

    engine: str
    program: Program
    thresholds: NDArray[np.uint64]
    options: NDArray[np.uint8]
    owners: NDArray[np.int64]
    readings: NDArray[np.int64]
    keys: NDArray[np.uint64]
    futures: range

    def count(self) -> NDArray[np.int64]:
        """Counts of the block, on the machine on which this is called.

        Raises
        ------
        OtherEngineError
            If the engine here is not the sender's.
        """
        if self.engine != digest_of_sources():
            raise OtherEngineError("a worker of the cluster has another version of Estimative")
        job = Job(
            compiled_kernel(),
            self.program,
            self.thresholds,
            self.options,
            self.owners,
            self.readings,
            self.keys,
        )
        words = chunk_words(len(self.futures), len(self.readings))
        return job.count(Work(0, len(self.readings), self.futures.start, self.futures.stop, words))


def run_on(
    address: str,
    model: Model,
    tables: Tables,
    request: Request,
    world: World = AS_WRITTEN,
    *,
    seed: int,
    futures: int,
    progress: Callable[[float], None] | None = None,
    program: Program | None = None,
) -> Counts:
    """Counts as `run.run` gives them, from the cluster whose scheduler listens at an address.

    Parameters
    ----------
    address
        As Dask has it, such as ``tcp://10.0.0.1:8786``.
    program
        As `run.run` has it.

    Raises
    ------
    budget.WouldNotFit
        If the numbers and counts would not fit into the memory here.
    OSError
        If nobody listens there, or no address is written so.
    OtherEngineError
        If a worker has another version of Estimative.
    """
    ensure_numbered(tables.numbers, futures)
    program = program or write_program(model, tables, request, world)
    readings = program.worlds * tables.readings
    ensure_fits(program, tables, threads=1)
    counts = np.zeros((readings, program.places.total), np.int64)
    with _client(address) as client:
        threads = max(1, sum(client.nthreads().values()))
        work = blocks_of(program, tables, futures, threads)
        sent = _blocks(program, tables, seed, work)
        for done, (part, found) in enumerate(_counted(client, sent, AHEAD * threads), start=1):
            counts[part.first_reading : part.last_reading] += found
            if progress is not None:
                progress(done / len(work))
    return as_counts(model, program, counts, futures)


def _client(address: str) -> Any:  # noqa: ANN401 -- as of Dask; see below
    try:
        _dask().comm.get_address_host(address)  # Before there is a client, which would take long to go.
        return _dask().Client(address, timeout=PATIENCE, set_as_default=False)
    except ValueError as reason:
        raise OSError(str(reason)) from None


def _dask() -> Any:  # noqa: ANN401 -- it has types, but not for what is called here
    import distributed  # noqa: PLC0415 -- an extra, and slow to import

    return distributed


def blocks_of(program: Program, tables: Tables, futures: int, threads: int) -> Plan:
    """How a run is split: as `budget.plan` does it, in larger parts."""
    readings = program.worlds * tables.readings
    words = chunk_words(futures, readings)
    return parts(program, readings, futures, words, size=BLOCK, least=2 * threads)


def _blocks(program: Program, tables: Tables, seed: int, work: Plan) -> Iterator[tuple[Work, Block]]:
    job = Job.of(program, tables, seed)
    engine = digest_of_sources()
    for part in work:
        rows = slice(part.first_reading, part.last_reading)
        futures = range(part.first_future, part.last_future)
        owners = job.owners[rows]
        block = Block(
            engine,
            program,
            job.thresholds[:, rows],
            job.options[owners[0] : owners[-1] + 1],
            owners - owners[0],
            job.readings[rows],
            job.keys,
            futures,
        )
        yield part, block


def _counted(
    client: Any,  # noqa: ANN401 -- a client of Dask; see above
    sent: Iterator[tuple[Work, Block]],
    ahead: int,
) -> Iterator[tuple[Work, NDArray[np.int64]]]:
    """Parts with their counts as they come back, with so many blocks under way."""
    parts = {}
    waiting = _dask().as_completed(loop=client.loop)
    for number, (part, block) in enumerate(sent):
        task = client.submit(Block.count, block, pure=False)
        parts[task.key] = part
        waiting.add(task)
        if number + 1 >= ahead:
            done = next(waiting)
            yield parts.pop(done.key), done.result()
    for done in waiting:
        yield parts.pop(done.key), done.result()
