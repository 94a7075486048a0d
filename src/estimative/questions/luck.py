"""Luck: how far dice may move a number, and how much of a difference between two worlds is theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

LUCK = 2.0
"""Standard errors by which dice may move a number: in nineteen of twenty cases it is less."""


def paired_noise(differences: Array, futures: float) -> Array:
    """Monte Carlo variance of differences per reading that were made with the same dice, in [-1, 1].

    It is |d| (1 - |d|) / M where futures change one way only, and more where they change both ways.

    >>> paired_noise(np.array([0.5, -0.1]), 100).round(6)
    array([0.0025, 0.0009])
    """
    size = np.abs(differences)
    return np.asarray(size * (1 - size) / max(1.0, futures))
