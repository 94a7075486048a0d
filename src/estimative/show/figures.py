"""Figures as data: what a picture shows, so that it can be tested without looking and drawn anywhere."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from estimative.show.numerals import chance, chance_range, fine, number, percent, percent_range, points

if TYPE_CHECKING:
    from datetime import date

Axis = tuple["date", ...] | tuple[float, ...]
"""Places along a horizontal axis: dates, or numbers."""

SMALL = 0.1
"""Below this whole percentages say too little of how far something moves."""

Tone = Literal["plain", "second", "good", "mixed", "bad", "quiet"]
"""Which of the page's colours a mark takes."""


@dataclass(frozen=True)
class Layer:
    """One area of a stack: its share at each place, in [0, 1]."""

    name: str
    shares: tuple[float, ...]

    def said(self, place: int) -> str:
        """A share in numbers: the first is where things stand and may be known, the others are chances.

        >>> layer = Layer("", (0.0, 0.0, 0.4))
        >>> [layer.said(place) for place in (0, 1, -1)]
        ['0%', '<1%', '40%']
        """
        return percent(self.shares[place]) if place == 0 else chance(self.shares[place])


@dataclass(frozen=True)
class Areas:
    """Shares over time, stacked to one. `ordered` layers run from the lowest level to the highest.

    `unit` is what they are shares of: the upright axis's name.
    """

    title: str
    dates: tuple[date, ...]
    layers: tuple[Layer, ...]
    ordered: bool = True
    unit: str = "share of futures"


@dataclass(frozen=True)
class Line:
    """A course; with `low` and `high` a fan around it (the middle 90 % of readings).

    `peak` is the place that gets a dot and whose value is told; without it the last value is.
    """

    name: str
    values: tuple[float, ...]
    low: tuple[float, ...] = ()
    high: tuple[float, ...] = ()
    peak: int | None = None

    @property
    def end(self) -> float:
        """The last value that is known.

        >>> Line("", (0.1, 0.3, math.nan)).end
        0.3
        """
        return next((value for value in reversed(self.values) if math.isfinite(value)), math.nan)

    @property
    def told(self) -> float:
        """The value that stands beside the name.

        >>> Line("", (0.1, 0.3, 0.2), peak=1).told, Line("", (0.1, 0.3, 0.2)).told
        (0.3, 0.2)
        """
        return self.end if self.peak is None else self.values[self.peak]


@dataclass(frozen=True)
class Level:
    """A horizontal line across a picture: a threshold, with its name."""

    value: float
    name: str


@dataclass(frozen=True)
class Point:
    """A place on a course that is marked, with its name."""

    along: float
    value: float
    name: str


@dataclass(frozen=True)
class Lines:
    """Courses over dates or numbers. `percent`: values are shares, drawn from 0 to `top`.

    `unit` names the upright axis, `along_unit` the other, whose places are shares if `along_percent`. A line may
    start before the others or end sooner: NaN leaves it open. `scale` names all levels of a variable from the
    lowest, so that each has the colour that it has in the variable's `Areas`.
    """

    title: str
    along: Axis
    lines: tuple[Line, ...]
    percent: bool = True
    top: float = 1.0
    unit: str = ""
    along_unit: str = ""
    along_percent: bool = False
    scale: tuple[str, ...] = ()
    ordered: bool = False
    levels: tuple[Level, ...] = ()
    point: Point | None = None


@dataclass(frozen=True)
class Interval:
    """A range with a dot at its median (None: a bare range, as a standard defines one), in [0, 1]."""

    name: str
    low: float
    high: float
    median: float | None = None
    tone: Tone = "plain"

    @property
    def said(self) -> str:
        """The range in numbers.

        >>> Interval("", 0.2, 0.4, 0.3).said, Interval("", 0.66, 1).said
        ('30% (20–40%)', '66–100%')
        """
        if self.median is None:
            return percent_range(self.low, self.high)
        return f"{chance(self.median)} ({chance_range(self.low, self.high)})"


@dataclass(frozen=True)
class Row:
    """Ranges of one thing on one line (several: side by side), with what stands beside it."""

    label: str
    intervals: tuple[Interval, ...]
    note: str = ""


