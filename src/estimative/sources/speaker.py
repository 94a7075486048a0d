"""Who is speaking: the authors, someone whose view they report, or someone they quote."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from estimative.sources.phrases import Match

AUTHORS = "authors"
QUOTED = "quoted"
OTHERS = "others"
"""Those who are not named: "are alleged", "rumors"."""

_WORD = re.compile(r"[\w\u2019'.\-]+")
_ACCORDING = re.compile(r"according to\s+((?:[\w\u2019'.\-]+\s*){1,4})", re.IGNORECASE)
_PERSPECTIVE = re.compile(
    r"(?:from|in)\s+(?:the\s+)?((?:[\w\u2019'\-]+\s+){0,2}[\w\-]+?)(?:[\u2019']s)?"
    r"\s+(?:perspective|standpoint|viewpoint|eyes|view)\b",
    re.IGNORECASE,
)
_HEARSAY = re.compile(r"\b(?:alleg|rumou?r|report(?:s|ed|edly)\b|said\b|unconfirmed)", re.IGNORECASE)
_IF_CLAUSE = re.compile(r"(?:should|if|even if|were|had|unless)\b", re.IGNORECASE)
_PREPOSITION = re.compile(r"(?:according|as|from|in)\b", re.IGNORECASE)
"""How attributions begin that have no subject before them."""
_LONGEST_NAME = 6


@cache
def _small(kind: str) -> frozenset[str]:
    """Small words of one kind."""
    text = files("estimative.sources").joinpath("data/small_words.toml").read_text(encoding="utf-8")
    return frozenset(tomllib.loads(text)[kind].split())


@dataclass(frozen=True)
class Voice:
    """Who judges, and of whom.

    `speaker` is "authors", "quoted", "others" (unnamed: "it is alleged"), or the name of someone whose view
    is reported, as it stands in the sentence. `about` names those of whom the authors judge what they believe: "the Soviets probably hope".
    """

    speaker: str
    about: str = ""


@dataclass(frozen=True)
class _View:
    """Someone's view reported in a sentence: its verb, and whose it is."""

    start: int
    end: int
    name: str


def voices(sentence: str, matches: Sequence[Match]) -> tuple[Voice, ...]:
    """Who speaks at each of a sentence's phrases.

    >>> from estimative.sources.phrases import matches
    >>> text = "The Soviets probably believe that reform may come."
    >>> [(text[m.start : m.end], v.speaker, v.about) for m, v in zip(matches(text), voices(text, matches(text)))]
    [('probably', 'authors', 'the Soviets'), ('believe', 'authors', 'the Soviets'), ('may', 'the Soviets', '')]
    """
    views = [
        _View(match.start, match.end, name)
        for match in matches
        if match.word_class == "attribution"
        and not _PREPOSITION.match(sentence[match.start :])
        and (name := _subject(sentence[: match.start]))
    ]
    whole = _whole_sentence(sentence)
    return tuple(_voice(sentence, match, views, whole) for match in matches)


def _voice(sentence: str, match: Match, views: Sequence[_View], whole: str) -> Voice:
    before = sentence[: match.start]
    if before.count("\u201c") > before.count("\u201d") and sentence.find("\u201d", match.end) >= 0:
        return Voice(QUOTED)
    if _HEARSAY.search(sentence[match.start : match.end]):
        return Voice(OTHERS)
    for view in views:
        if match.start <= view.start and _only_adverbs(sentence[match.end : view.start]):
            return Voice(AUTHORS, view.name)
    inside = [view for view in views if view.end <= match.start and _goes_on(sentence, view, match)]
    if inside:
        return Voice(inside[-1].name)
    return Voice(AUTHORS, whole) if whole else Voice(AUTHORS)


def _goes_on(sentence: str, view: _View, match: Match) -> bool:
    """Whether a view still speaks at a phrase: not past a semicolon, nor past the clause "should they think"."""
    between = sentence[view.end : match.start]
    if ";" in between:
        return False
    return not (_IF_CLAUSE.match(sentence) and "," in between and "," not in sentence[: view.start])


def _only_adverbs(text: str) -> bool:
    """Whether nothing but adverbs and auxiliaries stands there."""
    return all(word.lower() in _small("adverbs") for word in _WORD.findall(text))


def _subject(before: str) -> str:
    """The few words before a verb that name whose view it is; "" where they name nobody, or the authors."""
    named: list[str] = []
    for match in reversed(list(_WORD.finditer(before))):
        word = match.group().lower()
        if before[match.end() : match.end() + 1] in {",", ";", ":", "\u2014", "."}:
            break
        if not named and (word in _small("adverbs") or word.endswith("ly")):
            continue
        if word in _small("joints") | _small("adverbs"):
            break
        named.insert(0, match.group())
        of_someone = before[: match.start()].rstrip().lower().endswith(" of")
        if len(named) == _LONGEST_NAME or (word in _small("determiners") and not of_someone):
            break
    return _name(named)


def _name(words: Sequence[str]) -> str:
    """The words that name someone: they have a capital or a determiner, and are no thing."""
    nobody = _small("pronouns") | _small("authors") | _small("things") | _small("determiners")
    if not words or words[-1].lower() in nobody:
        return ""
    if not any(word[0].isupper() or word.lower() in _small("determiners") for word in words):
        return ""
    first = words[0].lower() if words[0].lower() in _small("determiners") else words[0]
    return " ".join([first, *words[1:]])


def _whole_sentence(sentence: str) -> str:
    """Whose view a whole sentence takes: "according to X", "from X's perspective"."""
    according = _ACCORDING.search(sentence)
    if according is not None:
        return " ".join(according[1].split()[:3]).rstrip(".,")
    perspective = _PERSPECTIVE.search(sentence)
    return perspective[1].strip() if perspective is not None and perspective[1][:1].isupper() else ""
