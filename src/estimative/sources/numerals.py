"""Page numbers as printed: arabic and roman, and what a misread one may have been."""

from __future__ import annotations

import re

_VALUES = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_ROMAN = re.compile(r"c{0,3}(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})")
_STROKES = str.maketrans({"l": "i", "1": "i", "!": "i", "|": "i", "y": "v", "h": "ii"})
"""What scanning makes of the strokes of small roman numbers; an ``H`` is two of them."""


def roman(number: int) -> str:
    """A number from 1 to 399 in small roman numerals.

    >>> roman(8), roman(44)
    ('viii', 'xliv')
    """
    written = ""
    for value, letters in _VALUES:
        count, number = divmod(number, value)
        written += letters * count
    return written


def from_roman(text: str) -> int | None:
    """The number that small or capital roman numerals say; None where they are none.

    >>> from_roman("VI"), from_roman("viii"), from_roman("iiii"), from_roman("")
    (6, 8, None, None)
    """
    small = text.lower()
    if not small or not _ROMAN.fullmatch(small):
        return None
    total = 0
    for value, letters in _VALUES:
        while small.startswith(letters):
            total += value
            small = small[len(letters) :]
    return total


def from_strokes(text: str) -> int | None:
    """A roman number through usual misreadings of its strokes.

    >>> from_strokes("Hi"), from_strokes("v1l")
    (3, 7)
    """
    return from_roman(text.lower().translate(_STROKES))


def page_name(number: int, *, is_roman: bool) -> str:
    """A page's name as printed."""
    return roman(number) if is_roman else str(number)
