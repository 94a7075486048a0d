"""A document's text with its pages: what every question about a source starts from."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from estimative.places.source import Source, Span

Basis = Literal["printed", "given", "label", "counted", "inferred"]
"""How a page is known: a number printed in the text, the estimate's page table, the PDF's own page labels,
counting page breaks, or a likely place between two pages that are known."""

Range = tuple[int, int]
"""Offsets into a text: start included, end excluded."""


@dataclass(frozen=True)
class Page:
    """One page: its name as printed (``vii``, ``31``; "" before the first), and where its text stands."""

    name: str
    start: int
    end: int
    basis: Basis


@dataclass(frozen=True, eq=False)
class FileText:
    """The text of a file, before its pages are known.

    Parameters
    ----------
    source
        The text, with the name of its file.
    digest
        SHA-256 of the file's bytes, in hexadecimal.
    table
        The estimate's page table: for a page's name the line, or the page of the file, at which it begins.
    place
        Where problems point.
    """

    source: Source
    digest: str
    table: Mapping[str, int]
    place: Span


@dataclass(frozen=True, eq=False)
class PagedText:
    """The text of a document, cut into pages.

    Parameters
    ----------
    source
        The text, with the name of its file.
    digest
        SHA-256 of the file's bytes, in hexadecimal: another digest, another document.
    pages
        In order, without a gap: the first starts at 0, the last ends with the text.
    marks
        Lines that are page numbers, not prose; running text leaves them out.
    table
        The estimate's page table, as it was used.
    """

    source: Source
    digest: str
    pages: tuple[Page, ...]
    marks: tuple[Range, ...] = ()
    table: tuple[tuple[str, int], ...] = ()

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        return tuple(page.start for page in self.pages)

    def page_at(self, offset: int) -> int:
        """Index of the page that holds an offset of the text."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def named(self, name: str) -> tuple[int, ...]:
        """Indices of the pages of a name; more than one where the numbering starts anew."""
        return tuple(index for index, page in enumerate(self.pages) if page.name == name)

    @property
    def has_pages(self) -> bool:
        """Whether any page of the document is known."""
        return any(page.name for page in self.pages)
