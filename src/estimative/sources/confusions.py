"""How scanned characters are misread: what a reader of old print sees one for the other.

The pairs are those that recur in scanned reports of the typewriter and photosetting age: closed and open
loops (8, 6, 3, 5, 9, 0), single strokes (1, 7, l, I), and letters that stand where a digit was printed.
"""

from __future__ import annotations

_LIKE: dict[str, str] = {
    "0": "OoQDC9",
    "1": "lI|!i]7",
    "2": "Zz?",
    "3": "85",
    "4": "9A",
    "5": "6S3sC",
    "6": "85bGC",
    "7": "1?T",
    "8": "63&B",
    "9": "04gq",
}
"""For each printed digit, what it is often read as."""

ALIKE = 0.5
"""Cost of a usual misreading."""
UNLIKE = 1.0
"""Cost of any other misreading, of a character lost, and of one too many."""


def readings_of(seen: str) -> tuple[str, ...]:
    """Digits that a character often stands for, without the one that it is.

    >>> readings_of("6"), readings_of("&"), readings_of("x")
    (('5', '8'), ('8',), ())
    """
    return tuple(digit for digit, seen_as in _LIKE.items() if seen in seen_as and seen != digit)


def misreading(seen: str, printed: str) -> float:
    """Cost of reading one character where another was printed: 0, `ALIKE` or `UNLIKE`."""
    if seen == printed:
        return 0.0
    return ALIKE if seen in _LIKE.get(printed, "") else UNLIKE


def distance(seen: str, printed: str) -> float:
    """Cheapest way to read `seen` where `printed` stood: an edit distance with usual misreadings at half cost.

    >>> distance("26", "25"), distance("34", "24"), distance("2?", "27"), distance("4", "47")
    (0.5, 1.0, 0.5, 1.0)
    """
    row = [UNLIKE * length for length in range(len(printed) + 1)]
    for character in seen:
        before, row = row, [row[0] + UNLIKE]
        for index, wanted in enumerate(printed):
            row.append(
                min(
                    before[index] + misreading(character, wanted),
                    before[index + 1] + UNLIKE,
                    row[index] + UNLIKE,
                )
            )
    return row[-1]
