"""From nested mappings, lists and texts to YAML that the reader accepts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_PLAIN = re.compile(r"[A-Za-z0-9(](?:[\w /.%<>()=+-]*[\w%)+.-])?", re.ASCII)
"""Texts that no YAML reader takes for anything else; everything else is put in quotes."""


_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}


def emit(value: Mapping[str, object]) -> str:
    """A mapping as YAML: mappings line by line, lists in brackets where they hold texts only.

    >>> print(emit({"x": {"says": "It's so", "levels": ["low", "high"]}}), end="")
    x:
      says: 'It''s so'
      levels: [low, high]
    """
    return "".join(f"{line}\n" for line in _mapping(value, 0))


def _mapping(value: Mapping[str, object], depth: int) -> list[str]:
    lines = []
    for key, inner in value.items():
        head = "  " * depth + f"{_scalar(key)}:"
        if isinstance(inner, dict):
            lines += [head, *_mapping(inner, depth + 1)]
        elif isinstance(inner, list | tuple) and any(isinstance(item, dict) for item in inner):
            lines += [head, *(line for item in inner for line in _item(item, depth + 1))]
        else:
            lines.append(f"{head} {_inline(inner)}")
    return lines


def _item(value: object, depth: int) -> list[str]:
    """One item of a list of mappings."""
    inner = _mapping(value, depth + 1) if isinstance(value, dict) else [_inline(value)]
    first, *rest = inner
    return ["  " * depth + "- " + first.lstrip(), *rest]


def _inline(value: object) -> str:
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_inline(item) for item in value) + "]"
    return _scalar(str(value))


def _scalar(text: str) -> str:
    """A text as a scalar, plain where that is safe everywhere."""
    if _PLAIN.fullmatch(text):
        return text
    if text.isprintable():
        return "'" + text.replace("'", "''") + "'"
    return '"' + "".join(map(_escaped, text)) + '"'


def _escaped(character: str) -> str:
    """A character as it stands in double quotes."""
    if character in _ESCAPES:
        return _ESCAPES[character]
    if character.isprintable():
        return character
    number = ord(character)
    return (
        f"\\x{number:02x}"
        if number < 0x100
        else f"\\u{number:04x}"
        if number < 0x10000
        else f"\\U{number:08x}"
    )
