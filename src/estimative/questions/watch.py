"""Watch: which signs tell rival outcomes apart, how early, and how often they mislead."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from itertools import combinations, product
from typing import TYPE_CHECKING, Literal

import numpy as np

from estimative.engine.request import Request
from estimative.model.guards import All, Guard, Holds, Not
from estimative.model.model import Kind
from estimative.places.brief import Brief
from estimative.questions.bands import HIGH, LOW, drawn_in
from estimative.questions.events import Monitors, world_of
from estimative.questions.information import counted, information, log_ratios
from estimative.questions.leads import UNKNOWN, Lead, leads

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from estimative.engine.request import World
    from estimative.estimate.queries import Probability
    from estimative.questions.futures import Futures

    Array = NDArray[np.float64]

FEWEST = 30
"""Futures of either outcome that a reading needs to have a say."""

TOGETHER, SEVERAL = 8, 3
"""Signs among which the best three are sought: those that tell most alone, and in time."""

LATE = 0.5
"""A sign that is missed in a larger share of futures is no warning: it is not among those watched together."""

CLEAR = 3.0
"""Standard errors by which the readings' mean ratio must differ from one, or the sign only seems to tell."""


Refusal = Literal["nothing to watch", "never the outcome", "never the rival", "too few futures"]


@dataclass(frozen=True)
class Sign:
    """One signal or observable condition.

    Arrays have shape (steps + 1,): by the end of each step.

    Parameters
    ----------
    seen, alarm
        Probability that it has been seen if the outcome comes, and if the rival does; mean over readings.
    ratio, ratio_low, ratio_high
        Likelihood ratio of having seen it: median over readings and the middle 90 %, without Monte Carlo error.
    information
        Expected information about which of the two it is, in base-10 units.
    best
        The step at which it informs most, of those up to which what is asked may still come about.
    lead
        How long before that of the two for which it speaks, and how often too late.
    only_seems
        Whether the ratio's band at the best step includes 1, or the readings' mean cannot be told from 1:
        it tells readers apart, not outcomes.
    """

    variable: int
    signal: bool
    seen: Array
    alarm: Array
    ratio: Array
    ratio_low: Array
    ratio_high: Array
    information: Array
    best: int
    lead: Lead
    only_seems: bool

    @property
    def for_rival(self) -> bool:
        """Whether having seen it speaks for the rival."""
        return bool(self.ratio[self.best] < 1)

    @property
    def too_late(self) -> bool:
        """Whether it has mostly not been seen before what it speaks for is there."""
        return self.lead.missed > LATE

    @property
    def false_alarms(self) -> float:
        """Probability that it is seen, by the best step, although what it speaks for does not come."""
        return float((self.seen if self.for_rival else self.alarm)[self.best])


@dataclass(frozen=True)
class Together:
    """Two or three signs watched together: their variables, each by its best step, and what they tell in all."""

    variables: tuple[int, ...]
    information: float


@dataclass(frozen=True)
class Watch(Brief):
    """Signs of an outcome against a rival, the most informative first.

    `rival` is None where it is that the outcome does not happen. `prior` is the outcome's probability among
    the two, mean over readings; `readings` have enough futures of both. `most` is the information of knowing
    which it is. `refused` says why there are no signs.
    """

    outcome: Probability
    rival: Probability | None
    prior: float
    readings: int
    signs: tuple[Sign, ...]
    together: Together | None
    most: float
    refused: Refusal | None = None


@dataclass(frozen=True)
class _Sides:
    """The outcome and its rival as guards over monitors, and the world that both are of."""

    comes: Guard
    instead: Guard
    given: Guard
    rival: Guard | None
    monitors: Monitors
    world: World
    last: int

    @classmethod
    def of(cls, futures: Futures, outcome: Probability, rival: Probability | None) -> _Sides:
        monitors = Monitors(futures.names, futures.model.calendar)
        comes = monitors.event(outcome.event)
        other = None if rival is None else monitors.event(rival.event)
        instead = Not(comes) if other is None else All((other, Not(comes)))
        last = max(monitor.last for monitor in monitors.monitors)  # those of the condition may run on
        given = All() if outcome.given is None else monitors.event(outcome.given)
        world = world_of(outcome.do, futures.names, futures.model.calendar)
        return cls(comes, instead, given, other, monitors, world, last)

    @property
    def both(self) -> tuple[Guard, Guard]:
        """The outcome, and its rival without it, among the futures that count."""
        return All((self.given, self.comes)), All((self.given, self.instead))


