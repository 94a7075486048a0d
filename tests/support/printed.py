"""Made-up print: pages of sentences with their numbers, as scanning leaves them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from estimative.sources.numerals import page_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

WORDS = [
    "the",
    "council",
    "of",
    "the",
    "river",
    "states",
    "met",
    "again",
    "and",
    "looked",
    "at",
    "the",
    "state",
    "of",
    "its",
    "granaries",
    "while",
    "traders",
    "from",
    "the",
    "coast",
    "waited",
    "for",
    "news",
    "about",
    "harvests",
    "and",
    "tariffs",
    "that",
    "nobody",
    "had",
    "asked",
    "them",
    "to",
    "bring",
]


def lines(seed: int, count: int = 30) -> str:
    """So many lines of prose, for every number other ones; the last ends a sentence."""
    # A place's name that no other page has, made of letters only.
    place = "".join(chr(ord("a") + int(digit)) for digit in f"{seed:04d}")
    rows = []
    for row in range(count):
        start = (seed * 7 + row * 5) % len(WORDS)
        rows.append(" ".join([place, *(WORDS * 2)[start : start + 10]]))
    return "\n".join(rows) + "."


def book(
    pages: Iterable[int],
    *,
    roman: bool = False,
    printed: Mapping[int, str] | None = None,
    stand: Literal["head", "foot"] = "head",
) -> str:
    """Pages with their numbers on lines of their own; `printed` says how some of them read ("": lost)."""
    made = []
    for number in pages:
        mark = (printed or {}).get(number, page_name(number, is_roman=roman))
        text = lines(number)
        parts = [mark, text] if stand == "head" else [text, mark]
        made.append("\n\n".join(part for part in parts if part))
    return "\n\n\n".join(made) + "\n\n\n"
