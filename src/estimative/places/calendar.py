"""The calendar of an estimate: its steps, and which of them a date or a duration means."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

StepName = Literal["month", "quarter", "year"]

MONTHS: dict[str, int] = {"month": 1, "quarter": 3, "year": 12}
"""Length of a step in months."""


def add_months(day: date, months: int) -> date:
    """The same day so many months later, or the last day of that month where there is none.

    >>> add_months(date(2024, 1, 31), 1)
    datetime.date(2024, 2, 29)
    """
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    last = (date(year + (month == 11), (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month + 1, min(day.day, last))


@dataclass(frozen=True)
class Calendar:
    """Steps and dates: step k ends on the last day of its k-th month, quarter or year after as-of.

    `ends[k]` is the last day of step k, and `ends[0]` the day before as-of. A state at step k is the
    state at the end of that day; step 0 is as-of.

    >>> calendar = Calendar.of(date(1984, 10, 1), 120, "quarter")
    >>> calendar.steps, str(calendar.ends[1]), str(calendar.ends[40])
    (40, '1984-12-31', '1994-09-30')
    >>> calendar.steps_by(date(1989, 12, 31)), calendar.first_from(date(1990, 1, 1))
    (21, 22)
    """

    as_of: date
    step: StepName
    ends: tuple[date, ...]

    @classmethod
    def of(cls, as_of: date, months: int, step: StepName) -> Calendar:
        """Calendar of the whole steps in so many months after as-of."""
        length = MONTHS[step]
        day = timedelta(days=1)
        return cls(
            as_of, step, tuple(add_months(as_of, k * length) - day for k in range(months // length + 1))
        )

    @property
    def steps(self) -> int:
        """Number of steps after as-of."""
        return len(self.ends) - 1

    @property
    def end(self) -> date:
        """Last day of the last step."""
        return self.ends[-1]

    def steps_by(self, day: date) -> int:
        """Number of steps that have ended by the end of a day: the step whose state is in force then."""
        return max(0, bisect_right(self.ends, day) - 1)

    def first_from(self, day: date) -> int:
        """First step that ends on or after a day: `steps` + 1 where there is none."""
        return bisect_left(self.ends, day)

    def steps_between(self, first: date, last: date) -> int:
        """Number of steps that end in the days from `first` to `last`, those after the horizon among them.

        >>> calendar = Calendar.of(date(1984, 10, 1), 12, "quarter")
        >>> calendar.steps_between(date(1985, 1, 1), date(1986, 12, 31))
        8
        """
        length = MONTHS[self.step]
        count = number = 0
        while (end := add_months(self.as_of, (number + 1) * length) - timedelta(days=1)) <= last:
            number += 1
            count += end >= first
        return count

    def steps_in(self, months: int, days: int = 0) -> int:
        """Number of whole steps in a duration counted from as-of."""
        last = add_months(self.as_of, months) + timedelta(days=days - 1)
        length = MONTHS[self.step]
        count = months // length
        while add_months(self.as_of, (count + 1) * length) - timedelta(days=1) <= last:
            count += 1
        return count
