"""A series: dated numbers from a file beside the estimate."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from estimative.places.source import NOWHERE, Span

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True)
class Series:
    """Values by date, oldest first; `file` and `column` say where they were read."""

    file: str
    column: str
    dates: tuple[date, ...]
    values: tuple[float, ...]
    span: Span = field(default=NOWHERE, compare=False, repr=False)
