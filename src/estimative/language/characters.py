"""The characters of a text: those that no estimate needs, and those that a reader would not see."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from estimative.language.problems import reading as problems

if TYPE_CHECKING:
    from collections.abc import Iterator

    from estimative.places.problem import Problem
    from estimative.places.source import Source

_REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
"""Control characters, separators that YAML takes for line ends, lone surrogates, a byte order mark inside."""

HIDDEN = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f]")
"""Zero-width characters and those that turn the direction of writing."""

MAX_SHOWN = 20
"""Characters of one kind in one text that are listed one by one."""


def name_of(character: str) -> str:
    """What a character is called: ``U+202E RIGHT-TO-LEFT OVERRIDE``."""
    return f"U+{ord(character):04X} {unicodedata.name(character, '')}".rstrip()


def check_characters(source: Source) -> Iterator[Problem]:
    """Yield a problem for each character that is refused and a warning for each that cannot be seen."""
    start = 1 if source.text.startswith("\ufeff") else 0
    refused = _REFUSED.finditer(source.text, start)
    for _, match in zip(range(MAX_SHOWN), refused, strict=False):
        yield problems.character_refused(source.span(match.start()), name_of(match[0]))
    hidden = HIDDEN.finditer(source.text)
    for _, match in zip(range(MAX_SHOWN), hidden, strict=False):
        if _joins_emoji(source.text, match.start()):
            continue
        yield problems.hidden_character(source.span(match.start()), name_of(match[0]))


def refused_in(text: str) -> str:
    """The first refused character of a value, which an escape in double quotes can smuggle in."""
    match = _REFUSED.search(text)
    return "" if match is None else match[0]


def _joins_emoji(text: str, index: int) -> bool:
    """Whether a joiner or selector stands after a picture, where it belongs to what is seen."""
    return (
        text[index] in "\u200d\ufe0e\ufe0f"
        and index > 0
        and unicodedata.category(text[index - 1]) in {"So", "Sk", "Mn"}
    )
