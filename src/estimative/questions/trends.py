"""Trends: the data, the fan of the projection, and when each threshold is reached."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from estimative.model.compile_trends import starts_crossed
from estimative.model.model import Crossing
from estimative.model.trends import fan, passage
from estimative.places.brief import Brief
from estimative.questions.bands import HIGH, LOW

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import NDArray

    from estimative.model.model import Trend
    from estimative.questions.futures import Futures

SHARES = (0.05, 0.25, 0.5, 0.75, 0.95)
"""Quantiles of the fan."""


@dataclass(frozen=True)
class ThresholdAnswer:
    """When a trend reaches a threshold, by the first passage of its projection.

    Parameters
    ----------
    name
        As it stands in a rule: ``trade >= 800``.
    crossed
        Whether the last value lies at or beyond it; then it holds from the start.
    median, low, high
        Probability of having reached it by the end of each step, over readings, shape (steps + 1,).
    overall
        Mean of that probability over readings, shape (steps + 1,).
    dates
        Dates by which it has been reached with an overall probability of a quarter, a half and three
        quarters; None beyond the horizon.
    """

    name: str
    value: float
    rising: bool
    crossed: bool
    median: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    overall: NDArray[np.float64]
    dates: tuple[date | None, date | None, date | None]


@dataclass(frozen=True)
class TrendAnswer:
    """One trend.

    Parameters
    ----------
    dates, values
        The data that the projection rests on.
    ahead
        Ends of steps, as-of first, shape (steps + 1,).
    fan
        Quantiles `SHARES` of the value then, over readings and futures, shape (5, steps + 1).
    drift, scale
        Estimated change in a year, and standard deviation of a year's change; of the logarithm if `log`.
    freedom
        Degrees of freedom of the scale.
    """

    name: str
    says: str
    unit: str
    log: bool
    dates: tuple[date, ...]
    values: tuple[float, ...]
    drift: float
    scale: float
    freedom: int
    ahead: tuple[date, ...]
    fan: NDArray[np.float64]
    thresholds: tuple[ThresholdAnswer, ...]


@dataclass(frozen=True)
class Trends(Brief):
    """All trends of an estimate."""

    lens: str
    readings: int
    trends: tuple[TrendAnswer, ...]


def trends(futures: Futures) -> Trends:
    """Data, fan and thresholds of every trend; nothing is simulated, since all of it is known in closed form."""
    readings = futures.readings
    answers = tuple(_trend(futures, trend) for trend in futures.model.trends)
    return Trends(readings.lens, readings.tables.readings, answers)


def _trend(futures: Futures, trend: Trend) -> TrendAnswer:
    model = futures.model
    crossings = [
        (model.variables[rule.variable].name, rule.meaning)
        for rule in model.rules
        if isinstance(rule.meaning, Crossing) and rule.meaning.trend == trend.name
    ]
    return TrendAnswer(
        name=trend.name,
        says=trend.says,
        unit=trend.unit,
        log=trend.log,
        dates=trend.dates,
        values=trend.values,
        drift=trend.drift,
        scale=trend.scale,
        freedom=trend.freedom,
        ahead=model.calendar.ends,
        fan=fan(trend, SHARES, trend.ahead),
        thresholds=tuple(_threshold(futures, trend, name, crossing) for name, crossing in crossings),
    )


def _threshold(futures: Futures, trend: Trend, name: str, crossing: Crossing) -> ThresholdAnswer:
    reached = passage(trend, crossing, futures.readings.columns.__getitem__, trend.ahead)
    low, median, high = np.quantile(reached, (LOW, 0.5, HIGH), axis=0)
    overall = reached.mean(axis=0)
    ends = futures.model.calendar.ends

    def by(share: float) -> date | None:
        return next((end for end, so_far in zip(ends, overall, strict=True) if so_far >= share), None)

    return ThresholdAnswer(
        name=name,
        value=crossing.threshold,
        rising=crossing.rising,
        crossed=starts_crossed(trend, crossing),
        median=median,
        low=low,
        high=high,
        overall=overall,
        dates=(by(0.25), by(0.5), by(0.75)),
    )
