"""One door to all drawings: a figure to SVG, inside a page or standing alone."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

from estimative.show.draw_courses import ALONE, BESIDE, draw_areas, draw_lines
from estimative.show.draw_diagram import draw_diagram
from estimative.show.draw_rows import draw_bars, draw_grid, draw_histogram, draw_intervals
from estimative.show.draw_tornado import draw_tornado
from estimative.show.figures import Areas, Bars, Diagram, Grid, Histogram, Intervals, Lines, Tornado
from estimative.show.markup import Html, tag

if TYPE_CHECKING:
    from estimative.show.figures import Figure


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


def style() -> str:
    """The style sheet of pages and of drawings that stand alone."""
    return (files("estimative.show") / "report.css").read_text("utf-8")


def standalone(figure: Figure) -> str:
    """A figure as the text of an SVG file."""
    drawn = draw(figure)
    head = Html('<svg xmlns="http://www.w3.org/2000/svg"')
    return head + drawn.removeprefix("<svg").replace(">", ">" + tag("style", Html(style())), 1) + "\n"
