"""From page marks to pages: head or foot of the page, and the breaks whose mark was lost."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from math import inf, log
from typing import TYPE_CHECKING, Literal

from estimative.sources.numerals import page_name
from estimative.sources.paged import Basis, Page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from estimative.sources.marks import Mark

Stand = Literal["head", "foot"]

SWITCH = 0.3
"""Cost of a mark that stands at the other end of its page than the one before."""
RARE = 0.3
"""Cost of a mark at the end where this document's marks seldom stand."""
MOST_LOST = 30
"""Where more breaks in a row are lost, gaps say nothing: pages are then cut evenly."""
MOST_GAPS = 150
"""Gaps of one stretch that are weighed, the likeliest."""
LAST_PAGE = 0.4
"""Most that a short page costs before a heading in capitals."""
SAME_BREAK = 0.15
"""A foot mark and the next head mark at most so many pages apart belong to one break."""
_GAP = re.compile(r"\n[ \t]*\n(?:[ \t]*\n)+")
_HEADING = re.compile(r"(?=.*[A-Z]{4})[^a-z]*")
_ENDED = re.compile(r"[.!?:;)\]\u201d\"\u2019'][\s]*$")


@dataclass(frozen=True)
class Given:
    """A page of the estimate's page table, by its number, with the offset at which it begins."""

    number: int
    is_roman: bool
    start: int


def cut(text: str, marks: Sequence[Mark], length: float, given: Sequence[Given] = ()) -> tuple[Page, ...]:
    """Pages between the breaks that marks stand for, and between likely breaks where a mark was lost.

    Parameters
    ----------
    text
        The whole text.
    marks
        Page numbers found in it, in order; roman ones before arabic ones.
    length
        Usual length of a page, in characters.
    given
        What the estimate says of pages; marks that contradict it give way.
    """
    pages: list[Page] = []
    start = 0
    for is_roman in (True, False):
        run = [mark for mark in marks if mark.is_roman == is_roman]
        known: dict[int, tuple[int, Basis]] = {}
        if run:
            stands = _stands(text, run, length)
            known = _breaks(run, stands)
            if stands[0] == "foot":
                # The text above a first foot mark is its page; what came before has no number.
                known[run[0].number] = (_likely_start(text, start, run[0].start, length), "inferred")
        known = _corrected(known, [page for page in given if page.is_roman == is_roman])
        if known:
            pages.extend(_pages(text, known, len(text), length, is_roman=is_roman))
            start = pages[-1].start
    if not pages or min(page.start for page in pages) > 0:
        pages.append(Page("", 0, 0, "inferred"))
    return joined(pages, len(text))


def _corrected(known: dict[int, tuple[int, Basis]], given: Sequence[Given]) -> dict[int, tuple[int, Basis]]:
    """Known breaks with the given ones, without those that stand on the wrong side of a given one."""
    kept = {
        number: (at, basis)
        for number, (at, basis) in known.items()
        if all((number < page.number) == (at < page.start) for page in given if page.number != number)
    }
    return kept | {page.number: (page.start, "given") for page in given}


def _stands(text: str, run: Sequence[Mark], length: float) -> list[Stand]:
    """Whether each mark stands at the head or the foot of its page: the cheapest way to explain the text.

    A mark at the head of page n begins page n; one at the foot begins page n + 1. Where only the whole run
    could be either, what follows the last mark decides: next to nothing after a foot, a page after a head.
    """
    usual: Stand = "foot" if len(text) - run[-1].end < SAME_BREAK * length else "head"
    ends: tuple[Stand, Stand] = ("head", "foot")
    costs = {stand: 0.0 if stand == usual else RARE for stand in ends}
    links: list[dict[Stand, Stand]] = []
    for one, two in pairwise(run):
        new: dict[Stand, float] = {}
        link: dict[Stand, Stand] = {}
        for stand in ends:
            options = {
                before: costs[before]
                + _step_cost(text, (one, before), (two, stand), length)
                + (SWITCH if stand != before else 0.0)
                + (RARE if stand != usual else 0.0)
                for before in ends
            }
            link[stand] = min(options, key=options.__getitem__)
            new[stand] = options[link[stand]]
        costs = new
        links.append(link)
    stand = min(costs, key=costs.__getitem__)
    stands = [stand]
    for link in reversed(links):
        stand = link[stand]
        stands.append(stand)
    return stands[::-1]


def _opens(mark: Mark, stand: Stand) -> int:
    """Number of the page that begins at a mark."""
    return mark.number + (stand == "foot")


def _place(mark: Mark, stand: Stand) -> int:
    """Where that page begins: with the mark's own line, or after it."""
    return mark.start if stand == "head" else mark.end


def _step_cost(text: str, one: tuple[Mark, Stand], two: tuple[Mark, Stand], length: float) -> float:
    """What the text between two marks costs, if they stand so."""
    pages = _opens(*two) - _opens(*one)
    start, end = _place(*one), _place(*two)
    if pages < 0:
        return inf
    if pages == 0:
        return 0.0 if end - start < SAME_BREAK * length else inf
    return _likely_breaks(text, (start, end), pages - 1, length)[0]


