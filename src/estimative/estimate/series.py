"""A series: dated numbers from a file beside the estimate."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from estimative.places.source import NOWHERE, Span

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True)
class Series:
    """Values by date, oldest first.

    `file`, `column` and `date_column` say where they were read, and `missing` which texts stand for a
    value that is not there. A value of a whole year, quarter or month is dated by its last day.
    `places` holds the cell of each value, and `cites` what a column `source` says of it ("" where
    there is no such column); both are empty for a series built in code.
    """

    file: str
    column: str
    dates: tuple[date, ...]
    values: tuple[float, ...]
    date_column: str = ""
    missing: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()
    places: tuple[Span, ...] = field(default=(), compare=False, repr=False)
    span: Span = field(default=NOWHERE, compare=False, repr=False)
