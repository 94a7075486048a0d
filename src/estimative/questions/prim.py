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
    from numpy.typing import NDArray

PEEL = 0.05
"""Share of the cases in a box that one peel may take; a patient default."""

LEAST_MASS = 0.05
"""Peeling ends before a box holds a smaller share of all cases than this."""

WORTH = 0.02
"""A side without which a box loses no more than this share of its density is not worth telling."""


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

    @property
    def balance(self) -> float:
        """Harmonic mean of coverage and density, in [0, 1]: near one only if both are.

        Their product would take all cases for the best box wherever many are of interest.

        >>> Box((), coverage=1.0, density=0.25, mass=1.0).balance
        0.4
        """
        both = self.coverage + self.density
        return 2 * self.coverage * self.density / both if both else 0.0

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
    >>> best = max(boxes(x, x[:, 0] >= 80), key=lambda box: box.balance)
    >>> best.limits, best.coverage, round(best.density, 2)
    ((Limit(dimension=0, low=78.5, high=99.0),), 1.0, 0.95)
    """
    bounds = np.stack([cases.min(axis=0), cases.max(axis=0)])
    found = [_box(bounds, cases, interest, bounds)]
    inside, held = bounds.copy(), _Held.all_of(cases, interest)
    while (cut := _best_peel(held, inside, bounds, peel)) is not None:
        left = held.after(cut, cases)
        if left.size < least_mass * len(cases):
            break
        inside[cut.side, cut.dimension] = cut.at
        held = left
        found.append(_box(inside, cases, interest, bounds))
    while (grown := _best_paste(cases, interest, inside, bounds, peel)) is not None:
        inside = grown
        found.append(_box(inside, cases, interest, bounds))
    return tuple(found)


def simpler(
    box: Box, cases: NDArray[np.float64], interest: NDArray[np.bool_], *, worth: float = WORTH
) -> Box:
    """The box without the sides that hardly matter to it: the least needed goes first.

    A side goes if without it the density is at least 1 - `worth` of that of `box`; what it held off is held
    then. Friedman and Fisher remove redundant variables in the same way.

    Examples
    --------
    >>> cases = np.array([[x, y] for x in range(10) for y in range(10)], float)
    >>> box = Box((Limit(0, 5, 9), Limit(1, 0, 8)), coverage=0.9, density=1.0, mass=0.45)
    >>> simpler(box, cases, cases[:, 0] >= 5).limits
    (Limit(dimension=0, low=5, high=9),)
    """
    least = (1 - worth) * box.density
    while box.limits:
        fewer = (
            _of(tuple(limit for limit in box.limits if limit is not left), cases, interest)
            for left in box.limits
        )
        best = max(fewer, key=lambda one: one.density)
        if best.density < least:
            break
        box = best
    return box


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


def _within(
    cases: NDArray[np.float64], inside: NDArray[np.float64], bounds: NDArray[np.float64]
) -> NDArray[np.bool_]:
    """Which cases lie within bounds of shape (2, dimensions); only restricted dimensions are looked at."""
    restricted = np.flatnonzero((inside != bounds).any(axis=0))
    found = np.ones(len(cases), np.bool_)
    for dimension in restricted:
        values = cases[:, dimension]
        found &= (values >= inside[0, dimension]) & (values <= inside[1, dimension])
    return found


def _box(
    inside: NDArray[np.float64],
    cases: NDArray[np.float64],
    interest: NDArray[np.bool_],
    bounds: NDArray[np.float64],
) -> Box:
    restricted = np.flatnonzero((inside != bounds).any(axis=0))
    limits = tuple(Limit(int(d), float(inside[0, d]), float(inside[1, d])) for d in restricted)
    return _of(limits, cases, interest)


def _of(limits: tuple[Limit, ...], cases: NDArray[np.float64], interest: NDArray[np.bool_]) -> Box:
    held = Box(limits, 0.0, 0.0, 0.0).holds(cases)
    hits, size = int(interest[held].sum()), int(held.sum())
    return Box(limits, hits / int(interest.sum()), hits / size if size else 0.0, size / len(cases))


@dataclass(frozen=True)
class _Held:
    """The cases inside a box, sorted along each dimension: number, value and interest, shape (dimensions, cases)."""

    order: NDArray[np.intp]
    values: NDArray[np.float64]
    interest: NDArray[np.bool_]

    @classmethod
    def all_of(cls, cases: NDArray[np.float64], interest: NDArray[np.bool_]) -> _Held:
        order = np.ascontiguousarray(cases.argsort(axis=0, kind="stable").T)
        return cls(order, np.take_along_axis(cases.T, order, axis=1), interest[order])

    @property
    def size(self) -> int:
        return len(self.order[0])

    def after(self, cut: _Cut, cases: NDArray[np.float64]) -> _Held:
        """Those that a cut leaves; they are still sorted."""
        values = cases[:, cut.dimension]
        left = (values <= cut.at if cut.side else values >= cut.at)[self.order]
        of = len(left), -1
        return _Held(
            self.order[left].reshape(of), self.values[left].reshape(of), self.interest[left].reshape(of)
        )


@dataclass(frozen=True)
class _Cut:
    """A peel: which side of a dimension (0 low, 1 high) is cut off, and where."""

    side: int
    dimension: int
    at: float


def _best_peel(
    held: _Held, inside: NDArray[np.float64], bounds: NDArray[np.float64], peel: float
) -> _Cut | None:
    """The peel that raises the density most for each case it costs; None if none raises it.

    A side is cut midway between the case at the share `peel` from it and the next other value: no value is
    split. Of equally good peels the one that leaves more dimensions free: a simpler box.
    """
    values, size = held.values, held.size
    nth = int((size - 1) * peel)
    # Of each dimension, how many cases go and how many of those are of interest, on the low and the high side.
    hits = np.pad(held.interest.cumsum(axis=1), ((0, 0), (1, 0)))
    low = (values <= values[:, nth, None]).sum(axis=1)
    high = size - (values < values[:, size - 1 - nth, None]).sum(axis=1)
    every = np.arange(len(values))
    gone = np.stack([low, high])
    total = hits[0, -1]
    kept = total - np.stack([hits[every, low], total - hits[every, size - high]])
    possible = gone < size
    left = np.where(possible, size - gone, 1)
    gain = np.where(possible, (kept / left - total / size) / gone, 0.0)
    most = gain.max(initial=0.0)
    if most <= 0:
        return None
    restricted = (inside != bounds).any(axis=0)
    sides, dimensions = np.nonzero(gain == most)
    # What is restricted already first, then in the order of dimensions, high sides before low ones.
    side, dimension = min(
        zip(sides.tolist(), dimensions.tolist(), strict=True),
        key=lambda cut: (not restricted[cut[1]], cut[1], -cut[0]),
    )
    at = int(low[dimension]) if side == 0 else size - int(high[dimension])
    return _Cut(side, dimension, float((values[dimension, at - 1] + values[dimension, at]) / 2))


def _best_paste(
    cases: NDArray[np.float64],
    interest: NDArray[np.bool_],
    inside: NDArray[np.float64],
    bounds: NDArray[np.float64],
    peel: float,
) -> NDArray[np.float64] | None:
    """Bounds after the slice back that raises the density most; None if none raises it."""
    held = _within(cases, inside, bounds)
    before, size = interest[held].mean(), held.sum()
    best, best_gain = None, 0.0
    for dimension in np.flatnonzero((inside != bounds).any(axis=0)):
        open_side = inside.copy()
        open_side[:, dimension] = bounds[:, dimension]
        values = np.sort(cases[_within(cases, open_side, bounds), dimension])
        count = max(1, int(peel * size))
        for side in (0, 1):
            after = inside.copy()
            if side == 0:
                below = values[values < inside[0, dimension]]
                after[0, dimension] = below[-count] if len(below) >= count else bounds[0, dimension]
            else:
                above = values[values > inside[1, dimension]]
                after[1, dimension] = above[count - 1] if len(above) >= count else bounds[1, dimension]
            grown = _within(cases, after, bounds)
            if grown.sum() == size:
                continue
            gain = (interest[grown].mean() - before) / (grown.sum() - size)
            if gain > best_gain:
                best, best_gain = after, gain
    return best
