"""Lexicons: which words of likelihood a standard has, their wordings, and the ranges it gives them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from math import log
from typing import TYPE_CHECKING

from estimative.words.files import about, rows

if TYPE_CHECKING:
    from estimative.words.takes import Take

ORDINARY = "ordinary"

RUNGS = (
    "almost no chance",
    "highly unlikely",
    "unlikely",
    "about even",
    "likely",
    "highly likely",
    "almost certain",
)
"""The ladder of ordinary usage."""

_ARTICLE = re.compile(r"^(?:a|an|the) ")
_FRAME = re.compile(
    r"^(?:it |there )?(?:is|are|was|were|remains?|seems?|appears?|looks?|(?:would|may|must|will) (?:seem|appear|be)"
    r"|(?:has|have) been)(?: to be)? "
)
_CLOSING = re.compile(r" (?:that|to|to be|to have)$")


@dataclass(frozen=True)
class Entry:
    """One word of a standard.

    Parameters
    ----------
    key
        The word in the standard's own wording: its name everywhere. The same word has the same key in
        every standard.
    wordings
        Every way to write it, the key first.
    standard
        Whose word it is.
    rung
        Its place on the standard's ladder, 0 for the least likely; in ordinary usage None: see `Lexicon.rung`.
    stated
        The standard's range, in [0, 1]; None in ordinary usage, which has none.
    """

    key: str
    wordings: tuple[str, ...]
    standard: str
    rung: int | None = None
    stated: tuple[float, float] | None = None

    @property
    def take(self) -> Take:
        """How readers take it."""
        from estimative.words.takes import take  # noqa: PLC0415 - to check a word needs no readers

        return take(self.key)

    @property
    def low(self) -> float:
        """Lower end of the standard's range; in ordinary usage the lower quartile of readers."""
        return self.stated[0] if self.stated else self.take.at(25)

    @property
    def high(self) -> float:
        """Upper end of the standard's range; in ordinary usage the upper quartile of readers."""
        return self.stated[1] if self.stated else self.take.at(75)


@dataclass(frozen=True)
class Lexicon:
    """The words of one standard, in the order of its table."""

    standard: str
    title: str
    entries: tuple[Entry, ...]
    by_wording: dict[str, Entry] = field(repr=False, compare=False)

    @property
    def official(self) -> bool:
        """Whether somebody laid the ranges down; ordinary usage has none."""
        return self.standard != ORDINARY

    def find(self, wording: str) -> Entry | None:
        """The entry that a wording belongs to; None if the standard has no such word.

        Capitals, hyphens, doubled blanks and a leading article do not matter. In ordinary usage a frame
        does not either: "seems unlikely" says who judges, not how likely it is.

        >>> lexicon("ordinary").find("would appear likely").key
        'likely'
        >>> lexicon("icd-203").find("could well") is None
        True
        """
        text = plain(wording)
        found = self.by_wording.get(text)
        if found is None and not self.official:
            found = self.by_wording.get(_unframed(text))
        return found

    def named(self, key: str) -> Entry:
        """The entry of a key.

        Raises
        ------
        KeyError
            If the standard has no such word.
        """
        found = self.by_wording[plain(key)]
        if found.key != key:
            raise KeyError(key)
        return found

    def nearest(self, wording: str, n: int = 3) -> tuple[str, ...]:
        """The wordings of the standard that are written most alike, best first, one of each entry.

        >>> lexicon("icd-203").nearest("likley", 1)
        ('likely',)
        """
        from rapidfuzz import fuzz, process  # noqa: PLC0415 - only a wrong word needs it

        alike = process.extract(plain(wording), list(self.by_wording), scorer=fuzz.ratio, limit=4 * n)
        best: dict[str, str] = {}
        for text, _, _ in alike:
            best.setdefault(self.by_wording[text].key, text)
        return tuple(best.values())[:n]

    @property
    def ladder(self) -> tuple[Entry, ...]:
        """One entry for each rung, from the least likely to the most.

        >>> [entry.key for entry in lexicon("nato").ladder]
        ['highly unlikely', 'unlikely', 'even chance', 'likely', 'highly likely']
        """
        return _ladder(self.standard)

    def rung(self, entry: Entry) -> int:
        """The rung on which a word stands, 0 for the lowest.

        In ordinary usage: the rung whose median is nearest to the word's, in log-odds.

        >>> words = lexicon("ordinary")
        >>> words.ladder[words.rung(words.named("could well"))].key
        'about even'
        """
        if entry.rung is not None:
            return entry.rung
        away = [abs(_log_odds(step.take.median) - _log_odds(entry.take.median)) for step in self.ladder]
        return away.index(min(away))


