"""The key of a picture of courses: what each is and where it ends, for screens too narrow for labels beside it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from estimative.show.draw_courses import line_colours
from estimative.show.figures import Areas, Lines
from estimative.show.markup import Html, tag
from estimative.show.numerals import chance
from estimative.show.svg import colours

if TYPE_CHECKING:
    from estimative.show.figures import Figure


def key(figure: Figure) -> Html | None:
    """A list of a picture's courses, from the top where they are stacked; None for other pictures."""
    match figure:
        case Areas(layers=layers):
            stacked = zip(layers, colours(len(layers), ordered=figure.ordered), strict=True)
            items = [_item(f"swatch {colour}", layer.name, layer.said(-1)) for layer, colour in stacked]
            return tag("ul", *reversed(items), class_="key")
        case Lines(lines=lines):
            told = [chance(one.told) if figure.percent and math.isfinite(one.told) else "" for one in lines]
            drawn = zip(lines, line_colours(figure), told, strict=True)
            return tag(
                "ul",
                *(_item(f"stripe {colour}", one.name, value) for one, colour, value in drawn),
                class_="key",
            )
        case _:
            return None


def _item(kind: str, name: str, value: str) -> Html:
    rect = tag("rect", width=10, height=10, class_=kind)
    return tag("li", tag("svg", rect, viewBox="0 0 10 10", aria_hidden="true"), f"{name} {value}".rstrip())
