"""Small pictures made of characters: strips, sparks and bars, for one cell of a terminal's table."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

EIGHTHS = "▁▂▃▄▅▆▇█"
LEFT_EIGHTHS = " ▏▎▍▌▋▊▉"
SHADES = " ░▒▓█"


def strip(low: float, median: float | None, high: float, width: int = 21) -> str:
    """A range on a line from 0 to 1, its median marked.

    >>> strip(0.25, 0.5, 0.75)
    '·····━━━━━●━━━━━·····'
    """
    first, last = (round(min(max(end, 0), 1) * (width - 1)) for end in (low, high))
    cells = ["━" if first <= cell <= last else "·" for cell in range(width)]
    if median is not None:
        cells[round(min(max(median, 0), 1) * (width - 1))] = "●"
    return "".join(cells)


def spark(values: Sequence[float], width: int = 20) -> str:
    """A course of values in [0, 1], one character each; at most `width`, evenly chosen.

    >>> spark((0, 0.25, 0.5, 0.75, 1))
    '▁▃▅▇█'
    """
    if len(values) > width:
        values = [values[round(k * (len(values) - 1) / (width - 1))] for k in range(width)]
    return "".join(
        " " if math.isnan(value) else EIGHTHS[min(int(min(max(value, 0), 1) * 8), 7)] for value in values
    )


def column(share: float) -> str:
    """A height in [0, 1], to an eighth of a character; nothing at or below 0.

    >>> column(0.5), column(2), column(-1)
    ('▄', '█', ' ')
    """
    eighths = math.ceil(min(share, 1) * 8)
    return EIGHTHS[eighths - 1] if eighths > 0 else " "


def bar(share: float, width: int = 20) -> str:
    """A length in [0, 1], to an eighth of a character.

    >>> bar(0.5, 4), bar(0.28125, 4), bar(0, 4)
    ('██', '█▏', '')
    """
    eighths = round(min(max(share, 0), 1) * width * 8)
    return ("█" * (eighths // 8) + LEFT_EIGHTHS[eighths % 8]).rstrip()


def shade(value: float | None) -> str:
    """One cell of a grid, two characters wide.

    >>> shade(None), shade(0), shade(0.5), shade(1)
    ('  ', '··', '▒▒', '██')
    """
    if value is None:
        return "  "
    sign = SHADES[round(min(max(value, 0), 1) * (len(SHADES) - 1))]
    return "··" if sign == " " else sign * 2
