"""Figures on a terminal: the same data as small pictures in tables."""

from __future__ import annotations

import math
from datetime import date
from typing import TYPE_CHECKING

from estimative.show.blocks import STRIPS, Block, Cell, Column, Mark, Paragraph, Spark, Strip, Table
from estimative.show.figures import (
    Areas,
    Bars,
    Diagram,
    Grid,
    Histogram,
    Interval,
    Intervals,
    Lines,
    Tornado,
)
from estimative.show.marks import bar, column, shade
from estimative.show.numerals import chance, chance_range, give_or_take, number, percent, plural

if TYPE_CHECKING:
    from collections.abc import Sequence

    from estimative.show.figures import Figure, Line

MOMENTS = 4
"""So many dates of a course are given in numbers."""


TURNED_ON, NUMBERS = 36, 39
"""Characters for what a tornado's bar is about, where that is long, and for its numbers."""

STRIP = 21
"""Characters in a strip."""


def figure_blocks(figure: Figure, width: int) -> tuple[Block, ...]:
    """Blocks that say what a figure shows where nothing can be drawn; `width` in characters."""
    match figure:
        case Areas():
            return (_areas(figure),)
        case Lines():
            return (_lines(figure),)
        case Intervals():
            return (_intervals(figure),)
        case Bars():
            return (_bars(figure, width),)
        case Tornado():
            return (_tornado(figure, width),)
        case Histogram():
            return (_histogram(figure),)
        case Grid():
            return (_grid(figure, width),)
        case Diagram(_, nodes, edges):
            says = f"{plural(len(nodes), 'box', 'boxes')}, {plural(len(edges), 'arrow')}; "
            return (Paragraph((Mark(says + "drawn in the HTML report.", "quiet"),)),)


def _moments(length: int) -> list[int]:
    """Places of a few values of a course: the first and the last among them.

    >>> _moments(41), _moments(2)
    ([0, 13, 27, 40], [0, 1])
    """
    if length <= MOMENTS:
        return list(range(length))
    return [round(k * (length - 1) / (MOMENTS - 1)) for k in range(MOMENTS)]


def _place(place: date | float, *, percents: bool = False) -> str:
    """A place along an axis, as short as a head of a column must be.

    >>> _place(date(1984, 9, 30)), _place(32.8587), _place(0.9631), _place(0.9631, percents=True)
    ('1984-09', '32.9', '0.963', '96%')
    """
    if isinstance(place, date):
        return f"{place:%Y-%m}"
    return percent(place) if percents else number(place, 3)


def _areas(figure: Areas) -> Table:
    at = _moments(len(figure.dates))
    # The highest level stands on top, as in a drawing.
    layers = reversed(figure.layers) if figure.ordered else figure.layers
    return Table(
        (
            Column("level"),
            Column("course", drop=True),
            *(Column(_place(figure.dates[k]), "right") for k in at),
        ),
        tuple((layer.name, Spark(layer.shares), *(layer.said(k) for k in at)) for layer in layers),
    )


def _lines(figure: Lines) -> Table:
    at = _moments(len(figure.along))
    ends = [value for line in figure.lines for value in line.values if not math.isnan(value)]
    low, high = (0.0, figure.top) if figure.percent or not ends else (min(ends), max(ends))
    return Table(
        (
            Column(figure.along_unit or ("" if figure.percent else figure.unit)),
            Column("course", drop=True),
            *(Column(_place(figure.along[k], percents=figure.along_percent), "right") for k in at),
        ),
        tuple(_line(line, at, low, high, percents=figure.percent) for line in figure.lines),
    )


def _line(line: Line, at: Sequence[int], low: float, high: float, *, percents: bool) -> tuple[Cell, ...]:
    scaled = tuple((value - low) / (high - low or 1) for value in line.values)
    return (line.name, Spark(scaled), *(_at(line, k, percents=percents) for k in at))


def _at(line: Line, place: int, *, percents: bool) -> str:
    value = line.values[place]
    if math.isnan(value):
        return ""
    if not percents:
        return number(value, 4)
    if not line.low:
        return chance(value)
    return f"{chance(value)} ({chance_range(line.low[place], line.high[place])})"


