"""Why: what brought an outcome about, what it would lose without each rule, and by which paths it came."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from estimative.model.ancestry import ancestors
from estimative.model.guards import All, Any
from estimative.model.model import Kind
from estimative.questions.ask import Answer, ask_in
from estimative.questions.events import Monitors, concerned, world_of
from estimative.questions.traces import Causes, happens

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from estimative.engine.request import World
    from estimative.engine.trace import Trace
    from estimative.estimate.queries import Probability
    from estimative.model.guards import Guard
    from estimative.questions.futures import Futures

TRACED_READINGS = 64
"""Readings whose futures are followed step by step, evenly among all."""

ENOUGH = 2_000
"""Futures with the outcome that are followed; more would not move a share by more than a point or two."""

MOST_TRACED = 500_000
"""Futures followed at most in search of them."""

SEVERAL = 16
"""Rules that are taken away one by one: those that brought the outcome about in most futures followed."""

COMMON = 0.2
"""What happens in a smaller share of the outcome's futures has no place in their typical order."""

MOMENTS = 12
"""Events told in their order: those that set the outcome's futures most apart."""

PATHS = 6
"""Paths that are told."""


@dataclass(frozen=True)
class Part:
    """One rule's part in an outcome.

    Parameters
    ----------
    rule
        Its number in the model.
    fired
        Share of the outcome's futures in which it fired before the outcome was settled.
    otherwise
        Share of the other futures in which it fired, to their end.
    linked
        Share of the outcome's futures followed in which it is a link of the chain of causes.
    lost
        Share of the outcome's probability that is lost without the rule, with the same dice: mean over
        readings; None where it was not taken away.
    """

    rule: int
    fired: float
    otherwise: float
    linked: float
    lost: float | None


@dataclass(frozen=True)
class Moment:
    """When something typically came about on the way.

    `step` is the median step, over the `share` of the outcome's futures in which it came about;
    `otherwise` is the share of the other futures in which it did, to their end.
    """

    variable: int
    level: int
    step: float
    share: float
    otherwise: float


@dataclass(frozen=True)
class Path:
    """A chain of causes: names of rules or lotteries, with the median step of each, earliest first."""

    links: tuple[tuple[int, str, float], ...]
    share: float


@dataclass(frozen=True)
class Why:
    """What brought an outcome about.

    `followed` futures had the outcome, of `traced` looked at. Without any, only the answer is there.
    """

    answer: Answer
    followed: int
    traced: int
    parts: tuple[Part, ...]
    order: tuple[Moment, ...]
    paths: tuple[Path, ...]


def why(futures: Futures, outcome: Probability, progress: Callable[[float], None] | None = None) -> Why:
    """What brought an outcome about in the futures in which it happened.

    Shares are over futures followed in `TRACED_READINGS` readings; what is lost without a rule is
    counted over all readings and futures.
    """
    world = world_of(outcome.do, futures.names, futures.model.calendar)
    (answer,) = ask_in(futures, world, [outcome])
    tally = _Tally(futures, outcome)
    for done, trace in _traces(futures, world, tally):
        tally.add(trace)
        if progress:
            progress(done / 2)
    parts = sorted(tally.parts(), key=lambda part: (-part.linked, part.otherwise - part.fired))
    for place, part in enumerate(parts[:SEVERAL]):
        without = replace(world, without=world.without | {part.rule})
        (other,) = ask_in(futures, without, [outcome])
        parts[place] = replace(part, lost=_lost(answer, other))
        if progress:
            progress(0.5 + (place + 1) / len(parts[:SEVERAL]) / 2)
    parts.sort(key=lambda part: (-(part.lost or 0.0), -part.fired))
    return Why(answer, tally.hits, tally.traced, tuple(parts), tally.order(), tally.paths())


def _traces(futures: Futures, world: World, tally: _Tally) -> Iterator[tuple[float, Trace]]:
    """Yield traces of the same futures in readings evenly among all, until enough had the outcome."""
    readings = futures.readings.tables.readings
    rows = np.unique(np.linspace(0, readings - 1, min(TRACED_READINGS, readings)).astype(int))
    block = 512
    for start in range(0, futures.futures, block):
        stop = min(start + block, futures.futures)
        for row in rows:
            trace = futures.trace(int(row), range(start, stop), world)
            yield min(1.0, max(tally.hits / ENOUGH, tally.traced / MOST_TRACED)), trace
        if tally.hits >= ENOUGH or tally.traced >= MOST_TRACED:
            return


def _lost(answer: Answer, without: Answer) -> float | None:
    if answer.band is None or without.band is None or not answer.band.mean:
        return None
    return 1 - without.band.mean / answer.band.mean


