"""What every drawing shares: canvas, scales, ticks, labels that do not overlap, colours."""

from __future__ import annotations

import math
import textwrap
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from estimative.show.markup import Child, Html, join, tag
from estimative.show.numerals import number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from estimative.show.figures import Axis

WIDTH = 760
"""Width of a drawing, in its own units: pixels where the page has room."""

LONGEST_LABEL = 36
"""Characters in one line of a row's name."""

ORDERED, NOMINAL = 15, 9
"""Colours of the style sheet from low to high, and for levels without order."""


def colours(count: int, *, ordered: bool) -> tuple[str, ...]:
    """Classes of levels from the lowest to the highest, or of levels without order; the style sheet colours them.

    >>> colours(3, ordered=True), colours(1, ordered=False)
    (('ordered-1', 'ordered-8', 'ordered-15'), ('nominal-1',))
    """
    if not ordered:
        return tuple(f"nominal-{place % NOMINAL + 1}" for place in range(count))
    if count == 1:
        return (f"ordered-{ORDERED}",)
    return tuple(f"ordered-{round(place * (ORDERED - 1) / (count - 1)) + 1}" for place in range(count))


@dataclass(frozen=True)
class Scale:
    """From values `low`..`high` to places `first`..`last`.

    >>> Scale(0, 1, 100, 300).at(0.25)
    150.0
    """

    low: float
    high: float
    first: float
    last: float

    def at(self, value: float) -> float:
        """Place of a value; values outside stand at the edge."""
        share = (value - self.low) / ((self.high - self.low) or 1)
        return self.first + min(max(share, 0.0), 1.0) * (self.last - self.first)


def canvas(title: str, height: float, *children: Child, width: float = WIDTH, kind: str = "") -> Html:
    """A drawing with its title for those who cannot see it; where the page is narrower it shrinks."""
    return tag(
        "svg",
        tag("title", title),
        *children,
        viewBox=f"0 0 {width:.0f} {height:.0f}",
        width=f"{width:.0f}",
        height=f"{height:.0f}",
        role="img",
        aria_label=title,
        class_=f"figure {kind}".rstrip(),
    )


def words(
    x: float, y: float, text: str, class_: str = "", anchor: str = "start", *, longest: int = 0
) -> Html:
    """A text at a place; one that is longer than `longest` characters is cut and kept as a tooltip."""
    cut = text if not longest or len(text) <= longest else text[: longest - 1].rstrip() + "…"
    hover = tag("title", text) if cut != text else None
    return tag("text", hover, cut, x=x, y=y, class_=class_ or None, text_anchor=anchor)


def label(x: float, y: float, text: str, width: int = LONGEST_LABEL, most: int = 2) -> Html:
    """A row's name that ends at x, in lines of so many characters around y; what does not fit is a tooltip."""
    lines = wrap(text, width, most)
    hover = tag("title", text) if len(" ".join(lines)) < len(text) else None
    first = y + 4 - 7 * (len(lines) - 1)
    return tag("g", hover, *(words(x, first + 14 * n, one, anchor="end") for n, one in enumerate(lines)))


def wrap(text: str, width: int, maxlines: int) -> list[str]:
    """Lines of at most so many characters; the last is cut where there is more.

    >>> wrap("A cool and reserved tie remains", 16, 2), wrap("short", 16, 2), wrap("", 16, 2)
    (['A cool and', 'reserved tie…'], ['short'], [''])
    """
    return textwrap.wrap(text, width, max_lines=maxlines, placeholder="…") or [""]


def line(x1: float, y1: float, x2: float, y2: float, class_: str) -> Html:
    """A straight line."""
    return tag("line", x1=x1, y1=y1, x2=x2, y2=y2, class_=class_)


def path(places: Sequence[tuple[float, float]]) -> str:
    """Path through places.

    >>> path([(0, 0), (1.5, 2)])
    'M0.0,0.0L1.5,2.0'
    """
    return "M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in places)


def numeric(along: Axis) -> tuple[float, ...]:
    """Places along an axis as numbers: days since the year 1 for dates."""
    return tuple(float(p.toordinal()) if isinstance(p, date) else float(p) for p in along)


