"""How large a run is, how it is split, and what memory it takes: planned before anything is allocated."""

from __future__ import annotations

import os
import resource
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from estimative.engine.program import Program
    from estimative.model.model import Model
    from estimative.model.tables import Tables

FUTURES = 10_240
"""Futures in a reading: no probability then has a Monte Carlo standard error of half a point."""

FEWEST, MOST = 64, 1024
"""Readings of a usual run: enough for a 5-95 % band, and no more than make a difference to it."""

USUAL_WORK = 15_000_000_000
"""Futures times steps times variables and rules in a usual run.

Measured at 0.1 ns each on one thread, for the flagship and for the benchmark's network alike: with two
threads the futures of one lens take less than a second.
"""

WIDEST = 256
"""Words in a row of a chunk: the more futures a chunk has, the less each operation costs; measured."""

PART = 1 << 31
"""Operations times futures in one part of the work: about a thirtieth of a second."""

SPARE = 0.8
"""Share of the free memory that a run may plan with."""


class WouldNotFit(Exception):  # noqa: N818 -- it says what is the matter
    """A run would need more memory than is free; `readings` would fit."""

    def __init__(self, needed: int, free: int, readings: int) -> None:
        would = f"{readings:,} readings would fit" if readings else "not even one reading would fit"
        super().__init__(
            f"this run would need {needed / 2**20:,.0f} MB of memory, and {free / 2**20:,.0f} MB are free: {would}."
        )
        self.needed = needed
        self.free = free
        self.readings = readings


@dataclass(frozen=True)
class Usual:
    """Size of a run where none is asked for."""

    readings: int
    futures: int


@dataclass(frozen=True)
class Work:
    """One part of a run: readings and futures from first up to last, and words in a row of a chunk."""

    first_reading: int
    last_reading: int
    first_future: int
    last_future: int
    words: int


@dataclass(frozen=True)
class Plan:
    """How a run is split: into parts of `together` readings and `length` futures."""

    readings: int
    futures: int
    together: int
    length: int
    words: int

    def __len__(self) -> int:
        return -(-self.readings // self.together) * -(-self.futures // self.length)

    def __iter__(self) -> Iterator[Work]:
        for reading in range(0, self.readings, self.together):
            last = min(reading + self.together, self.readings)
            for start in range(0, self.futures, self.length):
                yield Work(reading, last, start, min(start + self.length, self.futures), self.words)


def default_size(model: Model) -> Usual:
    """Readings, and futures in each, where no size is asked for: the same on every machine.

    Readings are a power of two, since the design of readings is most even then.
    """
    one = FUTURES * model.calendar.steps * (len(model.variables) + len(model.rules))
    affordable = min(MOST, max(FEWEST, USUAL_WORK // max(1, one)))
    return Usual(1 << (affordable.bit_length() - 1), FUTURES)


def usable_threads() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def chunk_words(futures: int, readings: int = 1, threads: int = 1) -> int:
    """Words in a row of a chunk, so that the chunks of so many futures of each reading are equally wide.

    Few futures of several readings share a chunk, and every thread gets as many chunks; many futures of one
    reading need several:

    >>> chunk_words(64, 1000), chunk_words(64, 1000, 2), chunk_words(10_240, 1000), chunk_words(20_000, 1000)
    (250, 250, 160, 157)
    >>> chunk_words(64, 300), chunk_words(64, 300, 2), chunk_words(64, 300, 4), chunk_words(64, 3, 4)
    (150, 150, 75, 1)
    """
    blocks = -(-futures // 64)
    if blocks <= WIDEST:
        chunks = -(-readings // (WIDEST // blocks))
        chunks = -(-chunks // threads) * threads
        return blocks * -(-readings // chunks)
    chunks = -(-blocks // WIDEST)
    return -(-blocks // chunks)


def plan(program: Program, tables: Tables, futures: int, threads: int) -> Plan:
    """Parts of a run, small enough to be stopped between, and enough of them for all threads.

    Raises
    ------
    WouldNotFit
        If the run would need more memory than is free.
    """
    readings = program.worlds * tables.readings
    words = chunk_words(futures, readings, threads)
    ensure_fits(program, tables, threads)
    return parts(program, readings, futures, words, size=PART, least=4 * threads)


def parts(program: Program, readings: int, futures: int, words: int, *, size: int, least: int) -> Plan:
    """Parts of about a size (operations times futures), at `least` so many where there are chunks enough.

    Whole chunks of several readings to a part where readings are small, several parts to a reading where
    they are large.
    """
    chunk = 64 * words
    affordable = max(chunk, size // max(1, len(program.code) * program.steps))
    in_chunk = max(1, chunk // (64 * -(-futures // 64)))
    together = max(1, min(affordable // futures, -(-readings // least)))
    together = max(in_chunk, together // in_chunk * in_chunk)
    length = futures if futures <= affordable else affordable // chunk * chunk
    return Plan(readings, futures, together, length, words)


def ensure_fits(program: Program, tables: Tables, threads: int) -> None:
    """Refuse a run for which there is not enough free memory, with chunks as wide as they may be.

    Raises
    ------
    WouldNotFit
        It says how many readings would fit.
    """
    fixed, each = memory(program, tables, threads)
    free = int(SPARE * free_memory())
    if fixed + each * tables.readings > free:
        raise WouldNotFit(fixed + each * tables.readings, free, max(0, (free - fixed) // each))


def memory(program: Program, tables: Tables, threads: int) -> tuple[int, int]:
    """Bytes that a run needs: for its threads, and for each reading.

    In every world a reading needs its thresholds twice (they are gathered), and its counts four times: those of a
    part, of the run, world by world, and of the answer. Its options are gathered once for all worlds.
    """
    numbers = [t.thresholds for t in tables.rules] + [t.thresholds for t in tables.lotteries]
    options = sum(table.options[0].nbytes for table in tables.choices)
    each = 2 * sum(table[0].nbytes for table in numbers) + 4 * 8 * program.places.total
    return threads * 8 * program.rows * WIDEST, program.worlds * each + options


def free_memory() -> int:
    """Bytes that this process may still take: of the machine, of its control group, and by its own limit."""
    return min(_limits())


def _limits() -> Iterator[int]:
    meminfo = Path("/proc/meminfo")
    if meminfo.exists():
        fields = dict(line.split(":") for line in meminfo.read_text(encoding="ascii").splitlines())
        yield int(fields["MemAvailable"].split()[0]) * 1024
    else:
        yield os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    group = Path("/sys/fs/cgroup")
    limit, used = group / "memory.max", group / "memory.current"
    if limit.exists() and used.exists() and limit.read_text(encoding="ascii").strip() != "max":
        yield int(limit.read_text(encoding="ascii")) - int(used.read_text(encoding="ascii"))
    address_space, _ = resource.getrlimit(resource.RLIMIT_AS)
    if address_space != resource.RLIM_INFINITY:
        taken = Path("/proc/self/statm")
        pages = int(taken.read_text(encoding="ascii").split()[0]) if taken.exists() else 0
        yield address_space - pages * os.sysconf("SC_PAGE_SIZE")
