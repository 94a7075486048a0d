"""Problems with time: dates, durations, windows, the horizon (E0213 to W0228, E061x)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from estimative.language.problems.almost import date_for, duration_for
from estimative.language.problems.values import listed
from estimative.places.problem import Problem

if TYPE_CHECKING:
    from datetime import date

    from estimative.places.source import Span


# -- dates and durations ----------------------------------------------------------------------------------


def not_a_date(span: Span, text: str) -> Problem:
    """Dates are written one way, so that 03/04 is never read as April by one and March by another."""
    shown = text if len(text) <= 40 else text[:37] + "..."
    meant = listed(date_for(text))
    return Problem(
        "E0213", span, f"`{shown}` is not a date", f"write {meant or '`1990`, `1990-03` or `1990-03-31`'}"
    )


def year_out_of_reach(span: Span, year: int, first: int, last: int) -> Problem:
    """A year outside every plan is a slip of the keyboard."""
    return Problem("E0214", span, f"the year {year:04d} is out of reach", f"years run from {first} to {last}")


def no_such_month(span: Span, month: int) -> Problem:
    """A month that does not exist may be a day and a month swapped."""
    return Problem(
        "E0215",
        span,
        f"there is no month {month:02d}",
        "write the year, then the month, then the day: `1990-03-31`",
    )


def no_such_day(span: Span, month: date, day: int, days: int) -> Problem:
    """A day that does not exist may belong to the month before or after."""
    return Problem(
        "E0216",
        span,
        f"there is no {day:02d} in {month:%Y-%m}, which has {days} days",
        f"write `{month:%Y-%m}-{days}` for its last day",
    )


def not_a_duration(span: Span, text: str) -> Problem:
    """A window's length decides how fast a likelihood works."""
    shown = text if len(text) <= 40 else text[:37] + "..."
    hint = "write a whole number of days, months, quarters or years: `18 months`"
    if meant := duration_for(text):
        hint = f"write `{meant}`"
        if text.isdecimal():
            hint = f"write its unit too: `{meant}`, `{text} quarters` or `{text} years`"
    return Problem("E0217", span, f"`{shown}` is not a duration", hint)


def no_duration(span: Span) -> Problem:
    """Nothing can happen in no time."""
    return Problem("E0218", span, "this duration is zero", "write how long it may take")


def duration_too_long(span: Span, years: int) -> Problem:
    """A duration beyond every plan is a slip of the keyboard."""
    return Problem("E0219", span, f"this is longer than {years} years", "write a shorter duration")


def between_backwards(span: Span, first: date, last: date) -> Problem:
    """A window that ends before it starts may be a slip in either of its dates."""
    return Problem(
        "E0220", span, f"this window ends on {last}, before it starts on {first}", "swap its dates"
    )


def window_outside_horizon(span: Span, what: str, first: date, last: date) -> Problem:
    """A rule whose window lies outside the horizon can never act, so its likelihood would say nothing."""
    return Problem(
        "E0221",
        span,
        f"{what} lies outside the horizon, which runs from {first} to {last}",
        "move the window, or make the horizon longer",
    )


def window_without_step(span: Span, step: str, what: str) -> Problem:
    """A rule acts at the ends of steps, and no step ends in this window."""
    return Problem(
        "E0222", span, f"no {step} ends {what}", f"make the window longer, or the step shorter than a {step}"
    )


def window_starts_early(span: Span, as_of: date) -> Problem:
    """The likelihood is spread over the part of the window that is still to come."""
    return Problem(
        "W0223",
        span,
        f"this window starts before the estimate's date, {as_of}",
        "its likelihood is spread over what is left of it",
    )


def horizon_in_days(span: Span) -> Problem:
    """Steps are months, quarters or years, so a horizon is counted in them too."""
    return Problem("E0225", span, "the horizon is counted in days", "write it in months, quarters or years")


def horizon_without_step(span: Span, step: str) -> Problem:
    """A horizon shorter than a step holds no future."""
    return Problem(
        "E0226", span, f"the horizon is shorter than one {step}", "make it longer, or the step shorter"
    )


def too_many_steps(span: Span, steps: int, limit: int) -> Problem:
    """Every step is simulated in every future."""
    return Problem(
        "E0227",
        span,
        f"this horizon has {steps:,} steps; at most {limit:,} are simulated",
        "make the horizon shorter, or the step longer",
    )


def horizon_not_whole(span: Span, step: str, steps: int) -> Problem:
    """What follows the last whole step is not simulated."""
    return Problem(
        "W0228",
        span,
        f"the horizon is not a whole number of steps: it is cut to {steps} {step}{'s' * (steps != 1)}",
        f"make it a whole number of {step}s",
    )


# -- dates of questions -----------------------------------------------------------------------------------


def date_outside_horizon(span: Span, first: date, last: date) -> Problem:
    """The futures say nothing of a time that they do not reach."""
    return Problem(
        "E0610",
        span,
        f"this date lies outside the horizon, which runs from {first} to {last}",
        "ask about a date inside it, or make the horizon longer",
    )


def time_backwards(span: Span, first: date, last: date) -> Problem:
    """A time that ends before it begins holds nothing."""
    return Problem("E0611", span, f"this time ends on {last}, before it begins on {first}", "swap its dates")


def resolved_before(span: Span, as_of: date) -> Problem:
    """What is known already is not asked."""
    return Problem(
        "E0612",
        span,
        f"this question was resolved before the estimate's date, {as_of}",
        "take the question out, or correct its date",
    )


def resolved_too_early(span: Span, last: date, place: Span) -> Problem:
    """A question about a time cannot be answered for certain before that time is over."""
    return Problem(
        "W0613",
        span,
        f"this question is resolved before its time is over, on {last}",
        "resolve it on that day",
        ((place, "its time ends here"),),
    )
