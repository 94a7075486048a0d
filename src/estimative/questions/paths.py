"""Paths: boxes of conditions and dates that lead to an outcome, and the typical sequences on the way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.cluster.hierarchy import fcluster, linkage

from estimative.model.ancestry import ancestors
from estimative.model.guards import variables
from estimative.model.model import Kind
from estimative.questions.ask import Answer, ask_in
from estimative.questions.events import Monitors, world_of
from estimative.questions.prim import boxes, chance
from estimative.questions.traces import happens

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from estimative.estimate.queries import Probability
    from estimative.questions.futures import Futures

    Array = NDArray[np.float64]

TRACED_READINGS = 64
"""Readings whose futures are looked at one by one, evenly among all."""

FUTURES_EACH = 256
"""Futures looked at in each of them, and as many again to see whether a box holds."""

FEWEST = 50
"""Futures with the outcome without which no box is sought."""

SAMPLE = 2_000
"""Futures with the outcome that are put into groups of alike sequences."""

GROUPS = 4
"""Typical sequences told at most."""

TELLING = 0.5
"""A thing belongs to a sequence if it comes about in at least this share of its futures."""


@dataclass(frozen=True)
class Side:
    """One side of a box: a variable leaves its start at a step from `first` to `last`.

    `last` beyond the last step means: or never. `by_chance` is the probability that the side earns
    its density by chance.
    """

    variable: int
    first: int
    last: int
    by_chance: float


@dataclass(frozen=True)
class Scenario:
    """A box with how well it holds on the futures that gave it, and on fresh ones."""

    sides: tuple[Side, ...]
    coverage: float
    density: float
    fresh_coverage: float
    fresh_density: float


@dataclass(frozen=True)
class Sequence:
    """A typical sequence: variables with the median step at which they leave their start, earliest first."""

    moments: tuple[tuple[int, float], ...]
    share: float


@dataclass(frozen=True)
class Paths:
    """Ways to an outcome.

    `hits` of `looked` futures had it; `base` is that share. `tradeoff` has coverage and density of
    every box on the way to `scenario`, which is the one where their product is largest; None if the
    outcome is too rare among the futures looked at, or no box is denser than all futures.
    """

    answer: Answer
    hits: int
    looked: int
    base: float
    scenario: Scenario | None
    tradeoff: tuple[tuple[float, float], ...]
    sequences: tuple[Sequence, ...]


def paths(futures: Futures, outcome: Probability, progress: Callable[[float], None] | None = None) -> Paths:
    """Ways to an outcome: what else is so, and when, in the futures in which it happens.

    Looked at is when each thing that can have a part in the outcome first leaves its start; what the
    outcome itself speaks of is left out.
    """
    world = world_of(outcome.do, futures.names, futures.model.calendar)
    (answer,) = ask_in(futures, world, [outcome])
    known, found = _table(futures, outcome, 0, progress)
    fresh_known, fresh_found = _table(futures, outcome, FUTURES_EACH, None)
    hits, looked = int(found.sum()), len(found)
    if hits < FEWEST or hits == looked:
        return Paths(answer, hits, looked, hits / max(1, looked), None, (), ())
    numbers = _dimensions(futures, outcome)
    sought = boxes(known, found)
    best = max(sought, key=lambda box: box.coverage * box.density)
    by_chance = chance(best, known, found)
    scenario = None
    if best.limits:
        inside = best.holds(fresh_known)
        sides = tuple(
            _side(numbers[side.dimension], side.low, side.high, by_chance[side.dimension])
            for side in best.limits
        )
        scenario = Scenario(
            sides=sides,
            coverage=best.coverage,
            density=best.density,
            fresh_coverage=float(fresh_found[inside].sum() / max(1, fresh_found.sum())),
            fresh_density=float(fresh_found[inside].mean()) if inside.any() else 0.0,
        )
    tradeoff = tuple((box.coverage, box.density) for box in sought)
    sequences = tuple(_sequences(known[found], numbers, futures.model.calendar.steps))
    return Paths(answer, hits, looked, hits / looked, scenario, tradeoff, sequences)


def _side(variable: int, low: float, high: float, by_chance: float) -> Side:
    return Side(variable, int(np.ceil(low)), int(np.floor(high)), by_chance)


def _dimensions(futures: Futures, outcome: Probability) -> tuple[int, ...]:
    """Numbers of the variables that can have a part in an outcome and are not what it speaks of."""
    monitors = Monitors(futures.names, futures.model.calendar)
    monitors.event(outcome.event)
    spoken = {number for monitor in monitors.monitors for number in variables(monitor.guard)}
    concerned = ancestors(futures.model, spoken) - spoken
    kinds = [variable.kind for variable in futures.model.variables]
    return tuple(sorted(n for n in concerned if kinds[n] is not Kind.MEMORY))


def _table(
    futures: Futures, outcome: Probability, start: int, progress: Callable[[float], None] | None
) -> tuple[Array, NDArray[np.bool_]]:
    """First step at which each dimension leaves its start (steps + 1: never), and whether the outcome came."""
    model = futures.model
    monitors = Monitors(futures.names, model.calendar)
    event = monitors.event(outcome.event)
    given = monitors.event(outcome.given) if outcome.given is not None else None
    world = world_of(outcome.do, futures.names, model.calendar)
    numbers = list(_dimensions(futures, outcome))
    readings = futures.readings.tables.readings
    rows = np.unique(np.linspace(0, readings - 1, min(TRACED_READINGS, readings)).astype(int))
    known, found = [], []
    for done, row in enumerate(rows, 1):
        trace = futures.trace(int(row), range(start, start + FUTURES_EACH), world)
        moved = trace.states[:, numbers] != trace.states[:1, numbers]
        first = np.where(moved.any(axis=0), moved.argmax(axis=0), model.calendar.steps + 1)
        true, _ = happens(event, monitors.monitors, trace)
        met = np.ones(len(true), np.bool_)
        if given is not None:
            met, _ = happens(given, monitors.monitors, trace)
        known.append(first.T[met].astype(np.float64))
        found.append(true[met])
        if progress:
            progress(done / len(rows))
    return np.concatenate(known), np.concatenate(found)


def _sequences(known: Array, numbers: tuple[int, ...], steps: int) -> Iterator[Sequence]:
    """Yield groups of futures whose things come about at about the same times, the largest first."""
    sample = known[np.linspace(0, len(known) - 1, min(len(known), SAMPLE)).astype(int)]
    if len(sample) < 2:
        return
    groups = fcluster(linkage(sample / (steps + 1), method="ward"), GROUPS, criterion="maxclust")
    for group in sorted(set(groups.tolist()), key=lambda g: -(groups == g).sum()):
        members = sample[groups == group]
        came = members <= steps
        telling = np.flatnonzero(came.mean(axis=0) >= TELLING)
        moments = [(numbers[n], float(np.median(members[came[:, n], n]))) for n in telling]
        moments.sort(key=lambda moment: moment[1])
        yield Sequence(tuple(moments), len(members) / len(sample))
