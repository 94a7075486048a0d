"""Which steps of the estimate a report speaks of: a date inside a step is taken to say no more than it must."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from estimative.places.calendar import Calendar
    from estimative.record.report import Record, Report

Range = tuple[int, int]
"""Steps from the first to the last, both included; 0 is as-of."""


@dataclass(frozen=True)
class Steps:
    """What a report says of the ends of steps; all that is not None must be true.

    Parameters
    ----------
    some
        It was so at the end of some of these steps.
    always
        It was so at the end of each of them.
    never
        It was so at the end of none of them.
    """

    some: Range | None = None
    always: Range | None = None
    never: Range | None = None

    @property
    def so_by(self) -> int | None:
        """The step by whose end it had been so, None where that is not said."""
        return None if self.some is None else self.some[1]

    @property
    def never_by(self) -> int | None:
        """The step up to whose end it had never been so since as-of, None where that is not said."""
        return None if self.never is None or self.never[0] > 0 else self.never[1]


def steps_of(report: Report, record: Record, calendar: Calendar) -> Steps:
    """The steps that a report speaks of.

    States are known at the ends of steps. What had happened by a day had happened by the end of the step
    around it; what had not, had not at the end of the step before. So *by 14 May* is by 30 June where steps
    are quarters, and *not by 14 May* is not by 31 March.
    """
    begins = min(calendar.first_from(report.date.first), calendar.steps)
    around = min(calendar.first_from(report.date.last), calendar.steps)
    inside = calendar.steps_by(report.date.last)
    # Nothing is known of the time before as-of.
    known = report.date.first > calendar.ends[0]
    before = calendar.steps_by(report.date.first - timedelta(days=1)) if known else 0
    match report.when:
        case "seen":
            return Steps((begins, around), never=(0, before) if known else None)
        case "seen-by" | "by":
            return Steps((0, around))
        case "not-seen-by" | "not-by":
            return Steps(never=(0, inside))
        case "from":
            return Steps((begins, around), never=(before, before) if known else None)
        case "since":
            held = (around, calendar.steps_by(record.as_of.last))
            return Steps(
                (begins, around),
                always=held if held[0] <= held[1] else None,
                never=(before, before) if known else None,
            )
        case "at":
            return Steps((inside, around))
