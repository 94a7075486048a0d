"""Tables of words: a standard's ranges beside what readers take its words to mean; one word in full."""

from __future__ import annotations

from dataclasses import dataclass

from estimative.words.files import about
from estimative.words.lexicon import Entry, lexicon, plain, standards
from estimative.words.takes import Basis, take

BINS = 20
"""Bars of a word's picture: five per cent wide each."""


@dataclass(frozen=True)
class WordRow:
    """One word of a standard.

    Parameters
    ----------
    word, wordings
        The word, and every way to write it.
    low, high
        The standard's range, in [0, 1]; None in ordinary usage, which has none.
    taken
        What readers take it to mean: 5th, 25th, 50th, 75th and 95th percentile, in [0, 1].
    inside
        Share of readers who take it to mean something inside the range.
    basis, source, reason
        Where `taken` comes from: see `estimative.words.takes.Take`; `source` is short.
    """

    word: str
    wordings: tuple[str, ...]
    low: float | None
    high: float | None
    taken: tuple[float, float, float, float, float]
    inside: float | None
    basis: Basis
    source: str
    reason: str


@dataclass(frozen=True)
class StandardTable:
    """The words of one standard, from the least likely to the most.

    `source` says where the standard is set down, and `sources` in full where the figures of readers
    come from.
    """

    standard: str
    title: str
    source: str
    rows: tuple[WordRow, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True)
class InStandard:
    """One word in one standard: its range in [0, 1], and the share of readers inside it."""

    standard: str
    title: str
    word: str
    low: float
    high: float
    inside: float


@dataclass(frozen=True)
class WordAnswer:
    """One word in full.

    Parameters
    ----------
    quantiles
        What the 1st to 99th of a hundred readers take it to mean, in [0, 1].
    bars
        Share of readers in each twentieth of [0, 1].
    official
        The word in every official standard that has it.
    """

    word: str
    wordings: tuple[str, ...]
    quantiles: tuple[float, ...]
    bars: tuple[float, ...]
    official: tuple[InStandard, ...]
    basis: Basis
    source: str
    reason: str


def table_of(standard: str) -> StandardTable:
    """The table of a standard.

    >>> row = next(row for row in table_of("icd-203").rows if row.word == "likely")
    >>> row.low, row.high, row.taken
    (0.55, 0.8, (0.6, 0.66, 0.75, 0.8, 0.85))

    Raises
    ------
    KeyError
        If there is no such standard.
    """
    words = lexicon(standard)
    place = {entry.key: entry.rung for entry in words.entries}
    entries = sorted(words.entries, key=lambda entry: (place[entry.key] or 0, entry.take.median))
    used = dict.fromkeys(entry.take.source for entry in entries)
    return StandardTable(
        standard=standard,
        title=words.title,
        source=about("standards.toml")[standard]["full"],
        rows=tuple(_row(entry) for entry in entries),
        sources=tuple(about("sources.toml")[source]["full"] for source in used),
    )


def _row(entry: Entry) -> WordRow:
    taken = entry.take
    low, high = entry.stated or (None, None)
    return WordRow(
        word=entry.key,
        wordings=entry.wordings,
        low=low,
        high=high,
        taken=(taken.at(5), taken.at(25), taken.at(50), taken.at(75), taken.at(95)),
        inside=share_inside(entry) if entry.stated else None,
        basis=taken.basis,
        source=about("sources.toml")[taken.source]["short"],
        reason=taken.reason,
    )


def share_inside(entry: Entry) -> float:
    """Share of readers who take a word to mean something inside its range, ends included.

    >>> round(share_inside(lexicon("nato").named("likely")), 2)
    0.97
    """
    quantiles = entry.take.quantiles
    return sum(entry.low <= probability <= entry.high for probability in quantiles) / len(quantiles)


def word_answer(wording: str) -> WordAnswer:
    """What readers take a word to mean, and the ranges that the standards give it.

    >>> [(found.standard, found.low) for found in word_answer("likely").official]
    [('icd-203', 0.55), ('phia', 0.55), ('nato', 0.6), ('ipcc', 0.66), ('efsa', 0.66)]

    Raises
    ------
    LookupError
        If no standard has such a word.
    """
    entries = [entry for name in standards() if (entry := lexicon(name).find(wording)) is not None]
    if not entries:
        raise LookupError(wording)
    exact = [entry for entry in entries if plain(entry.key) == plain(wording)]
    word = (exact or entries)[-1].key
    taken = take(word)
    return WordAnswer(
        word=word,
        wordings=(exact or entries)[-1].wordings,
        quantiles=taken.quantiles,
        bars=histogram(taken.quantiles),
        official=tuple(_in_standard(entry) for entry in entries if entry.stated),
        basis=taken.basis,
        source=about("sources.toml")[taken.source]["full"],
        reason=taken.reason,
    )


def _in_standard(entry: Entry) -> InStandard:
    title = about("standards.toml")[entry.standard]["title"]
    return InStandard(entry.standard, title, entry.key, entry.low, entry.high, share_inside(entry))


def histogram(quantiles: tuple[float, ...]) -> tuple[float, ...]:
    """Share of readers in each twentieth of [0, 1]; what lies on a border counts above it.

    >>> histogram((0.0, 0.05, 0.07, 1.0))[:3]
    (0.25, 0.5, 0.0)
    """
    counts = [0] * BINS
    for probability in quantiles:
        counts[min(int(probability * BINS + 1e-9), BINS - 1)] += 1
    return tuple(count / len(quantiles) for count in counts)
