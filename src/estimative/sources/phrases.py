"""The phrases that estimates are made of, by class, and where they stand in a sentence."""

from __future__ import annotations

import csv
import re
from bisect import bisect
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

WordClass = Literal["modal", "likelihood", "hedge", "rank", "attribution", "conditional"]
"""Modal verb; word of likelihood; how sure the writer is, or on what it rests; what stands first of several;
on whose word; under what condition."""

JUDGING: tuple[WordClass, ...] = ("modal", "likelihood", "hedge", "rank")
"""Classes that make a sentence an estimative passage; the others say more about one."""

_WORD = r"[\w\u2019'\-]+"
_PIECE = re.compile(r"\[[^\]]*\]|\([^)]*\)|\S+")
_PLAIN = re.compile(r"[a-z]+")


@dataclass(frozen=True)
class Phrase:
    """One phrase of the list: its class, how it is written there, and how it is found."""

    word_class: WordClass
    written: str
    pattern: re.Pattern[str]
    needs: tuple[frozenset[str], ...]
    """Words of which a sentence must have one of each set, so that the pattern need not be tried in vain."""


@dataclass(frozen=True)
class Match:
    """A phrase in a sentence: its class and its place."""

    word_class: WordClass
    start: int
    end: int


@cache
def phrases() -> tuple[Phrase, ...]:
    """All phrases of the list.

    >>> next(phrase.word_class for phrase in phrases() if phrase.written == "could")
    'modal'
    """
    text = files("estimative.sources").joinpath("data/phrases.csv").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return tuple(_phrase(row["class"], row["phrase"]) for row in csv.DictReader(lines))


@cache
def words() -> frozenset[str]:
    """Every single word of the phrases that make a passage: what a misread word may be meant for."""
    found: set[str] = set()
    for phrase in phrases():
        if phrase.word_class in JUDGING:
            found.update(_PLAIN.findall(phrase.written))
    return frozenset(found)


def matches(sentence: str) -> tuple[Match, ...]:
    """Phrases in a sentence, from left to right; where two overlap, the longer counts.

    >>> [(m.word_class, "It could well be unlikely."[m.start : m.end]) for m in matches("It could well be unlikely.")]
    [('modal', 'could well'), ('likelihood', 'unlikely')]
    """
    present = frozenset(_PLAIN.findall(sentence.lower()))
    found = [
        Match(phrase.word_class, match.start(), match.end())
        for phrase in phrases()
        if all(needed & present for needed in phrase.needs)
        for match in phrase.pattern.finditer(sentence)
        if not _is_month(sentence, match)
    ]
    return tuple(_longest(found))


def _longest(found: Iterable[Match]) -> Iterator[Match]:
    kept: list[Match] = []  # in the order of the sentence, none of them inside another
    # Longest first; of equal length the class that comes first in the list of classes.
    rank = {word_class: index for index, word_class in enumerate(get_args(WordClass))}
    for match in sorted(found, key=lambda m: (m.start - m.end, rank[m.word_class], m.start)):
        at = bisect(kept, match.start, key=lambda m: m.start)
        if (at == 0 or kept[at - 1].end <= match.start) and (at == len(kept) or match.end <= kept[at].start):
            kept.insert(at, match)
    yield from kept


def _is_month(sentence: str, match: re.Match[str]) -> bool:
    """Whether ``May`` is the month: a capital inside a sentence, or before a number."""
    if not match.group().startswith("May"):
        return False
    inside = bool(re.search(r"[\w,;:] *$", sentence[: match.start()]))
    return inside or bool(re.match(r" *\d", sentence[match.end() :]))


def _phrase(word_class: str, written: str) -> Phrase:
    known = next(name for name in get_args(WordClass) if name == word_class)
    pattern = ""
    needs = []
    space = ""
    for piece in _PIECE.findall(written):
        if piece == "...":
            pattern += rf"(?:\s+{_WORD},?){{0,3}}?"
            continue
        if piece.startswith("["):
            pattern += f"(?:{space}{_alternatives(piece)})?"
            continue
        pattern += space + _alternatives(piece)
        if piece.startswith("("):
            needs.append(frozenset(option.split()[0] for option in piece[1:-1].split("|")))
        elif piece != "*":
            needs.append(frozenset((piece,)))
        space = r",?\s+"
    return Phrase(
        known, written, re.compile(rf"(?<![\w\u2019'-]){pattern}(?![\w-])", re.IGNORECASE), tuple(needs)
    )


def _alternatives(piece: str) -> str:
    """Pattern of one piece of a phrase: words, either of several, or any one."""
    inner = piece[1:-1] if piece[0] in "[(" else piece
    options = [re.sub(r"\s+", r"\\s+", re.escape(option).replace(r"\ ", " ")) for option in inner.split("|")]
    return "(?:" + "|".join(_WORD if option == r"\*" else option for option in options) + ")"
