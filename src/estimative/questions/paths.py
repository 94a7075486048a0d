"""Paths: boxes of conditions and dates that lead to an outcome, and the typical sequences on the way."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.stats import binom

from estimative.model.ancestry import all_from, ancestors
from estimative.model.guards import variables
from estimative.model.model import Kind
from estimative.places.brief import Brief
from estimative.questions.ask import Answer, ask_in
from estimative.questions.events import Monitors, world_of
from estimative.questions.prim import boxes, chance, simpler
from estimative.questions.traces import APART, as_soon, evenly, happens, traced_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from numpy.typing import NDArray

    from estimative.engine.trace import Trace
    from estimative.estimate.queries import Probability
    from estimative.model.model import Model
    from estimative.questions.futures import Futures
    from estimative.questions.prim import Box

    Array = NDArray[np.float64]
    Steps = NDArray[np.int64]

FUTURES_EACH = 256
"""Futures looked at in each reading, and as many again to see whether a box holds."""

FEWEST = 50
"""Futures with the outcome without which no box is sought."""

SAMPLE = 2_000
"""Futures with the outcome that are put into groups of alike sequences."""

GROUPS = 4
"""Typical sequences told at most."""

SURE = 0.01
"""A scenario is told if on fresh futures it would be as dense by luck with at most this probability."""

COMMON = 0.5
"""A thing belongs to a sequence if it comes about in at least this share of its futures, and sets them apart."""

MOMENTS = 7
"""Things told of a sequence: those that set it most apart."""


@dataclass(frozen=True)
class Side:
    """One side of a box: a variable leaves its start at a step from `first` to `last`.

    `first` is 0 where the box is open to that side; `last` beyond the last step means: or never. What
    holds from as-of although it need not has left its start at step 0. `by_chance` is the probability
    that the side earns its density by chance.
    """

    variable: int
    first: int
    last: int
    by_chance: float


@dataclass(frozen=True)
class Scenario:
    """A box with how well it holds on the futures that gave it, and on fresh ones.

    `box` is the number of the box on the way whose sides these are, without those that hardly matter.
    """

    sides: tuple[Side, ...]
    coverage: float
    density: float
    fresh_coverage: float
    fresh_density: float
    box: int


@dataclass(frozen=True)
class Departure:
    """When a variable typically leaves its start on the way to an outcome.

    `step` is the median step over the `share` of a group's futures in which it does so by the step at which
    the outcome is settled; `otherwise` is the share of the futures without it in which it does so as soon.
    """

    variable: int
    step: int
    share: float
    otherwise: float


@dataclass(frozen=True)
class Sequence:
    """A typical sequence, earliest first, and its share of the outcome's futures."""

    moments: tuple[Departure, ...]
    share: float


@dataclass(frozen=True)
class Paths(Brief):
    """Ways to an outcome.

    Parameters
    ----------
    hits, looked
        Futures with the outcome, of those looked at one by one.
    things
        How many things were followed: what can have a part in the outcome and is not it by definition.
    base, fresh_base
        Their share in the futures searched, and in as many fresh ones: what a scenario's density is to
        be compared with.
    scenario
        Of the boxes found the one in which coverage and density have the largest harmonic mean, without the
        sides that hardly matter to it; None if the outcome is too rare among the futures looked at, or the
        box is no denser on fresh futures than all of them.
    tradeoff
        Coverage and density of every box on the way to the smallest.
    sequences
        The commonest first; shares add up to one.
    """

    answer: Answer
    hits: int
    looked: int
    things: int
    base: float
    fresh_base: float
    scenario: Scenario | None
    tradeoff: tuple[tuple[float, float], ...]
    sequences: tuple[Sequence, ...]


