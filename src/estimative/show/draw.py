"""One door to all drawings: a figure to SVG, inside a page or standing alone."""

from __future__ import annotations

import re
from importlib.resources import files
from typing import TYPE_CHECKING

from estimative.show.draw_courses import ALONE, BESIDE, draw_areas, draw_lines
from estimative.show.draw_diagram import draw_diagram
from estimative.show.draw_rows import draw_bars, draw_grid, draw_histogram, draw_intervals
from estimative.show.draw_tornado import draw_tornado
from estimative.show.figures import Areas, Bars, Diagram, Grid, Histogram, Intervals, Lines, Tornado
from estimative.show.markup import Html, tag
from estimative.show.svg import words, wrap

if TYPE_CHECKING:
    from estimative.show.figures import Figure

MARGIN, LINE, LETTER = 14, 19, 8.5
"""Room around a drawing that stands alone, height of a line of its title, and width of a letter there."""

SIZE = re.compile(r'viewBox="0 0 (\d+) (\d+)"')
"""Width and height of a drawing."""


def draw(figure: Figure, *, beside: bool = False) -> Html:
    """A figure as an SVG element that takes its colours from the page; `beside` another one courses are narrower."""
    room = BESIDE if beside else ALONE
    match figure:
        case Areas():
            return draw_areas(figure, room)
        case Lines():
            return draw_lines(figure, room)
        case Intervals():
            return draw_intervals(figure)
        case Bars():
            return draw_bars(figure)
        case Tornado():
            return draw_tornado(figure)
        case Histogram():
            return draw_histogram(figure)
        case Grid():
            return draw_grid(figure)
        case Diagram():
            return draw_diagram(figure)


def drawing_style() -> str:
    """The style sheet of a drawing that stands alone."""
    return _sheet("drawing.css")


def style() -> str:
    """The style sheet of a page, with that of its drawings."""
    return drawing_style() + _sheet("report.css")


def _sheet(name: str) -> str:
    return (files("estimative.show") / name).read_text("utf-8")


def standalone(figure: Figure) -> str:
    """A figure as the text of an SVG file: under its title, on paper of its own."""
    drawn = draw(figure)
    width, height = (float(size) for size in SIZE.findall(drawn)[0])
    lines = wrap(figure.title, int(width / LETTER), 2)
    head = MARGIN + LINE * len(lines) + MARGIN / 2
    whole = tag(
        "svg",
        tag("style", Html(drawing_style())),
        tag("rect", width="100%", height="100%", class_="paper"),
        *(words(MARGIN, MARGIN + LINE * (n + 0.7), said, "title") for n, said in enumerate(lines)),
        tag("g", drawn, transform=f"translate({MARGIN} {head})"),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {width + 2 * MARGIN:.0f} {height + head + MARGIN:.0f}",
        width=f"{width + 2 * MARGIN:.0f}",
        height=f"{height + head + MARGIN:.0f}",
        class_="figure",
    )
    return whole + "\n"
