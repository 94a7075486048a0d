"""Opening a document: its bytes within limits, its digest, its text, its pages."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from estimative.places.plain_files import read_plain
from estimative.places.source import Source
from estimative.sources import problems
from estimative.sources.paged import FileText
from estimative.sources.paging import paged_text
from estimative.sources.pdf import pdf_text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from estimative.places.problem import Problem
    from estimative.places.source import Span
    from estimative.sources.paged import PagedText

MAX_BYTES = 64_000_000
"""Size of a document's file."""
MAX_CHARACTERS = 20_000_000
"""Length of a text: some six thousand pages."""

_OTHERS = (
    (b"PK\x03\x04", "a ZIP file, such as a Word document"),
    (b"\xd0\xcf\x11\xe0", "an old Office file"),
    (b"{\\rtf", "a rich text file"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"II*\x00", "an image"),
    (b"MM\x00*", "an image"),
    (b"\x1f\x8b", "a compressed file"),
)
"""How files begin that are often taken for documents."""


def open_document(
    path: Path, pages: Mapping[str, int] | None = None, at: Span | None = None
) -> tuple[PagedText | None, tuple[Problem, ...]]:
    """The text of a document with its pages, and what is wrong with it; None where it cannot be read.

    Parameters
    ----------
    path
        A text file or a PDF. It is read once; nothing in it is run, fetched or followed.
    pages
        Page table of the estimate: for a page's name the line at which it begins; in a PDF, and in a text
        with form feeds, the count of the page in the file.
    at
        Where problems point; by default at the document.
    """
    place = at or Source(path.name, "").span(0, 0)
    content = _content(path, place)
    if not isinstance(content, bytes):
        return None, (content,)
    return read_document(path.name, content, pages or {}, place)


def read_document(
    name: str, content: bytes, pages: Mapping[str, int], place: Span
) -> tuple[PagedText | None, tuple[Problem, ...]]:
    """The same for a document whose bytes are at hand."""
    digest = sha256(content).hexdigest()
    if not content.strip():
        return None, (problems.empty(place, name),)
    if b"%PDF-" in content[:1024]:
        return pdf_text(FileText(Source(name, ""), digest, pages, place), content)
    text, found = _text(name, content, place)
    if text is None:
        return None, found
    if not text.strip():
        return None, (problems.empty(place, name),)
    if len(text) > MAX_CHARACTERS:
        return None, (problems.too_large(place, name, MAX_CHARACTERS),)
    paged, more = paged_text(FileText(Source(name, text), digest, pages, place))
    return paged, (*found, *more)


def _content(path: Path, place: Span) -> bytes | Problem:
    """Bytes of a plain file, at most `MAX_BYTES`."""
    content = read_plain(path, MAX_BYTES, follow=True)
    if isinstance(content, bytes):
        return content
    if content.size:
        return problems.too_large(place, path.name, MAX_BYTES)
    instead = f"it is a {content.kind}" if content.kind else "there is no such file"
    why = content.reason or instead
    return problems.cannot_be_opened(place, path.name, why)


def _text(name: str, content: bytes, place: Span) -> tuple[str | None, tuple[Problem, ...]]:
    """Text of bytes: UTF-8, UTF-16 with its mark, or else Windows-1252."""
    for start, what in _OTHERS:
        if content.startswith(start):
            return None, (problems.not_text(place, name, what),)
    if content[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return content.decode("utf-16", errors="replace"), ()
    if b"\x00" in content:
        return None, (problems.not_text(place, name, "a binary file"),)
    try:
        return content.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace"), (problems.not_utf8(place, name),)
