"""When a trend reaches a threshold: first passage of a random walk with drift, reading by reading.

Within a reading the trend has one drift m and one scale s, and goes on as Brownian motion with drift
from its last value. The first time at which it is a distance away has an inverse Gaussian distribution
[1]_ (defective if the drift leads away). Over readings, m and s are drawn from what the series says of
them: the posterior of a normal sample under the prior 1/s^2 [2]_. So at any date the projection over all
readings is exactly Student's t.

References
----------
.. [1] R. S. Chhikara, J. L. Folks, The Inverse Gaussian Distribution, Marcel Dekker 1989, chapter 2;
   D. R. Cox, H. D. Miller, The Theory of Stochastic Processes, Methuen 1965, section 5.7.
.. [2] A. Gelman et al., Bayesian Data Analysis, 3rd edition, CRC Press 2013, section 3.2,
   doi:10.1201/b16018.
"""

from __future__ import annotations

from math import inf, log
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import gammaincinv, log_ndtr, ndtr, ndtri, stdtrit

from estimative.model.guards import Holds
from estimative.model.model import Crossing
from estimative.places.problem import Bug

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from estimative.model.model import Model, Rule, Trend

    Column = Callable[[str], NDArray[np.float64]]

_GRID = float(1 << 40)
"""Hazards are rounded to this fraction, so that the last bit of a special function decides nothing."""

_GONE = 1e-12
"""Where fewer futures than this are left, the rest is taken to cross in the same step."""


def hazards(model: Model, rule: Rule, column: Column) -> NDArray[np.float64]:
    """Probability that a trend reaches its threshold in each step, given that it has not before.

    What may have happened unseen between the last value and as-of counts in the first step. Where the
    rule's guard is that a nearer threshold has been reached, the hazard is given that, so that the
    probability of having reached the farther one by any step stays the same.

    Returns
    -------
    array
        Shape (readings, rule.last - rule.first + 1); the first column is step `rule.first`.

    Raises
    ------
    Bug
        If the rule is not a crossing of one of the model's trends.
    """
    reached, possible = _reached(model, rule, column)
    before, now = reached[:, :-1], reached[:, 1:]
    left = possible[:, :-1] - before
    hazard = np.where(left > _GONE, (now - before) / np.maximum(left, _GONE), 1.0)
    return np.rint(np.clip(hazard, 0, 1) * _GRID)[:, rule.first - 1 : rule.last] / _GRID


def _reached(model: Model, rule: Rule, column: Column) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Probability by step 0, 1, .. of having reached a threshold, and of being where the rule can fire.

    A rule looks at the state before the step, so a farther threshold follows a nearer one by a step at
    least.
    """
    if not isinstance(rule.meaning, Crossing):
        raise Bug(f"{rule.name} is not the crossing of a threshold")
    trend = trend_of(model, rule.meaning)
    reached = passage(trend, rule.meaning, column, trend.ahead[1:])
    reached = np.concatenate([np.zeros((len(reached), 1)), reached], axis=1)
    if not isinstance(rule.guard, Holds):
        return reached, np.ones_like(reached)
    nearer = next(other for other in model.rules if other.variable == rule.guard.variable)
    possible, _ = _reached(model, nearer, column)
    reached[:, 1:] = np.minimum(reached[:, 1:], possible[:, :-1])
    return reached, possible


def trend_of(model: Model, crossing: Crossing) -> Trend:
    """The model's trend that a crossing speaks of."""
    for trend in model.trends:
        if trend.name == crossing.trend:
            return trend
    raise Bug(f"{model.name}: no trend {crossing.trend}")


def draws(trend: Trend, column: Column) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Drift and scale per year in each reading, both of shape (readings,).

    With v degrees of freedom and the estimated scale s, v s^2 / scale^2 is chi-squared with v degrees
    of freedom, and the drift is normal around its estimate with variance scale^2 / years of data.
    """
    chi2 = 2 * gammaincinv(trend.freedom / 2, column(f"trend:{trend.name}:scale"))
    scale = trend.scale * np.sqrt(trend.freedom / chi2)
    drift = trend.drift + scale / np.sqrt(trend.years) * ndtri(column(f"trend:{trend.name}:drift"))
    return drift, scale


def passage(trend: Trend, crossing: Crossing, column: Column, ahead: Sequence[float]) -> NDArray[np.float64]:
    """Probability that the threshold has been reached so many years after the last value.

    Returns
    -------
    array
        Shape (readings, times), rising along the second axis; one where it was reached from the first.
    """
    away = distance(trend, crossing)
    drift, scale = draws(trend, column)
    if not crossing.rising:
        drift = -drift
    return first_passage(away, drift[:, None], scale[:, None], np.asarray(ahead)[None, :])


def distance(trend: Trend, crossing: Crossing) -> float:
    """How far the last value is from the threshold (in logarithms where `log`); negative if beyond it."""
    last, threshold = trend.values[-1], crossing.threshold
    if trend.log:
        last, threshold = log(last), log(threshold) if threshold > 0 else -inf
    return threshold - last if crossing.rising else last - threshold


def first_passage(
    away: float, drift: NDArray[np.float64], scale: NDArray[np.float64], time: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Probability that Brownian motion with drift has been a distance away by a time.

    P(T <= t) = N((m t - a) / (s sqrt t)) + exp(2 m a / s^2) N(-(m t + a) / (s sqrt t)), where N is the
    standard normal distribution function.

    Without drift it is twice the probability of being beyond at that time: for a = s = t = 1,
    2 N(-1) = 0.3173.

    >>> one = np.array(1.0)
    >>> round(float(first_passage(1.0, 0 * one, one, one)), 4)
    0.3173
    """
    if away <= 0:
        return np.ones(np.broadcast_shapes(drift.shape, scale.shape, time.shape))
    if away == inf:
        return np.zeros(np.broadcast_shapes(drift.shape, scale.shape, time.shape))
    spread = scale * np.sqrt(np.maximum(time, np.finfo(float).tiny))
    over = ndtr((drift * time - away) / spread)
    mirrored = np.exp(2 * drift * away / scale**2 + log_ndtr(-(drift * time + away) / spread))
    return np.where(time > 0, np.minimum(over + mirrored, 1.0), 0.0)


def fan(trend: Trend, shares: Sequence[float], ahead: Sequence[float]) -> NDArray[np.float64]:
    """Quantiles of the trend's value so many years after the last one, over readings and futures together.

    Student's t around last + drift x time, with scale s sqrt(time + time^2 / years of data).

    Returns
    -------
    array
        Shape (shares, times), in the units of the data.
    """
    time = np.asarray(ahead, np.float64)
    last = log(trend.values[-1]) if trend.log else trend.values[-1]
    width = trend.scale * np.sqrt(time + time**2 / trend.years)
    heights = (
        last + trend.drift * time + width * stdtrit(trend.freedom, np.asarray(shares, np.float64))[:, None]
    )
    return np.exp(heights) if trend.log else heights
