"""What stands on a page: running text, notes below it, headings, and cells of tables.

A scanned page has lost its type sizes. What is left: notes come last on a page, open with a mark, and are
misread more often than the running text because they are small. So a block's words are compared with the
whole document's: words that occur hardly anywhere else are misread, or names.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from estimative.sources.paged import PagedText, Range

Kind = Literal["body", "note", "heading", "cell"]

COMMON = 3
"""A word that occurs so often is no misreading of another."""
FEW_WORDS = 8
"""Below so many words a block says too little about its type."""
WORSE = 0.13
"""A block whose share of common words lies so far below the usual is small print."""
MOSTLY = 0.6
"""Share of small print among the words from a block to the end of its page that makes it all notes."""

_BLOCK = re.compile(r"(?:[^\n\f]*\S[^\n\f]*(?:\n|\Z))+")
_WORD = re.compile(r"[A-Za-z]{3,}")
_NOTE_MARK = re.compile(r"[*†‡§\"\u201c\u201d\u2018\u2019'•>,^]{1,3}\d{0,2}[A-Za-z(]|\d{1,3}[A-Z]")
_ENDS = re.compile(r"[.!?:;,\u00ac-][\"”\u2019')\]]*\d{0,3}\s*$")


@dataclass(frozen=True)
class Block:
    """Lines without a blank line between them."""

    kind: Kind
    start: int
    end: int
    page: int


def blocks(paged: PagedText) -> tuple[Block, ...]:
    """The blocks of a document, page by page; page numbers are none of them."""
    text = paged.source.text
    counts = Counter(word.lower() for word in _WORD.findall(text))
    pages = [_of_page(paged, index) for index in range(len(paged.pages))]
    shares = [share for page in pages for at in page if (share := _common(text, at, counts)) is not None]
    usual = median(shares) if shares else 1.0
    return tuple(
        block
        for index, page in enumerate(pages)
        for block in _kinds(text, page, index, _Print(counts, usual))
    )


@dataclass(frozen=True)
class _Print:
    """How well the document is read as a whole."""

    counts: Counter[str]
    usual: float


def _of_page(paged: PagedText, index: int) -> list[Range]:
    """Stretches of a page between blank lines, without its page number."""
    page = paged.pages[index]
    marks = [mark for mark in paged.marks if page.start <= mark[0] < page.end]
    found: list[Range] = []
    for match in _BLOCK.finditer(paged.source.text, page.start, page.end):
        start = match.start()
        for one, two in marks:
            if start <= one < match.end():
                found.append((start, one))
                start = two
        found.append((start, match.end()))
    return [at for at in found if paged.source.text[at[0] : at[1]].strip()]


def _common(text: str, at: Range, counts: Counter[str]) -> float | None:
    """Share of a block's words that are common in the document; None for a block of few words."""
    found = _WORD.findall(text[at[0] : at[1]])
    if len(found) < FEW_WORDS:
        return None
    return sum(counts[word.lower()] >= COMMON for word in found) / len(found)


def _kinds(text: str, page: Sequence[Range], index: int, print_: _Print) -> list[Block]:
    small = [_is_small(text, at, print_) for at in page]
    words = [len(_WORD.findall(text[start:end])) for start, end in page]
    notes = len(page)
    after = in_small = 0
    for first in range(len(page) - 1, 0, -1):
        after += words[first]
        in_small += words[first] if small[first] else 0
        if small[first] and in_small >= MOSTLY * after:
            notes = first
    return [
        Block("note" if number >= notes else _plain_kind(text[start:end]), start, end, index)
        for number, (start, end) in enumerate(page)
    ]


def _is_small(text: str, at: Range, print_: _Print) -> bool:
    """Whether a block looks like a note: by its mark, or by how badly it is read."""
    start, end = at
    share = _common(text, at, print_.counts)
    marked = _NOTE_MARK.match(text[start:end].lstrip()) is not None
    if share is None:
        found = _WORD.findall(text[start:end])
        known = sum(print_.counts[word.lower()] >= COMMON for word in found)
        return marked or 2 * known < len(found)
    return share < print_.usual - (WORSE / 2 if marked else WORSE)


def _plain_kind(text: str) -> Kind:
    """What a block of the running text is, by its look."""
    found = _WORD.findall(text)
    written = sum(character.isalnum() for character in text)
    if sum(map(len, found)) < written / 2 or not found:
        return "cell"
    if len(found) <= FEW_WORDS and not _ENDS.search(text) and not text.lstrip().startswith("•"):
        return "heading" if text.lstrip()[:1].isupper() else "body"
    return "body"
