"""Which readings of the words the evidence speaks against: each word before and after, over weighted readings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from estimative.model.model import Crossing
from estimative.questions.bands import HIGH, LOW
from estimative.questions.weighted import weighted_quantiles
from estimative.words.lexicon import lexicon
from estimative.words.meaning import Said, said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from estimative.questions.futures import Futures

    Array = NDArray[np.float64]

Kind = Literal["word", "rule", "strength"]
"""A word; a rule that is not read as a plain word (a range, alternatives, a confidence); a modifier's strength."""

CLEAR = 3.0
"""A shift is shown if it exceeds so many standard errors, as the effective number of readings gives them."""

FAR = 0.2
"""And so many standard deviations over readings: less makes no difference to anybody."""

ALIKE = 1e-9
"""A spread of less than this share of the mean is rounding: all readings take such a thing alike."""

Three = tuple[float, float, float]


@dataclass(frozen=True)
class Moved:
    """How one word, or number, is to be read in view of the evidence.

    Parameters
    ----------
    name
        The word; the degree of a modifier; or the stable name of a rule, whose number is `rule`.
    before, after
        5th, 50th and 95th of a hundred readings: a probability, for a strength a factor on the odds.
    shift
        How far the mean moved, in standard deviations over readings.
    """

    kind: Kind
    name: str
    before: Three
    after: Three
    shift: float
    rule: int | None = None


def moved(futures: Futures, weights: Array, readings: float) -> tuple[Moved, ...]:
    """What the evidence moved far, and beyond chance, the farthest first.

    `weights` are those of the readings, and `readings` their effective number.
    """
    found = []
    for kind, name, rule, values in _read(futures):
        mean, spread = float(values.mean()), float(values.std())
        if spread <= ALIKE * mean:
            continue
        shift = (float(weights @ values / weights.sum()) - mean) / spread
        if abs(shift) > max(FAR, CLEAR / np.sqrt(readings)):
            alike = np.ones(len(values))
            found.append(Moved(kind, name, _three(values, alike), _three(values, weights), shift, rule))
    return tuple(sorted(found, key=lambda one: -abs(one.shift)))


def _three(values: Array, weights: Array) -> Three:
    low, median, high = weighted_quantiles(values, weights, (LOW, 0.5, HIGH))
    return float(low), float(median), float(high)


def _read(futures: Futures) -> Iterator[tuple[Kind, str, int | None, Array]]:
    """Everything in the model that readings read differently, with what each takes it to mean."""
    model, readings = futures.model, futures.readings
    meanings = [rule.meaning for rule in model.rules if not isinstance(rule.meaning, Crossing)]
    meanings += [
        meaning
        for lottery in model.lotteries
        for case in lottery.cases
        for meaning in case.meanings
        if meaning is not None
    ]
    words = lexicon(model.standard)
    for word in sorted(frozenset().union(*(said(meaning) for meaning in meanings))):
        yield "word", word, None, readings.vocabulary.taken(words.named(word))
    for degree in sorted({m.degree for rule in model.rules for m in rule.modifiers}):
        yield "strength", degree, None, readings.strengths[degree]
    for number, rule in enumerate(model.rules):
        plain = isinstance(rule.meaning, Said) and rule.confidence in {None, "high"}
        if not plain and not isinstance(rule.meaning, Crossing):
            yield "rule", rule.name, number, readings.likelihoods[:, number]
