"""From a series beside the estimate to a fitted trend: a random walk with drift."""

from __future__ import annotations

from itertools import pairwise
from math import log, sqrt
from typing import TYPE_CHECKING

from estimative.model.model import Crossing, Trend
from estimative.places.problem import Bug

if TYPE_CHECKING:
    from collections.abc import Iterable

    from estimative.estimate import nodes
    from estimative.places.calendar import Calendar

DAYS_IN_YEAR = 365.25
LEAST_VALUES = 4
"""Fewer values leave less than two degrees of freedom, and a projection without a finite mean."""


def compile_trend(trend: nodes.Trend, calendar: Calendar) -> Trend:
    """Fit of a trend's series as far as it was known at as-of.

    The changes d of the series (of its logarithm where `log`) over the exact times t between its dates
    are taken as independent and normal with mean m t and variance s^2 t. Then m is estimated by the
    whole change over the whole time, and s^2 by the mean of (d - m t)^2 / t over one less than the
    number of changes: the least-squares estimates after dividing by the square root of t.

    Raises
    ------
    Bug
        If the series cannot be fitted; the checks of the language come first.
    """
    known = [
        (day, value)
        for day, value in zip(trend.series.dates, trend.series.values, strict=True)
        if day <= calendar.as_of
    ]
    if len(known) < LEAST_VALUES:
        raise Bug(f"{trend.name}: {len(known)} values at as-of reached the compiler")
    dates, values = zip(*known, strict=True)
    heights = [log(value) for value in values] if trend.log else list(values)
    times = [(later - earlier).days / DAYS_IN_YEAR for earlier, later in pairwise(dates)]
    changes = [later - earlier for earlier, later in pairwise(heights)]
    years = sum(times)
    drift = (heights[-1] - heights[0]) / years
    freedom = len(changes) - 1
    spread = sum((change - drift * time) ** 2 / time for change, time in zip(changes, times, strict=True))
    return Trend(
        name=trend.name,
        dates=dates,
        values=values,
        log=trend.log,
        drift=drift,
        scale=sqrt(spread / freedom),
        freedom=freedom,
        years=years,
        ahead=tuple((end - dates[-1]).days / DAYS_IN_YEAR for end in calendar.ends),
        unit=trend.unit,
        says=trend.says,
        span=trend.span,
    )


def starts_crossed(trend: Trend, crossing: Crossing) -> bool:
    """Whether the last value known at as-of already lies at or beyond the threshold."""
    last = trend.values[-1]
    return last >= crossing.threshold if crossing.rising else last <= crossing.threshold


def nearer(trend: Trend, crossing: Crossing, crossings: Iterable[Crossing]) -> Crossing | None:
    """The threshold that this trend must reach last before this one, if it has not reached it at as-of.

    >>> from datetime import date
    >>> trend = Trend("t", (date(1984, 1, 1),), (10.0,), False, 0.0, 1.0, 2, 3.0, (0.0, 1.0))
    >>> thresholds = [Crossing("t", value, rising=True) for value in (9.0, 12.0, 11.0, 15.0)]
    >>> nearer(trend, thresholds[3], thresholds)
    Crossing(trend='t', threshold=12.0, rising=True)
    >>> nearer(trend, thresholds[2], thresholds) is None
    True
    """
    sign = 1 if crossing.rising else -1
    between = (
        other
        for other in crossings
        if (other.trend, other.rising) == (crossing.trend, crossing.rising)
        and sign * other.threshold < sign * crossing.threshold
        and not starts_crossed(trend, other)
    )
    return max(between, key=lambda other: sign * other.threshold, default=None)
