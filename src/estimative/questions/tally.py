"""Tallies: what the courses of single futures tell of one outcome, added up trace by trace."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from estimative.model.ancestry import ancestors
from estimative.model.guards import All, Any
from estimative.model.model import Kind
from estimative.questions.events import Monitors
from estimative.questions.traces import Causes, happens

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from estimative.engine.trace import Trace
    from estimative.estimate.queries import Probability
    from estimative.model.guards import Guard
    from estimative.model.model import Model
    from estimative.questions.futures import Futures

    Steps = NDArray[np.int64]

Place = tuple[int, int]
"""A variable, by number, and one of its levels."""


@dataclass(frozen=True)
class Course:
    """When things first came about in the futures of one trace; steps + 1: never.

    Parameters
    ----------
    fired
        First step at which each rule fired, shape (rules, futures).
    arrived
        First step at which each of some places was reached, shape (places, futures).
    """

    trace: Trace
    fired: Steps
    arrived: Steps

    @classmethod
    def of(cls, trace: Trace, places: Sequence[Place]) -> Course:
        """The course of a trace's futures."""
        variables = [variable for variable, _ in places]
        levels = np.array([level for _, level in places], np.uint8)
        return cls(trace, _first(trace.fired), _first(trace.states[:, variables] == levels[:, None]))


def _first(true: NDArray[np.bool_]) -> Steps:
    """First step at which something is true, shape (things, futures), from one of shape (steps + 1, ..)."""
    return np.where(true.any(axis=0), true.argmax(axis=0), len(true))


def places_of(model: Model) -> tuple[Place, ...]:
    """All levels of variables but those at which they start; what only remembers is left out."""
    return tuple(
        (number, level)
        for number, variable in enumerate(model.variables)
        if variable.kind is not Kind.MEMORY
        for level in range(len(variable.levels))
        if level != variable.start
    )


class Tally:
    """Adds up what futures tell of one outcome.

    `steps_fired` and `steps_arrived` count the outcome's futures by the first step, no later than the
    outcome was settled, at which each rule fired and each place was reached; shape (.., steps + 2), the
    last for those in which it did not.
    """

    def __init__(self, futures: Futures, outcome: Probability, places: Sequence[Place]) -> None:
        self.model = futures.model
        monitors = Monitors(futures.names, futures.model.calendar)
        self.event: Guard = monitors.event(outcome.event)
        # What the condition hangs on has no part in the outcome.
        self.because = Any(tuple(monitor.guard for monitor in monitors.monitors))
        self.bears = ancestors(self.model, monitors.variables)
        self.given: Guard = monitors.event(outcome.given) if outcome.given is not None else All()
        self.monitors = monitors.monitors
        self.places = places
        steps = self.model.calendar.steps
        self.hits = self.looked = 0
        self.settled = np.zeros(steps + 1, np.int64)
        self.steps_fired, self.elsewhere_fired = np.zeros((2, len(self.model.rules), steps + 2), np.int64)
        self.steps_arrived, self.elsewhere_arrived = np.zeros((2, len(places), steps + 2), np.int64)
        self.chains: dict[tuple[tuple[int, str, int | None], ...], list[tuple[int, ...]]] = defaultdict(list)

    def add(self, course: Course, most: int) -> None:
        """Add the first `most` futures of a trace."""
        trace = course.trace
        met, _ = happens(self.given, self.monitors, trace)
        true, settled = happens(self.event, self.monitors, trace)
        looked = met & (np.arange(len(true)) < most)
        hit, other = np.flatnonzero(true & looked), np.flatnonzero(~true & looked)
        self.looked += int(looked.sum())
        self.hits += len(hit)
        self.settled += np.bincount(settled[hit], minlength=len(self.settled))
        never = len(self.settled)
        self.elsewhere_fired += _by_step(course.fired[:, other], never)
        self.elsewhere_arrived += _by_step(course.arrived[:, other], never)
        in_time = settled[hit]
        self.steps_fired += _by_step(_by(course.fired[:, hit], in_time, never), never)
        self.steps_arrived += _by_step(_by(course.arrived[:, hit], in_time, never), never)
        causes = Causes(self.model, trace)
        for future in hit.tolist():
            # Of the monitors only those count that are true by now: what has not happened has no cause.
            links = causes.chain(self.because, int(settled[future]), future)
            key = tuple((link.variable, link.by, link.level) for link in links)
            self.chains[key].append(tuple(link.step for link in links))


def _by(first: Steps, settled: Steps, never: int) -> Steps:
    """First steps, as far as they are no later than each future is settled; otherwise never."""
    return np.where(first <= settled, first, never)


def _by_step(first: Steps, never: int) -> Steps:
    """Futures by first step, shape (things, never + 1), from first steps of shape (things, futures)."""
    size = never + 1
    places = first + size * np.arange(len(first))[:, None]
    return np.bincount(places.ravel(), minlength=size * len(first)).reshape(len(first), size)
