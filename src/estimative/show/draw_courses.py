"""Drawings of courses over time: stacked areas, and lines with fans."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from estimative.show.markup import Html, join, tag
from estimative.show.numerals import chance
from estimative.show.svg import (
    Scale,
    canvas,
    colours,
    frame,
    line,
    numeric,
    path,
    spread,
    words,
    wrap,
)

if TYPE_CHECKING:
    from estimative.show.figures import Areas, Line, Lines, Point

LEFT, TOP, FOOT = 44, 12, 28
"""Room around a plot for its numbers."""

NAMED = 14
"""Height of the upright axis's name."""

LETTERING, NAME_LINES = 14, 2
"""Height of a line of a label, and how many its name may take; what does not fit is a tooltip."""

KEYS = {"swatch": 10, "stripe": 4}
"""Heights of what shows the colour of an area, and of a line."""

VALUE = 36
"""Room for a label's value, which stands before its name."""


@dataclass(frozen=True)
class Room:
    """Width of a drawing, of the room for labels at its right, and of a line of a name, in characters.

    `kind` is its class on the page.
    """

    width: float
    labels: float
    line: int
    kind: str = ""

    @property
    def edge(self) -> float:
        """Where a plot ends at the right."""
        return self.width - self.labels


ALONE, BESIDE = Room(860, 330, 40, "broad"), Room(660, 240, 27)
"""Of a drawing that has the width of the page, and of one of two that stand side by side."""


@dataclass(frozen=True)
class Label:
    """What a course is, at the right: its colour, the height at which it ends, its value, and its name."""

    colour: str
    end: float
    value: str
    name: str


def draw_areas(figure: Areas, room: Room) -> Html:
    """Stacked areas, each named at its right end with its last share."""
    above_all = NAMED if figure.unit else 0
    height, top = _height(room, [layer.name for layer in figure.layers], above_all), TOP + above_all
    xs = numeric(figure.dates)
    across = Scale(xs[0], xs[-1], LEFT, room.edge)
    up = Scale(0, 1, height - FOOT, top)
    kinds = colours(len(figure.layers), ordered=figure.ordered)
    below = [0.0] * len(xs)
    areas: list[Html] = []
    labels: list[Label] = []
    for layer, kind in zip(figure.layers, kinds, strict=True):
        above = [low + share for low, share in zip(below, layer.shares, strict=True)]
        edge = [(across.at(x), up.at(y)) for x, y in zip(xs, above, strict=True)]
        back = [(across.at(x), up.at(y)) for x, y in zip(reversed(xs), reversed(below), strict=True)]
        hover = tag("title", f"{layer.name}: {layer.said(0)} to {layer.said(-1)}")
        areas.append(tag("path", hover, d=path([*edge, *back]) + "Z", class_=f"area {kind}"))
        middle = up.at((below[-1] + above[-1]) / 2)
        labels.append(Label(kind, middle, layer.said(-1), layer.name))
        below = above
    return canvas(
        figure.title,
        height,
        *areas,
        frame(across, up, figure.dates, percents=True, unit=figure.unit),
        _labels(labels, room, top, height),
        width=room.width,
        kind=room.kind,
    )


def _height(room: Room, names: list[str], above: float = 0) -> float:
    """Height of a drawing: its labels must fit."""
    return max(230, sum(_needed(name, room) for name in names) + TOP + FOOT) + above


def _needed(name: str, room: Room) -> float:
    return 3 + LETTERING * len(wrap(name, room.line, NAME_LINES))


def _labels(labels: list[Label], room: Room, top: float, height: float, key: str = "swatch") -> Html:
    """Labels one below the other at the right, each led to from the end of its course; `key` shows its colour."""
    heights = [_needed(one.name, room) for one in labels]
    places = spread([one.end for one in labels], heights, top - 2, height - FOOT + 6)
    value = VALUE if any(one.value for one in labels) else 0
    marks: list[Html] = []
    for one, y in zip(labels, places, strict=True):
        lines = wrap(one.name, room.line, NAME_LINES)
        hover = tag("title", one.name) if lines[-1].endswith("…") else None
        first = y + 4 - LETTERING / 2 * (len(lines) - 1)
        start = room.edge + 28
        marks += [
            tag("path", d=path([(room.edge + 2, one.end), (room.edge + 12, y)]), class_="lead"),
            tag(
                "rect",
                x=room.edge + 13,
                y=y - KEYS[key] / 2,
                width=10,
                height=KEYS[key],
                class_=f"{key} {one.colour}",
            ),
            tag(
                "g",
                hover,
                words(start + value - 6, first, one.value, "value", "end") if one.value else None,
                *(words(start + value, first + LETTERING * n, said) for n, said in enumerate(lines)),
            ),
        ]
    return join(*marks)


