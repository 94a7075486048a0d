"""A record as it was written: reports of what was seen and of what was so, each with its grade."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from estimative.places.source import NOWHERE, Span

if TYPE_CHECKING:
    from estimative.estimate.expressions import Expression
    from estimative.estimate.nodes import Document
    from estimative.estimate.values import Citation, Moment
    from estimative.record.grades import Grade

When = Literal["seen", "seen-by", "not-seen-by", "from", "since", "by", "not-by", "at"]
"""How a date is meant: the keys of a report under which it may stand."""


@dataclass(frozen=True)
class Report:
    """One report: that a signal was seen or was not, or that something was so.

    `what` is the signal as a name, or what a fact speaks of; `when` says how `date` is meant.
    """

    name: str
    what: Expression
    when: When
    date: Moment
    grade: Grade
    says: str = ""
    cites: tuple[Citation, ...] = ()
    note: str = ""
    span: Span = field(default=NOWHERE, compare=False, repr=False)

    @property
    def is_observation(self) -> bool:
        """Whether it speaks of a signal."""
        return self.when in {"seen", "seen-by", "not-seen-by"}


@dataclass(frozen=True)
class Record:
    """All reports of one file, in the order in which they were written.

    `estimate` is the id of the estimate whose world it records, and `as_of` when it was closed.
    """

    name: str
    estimate: str
    as_of: Moment
    reports: tuple[Report, ...]
    title: str = ""
    note: str = ""
    sources: tuple[Document, ...] = ()
    span: Span = field(default=NOWHERE, compare=False, repr=False)
