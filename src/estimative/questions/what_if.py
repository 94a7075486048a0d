"""What if: outcomes with something made so, or known to be so, side by side with the base."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from estimative.estimate.expressions import And
from estimative.estimate.queries import Probability, ShareOfTime
from estimative.questions.ask import Answer, ask
from estimative.questions.bands import HIGH, LOW, Band

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from estimative.estimate.expressions import Expression
    from estimative.estimate.queries import Do
    from estimative.questions.futures import Futures

Outcome = Probability | ShareOfTime


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
    either has no answer. `rises` and `falls` are the shares of readings in which it is higher or lower.
    """

    supposition: Supposition
    answer: Answer
    difference: Band | None
    rises: float
    falls: float


@dataclass(frozen=True)
class WhatIf:
    """One outcome: the base, and its shift under each supposition in the order in which they were given."""

    base: Answer
    shifts: tuple[Shift, ...]


def what_if(
    futures: Futures, outcomes: Sequence[Outcome], suppositions: Sequence[Supposition]
) -> tuple[WhatIf, ...]:
    """Base and shifts of outcomes, all with the same dice.

    A supposition is added to what the outcome's own query already conditions on or makes so.
    """
    queries = [
        supposed(outcome, supposition)
        for outcome in outcomes
        for supposition in (Supposition(""), *suppositions)
    ]
    answers = iter(ask(futures, queries))
    found = []
    for _ in outcomes:
        base = _answer(next(answers))
        shifts = tuple(_shift(supposition, base, _answer(next(answers))) for supposition in suppositions)
        found.append(WhatIf(base, shifts))
    return tuple(found)


def supposed(outcome: Outcome, supposition: Supposition) -> Outcome:
    """The outcome's query under a supposition."""
    conditions = tuple(e for e in (outcome.given, supposition.given) if e is not None)
    given = conditions[0] if len(conditions) == 1 else And(conditions) if conditions else None
    return replace(outcome, do=(*outcome.do, *supposition.do), given=given)


def _answer(answer: object) -> Answer:
    if not isinstance(answer, Answer):
        raise TypeError(f"{type(answer).__name__} is no probability")
    return answer


def _shift(supposition: Supposition, base: Answer, answer: Answer) -> Shift:
    differences = answer.values - base.values
    both = ~np.isnan(differences)
    clear = differences[both]
    speaks = base.band is not None and answer.band is not None
    return Shift(
        supposition=supposition,
        answer=answer,
        difference=difference_band(clear, answer.met / max(1, len(answer.values))) if speaks else None,
        rises=float(np.mean(clear > 0)) if len(clear) else 0.0,
        falls=float(np.mean(clear < 0)) if len(clear) else 0.0,
    )


def difference_band(differences: NDArray[np.float64], futures: float) -> Band:
    """Band of differences per reading that were made with the same dice, in [-1, 1].

    Their Monte Carlo variance is about |d|(1-|d|)/M, that of futures that change one way only. It is
    reported as `error` and not taken out: where futures change both ways it would be too little.
    """
    low, median, high = np.quantile(differences, (LOW, 0.5, HIGH))
    size = np.abs(differences)
    error = np.sqrt((size * (1 - size) / max(1.0, futures)).mean())
    return Band(float(median), float(low), float(high), float(differences.mean()), float(error))