def draw_lines(figure: Lines, room: Room) -> Html:
    """Courses with their fans, each named at its right end; one that ends before, there."""
    peaks = any(one.peak is not None for one in figure.lines)
    above, below = NAMED if figure.unit or peaks else 0, NAMED if figure.along_unit else 0
    whole, top = _height(room, [one.name for one in figure.lines], above), TOP + above
    xs = numeric(figure.along)
    across = Scale(xs[0], xs[-1], LEFT + 6, room.edge)
    low, high = (0.0, figure.top) if figure.percent else _extent(figure)
    up = Scale(low, high, whole - FOOT, top)
    marks: list[Html] = []
    labels: list[Label] = []
    for one, colour in zip(figure.lines, line_colours(figure), strict=True):
        if one.low:
            marks.append(_fan(one, xs, across, up, colour))
        marks.append(_course(one, xs, across, up, colour))
        if math.isfinite(one.end) and not math.isfinite(one.values[-1]):
            marks.append(_ending(one, xs, across, up))
            continue
        value = chance(one.told) if figure.percent and math.isfinite(one.told) else ""
        labels.append(Label(colour, up.at(one.end) if math.isfinite(one.end) else up.first, value, one.name))
    for level in figure.levels:
        y = up.at(level.value)
        marks += [
            line(LEFT + 6, y, room.edge, y, "level"),
            words(room.edge - 4, y - 4, level.name, "tick over", "end"),
        ]
    if peaks:
        marks.append(words(room.edge, top - 8, "dot and number: where it is highest", "tick", "end"))
    if figure.point is not None:
        marks.append(_point(figure.point, across, up))
    behind = frame(
        across,
        up,
        figure.along,
        percents=figure.percent,
        unit=figure.unit,
        along_percents=figure.along_percent,
        along_unit=figure.along_unit,
    )
    names = _labels(labels, room, top, whole, key="stripe")
    return canvas(figure.title, whole + below, behind, *marks, names, width=room.width, kind=room.kind)


def _ending(one: Line, xs: tuple[float, ...], across: Scale, up: Scale) -> Html:
    """The name of a course that ends sooner, left of its end, on the side from which it does not come."""
    known = [(across.at(x), up.at(v)) for x, v in zip(xs, one.values, strict=True) if math.isfinite(v)]
    x, y = known[-1]
    before = [height for place, height in known if place >= x - 60]
    rising = sum(before) / len(before) >= y
    return words(x - 4, y - 10 if rising else y + 18, one.name, "", "end")


def _point(point: Point, across: Scale, up: Scale) -> Html:
    """A dot with its name, which stands where a falling course is not: above it at the left, else below."""
    x, y = across.at(point.along), up.at(point.value)
    left = x < (across.first + across.last) / 2
    name = words(x + 9, y - 9, point.name) if left else words(x - 9, y + 18, point.name, "", "end")
    return join(tag("circle", cx=x, cy=y, r=5, class_="point"), name)


def line_colours(figure: Lines) -> tuple[str, ...]:
    """Colours of the courses: those that they have as levels of a scale, if they are levels."""
    if not figure.scale:
        return colours(len(figure.lines), ordered=False)
    of_levels = colours(len(figure.scale), ordered=figure.ordered)
    return tuple(of_levels[figure.scale.index(one.name)] for one in figure.lines)


def _extent(figure: Lines) -> tuple[float, float]:
    """Lowest and highest value of all lines, fans and levels, with a little air."""
    values = [v for one in figure.lines for several in (one.values, one.low, one.high) for v in several]
    values += [level.value for level in figure.levels]
    real = [value for value in values if math.isfinite(value)]
    low, high = (min(real), max(real)) if real else (0.0, 1.0)
    air = (high - low) * 0.05 or 1.0
    return low - air, high + air


def _fan(one: Line, xs: tuple[float, ...], across: Scale, up: Scale, colour: str) -> Html:
    known = [k for k in range(len(xs)) if math.isfinite(one.low[k]) and math.isfinite(one.high[k])]
    if not known:
        return join()
    edge = [(across.at(xs[k]), up.at(one.high[k])) for k in known]
    back = [(across.at(xs[k]), up.at(one.low[k])) for k in reversed(known)]
    return tag("path", d=path([*edge, *back]) + "Z", class_=f"fan {colour}")


def _course(one: Line, xs: tuple[float, ...], across: Scale, up: Scale, colour: str) -> Html:
    """A line, with a dot at its peak where that is what its label says."""
    known = [
        (across.at(x), up.at(value)) for x, value in zip(xs, one.values, strict=True) if math.isfinite(value)
    ]
    if not known:
        return join()
    course = tag("path", d=path(known), class_=f"course {colour}")
    if one.peak is None:
        return course
    dot = tag(
        "circle", cx=across.at(xs[one.peak]), cy=up.at(one.values[one.peak]), r=4, class_=f"peak {colour}"
    )
    return join(course, dot)
