"""Sentences of a document, put together across lines, notes and pages, each letter with its origin."""

from __future__ import annotations

import re
import unicodedata
from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING

from estimative.sources.layout import blocks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from estimative.sources.layout import Block
    from estimative.sources.paged import PagedText, Range

    _Add = Callable[[str, Sequence[int]], None]

_BREAK = re.compile(r"(?P<hyphen>[-\u2010\u00ac\u00ad])[ \t]*\r?\n\s*(?P<next>\w)|\s+|\u00ad")
_END = re.compile(r"[.!?][\"”\u2019')\]]*[\d*]{0,3}(?=\s+[\"\u201c\u2018(\[]*[A-Z0-9])")
_SHORT = re.compile(
    r"(?:\b(?:[A-Z]|U\.S|e\.g|i\.e|cf|p|pp|vol|Vol|no|No|ed|eds|al|Mr|Mrs|Ms|Dr|Gen|Col|Sen|St|Jan|Feb|Mar|Apr|"
    r"Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|approx|etc|vs|ibid|Ibid|fn|n))\.$"
)
_OPEN = re.compile(r"[\w,;—–-]\s*$|\u00ac\s*$")


@dataclass(frozen=True, eq=False)
class Sentence:
    """One sentence.

    Parameters
    ----------
    text
        As it reads: words broken at line ends joined, single spaces.
    origins
        For each character of it the offset in the document; one more for its end.
    page
        Index of the page where it begins.
    is_note
        Whether it stands in a note.
    """

    text: str
    origins: array[int]
    page: int
    is_note: bool

    @property
    def start(self) -> int:
        """Offset of its first character."""
        return self.origins[0]

    @property
    def end(self) -> int:
        """Offset after its last character."""
        return self.origins[len(self.text) - 1] + 1

    def origin(self, start: int, end: int) -> Range:
        """Offsets in the document of a stretch of it."""
        return self.origins[start], self.origins[end - 1] + 1

    def holds(self, start: int, end: int) -> bool:
        """Whether a stretch of the document has letters of this sentence; notes in between are not its own."""
        return any(start <= self.origins[index] < end for index in range(len(self.text)))


def sentences(paged: PagedText) -> tuple[Sentence, ...]:
    """The sentences of running text and notes, in the order of their beginnings; no headings, no tables."""
    text = paged.source.text
    found: list[Sentence] = []
    for run in _runs(text, blocks(paged)):
        found.extend(_split(paged, _readable(text, run), run[0].kind == "note"))
    return tuple(sorted(found, key=lambda sentence: sentence.start))


def _runs(text: str, pages: Sequence[Block]) -> Iterator[list[Block]]:
    """Blocks that read on: a paragraph, with its other half where a page or a note cuts it."""
    for kind in ("body", "note"):
        run: list[Block] = []
        for block in pages:
            if block.kind == "heading" and kind == "body" and run:
                yield run
                run = []
            if block.kind != kind:
                continue
            if run and not _reads_on(text, run[-1], block):
                yield run
                run = []
            run.append(block)
        if run:
            yield run


def _reads_on(text: str, one: Block, two: Block) -> bool:
    """Whether the second block goes on with the first one's sentence."""
    before = text[one.start : one.end]
    after = text[two.start : two.end].lstrip()
    if two.page - one.page > 1 or after.startswith(("•", "-", "*")):
        return False
    return bool(_OPEN.search(before)) and (after[:1].islower() or bool(re.search("[-\u00ac]\\s*$", before)))


def _readable(text: str, run: Sequence[Block]) -> tuple[str, array[int]]:
    """The text of some blocks as it reads, with the offset of every character."""
    pieces: list[str] = []
    origins = array("q")

    def add(letters: str, places: Sequence[int]) -> None:
        pieces.append(letters)
        origins.extend(places)

    for number, block in enumerate(run):
        at = block.start
        whole = text[block.start : block.end].rstrip()
        end = block.start + len(whole)
        goes_on = number + 1 < len(run)
        hyphenated = goes_on and whole[-1:] in "-\u00ac\u00ad\u2010"
        end -= hyphenated
        for match in _BREAK.finditer(text, at, end):
            _letters(text, at, match.start(), add)
            at = match.end()
            if match["hyphen"]:
                at = match.start("next")
                # A hyphen before a capital belongs to the word: Soviet-American.
                if match["hyphen"] == "-" and match["next"].isupper():
                    add("-", (match.start(),))
            elif match.group() != "\u00ad" and pieces:
                add(" ", (match.start(),))
        _letters(text, at, end, add)
        if goes_on and not hyphenated:
            add(" ", (end,))
    origins.append(run[-1].end)
    return "".join(pieces), origins


def _letters(text: str, start: int, end: int, add: _Add) -> None:
    """Add a stretch without white space, ligatures undone."""
    piece = text[start:end]
    if piece.isascii():
        add(piece, range(start, end))
        return
    for offset, character in enumerate(piece, start):
        plain = unicodedata.normalize("NFKC", character)
        add(plain, (offset,) * len(plain))


def _split(paged: PagedText, readable: tuple[str, array[int]], is_note: bool) -> Iterator[Sentence]:
    """The sentences of one run of text."""
    text, origins = readable
    start = 0
    ends = [
        match.end()
        for match in _END.finditer(text)
        if not _SHORT.search(text[max(0, match.start() - 8) : match.start() + 1])
    ]
    for end in [*ends, len(text)]:
        piece = text[start:end]
        one = start + len(piece) - len(piece.lstrip())
        two = start + len(piece.rstrip())
        start = end
        if two > one:
            yield Sentence(text[one:two], origins[one : two + 1], paged.page_at(origins[one]), is_note)