def paths(futures: Futures, outcome: Probability, progress: Callable[[float], None] | None = None) -> Paths:
    """Ways to an outcome: what else is so, and when, in the futures in which it happens.

    Looked at is when each thing that can have a part in the outcome first leaves its start. What the
    outcome itself speaks of is left out, and whatever holds or does not by the definition of it.
    """
    world = world_of(outcome.do, futures.names, futures.model.calendar)
    counting, looking = (replace(futures, progress=progress).stage(number, 2) for number in range(2))
    (answer,) = ask_in(counting, world, [outcome])
    numbers = dimensions(futures, outcome)
    searched, fresh = _looked_at(looking, outcome, numbers)
    hits, looked = int(searched.found.sum()), len(searched.found)
    base = hits / max(1, looked)
    fresh_base = float(fresh.found.sum() / max(1, len(fresh.found)))
    if hits < FEWEST or hits == looked or not numbers:
        return Paths(answer, hits, looked, len(numbers), base, fresh_base, None, (), ())
    sought = boxes(searched.first, searched.found)
    steps = futures.model.calendar.steps
    return Paths(
        answer=answer,
        hits=hits,
        looked=looked,
        things=len(numbers),
        base=base,
        fresh_base=fresh_base,
        scenario=_scenario(sought, numbers, searched, fresh),
        tradeoff=tuple((box.coverage, box.density) for box in sought),
        sequences=_sequences(searched, numbers, steps),
    )


def dimensions(futures: Futures, outcome: Probability) -> tuple[int, ...]:
    """Numbers of the variables that can have a part in an outcome and tell more than its definition.

    Left out is what the outcome speaks of, all from which that is derived, and all that is derived from
    any of these: to say that a derived outcome came with its own parts would say nothing.
    """
    model = futures.model
    monitors = Monitors(futures.names, model.calendar)
    monitors.event(outcome.event)
    spoken = monitors.variables
    meant = _derived_from(model, spoken)
    return tuple(
        number
        for number in sorted(ancestors(model, spoken))
        if model.variables[number].kind is not Kind.MEMORY and not meant & _derived_from(model, [number])
    )


def _derived_from(model: Model, numbers: Iterable[int]) -> frozenset[int]:
    """These variables and all that their definitions look at, all the way down."""

    def looked_at(number: int) -> Iterable[int]:
        guard = model.variables[number].guard
        return () if guard is None else variables(guard)

    return all_from(numbers, looked_at)


@dataclass(frozen=True)
class _Looked:
    """What was seen of some futures.

    `first` has the step at which each dimension leaves its start (steps + 1: never), shape (futures,
    dimensions); `found` says whether the outcome came, `settled` by which step, shape (futures,).
    """

    first: Array
    found: NDArray[np.bool_]
    settled: Steps

    @classmethod
    def joined(cls, parts: Iterable[_Looked]) -> _Looked:
        first, found, settled = zip(*((p.first, p.found, p.settled) for p in parts), strict=True)
        return cls(np.concatenate(first), np.concatenate(found), np.concatenate(settled))

    def only(self, which: NDArray[np.bool_]) -> _Looked:
        return _Looked(self.first[which], self.found[which], self.settled[which])


def _looked_at(
    futures: Futures,
    outcome: Probability,
    numbers: tuple[int, ...],
) -> tuple[_Looked, _Looked]:
    """The futures that are searched, and as many fresh ones; of each only those that meet the condition."""
    model = futures.model
    monitors = Monitors(futures.names, model.calendar)
    event = monitors.event(outcome.event)
    given = monitors.event(outcome.given) if outcome.given is not None else None
    world = world_of(outcome.do, futures.names, model.calendar)
    rows = traced_rows(futures.readings.tables.readings)
    searched, fresh = [], []
    for done, row in enumerate(rows, 1):
        trace = futures.trace(row, range(2 * FUTURES_EACH), world)
        true, settled = happens(event, monitors.monitors, trace)
        looked = _Looked(_departures(trace, model, numbers), true, settled)
        met = np.ones(len(true), np.bool_)
        if given is not None:
            met, _ = happens(given, monitors.monitors, trace)
        early = np.arange(len(true)) < FUTURES_EACH
        searched.append(looked.only(met & early))
        fresh.append(looked.only(met & ~early))
        if futures.progress:
            futures.progress(done / len(rows))
    return _Looked.joined(searched), _Looked.joined(fresh)


def _departures(trace: Trace, model: Model, numbers: tuple[int, ...]) -> Array:
    """First step at which each variable is not at its start, shape (futures, variables); steps + 1: never."""
    starts = np.array([model.variables[number].start for number in numbers], np.uint8)
    moved = trace.states[:, list(numbers)] != starts[:, None]
    never = model.calendar.steps + 1
    return np.where(moved.any(axis=0), moved.argmax(axis=0), never).T.astype(np.float64)


