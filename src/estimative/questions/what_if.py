"""What if: outcomes with something made so, or known to be so, side by side with the base."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from estimative.estimate.expressions import And, Compared, Named
from estimative.estimate.queries import Probability, ShareOfTime
from estimative.estimate.walk import parts
from estimative.questions.ask import Answer, ask
from estimative.questions.bands import HIGH, LOW, Band, drawn_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from estimative.estimate.expressions import Expression
    from estimative.estimate.queries import Do
    from estimative.questions.futures import Futures

    Array = NDArray[np.float64]

Outcome = Probability | ShareOfTime

LUCK = 2.0
"""Of two probabilities from other futures one is higher if it is so by more standard errors than this."""


@dataclass(frozen=True)
class Supposition:
    """What is supposed: made so (`do`), or known to be so (`given`); `text` is how the analyst wrote it."""

    text: str
    do: tuple[Do, ...] = ()
    given: Expression | None = None

    @property
    def names(self) -> frozenset[str]:
        """Of what it speaks."""
        atoms = parts(self.given) if self.given is not None else ()
        known = {atom.name for atom in atoms if isinstance(atom, Named | Compared)}
        return frozenset(known | {do.name for do in self.do})


@dataclass(frozen=True)
class Shift:
    """An outcome under a supposition.

    `difference` sums up its probability minus the base's, reading by reading, in [-1, 1]; None where
    either has no answer. `rises` and `falls` are the shares of readings in which it is higher or lower;
    where it is found in fewer futures than the base, by more than luck.
    """

    supposition: Supposition
    answer: Answer
    difference: Band | None
    rises: float
    falls: float


@dataclass(frozen=True)
class Contrast:
    """The same thing made so, and known to be so: the outcome's probability in the first world minus the second.

    `differs` says whether the mean of the difference is more than luck.
    """

    made: Supposition
    known: Supposition
    difference: Band
    rises: float
    falls: float
    differs: bool


@dataclass(frozen=True)
class WhatIf:
    """One outcome: the base, and its shift under each supposition in the order in which they were given.

    `contrasts` compare what is made so with what is known, where both speak of the same things.
    """

    base: Answer
    shifts: tuple[Shift, ...]
    contrasts: tuple[Contrast, ...] = ()


@dataclass(frozen=True)
class _Found:
    """An answer under a supposition.

    `share` is the share of the base's futures that meet what must be known, per reading; None where nothing
    must be, or where no event is counted but time.
    """

    supposition: Supposition
    answer: Answer
    share: Array | None


def what_if(
    futures: Futures, outcomes: Sequence[Outcome], suppositions: Sequence[Supposition]
) -> tuple[WhatIf, ...]:
    """Base and shifts of outcomes, all with the same dice.

    A supposition is added to what the outcome's own query already conditions on or makes so.
    """
    asked = [
        (outcome, [list(_queries(outcome, supposition)) for supposition in suppositions])
        for outcome in outcomes
    ]
    queries = [
        query for outcome, several in asked for query in (outcome, *(one for pair in several for one in pair))
    ]
    answers = iter(ask(futures, queries))
    found = []
    for _, several in asked:
        base = _answer(next(answers))
        shown = []
        for supposition, pair in zip(suppositions, several, strict=True):
            answer, *share = [_answer(next(answers)) for _ in pair]
            shown.append(_Found(supposition, answer, share[0].values if share else None))
        shifts = tuple(_shift(one, base) for one in shown)
        contrasts = tuple(
            _contrast(made, known, base) for made in shown for known in shown if _comparable(made, known)
        )
        found.append(WhatIf(base, shifts, contrasts))
    return tuple(found)


def supposed(outcome: Outcome, supposition: Supposition) -> Outcome:
    """The outcome's query under a supposition."""
    conditions = tuple(e for e in (outcome.given, supposition.given) if e is not None)
    given = conditions[0] if len(conditions) == 1 else And(conditions) if conditions else None
    return replace(outcome, do=(*outcome.do, *supposition.do), given=given)


def _queries(outcome: Outcome, supposition: Supposition) -> Iterator[Outcome]:
    """Yield the outcome's query under a supposition, and how likely is what must be known."""
    yield supposed(outcome, supposition)
    if supposition.given is not None and isinstance(outcome, Probability):
        yield Probability(supposition.given, outcome.given, (*outcome.do, *supposition.do))


def _answer(answer: object) -> Answer:
    if not isinstance(answer, Answer):
        raise TypeError(f"{type(answer).__name__} is no probability")
    return answer


