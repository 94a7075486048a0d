"""What a report says as an event: an expression that is true or false of a whole future."""

from __future__ import annotations

from typing import TYPE_CHECKING

from estimative.estimate.expressions import Always, And, Ever, Expression, Not
from estimative.estimate.queries import Probability
from estimative.estimate.values import Moment
from estimative.language.checks.time import calendar_of
from estimative.record.steps import steps_of

if TYPE_CHECKING:
    from estimative.estimate.nodes import Estimate
    from estimative.places.calendar import Calendar
    from estimative.record.report import Record, Report
    from estimative.record.steps import Range


def event_of(report: Report, record: Record, calendar: Calendar) -> Expression:
    """The event that a report says has happened, with its dates at ends of steps.

    ``seen: 1985-05`` where steps are quarters: seen by 1985-06-30, and not by 1985-03-31.
    """
    steps = steps_of(report, record, calendar)
    found: list[Expression] = []
    if steps.some is not None:
        found.append(Ever(report.what, *_dates(steps.some, calendar), report.span))
    if steps.always is not None:
        found.append(Always(report.what, *_dates(steps.always, calendar), report.span))
    if steps.never is not None:
        found.append(Not(Ever(report.what, *_dates(steps.never, calendar), report.span), report.span))
    return found[0] if len(found) == 1 else And(tuple(found), report.span)


def reported(record: Record, estimate: Estimate) -> tuple[Probability, ...]:
    """The probability of what each report says, as a query."""
    calendar = calendar_of(estimate)
    if calendar is None:
        raise ValueError(f"{estimate.name} has no steps")
    return tuple(
        Probability(event_of(report, record, calendar), span=report.span) for report in record.reports
    )


def _dates(steps: Range, calendar: Calendar) -> tuple[Moment, Moment]:
    first, last = (calendar.ends[step] for step in steps)
    return Moment(first, first), Moment(last, last)
