"""Watch: which signs tell rival outcomes apart, how early, and how often they mislead."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations, product
from typing import TYPE_CHECKING

import numpy as np

from estimative.engine.request import Request
from estimative.model.guards import All, Guard, Holds, Not, variables
from estimative.model.model import Kind
from estimative.questions.bands import HIGH, LOW
from estimative.questions.events import Monitors, world_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from estimative.estimate.queries import Probability
    from estimative.model.model import Model
    from estimative.questions.futures import Futures

    Array = NDArray[np.float64]

FEWEST = 30
"""Futures of either outcome that a reading needs to have a say."""

TOGETHER = 8
"""Signs among which the best three are sought: the most informative alone."""

SMOOTH = 0.5
"""Added to counts of seen and unseen, so that a ratio of likelihoods is never infinite (Jeffreys)."""


@dataclass(frozen=True)
class Sign:
    """One signal or observable condition.

    Arrays have shape (steps + 1,): by the end of each step.

    Parameters
    ----------
    seen, alarm
        Probability that it has been seen if the outcome comes, and if the rival does; mean over readings.
    ratio, ratio_low, ratio_high
        Likelihood ratio of having seen it: median over readings and the middle 90 %.
    information
        Expected information about which of the two it is, in base-10 units: see `information`.
    best
        The step at which it informs most.
    lead
        Steps from its median first sight to the outcome's median date, in futures with the outcome.
    only_seems
        Whether the ratio's band at the best step includes 1: it tells readers apart, not outcomes.
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
    lead: float
    only_seems: bool

    @property
    def misses(self) -> float:
        """Probability that the outcome comes unseen, by the best step."""
        return float(1 - self.seen[self.best])

    @property
    def false_alarms(self) -> float:
        """Probability that it is seen although the rival comes, by the best step."""
        return float(self.alarm[self.best])


@dataclass(frozen=True)
class Trio:
    """Signs watched together: their variables, each by its best step, and what they tell in all."""

    variables: tuple[int, ...]
    information: float


@dataclass(frozen=True)
class Watch:
    """Signs of an outcome against a rival, the most informative first.

    `prior` is the outcome's probability among the two, mean over readings; `readings` have enough
    futures of both. `most` is the information of knowing which it is.
    """

    prior: float
    readings: int
    signs: tuple[Sign, ...]
    together: Trio | None
    most: float


