"""Reworded: the same readings and dice with other words on some likelihoods, many wordings side by side."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING

from estimative.engine.request import AS_WRITTEN
from estimative.engine.run import apart
from estimative.model.readings import reread
from estimative.model.tables import beneath
from estimative.questions.futures import Futures

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from estimative.engine.request import Counts, Request, World
    from estimative.model.readings import Readings
    from estimative.model.rewording import Rewording

ROWS = 4096
"""Readings that are run side by side at most: their tables are copied."""

TOGETHER = 1 << 21
"""Futures that are run side by side at most: a run of a second or so, between which progress can be told."""


def side_by_side(futures: Futures, sets: Sequence[Sequence[Rewording]]) -> Iterator[Futures]:
    """Yield the same readings and dice with the other words of each set.

    What one of them asks is counted for its neighbours too.

    Rewordings change thresholds only, and dice go by a reading's number: so the readings of several sets
    are as good as so many more readings, and one run of the engine serves them all.
    """
    readings = futures.readings.tables.readings
    together = max(1, min(ROWS // readings, TOGETHER // (readings * futures.futures)))
    for start in range(0, len(sets), together):
        own = [_reread(futures, rewordings) for rewordings in sets[start : start + together]]
        row = _Row(replace(futures, progress=None), own)
        same = {known.name: getattr(row.all, known.name) for known in fields(Futures)}
        for place, one in enumerate(own):
            yield _Neighbour(**(same | {"readings": one}), row=row, place=place)


def _reread(futures: Futures, rewordings: Sequence[Rewording]) -> Readings:
    return reread(futures.readings, futures.model, {one.name: one.meaning for one in rewordings})


@dataclass(frozen=True)
class _Neighbour(Futures):
    """Futures of one wording in a row of them."""

    row: _Row | None = field(default=None, compare=False, repr=False)
    place: int = 0

    def count(self, request: Request, world: World = AS_WRITTEN) -> Counts:
        # Questions may ask of fewer readings than their own, as for a screen.
        if self.row is None or self.readings is not self.row.own[self.place]:
            return super().count(request, world)
        return self.row.counts(request, world, self.futures, self.place)

    def count_together(self, asked: Iterable[tuple[Request, World]]) -> None:
        if self.row is None or self.readings is not self.row.own[self.place]:
            super().count_together(asked)
        else:
            replace(self.row.all, futures=self.futures).count_together(asked)


class _Row:
    """Wordings that are run together, and what has been counted of them."""

    def __init__(self, futures: Futures, own: Sequence[Readings]) -> None:
        self.own = own
        tables = beneath([one.tables for one in own])
        self.all = replace(futures, readings=replace(own[0], tables=tables), counted={})
        self.known: dict[tuple[Request, World, int], tuple[Counts, ...]] = {}

    def counts(self, request: Request, world: World, futures: int, place: int) -> Counts:
        """Counts of the wording at a place."""
        key = request, world, futures
        if key not in self.known:
            found = replace(self.all, futures=futures).count(request, world)
            self.known[key] = apart(found, len(self.own))
        return self.known[key][place]