def _intervals(figure: Intervals) -> Table:
    several = any(len(row.intervals) > 1 for row in figure.rows)
    rows: list[tuple[Cell, ...]] = []
    for row in figure.rows:
        for place, interval in enumerate(row.intervals):
            name: tuple[Cell, ...] = (Mark(interval.name, "quiet"),) if several else ()
            rows.append(
                (
                    row.label if place == 0 else "",
                    *name,
                    _strip(interval),
                    interval.said,
                    Mark(row.note if place == 0 else "", "quiet"),
                )
            )
    names = (Column(""),) if several else ()
    return Table(
        (Column(""), *names, STRIPS, Column("", "right"), Column("", drop=True)),
        tuple(rows),
    )


def _strip(interval: Interval) -> Strip:
    return Strip(interval.low, interval.median, interval.high)


def _bars(figure: Bars, width: int) -> Table:
    longest = max((abs(one.value) for one in figure.bars), default=0) or 1
    room = max(8, min(30, width // 4))
    return Table(
        (Column(""), Column("", "right"), Column(""), Column("", drop=True)),
        tuple(
            (one.label, figure.said(one), bar(abs(one.value) / longest, room), Mark(one.note, "quiet"))
            for one in figure.bars
        ),
    )


def _tornado(figure: Tornado, width: int) -> Table:
    """A row a bar, its strip on the outcome's own line: beside it, or below what it is about where room is short."""
    about = [" ".join(part for part in (one.name, one.where) if part) for one in figure.swings]
    beside = width - NUMBERS - STRIP
    below = beside < min(TURNED_ON, max(map(len, about), default=0))
    low, high = figure.axis
    first, last = (f"{number(end * 100)}%" for end in (low, high))
    dots = " ·" * ((STRIP - len(first + last) - 1) // 2)

    def scaled(value: float) -> float:
        return (value - low) / (high - low)

    rows: list[tuple[Cell, ...]] = []
    for says, one in zip(about, figure.swings, strict=True):
        ends = scaled(one.low), scaled(figure.base), scaled(one.high)
        strip = Strip(min(ends), ends[1], max(ends))
        numbers = (give_or_take(*one.first), give_or_take(*one.total), one.said)
        rows += [(says, *numbers), (strip, "", "", "")] if below else [(says, *numbers, strip)]
    line = f"{first}{dots} {last}"
    heads = (Column("by itself", "right"), Column("with others", "right"), Column("outcome", "right"))
    if below:
        return Table((Column(line, widest=width - NUMBERS), *heads), tuple(rows))
    return Table((Column("", widest=beside), *heads, Column(line, whole=True)), tuple(rows))


def _histogram(figure: Histogram) -> Table:
    """Columns of characters, two lines high, over their axis."""
    tallest = max(figure.shares, default=0) or 1
    upper = "".join(column(2 * share / tallest - 1) * 2 for share in figure.shares)
    lower = "".join(column(2 * share / tallest) * 2 for share in figure.shares)
    first, last = (
        f"{number(end * 100)}%" if figure.percent else number(end) for end in (figure.low, figure.high)
    )
    axis = first + last.rjust(2 * len(figure.shares) - len(first))
    return Table((Column(""),), ((upper,), (lower,), (Mark(axis, "quiet"),)))


def _grid(figure: Grid, width: int) -> Table:
    """Shades, two characters each; only as many columns as there is room for, the first and last among them."""
    count = len(figure.columns)
    names = max((len(name) for name in figure.rows), default=0)
    room = max(2, min(count, (width - min(names, width // 2) - 4) // 2))
    shown = range(count) if room >= count else [round(k * (count - 1) / (room - 1)) for k in range(room)]
    ends = f"{figure.columns[0]} to {figure.columns[-1]}" if figure.columns else ""
    return Table(
        (Column(""), Column(ends)),
        tuple(
            (name, "".join(shade(values[place]) for place in shown))
            for name, values in zip(figure.rows, figure.values, strict=True)
        ),
    )