def information(prior: float, given: Sequence[float], weights: Sequence[float]) -> float:
    """Expected information of a question's answer about an outcome: their mutual information, base 10.

    Parameters
    ----------
    prior
        Probability of the outcome.
    given
        Its probability given each answer.
    weights
        Probability of each answer.

    Examples
    --------
    An answer with probability .5 that moves .3 to .2, and otherwise to .4:

    >>> round(information(0.3, [0.2, 0.4], [0.5, 0.5]), 7)
    0.0104914
    """
    p = np.stack([np.asarray(given), 1 - np.asarray(given)])
    q = np.array([prior, 1 - prior])[:, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        gain = np.where(p > 0, p * np.log10(p / q), 0.0)
    return float(gain.sum(axis=0) @ np.asarray(weights))


def watch(futures: Futures, outcome: Probability, rival: Probability | None = None) -> Watch:
    """Signs that tell an outcome from a rival (by default, from its not happening).

    Every signal of the estimate is a sign, if the futures were prepared with signals; so is every
    condition that is not itself what the outcome or the rival speaks of.
    """
    monitors = Monitors(futures.names, futures.model.calendar)
    event = monitors.event(outcome.event)
    spoken = tuple(monitor.guard for monitor in monitors.monitors[:1])
    other = Not(event) if rival is None else All((monitors.event(rival.event), Not(event)))
    if outcome.given is not None:
        met = monitors.event(outcome.given)
        event, other = All((met, event)), All((met, other))
    signs = observable(futures.model, monitors)
    guards = tuple(Holds(variable, frozenset({1})) for variable in signs)
    world = world_of(outcome.do, futures.names, futures.model.calendar)
    firsts = []
    for given in (event, other):
        request = Request(monitors=monitors.monitors, given=given, firsts=(*guards, *spoken))
        counts = futures.count(request, world)
        firsts.append((counts.given.astype(float), counts.firsts.astype(float)))
    (came, first_if), (rivals, first_if_not) = firsts
    speaks = (came >= FEWEST) & (rivals >= FEWEST)
    if not speaks.any():
        return Watch(0.0, 0, (), None, 0.0)
    prior = (came / (came + rivals))[speaks]
    sizes = (came[speaks], rivals[speaks])
    settled = median_step(first_if[speaks, -1].sum(axis=0))
    found = [
        _sign(
            variable,
            (first_if[speaks, place], first_if_not[speaks, place]),
            sizes,
            prior,
            settled=settled,
            signal=variable in futures.model.signals,
        )
        for place, variable in enumerate(signs)
    ]
    found.sort(key=lambda sign: -sign.information[sign.best])
    most = float(np.mean([information(p, [1, 0], [p, 1 - p]) for p in prior]))
    trio = _together(futures, outcome, (event, other), monitors, found[:TOGETHER])
    return Watch(float(prior.mean()), int(speaks.sum()), tuple(found), trio, most)


def observable(model: Model, monitors: Monitors) -> tuple[int, ...]:
    """Numbers of signals and conditions that are not themselves part of what is asked."""
    asked = {number for monitor in monitors.monitors for number in variables(monitor.guard)}
    return tuple(
        number
        for number, variable in enumerate(model.variables)
        if variable.kind in {Kind.CONDITION, Kind.DERIVED} and number not in asked
    )


def _sign(
    variable: int,
    firsts: tuple[Array, Array],
    sizes: tuple[Array, Array],
    prior: Array,
    *,
    settled: float,
    signal: bool,
) -> Sign:
    """A sign from histograms of its first step, shape (readings, steps + 2), under both outcomes."""
    seen, alarm = (first.cumsum(axis=1)[:, :-1] for first in firsts)
    came, rivals = sizes[0][:, None], sizes[1][:, None]
    p, q = (seen + SMOOTH) / (came + 2 * SMOOTH), (alarm + SMOOTH) / (rivals + 2 * SMOOTH)
    low, median, high = np.quantile(p / q, (LOW, 0.5, HIGH), axis=0)
    gained = mutual(prior[:, None], p, q).mean(axis=0)
    best = int(gained.argmax())
    return Sign(
        variable=variable,
        signal=signal,
        seen=(seen / came).mean(axis=0),
        alarm=(alarm / rivals).mean(axis=0),
        ratio=median,
        ratio_low=low,
        ratio_high=high,
        information=gained,
        best=best,
        lead=settled - median_step(firsts[0].sum(axis=0)),
        only_seems=bool(low[best] <= 1 <= high[best]),
    )


def mutual(prior: Array, seen: Array, alarm: Array) -> Array:
    """Mutual information, base 10, of an outcome and a sign seen with these probabilities under each."""
    joint = np.stack([prior * seen, prior * (1 - seen), (1 - prior) * alarm, (1 - prior) * (1 - alarm)])
    sign = np.stack([joint[0] + joint[2], joint[1] + joint[3]] * 2)
    outcome = np.stack([prior + 0 * seen] * 2 + [1 - prior + 0 * seen] * 2)
    with np.errstate(divide="ignore", invalid="ignore"):
        told = np.where(joint > 0, joint * np.log10(joint / (sign * outcome)), 0.0)
    return np.asarray(told.sum(axis=0), np.float64)


def median_step(histogram: Array) -> float:
    """Median of first steps, of those futures that have one; NaN if none has.

    >>> median_step(np.array([0, 2.0, 2.0, 1.0, 7.0]))
    2.0
    """
    counts = histogram[:-1].cumsum()
    if counts[-1] == 0:
        return float("nan")
    return float(np.searchsorted(counts, counts[-1] / 2))


def _together(
    futures: Futures,
    outcome: Probability,
    events: tuple[Guard, Guard],
    monitors: Monitors,
    signs: Sequence[Sign],
) -> Trio | None:
    """The three signs that inform most together, each by its own best step."""
    if len(signs) < 3:
        return None
    seen = [monitors.ever(Holds(s.variable, frozenset({1})), s.best) for s in signs]
    trios = list(combinations(range(len(signs)), 3))
    patterns = list(product((True, False), repeat=3))
    asked = [
        All((event, *(seen[n] if yes else Not(seen[n]) for n, yes in zip(trio, pattern, strict=True))))
        for trio in trios
        for pattern in patterns
        for event in events
    ]
    world = world_of(outcome.do, futures.names, futures.model.calendar)
    counts = futures.count(Request(monitors=monitors.monitors, events=tuple(asked)), world)
    joint = counts.events.reshape(-1, len(trios), len(patterns), 2).astype(float)
    total = joint.sum(axis=(2, 3), keepdims=True)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = joint / total
        apart = share.sum(axis=2, keepdims=True) * share.sum(axis=3, keepdims=True)
        told = np.where(share > 0, share * np.log10(share / apart), 0.0).sum(axis=(2, 3))
    gained = told.mean(axis=0)
    best = int(gained.argmax())
    return Trio(tuple(signs[n].variable for n in trios[best]), float(gained[best]))
