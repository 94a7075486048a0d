"""Drawing of what influences what: boxes in columns, arrows from causes to outcomes."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from estimative.show.layers import lay_out
from estimative.show.markup import Html, tag
from estimative.show.svg import canvas, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from estimative.show.figures import Diagram, Edge, Node
    from estimative.show.layers import Layout

HIGH, NARROWEST = 22, 90
"""Height of a box, and the least width."""

LETTER, SIDES = 6.8, 16
"""Width of a letter in a box, and room beside its name."""

APART, DOWN = 55, 27
"""Room between two columns, and from one row to the next."""

EDGE = 12
"""Room around the whole."""

LONGEST = 48
"""Characters of a name that a box can be made wide enough for."""


@dataclass(frozen=True)
class Columns:
    """Left edges and widths of the columns, each as wide as its longest name needs."""

    lefts: tuple[float, ...]
    widths: tuple[float, ...]

    def box(self, column: int, row: float) -> tuple[float, float, float]:
        """Left and right edge of a box, and its middle height."""
        return self.lefts[column], self.lefts[column] + self.widths[column], EDGE + row * DOWN + HIGH / 2


def draw_diagram(figure: Diagram) -> Html:
    """A diagram as wide as it needs; the page scrolls it."""
    layout = lay_out([node.name for node in figure.nodes], [(e.source, e.target) for e in figure.edges])
    columns = _columns(layout)
    arrows = [
        _arrow(edge, [columns.box(*place) for place in layout.routes[edge.source, edge.target]])
        for edge in figure.edges
        if (edge.source, edge.target) in layout.routes
    ]
    boxes = [
        _box(node, *columns.box(layout.column[node.name], layout.row[node.name])) for node in figure.nodes
    ]
    width = columns.lefts[-1] + columns.widths[-1] + EDGE
    height = EDGE * 2 + DOWN * (layout.rows - 1) + HIGH
    return canvas(figure.title, height, *arrows, *boxes, width=width, kind="diagram")


def _columns(layout: Layout) -> Columns:
    longest = [0] * layout.columns
    for name, column in layout.column.items():
        longest[column] = max(longest[column], min(len(name), LONGEST))
    widths = tuple(max(NARROWEST, LETTER * letters + SIDES) for letters in longest)
    lefts = tuple(EDGE + sum(widths[:column]) + APART * column for column in range(layout.columns))
    return Columns(lefts, widths)


def _box(node: Node, left: float, right: float, y: float) -> Html:
    hover = tag("title", f"{node.name}: {node.says}" if node.says else node.name)
    corner = 11 if node.kind in {"choice", "trend"} else 3
    return tag(
        "g",
        hover,
        tag(
            "rect",
            x=left,
            y=y - HIGH / 2,
            width=right - left,
            height=HIGH,
            rx=corner,
            class_=f"box {node.kind}",
        ),
        words((left + right) / 2, y + 4, node.name, "name", "middle", longest=LONGEST),
    )


def _arrow(edge: Edge, boxes: Sequence[tuple[float, float, float]]) -> Html:
    """A curve through the route's places; where it passes a column it runs level."""
    backward = boxes[0][0] > boxes[-1][0]
    # A box is left at its right edge and entered at its left one; arrows turned back the other way.
    sides = [(right, left, y) if backward else (left, right, y) for left, right, y in boxes]
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
