"""A cluster of two worker processes: the same counts to the bit, also where a worker is killed on the way."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from estimative.engine import cluster
from estimative.engine.cluster import OtherEngineError, run_on
from estimative.engine.compiled import cache_folder
from estimative.engine.program import write_program
from estimative.engine.run import apart, run
from support.digests import REQUEST, WORLDS, digest, everything

if TYPE_CHECKING:
    from collections.abc import Iterator

    from distributed import LocalCluster

distributed = pytest.importorskip("distributed", reason="the extra estimative[cluster] is not installed")

TESTS = Path(__file__).parent.parent

# The cluster's own threads and sockets may end after the test that ended it.
pytestmark = pytest.mark.filterwarnings(
    "ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"
)


@pytest.fixture(scope="module")
def workers() -> Iterator[LocalCluster]:
    with distributed.LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        processes=True,
        host="127.0.0.1",
        dashboard_address=None,
        silence_logs="CRITICAL",
        env={"ESTIMATIVE_CACHE": str(cache_folder()), "PYTHONPATH": str(TESTS)},
    ) as local:
        yield local


@pytest.fixture
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "BLOCK", 1)


@pytest.mark.usefixtures("small_blocks")
@pytest.mark.parametrize("futures", [100, 20_000])
def test_counts_are_the_same_to_the_bit(workers: LocalCluster, futures: int) -> None:
    model, tables = everything()
    shares: list[float] = []
    for world in WORLDS.values():
        there = run_on(
            workers.scheduler_address,
            model,
            tables,
            REQUEST,
            world,
            seed=1984,
            futures=futures,
            progress=shares.append,
        )
        here = run(model, tables, REQUEST, world, seed=1984, futures=futures)
        assert digest(there) == digest(here)
    assert shares[-1] == 1.0


@pytest.mark.usefixtures("small_blocks")
def test_worlds_side_by_side_too(workers: LocalCluster) -> None:
    model, tables = everything()
    program = write_program(model, tables, REQUEST, *WORLDS.values())
    address = workers.scheduler_address
    there = run_on(address, model, tables, REQUEST, seed=1984, futures=5_000, program=program)
    for world, found in zip(WORLDS.values(), apart(there, len(WORLDS)), strict=True):
        assert digest(found) == digest(run(model, tables, REQUEST, world, seed=1984, futures=5_000))


def test_large_blocks_too(workers: LocalCluster) -> None:
    model, tables = everything()
    there = run_on(workers.scheduler_address, model, tables, REQUEST, seed=2, futures=700)
    assert digest(there) == digest(run(model, tables, REQUEST, seed=2, futures=700))


def test_a_killed_worker_costs_time_only(workers: LocalCluster, monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed once some blocks are back and most are not."""
    monkeypatch.setattr(cluster, "BLOCK", 1 << 28)
    model, tables = everything()
    killed: list[int] = []

    def kill(share: float) -> None:
        if share > 0.05 and not killed:
            (victim, *_) = [worker.pid for worker in workers.workers.values() if worker.pid]
            killed.append(victim)
            os.kill(victim, signal.SIGKILL)

    futures = 600_000
    there = run_on(workers.scheduler_address, model, tables, REQUEST, seed=3, futures=futures, progress=kill)
    assert killed
    assert digest(there) == digest(run(model, tables, REQUEST, seed=3, futures=futures))


def test_another_engine_is_refused(workers: LocalCluster, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "digest_of_sources", lambda: "another")
    model, tables = everything()
    with pytest.raises(OtherEngineError, match="another version"):
        run_on(workers.scheduler_address, model, tables, REQUEST, seed=1, futures=64)


def test_nobody_listens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "PATIENCE", 1)
    model, tables = everything()
    with pytest.raises(OSError, match=r"127\.0\.0\.1"):
        run_on("tcp://127.0.0.1:9", model, tables, REQUEST, seed=1, futures=64)


@pytest.mark.parametrize(
    "address", ["garbage", "", "tcp://127.0.0.1", "tcp://127.0.0.1:x", "http://127.0.0.1:9"]
)
def test_what_is_no_address(address: str) -> None:
    """Found out before anybody is asked: Dask's client would not go away for seconds."""
    model, tables = everything()
    with pytest.raises(OSError, match=r"address|port|scheme|literal"):
        run_on(address, model, tables, REQUEST, seed=1, futures=64)


class Waiting(list[SimpleNamespace]):
    """Blocks under way, done from the last to the first; it stands in for a cluster and its scheduler too."""

    def __init__(self) -> None:
        self.most = 0
        self.loop = None

    def submit(self, _: object, block: int, **__: object) -> SimpleNamespace:
        """As a client of Dask has it."""
        return SimpleNamespace(key=f"task-{block}", result=lambda: 10 * block)

    def add(self, task: SimpleNamespace) -> None:
        """As the tasks of Dask's `as_completed` have it."""
        self.append(task)
        self.most = max(self.most, len(self))

    def __next__(self) -> SimpleNamespace:
        return self.pop()

    def __iter__(self) -> Iterator[SimpleNamespace]:
        while self:
            yield self.pop()


@pytest.mark.parametrize(("blocks", "ahead", "most"), [(20, 3, 3), (20, 1, 1), (2, 5, 2)])
def test_no_more_blocks_are_sent_than_are_under_way(
    blocks: int, ahead: int, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All at once would put the numbers of all readings into the scheduler's memory."""
    waiting = Waiting()
    monkeypatch.setattr(cluster, "_dask", lambda: SimpleNamespace(as_completed=lambda **_: waiting))
    sent = iter([(f"part-{number}", number) for number in range(blocks)])
    found = dict(vars(cluster)["_counted"](waiting, sent, ahead))
    assert found == {f"part-{number}": 10 * number for number in range(blocks)}
    assert waiting.most == most


def test_blocks_cover_everything_once() -> None:
    model, tables = everything()
    program = write_program(model, tables, REQUEST, WORLDS["as written"])
    for futures in (64, 1_000_000, 10**9):
        seen = np.zeros(5, np.int64)
        for part in cluster.blocks_of(program, tables, futures, 2):
            seen[part.first_reading : part.last_reading] += part.last_future - part.first_future
        assert seen.tolist() == [futures] * 5