def ticks(along: Axis, most: int = 8) -> tuple[tuple[float, str], ...]:
    """Places and names of marks along an axis: starts of years (or of quarters), or round numbers.

    >>> [name for _, name in ticks((date(1984, 9, 30), date(1994, 9, 30)))]
    ['1986', '1988', '1990', '1992', '1994']
    >>> [name for _, name in ticks((0.0, 0.5, 1.0), most=3)]
    ['0', '0.5', '1']
    """
    first, last = along[0], along[-1]
    if isinstance(first, date) and isinstance(last, date):
        return _date_ticks(first, last, most)
    low, high = numeric(along)[0], numeric(along)[-1]
    return tuple((value, number(value)) for value in round_values(low, high, most))


def _date_ticks(first: date, last: date, most: int) -> tuple[tuple[float, str], ...]:
    years = last.year - first.year
    if years < 3:
        starts = [
            date(year, month, 1) for year in range(first.year, last.year + 1) for month in (1, 4, 7, 10)
        ]
        inside = [day for day in starts if first <= day <= last]
        every = math.ceil(len(inside) / most) or 1
        return tuple((float(day.toordinal()), f"{day:%Y-%m}") for day in inside[::every])
    every = next(step for step in (1, 2, 5, 10, 20, 50, 100, 1000) if years / step <= most)
    return tuple(
        (float(date(year, 1, 1).toordinal()), str(year))
        for year in range(first.year, last.year + 1)
        if year % every == 0 and first <= date(year, 1, 1) <= last
    )


def round_values(low: float, high: float, most: int = 6) -> tuple[float, ...]:
    """Round numbers from low to high, at most so many.

    >>> round_values(0, 1), round_values(-3, 12, 4)
    ((0.0, 0.2, 0.4, 0.6, 0.8, 1.0), (0.0, 5.0, 10.0))
    """
    whole = high - low
    if whole <= 0 or not math.isfinite(whole):
        return (low,)
    power = 10 ** math.floor(math.log10(whole))
    step = next(s * power for s in (0.1, 0.2, 0.5, 1, 2, 5) if whole / (s * power) < most)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return tuple(round(k * step, 10) for k in range(first, last + 1))


def spread(places: Sequence[float], heights: Sequence[float], first: float, last: float) -> tuple[float, ...]:
    """Middles of labels that do not overlap, inside first..last, in the order given by place.

    >>> spread((10.0, 11.0, 50.0), (12, 12, 28), 0, 100)
    (10.0, 22.0, 50.0)
    >>> spread((98.0, 99.0), (12, 12), 0, 100)
    (82.0, 94.0)
    """
    order = sorted(range(len(places)), key=lambda place: places[place])
    moved = list(places)
    low = first
    for one in order:
        moved[one] = max(moved[one], low + heights[one] / 2)
        low = moved[one] + heights[one] / 2
    high = last
    for one in reversed(order):
        moved[one] = min(moved[one], high - heights[one] / 2)
        high = moved[one] - heights[one] / 2
    return tuple(moved)


def frame(
    across: Scale,
    up: Scale,
    along: Axis,
    *,
    percents: bool,
    unit: str = "",
    along_percents: bool = False,
    along_unit: str = "",
) -> Html:
    """Lines and numbers behind courses: values at the left, places along the foot, what both are."""
    marks: list[Html] = []
    quarters = tuple(up.high * part for part in (0, 0.25, 0.5, 0.75, 1))
    for value in quarters if percents else round_values(up.low, up.high):
        y = up.at(value)
        name = f"{number(value * 100)}%" if percents else number(value)
        marks += [
            line(across.first, y, across.last, y, "grid"),
            words(across.first - 6, y + 4, name, "tick", "end"),
        ]
    for place, said in ticks(along):
        x = across.at(place)
        name = f"{number(place * 100)}%" if along_percents else said
        marks += [
            line(x, up.first, x, up.first + 4, "axis"),
            words(x, up.first + 17, name, "tick", "middle"),
        ]
    if unit:
        marks.append(words(2, up.last - 8, unit, "tick"))
    if along_unit:
        marks.append(words((across.first + across.last) / 2, up.first + 34, along_unit, "tick", "middle"))
    return join(*marks)