def _breaks(run: Sequence[Mark], stands: Sequence[Stand]) -> dict[int, tuple[int, Basis]]:
    """Where each known page begins; a foot mark gives way to the head mark of the same break."""
    known: dict[int, tuple[int, Basis]] = {}
    for mark, stand in zip(run, stands, strict=True):
        if stand == "head" or _opens(mark, stand) not in known:
            known[_opens(mark, stand)] = (_place(mark, stand), "printed")
    return known


@dataclass(frozen=True)
class _Gap:
    """A place where a page may begin, what that costs, and whether a new chapter begins there."""

    at: int
    cost: float
    opens: bool = False


def _gaps(text: str, start: int, end: int) -> list[_Gap]:
    """Places where a page may begin in a stretch of text, each with its cost: two blank lines or more.

    A sentence that runs on across the gap speaks for a page break, and so does a heading in capitals.
    """
    found = []
    for match in _GAP.finditer(text, start, end):
        before = text[max(start, match.start() - 40) : match.start()]
        line = text[match.end() : match.end() + 100].partition("\n")[0]
        opens = _HEADING.fullmatch(line) is not None
        cost = 0.35 - 0.1 * min(3, match.group().count("\n") - 3)
        if line[:1].islower() or opens:
            cost -= 0.4
        if not _ENDED.search(before):
            cost -= 0.2
        found.append(_Gap(match.end(), cost, opens))
    return found


def _likely_start(text: str, start: int, end: int, length: float) -> int:
    """Where the page that ends at `end` begins, if its mark stands at its foot."""
    gaps = [gap for gap in _gaps(text, start, end) if gap.at < end - 0.1 * length]
    if not gaps:
        return max(start, round(end - length))
    return min(gaps, key=lambda gap: abs(log((end - gap.at) / length)) + gap.cost).at


def _pages(
    text: str, known: dict[int, tuple[int, Basis]], end: int, length: float, *, is_roman: bool
) -> list[Page]:
    """Pages from the first known break to the last, with likely breaks in between."""
    numbers = sorted(known)
    pages = []
    for number, following in zip(numbers, [*numbers[1:], None], strict=True):
        at, basis = known[number]
        pages.append(Page(page_name(number, is_roman=is_roman), at, end, basis))
        if following is not None:
            _, cuts = _likely_breaks(text, (at, known[following][0]), following - number - 1, length)
            names = (page_name(number + 1 + step, is_roman=is_roman) for step in range(len(cuts)))
            pages.extend(Page(name, place, end, "inferred") for name, place in zip(names, cuts, strict=True))
    return pages


def _likely_breaks(text: str, stretch: tuple[int, int], count: int, length: float) -> tuple[float, list[int]]:
    """So many breaks in a stretch of text, for pages of the usual length and gaps that look like breaks.

    With what they cost. A line end near each even cut is always possible, at a price.
    """
    start, end = stretch
    even = (end - start) / (count + 1)
    ends = [
        text.rfind("\n", start, at) + 1 or at for at in (start + round(even * n) for n in range(1, count + 1))
    ]
    if count > MOST_LOST:
        return count + _uneven(round(even), length) * (count + 1), sorted(
            {at for at in ends if start < at < end}
        )
    gaps = sorted(_gaps(text, start, end), key=lambda gap: gap.cost)[:MOST_GAPS]
    gaps = sorted([*gaps, *(_Gap(at, 1.0) for at in ends)], key=lambda gap: gap.at)
    # best[place]: lowest cost of the breaks so far if the last is there, and the breaks themselves.
    best: dict[int, tuple[float, list[int]]] = {start: (0.0, [])}
    for _ in range(count):
        row: dict[int, tuple[float, list[int]]] = {}
        for gap in gaps:
            options = [
                (total + gap.cost + _uneven(gap.at - since, length, opens=gap.opens), [*places, gap.at])
                for since, (total, places) in best.items()
                if since < gap.at < end
            ]
            if options:
                row[gap.at] = min([*options, *([row[gap.at]] if gap.at in row else [])])
        best = row or best
    return min((total + _uneven(end - since, length), places) for since, (total, places) in best.items())


def _uneven(characters: int, length: float, *, opens: bool = False) -> float:
    """What a page of so many characters costs; the last page of a chapter is often short."""
    cost = abs(log(max(1, characters) / length))
    return min(cost, LAST_PAGE) if opens and length / 10 < characters < length else cost


def joined(pages: Sequence[Page], size: int) -> tuple[Page, ...]:
    """Pages in order, without gap or overlap: each ends where the next begins; empty ones go."""
    ordered = sorted(pages, key=lambda page: page.start)
    ends = [*(page.start for page in ordered[1:]), size]
    return tuple(
        Page(page.name, page.start, end, page.basis)
        for page, end in zip(ordered, ends, strict=True)
        if end > page.start
    )
