"""Page marks in a text: lines that may be page numbers, and the run of them that makes sense.

A scanned text keeps the printed page numbers as short lines of their own, some lost, some misread, among
table cells that look the same. What tells a page number is the run: numbers that rise, one page of text
apart. So the best chain of exactly read numbers is found first, and misread ones are then looked for where
a number of the chain is missing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from math import log, sqrt
from statistics import median
from typing import TYPE_CHECKING

from estimative.sources.confusions import distance
from estimative.sources.numerals import from_roman, from_strokes, roman

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

LONGEST_MARK = 6
"""Characters of a line that may be a page number."""
LOOK_BACK = 150
"""How many candidates back a chain may reach for its last number."""
CROWD = 4
"""A candidate with so many others among its nearest lines is a cell of a table."""
MISREAD = 1.0
"""Highest cost of a misread page number; half of it for a number of one digit."""
SLACK = 0.75
"""How far from its due place a misread number may stand, in pages; it grows with the root of the gap."""
BEYOND = 6
"""How many pages after the last exactly read number a misread one is looked for."""
SHORTEST_PAGE = 200
"""Characters of text that a page holds at least, on average."""

_BRACKETED = re.compile(r"\[\s*(?:p|pp|page)\.?\s*([0-9]{1,4}|[ivxlc]{1,8})\s*\]", re.IGNORECASE)
_LINE = re.compile(r"[^\n]*\n?")
_AROUND = "-–—.·•*[]() \t"


@dataclass(frozen=True)
class Mark:
    """A line (or a sign such as ``[p. 12]``) that says a page's number."""

    number: int
    is_roman: bool
    start: int
    end: int


@dataclass(frozen=True)
class Candidate:
    """A short line between blank lines."""

    text: str
    start: int
    end: int
    is_cell: bool


def bracketed_marks(text: str) -> tuple[Mark, ...]:
    """Marks such as ``[p. 12]`` or ``[page vii]``; none unless there are two in rising order.

    >>> [mark.number for mark in bracketed_marks("[p. 1] one [p. 2] two")]
    [1, 2]
    """
    marks: list[Mark] = []
    for match in _BRACKETED.finditer(text):
        arabic = match[1].isdigit()
        number = int(match[1]) if arabic else from_roman(match[1])
        if number is None:
            continue
        mark = Mark(number, not arabic, match.start(), match.end())
        if marks and not mark.is_roman and not marks[-1].is_roman and number <= marks[-1].number:
            continue
        marks.append(mark)
    return tuple(marks) if len(marks) > 1 else ()


def candidates(text: str) -> tuple[Candidate, ...]:
    """Short lines that stand between blank lines (or at an end of the text)."""
    lines = [(match.group().strip(), match.start(), match.end()) for match in _LINE.finditer(text)]
    alone: list[tuple[str, int, int]] = []
    written: list[bool] = []
    for index, (line, start, end) in enumerate(lines):
        if not line:
            continue
        short = len(line) <= LONGEST_MARK
        free = (index == 0 or not lines[index - 1][0]) and (
            index + 1 == len(lines) or not lines[index + 1][0]
        )
        written.append(short and any(character.isdigit() for character in line))
        if short and free:
            alone.append((line.strip(_AROUND), start, end))
        else:
            alone.append(("", start, end))
    found = []
    for index, (line, start, end) in enumerate(alone):
        if line:
            near = sum(written[max(0, index - 4) : index + 5]) - written[index]
            found.append(Candidate(line, start, end, near >= CROWD))
    return tuple(found)


def printed_marks(text: str) -> tuple[Mark, ...]:
    """The page numbers printed in a text, arabic and before them roman; none where there is no run of them."""
    short = candidates(text)
    arabic = _chain(short, _arabic, len(text))
    length = page_length(arabic, len(text))
    if length is None:
        return ()
    arabic = _fill(_opening(arabic, short, length), short, length, is_roman=False)
    front = tuple(c for c in short if c.start < arabic[0].start)
    first = _chain(front, _roman, arabic[0].start, length)
    if first:
        first = _fill(_before(first, front, length), front, length, is_roman=True)
    return (*first, *arabic)


def page_length(marks: Sequence[Mark], size: int) -> float | None:
    """Median length of a page between marks of neighbouring pages, in characters; None without a run."""
    steps = [b.start - a.start for a, b in pairwise(marks) if b.number == a.number + 1]
    if len(marks) < 2 or not steps:
        return None
    length = median(steps)
    return length if SHORTEST_PAGE <= length <= size else None


