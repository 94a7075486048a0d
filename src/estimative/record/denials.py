"""Reports on one thing that deny each other: one says that it was so by a step, the other that it was not."""

from __future__ import annotations

from bisect import insort
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import islice, takewhile
from typing import TYPE_CHECKING

from estimative.record import problems
from estimative.record.steps import steps_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from estimative.estimate.expressions import Expression
    from estimative.places.calendar import Calendar
    from estimative.places.problem import Problem
    from estimative.record.report import Record
    from estimative.record.steps import Steps

MOST_NAMED = 10
"""Reports that one report is said to deny, of those that are known and of the others; the most opposed."""


@dataclass
class _Told:
    """What was told of one thing: until when it never was so, the longest first, and by when it was, the earliest first.

    Each with the number of the report.
    """

    never: list[tuple[int, int]] = field(default_factory=list)
    so: list[tuple[int, int]] = field(default_factory=list)

    def denied_by(self, steps: Steps) -> set[int]:
        """Numbers of the reports that cannot be true together with a new one."""
        so_by, never_by = steps.so_by, steps.never_by
        found: set[int] = set()
        if so_by is not None:
            longer = takewhile(lambda one: -one[0] >= so_by, self.never)
            found.update(number for _, number in islice(longer, MOST_NAMED))
        if never_by is not None:
            earlier = takewhile(lambda one: one[0] <= never_by, self.so)
            found.update(number for _, number in islice(earlier, MOST_NAMED))
        return found

    def add(self, steps: Steps, number: int) -> None:
        """Take up a report."""
        if steps.never_by is not None:
            insort(self.never, (-steps.never_by, number))
        if steps.so_by is not None:
            insort(self.so, (steps.so_by, number))


def denials(record: Record, calendar: Calendar) -> Iterator[Problem]:
    """Yield the pairs of reports on one thing that deny each other, by the later one."""
    told: dict[tuple[Expression, bool], _Told] = defaultdict(_Told)
    for number, report in enumerate(record.reports):
        steps, certain = steps_of(report, record, calendar), report.grade.is_certain
        denied = {
            earlier: known and certain
            for known in (True, False)
            for earlier in told[report.what, known].denied_by(steps)
        }
        for earlier, both_known in sorted(denied.items()):
            make = problems.cannot_both_be_so if both_known else problems.deny_each_other
            other = record.reports[earlier]
            yield make(report.span, report.name, other.name, other.span)
        told[report.what, certain].add(steps, number)
