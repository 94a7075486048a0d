"""The trial: readings that are asked again, in few futures, with one leeway taken as another reading takes it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import ceil
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from estimative.model.readings import read
from estimative.model.tables import beneath
from estimative.questions.ask import hits_in
from estimative.questions.swaps import donors, swapped, with_other_dice
from estimative.questions.variance import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from estimative.engine.request import World
    from estimative.estimate.queries import Probability, ShareOfTime
    from estimative.model.tables import Tables
    from estimative.questions.ask import Answer
    from estimative.questions.futures import Futures
    from estimative.questions.leeways import Leeway, Place

    Array = NDArray[np.float64]
    Outcomes = Sequence[Probability | ShareOfTime]

Subject = TypeVar("Subject")

WORK = 1 << 21
"""Futures of a trial, about, if every leeway is asked about in all readings; more where a run has more."""

FEWEST, MOST = 128, 1024
"""Readings of a trial: few are enough for the first digit of a share, and more would not give a second one."""

BLOCK = 64
"""Futures are simulated in blocks of so many."""

LONGEST = 1024
"""Futures of a reading with either dice, at most."""

ENOUGH = 32
"""Futures that are to meet a condition, on average; a reading in which less than half as many do says nothing."""

BATCH = 2_560
"""Readings in one run, about: ten chunks of them where each has one block of futures, so that threads end together."""

KNOWN = 4
"""Outcomes as they are, before anything is swapped, are known from so many times the futures, and from 512."""


@dataclass(frozen=True)
class Trial:
    """Readings with their donors, and what they say of some outcomes in one world before anything is swapped.

    Parameters
    ----------
    futures
        Few of each reading of the trial.
    shift
        The second dice are those of readings with numbers so much higher.
    donor
        From which reading each takes what is swapped.
    outcomes
        As they are, known well; NaN where a condition is met too rarely.
    base
        The same in the few futures, with the first dice and with the second, each of shape (outcomes, readings).
    """

    futures: Futures
    world: World
    queries: Outcomes
    shift: int
    donor: NDArray[np.int64]
    outcomes: tuple[Outcome, ...]
    base: tuple[Array, Array]

    @classmethod
    def of(
        cls, futures: Futures, world: World, queries: Outcomes, answers: Sequence[Answer], several: int
    ) -> Trial:
        """The trial of so many leeways; `answers` are what all futures said of the outcomes."""
        rarest = min((answer.met for answer in answers if answer.band is not None), default=0)
        whole = len(futures.readings.tables.numbers) * futures.futures
        count, length = size(several, rarest / whole, whole)
        readings = read(futures.model, futures.readings.lens, count, futures.readings.design.seed)
        few = replace(futures, readings=readings, futures=length, progress=None)
        many = replace(few, futures=max(LONGEST // 2, KNOWN * length))
        second = with_other_dice(readings.tables, count)
        base = _values(few, world, queries, readings.tables), _values(few, world, queries, second)
        known = _values(many, world, queries, readings.tables)
        donor = donors(count, futures.seed)
        # Two estimates with dice of their own differ by the error of both, of which the better has a small part.
        noise = (known - base[1]) ** 2 * length / (length + many.futures)
        outcomes = tuple(Outcome(*one, donor) for one in zip(known, noise, strict=True))
        return cls(few, world, queries, count, donor, outcomes, base)

    @property
    def readings(self) -> int:
        """How many readings are asked again."""
        return len(self.donor)

    def swapped(self, leeway: Leeway, places: Sequence[Place] | None = None) -> Tables:
        """Tables of the readings with a leeway taken as the donors take it, everywhere or at some places."""
        return swapped(self.futures.model, self.futures.readings, self.donor, leeway, places)

    def changes(self, several: Sequence[Tables], rows: slice, dice: int) -> Array:
        """Changes of the outcomes in some readings under each of several tables, with dice 0 or 1.

        Shape (tables, outcomes, readings); NaN where a condition is met too rarely.
        """
        blocks = [tables.block(rows.start, rows.stop) for tables in several]
        if dice:
            blocks = [with_other_dice(block, self.shift) for block in blocks]
        whole = _values(self.futures, self.world, self.queries, beneath(blocks))
        found = np.stack(np.split(whole, len(several), axis=1))
        return np.asarray(found - self.base[dice][:, rows])

    def batches(self, several: Sequence[Subject], rows: slice) -> Iterator[Sequence[Subject]]:
        """So many at a time that a run is worth its while and can be shared among threads."""
        each = max(1, BATCH // max(1, rows.stop - rows.start))
        for start in range(0, len(several), each):
            yield several[start : start + each]


def size(leeways: int, met: float, whole: int) -> tuple[int, int]:
    """Readings of a trial, and futures of each with either dice.

    As few futures as will do, in as many readings as the work allows, then more futures. `met` is the share of
    futures that meet the rarest condition (0: none does), and `whole` how many futures were run before.

    >>> size(100, 1.0, 0), size(2, 1.0, 0), size(100, 0.05, 0)
    ((256, 64), (1024, 512), (128, 640))
    """
    length = min(LONGEST, BLOCK * ceil(ENOUGH / met / BLOCK)) if met else BLOCK
    each = max(WORK, whole) // (2 * max(1, leeways))
    count = 1 << (min(MOST, max(FEWEST, each // length)) - 1).bit_length()
    return count, min(LONGEST, max(length, each // count // BLOCK * BLOCK))


def _values(futures: Futures, world: World, queries: Outcomes, tables: Tables) -> Array:
    """Outcomes in readings with these tables, shape (outcomes, readings)."""
    asked = replace(futures, readings=replace(futures.readings, tables=tables))
    hits, met = hits_in(asked, world, queries)
    return np.where(met >= ENOUGH / 2, hits / np.maximum(met, 1), np.nan)
