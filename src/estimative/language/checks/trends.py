"""Checks of trends: is the series fit to be projected, and what do its thresholds say."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

from estimative.estimate.expressions import Compared
from estimative.estimate.walk import parts
from estimative.language.problems import trends as problems
from estimative.language.series import number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from estimative.estimate.expressions import Expression
    from estimative.estimate.nodes import Trend
    from estimative.estimate.series import Series
    from estimative.language.series import DateKind, Row
    from estimative.places.problem import Problem
    from estimative.places.source import Span

LEAST_VALUES = 4
"""Fewer leave less than two degrees of freedom, and a projection without a finite mean."""
FEW_VALUES = 8
"""With fewer the projection is much wider than the scatter of the data."""
_DAYS: Mapping[DateKind, float] = {"year": 365.25, "quarter": 365.25 / 4, "month": 365.25 / 12, "day": 1}


def check_series(trend: Trend, rows: tuple[Row, ...], as_of: date) -> Iterator[Problem]:
    """Yield what keeps a series from being projected, and what a reader of the projection should know."""
    wrong = tuple(check_projected(trend, as_of))
    yield from wrong
    if wrong:
        return
    known = _known(trend.series, as_of)
    if known < FEW_VALUES:
        yield problems.few_values(trend.series.span, known)
    yield from _gaps(rows)
    yield from _ends(trend.series, rows, known, as_of)


def check_projected(trend: Trend, as_of: date) -> Iterator[Problem]:
    """Yield what keeps a series from being projected."""
    series, known = trend.series, _known(trend.series, as_of)
    below = [(place, value) for place, value in _cells(series) if value <= 0] if trend.log else []
    if below:
        yield from (problems.no_logarithm(place, value) for place, value in below)
    elif known < LEAST_VALUES:
        yield problems.too_few_values(series.span, known, LEAST_VALUES)
    elif _never_varies(series, known, log=trend.log):
        yield problems.never_varies(series.span)


def _known(series: Series, as_of: date) -> int:
    """Number of values up to as-of."""
    return sum(day <= as_of for day in series.dates)


def _cells(series: Series) -> Iterator[tuple[Span, float]]:
    yield from zip(series.places or (series.span,) * len(series.values), series.values, strict=True)


def _never_varies(series: Series, known: int, *, log: bool) -> bool:
    """Whether all changes are proportional to the time they took, but for the days of a leap year."""
    heights = [math.log(value) if log else value for value in series.values[:known]]
    times = [(later - earlier).days for earlier, later in pairwise(series.dates[:known])]
    rates = [
        (later - earlier) / time for (earlier, later), time in zip(pairwise(heights), times, strict=True)
    ]
    return all(math.isclose(rate, rates[0], rel_tol=0.006) for rate in rates)


def _gaps(rows: tuple[Row, ...]) -> Iterator[Problem]:
    """Yield the rows that follow a stretch without any, longer than the rows usually lie apart."""
    spaces = [(later.day - earlier.day).days for earlier, later in pairwise(rows)]
    usual = _usual(spaces)
    for (earlier, later), space in zip(pairwise(rows), spaces, strict=True):
        if space > 1.5 * usual:
            count = max(1, round(usual / _DAYS[later.kind]))
            name = later.kind if count == 1 else f"{count} {later.kind}s"
            yield problems.gap(later.date_cell.span, earlier.date_cell.text, later.date_cell.text, name)


def _ends(series: Series, rows: tuple[Row, ...], known: int, as_of: date) -> Iterator[Problem]:
    """Yield a warning if values after as-of are there, or if the last one lies long before it."""
    if known < len(series.dates):
        place = series.places[known] if series.places else series.span
        yield problems.after_as_of(place, len(series.dates) - known)
    usual = _usual((later.day - earlier.day).days for earlier, later in pairwise(rows))
    last = series.dates[known - 1]
    if (as_of - last).days > 1.5 * usual:
        place = series.places[known - 1] if series.places else series.span
        yield problems.ends_early(place, last, (as_of - last).days / 365.25)


def _usual(spaces: Iterable[int]) -> int:
    """The lower median."""
    ordered = sorted(spaces)
    return ordered[(len(ordered) - 1) // 2]


def check_thresholds(
    expressions: Iterable[Expression], trends: Mapping[str, Trend], as_of: date
) -> Iterator[Problem]:
    """Yield what is wrong with the comparisons of trends in expressions; each threshold once."""
    seen: set[tuple[str, str, str]] = set()
    for expression in expressions:
        for part in parts(expression):
            if isinstance(part, Compared) and part.name in trends:
                key = (part.name, part.comparison, part.value)
                if key not in seen:
                    seen.add(key)
                    yield from _threshold(part, trends[part.name], as_of)


def _threshold(part: Compared, trend: Trend, as_of: date) -> Iterator[Problem]:
    if part.comparison in {"is", "is not"}:
        yield problems.trend_is_not_equal(part.span, trend.name, part.comparison)
        return
    threshold = number(part.value)
    if threshold is None:
        yield problems.not_a_threshold(part.value_span, part.value, trend.unit)
        return
    rising = part.comparison in {">=", ">"}
    text = f"{trend.name} {part.comparison} {part.value}"
    if trend.log and not rising and threshold <= 0:
        yield problems.never_below_zero(part.span, text)
        return
    known = _known(trend.series, as_of)
    if known == 0:
        return
    day, value = trend.series.dates[known - 1], trend.series.values[known - 1]
    if value >= threshold if rising else value <= threshold:
        cell = trend.series.places[known - 1] if trend.series.places else trend.series.span
        yield problems.already_reached(part.span, text, value, day, cell)