def _arabic(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 4 and text[0] != "0" else None


def _roman(text: str) -> int | None:
    return from_roman(text) if len(text) > 1 else None


def _chain(
    short: Sequence[Candidate],
    number: Callable[[str], int | None],
    size: int,
    length: float | None = None,
) -> tuple[Mark, ...]:
    """The best run of exactly read numbers, found twice: once rising, then rising a page of text apart."""
    read = [
        Mark(value, number is _roman, c.start, c.end)
        for c in short
        if not c.is_cell and (value := number(c.text)) is not None
    ]
    if length is None:
        rough = _best(read, None)
        length = page_length(rough, size)
    return () if length is None else _best(read, length)


def _best(read: Sequence[Mark], length: float | None) -> tuple[Mark, ...]:
    """The chain with the highest score: one for each number, less what its distances cost."""
    scores: list[float] = []
    before: list[int] = []
    for index, mark in enumerate(read):
        score, link = 1.0, -1
        for back in range(max(0, index - LOOK_BACK), index):
            pages = mark.number - read[back].number
            if pages > 0:
                joined = scores[back] + 1.0 - _strain(mark.start - read[back].start, pages, length)
                if joined > score:
                    score, link = joined, back
        scores.append(score)
        before.append(link)
    if not scores:
        return ()
    at = max(range(len(scores)), key=scores.__getitem__)
    chain = []
    while at >= 0:
        chain.append(read[at])
        at = before[at]
    return tuple(reversed(chain))


def _strain(distance_in_text: int, pages: int, length: float | None) -> float:
    """What it costs that so many pages take so much text; without a length only pages left out count."""
    left_out = 0.05 * (pages - 1)
    if length is None:
        return left_out
    return left_out + abs(log(max(1, distance_in_text) / (pages * length)))


def _fill(
    chain: Sequence[Mark], short: Sequence[Candidate], length: float, *, is_roman: bool
) -> tuple[Mark, ...]:
    """The chain with misread numbers put in where pages are missing, and after its end."""
    beyond = range(0) if is_roman else range(chain[-1].number + 1, chain[-1].number + 1 + BEYOND)
    filled: list[Mark] = []
    for mark, following in zip(chain, [*chain[1:], None], strict=True):
        filled.append(mark)
        missing = range(mark.number + 1, following.number) if following else beyond
        upto = following.start if following else None
        pace = (
            length if following is None else (following.start - mark.start) / (following.number - mark.number)
        )
        for number in missing:
            due = mark.start + pace * (number - mark.number)
            slack = SLACK * pace * sqrt(number - mark.number)
            place = _Place(number, is_roman, due, slack, filled[-1].end, upto)
            found = _misread(place, short, pace)
            if found is not None:
                filled.append(found)
    return tuple(filled)


@dataclass(frozen=True)
class _Place:
    """Where a page number is due: near `due`, give or take `slack`, after one mark and before the next."""

    number: int
    is_roman: bool
    due: float
    slack: float
    after: int
    before: int | None


def _misread(place: _Place, short: Sequence[Candidate], pace: float) -> Mark | None:
    """The short line nearest to where a page number is due that may be a misreading of it."""
    printed = roman(place.number) if place.is_roman else str(place.number)
    allowed = MISREAD if len(printed) > 1 else MISREAD / 2
    best: tuple[float, Candidate] | None = None
    for candidate in short:
        if candidate.start < place.after or (place.before is not None and candidate.end > place.before):
            continue
        away = abs(candidate.start - place.due)
        if away > place.slack:
            continue
        if place.is_roman:
            cost = 0.0 if from_strokes(candidate.text) == place.number else 2 * MISREAD
        else:
            digits = any(character.isdigit() for character in candidate.text)
            cost = distance(candidate.text, printed) if digits else 2 * MISREAD
        if cost <= allowed and (not candidate.is_cell or cost == 0):
            score = cost + away / pace
            if best is None or score < best[0]:
                best = (score, candidate)
    return None if best is None else Mark(place.number, place.is_roman, best[1].start, best[1].end)


def _opening(chain: Sequence[Mark], short: Sequence[Candidate], length: float) -> tuple[Mark, ...]:
    """A chain with the number before its first: a chapter's first page has it at the foot, next to the second's."""
    first = chain[0]
    for candidate in reversed(short):
        near = 0 <= first.start - candidate.end <= 1.25 * length
        if near and not candidate.is_cell and _arabic(candidate.text) == first.number - 1:
            return (Mark(first.number - 1, is_roman=False, start=candidate.start, end=candidate.end), *chain)
    return tuple(chain)


def _before(chain: Sequence[Mark], short: Sequence[Candidate], length: float) -> tuple[Mark, ...]:
    """A roman chain with the number before its first: front matter has short pages, and misread numbers."""
    first = chain[0]
    for candidate in reversed(short):
        number = from_strokes(candidate.text) if len(candidate.text) > 1 else None
        if candidate.end > first.start or number is None or number >= first.number:
            continue
        if first.start - candidate.start <= 1.25 * length * (first.number - number):
            return (Mark(number, is_roman=True, start=candidate.start, end=candidate.end), *chain)
    return tuple(chain)
