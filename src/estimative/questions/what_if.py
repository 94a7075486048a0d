"""What if: outcomes with something made so, or known to be so, side by side with the base."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from estimative.estimate.expressions import Always, And, At, Compared, Ever, Named, Not
from estimative.estimate.queries import Probability, ShareOfTime
from estimative.places.brief import Brief
from estimative.questions.ask import Answer, ask
from estimative.questions.bands import HIGH, LOW, Band, drawn_in
from estimative.questions.luck import LUCK, paired_noise

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from estimative.estimate.expressions import Expression
    from estimative.estimate.queries import Do
    from estimative.places.calendar import Calendar
    from estimative.questions.futures import Futures

    Array = NDArray[np.float64]

Outcome = Probability | ShareOfTime

NO_DIFFERENCE = 0.005
"""Half a point: what differs by less is shown as no difference."""


@dataclass(frozen=True)
class Supposition:
    """What is supposed: made so (`do`), or known to be so (`given`); `text` is how the analyst wrote it."""

    text: str
    do: tuple[Do, ...] = ()
    given: Expression | None = None


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

    `differs` says whether the mean of the difference is half a point or more, and more than luck.
    """

    made: Supposition
    known: Supposition
    difference: Band
    rises: float
    falls: float
    differs: bool


@dataclass(frozen=True)
class WhatIf(Brief):
    """One outcome: the base, and its shift under each supposition in the order in which they were given.

    `contrasts` compare what is made so with what is known, where both are the same thing.
    """

    base: Answer
    shifts: tuple[Shift, ...]
    contrasts: tuple[Contrast, ...] = ()


@dataclass(frozen=True)
class _Found:
    """An answer under a supposition.

    `share` is the share of the base's futures that meet what must be known, per reading; None where nothing
    must be.
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
            _contrast(made, known, base)
            for made in shown
            for known in shown
            if _comparable(made, known, futures.model.calendar)
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
    if supposition.given is not None:
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
    if found.share is None:
        # With the same dice whatever differs is of this world, in that future; how often is left to luck.
        most, luck = paired_noise(part - whole, found.answer.met / len(base.values)), np.zeros(len(part))
    else:
        most = luck = noise(part, whole, found.share[both], base.met / len(base.values))
    band = difference_band(part - whole, _least(base, most), most)
    return Shift(found.supposition, found.answer, band, *_ways(part - whole, luck))


def _least(base: Answer, most: Array) -> Array:
    """The least that a Monte Carlo variance can be; of a share of time, which has any value, nothing is known."""
    return np.zeros_like(most) if isinstance(base.query, ShareOfTime) else most


def _comparable(made: _Found, known: _Found, calendar: Calendar) -> bool:
    """Whether the one is made so and the other known, both the same thing, and both have an answer."""
    one, other = made.supposition, known.supposition
    if one.given is not None or other.given is None or other.do:
        return False
    things = {(do.name, do.value, None if do.at is None else calendar.steps_by(do.at.last)) for do in one.do}
    return (
        things == _known(other.given, calendar)
        and made.answer.band is not None
        and known.answer.band is not None
    )


def _known(given: Expression, calendar: Calendar) -> set[tuple[str, str, int | None]] | None:
    """What is known to be so, as interventions would have it; None if it is more than such things, all together.

    What is known at a step is what is made so then; what is known without one, what is held so.
    """
    match given:
        case And(several):
            each = [_known(part, calendar) for part in several]
            return None if None in each else {thing for part in each for thing in part or ()}
        case At(part, date):
            thing = _thing(part)
            return thing and {(*thing, calendar.steps_by(date.last))}
        case Not(Ever(Named(name), None, None)):
            return {(name, "no", None)}
        case Ever(part, None, None) | Always(part, None, None):
            thing = _thing(part)
            return thing and {(*thing, None)}
        case _:
            return None


def _thing(part: Expression) -> tuple[str, str] | None:
    """Name and value of what holds, if it is one value of one thing."""
    match part:
        case Named(name):
            return name, "yes"
        case Not(Named(name)):
            return name, "no"
        case Compared(name, "is", value):
            return name, value
        case _:
            return None


def _contrast(made: _Found, known: _Found, base: Answer) -> Contrast:
    if known.share is None:
        raise ValueError(f"{known.supposition.text} is not known")
    both = ~np.isnan(made.answer.values - known.answer.values)
    one, other, futures = made.answer.values[both], known.answer.values[both], base.met / len(base.values)
    share = known.share[both]
    # With the same dice the two are alike in part: their noise is at most that of two that are not, and at
    # least what it would be if in the futures in which it is so by itself all came out the same.
    most = (one * (1 - one) + other * (1 - other) / share) / futures
    band = difference_band(one - other, _least(base, noise(other, one, share, futures)), most)
    rises, falls = _ways(one - other, most)
    return Contrast(
        made=made.supposition,
        known=known.supposition,
        difference=band,
        rises=rises,
        falls=falls,
        differs=abs(band.mean) > max(NO_DIFFERENCE, LUCK * band.error / len(one) ** 0.5),
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


def difference_band(differences: Array, least: Array, most: Array) -> Band:
    """Band of differences in [-1, 1], freed of the least that their Monte Carlo variance can be.

    The most that is known of it is told as its error.
    """
    low, median, high = np.quantile(drawn_in(differences, least), (LOW, 0.5, HIGH))
    return Band(float(median), float(low), float(high), float(differences.mean()), float(most.mean() ** 0.5))