class _Tally:
    """Adds up what traces tell of one outcome."""

    def __init__(self, futures: Futures, outcome: Probability) -> None:
        self.model = futures.model
        monitors = Monitors(futures.names, futures.model.calendar)
        self.event: Guard = monitors.event(outcome.event)
        self.given: Guard = monitors.event(outcome.given) if outcome.given is not None else All()
        self.monitors = monitors.monitors
        self.bears = ancestors(self.model, concerned(futures.names, outcome))
        self.most = -(-ENOUGH // min(TRACED_READINGS, futures.readings.tables.readings))
        self.hits = self.misses = self.traced = 0
        self.fired = np.zeros((2, len(self.model.rules)))
        self.elsewhere = np.zeros(
            (len(self.model.variables), max(len(v.levels) for v in self.model.variables))
        )
        self.moves: dict[tuple[int, int], list[int]] = defaultdict(list)
        self.chains: dict[tuple[tuple[int, str], ...], list[tuple[int, ...]]] = defaultdict(list)

    def add(self, trace: Trace) -> None:
        met, _ = happens(self.given, self.monitors, trace)
        true, settled = happens(self.event, self.monitors, trace)
        hit, other = np.flatnonzero(true & met), np.flatnonzero(~true & met)
        self.traced += trace.states.shape[2]
        self.misses += len(other)
        self.elsewhere += _arrivals(trace.states[:, :, other], self.elsewhere.shape[1])
        steps = np.arange(len(trace.fired))[:, None, None]
        in_time = np.asarray((trace.fired & (steps <= settled)).any(axis=0))
        self.fired[0] += in_time[:, hit].sum(axis=1)
        self.fired[1] += trace.fired[:, :, other].any(axis=0).sum(axis=1)
        causes = Causes(self.model, trace)
        # As many of every reading, so that no reading's way of putting things leads.
        for future in hit[: self.most]:
            self._follow(trace, causes, int(future), int(settled[future]))
        self.hits += len(hit)

    def _follow(self, trace: Trace, causes: Causes, future: int, step: int) -> None:
        for variable, level, at in _first_moves(trace.states[: step + 1, :, future]):
            if variable in self.bears and self.model.variables[variable].kind is not Kind.MEMORY:
                self.moves[variable, level].append(at)
        # Of the monitors only those count that are true by now: what has not happened has no cause.
        links = causes.chain(Any(tuple(monitor.guard for monitor in self.monitors)), step, future)
        key = tuple((link.variable, link.by) for link in links)
        self.chains[key].append(tuple(link.step for link in links))

    @property
    def followed(self) -> int:
        return sum(len(several) for several in self.chains.values())

    def parts(self) -> list[Part]:
        if not self.hits:
            return []
        on_the_way, otherwise = self.fired[0] / self.hits, self.fired[1] / max(1, self.misses)
        links: Counter[str] = Counter()
        for key, several in self.chains.items():
            links.update({by: len(several) for by in {by for _, by in key}})
        return [
            Part(
                rule=number,
                fired=float(on_the_way[number]),
                otherwise=float(otherwise[number]),
                linked=links[rule.name] / self.followed,
                lost=None,
            )
            for number, rule in enumerate(self.model.rules)
            if on_the_way[number] and rule.variable in self.bears
        ]

    def order(self) -> tuple[Moment, ...]:
        found = [
            Moment(
                variable=variable,
                level=level,
                step=float(np.median(steps)),
                share=len(steps) / self.followed,
                otherwise=float(self.elsewhere[variable, level]) / max(1, self.misses),
            )
            for (variable, level), steps in self.moves.items()
            if len(steps) >= COMMON * self.followed
        ]
        found.sort(key=lambda moment: moment.otherwise - moment.share)
        return tuple(sorted(found[:MOMENTS], key=lambda moment: (moment.step, -moment.share)))

    def paths(self) -> tuple[Path, ...]:
        common = Counter({key: len(several) for key, several in self.chains.items() if key})
        return tuple(
            Path(
                tuple(
                    (variable, by, float(step))
                    for (variable, by), step in zip(key, np.median(self.chains[key], axis=0), strict=True)
                ),
                count / self.followed,
            )
            for key, count in common.most_common(PATHS)
        )


def _first_moves(states: NDArray[np.uint8]) -> Iterator[tuple[int, int, int]]:
    """Yield variable, level and step of each first arrival at a level other than the start's."""
    moved = np.flatnonzero((states != states[0]).any(axis=0))
    for variable in moved:
        course = states[:, variable]
        for level in np.unique(course[course != course[0]]):
            yield int(variable), int(level), int(np.argmax(course == level))


def _arrivals(states: NDArray[np.uint8], levels: int) -> NDArray[np.int64]:
    """Futures in which each variable comes to each level that is not its first, shape (variables, levels)."""
    found = np.zeros((states.shape[1], levels), np.int64)
    for level in range(levels):
        found[:, level] = ((states == level).any(axis=0) & (states[0] != level)).sum(axis=1)
    return found
