"""The drawing of a tornado: what moves an outcome, to which side and how far, with where each thing stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from estimative.show.markup import Html, tag
from estimative.show.numerals import give_or_take, number
from estimative.show.svg import WIDTH, Scale, canvas, line, round_values, words, wrap

if TYPE_CHECKING:
    from estimative.show.figures import Swing, Tornado

LABELS, NOTES = 290, 150
"""Room at the left for what a bar is about, at the right for its shares."""

LONGEST, NAME = 46, 38
"""Characters in a line of where a thing stands, and in its name, which is heavier."""

NAME_LINES, MOST_LINES = 2, 3
"""Lines for a name, and for where a thing stands; what does not fit is a tooltip."""

AXIS = 60
"""Characters in a line of the axis's name."""

LETTERING = 14
"""Height of a line of words."""

THICK = 14
"""Height of a bar."""


def draw_tornado(figure: Tornado) -> Html:
    """Bars to both sides of the outcome's mean, with its value at either end and the shares at the right."""
    low, high = figure.axis
    # Room beside the longest bars for their numbers.
    across = Scale(low, high, LABELS + 40, WIDTH - NOTES - 40)
    y = top = 48.0
    body: list[Html] = []
    for one in figure.swings:
        drawn, height = _swing(one, figure.base, across, y)
        body.append(drawn)
        y += height
    marks = [*_head(across)]
    for value in round_values(low, high, 5):
        x = across.at(value)
        marks += [
            line(x, top - 8, x, y, "grid"),
            words(x, y + 13, f"{number(value * 100)}%", "tick", "middle"),
        ]
    middle = across.at(figure.base)
    marks += [
        line(middle, top - 8, middle, y, "axis"),
        words(middle, top - 13, f"mean {figure.mean}", "tick", "middle"),
    ]
    name = wrap(figure.outcome, AXIS, 2) if figure.outcome else []
    marks += [
        words(across.at((low + high) / 2), y + 30 + LETTERING * place, said, "tick", "middle")
        for place, said in enumerate(name)
    ]
    title = ": ".join(part for part in (figure.title, figure.outcome) if part)
    return canvas(title, y + 20 + LETTERING * len(name), *marks, *body)


def _head(across: Scale) -> list[Html]:
    """What the two colours and the numbers at the right are."""
    x = across.first
    return [
        tag("rect", x=x, y=5.0, width=14.0, height=5.0, class_="tone-second"),
        words(x + 19, 12, "taken low", "tick"),
        tag("rect", x=x + 100, y=5.0, width=14.0, height=5.0, class_="tone-plain"),
        words(x + 119, 12, "taken high", "tick"),
        words(WIDTH - NOTES + 12, 35, "by itself", "tick"),
        words(WIDTH - NOTES + 80, 35, "with others", "tick"),
    ]


def _swing(one: Swing, base: float, across: Scale, y: float) -> tuple[Html, float]:
    """One bar, and its height."""
    names = wrap(one.name, NAME, NAME_LINES)
    lines = wrap(one.where, LONGEST, MOST_LINES) if one.where else []
    whole = f"{one.name} {one.where}".strip()
    shares = give_or_take(*one.first), give_or_take(*one.total)
    marks: list[Html] = [
        tag("title", f"{whole}: {one.said}; by itself {shares[0]}, with others {shares[1]}"),
        *(
            words(LABELS - 8, y + 11 + LETTERING * place, said, "strong", "end")
            for place, said in enumerate(names)
        ),
        *(
            words(LABELS - 8, y + 11 + LETTERING * place, said, "tick", "end")
            for place, said in enumerate(lines, len(names))
        ),
    ]
    middle = across.at(base)
    # Where both ends lie on one side, the nearer one is drawn over the other.
    ends = sorted(((one.low, "second"), (one.high, "plain")), key=lambda end: -abs(end[0] - base))
    for value, tone in ends:
        end = across.at(value)
        marks.append(
            tag(
                "rect",
                x=min(middle, end),
                y=y,
                width=max(abs(end - middle), 1),
                height=THICK,
                class_=f"tone-{tone}",
            )
        )
    (left, first), (right, last) = sorted(zip(map(across.at, (one.low, one.high)), one.ends, strict=True))
    marks += [
        words(min(left, middle) - 5, y + 11, first, "tick", "end"),
        words(max(right, middle) + 5, y + 11, last, "tick"),
        words(WIDTH - NOTES + 12, y + 11, shares[0]),
        words(WIDTH - NOTES + 80, y + 11, shares[1]),
    ]
    return tag("g", *marks), max(THICK + 14, LETTERING * (len(names) + len(lines)) + 10)
