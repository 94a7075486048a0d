"""Evidence taken in step by step: futures are weighed as they go, and those that bear weight go on in place of others.

Sequential importance resampling (Gordon, Salmond and Smith 1993, doi:10.1049/ip-f-2.1993.0015): where hardly any
future agrees with all reports by itself, futures that agree with the first of them are the start of those
that agree with the rest. A report weighs as soon as it is settled whether what it says is true of a future.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from estimative.engine.budget import usable_threads
from estimative.engine.dice import draw, stream_key
from estimative.engine.request import Watch
from estimative.engine.resume import Course
from estimative.model.guards import TRUE, All, Any, AtLeast, Guard, Holds, Not, variables
from estimative.questions.events import Monitors
from estimative.questions.evidence import Weighed
from estimative.questions.traces import evaluate
from estimative.questions.weighted import effective

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from estimative.engine.request import Monitor
    from estimative.engine.resume import Stretch
    from estimative.estimate.queries import Probability
    from estimative.model.model import Model
    from estimative.questions.evidence import Evidence
    from estimative.questions.futures import Futures

    Truth = NDArray[np.bool_]
    Words = NDArray[np.uint64]
    Array = NDArray[np.float64]

SPENT = 0.5
"""Futures are drawn anew once the weight rests on so small a share of them."""

STREAM = "resampling"
"""Name of the dice that choose which futures go on."""


@dataclass(frozen=True)
class Asked:
    """What is watched on the way: reports (event and how often such are right) and queries (given, event)."""

    monitors: tuple[Monitor, ...]
    reports: tuple[tuple[Guard, float], ...]
    queries: tuple[tuple[Guard, Guard], ...]

    @property
    def last(self) -> int:
        """The step by which every report is settled."""
        looked_at = {number for guard, _ in self.reports for number in variables(guard)}
        return max((self.monitors[number].last for number in looked_at), default=0)


def weigh_resampled(
    futures: Futures, evidence: Sequence[Evidence], queries: Sequence[Probability]
) -> Weighed:
    """Futures weighed by evidence, drawn anew on the way.

    As many futures as asked for, rounded down to a multiple of 64. The effective number of a reading is
    1 / (1/n1 + 1/n2 + ..) over the effective numbers each time that futures were drawn anew, and at the end:
    what each time adds to the variance adds up.
    """
    monitors = Monitors(futures.names, futures.model.calendar)
    reports = tuple((monitors.event(one.event), one.right) for one in evidence)
    pairs = tuple(
        (given, All((given, monitors.event(query.event))))
        for query in queries
        for given in (TRUE if query.given is None else monitors.event(query.given),)
    )
    asked = Asked(monitors.monitors, reports, pairs)
    course = Course(futures.model, futures.readings.tables, futures.seed, max(1, futures.futures // 64))
    swarms = [Swarm(futures.model, asked, course.words) for _ in range(futures.readings.tables.readings)]
    steps = futures.model.calendar.steps
    stops = [*range(asked.last + 1), steps] if asked.last < steps else [*range(steps + 1)]
    with ThreadPoolExecutor(futures.threads or usable_threads()) as pool:
        for place, last in enumerate(stops):
            first = stops[place - 1] if place else 0
            stretch, chosen = course.stretch(first, last, given=place > 0), chances(futures, last)
            moves = [
                pool.submit(swarm.go_on, stretch, row, first, float(chosen[row]))
                for row, swarm in enumerate(swarms)
            ]
            for move in moves:
                move.result()
            if futures.progress is not None:
                futures.progress((place + 1) / len(stops))
    ended = [swarm.weighed() for swarm in swarms]
    likelihood, many, met, hits = (np.stack(part) for part in zip(*ended, strict=True))
    return Weighed(likelihood, many, met, hits)


def chances(futures: Futures, step: int) -> Array:
    """One uniform number for each reading: where the drawing anew at a step begins."""
    numbers = futures.readings.tables.numbers
    thrown = draw(stream_key(futures.seed, STREAM), step, numbers, range(64))
    return np.asarray(thrown[:, 0] / 2.0**32, np.float64)


@dataclass
class Swarm:
    """The futures of one reading on their way.

    Parameters
    ----------
    weights
        Of each future since they were last drawn anew, shape (futures,).
    likelihood
        Probability of what was reported up to then.
    lost
        Sum of 1 / effective number over the times at which they were drawn anew.
    held, rival
        What the monitors remember, shape (monitors, futures).
    told
        Whether each report has been weighed, shape (reports, futures).
    """

    model: Model
    asked: Asked
    words: int
    planes: Words | None = None
    weights: Array = field(init=False)
    likelihood: float = 1.0
    lost: float = 0.0
    held: Truth = field(init=False)
    rival: Truth = field(init=False)
    told: Truth = field(init=False)

    def __post_init__(self) -> None:
        futures = 64 * self.words
        self.weights = np.ones(futures)
        self.held = np.zeros((len(self.asked.monitors), futures), np.bool_)
        for number, monitor in enumerate(self.asked.monitors):
            self.held[number] = monitor.watch is Watch.ALWAYS
        self.rival = np.zeros_like(self.held)
        self.told = np.zeros((len(self.asked.reports), futures), np.bool_)

    def go_on(self, stretch: Stretch, row: int, first: int, chance: float) -> None:
        """Run some steps, weigh what was settled in them, and draw anew where the weight has worn thin."""
        if not self.weights.any():
            return
        kept = stretch.run(row, self.planes)
        for step in range(0 if self.planes is None else 1, len(kept)):
            self.remember(kept[step], first + step)
        self.planes = kept[-1]
        last = first + len(kept) - 1
        self.weigh(last)
        many = float(effective(self.weights))
        if 0 < many < SPENT * len(self.weights) and last < self.model.calendar.steps:
            self.draw_anew(many, chance)

    def remember(self, planes: Words, step: int) -> None:
        """Take the state at a step into what the monitors remember."""
        known = Planes(self.model, planes)
        for number, monitor in enumerate(self.asked.monitors):
            if monitor.rival is not None:
                self.rival[number] |= known.holds(monitor.rival)
            if not monitor.first <= step <= monitor.last:
                continue
            now = known.holds(monitor.guard)
            match monitor.watch:
                case Watch.EVER:
                    self.held[number] |= now
                case Watch.ALWAYS:
                    self.held[number] &= now
                case Watch.BEFORE:
                    self.held[number] |= now & ~self.rival[number]

    def weigh(self, step: int) -> None:
        """Weigh the reports that are settled by a step and have not been weighed."""
        for place, (event, right) in enumerate(self.asked.reports):
            surely, possibly = self.bounds(event, step)
            new = ~self.told[place]
            self.weights[new & surely] *= right
            self.weights[new & ~possibly] *= 1 - right
            self.told[place] |= surely | ~possibly

    def bounds(self, event: Guard, step: int) -> tuple[Truth, Truth]:
        """Where an event is sure at a step, and where it is still possible."""
        match event:
            case Holds(number):
                monitor, held = self.asked.monitors[number], self.held[number]
                over = step >= monitor.last
                if monitor.watch is Watch.ALWAYS:
                    return held & over, held.copy()
                return held.copy(), held | (not over)
            case Not(part):
                surely, possibly = self.bounds(part, step)
                return ~possibly, ~surely
            case All(parts):
                return self._count(parts, len(parts), step)
            case Any(parts):
                return self._count(parts, 1, step)
            case AtLeast(count, parts):
                return self._count(parts, count, step)

    def _count(self, parts: Sequence[Guard], count: int, step: int) -> tuple[Truth, Truth]:
        """Where so many parts are sure, and where so many are possible."""
        surely, possibly = np.zeros((2, len(self.weights)), np.int64)
        for part in parts:
            sure, possible = self.bounds(part, step)
            surely += sure
            possibly += possible
        return surely >= count, possibly >= count

    def draw_anew(self, many: float, chance: float) -> None:
        """Let futures go on as often as they weigh, all with the same weight: systematic resampling."""
        futures = len(self.weights)
        upto = self.weights.cumsum()
        self.likelihood *= float(upto[-1]) / futures
        self.lost += 1 / many
        # Rounding must not choose a future beyond the last that has any weight.
        last = int(np.flatnonzero(self.weights)[-1])
        at = (np.arange(futures) + chance) * (upto[-1] / futures)
        chosen = np.minimum(np.searchsorted(upto, at, side="right"), last)
        self.weights = np.ones(futures)
        self.held, self.rival, self.told = (part[:, chosen] for part in (self.held, self.rival, self.told))
        if self.planes is not None:
            self.planes = packed(unpacked(self.planes)[:, chosen])

    def weighed(self) -> tuple[Array, Array, Array, Array]:
        """Likelihood, effective number, and the weights met and hit, as in `Weighed`, of this reading."""
        steps = self.model.calendar.steps
        shares = self.weights * (self.likelihood / len(self.weights))
        many = float(effective(self.weights))
        weights = [
            [shares[self.bounds(guard, steps)[0]].sum() for guard in pair] for pair in self.asked.queries
        ]
        met, hits = np.array(weights, np.float64).reshape(-1, 2).T
        left = 1 / (self.lost + 1 / many) if many > 0 else 0.0
        return np.asarray(shares.sum()), np.asarray(left), met, hits


class Planes:
    """The state of all futures at one step; a level is unpacked once it is looked at."""

    def __init__(self, model: Model, planes: Words) -> None:
        self._sizes = [len(variable.levels) for variable in model.variables]
        self._first = np.cumsum([0, *(size - 1 for size in self._sizes)])
        self._planes = planes
        self._known: dict[Holds, Truth] = {}

    def holds(self, guard: Guard) -> Truth:
        """Where a guard over variables holds."""
        return evaluate(guard, self._leaf, (64 * self._planes.shape[1],))

    def _leaf(self, atom: Holds) -> Truth:
        if atom not in self._known:
            number, every = atom.variable, set(range(self._sizes[atom.variable]))
            others = 0 in atom.levels
            levels = sorted(every - atom.levels if others else atom.levels & every)
            rows = self._planes[[int(self._first[number]) + level - 1 for level in levels]]
            found = unpacked(np.bitwise_or.reduce(rows, axis=0)[None])[0]
            self._known[atom] = ~found if others else found
        return self._known[atom]


def unpacked(planes: Words) -> Truth:
    """Bits of rows of words, future by future, shape (rows, futures)."""
    return np.unpackbits(planes.astype("<u8").view(np.uint8), axis=-1, bitorder="little").astype(np.bool_)


def packed(bits: Truth) -> Words:
    """Rows of words of bits, 64 futures to a word."""
    found = np.ascontiguousarray(np.packbits(bits, axis=-1, bitorder="little"))
    return np.asarray(found.view("<u8"), np.uint64)
