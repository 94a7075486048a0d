"""Blocks as one HTML page: no script, nothing fetched, every text escaped."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import TYPE_CHECKING

from estimative.places.excerpt import marked_line, told, visible
from estimative.show.blocks import (
    SEVERITIES,
    STRIPS,
    Beside,
    Block,
    Bullets,
    Cell,
    Column,
    Heading,
    Listing,
    Mark,
    Paragraph,
    Part,
    Picture,
    Problems,
    Spark,
    Strip,
    Table,
    Verdict,
    Words,
    plain,
)
from estimative.show.draw import draw, style
from estimative.show.figures import Diagram
from estimative.show.key import key
from estimative.show.markup import Html, join, tag
from estimative.show.numerals import chance, chance_range, percent
from estimative.show.svg import path

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from estimative.places.problem import Problem
    from estimative.places.source import Span
    from estimative.show.blocks import Role


NARROW, ROOM = 44, 130
"""Characters that have room side by side on a telephone, and on a page."""

STRIP, WORD = 18, 12
"""Characters that are as wide as a strip, and that running text needs where it is broken over lines."""

EDGE, ACROSS = 5.0, 120.0
"""Where the line of a strip begins, with room for half a dot, and its length: 130 in all."""


def page(title: str, blocks: Sequence[Block], foot: str) -> str:
    """A whole page; parts at its top level make the contents, which stand before the first of them."""
    css = style()
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=policy),
        tag("meta", name="referrer", content="no-referrer"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("title", title),
        tag("style", Html(css)),
    )
    parts = [block.title for block in blocks if isinstance(block, Part)]
    links = [tag("li", tag("a", name, href=f"#{anchor(name)}")) for name in parts]
    contents = tag("nav", tag("ul", *links), aria_label="Contents") if len(parts) > 1 else None
    start = next((place for place, block in enumerate(blocks) if isinstance(block, Part)), len(blocks))
    opening, rest = ([markup(block) for block in some] for some in (blocks[:start], blocks[start:]))
    body = tag("body", *opening, contents, tag("main", *rest), tag("footer", tag("p", foot, class_="quiet")))
    return f"<!DOCTYPE html>\n{tag('html', head, body, lang='en')}\n"


SIGNS = {">=": " at least ", "<=": " at most ", ">": " above ", "<": " below ", "=": " is ", "|": " given "}
"""What tells one query from another, in words that an address may have."""


def anchor(name: str) -> str:
    """Name of a place on the page.

    >>> anchor("What it hangs on"), anchor("P(ever x >= 2)")
    ('what-it-hangs-on', 'p-ever-x-at-least-2')
    """
    for sign, words in SIGNS.items():
        name = name.replace(sign, words)
    return re.sub(r"[\W_]+", "-", name.lower()).strip("-")


def markup(block: Block) -> Html:
    """A block as HTML."""
    match block:
        case Heading(text, level):
            return tag(f"h{level}", *pieces((text,)))
        case Paragraph(words):
            return tag("p", *pieces(words))
        case Bullets(items):
            return tag("ul", *(tag("li", *pieces(item)) for item in items))
        case Listing(lines):
            return _listing(lines)
        case Table():
            return _table(block)
        case Verdict():
            return _verdict(block)
        case Picture():
            return _picture(block)
        case Beside(pictures):
            return tag("div", *(_picture(one, beside=True) for one in pictures), class_="beside")
        case Problems(problems):
            return join(*map(_problem, problems))
        case Part(title, blocks, folded):
            inside = [markup(part) for part in blocks]
            if folded:
                # Browsers open what is folded for a place inside it, not for the fold itself.
                return tag(
                    "details", tag("summary", *pieces((title,))), tag("div", *inside, id=anchor(title))
                )
            return tag("section", tag("h2", *pieces((title,))), *inside, id=anchor(title))


def _problem(problem: Problem) -> Html:
    """What is wrong as a paragraph, then where, with the line; an excerpt's lines are not broken."""
    code = tag("span", f"{problem.severity}[{problem.code}]", class_=SEVERITIES[problem.severity])
    return tag(
        "div",
        tag("p", code, " ", *pieces((told(problem.says),))),
        _marked(problem.span, "^"),
        tag("p", "Try: ", *pieces((told(problem.hint),))) if problem.hint else None,
        *(_marked(span, "-", visible(says)) for span, says in problem.see_also),
        class_="problem",
    )