@dataclass(frozen=True)
class Intervals:
    """Ranges of probability, one row a thing. Names of intervals, where several, make the legend."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Bar:
    """A length from zero, to either side, with a range around its end where low and high are given."""

    label: str
    value: float
    low: float | None = None
    high: float | None = None
    note: str = ""
    tone: Tone = "plain"


@dataclass(frozen=True)
class Bars:
    """Lengths, longest first as they come. `percent`: values are shares; else plain numbers in `unit`.

    `axis` is the axis's name, `marks` are values at which a line crosses the picture.
    """

    title: str
    bars: tuple[Bar, ...]
    percent: bool = True
    unit: str = ""
    axis: str = ""
    marks: tuple[float, ...] = ()

    def said(self, bar: Bar) -> str:
        """Length of a bar in numbers.

        >>> Bars("", ()).said(Bar("", 0.25)), Bars("", (), percent=False, unit="years").said(Bar("", 2))
        ('25%', '2 years')
        """
        if not self.percent:
            return f"{number(bar.value, 3)}{' ' + self.unit if self.unit else ''}"
        return points(bar.value) if bar.value < 0 else percent(bar.value)


@dataclass(frozen=True)
class Swing:
    """How far one thing moves an outcome: where that stands with the thing taken low, and taken high, in [0, 1].

    `where` says where in a text the thing stands. `first` and `total` are its shares of the variance, by
    itself and together with others, each with its margin.
    """

    name: str
    where: str
    low: float
    high: float
    first: tuple[float, float]
    total: tuple[float, float]

    @property
    def ends(self) -> tuple[str, str]:
        """Both ends in numbers, to two digits where they are small."""
        small = max(self.low, self.high) < SMALL
        return (fine(self.low), fine(self.high)) if small else (chance(self.low), chance(self.high))

    @property
    def said(self) -> str:
        """The swing in numbers.

        >>> Swing("", "", 0.25, 0.41, (0.4, 0.05), (0.41, 0.05)).said
        '25% → 41%'
        >>> Swing("", "", 0.0371, 0.012, (0.4, 0.05), (0.41, 0.05)).said
        '3.7% → 1.2%'
        """
        return " \N{RIGHTWARDS ARROW} ".join(self.ends)


@dataclass(frozen=True)
class Tornado:
    """Swings around the outcome's mean, the widest share first. `outcome` is what they move."""

    title: str
    base: float
    swings: tuple[Swing, ...]
    outcome: str = ""

    @property
    def mean(self) -> str:
        """The mean in numbers, to two digits where it is small.

        >>> Tornado("", 0.182, ()).mean, Tornado("", 0.0123, ()).mean
        ('18%', '1.2%')
        """
        return fine(self.base) if self.base < SMALL else chance(self.base)

    @property
    def axis(self) -> tuple[float, float]:
        """Ends of the line on which the swings are drawn: what they need, in round numbers.

        >>> Tornado("", 0.13, (Swing("", "", 0.08, 0.43, (0.5, 0), (0.5, 0)),)).axis
        (0.0, 0.5)
        >>> Tornado("", 0.02, (Swing("", "", 0.012, 0.037, (0.5, 0), (0.5, 0)),)).axis
        (0.01, 0.04)
        """
        ends = [self.base, *(end for one in self.swings for end in (one.low, one.high))]
        low, high = min(ends), max(ends)
        width = max(high - low, 0.001)
        power = 10.0 ** math.floor(math.log10(width))
        step = next(size * power for size in (0.2, 0.5, 1, 2) if width / (size * power) <= 5)
        first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
        return max(round(first * step, 9), 0.0), min(round(max(last, first + 1) * step, 9), 1.0)


@dataclass(frozen=True)
class Histogram:
    """Shares in equal steps from `low` to `high` (percentages, if `percent`)."""

    title: str
    shares: tuple[float, ...]
    low: float = 0.0
    high: float = 1.0
    percent: bool = True


@dataclass(frozen=True)
class Grid:
    """A table of shades: `values[row][column]` in [0, 1], None where there is nothing."""

    title: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    values: tuple[tuple[float | None, ...], ...]
    percent: bool = True


@dataclass(frozen=True)
class Node:
    """A box of a diagram. `group` names the part of the picture it belongs to."""

    name: str
    kind: Literal["condition", "derived", "scale", "lottery", "choice", "trend", "signal"]
    says: str = ""
    group: str = ""


@dataclass(frozen=True)
class Edge:
    """An influence: the target looks at the source. `sign` is -1 where it restrains, 0 where it is mixed."""

    source: str
    target: str
    sign: Literal[1, 0, -1] = 1


@dataclass(frozen=True)
class Diagram:
    """What influences what."""

    title: str
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


Figure = Areas | Lines | Intervals | Bars | Tornado | Histogram | Grid | Diagram
"""Everything that can be drawn."""
