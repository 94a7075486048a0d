"""The pages of a text: by its form feeds, its page signs, its printed page numbers, or the page table."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from estimative.sources import problems
from estimative.sources.breaks import Given, cut, joined
from estimative.sources.marks import bracketed_marks, page_length, printed_marks
from estimative.sources.numerals import from_roman, page_name
from estimative.sources.paged import Page, PagedText

if TYPE_CHECKING:
    from collections.abc import Sequence

    from estimative.places.problem import Problem
    from estimative.sources.paged import Basis, FileText, Range

USUAL_LENGTH = 3000
"""Characters of a page, where a page table is all that is known."""
AGREE = 0.3
"""Share of pages whose printed number must agree before the numbers are believed."""


def paged_text(file: FileText) -> tuple[PagedText, tuple[Problem, ...]]:
    """A text with its pages, and what is wrong with them."""
    source, digest, table = file.source, file.digest, tuple(file.table.items())
    text = source.text
    if text.count("\f") > 1:
        starts = [0, *(at + 1 for at, character in enumerate(text) if character == "\f")]
        # A form feed at the very end closes the last page and opens none.
        if text.endswith("\f"):
            written = len(text.rstrip())
            starts = [at for at in starts if at < written]
        return counted(file, starts, ("",) * len(starts))
    given, found = _given(file, source.line_starts, "line")
    signs = bracketed_marks(text)
    if signs:
        read = tuple(
            Page(page_name(m.number, is_roman=m.is_roman), m.start, len(text), "printed") for m in signs
        )
        marks: tuple[Range, ...] = tuple((m.start, m.end) for m in signs)
        front = () if read[0].start == 0 else (Page("", 0, 0, "inferred"),)
        return PagedText(source, digest, _put(joined((*front, *read), len(text)), given), marks, table), found
    printed = printed_marks(text)
    length = page_length([m for m in printed if not m.is_roman], len(text)) or USUAL_LENGTH
    numbered = [
        Given(number, is_roman, at)
        for name, at in given
        for number, is_roman in [_number(name)]
        if number is not None
    ]
    if not printed and not given:
        whole = (Page("", 0, len(text), "inferred"),)
        return PagedText(source, digest, whole), (*found, problems.no_page_marks(file.place, source.name))
    cut_pages = cut(text, printed, length, numbered)
    named = [(name, at) for name, at in given if _number(name)[0] is None]
    return (
        PagedText(source, digest, _put(cut_pages, named), tuple((m.start, m.end) for m in printed), table),
        found,
    )


def counted(
    file: FileText, starts: Sequence[int], labels: Sequence[str]
) -> tuple[PagedText, tuple[Problem, ...]]:
    """A text whose page breaks are known: pages get their names by table, label, printed number or count.

    Parameters
    ----------
    file
        The text.
    starts
        Offset at which each page begins.
    labels
        The name that the file gives each page, "" where it gives none.
    """
    text = file.source.text
    ends = [*starts[1:], len(text)]
    names: list[tuple[str, Basis]] = [("", "counted")] * len(starts)
    marks: tuple[Range, ...] = ()
    if any(label and label != str(number) for number, label in enumerate(labels, 1)):
        names = [(label, "label") for label in labels]
    else:
        names, marks = _printed_names(text, list(zip(starts, ends, strict=True)))
    given, found = _given(file, range(len(starts)), "page")
    for (name, at), (_, upto) in pairwise([*given, ("", len(starts))]):
        number, is_roman = _number(name)
        for index in range(at, upto):
            shown = name if number is None else page_name(number + index - at, is_roman=is_roman)
            if number is not None or index == at:
                names[index] = (shown, "given")
    cut_pages = tuple(
        Page(name, start, end, basis) for (name, basis), start, end in zip(names, starts, ends, strict=True)
    )
    return PagedText(file.source, file.digest, cut_pages, marks, tuple(file.table.items())), found


def _printed_names(
    text: str, stretches: Sequence[Range]
) -> tuple[list[tuple[str, Basis]], tuple[Range, ...]]:
    """Names of pages from the numbers at their head or foot, where enough of them agree; else their count."""
    seen: dict[bool, dict[int, tuple[int, Range]]] = {True: {}, False: {}}
    for index, (start, end) in enumerate(stretches):
        for line_start, line in _edges(text, start, end):
            number, is_roman = _number(line.strip("-–— .[]"))
            if number is not None and index not in seen[is_roman]:
                seen[is_roman][index] = (number, (line_start, line_start + len(line)))
    names: list[tuple[str, Basis]] = [(str(index + 1), "counted") for index in range(len(stretches))]
    marks: list[Range] = []
    first = len(stretches)
    for is_roman in (False, True):
        shifts = Counter(number - index for index, (number, _) in seen[is_roman].items() if index < first)
        shift, votes = max(shifts.items(), key=lambda item: item[1], default=(0, 0))
        agreeing = [i for i, (number, _) in seen[is_roman].items() if number - i == shift and i < first]
        if votes < (2 if is_roman else max(2, AGREE * len(stretches))):
            continue
        begins = max(0, 1 - shift) if is_roman else min(agreeing)
        for index in range(begins, first):
            names[index] = (page_name(index + shift, is_roman=is_roman), "printed")
        if not is_roman:
            names[:begins] = [("", "counted")] * begins
        marks.extend(seen[is_roman][index][1] for index in agreeing)
        first = begins
    return names, tuple(sorted(marks))


def _edges(text: str, start: int, end: int) -> list[tuple[int, str]]:
    """The first and the last written line of a page, with their offsets."""
    page = text[start:end]
    body = page.strip()
    if not body:
        return []
    head = page.index(body)
    last = body.rfind("\n") + 1
    return [(start + head, body.partition("\n")[0]), (start + head + last, body[last:])]


def _number(name: str) -> tuple[int | None, bool]:
    """The number that a page's name is, and whether it is roman."""
    if name.isascii() and name.isdigit() and len(name) <= 4:
        return int(name), False
    return from_roman(name), True


def _given(
    file: FileText, starts: Sequence[int], unit: str
) -> tuple[list[tuple[str, int]], tuple[Problem, ...]]:
    """The page table as offsets, in the order of the document, and what is wrong with it."""
    pages, place, name = file.table, file.place, file.source.name
    found = [
        problems.no_such_place(place, name, page, number, f"its last {unit} is {len(starts)}")
        for page, number in pages.items()
        if not 1 <= number <= len(starts)
    ]
    given = sorted(
        ((page, number) for page, number in pages.items() if 1 <= number <= len(starts)),
        key=lambda item: item[1],
    )
    for (one, _), (two, _) in pairwise(given):
        (first, roman_one), (second, roman_two) = _number(one), _number(two)
        if first is not None and second is not None and roman_one == roman_two and second <= first:
            found.append(problems.pages_out_of_order(place, name, one, two))
    return [(page, starts[number - 1]) for page, number in given], tuple(found)


def _put(pages: Sequence[Page], given: Sequence[tuple[str, int]]) -> tuple[Page, ...]:
    """Pages with some of them moved to where the page table says, or added there."""
    names = {name for name, _ in given}
    kept = [page for page in pages if page.name not in names]
    size = pages[-1].end
    return joined([*kept, *(Page(name, at, size, "given") for name, at in given)], size)