def _shift(found: _Found, base: Answer) -> Shift:
    both = ~np.isnan(found.answer.values - base.values)
    part, whole = found.answer.values[both], base.values[both]
    if found.answer.band is None or base.band is None:
        return Shift(found.supposition, found.answer, None, 0.0, 0.0)
    futures = base.met / len(base.values)
    if found.share is None:
        least = np.zeros(len(part))
        band = difference_band(part - whole, found.answer.met / len(base.values))
    else:
        least = noise(part, whole, found.share[both], futures)
        band = _band(part - whole, least, least)
    return Shift(found.supposition, found.answer, band, *_ways(part - whole, least))


def _comparable(made: _Found, known: _Found) -> bool:
    """Whether the one is made so and the other known, both of the same things, and both have an answer."""
    return (
        made.supposition.given is None
        and not known.supposition.do
        and made.supposition.names == known.supposition.names
        and made.answer.band is not None
        and known.answer.band is not None
    )


def _contrast(made: _Found, known: _Found, base: Answer) -> Contrast:
    both = ~np.isnan(made.answer.values - known.answer.values)
    one, other, futures = made.answer.values[both], known.answer.values[both], base.met / len(base.values)
    share = np.full(len(one), known.answer.met / base.met) if known.share is None else known.share[both]
    # With the same dice the two are alike in part: their noise is at most that of two that are not, and at
    # least what it would be if in the futures in which it is so by itself all came out the same.
    most = (one * (1 - one) + other * (1 - other) / share) / futures
    least = noise(other, one, share, futures) if known.share is not None else np.zeros(len(one))
    band = _band(one - other, least, most)
    rises, falls = _ways(one - other, most)
    return Contrast(
        made=made.supposition,
        known=known.supposition,
        difference=band,
        rises=rises,
        falls=falls,
        differs=abs(band.mean) > LUCK * band.error / len(one) ** 0.5,
    )


def noise(part: Array, whole: Array, share: Array, futures: float) -> Array:
    """Monte Carlo variance of a probability found in some futures, less that in all of them, per reading.

    With q the share of the futures, p their probability and r that of the others, the whole has
    q p + (1 - q) r: so the difference is (1 - q) (p - r), and M futures leave to luck
    (1 - q)^2 (p (1 - p) / q + r (1 - r) / (1 - q)) / M of it, and q (1 - q) (p - r)^2 / M for q itself.

    Examples
    --------
    Half of a hundred futures, of which all have it, the others none: only how many they are is left to
    luck, .25 / 100. With .6 against .5 in all (.4 in the others): .25 x (.48 + .48) / 100 + .25 x .04 / 100.

    >>> noise(np.array([1.0, 0.6]), np.array([0.5, 0.5]), np.array([0.5, 0.5]), 100).round(6)
    array([0.0025, 0.0025])
    """
    left = 1 - share
    with np.errstate(invalid="ignore", divide="ignore"):
        others = np.clip((whole - share * part) / left, 0, 1)
        variance = left**2 * part * (1 - part) / share + left * others * (1 - others)
        variance += share * left * (part - others) ** 2
    return np.where(left > 0, variance, 0.0) / max(1.0, futures)


def _ways(differences: Array, noise: Array) -> tuple[float, float]:
    """Shares of readings in which a difference is above and below nothing, by more than luck."""
    luck = LUCK * np.sqrt(noise)
    return float(np.mean(differences > luck)), float(np.mean(differences < -luck))


def _band(differences: Array, least: Array, most: Array) -> Band:
    """Band of differences in [-1, 1], freed of the least that their Monte Carlo variance can be.

    The most that it can be is told as its error.
    """
    low, median, high = np.quantile(drawn_in(differences, least), (LOW, 0.5, HIGH))
    return Band(float(median), float(low), float(high), float(differences.mean()), float(most.mean() ** 0.5))


def difference_band(differences: Array, futures: float) -> Band:
    """Band of differences per reading that were made with the same dice, in [-1, 1].

    Their Monte Carlo variance is about |d|(1-|d|)/M, that of futures that change one way only. It is
    reported as `error` and not taken out: where futures change both ways it would be too little.
    """
    low, median, high = np.quantile(differences, (LOW, 0.5, HIGH))
    size = np.abs(differences)
    error = np.sqrt((size * (1 - size) / max(1.0, futures)).mean())
    return Band(float(median), float(low), float(high), float(differences.mean()), float(error))