def _scenario(
    sought: tuple[Box, ...], numbers: tuple[int, ...], searched: _Looked, fresh: _Looked
) -> Scenario | None:
    """The best box in plain terms; None if it is no denser on fresh futures than all of them."""
    restricted = [number for number, box in enumerate(sought) if box.limits]
    if not restricted:
        return None
    number = max(restricted, key=lambda number: sought[number].balance)
    best = simpler(sought[number], searched.first, searched.found)
    inside = best.holds(fresh.first)
    hits, size = int(fresh.found[inside].sum()), int(inside.sum())
    by_luck = float(binom.sf(hits - 1, size, fresh.found.mean())) if size else 1.0
    if not best.limits or by_luck > SURE:
        return None
    by_chance = chance(best, searched.first, searched.found)
    lowest = searched.first.min(axis=0)
    sides = tuple(
        Side(
            variable=numbers[limit.dimension],
            first=0 if limit.low <= lowest[limit.dimension] else int(np.ceil(limit.low)),
            last=int(np.floor(limit.high)),
            by_chance=by_chance[limit.dimension],
        )
        for limit in best.limits
    )
    fresh_coverage = hits / max(1, int(fresh.found.sum()))
    return Scenario(sides, best.coverage, best.density, fresh_coverage, hits / size, number)


def _sequences(looked: _Looked, numbers: tuple[int, ...], steps: int) -> tuple[Sequence, ...]:
    """Groups of the outcome's futures in which the same things come about at about the same times.

    Things count by how much they set the outcome's futures apart: all else would only tell one course of
    the same from another. Groups of which the same is told are one.
    """
    hits = looked.only(looked.found)
    # What comes after the outcome is not on the way to it.
    first = np.where(hits.first <= hits.settled[:, None], hits.first, steps + 1)
    first = first[list(evenly(len(first), SAMPLE))]
    misses = looked.first[~looked.found].astype(np.int64)
    comes = np.stack([np.bincount(column, minlength=steps + 2) for column in misses.T])
    otherwise = as_soon(comes, np.bincount(hits.settled, minlength=steps + 1))
    more = (first <= steps).mean(axis=0) - otherwise
    apart = more >= APART
    if not apart.any():
        return (Sequence((), 1.0),)
    first, otherwise = first[:, apart], otherwise[apart]
    telling = tuple(number for number, tells in zip(numbers, apart, strict=True) if tells)
    known = first / (steps + 1) * more[apart]
    groups = fcluster(linkage(known, method="ward"), GROUPS, criterion="maxclust")
    parts = [groups == group for group in np.unique(groups)]
    while True:
        told = [_told(first[part], otherwise, telling, steps) for part in parts]
        merged: dict[tuple[int, ...], NDArray[np.bool_]] = {}
        for part, moments in zip(parts, told, strict=True):
            key = tuple(moment.variable for moment in moments)
            merged[key] = merged[key] | part if key in merged else part
        if len(merged) == len(parts):
            found = [Sequence(moments, float(part.mean())) for part, moments in zip(parts, told, strict=True)]
            return tuple(sorted(found, key=lambda sequence: -sequence.share))
        parts = list(merged.values())


def _told(first: Array, otherwise: Array, numbers: tuple[int, ...], steps: int) -> tuple[Departure, ...]:
    """What a group of futures has in common more often than the futures without the outcome, in its order."""
    came = first <= steps
    share = came.mean(axis=0)
    more = np.where(share >= COMMON, share - otherwise, 0.0)
    most = np.argsort(-more, kind="stable")[:MOMENTS]
    found = [
        Departure(
            variable=numbers[place],
            # A step at which it came about in some future, not the middle between two.
            step=int(np.quantile(first[came[:, place], place], 0.5, method="inverted_cdf")),
            share=float(share[place]),
            otherwise=float(otherwise[place]),
        )
        for place in most.tolist()
        if more[place] >= APART
    ]
    return tuple(sorted(found, key=lambda moment: (moment.step, -moment.share)))
