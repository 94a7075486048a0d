"""Ids: how a name may be written."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from estimative.language.characters import HIDDEN, name_of
from estimative.language.guard import MAX_KEY
from estimative.language.problems import names as problems
from estimative.language.tokens import RESERVED

if TYPE_CHECKING:
    from estimative.language.tree import Scalar
    from estimative.places.problem import Problem

ID = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
"""Kebab-case: small letters and digits, with single hyphens between."""


def check_id(scalar: Scalar, found: list[Problem], *, is_key: bool = True) -> str:
    """The id that a scalar writes; what is wrong with it is added to `found`.

    The length of a key is checked where it is read.
    """
    text = scalar.text
    if ID.fullmatch(text):
        if text in RESERVED:
            found.append(problems.reserved_word(scalar.span, text))
        elif len(text) > MAX_KEY and not is_key:
            found.append(problems.id_too_long(scalar.span, len(text), MAX_KEY))
        return text
    if hidden := HIDDEN.search(text):
        found.append(problems.hidden_in_id(scalar.inner, name_of(hidden[0])))
    elif foreign := next((c for c in text if not c.isascii() and c.isalpha()), None):
        place = scalar.at(text.index(foreign), text.index(foreign) + 1)
        found.append(problems.foreign_letter(place, name_of(foreign), suggestion(text)))
    else:
        found.append(problems.not_an_id(scalar.span, text, suggestion(text)))
    return text


def suggestion(text: str) -> str:
    """The id that a text comes nearest to; empty where nothing is left of it.

    >>> suggestion("ROK_Superior (1984)"), suggestion("5 Straße")
    ('rok-superior-1984', 'strasse-5')
    """
    plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", plain)
    first = next((n for n, word in enumerate(words) if word[0].isalpha()), len(words))
    words = [*words[first:], *words[:first]] if first < len(words) else []
    return "-".join(words)[:MAX_KEY].rstrip("-")
