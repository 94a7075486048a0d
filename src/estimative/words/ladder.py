"""Ladders: which word a number deserves, in each person's own vocabulary or in a standard's ranges."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from estimative.words.lexicon import Entry, Lexicon
    from estimative.words.vocabulary import Vocabulary

    Array = NDArray[np.float64]

Relation = Literal["is", "is at least", "is at most"]


def borders(vocabulary: Vocabulary) -> Array:
    """Borders between the rungs of ordinary usage, rising, shape (readings, 6).

    They lie midway, in log-odds, between this person's own numbers for the seven rungs. Where somebody
    takes two of the words out of order, the numbers are sorted: the rungs are in order by definition.
    """
    own = np.sort([vocabulary.taken(step) for step in vocabulary.lexicon.ladder], axis=0)
    return midway(own).T


def midway(numbers: Array) -> Array:
    """What lies midway in log-odds between neighbours along the first axis.

    Between 20 % and 50 % (odds of 1/4 and 1): odds of 1/2.

    >>> midway(np.array([0.2, 0.5])).round(4)
    array([0.3333])
    """
    log_odds = np.log(numbers) - np.log1p(-numbers)
    return np.asarray(1 / (1 + np.exp(-(log_odds[1:] + log_odds[:-1]) / 2)))


def deserves(
    vocabulary: Vocabulary, probability: Array, word: str, relation: Relation = "is"
) -> NDArray[np.bool_]:
    """Whether a number deserves a word, in each reading.

    Under an official standard, whether it lies in the word's range (from its lower end up for *is at
    least*, up to its upper end for *is at most*); the outermost ranges reach to 0 and 1, as nobody has
    another word for what lies beyond. In ordinary usage, whether it lies on the word's rung of this
    person's ladder.

    Parameters
    ----------
    probability
        One number a reading, shape (readings,); NaN deserves nothing.
    word
        Any wording of a word of the standard.

    Raises
    ------
    LookupError
        If the standard has no such word.
    """
    lexicon = vocabulary.lexicon
    entry = lexicon.find(word)
    if entry is None:
        raise LookupError(word)
    if lexicon.official:
        low, high = reach(lexicon, entry)
        over, under = probability >= low, probability <= high
    else:
        rung = lexicon.rung(entry)
        edges = np.pad(borders(vocabulary), ((0, 0), (1, 1)), constant_values=((0, 0), (0.0, 2.0)))
        over, under = probability >= edges[:, rung], probability < edges[:, rung + 1]
    if relation == "is at least":
        return over
    return under if relation == "is at most" else over & under


def reach(lexicon: Lexicon, entry: Entry) -> tuple[float, float]:
    """Range of an official word, the outermost ones reaching to 0 and 1.

    >>> from estimative.words.lexicon import lexicon
    >>> words = lexicon("icd-203")
    >>> reach(words, words.named("almost no chance")), reach(words, words.named("likely"))
    ((0.0, 0.05), (0.55, 0.8))
    """
    steps = lexicon.ladder
    low = 0.0 if entry.low == min(step.low for step in steps) else entry.low
    high = 1.0 if entry.high == max(step.high for step in steps) else entry.high
    return low, high


@dataclass(frozen=True)
class Spoken:
    """A number in words.

    Parameters
    ----------
    word
        The word of the rung on which it lies, or of the nearest one.
    low, high
        Range of that rung, in [0, 1].
    inside
        Whether the number lies in the range: some standards leave gaps.
    """

    word: str
    low: float
    high: float
    inside: bool = True


def word_of(lexicon: Lexicon, probability: float) -> Spoken:
    """The word that a number deserves: of several ranges the narrowest, of those the higher.

    In ordinary usage the rungs are those of the median reader. In a gap it is the word whose range is
    nearest.

    >>> from estimative.words.lexicon import lexicon
    >>> word_of(lexicon("icd-203"), 0.3)
    Spoken(word='unlikely', low=0.2, high=0.45, inside=True)
    >>> word_of(lexicon("phia"), 0.24)
    Spoken(word='unlikely', low=0.25, high=0.35, inside=False)
    """
    rungs = rung_ranges(lexicon)
    inside = [spoken for spoken in rungs if spoken.low <= probability <= spoken.high]
    if inside:
        narrowest = min(spoken.high - spoken.low for spoken in inside)
        return [spoken for spoken in inside if spoken.high - spoken.low <= narrowest + 1e-9][-1]
    near = min(rungs, key=lambda spoken: max(spoken.low - probability, probability - spoken.high))
    return Spoken(near.word, near.low, near.high, inside=False)


@cache
def rung_ranges(lexicon: Lexicon) -> tuple[Spoken, ...]:
    """Every rung of a standard with its range; in ordinary usage that of the median reader's ladder.

    >>> from estimative.words.lexicon import lexicon
    >>> [f"{rung.word} {rung.high:.2f}" for rung in rung_ranges(lexicon("ordinary"))][:3]
    ['almost no chance 0.03', 'highly unlikely 0.10', 'unlikely 0.33']
    """
    steps = lexicon.ladder
    if lexicon.official:
        return tuple(Spoken(step.key, *reach(lexicon, step)) for step in steps)
    edges = [0.0, *midway(np.array([step.take.median for step in steps])).tolist(), 1.0]
    return tuple(Spoken(step.key, edges[n], edges[n + 1]) for n, step in enumerate(steps))
