"""Commas inside brackets: YAML ends a plain value at a comma in ``[..]`` or ``{..}``; this joins it again."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from estimative.language.tree import Node, Scalar, is_empty

if TYPE_CHECKING:
    from collections.abc import Sequence

    from estimative.places.source import Source, Span

Pair = tuple[Scalar | None, Node]
"""A key with its value, or no key with an item of a list."""

MAX_PIECES = 20
"""A value torn into more pieces than these is not put together again."""


def join_split(pairs: Sequence[Pair], source: Source) -> tuple[list[Pair], list[Span]]:
    """The pairs with torn values joined, and the places of those values.

    ``{when: at least 1 of (a, b)}`` reads as ``when: at least 1 of (a`` and a key ``b)``: an open bracket
    or quotation mark says that the value goes on, and so does a key without a colon: ``{when: a, b}``.
    """
    joined: list[Pair] = []
    torn: list[Span] = []
    index = 0
    while index < len(pairs):
        key, value = pairs[index]
        more = _pieces_after(pairs, index) or _keys_without_colon(pairs, index, source)
        if more:
            last = pairs[index + more]
            end = max(node.span.end for node in last if node is not None)
            span = source.span(value.span.start, end)
            value = Scalar(" ".join(span.text.split()), span)
            torn.append(span)
        joined.append((key, value))
        index += 1 + more
    return joined, torn


def _pieces_after(pairs: Sequence[Pair], index: int) -> int:
    """How many of the following pairs belong to a value that was torn: none where it is whole."""
    value = pairs[index][1]
    if not isinstance(value, Scalar) or value.style or _is_whole(value.text):
        return 0
    text = value.text
    for count, (key, item) in enumerate(islice(pairs, index + 1, index + 1 + MAX_PIECES), start=1):
        piece = item if key is None else key
        if not isinstance(piece, Scalar) or piece.style or not (key is None or is_empty(item)):
            return 0
        text += ", " + piece.text
        if _is_whole(text):
            return count
    return 0


def _keys_without_colon(pairs: Sequence[Pair], index: int, source: Source) -> int:
    """How many keys without a colon follow a plain value that has one."""
    key, value = pairs[index]
    if key is None or not isinstance(value, Scalar) or value.style or is_empty(value):
        return 0
    count = 0
    for key, item in islice(pairs, index + 1, index + 1 + MAX_PIECES):
        if key is None or key.style or not is_empty(item):
            break
        if source.text[key.span.end :].lstrip().startswith(":"):
            break
        count += 1
    return count


def _is_whole(text: str) -> bool:
    return text.count('"') % 2 == 0 and text.count("(") <= text.count(")")
