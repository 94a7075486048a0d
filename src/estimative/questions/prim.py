"""PRIM: boxes in a table of cases that hold most cases of interest and few others.

The patient rule induction method [1]_ peels a few cases off one side of one dimension at a time, the side
whose loss leaves the densest box for the cases it costs, and afterwards pastes slices back where that makes
the box no less dense. Every box on the way is kept: the analyst trades coverage against density [2]_.

References
----------
.. [1] J. H. Friedman, N. I. Fisher, Bump hunting in high-dimensional data, Statistics and Computing 9 (1999)
   123-143, doi:10.1023/A:1008894516817.
.. [2] B. P. Bryant, R. J. Lempert, Thinking inside the box, Technological Forecasting and Social Change 77
   (2010) 34-49, doi:10.1016/j.techfore.2009.08.002.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.stats import binom

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

PEEL = 0.05
"""Share of the cases in a box that one peel may take; a patient default."""

LEAST_MASS = 0.05
"""Peeling ends before a box holds a smaller share of all cases than this."""


@dataclass(frozen=True)
class Limit:
    """One side of a box in one dimension: values from `low` to `high`, both included."""

    dimension: int
    low: float
    high: float


@dataclass(frozen=True)
class Box:
    """A box on the way.

    Parameters
    ----------
    limits
        The dimensions that it restricts, by number.
    coverage
        Share of all cases of interest that lie inside.
    density
        Share of the cases inside that are of interest.
    mass
        Share of all cases that lie inside.
    """

    limits: tuple[Limit, ...]
    coverage: float
    density: float
    mass: float

    def holds(self, cases: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Which cases lie inside; `cases` has shape (cases, dimensions)."""
        inside = np.ones(len(cases), np.bool_)
        for limit in self.limits:
            values = cases[:, limit.dimension]
            inside &= (values >= limit.low) & (values <= limit.high)
        return inside


def boxes(
    cases: NDArray[np.float64],
    interest: NDArray[np.bool_],
    *,
    peel: float = PEEL,
    least_mass: float = LEAST_MASS,
) -> tuple[Box, ...]:
    """Boxes from the whole table to the smallest, then the last one with slices pasted back.

    Parameters
    ----------
    cases
        Shape (cases, dimensions).
    interest
        Which cases are of interest, shape (cases,); at least one.
    peel
        Share of a box's cases that a peel takes, in (0, 0.5).
    least_mass
        Share of all cases below which no box is made.

    Examples
    --------
    The cases of interest are the upper fifth of the only dimension:

    >>> x = np.arange(100.0)[:, None]
    >>> best = max(boxes(x, x[:, 0] >= 80), key=lambda box: box.coverage * box.density)
    >>> best.limits, best.coverage, round(best.density, 2)
    ((Limit(dimension=0, low=78.5, high=99.0),), 1.0, 0.95)
    """
    bounds = np.stack([cases.min(axis=0), cases.max(axis=0)])
    found = [_box(bounds, cases, interest, bounds)]
    inside = bounds.copy()
    while True:
        taken = _best_peel(cases, interest, inside, bounds, peel)
        if taken is None or _within(cases, taken).sum() < least_mass * len(cases):
            break
        inside = taken
        found.append(_box(inside, cases, interest, bounds))
    while (grown := _best_paste(cases, interest, inside, bounds, peel)) is not None:
        inside = grown
        found.append(_box(inside, cases, interest, bounds))
    return tuple(found)


def chance(box: Box, cases: NDArray[np.float64], interest: NDArray[np.bool_]) -> dict[int, float]:
    """Probability that each restriction earns its density by chance, by dimension (quasi-p-values).

    Of the cases that the other restrictions leave, a share is of interest; the number inside the box
    would reach what it is, by chance alone, with this probability (Bryant and Lempert 2010, p. 40).
    """
    inside = box.holds(cases)
    found = {}
    for limit in box.limits:
        others = tuple(other for other in box.limits if other.dimension != limit.dimension)
        without = Box(others, 0.0, 0.0, 0.0).holds(cases)
        share = float(interest[without].mean())
        hits = int(interest[inside].sum())
        found[limit.dimension] = float(binom.sf(hits - 1, int(inside.sum()), share))
    return found


