"""Variance shares: how much of an outcome's spread over readings comes from one thing that readings take differently.

Every reading is asked again with that one thing taken as another reading, the donor, takes it ("pick and
freeze" [1]_). Write y for the outcome, d for its change, V for its variance. Half the mean of d squared is the
part of V that the thing has a hand in, by itself and together with others [2]_; the mean of the donor's y times
d is the part that it makes by itself, whatever the others are [3]_. Nothing is fitted, so nothing is missed
because of its shape, and what has no part in the outcome changes none of its futures: its shares are zero.

The outcome and its changes carry Monte Carlo error. The changes are found twice, with different dice, and the
product of both stands in for the square, so that the error cancels on average. The donor's outcome has dice of
its own anyhow.

References
----------
.. [1] I. M. Sobol', Global sensitivity indices for nonlinear mathematical models and their Monte Carlo estimates,
   Mathematics and Computers in Simulation 55 (2001) 271-280, doi:10.1016/S0378-4754(00)00270-6.
.. [2] M. J. W. Jansen, Analysis of variance designs for model output, Computer Physics Communications 117
   (1999) 35-43, doi:10.1016/S0010-4655(98)00154-4.
.. [3] A. Saltelli et al., Variance based sensitivity analysis of model output: design and estimator for the total
   sensitivity index, Computer Physics Communications 181 (2010) 259-270, doi:10.1016/j.cpc.2009.09.018.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import stdtr, stdtrit

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

SURE = 0.9
"""A share lies within its margin in so many cases (in a few less where readings are few)."""

LEVEL = 0.05
"""An outcome that nothing moves has a hinge in at most so many cases: a bound for all leeways together."""

TAIL = 0.2
"""A swing compares the fifth of readings at either end."""

FOLDS = 4
"""Quarters of the readings: in each, several columns count in the direction in which they do in the others."""


@dataclass(frozen=True)
class Outcome:
    """An outcome in each reading, as well as it is known; NaN where a reading says nothing of it.

    Parameters
    ----------
    values
        Shape (readings,).
    noise
        Variance of the Monte Carlo error in each, right on average, shape (readings,).
    donor
        From which reading each takes what is swapped, never from itself, shape (readings,).
    """

    values: Array
    noise: Array
    donor: NDArray[np.int64]

    @property
    def centred(self) -> Array:
        """Deviations from the mean."""
        return self.values - mean(self.values)

    @property
    def squares(self) -> Array:
        """What each reading adds to the variance, without Monte Carlo error."""
        return self.centred**2 - self.noise

    @property
    def variance(self) -> float:
        """Variance over readings, without Monte Carlo error; not above zero where it is lost in it."""
        return mean(self.squares)


@dataclass(frozen=True)
class Share:
    """What one thing explains of an outcome's variance over readings.

    A share lies in [0, 1], its estimate perhaps a little outside, and within its margin in nine cases of ten.

    Parameters
    ----------
    first, first_margin
        What it makes by itself.
    total, total_margin
        What it has a hand in, also together with others.
    chance
        How probable so large a total would be if it had no part in the outcome.
    """

    first: float
    first_margin: float
    total: float
    total_margin: float
    chance: float


def share(outcome: Outcome, once: Array, again: Array) -> Share:
    """Share of what changes the outcome, when it is swapped, by `once` with some dice and `again` with others.

    Examples
    --------
    In x + 2 y, both uniform, x makes a fifth of the variance.

    >>> x, y = np.random.default_rng(1).random((2, 2**16))
    >>> whole = Outcome(x + 2 * y, np.zeros(len(x)), np.roll(np.arange(len(x)), 1))
    >>> change = x[whole.donor] - x
    >>> found = share(whole, change, change)
    >>> round(found.first, 2), round(found.total, 2), bool(found.total_margin < 0.01)
    (0.2, 0.2, True)
    """
    squares, variance = outcome.squares, outcome.variance
    halves = once * again / 2
    total = mean(halves) / variance
    alone = by_itself(outcome, (once + again) / 2, total)
    first = mean(alone) / variance
    return Share(
        first,
        margin((alone - first * squares[outcome.donor]) / variance),
        total,
        margin((halves - total * squares) / variance),
        chance(halves),
    )


def brought(outcome: Outcome, change: Array, total: float) -> Array:
    """How far each reading's outcome is from the mean with the thing swapped, as far as the donor is the cause.

    The reading's own deviation has nothing to do with the donor: as much of it is left in as leaves least room
    for luck, the more the larger the total share of the thing.
    """
    kept = min(max(total, 0.0), 1.0)
    return np.asarray(change + kept * outcome.centred)


def by_itself(outcome: Outcome, change: Array, total: float) -> Array:
    """What each reading adds to the part of the variance that the swapped thing makes by itself."""
    return np.asarray(outcome.centred[outcome.donor] * brought(outcome, change, total))


def mean(values: Array) -> float:
    """Mean of what is known; NaN if nothing is."""
    known = values[~np.isnan(values)]
    return float(known.mean()) if len(known) else float("nan")


def margin(errors: Array) -> float:
    """Half the width of the interval that holds a mean in nine cases of ten, from what each reading adds to it.

    >>> round(margin(np.array([-1.0, 1.0] * 50)), 3)
    0.167
    """
    known = errors[~np.isnan(errors)]
    if len(known) < 2:
        return float("nan")
    width = float(stdtrit(len(known) - 1, (1 + SURE) / 2))
    return width * float(known.std(ddof=1)) / float(np.sqrt(len(known)))


def chance(halves: Array) -> float:
    """How probable so high a mean would be, were it zero, by Student's t; one where nothing ever changed.

    >>> chance(np.zeros(9)), round(chance(np.array([-1.0, 1.0])), 2)
    (1.0, 0.5)
    """
    known = halves[~np.isnan(halves)]
    if len(known) < 2 or not known.any():
        return 1.0
    error = float(known.std(ddof=1)) / float(np.sqrt(len(known)))
    return 0.0 if error == 0 else float(stdtr(len(known) - 1, -known.mean() / error))


def swing(far: Array, columns: Array) -> tuple[float, float]:
    """How far the outcome is from its mean in the fifth of readings whose donors stand lowest, and highest.

    Parameters
    ----------
    far
        As `brought`, shape (readings,).
    columns
        The donors' uniform numbers, shape (columns, readings). One column counts as it is. Several count in
        the direction in which each of them moves the outcome, which is looked up in other readings: in the
        same ones, luck alone would give it a direction.
    """
    order = np.argsort(_heights(far, columns), kind="stable")
    count = max(1, int(TAIL * len(order)))
    return mean(far[order[:count]]), mean(far[order[-count:]])


def _heights(far: Array, columns: Array) -> Array:
    """How high each donor stands."""
    if len(columns) == 1:
        return np.asarray(columns[0])
    centred = columns - 0.5
    known = np.where(np.isnan(far), 0.0, far - mean(far))
    # The first readings of a design are evenly spread by themselves, and so is every later quarter.
    fold = np.arange(len(far)) * FOLDS // len(far)
    heights = np.empty(len(far))
    for number in range(FOLDS):
        inside = fold == number
        slopes = centred[:, ~inside] @ known[~inside]
        heights[inside] = slopes @ centred[:, inside]
    return heights