def _marked(span: Span, mark: str, says: str = "") -> Html:
    """A place in a text with its line, or its place alone where the text has no lines."""
    lines = marked_line(span, mark)
    place = tag("p", tag("code", str(span.place)), f": {says}" if says else None, class_="quiet")
    return join(place, _listing(lines) if lines else None)


def _listing(lines: Sequence[Words]) -> Html:
    """Lines that are not broken."""
    scrolls = max((len(plain((line,))) for line in lines), default=0) > ROOM
    inside = (join(*(["\n"] if at else []), *pieces((line,))) for at, line in enumerate(lines))
    return tag("pre", *inside, tabindex="0" if scrolls else None)


def _picture(picture: Picture, *, beside: bool = False) -> Html:
    """A drawing under its title and its sentence; of courses also with a key, which stands in for their labels."""
    figure = picture.figure
    courses = key(figure)
    return tag(
        "figure",
        tag(
            "figcaption",
            tag("strong", *pieces((figure.title,))),
            *pieces((f" {picture.caption}",) if picture.caption else ()),
        ),
        _wide(draw(figure, beside=beside), figure.title, scrolls=isinstance(figure, Diagram)),
        courses,
        class_="courses" if courses else None,
    )


def pieces(words: Iterable[Words]) -> list[Html]:
    """Pieces of text, each with its role as its class."""
    return [
        tag("span", _unbroken(word.text), class_=word.role)
        if isinstance(word, Mark) and word.role != "plain" and word.text
        else _unbroken(word.text if isinstance(word, Mark) else word)
        for word in words
    ]


HYPHENED = re.compile(r"(\b\d{4}-\d\d(?:-\d\d)?\b|\b[a-z]+-\d+\b)")
"""Dates and names of standards: lines would break at their hyphens."""


def _unbroken(text: str) -> Html:
    """A text whose dates stay on one line."""
    parts = HYPHENED.split(text)
    return join(*(tag("span", part, class_="unbroken") if at % 2 else part for at, part in enumerate(parts)))


def _verdict(verdict: Verdict) -> Html:
    share = verdict.share
    left = tag(
        "div",
        tag("span", verdict.word, class_=verdict.role),
        *([tag("br"), _share(share, verdict.role), percent(share)] if share is not None else []),
    )
    lines = [tag("small", *pieces(line)) for line in verdict.lines]
    return tag("div", left, tag("div", tag("p", *pieces((verdict.says,))), *lines), class_="verdict")


def _share(share: float, role: Role) -> Html:
    """A share as a bar, 90 wide."""
    tone = role if role in {"good", "mixed", "bad"} else "plain"
    return tag(
        "svg",
        tag("rect", x=0.0, y=0.0, width=90.0, height=8.0, rx=2.0, class_="empty"),
        tag("rect", x=0.0, y=0.0, width=90 * share, height=8.0, rx=2.0, class_=f"tone-{tone}"),
        viewBox="0 0 90 8",
        role="img",
        aria_label=percent(share),
    )


