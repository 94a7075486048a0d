"""From the characters of a YAML value back to the characters of the source that wrote them."""

from __future__ import annotations

_ESCAPES = {"x": 4, "u": 6, "U": 10}
"""Length in the source of an escape with hexadecimal digits; every other escape is two characters long."""


def trace(raw: str, text: str, style: str) -> tuple[int, ...]:
    r"""Offset in `raw` of each character of `text`, or nothing where they cannot be laid side by side.

    `raw` is the source of one scalar, quotes or block header included; `text` is its value.

    >>> trace("'it''s'", "it's", "'")
    (1, 2, 3, 5)
    >>> trace('"a\\tb"', "a\tb", '"')
    (1, 2, 4)
    """
    position = 1 if style in {"'", '"'} else raw.find("\n") + 1 if style in {"|", ">"} else 0
    offsets = []
    for character in text:
        position = _skip(raw, position, character, style)
        if position >= len(raw):
            return ()
        offsets.append(position)
        position += _width(raw, position, style)
    return tuple(offsets)


def _skip(raw: str, position: int, character: str, style: str) -> int:
    """Where the next character of the value starts: past indentation and past what folding drops."""
    while position < len(raw):
        here = raw[position]
        if style == '"' and here == "\\":
            if raw[position + 1 : position + 2] in {"\n", "\r"}:
                position += 2
                continue
            return position
        if here == character or (here.isspace() and character.isspace()):
            return position
        if not here.isspace():
            return len(raw)
        position += 1
    return position


def _width(raw: str, position: int, style: str) -> int:
    """How many characters of the source stand for one character of the value."""
    if style == "'" and raw[position] == "'":
        return 2
    if style == '"' and raw[position] == "\\":
        return _ESCAPES.get(raw[position + 1 : position + 2], 2)
    return 1
