"""Whether counts of simulated futures agree with exact probabilities: exact bounds, one p-value a number."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.stats import binom

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from estimative.engine.request import Counts

    Floats = NDArray[np.float64]


def p_values(counts: Counts, exact: Counts, steps: int) -> dict[str, Floats]:
    """For every number, how probable a deviation as large is at most, if `exact` is true.

    Counts of futures are binomial. A share adds up to `steps` of one future, so Hoeffding's bound holds
    for it (doi:10.1080/01621459.1963.10500830, theorem 2).
    """
    found = {
        name: binomial(getattr(counts, name), counts.futures, getattr(exact, name))
        for name in ("events", "given", "levels", "firsts")
    }
    off = np.abs(np.asarray(counts.shares) / counts.futures - exact.shares) / steps
    found["shares"] = np.minimum(1.0, 2 * np.exp(-2 * counts.futures * off**2))
    return found


def binomial(hits: NDArray[np.int64], cases: int, chance: Floats) -> Floats:
    """Two-sided p-values: twice the smaller tail, the count itself included, which is never too small.

    Four hits of four at one half, or more extreme: 2 / 16.

    >>> binomial(np.array([4]), 4, np.array([0.5])).tolist()
    [0.125]
    """
    # Sums of rounded probabilities may miss 0 and 1 by a little; both are then meant.
    sure = np.where(chance < 1e-12, 0.0, np.where(chance > 1 - 1e-12, 1.0, chance))
    tail = np.minimum(binom.cdf(hits, cases, sure), binom.sf(hits - 1, cases, sure))
    return np.asarray(np.minimum(1.0, 2 * tail))


def checks(exact: Counts) -> int:
    """How many numbers `p_values` compares."""
    return sum(
        np.size(part) for part in (exact.events, exact.given, exact.shares, exact.levels, exact.firsts)
    )


def least(found: dict[str, Floats]) -> tuple[float, str]:
    """The smallest of the p-values, and of what."""
    return min((float(values.min(initial=1.0)), name) for name, values in found.items())