def _log_odds(probability: float) -> float:
    return log(probability / (1 - probability))


def plain(wording: str) -> str:
    """A wording without what does not matter: capitals, hyphens, blanks, a leading article.

    >>> plain("A  Fifty-Fifty")
    'fifty fifty'
    """
    text = " ".join(wording.casefold().replace("-", " ").split())
    return _ARTICLE.sub("", text)


def _unframed(text: str) -> str:
    return _ARTICLE.sub("", _CLOSING.sub("", _FRAME.sub("", text)))


def standards() -> tuple[str, ...]:
    """The standards that an estimate can be written in."""
    return tuple(about("standards.toml"))


@cache
def lexicon(standard: str) -> Lexicon:
    """The lexicon of a standard.

    >>> entry = lexicon("icd-203").find("probably")
    >>> entry.key, entry.low, entry.high
    ('probable', 0.55, 0.8)

    Raises
    ------
    KeyError
        If there is no such standard.
    """
    title = about("standards.toml")[standard]["title"]
    entries = []
    for row in rows(f"standards/{standard}.csv"):
        wordings = (row["word"], *(part.strip() for part in row["wordings"].split(";") if part.strip()))
        if standard == ORDINARY:
            entries.append(Entry(row["word"], wordings, standard))
        else:
            stated = float(row["low"]) / 100, float(row["high"]) / 100
            entries.append(Entry(row["word"], wordings, standard, int(row["rung"]) - 1, stated))
    by_wording = {plain(wording): entry for entry in entries for wording in entry.wordings}
    return Lexicon(standard, title, tuple(entries), by_wording)


@cache
def _ladder(standard: str) -> tuple[Entry, ...]:
    words = lexicon(standard)
    if not words.official:
        return tuple(words.named(rung) for rung in RUNGS)
    first: dict[int | None, Entry] = {}
    for entry in words.entries:
        first.setdefault(entry.rung, entry)
    return tuple(first.values())


def standards_with(wording: str) -> tuple[str, ...]:
    """The standards that have a word: for an estimate that mixes them.

    >>> standards_with("realistic possibility")
    ('phia', 'ordinary')
    """
    return tuple(standard for standard in standards() if lexicon(standard).find(wording) is not None)


def negated(wording: str, standard: str) -> tuple[str, ...]:
    """What ``not X`` may be meant to say, where X is a word of the standard; empty where it is not.

    People do not take "not likely" to mean the complement of "likely", so the analyst is asked. First
    the word with its own negation ("unlikely"), then the words of the rungs as far below the middle.

    >>> negated("not likely", "icd-203")
    ('unlikely',)
    >>> negated("not very likely", "icd-203")
    ('unlikely', 'very unlikely')
    """
    words = lexicon(standard)
    text = _unframed(plain(wording))
    if words.find(wording) is not None or not text.startswith("not "):
        return ()
    inner = words.find(text.removeprefix("not "))
    if inner is None:
        return ()
    own = {f"un{inner.key}", f"im{inner.key}", inner.key.removeprefix("un"), inner.key.removeprefix("im")}
    direct = [entry.key for entry in words.entries if entry.key in own - {inner.key}]
    if direct:
        return tuple(direct)
    rung, middle = words.rung(inner), (len(words.ladder) - 1) // 2
    mirror = 2 * middle - rung
    step = 1 if mirror < middle else -1
    offered = [place for place in (mirror + step, mirror) if 0 <= place < len(words.ladder)]
    return tuple(words.ladder[place].key for place in offered)
