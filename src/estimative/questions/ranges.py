"""Ranges: which numbers a claim allows for the one probability that it speaks of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from estimative.estimate.queries import Compares, IsWord, Number, Probability, ShareOfTime
from estimative.words.ladder import borders, deserves, reach

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from estimative.estimate.queries import Test
    from estimative.words.vocabulary import Vocabulary

    Array = NDArray[np.float64]

Inequality = Literal[">=", ">", "<=", "<"]

MIRROR: dict[Inequality, Inequality] = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
"""A comparison read from right to left."""

COMPARISONS = {">=": np.greater_equal, ">": np.greater, "<=": np.less_equal, "<": np.less}


def asked(test: Test) -> Probability | ShareOfTime | None:
    """The one probability on which a test sets a word or a bound; None for other tests."""
    match test:
        case IsWord(query=query):
            return query
        case Compares(left=Number(), right=Probability() | ShareOfTime() as query):
            return query
        case Compares(left=Probability() | ShareOfTime() as query, right=Number()):
            return query
    return None


def allowed(test: Test, vocabulary: Vocabulary) -> tuple[Array, Array]:
    """Lowest and highest number that a test allows for what it asks, in each reading.

    Raises
    ------
    TypeError
        For a test that sets no word or bound on one probability.
    """
    people = vocabulary.people
    match test:
        case IsWord(_, relation, word):
            low, high = _of_word(vocabulary, word)
            if relation == "is at least":
                high = np.ones(people)
            if relation == "is at most":
                low = np.zeros(people)
            return low, high
        case Compares(left, comparison, right):
            bound, sign = (right, comparison) if isinstance(right, Number) else (left, MIRROR[comparison])
            if isinstance(bound, Number):
                at = np.full(people, bound.value)
                return (at, np.ones(people)) if sign in {">", ">="} else (np.zeros(people), at)
    raise TypeError(type(test).__name__)


def _of_word(vocabulary: Vocabulary, word: str) -> tuple[Array, Array]:
    """Range of a word: its standard's, or in ordinary usage its rung on each person's ladder."""
    lexicon = vocabulary.lexicon
    entry = lexicon.find(word)
    if entry is None:
        raise LookupError(word)
    if lexicon.official:
        low, high = reach(lexicon, entry)
        return np.full(vocabulary.people, low), np.full(vocabulary.people, high)
    edges = np.pad(borders(vocabulary), ((0, 0), (1, 1)), constant_values=((0, 0), (0.0, 1.0)))
    rung = lexicon.rung(entry)
    return edges[:, rung], edges[:, rung + 1]


def allows(test: Test, vocabulary: Vocabulary, number: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Whether a test of one probability is met by a number, in each reading."""
    match test:
        case IsWord(_, relation, word):
            return deserves(vocabulary, number, word, relation)
        case Compares(_, comparison, Number(value)):
            return np.asarray(COMPARISONS[comparison](number, value))
        case Compares(Number(value), comparison, _):
            return np.asarray(COMPARISONS[comparison](value, number))
    raise TypeError(type(test).__name__)
