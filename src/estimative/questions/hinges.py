"""Hinges: on which words, rankings and strengths an outcome turns, over all readings."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import sqrt
from typing import TYPE_CHECKING

import numpy as np

from estimative.model.ancestry import ancestors
from estimative.places.brief import Brief
from estimative.questions.ask import ask_in, by_world
from estimative.questions.events import concerned
from estimative.questions.leeways import leeways, within
from estimative.questions.trial import Trial
from estimative.questions.variance import LEVEL, brought, by_itself, chance, margin, mean, share, swing

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

    from estimative.engine.request import World
    from estimative.estimate.queries import Probability, ShareOfTime
    from estimative.questions.ask import Answer
    from estimative.questions.futures import Futures
    from estimative.questions.leeways import Leeway, Place
    from estimative.questions.variance import Outcome, Share

    Array = NDArray[np.float64]

SCREEN = 128
"""Readings that are asked first, to see which leeways are worth asking about in all of them."""

PLACED = 64
"""Readings that are asked with a leeway swapped at one of its places only."""

LITTLE = 0.01
"""A smaller share of the variance makes no difference to anybody."""

LOCATED = 8
"""Hinges of each outcome whose places are put in order."""


@dataclass(frozen=True)
class Hinge:
    """One thing that readings take differently, and that moves the outcome.

    Parameters
    ----------
    leeway
        The thing: a word, an actor's weights, a strength .., with the places where it can have a part in the
        outcome, that which matters most first.
    share
        What it explains of the outcome's variance over readings.
    low, high
        Mean outcome in the fifth of readings that take it lowest and highest, in [0, 1].
    """

    leeway: Leeway
    share: Share
    low: float
    high: float


@dataclass(frozen=True)
class Hinges(Brief):
    """What one outcome turns on, largest first.

    Parameters
    ----------
    spread
        Standard deviation of the outcome over readings, without Monte Carlo error; None if it is lost in it.
    alone, alone_margin
        Share of the variance that leeways make each by itself; the rest is what several do together.
    looked_at
        How many leeways can have a part in the outcome. Those that are not among `hinges` explain less
        than a hundredth, or nothing that could be told from chance.
    readings
        How many readings of the trial speak on the outcome.
    """

    answer: Answer
    hinges: tuple[Hinge, ...]
    spread: float | None
    alone: float
    alone_margin: float
    looked_at: int
    readings: int


def hinges(
    futures: Futures, outcomes: Sequence[Probability | ShareOfTime], located: int = LOCATED
) -> tuple[Hinges, ...]:
    """Hinges of each outcome.

    Readings are asked again, in as few futures as will do and with the same dice, with one leeway after another
    taken as another reading takes it. What changes no future has no part in the outcome. A hinge is one
    whose total share would be so large by chance in less than `LEVEL` divided by the number of leeways.

    `located` is the number of hinges of each outcome whose places are put in order.
    """
    found: dict[int, Hinges] = {}
    worlds = by_world(futures, outcomes)
    for place, ((world, _), numbers) in enumerate(worlds.items()):
        stage = futures.stage(place, len(worlds))
        found.update(
            zip(numbers, _in_world(stage, world, [outcomes[n] for n in numbers], located), strict=True)
        )
    return tuple(found[number] for number in range(len(outcomes)))


def _in_world(
    futures: Futures, world: World, queries: Sequence[Probability | ShareOfTime], located: int
) -> list[Hinges]:
    answers = ask_in(futures.stage(0, 2), world, queries)
    bearing = [ancestors(futures.model, concerned(futures.names, query)) for query in queries]
    every = leeways(futures.model, frozenset().union(*bearing))
    trial = Trial.of(futures, world, queries, answers, len(every))
    asked = _ask(trial, every, futures.stage(1, 2).progress)
    found = []
    for number, (answer, bears) in enumerate(zip(answers, bearing, strict=True)):
        several = [
            _Asked(leeway, one.once[number], one.again[number])
            for one in asked
            if (leeway := within(one.leeway, futures.model, bears)).places
        ]
        found.append(_found(trial, answer, trial.outcomes[number], several))
    return _with_places_in_order(trial, found, every, located)


@dataclass(frozen=True)
class _Asked:
    """Changes when a leeway is swapped, with the first dice and with the second; NaN where it was not asked.

    Of all outcomes, shape (outcomes, readings), or of one, shape (readings,).
    """

    leeway: Leeway
    once: Array
    again: Array


def _ask(trial: Trial, every: Sequence[Leeway], tell: Callable[[float], None] | None) -> list[_Asked]:
    """What swaps change: in some readings first, and in all with both dice where that may come to something."""
    few, whole = slice(0, min(SCREEN, trial.readings)), slice(0, trial.readings)
    rest = slice(few.stop, whole.stop)
    nothing = np.full((len(trial.queries), trial.readings), np.nan)
    asked, worth_asking = [], []
    for batch in trial.batches(every, few):
        tables = [trial.swapped(leeway) for leeway in batch]
        for leeway, table, change in zip(batch, tables, trial.changes(tables, few, 0), strict=True):
            one = _Asked(leeway, nothing.copy(), nothing.copy())
            one.once[:, few] = change
            asked.append(one)
            if _may_matter(trial, change):
                worth_asking.append((one, table))
        if tell is not None:
            tell(0.8 * len(asked) / len(every))
    for several in trial.batches(worth_asking, whole):
        tables = [table for _, table in several]
        later = trial.changes(tables, rest, 0) if rest.start < rest.stop else None
        for place, (change, (one, _)) in enumerate(
            zip(trial.changes(tables, whole, 1), several, strict=True)
        ):
            one.again[:] = change
            if later is not None:
                one.once[:, rest] = later[place]
    return asked


def _may_matter(trial: Trial, change: Array) -> bool:
    """Whether some outcome may turn on what changed them so; Monte Carlo error only makes squares larger."""
    return any(
        outcome.variance > 0 and mean(one**2) / 2 >= LITTLE * outcome.variance
        for outcome, one in zip(trial.outcomes, change, strict=True)
    )


def _found(trial: Trial, answer: Answer, outcome: Outcome, asked: Sequence[_Asked]) -> Hinges:
    """Hinges of one outcome among the leeways that can have a part in it."""
    readings = int((~np.isnan(outcome.squares)).sum())
    if answer.band is None or chance(outcome.squares) > LEVEL:
        return Hinges(answer, (), None, 0.0, 0.0, len(asked), readings)
    hinges = []
    # What each reading adds to the parts that leeways make by themselves: those asked in full, and the others.
    full, screened = np.zeros(trial.readings), np.zeros(trial.readings)
    for one in asked:
        if np.isnan(one.again).all():
            screened += by_itself(outcome, one.once, mean(one.once**2) / 2 / outcome.variance)
            continue
        shared = share(outcome, one.once, one.again)
        change = (one.once + one.again) / 2
        full += by_itself(outcome, change, shared.total)
        if shared.total >= LITTLE and shared.chance <= LEVEL / len(asked):
            columns = trial.futures.readings.columns
            of_donors = np.array([columns[name][trial.donor] for name in one.leeway.columns])
            low, high = swing(brought(outcome, change, shared.total), of_donors)
            low, high = (min(max(answer.band.mean + end, 0.0), 1.0) for end in (low, high))
            hinges.append(Hinge(one.leeway, shared, low, high))
    hinges.sort(key=lambda hinge: (-hinge.share.total, hinge.leeway.kind, hinge.leeway.name))
    alone, alone_margin = _sum(outcome, full, screened)
    return Hinges(answer, tuple(hinges), sqrt(outcome.variance), alone, alone_margin, len(asked), readings)


def _sum(outcome: Outcome, *parts: Array) -> tuple[float, float]:
    """Sum of shares with its margin, each from what readings add to it."""
    shares = [mean(part) / outcome.variance for part in parts]
    squares = outcome.squares[outcome.donor]
    margins = [
        margin((part - one * squares) / outcome.variance) for part, one in zip(parts, shares, strict=True)
    ]
    return sum(shares), sqrt(sum(one**2 for one in margins))


def _with_places_in_order(
    trial: Trial, found: Sequence[Hinges], every: Sequence[Leeway], located: int
) -> list[Hinges]:
    """The places of the first hinges in order of how far a swap at that place alone moves the outcome."""
    few = slice(0, min(PLACED, trial.readings))
    wanted = {
        (hinge.leeway.columns, place)
        for one in found
        for hinge in one.hinges[:located]
        if hinge.leeway.kind != "reader" and len(hinge.leeway.places) > 1
        for place in hinge.leeway.places
    }
    swaps = [
        (leeway, place) for leeway in every for place in leeway.places if (leeway.columns, place) in wanted
    ]
    moved: dict[tuple[tuple[str, ...], Place], Array] = {}
    for batch in trial.batches(swaps, few):
        changes = trial.changes([trial.swapped(leeway, [place]) for leeway, place in batch], few, 0)
        for (leeway, place), change in zip(batch, changes, strict=True):
            moved[leeway.columns, place] = np.nansum(change**2, axis=1)
    return [
        replace(one, hinges=tuple(_in_order(hinge, moved, number) for hinge in one.hinges))
        for number, one in enumerate(found)
    ]


def _in_order(hinge: Hinge, moved: Mapping[tuple[tuple[str, ...], Place], Array], number: int) -> Hinge:
    """A hinge with its places in order, if they were swapped one by one."""
    leeway = hinge.leeway
    if (leeway.columns, leeway.places[0]) not in moved:
        return hinge
    order = sorted(leeway.places, key=lambda place: -moved[leeway.columns, place][number])
    return replace(hinge, leeway=replace(leeway, places=tuple(order)))
