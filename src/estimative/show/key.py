"""The key of a picture of courses: what each is and where it ends, for screens too narrow for labels beside it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from estimative.show.draw_courses import line_colours, line_ends
from estimative.show.figures import Areas, Lines
from estimative.show.markup import Html, tag
from estimative.show.numerals import chance, percent
from estimative.show.svg import colours

if TYPE_CHECKING:
    from estimative.show.figures import Figure


def key(figure: Figure) -> Html | None:
    """A list of a picture's courses, from the top where they are stacked; None for other pictures."""
    match figure:
        case Areas(layers=layers):
            fills = colours(len(layers), ordered=figure.ordered)
            stacked = zip(layers, fills, strict=True)
            items = [_item(fill, layer.name, percent(layer.shares[-1])) for layer, fill in stacked]
            return tag("ul", *reversed(items), class_="key")
        case Lines(lines=lines):
            drawn = zip(lines, line_colours(figure), line_ends(figure), strict=True)
            told = figure.percent
            items = [
                _item(colour, one.name, chance(end) if told and math.isfinite(end) else "")
                for one, colour, end in drawn
            ]
            return tag("ul", *items, class_="key")
        case _:
            return None


def _item(colour: str, name: str, value: str) -> Html:
    swatch = tag(
        "svg", tag("rect", width=10, height=10, fill=colour), viewBox="0 0 10 10", aria_hidden="true"
    )
    return tag("li", swatch, f"{name} {value}".rstrip())
