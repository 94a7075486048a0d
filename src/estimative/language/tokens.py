"""Tokens of expressions, queries and tests: keywords, names, numbers and dates."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

KEYWORDS = {
    "and": "_AND",
    "or": "_OR",
    "not": "NOT",
    "at": "_AT",
    "of": "_OF",
    "ever": "EVER",
    "always": "ALWAYS",
    "before": "_BEFORE",
    "by": "_BY",
    "from": "_FROM",
    "is": "IS",
    "do": "DO",
}
"""Words that are never names, and their tokens."""

RESERVED = frozenset({*KEYWORDS, "least", "most", "mode", "share", "time", "given", "matters"})
"""Words that no id may be."""

PHRASES = {
    "at least": "AT_LEAST",
    "at most": "AT_MOST",
    "mode of": "MODE_OF",
    "share of time": "SHARE_OF_TIME",
    "matters most of": "_MATTERS_MOST_OF",
    "does not matter to": "_DOES_NOT_MATTER_TO",
}
"""Several words that are one token."""

SIGNS = {"(": "_OPEN", ")": "_CLOSE", ",": "_COMMA", "|": "_GIVEN", "%": "PERCENT"}

_BLANKS = r"\s+"
_TOKEN = re.compile(
    rf"(?P<phrase>(?:{'|'.join(PHRASES).replace(' ', _BLANKS)})(?![\w-]))"
    r"|(?P<name>[^\W\d_][\w-]*(?:\.[^\W\d_][\w-]*)*)"
    r"|(?P<number>-?\d[\w./:-]*)"
    r"|(?P<relation>>=|<=|>(?!=)|<(?![=>]))"
    r"|(?P<sign>[(),|%])"
    r"|(?P<space>\s+)"
)
_NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,15})?", re.ASCII)


class Token(str):
    """A token as it is written, with its kind, and where it starts and ends."""

    __slots__ = ("end", "kind", "start")
    kind: str
    start: int
    end: int

    def __new__(cls, kind: str, text: str, start: int, end: int) -> Self:
        """A token; a text is whole when it is made."""
        token = super().__new__(cls, text)
        token.kind, token.start, token.end = kind, start, end
        return token


class StrangeTextError(ValueError):
    """Text that starts no token, with its offset."""

    def __init__(self, offset: int) -> None:
        super().__init__(f"no token starts at {offset}")
        self.offset = offset


def tokens(text: str) -> list[Token]:
    """The tokens of a text, or `StrangeTextError` at the first character that starts none.

    After a closed query, ``is`` takes the rest of a test as a word of likelihood.

    >>> [token.kind for token in tokens("at least 2 of (a, not b)")]
    ['AT_LEAST', 'NUMBER', '_OF', '_OPEN', 'NAME', '_COMMA', 'NOT', 'NAME', '_CLOSE']
    """
    found: list[Token] = []
    position = depth = 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            raise StrangeTextError(position)
        kind = _kind(match, found, text)
        if kind:
            found.append(Token(kind, match[0], match.start(), match.end()))
            depth += (kind == "_OPEN") - (kind == "_CLOSE")
        position = match.end()
        if kind == "IS" and depth == 0 and _ends_query(found[:-1]):
            return [*found, *_wording(text, position)]
    return found


def _ends_query(before: Sequence[Token]) -> bool:
    """Whether ``is`` after these tokens gives a verdict: after a bracket, or after a whole comparison."""
    kinds = [token.kind for token in before]
    if not kinds or kinds[0] not in {"PROBABILITY", "SHARE_OF_TIME"}:
        return False
    compared = kinds[-2:-1] in (["RELATION"], ["IS"]) or kinds[-3:-1] == ["IS", "NOT"]
    return compared or kinds[-1] == "_CLOSE"


def _kind(match: re.Match[str], before: Sequence[Token], text: str) -> str:
    """Kind of the token that was matched; nothing for white space."""
    match match.lastgroup:
        case "phrase":
            return PHRASES[" ".join(match[0].split())]
        case "name":
            return _kind_of_name(match[0], before, text[match.end() :])
        case "number":
            return "NUMBER" if _NUMBER.fullmatch(match[0]) else "DATE"
        case "relation":
            return "RELATION"
        case "sign":
            return SIGNS[match[0]]
    return ""


def _kind_of_name(name: str, before: Sequence[Token], after: str) -> str:
    if name in KEYWORDS:
        return KEYWORDS[name]
    if name == "P" and after.lstrip().startswith("("):
        return "PROBABILITY"
    if name == "to" and before and before[-1].kind == "_CLOSE":
        return "_TO"
    return "DOTTED" if "." in name else "NAME"


_WORDING = re.compile(r"\s*(?:(?P<relation>at\s+(?:least|most))(?!\w))?\s*(?P<word>.*?)\s*", re.DOTALL)


def _wording(text: str, position: int) -> Iterator[Token]:
    """Tokens of ``at least WORD`` after ``is``."""
    match = _WORDING.fullmatch(text, position)
    if match is None:
        return
    if match["relation"]:
        kind = PHRASES[" ".join(match["relation"].split())]
        yield Token(kind, match["relation"], *match.span("relation"))
    if match["word"]:
        yield Token("WORDING", match["word"], *match.span("word"))
