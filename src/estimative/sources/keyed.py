"""Text made ready for comparison: letters and digits in small type, single spaces, each with its origin.

What scanning and typesetting add is taken out: hyphens at line ends, soft hyphens, ligatures, page numbers
between two halves of a sentence. Every character keeps the offset it came from, so that what is found can
be shown where it stands.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from estimative.sources.paged import Range

_TOKEN = re.compile(
    r"(?P<run>[A-Za-z0-9]+)"
    # A hyphen at the end of a line is dropped: the halves of the word belong together.
    r"|(?P<broken>[-\u2010\u2011\u00ac\u00ad][ \t]*\r?\n\s*)"
    r"|(?P<other>[^\x00-\x7f])"
    r"|(?P<space>[\x00-\x7f])"
)
_NOTHING = "\u00ad\u200b\u200c\u200d\ufeff"
"""Characters that are there and not seen."""


@dataclass(frozen=True, eq=False)
class Keyed:
    """A text's key, and for every character of it the offset in the text that it came from."""

    key: str
    origins: array[int]

    def at(self, offset: int) -> int:
        """Place in the key of the first character that came from an offset of the text, or after it."""
        return bisect_left(self.origins, offset)

    def origin(self, start: int, end: int) -> Range:
        """Offsets in the text of a stretch of the key."""
        return self.origins[start], self.origins[end - 1] + 1 if end > start else self.origins[start]


def keyed(text: str, skip: Sequence[Range] = ()) -> Keyed:
    r"""The key of a text, leaving out some stretches of it.

    >>> keyed("rela-\n  tion, \ufb01rm").key
    'relation firm'
    >>> keyed("to-\n36\ngether", skip=[(4, 7)]).key
    'together'
    """
    pieces: list[str] = []
    origins = array("q")
    space = joins = False

    def add(letters: str, places: Sequence[int]) -> None:
        nonlocal space, joins
        if space and not joins and pieces:
            pieces.append(" ")
            origins.append(places[0])
        pieces.append(letters)
        origins.extend(places)
        space = joins = False

    at = 0
    for start, end in [*skip, (len(text), len(text))]:
        for match in _TOKEN.finditer(text, at, max(at, start)):
            match match.lastgroup:
                case "run":
                    add(match.group().lower(), range(match.start(), match.end()))
                case "broken":
                    joins = True
                case "other":
                    for letter in _letters(match.group()):
                        if letter == " ":
                            space = True
                        else:
                            add(letter, (match.start(),))
                case _:
                    space = True
        at = max(at, end)
    origins.append(len(text))
    return Keyed("".join(pieces), origins)


def key(text: str) -> str:
    """The key of a short text.

    >>> key("North-South “self- reliance”")
    'north south self reliance'
    """
    return keyed(text).key


def _letters(character: str) -> str:
    """What a character beyond ASCII is in a key: small letters and digits, or a space, or nothing."""
    if character in _NOTHING:
        return ""
    return "".join(
        piece if piece.isalnum() else " "
        for piece in unicodedata.normalize("NFKC", character).casefold()
        if not unicodedata.combining(piece)
    )
