"""Blocks as one HTML page: no script, nothing fetched, every text escaped."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import TYPE_CHECKING

from estimative.places.excerpt import excerpt
from estimative.show.blocks import (
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
)
from estimative.show.draw import draw, style
from estimative.show.markup import Html, join, tag
from estimative.show.numerals import chance, chance_range, percent
from estimative.show.svg import path

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from estimative.show.blocks import Role


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
    contents = tag("nav", tag("ul", *links)) if len(parts) > 2 else None
    start = next((place for place, block in enumerate(blocks) if isinstance(block, Part)), len(blocks))
    opening, rest = ([markup(block) for block in some] for some in (blocks[:start], blocks[start:]))
    body = tag("body", *opening, contents, tag("main", *rest), tag("footer", tag("p", foot, class_="quiet")))
    return f"<!doctype html>\n{tag('html', head, body, lang='en')}\n"


def anchor(name: str) -> str:
    """Name of a place on the page.

    >>> anchor("What it hangs on")
    'what-it-hangs-on'
    """
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def markup(block: Block) -> Html:
    """A block as HTML."""
    match block:
        case Heading(text, level):
            return tag(f"h{level}", text)
        case Paragraph(words):
            return tag("p", *pieces(words))
        case Bullets(items):
            return tag("ul", *(tag("li", *pieces(item)) for item in items))
        case Listing(lines):
            return tag("pre", *(join(*pieces((line,)), "\n") for line in lines))
        case Table():
            return _table(block)
        case Verdict():
            return _verdict(block)
        case Picture():
            return _picture(block)
        case Beside(pictures):
            return tag("div", *(_picture(one, beside=True) for one in pictures), class_="beside")
        case Problems(problems):
            return join(*(tag("pre", excerpt(problem)) for problem in problems))
        case Part(title, blocks, folded):
            inside = [markup(part) for part in blocks]
            if folded:
                return tag("details", tag("summary", title), *inside, id=anchor(title))
            return tag("section", tag("h2", title), *inside, id=anchor(title))


def _picture(picture: Picture, *, beside: bool = False) -> Html:
    """A drawing under its title and its sentence."""
    caption = f" {picture.caption}" if picture.caption else None
    above = tag("figcaption", tag("strong", picture.figure.title), caption)
    return tag("figure", above, tag("div", draw(picture.figure, beside=beside), class_="wide"))


def pieces(words: Iterable[Words]) -> list[Html]:
    """Pieces of text, each with its role as its class."""
    return [
        tag("span", word.text, class_=word.role)
        if isinstance(word, Mark) and word.role != "plain"
        else join(word.text if isinstance(word, Mark) else word)
        for word in words
    ]


def _verdict(verdict: Verdict) -> Html:
    share = verdict.share
    left = tag(
        "div",
        tag("span", verdict.word, class_=verdict.role),
        *([tag("br"), _share(share, verdict.role), percent(share)] if share is not None else []),
    )
    lines = [tag("small", *pieces(line)) for line in verdict.lines]
    return tag("div", left, tag("div", tag("p", verdict.says), *lines), class_="verdict")


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
    sides = [
        "right" if column.align == "right" else "whole" if column.whole else None for column in table.columns
    ]
    head = None
    if any(column.title for column in table.columns):
        titles = (
            tag("th", _head(column), class_=side, scope="col")
            for column, side in zip(table.columns, sides, strict=True)
        )
        head = tag("thead", tag("tr", *titles))
    rows = (
        tag("tr", *(tag("td", _cell(cell), class_=side) for cell, side in zip(row, sides, strict=True)))
        for row in table.rows
    )
    caption = tag("caption", table.title) if table.title else None
    return tag("div", tag("table", caption, head, tag("tbody", *rows)), class_="wide")


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
