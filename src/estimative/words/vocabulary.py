"""Vocabularies: what each of many people takes every word to mean, one person a reading."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaincinv, ndtr, ndtri

from estimative.words.meaning import Anything, Counted, Exactly, Meaning, OneOf, Said, Within
from estimative.words.survey import PERCENTILES, loadings
from estimative.words.takes import take

if TYPE_CHECKING:
    from estimative.words.lexicon import Entry, Lexicon

Array = NDArray[np.float64]

Lens = Literal["readers", "author"]
"""Through whose eyes: as readers take the words, or as the standard means them."""

Confidence = Literal["low", "moderate", "high"]

Column = Callable[[str], Array]
"""Uniform numbers of a stable name, strictly between 0 and 1, one a reading."""

FACTOR = "readers:"
"""Columns of the common factors of vocabularies are named so: ``readers:small-chances``."""

WORD = "word:"
"""Columns of single words are named so: ``word:likely``."""

WIDENING = {"high": 0.0, "moderate": 0.3, "low": 0.6}
"""Standard deviation, in log-odds, that a confidence adds to a likelihood: a convention of ours.

An even chance with low confidence lies between 27 and 73 per cent in nine readings of ten; with
moderate confidence between 38 and 62.
"""

_GRID = float(1 << 40)
"""Probabilities are rounded to this fraction, so that the last bit of a special function decides nothing."""


@dataclass(frozen=True)
class Vocabulary:
    """The vocabularies of as many people as there are readings.

    A person's position on a word is a standard normal score: a few common factors ("reads small
    chances as large", ..) and a part of the word's own, in the proportions of the survey
    (a Gaussian copula with factors). It says which reader of a hundred this person is, for this word.
    """

    lexicon: Lexicon
    lens: Lens
    people: int
    column: Column
    _known: dict[str, Array] = field(default_factory=dict, repr=False, compare=False)

    def position(self, entry: Entry) -> Array:
        """Share of readers that take the word to mean less than this person does, in (0, 1), one a reading."""
        return ndtr(self._score(entry))

    def _score(self, entry: Entry) -> Array:
        leaning = loadings()[entry.take.like]
        own = np.sqrt(1 - sum(loading**2 for loading in leaning.values()))
        score: Array = own * normal_score(self.column(WORD + entry.key))
        sign = 1.0 if entry.take.upwards else -1.0
        for factor, loading in leaning.items():
            score = score + sign * loading * self._common(factor)
        return score

    def _common(self, factor: str) -> Array:
        name = FACTOR + factor
        if name not in self._known:
            self._known[name] = normal_score(self.column(name))
        return self._known[name]

    def taken(self, entry: Entry) -> Array:
        """Probability that each person takes a word to mean, shape (readings,).

        Under the lens `readers`, the survey's quantile at the person's position; under `author`, the
        same position within the range that the standard gives the word (in ordinary usage: between the
        quartiles of readers).

        >>> from estimative.words.lexicon import lexicon
        >>> words = lexicon("icd-203")
        >>> middle = lambda name: np.array([0.5])
        >>> Vocabulary(words, "author", 1, middle).taken(words.named("likely"))
        array([0.675])
        >>> Vocabulary(words, "readers", 1, middle).taken(words.named("likely"))
        array([0.75])
        """
        found = self._known.get(entry.key)
        if found is None:
            position = self.position(entry)
            if self.lens == "author":
                found = on_grid(entry.low + position * (entry.high - entry.low))
            else:
                found = on_grid(np.interp(position, _SHARES, _quantiles(entry.key)))
            found.flags.writeable = False
            self._known[entry.key] = found
        return found

    def probability(self, meaning: Meaning, owner: str, confidence: Confidence | None = None) -> Array:
        """Probability that each person takes a likelihood to mean, shape (readings,).

        `owner` is the stable name of the rule that it stands on: what is not a word (a range, a
        choice of wordings, a tally, a confidence) is drawn from columns of the owner's own.

        >>> from estimative.words.lexicon import lexicon
        >>> people = Vocabulary(lexicon("nato"), "readers", 1, lambda name: np.array([0.25]))
        >>> people.probability(Within(0.2, 0.4), "a-rule")
        array([0.25])
        """
        found = self._meant(meaning, owner)
        if confidence is None or not WIDENING[confidence]:
            return found
        shift = WIDENING[confidence] * normal_score(self.column(f"{owner}:confidence"))
        return on_grid(shifted(found, shift))

    def _meant(self, meaning: Meaning, owner: str) -> Array:
        match meaning:
            case Said(word):
                return self.taken(self.lexicon.named(word))
            case Exactly(value):
                return np.full(self.people, value)
            case Within(low, high):
                return on_grid(low + self.column(f"{owner}:range") * (high - low))
            case Counted(hits, cases):
                place = self.column(f"{owner}:tally")
                return on_grid(betaincinv(hits + 0.5, cases - hits + 0.5, place))
            case Anything():
                return on_grid(self.column(f"{owner}:unknown"))
            case OneOf(meanings):
                chosen = np.floor(self.column(f"{owner}:wording") * len(meanings)).astype(np.int64)
                each = [
                    self._meant(part, f"{owner}:wording-{number}") for number, part in enumerate(meanings, 1)
                ]
                return np.asarray(np.stack(each)[chosen, np.arange(self.people)])


_SHARES = np.array(PERCENTILES) / 100


@cache
def _quantiles(word: str) -> Array:
    return np.array(take(word).quantiles)


def normal_score(column: Array) -> Array:
    """Standard normal scores of uniform numbers.

    >>> normal_score(np.array([0.5, 0.975])).round(2)
    array([0.  , 1.96])
    """
    return np.asarray(ndtri(column))


def on_grid(probability: Array) -> Array:
    """The probabilities rounded to a multiple of 2**-40."""
    return np.asarray(np.rint(np.asarray(probability) * _GRID) / _GRID)


def shifted(probability: Array, log_odds: Array) -> Array:
    """Probabilities moved by so much in log-odds; 0 and 1 stay.

    Three to one for instead of even is a shift of log 3:

    >>> shifted(np.array([0.0, 0.5, 1.0]), np.log(3.0)).round(6)
    array([0.  , 0.75, 1.  ])
    """
    factor = np.exp(log_odds)
    return np.asarray(probability * factor / (1 - probability + probability * factor))