def _within(cases: NDArray[np.float64], inside: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which cases lie within bounds of shape (2, dimensions)."""
    return np.asarray(((cases >= inside[0]) & (cases <= inside[1])).all(axis=1))


def _box(
    inside: NDArray[np.float64],
    cases: NDArray[np.float64],
    interest: NDArray[np.bool_],
    bounds: NDArray[np.float64],
) -> Box:
    held = _within(cases, inside)
    hits = int(interest[held].sum())
    restricted = np.flatnonzero((inside != bounds).any(axis=0))
    limits = tuple(Limit(int(d), float(inside[0, d]), float(inside[1, d])) for d in restricted)
    return Box(limits, hits / int(interest.sum()), hits / int(held.sum()), float(held.mean()))


def _best_peel(
    cases: NDArray[np.float64],
    interest: NDArray[np.bool_],
    inside: NDArray[np.float64],
    bounds: NDArray[np.float64],
    peel: float,
) -> NDArray[np.float64] | None:
    """Bounds after the peel that raises the density most for each case it costs; None if none raises it.

    Of equally good ones, the one that leaves more dimensions free: a simpler box.
    """
    held = _within(cases, inside)
    before, size = interest[held].mean(), held.sum()
    best, best_score = None, (0.0, 0)
    for side, dimension, cut in _peels(cases[held], peel):
        after = inside.copy()
        after[side, dimension] = cut
        left = _within(cases, after)
        if not 0 < left.sum() < size:
            continue
        gain = float((interest[left].mean() - before) / (size - left.sum()))
        score = (gain, int((after == bounds).all(axis=0).sum()))
        if gain > 0 and score > best_score:
            best, best_score = after, score
    return best


def _peels(held: NDArray[np.float64], peel: float) -> Iterator[tuple[int, int, float]]:
    """Every peel of a box: side (0 low, 1 high), dimension, and where it cuts."""
    for dimension in range(held.shape[1]):
        ordered = np.sort(held[:, dimension])
        if ordered[0] == ordered[-1]:
            continue
        yield 1, dimension, -_cut(-ordered[::-1], peel)
        yield 0, dimension, _cut(ordered, peel)


def _cut(ordered: NDArray[np.float64], share: float) -> float:
    """Middle between the case at a share from below and the next larger value: no value is split."""
    at = (len(ordered) - 1) * share
    lower, upper = int(np.floor(at)), int(np.ceil(at))
    while ordered[lower] == ordered[upper] and upper < len(ordered) - 1:
        upper += 1
    return float((ordered[lower] + ordered[upper]) / 2)


def _best_paste(
    cases: NDArray[np.float64],
    interest: NDArray[np.bool_],
    inside: NDArray[np.float64],
    bounds: NDArray[np.float64],
    peel: float,
) -> NDArray[np.float64] | None:
    """Bounds after the slice back that raises the density most; None if none raises it."""
    held = _within(cases, inside)
    before, size = interest[held].mean(), held.sum()
    best, best_gain = None, 0.0
    for dimension in np.flatnonzero((inside != bounds).any(axis=0)):
        open_side = inside.copy()
        open_side[:, dimension] = bounds[:, dimension]
        values = np.sort(cases[_within(cases, open_side), dimension])
        count = max(1, int(peel * size))
        for side in (0, 1):
            after = inside.copy()
            if side == 0:
                below = values[values < inside[0, dimension]]
                after[0, dimension] = below[-count] if len(below) >= count else bounds[0, dimension]
            else:
                above = values[values > inside[1, dimension]]
                after[1, dimension] = above[count - 1] if len(above) >= count else bounds[1, dimension]
            grown = _within(cases, after)
            if grown.sum() == size:
                continue
            gain = (interest[grown].mean() - before) / (grown.sum() - size)
            if gain > best_gain:
                best, best_gain = after, gain
    return best