def _table(table: Table) -> Html:
    """A table under its title; on a narrow screen one that is too wide for it is laid out as a list of its rows."""
    listed = len(table.columns) > 1 and _width(table) > NARROW

    def part(name: str, role: str, *children: Html | None, **attributes: str | None) -> Html:
        # What is laid out as a list is no table to some browsers unless its parts say what they are.
        return tag(name, *children, role=role if listed else None, **attributes)

    def row_of(cells: Sequence[Cell]) -> Html:
        first, *others = (
            (_cell(cell), {"class_": _side(column), "data_name": named(column, place)})
            for place, (cell, column) in enumerate(zip(cells, table.columns, strict=True))
        )
        name = part("th", "rowheader", first[0], scope="row", **first[1])
        return part("tr", "row", name, *(part("td", "cell", inside, **with_) for inside, with_ in others))

    def named(column: Column, place: int) -> str | None:
        # A row's name needs none unless it is a number, nor do numbers beside a drawing of themselves.
        speaks = STRIPS in table.columns or (place == 0 and column.align == "left")
        return column.title if listed and column.title and not speaks else None

    head = None
    if any(column.title for column in table.columns):
        titles = (
            part("th", "columnheader", _head(column), class_=_side(column), scope="col")
            for column in table.columns
        )
        head = part("thead", "rowgroup", part("tr", "row", *titles))
    body = part("tbody", "rowgroup", *map(row_of, table.rows))
    whole = part(
        "table", "table", head, body, class_="listed" if listed else None, aria_label=table.title or None
    )
    title = tag("figcaption", tag("strong", *pieces((table.title,)))) if table.title else None
    return tag(
        "figure", title, _wide(whole, table.title, scrolls=_width(table, broken=True) > ROOM), class_="rows"
    )


def _wide(inside: Html, title: str, *, scrolls: bool) -> Html:
    """What may be wider than the page; `scrolls`: it is so on most screens, so keys must reach it to move it."""
    reached = {"tabindex": "0", "role": "group", "aria_label": title or "Table"} if scrolls else {}
    return tag("div", inside, class_="wide", **reached)


def _side(column: Column) -> str | None:
    return "right" if column.align == "right" else "whole" if column.whole else None


def _width(table: Table, *, broken: bool = False) -> int:
    """Characters that a table needs side by side; `broken`: where running text is broken over lines."""
    widths = []
    for place, column in enumerate(table.columns):
        lengths = [_length(row[place]) for row in table.rows]
        if _side(column):
            widths.append(max([*lengths, len(column.title)]))
        else:
            widths.append(WORD if broken else max(lengths, default=0))
    return sum(widths) + 2 * len(widths)


def _length(cell: Cell) -> int:
    return STRIP if isinstance(cell, Strip | Spark) else len(plain((cell,)))


def _head(column: Column) -> Html:
    """Head of a column; over strips its two ends stand where theirs are."""
    if column != STRIPS:
        return join(column.title)
    low, *_, high = column.title.split()
    return tag("div", tag("span", low), tag("span", high), class_="ends")


def _cell(cell: Cell) -> Html:
    match cell:
        case Strip(low, median, high):
            return _strip(low, median, high)
        case Spark(values):
            return _spark(values)
        case _:
            return join(*pieces((cell,)))


def _strip(low: float, median: float | None, high: float) -> Html:
    """A range on a line from 0 to 1."""
    first, last = (EDGE + ACROSS * end for end in (low, high))
    said = chance_range(low, high)
    dot = None
    if median is not None:
        said = f"{chance(median)} ({said})"
        dot = tag("circle", cx=EDGE + ACROSS * median, cy=9.0, r=4.5, class_="tone-plain")
    width = max(last - first, 2)
    return tag(
        "svg",
        tag("title", said),
        tag("line", x1=EDGE, y1=9.0, x2=EDGE + ACROSS, y2=9.0, class_="grid"),
        tag("rect", x=first, y=6.0, width=width, height=6.0, rx=3.0, class_="range tone-plain"),
        dot,
        viewBox="0 0 130 18",
        role="img",
    )


def _spark(values: Sequence[float]) -> Html:
    """A course in a cell, as wide as a strip, between lines at 0 and 1."""
    last = max(len(values) - 1, 1)
    places = [(EDGE + ACROSS * number / last, 16 - 14 * value) for number, value in enumerate(values)]
    said = f"from {percent(values[0])} to {chance(values[-1])}" if values else "no course"
    return tag(
        "svg",
        tag("title", said),
        *(tag("line", x1=EDGE, y1=y, x2=EDGE + ACROSS, y2=y, class_="grid") for y in (2.0, 16.0)),
        tag("path", d=path(places), class_="course spark"),
        viewBox="0 0 130 18",
        role="img",
    )
