"""Misread words of the phrase list: what a scanned text has in place of `possibility` or `seems`."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from estimative.sources.phrases import words

if TYPE_CHECKING:
    from collections.abc import Iterable

_ALIKE = ("ceoas0", "il1!|tfj", "nuhm", "vw", "bhkd", "gqy9", "s5&8e", "rn", "rt")
"""Letters that print alike in small type."""
SHORTEST = 4
"""Shorter words have too many neighbours."""
LONG = 7
"""From this length on two letters may be misread."""
RARE = 2
"""A word that stands more often in the document is meant as it is."""

_TOKEN = re.compile(r"[A-Za-z][A-Za-z0-9!|&]+")


def misread_words(texts: Iterable[str]) -> dict[str, str]:
    """Words of a document that stand for a word of the phrase list, of the same length, by letters printed alike.

    Only rare words are looked at, and only letters that look alike may differ, so that `appeal` is not
    taken for `appear`.

    >>> misread_words(["The poesibility is minims!", "an appeal"])
    {'poesibility': 'possibility', 'minims!': 'minimal'}
    """
    counts = Counter(token for text in texts for token in _TOKEN.findall(text))
    by_length: dict[int, list[str]] = {}
    for word in sorted(words()):
        by_length.setdefault(len(word), []).append(word)
    found = {}
    for token, count in counts.items():
        small = token.lower()
        if count > RARE or len(token) < SHORTEST or small in words():
            continue
        near = [word for word in by_length.get(len(token), ()) if _could_be(small, word)]
        if len(near) == 1:
            found[token] = near[0]
    return found


def mended(text: str, misread: dict[str, str]) -> str:
    """A text with misread words replaced; of the same length, so that places stay."""
    return _TOKEN.sub(lambda match: misread.get(match.group(), match.group()), text)


def _could_be(seen: str, word: str) -> bool:
    allowed = 2 if len(word) >= LONG else 1
    different = [pair for pair in zip(seen, word, strict=True) if pair[0] != pair[1]]
    return len(different) <= allowed and all(
        any(a in alike and b in alike for alike in _ALIKE) for a, b in different
    )
