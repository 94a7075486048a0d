"""Drawings of courses over time: stacked areas, and lines with fans."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from estimative.show.markup import Html, join, tag
from estimative.show.numerals import chance, percent
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
)

if TYPE_CHECKING:
    from estimative.show.figures import Areas, Line, Lines

WIDTH = 660
"""Narrower than other drawings: two courses stand side by side on a wide page."""

LEFT, RIGHT, TOP, FOOT = 44, 240, 12, 28
"""Room around a plot for its numbers and, at the right, its labels."""

RIGHT_EDGE = WIDTH - RIGHT

LONGEST_LABEL = 29
"""Characters that fit into the room at the right."""


def draw_areas(figure: Areas) -> Html:
    """Stacked areas, each named at its right end with its last share."""
    height = max(230, 17 * len(figure.layers) + TOP + FOOT)
    xs = numeric(figure.dates)
    across = Scale(xs[0], xs[-1], LEFT, RIGHT_EDGE)
    up = Scale(0, 1, height - FOOT, TOP)
    fills = colours(len(figure.layers), ordered=figure.ordered)
    below = [0.0] * len(xs)
    areas: list[Html] = []
    middles: list[float] = []
    for layer, fill in zip(figure.layers, fills, strict=True):
        above = [low + share for low, share in zip(below, layer.shares, strict=True)]
        edge = [(across.at(x), up.at(y)) for x, y in zip(xs, above, strict=True)]
        back = [(across.at(x), up.at(y)) for x, y in zip(reversed(xs), reversed(below), strict=True)]
        hover = tag("title", f"{layer.name}: {percent(layer.shares[0])} to {percent(layer.shares[-1])}")
        areas.append(tag("path", hover, d=path([*edge, *back]) + "Z", fill=fill, class_="area"))
        middles.append(up.at((below[-1] + above[-1]) / 2))
        below = above
    labels: list[Html] = []
    for layer, fill, middle, y in zip(
        figure.layers, fills, middles, spread(middles, 16, TOP + 6, height - FOOT - 2), strict=True
    ):
        labels += [
            tag("path", d=path([(RIGHT_EDGE + 2, middle), (RIGHT_EDGE + 12, y)]), class_="lead"),
            tag("rect", x=RIGHT_EDGE + 13, y=y - 5, width=10, height=10, fill=fill),
            _label(y, layer.name, f" {percent(layer.shares[-1])}"),
        ]
    return canvas(
        figure.title, height, *areas, frame(across, up, figure.dates, percents=True), *labels, width=WIDTH
    )


def _label(y: float, name: str, value: str) -> Html:
    """What a course is and where it ends, at the right; a name that is too long is cut, the value never."""
    room = LONGEST_LABEL - len(value)
    cut = name if len(name) <= room else name[: room - 1].rstrip("- ") + "…"
    return tag("text", tag("title", name) if cut != name else None, cut + value, x=RIGHT_EDGE + 28, y=y + 4)


def draw_lines(figure: Lines) -> Html:
    """Courses with their fans, each named at its right end."""
    height = max(230, 17 * len(figure.lines) + TOP + FOOT) + (14 if figure.unit else 0)
    top = TOP + (14 if figure.unit else 0)
    xs = numeric(figure.along)
    across = Scale(xs[0], xs[-1], LEFT + 6, RIGHT_EDGE)
    low, high = (0.0, 1.0) if figure.percent else _extent(figure)
    up = Scale(low, high, height - FOOT, top)
    marks: list[Html] = []
    for one, colour in zip(figure.lines, line_colours(figure), strict=True):
        if one.low:
            marks.append(_fan(one, xs, across, up, colour))
        marks.append(_course(one, xs, across, up, colour))
    for level in figure.levels:
        y = up.at(level.value)
        marks += [
            line(LEFT + 6, y, RIGHT_EDGE, y, "level"),
            words(RIGHT_EDGE - 4, y - 4, level.name, "tick", "end"),
        ]
    if figure.along_unit:
        marks.append(words(RIGHT_EDGE + 14, height - FOOT + 17, figure.along_unit, "tick"))
    return canvas(
        figure.title,
        height,
        frame(across, up, figure.along, percents=figure.percent, unit=figure.unit),
        *marks,
        _names(figure, up, top, height),
        width=WIDTH,
    )


def line_colours(figure: Lines) -> tuple[str, ...]:
    """Colours of the courses: those that they have as levels of a scale, if they are levels."""
    if not figure.scale:
        return colours(len(figure.lines), ordered=False)
    of_levels = colours(len(figure.scale), ordered=figure.ordered)
    return tuple(of_levels[figure.scale.index(one.name)] for one in figure.lines)


def line_ends(figure: Lines) -> tuple[float, ...]:
    """The last value of each course that is known; NaN where none is."""
    return tuple(
        next((value for value in reversed(one.values) if math.isfinite(value)), math.nan)
        for one in figure.lines
    )


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
    return tag("path", d=path([*edge, *back]) + "Z", fill=colour, class_="fan")


def _course(one: Line, xs: tuple[float, ...], across: Scale, up: Scale, colour: str) -> Html:
    known = [
        (across.at(x), up.at(value)) for x, value in zip(xs, one.values, strict=True) if math.isfinite(value)
    ]
    return tag("path", d=path(known), stroke=colour, class_="course") if known else join()


def _names(figure: Lines, up: Scale, top: float, height: float) -> Html:
    """Names at the right, each beside the end of its line; one line alone needs none."""
    ends = [end if math.isfinite(end) else up.low for end in line_ends(figure)]
    places = spread([up.at(end) for end in ends], 16, top + 6, height - FOOT - 2)
    marks: list[Html] = []
    for one, end, y, colour in zip(figure.lines, ends, places, line_colours(figure), strict=True):
        value = f" {chance(end)}" if figure.percent else ""
        lead = path([(RIGHT_EDGE + 2, up.at(end)), (RIGHT_EDGE + 12, y)])
        marks += [
            tag("path", d=lead, class_="lead"),
            tag("rect", x=RIGHT_EDGE + 13, y=y - 2, width=10, height=4, fill=colour),
            _label(y, one.name, value),
        ]
    return join(*marks)
