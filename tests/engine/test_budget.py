"""A run's size, parts and memory: planned before anything is allocated, and refused where it would not fit."""

from __future__ import annotations

import os
import resource
import tracemalloc
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from estimative.engine import budget
from estimative.engine import run as running
from estimative.engine.budget import WouldNotFit, chunk_words, default_size, free_memory, plan
from estimative.engine.program import write_program
from estimative.engine.request import Request, World
from estimative.model.model import Effect
from support.chains import condition, model_of, rule, tables_of
from support.digests import everything

if TYPE_CHECKING:
    from pathlib import Path

REQUEST = Request(levels=True)


@pytest.mark.parametrize("futures", [1, 64, 100, 8192, 8193, 10_240, 1_000_000])
@pytest.mark.parametrize("readings", [1, 5, 1000])
@pytest.mark.parametrize("threads", [1, 4])
def test_parts_cover_everything_once(futures: int, readings: int, threads: int) -> None:
    model, tables = everything()
    many = replace(tables, numbers=np.arange(readings))
    program = write_program(model, tables, REQUEST, World())
    parts = plan(program, many, futures, threads)
    covered = sum((p.last_reading - p.first_reading) * (p.last_future - p.first_future) for p in parts)
    assert covered == readings * futures
    assert len({(p.first_reading, p.first_future) for p in parts}) == len(parts)
    for part in parts:
        assert part.first_future % 64 == 0
        assert 0 <= part.first_reading < part.last_reading <= readings
        assert 0 <= part.first_future < part.last_future <= futures
    # One part has no more than the longest that is not stopped between, and one chunk of one reading.
    longest = max(64 * chunk_words(futures, readings), budget.PART // (len(program.code) * program.steps))
    assert all(
        (p.last_reading - p.first_reading) * (p.last_future - p.first_future) <= longest for p in parts
    )


def test_a_run_that_would_not_fit_is_refused_before_it_begins(monkeypatch: pytest.MonkeyPatch) -> None:
    model, tables = everything()
    many = replace(tables, numbers=np.arange(1_000_000))
    monkeypatch.setattr(budget, "free_memory", lambda: 2**26)
    tracemalloc.start()
    with pytest.raises(WouldNotFit) as refused:
        running.run(model, many, REQUEST, seed=1, futures=64)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 2**20
    would = refused.value.readings
    assert f"{would:,} readings would fit." in str(refused.value)
    program = write_program(model, tables, REQUEST, World())
    assert plan(program, replace(tables, numbers=np.arange(would)), 64, budget.usable_threads())
    with pytest.raises(WouldNotFit):
        plan(program, replace(tables, numbers=np.arange(would + 1)), 64, budget.usable_threads())


def test_not_even_one_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    model, tables = everything()
    monkeypatch.setattr(budget, "free_memory", lambda: 1000)
    with pytest.raises(WouldNotFit, match=r"not even one reading would fit\.$"):
        running.run(model, tables, REQUEST, seed=1, futures=64)


def test_memory_does_not_grow_with_futures() -> None:
    """However many they are, no chunk is wider than what is planned for."""
    futures = [1, 64, 1_000, 16_384, 16_385, 100_000, 10_000_000]
    assert all(
        1 <= chunk_words(count, readings, threads) <= budget.WIDEST
        for count in futures
        for readings in (1, 3, 64, 10_000)
        for threads in (1, 2, 64)
    )


def test_what_is_planned_is_what_is_needed() -> None:
    """The plan is no less than what is allocated, and not ten times as much."""
    model, tables = everything()
    readings = 2000
    many = tables.block(0, 1)
    many = replace(
        many,
        numbers=np.arange(readings),
        rules=tuple(replace(t, thresholds=np.repeat(t.thresholds, readings, axis=0)) for t in many.rules),
        lotteries=tuple(
            replace(t, thresholds=np.repeat(t.thresholds, readings, axis=0)) for t in many.lotteries
        ),
        choices=tuple(replace(t, options=np.repeat(t.options, readings, axis=0)) for t in many.choices),
    )
    program = write_program(model, many, REQUEST, World())
    fixed, each = budget.memory(program, many, 1)
    running.run(model, tables, REQUEST, seed=1, futures=64)
    tracemalloc.start()
    running.run(model, many, REQUEST, seed=1, futures=64, threads=1)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak <= fixed + each * readings <= 10 * peak


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine with 8 MB that are free, in a folder, and no limits."""
    files = {
        "proc/meminfo": "MemTotal: 99999 kB\nMemAvailable:   8192 kB\n",
        "proc/self/statm": "100 1 1 1 0 1 0\n",
        "sys/fs/cgroup/memory.max": "max\n",
        "sys/fs/cgroup/memory.current": f"{3 * 2**20}\n",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="ascii")
    monkeypatch.setattr(budget, "Path", lambda text: tmp_path / text.lstrip("/"))
    monkeypatch.setattr(resource, "getrlimit", lambda _: (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    return tmp_path


def test_free_memory_is_the_machines(machine: Path) -> None:
    assert free_memory() == 8 * 2**20
    (machine / "sys/fs/cgroup/memory.max").unlink()
    assert free_memory() == 8 * 2**20


def test_a_control_group_leaves_what_it_has_not_used(machine: Path) -> None:
    (machine / "sys/fs/cgroup/memory.max").write_text(f"{5 * 2**20}\n", encoding="ascii")
    assert free_memory() == 2 * 2**20


def test_a_limit_of_the_process_leaves_what_it_has_not_taken(
    machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resource, "getrlimit", lambda _: (6 * 2**20, resource.RLIM_INFINITY))
    page = os.sysconf("SC_PAGE_SIZE")
    assert free_memory() == 6 * 2**20 - 100 * page
    (machine / "proc/self/statm").unlink()
    assert free_memory() == 6 * 2**20


def test_free_memory_is_some() -> None:
    assert 2**20 < free_memory() < 2**50


def test_usual_sizes() -> None:
    """A small model gets the most readings, a large one fewer, but never too few for a band."""
    small = model_of(4, [condition("a")], [rule(0, Effect.BECOMES)])
    large = model_of(400, [condition(f"c{k}") for k in range(900)])
    assert default_size(small) == budget.Usual(1024, 10_240)
    assert default_size(large) == budget.Usual(64, 10_240)
    # The standard error of a probability of one half, the largest there is.
    assert (0.25 / default_size(small).futures) ** 0.5 < 0.005


def test_usual_size_can_be_run() -> None:
    model = model_of(2, [condition("a")], [rule(0, Effect.BECOMES)])
    size = default_size(model)
    counts = running.run(
        model, tables_of([0.5], readings=size.readings), REQUEST, seed=1, futures=size.futures
    )
    assert counts.levels.shape == (1024, 3, 2)
