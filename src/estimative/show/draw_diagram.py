"""Drawing of what influences what: boxes in columns, arrows from causes to outcomes."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from estimative.show.layers import lay_out
from estimative.show.markup import Html, tag
from estimative.show.svg import words

if TYPE_CHECKING:
    from estimative.show.figures import Diagram, Edge, Node

BOX, HIGH = 150, 22
"""Width and height of a box."""

ACROSS, DOWN = 205, 27
"""From one column to the next, from one row to the next."""

EDGE = 12
"""Room around the whole."""

LONGEST = 24
"""Characters of a name that fit into a box."""


def draw_diagram(figure: Diagram) -> Html:
    """A diagram as wide as it needs; the page scrolls it."""
    layout = lay_out([node.name for node in figure.nodes], [(e.source, e.target) for e in figure.edges])
    width = EDGE * 2 + ACROSS * (layout.columns - 1) + BOX
    height = EDGE * 2 + DOWN * (layout.rows - 1) + HIGH
    arrows = [
        _arrow(edge, layout.routes[edge.source, edge.target])
        for edge in figure.edges
        if (edge.source, edge.target) in layout.routes
    ]
    boxes = [_box(node, layout.column[node.name], layout.row[node.name]) for node in figure.nodes]
    return tag(
        "svg",
        tag("title", figure.title),
        *arrows,
        *boxes,
        viewBox=f"0 0 {width} {height:.0f}",
        width=width,
        height=height,
        role="img",
        aria_label=figure.title,
        class_="figure diagram",
    )


def _at(column: int, row: float) -> tuple[float, float]:
    return EDGE + column * ACROSS, EDGE + row * DOWN + HIGH / 2


def _box(node: Node, column: int, row: float) -> Html:
    x, y = _at(column, row)
    hover = tag("title", f"{node.name}: {node.says}" if node.says else node.name)
    corner = 11 if node.kind in {"choice", "trend"} else 3
    return tag(
        "g",
        hover,
        tag("rect", x=x, y=y - HIGH / 2, width=BOX, height=HIGH, rx=corner, class_=f"box {node.kind}"),
        words(x + BOX / 2, y + 4, node.name, "name", "middle", longest=LONGEST),
    )


def _arrow(edge: Edge, route: tuple[tuple[int, float], ...]) -> Html:
    """A curve through the route's places; where it passes a column it runs level."""
    backward = route[0][0] > route[-1][0]
    # A box is left at its right edge and entered at its left one; arrows turned back the other way.
    sides = [(x + BOX, x, y) if backward else (x, x + BOX, y) for x, y in (_at(*place) for place in route)]
    d = f"M{sides[0][1]:.0f},{sides[0][2]:.1f}"
    for (_, leaves, before), (enters, onward, y) in pairwise(sides):
        middle = (leaves + enters) / 2
        d += f"C{middle:.0f},{before:.1f} {middle:.0f},{y:.1f} {enters:.0f},{y:.1f}"
        if (enters, onward, y) != sides[-1]:
            d += f"L{onward:.0f},{y:.1f}"
    sign = {1: "raises", 0: "mixed", -1: "lowers"}[edge.sign]
    hover = tag("title", f"{edge.source} → {edge.target}")
    tip, _, y = sides[-1]
    head = f"M{tip:.0f},{y:.1f}l{6 if backward else -6},-3.5v7z"
    return tag(
        "g", hover, tag("path", d=d, class_=f"arrow {sign}"), tag("path", d=head, class_=f"head {sign}")
    )
