"""How the work is split, and what memory it takes: planned before anything is allocated."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from estimative.engine.program import Program
    from estimative.model.model import Model
    from estimative.model.tables import Tables

WIDEST = 128
"""Words in a row of a chunk: the more futures a chunk has, the less each operation costs; measured."""

PART = 1 << 27
"""Operations times futures in one part of the work: some tens of milliseconds."""


FUTURES = 10_240
"""Futures in a reading: the Monte Carlo standard error of a probability is then under half a point."""


class WouldNotFit(Exception):  # noqa: N818 -- it says what is the matter
    """A run would need more memory than there is; the message says what would fit."""

    def __init__(self, needed: int, available: int, readings: int) -> None:
        super().__init__(
            f"This run would need {needed / 2**20:,.0f} MB of memory and {available / 2**20:,.0f} MB are free:"
            f" {readings:,} readings would fit."
        )
        self.needed = needed
        self.available = available
        self.readings = readings


@dataclass(frozen=True)
class Work:
    """One part of a run: readings and futures from first up to last, and words in a row of a chunk."""

    first_reading: int
    last_reading: int
    first_future: int
    last_future: int
    words: int


@dataclass(frozen=True)
class Usual:
    """Size of a run where none is asked for."""

    readings: int
    futures: int


def default_size(model: Model) -> Usual:
    """Readings, and futures in each, of a run where no size is asked for."""
    steps = max(1, model.calendar.steps)
    readings = min(256, max(64, 1 << (2_000_000 // (steps * max(1, len(model.rules)))).bit_length()))
    return Usual(readings, FUTURES)


def usable_threads() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0))


def chunk_words(futures: int) -> int:
    """Words in a row of a chunk, so that the chunks of so many futures are equally wide."""
    blocks = -(-futures // 64)
    return -(-blocks // -(-blocks // WIDEST))


def plan(program: Program, tables: Tables, futures: int, threads: int) -> tuple[Work, ...]:
    """Parts of a run, small enough to be stopped between, and enough of them for all threads."""
    words = chunk_words(futures)
    chunk = 64 * words
    cost = max(1, len(program.code) * program.steps)
    together = max(chunk, PART // cost)
    # Whole readings to a part where they are small, several parts to a reading where they are large.
    each = max(1, min(together // futures, -(-tables.readings // (4 * threads))))
    length = max(chunk, min(futures, together) // chunk * chunk) if each == 1 else futures
    return tuple(
        Work(reading, min(reading + each, tables.readings), start, min(start + length, futures), words)
        for reading in range(0, tables.readings, each)
        for start in range(0, futures, length)
    )
