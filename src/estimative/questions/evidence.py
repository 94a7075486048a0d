"""Evidence: futures weighed by how likely the reports on them are, from counts of what is true of them.

A report that is right with probability g multiplies the weight of a future by g if what it says is true
of the future, and else by 1 - g. Reports are taken to err independently of each other, given what is so.
The weight therefore depends only on which reports are true of a future; futures are counted by pattern,
and the weights applied to the counts. Nothing is drawn anew, so the dice are those of every question.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import TYPE_CHECKING

import numpy as np

from estimative.engine.request import Request
from estimative.model.guards import TRUE, All, AtLeast, Guard, Not
from estimative.questions.events import Monitors

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from estimative.engine.request import Counts
    from estimative.estimate.expressions import Expression
    from estimative.estimate.queries import Probability
    from estimative.model.compile_guards import Names
    from estimative.places.calendar import Calendar

    Array = NDArray[np.float64]
    Numbers = NDArray[np.float64] | NDArray[np.int64]


@dataclass(frozen=True)
class Evidence:
    """One report: that an event has happened, right with probability `right` in [1/2, 1]."""

    event: Expression
    right: float

    def __post_init__(self) -> None:
        if not 0.5 <= self.right <= 1:
            raise ValueError(f"{self.right} is no probability of being right between 1/2 and 1")


def pattern_count(evidence: Sequence[Evidence]) -> int:
    """How many patterns of true reports are told apart.

    Two reports of one grade and one of another: none, one or both of the two, with the other or without.

    >>> from estimative.estimate.expressions import Named
    >>> pattern_count([Evidence(Named("x"), right) for right in (0.85, 0.85, 0.7, 1.0)])
    6
    """
    numbers = Counter(one.right for one in evidence if one.right not in {0.5, 1})
    return prod(number + 1 for number in numbers.values())


@dataclass(frozen=True)
class Weighed:
    """Futures weighed by evidence, per reading.

    Parameters
    ----------
    likelihood
        Probability of all reports together, shape (readings,).
    effective
        Effective number of futures, shape (readings,).
    met, hits
        Weight of the futures that meet each query's condition, and of those of them that are hits, as
        shares of the whole weight before, shape (readings, queries).
    """

    likelihood: Array
    effective: Array
    met: Array
    hits: Array


class Patterns:
    """The counts that weigh futures by some evidence, for some queries.

    Reports of one grade are alike to the weight, so only how many of them are true is told apart; what is
    known must be true.
    """

    def __init__(
        self,
        names: Names,
        calendar: Calendar,
        evidence: Sequence[Evidence],
        queries: Sequence[Probability],
    ) -> None:
        monitors = Monitors(names, calendar)
        known = tuple(monitors.event(one.event) for one in evidence if one.right == 1)
        graded: dict[float, list[Guard]] = {}
        for one in evidence:
            if one.right not in {0.5, 1}:
                graded.setdefault(one.right, []).append(monitors.event(one.event))
        # A report that is as often wrong as right weighs every future alike.
        self.neutral = 0.5 ** sum(one.right == 0.5 for one in evidence)
        # The first stands for all futures as they are, before any report.
        self.patterns = ((TRUE, 0.0), *_patterns(known, graded))
        self.asked = tuple(
            (given, All((given, monitors.event(query.event))))
            for query in queries
            for given in (TRUE if query.given is None else monitors.event(query.given),)
        )
        self.monitors = monitors.monitors

    def request(self) -> Request:
        """What is to be counted: each pattern, alone and with each query."""
        events = [
            All((pattern, *also))
            for pattern, _ in self.patterns
            for also in ((), *((part,) for pair in self.asked for part in pair))
        ]
        return Request(monitors=self.monitors, events=tuple(events))

    def before(self, counts: Counts) -> tuple[Numbers, Numbers]:
        """Futures that meet each query's condition, and hits among them, before any report: (readings, queries)."""
        counted = counts.events[:, 1 : 1 + 2 * len(self.asked)]
        return counted[:, ::2], counted[:, 1::2]

    def weigh(self, counts: Counts) -> Weighed:
        """Weigh what was counted."""
        share = np.asarray(counts.events, np.float64) / counts.futures
        share = share.reshape(len(share), len(self.patterns), 1 + 2 * len(self.asked))
        weights = self.neutral * np.array([weight for _, weight in self.patterns])
        total = np.einsum("rpe,p->re", share, weights)
        square = share[:, :, 0] @ weights**2
        likelihood = total[:, 0]
        safe = np.where(square > 0, square, 1.0)
        return Weighed(
            likelihood=likelihood,
            effective=np.where(square > 0, counts.futures * likelihood**2 / safe, 0.0),
            met=total[:, 1::2],
            hits=total[:, 2::2],
        )


def _patterns(known: Sequence[Guard], graded: dict[float, list[Guard]]) -> Iterator[tuple[Guard, float]]:
    """Every number of true reports of each grade, with what is known, and the weight of a future with it."""
    for numbers in product(*(range(len(events) + 1) for events in graded.values())):
        parts, weight = list(known), 1.0
        for (right, events), number in zip(graded.items(), numbers, strict=True):
            parts.append(_exactly(number, events))
            weight *= right**number * (1 - right) ** (len(events) - number)
        yield All(tuple(parts)), weight


def _exactly(number: int, events: Sequence[Guard]) -> Guard:
    """So many of the events, and no more."""
    parts = tuple(events)
    return All((AtLeast(number, parts), Not(AtLeast(number + 1, parts))))
