"""Problems with series as a whole and with the thresholds of trends (E043x, W043x)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from estimative.places.problem import Problem

if TYPE_CHECKING:
    from datetime import date

    from estimative.places.source import Span

# -- the series -------------------------------------------------------------------------------------------


def too_few_values(span: Span, count: int, least: int) -> Problem:
    """From very few values nothing can be said of how much a trend varies."""
    return Problem(
        "E0430",
        span,
        f"the series has {count} values up to as-of; a projection needs {least}",
        "add earlier values, or replace the trend by a condition with a likelihood",
    )


def never_varies(span: Span) -> Problem:
    """A series that always changes alike says nothing of how far it may stray."""
    return Problem(
        "E0431",
        span,
        "the series changes by the same amount each time, so its variation cannot be estimated",
        "use the values as they were published, before rounding or interpolation",
    )


def no_logarithm(span: Span, value: float) -> Problem:
    """A logarithm needs a number above zero."""
    return Problem(
        "E0432", span, f"`log: yes` needs values above zero, and this is {value:g}", "drop `log: yes`"
    )


def gap(span: Span, before: str, after: str, usual: str) -> Problem:
    """A gap widens what can happen between two values; the fit uses the exact time between them."""
    return Problem(
        "W0433",
        span,
        f"between {before} and {after} values are missing; elsewhere they are a {usual} apart",
        "if they are known, add them; the exact time between the two is used",
    )


def ends_early(span: Span, last: date, years: float) -> Problem:
    """What happened between the last value and as-of is projected like the future."""
    return Problem(
        "W0434",
        span,
        f"the series ends on {last}, {years:.1f} years before as-of",
        "add later values that were known at as-of; the years between are projected too",
    )


def after_as_of(span: Span, count: int) -> Problem:
    """What was not known at as-of must not shape the estimate."""
    values = "1 value is" if count == 1 else f"{count} values are"
    return Problem("W0435", span, f"{values} dated after as-of and not used", "take them out, or move as-of")


def few_values(span: Span, count: int) -> Problem:
    """The fewer the values, the wider the projection; it is honest, but may say little."""
    return Problem(
        "N0436",
        span,
        f"the projection rests on {count} values, so it is wide",
        "earlier values would narrow it",
    )


# -- thresholds -------------------------------------------------------------------------------------------


def not_a_threshold(span: Span, text: str, unit: str) -> Problem:
    """A trend is a number, and is compared with one."""
    hint = f"write the number alone; the unit is `{unit}`" if unit else "write the number alone, as 3.5"
    return Problem("E0437", span, f"`{text}` is not a number", hint)


def trend_is_not_equal(span: Span, trend: str, comparison: str) -> Problem:
    """A number that moves is never exactly at a value; it reaches or passes it."""
    return Problem(
        "E0438",
        span,
        f"the trend `{trend}` is compared by `{comparison}`",
        f"write `{trend} >= ..` (has risen to) or `{trend} <= ..` (has fallen to)",
    )


def already_reached(span: Span, threshold: str, value: float, day: date, cell: Span) -> Problem:
    """A threshold that has been reached before the estimate begins decides nothing in it."""
    return Problem(
        "W0439",
        span,
        f"`{threshold}` holds from the start: the last value, of {day}, is {value:g}",
        "is it the threshold that you meant, and the right direction?",
        ((cell, "the last value"),),
    )


def never_below_zero(span: Span, threshold: str) -> Problem:
    """A trend in logarithms stays above zero, whatever happens."""
    return Problem(
        "W0440", span, f"`{threshold}` can never hold, since `log: yes` keeps the trend above zero"
    )
