"""Bands: a probability per reading summed up as a median and the middle 90 % of readings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from estimative.places.brief import Brief

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

LOW, HIGH = 0.05, 0.95
"""A band runs from the 5th to the 95th of a hundred readings."""


@dataclass(frozen=True)
class Band(Brief):
    """What readings say of one probability, in [0, 1].

    `low` and `high` hold the middle 90 % of readings. `error` is the typical Monte Carlo standard
    error of one reading's probability, already taken out of the band.
    """

    median: float
    low: float
    high: float
    mean: float
    error: float


def without_noise(probability: NDArray[np.float64], futures: ArrayLike) -> NDArray[np.float64]:
    """Probabilities per reading, drawn in by what is Monte Carlo error in their spread.

    The spread of estimated probabilities is that of the readings plus the mean of p(1-p)/M. The
    deviations from the mean are scaled so that the variance that is left is the readings' own.

    Parameters
    ----------
    probability
        Shape (..., readings).
    futures
        M, one number or shape (..., readings).

    Examples
    --------
    Two readings at .4 and .6 from 100 futures each: variance .01, of which .0024 is error.

    >>> without_noise(np.array([0.4, 0.6]), 100).round(4)
    array([0.4128, 0.5872])
    """
    return drawn_in(probability, probability * (1 - probability) / np.asarray(futures))


def drawn_in(values: NDArray[np.float64], noise: NDArray[np.float64]) -> NDArray[np.float64]:
    """Values per reading, shape (..., readings), drawn in by the Monte Carlo variance of each."""
    mean = values.sum(axis=-1, keepdims=True) / values.shape[-1]
    apart = values - mean
    spread = (apart * apart).sum(axis=-1, keepdims=True)
    own = np.maximum(spread - noise.sum(axis=-1, keepdims=True), 0)
    kept = np.divide(own, spread, out=np.zeros_like(spread), where=spread > 0)
    return np.asarray(mean + apart * np.sqrt(kept))


def band(probability: NDArray[np.float64], futures: ArrayLike) -> Band:
    """Band of probabilities per reading, shape (readings,), each from `futures` futures."""
    return summed_up(probability, probability * (1 - probability) / np.asarray(futures))


def summed_up(values: NDArray[np.float64], noise: NDArray[np.float64]) -> Band:
    """Band of values per reading, shape (readings,), each with its own Monte Carlo variance."""
    # Quantiles of the readings in their order, straight between two of them: `np.quantile` takes ten times as long.
    ordered = np.sort(drawn_in(values, noise))
    places = np.arange(len(ordered)) / max(len(ordered) - 1, 1)
    low, median, high = np.interp((LOW, 0.5, HIGH), places, ordered)
    return Band(float(median), float(low), float(high), float(values.mean()), float(np.sqrt(noise.mean())))