def watch(futures: Futures, outcome: Probability, rival: Probability | None = None) -> Watch:
    """Signs that tell an outcome from a rival (by default, from its not happening).

    Every signal of the estimate is a sign, if the futures were prepared with signals; so is every condition that can
    be seen to hold and is not itself what the outcome, the rival or their condition speaks of.
    """
    sides = _Sides.of(futures, outcome, rival)
    numbers = observable(futures, sides.monitors)
    if not numbers:
        return Watch(outcome, rival, 0.0, 0, (), None, 0.0, "nothing to watch")
    guards = tuple(Holds(number, frozenset({1})) for number in numbers)
    requests = [Request(monitors=sides.monitors.monitors, given=side, firsts=guards) for side in sides.both]
    futures.stage(0, 2).count_together((request, sides.world) for request in requests)
    counts = [futures.count(request, sides.world) for request in requests]
    came, rivals = (one.given.astype(float) for one in counts)
    rows = np.flatnonzero((came >= FEWEST) & (rivals >= FEWEST))
    if not len(rows):
        never: Refusal = "never the rival" if came.any() else "never the outcome"
        refused: Refusal = "too few futures" if came.any() and rivals.any() else never
        return Watch(outcome, rival, 0.0, 0, (), None, 0.0, refused)
    came, rivals = came[rows], rivals[rows]
    firsts = [one.firsts[rows].astype(float).cumsum(axis=2)[:, :, :-1] for one in counts]
    prior = came / (came + rivals)
    most = float(np.mean([information(p, [1, 0], [p, 1 - p]) for p in prior]))
    found = [
        _sign(futures, number, (firsts[0][:, place], firsts[1][:, place]), (came, rivals), (most, sides.last))
        for place, number in enumerate(numbers)
        if _may_come(firsts[0][:, place] + firsts[1][:, place], came + rivals)
    ]
    if not found:
        return Watch(outcome, rival, 0.0, 0, (), None, 0.0, "nothing to watch")
    found = _with_leads(futures, sides, sorted(found, key=lambda sign: -sign.information[sign.best]), rows)
    warn = [sign for sign in found if not sign.only_seems and not sign.too_late]
    together = _together(futures.stage(1, 2), sides, warn[:TOGETHER], rows, most)
    return Watch(outcome, rival, float(prior.mean()), len(rows), tuple(found), together, most)


def observable(futures: Futures, monitors: Monitors) -> tuple[int, ...]:
    """Numbers of signals and conditions that can be seen to hold and are not part of what is asked.

    What is in somebody's mind, a perception, shows itself by signals only.
    """
    minds = {condition.name for condition in futures.estimate.conditions if condition.of is not None}
    return tuple(
        number
        for number, variable in enumerate(futures.model.variables)
        if variable.kind in {Kind.CONDITION, Kind.DERIVED}
        and number not in monitors.variables
        and variable.name not in minds
    )


def _may_come(seen: Array, futures: Array) -> bool:
    """Whether something is seen in some future and not from the start in all: else there is nothing to look out for.

    `seen` are the futures in which it has been seen by each step, shape (readings, steps + 1), of `futures`.
    """
    return bool(seen[:, -1].any() and (seen[:, 0] < futures).any())


def _sign(
    futures: Futures,
    number: int,
    seen: tuple[Array, Array],
    sizes: tuple[Array, Array],
    limits: tuple[float, int],
) -> Sign:
    """A sign from counts of futures in which it has been seen, shape (readings, steps + 1), under both outcomes.

    `limits` are what there is to know, and the last step by which it may be read.
    """
    came, rivals = (size[:, None] for size in sizes)
    values, noise = log_ratios(*seen, came, rivals)
    clean = drawn_in(values.T, noise.T).T
    low, median, high = np.exp(np.quantile(clean, (LOW, 0.5, HIGH), axis=0))
    tables = np.stack([seen[0], came - seen[0], seen[1], rivals - seen[1]], axis=-1)
    told = counted(tables.reshape(*seen[0].shape, 2, 2)).mean(axis=0).clip(0, limits[0])
    best = int(told[: limits[1] + 1].argmax())
    mean, error = values[:, best].mean(), values[:, best].std() / np.sqrt(len(values))
    return Sign(
        variable=number,
        signal=number in futures.model.signals,
        seen=(seen[0] / came).mean(axis=0),
        alarm=(seen[1] / rivals).mean(axis=0),
        ratio=median,
        ratio_low=low,
        ratio_high=high,
        information=told,
        best=best,
        lead=UNKNOWN,
        only_seems=bool(low[best] <= 1 <= high[best] or abs(mean) <= CLEAR * error),
    )


def _with_leads(futures: Futures, sides: _Sides, signs: list[Sign], rows: NDArray[np.int64]) -> list[Sign]:
    """The signs, each with its lead on that of the two outcomes for which it speaks."""
    asked = partial(
        leads,
        futures,
        monitors=sides.monitors.monitors,
        signs=[sign.variable for sign in signs],
        rows=rows,
        world=sides.world,
    )
    ours = asked(sides.comes, sides.given)
    theirs = (UNKNOWN,) * len(signs) if sides.rival is None else asked(sides.rival, sides.both[1])
    return [
        replace(sign, lead=their if sign.for_rival else our)
        for sign, our, their in zip(signs, ours, theirs, strict=True)
    ]


def _together(
    futures: Futures, sides: _Sides, signs: Sequence[Sign], rows: NDArray[np.int64], most: float
) -> Together | None:
    """The three signs (two, if there are no more) that inform most together, each by its own best step."""
    several = min(len(signs), SEVERAL)
    if several < 2:
        return None
    seen = [sides.monitors.ever(Holds(s.variable, frozenset({1})), s.best) for s in signs]
    sets = list(combinations(range(len(signs)), several))
    patterns = list(product((True, False), repeat=several))
    asked = [
        All((side, *(seen[n] if yes else Not(seen[n]) for n, yes in zip(one, pattern, strict=True))))
        for one in sets
        for pattern in patterns
        for side in sides.both
    ]
    request = Request(monitors=sides.monitors.monitors, events=tuple(asked))
    joint = futures.count(request, sides.world).events[rows].reshape(-1, len(sets), len(patterns), 2)
    told = counted(joint.astype(float)).mean(axis=0).clip(0, most)
    best = int(told.argmax())
    return Together(tuple(signs[n].variable for n in sets[best]), float(told[best]))
