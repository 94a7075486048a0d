"""Bounds: the least and the most that a probability can be, however the words of a small estimate are read.

A reading is a point in a box: for each word a place in its range, for each range of numbers a place in it,
and so on. Over this box the exact engine is asked for the lowest and the highest probability. Where more
of each likelihood can only help or only harm (`estimative.questions.monotone`), two corners of the box
give them, and that is proved. Elsewhere they are searched for: at every corner, then from the best ones
by L-BFGS-B (SciPy's).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from math import prod
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import minimize

from estimative.engine.exact import TooLarge
from estimative.estimate.queries import Mode, Probability, ShareOfTime
from estimative.model.model import Crossing
from estimative.model.part import part
from estimative.questions.box import Box
from estimative.questions.events import concerned

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from estimative.estimate.queries import Query
    from estimative.questions.futures import Futures

    Array = NDArray[np.float64]

MOST_STATES = 1 << 9
"""Joint states of a part that is still bounded: nine conditions."""

MOST_PLACES = 8
"""Words whose places are still searched together; a part that is proved monotone may have any number."""

MOST_WORDINGS = 16
"""Combinations of alternative wordings that are still tried one by one."""

RESTARTS = 2
"""Corners from which a search goes on."""


@dataclass(frozen=True)
class Bounds:
    """The least and the most that a query can come to.

    Parameters
    ----------
    low, high
        In [0, 1].
    proved
        Whether no reading can lie beyond; else the bounds are what a search found.
    tails
        Whether something that has no end takes part (a modifier's strength, a confidence, a tally): of
        that only the 1st to the 99th of a hundred readings count.
    """

    query: Probability | ShareOfTime
    low: float
    high: float
    proved: bool
    tails: bool


@dataclass(frozen=True)
class NotBounded:
    """Why a query has no bounds here."""

    query: Query
    reason: str


def bounds(futures: Futures, query: Query) -> Bounds | NotBounded:
    """The least and the most that a query can come to, over the ranges of the lens of these futures.

    Through the lens `author` a word lies in its standard's range, through `readers` between the 1st and the
    99th of a hundred readers. A word has one meaning wherever it stands, as it has for one reader.
    """
    if isinstance(query, Mode):
        return NotBounded(query, "a mode is a level, not a probability")
    model, names = part(futures.model, futures.names, concerned(futures.names, query))
    if model.choices:
        return NotBounded(query, "it hangs on an actor's choice")
    if any(isinstance(rule.meaning, Crossing) for rule in model.rules):
        return NotBounded(query, "it hangs on a trend, whose course has no bounds")
    if prod(len(v.levels) for v in model.variables if v.guard is None) > MOST_STATES:
        return NotBounded(query, f"it hangs on {len(model.variables)} things, too many to be enumerated")
    box = Box(model, names, futures.readings.lens, query)
    try:
        return _bounded(box, query)
    except TooLarge as reason:
        return NotBounded(query, str(reason))


def _bounded(box: Box, query: Probability | ShareOfTime) -> Bounds | NotBounded:
    signs = box.signs()
    if signs is not None:
        most = np.array([1.0 if sign > 0 else 0.0 for sign in signs])
        low, high = box.values(np.array([1 - most, most]))
        return Bounds(query, float(low), float(high), proved=True, tails=box.tails)
    if len(box.places) > MOST_PLACES:
        return NotBounded(query, f"it turns on {len(box.places)} words, too many to be searched together")
    if prod(box.wordings) > MOST_WORDINGS:
        return NotBounded(query, "too many of its likelihoods are alternatives")
    found = [_searched(box, wordings) for wordings in product(*(range(count) for count in box.wordings))]
    if np.isnan(found).any():
        return NotBounded(query, "what is given cannot come about in every reading")
    low, high = min(low for low, _ in found), max(high for _, high in found)
    return Bounds(query, low, high, proved=False, tails=box.tails)


def _searched(box: Box, wordings: Sequence[int]) -> tuple[float, float]:
    """The least and the most that a search finds with some wordings."""

    def values(points: Array) -> Array:
        return box.values(points, wordings)

    corners = np.array(list(product((0.0, 1.0), repeat=len(box.places))))
    at = values(corners)
    if np.isnan(at).any():
        return np.nan, np.nan
    order = np.argsort(at)
    least = _descended(values, corners[order[:RESTARTS]])
    most = _descended(lambda points: -values(points), corners[order[::-1][:RESTARTS]])
    return min(least, float(at.min())), max(-most, float(at.max()))


def _descended(values: Callable[[Array], Array], starts: Array) -> float:
    """Lowest value found from some corners, each drawn in a little so that it can be left."""
    if not starts.size:
        return float(values(starts)[0])
    limits = [(0.0, 1.0)] * starts.shape[1]

    def value(point: Array) -> float:
        return float(values(point[None])[0])

    ends = (minimize(value, start, method="L-BFGS-B", bounds=limits) for start in 0.5 + 0.8 * (starts - 0.5))
    return min(float(end.fun) for end in ends)
