"""What the analyst writes in one value: moments, durations, likelihoods, citations, references."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from estimative.places.source import NOWHERE, Span

if TYPE_CHECKING:
    from datetime import date

# Spans stand outside equality and repr, so that `read(write(e)) == e` is an honest test.


@dataclass(frozen=True)
class Text:
    """Words of the analyst, with their place."""

    text: str
    span: Span = field(default=NOWHERE, compare=False, repr=False)

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Reference:
    """The name of something declared elsewhere."""

    name: str
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True)
class Moment:
    """A day, month or year: the first and the last day that it covers.

    ``1990`` covers 1990-01-01 to 1990-12-31: it starts where something starts and ends where something ends.
    """

    first: date
    last: date
    span: Span = field(default=NOWHERE, compare=False, repr=False)


Unit = Literal["day", "month", "quarter", "year"]


@dataclass(frozen=True)
class Duration:
    """A whole number of days, months, quarters or years."""

    count: int
    unit: Unit
    span: Span = field(default=NOWHERE, compare=False, repr=False)

    @property
    def months(self) -> int:
        """Length in months; a day counts as none."""
        return self.count * {"day": 0, "month": 1, "quarter": 3, "year": 12}[self.unit]


# -- likelihoods ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Word:
    """A word of likelihood, as written: ``unlikely``, ``could well``."""

    text: str
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True)
class Percent:
    """A number: ``70%`` is 0.7."""

    value: float
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True)
class PercentRange:
    """Anything between two numbers: ``20-40%``."""

    low: float
    high: float
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True)
class Tally:
    """A reference class: ``4 of 28``, a Beta posterior with Jeffreys prior."""

    hits: int
    cases: int
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True)
class Alternatives:
    """Several wordings of one judgement, ``could / may well``: a reading takes one."""

    wordings: tuple[Word | Percent | PercentRange | Tally | Unknown, ...]
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True)
class Unknown:
    """``unknown``: anything from 0 to 1."""

    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True)
class TheRest:
    """``the rest``, in a lottery only: what the other levels leave of one."""

    span: Span = field(default=NOWHERE, compare=False, repr=False)


Likelihood = Word | Percent | PercentRange | Tally | Alternatives | Unknown
"""Every form of a likelihood; a lottery's level may also be `TheRest`."""

Confidence = Literal["low", "moderate", "high"]


@dataclass(frozen=True)
class Citation:
    """``SOURCE p.PAGE "a few words"``: where a passage stands and a short phrase to find it by.

    `pages` are page names as printed, roman or arabic; more than one where a passage runs over.
    """

    source: str
    pages: tuple[str, ...]
    phrase: str
    span: Span = field(default=NOWHERE, compare=False, repr=False)
