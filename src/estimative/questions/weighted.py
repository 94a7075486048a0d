"""Weighted readings: bands over them, and how many readings or futures the weights leave."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from estimative.questions.bands import HIGH, LOW, Band

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Array = NDArray[np.float64]


def effective(weights: Array) -> Array:
    """Effective sample size along the last axis, (sum w)^2 / sum w^2 (Kish 1965, section 11.7); 0 without any weight.

    >>> float(effective(np.array([1.0, 1.0, 0.0, 0.0]))), float(effective(np.zeros(3)))
    (2.0, 0.0)
    """
    total, square = weights.sum(axis=-1), (weights**2).sum(axis=-1)
    return np.asarray(np.where(square > 0, total**2 / np.where(square > 0, square, 1.0), 0.0))


def weighted_quantiles(values: Array, weights: Array, at: Sequence[float]) -> Array:
    """Quantiles of weighted values; with equal weights those of `numpy.quantile`.

    >>> weighted_quantiles(np.array([3.0, 1.0, 2.0]), np.array([1.0, 1.0, 1.0]), [0.25, 0.5])
    array([1.5, 2. ])
    >>> weighted_quantiles(np.array([0.0, 1.0, 2.0]), np.array([0.0, 1.0, 1.0]), [0.0, 0.5])
    array([1. , 1.5])
    """
    held = weights > 0
    order = np.argsort(values[held], kind="stable")
    sorted_values, share = values[held][order], weights[held][order]
    if len(sorted_values) == 1:
        return np.full(len(at), sorted_values[0])
    # Each value stands at the middle of its weight; the first at 0 and the last at 1.
    middle = share.cumsum() - share / 2
    place = (middle - middle[0]) / (middle[-1] - middle[0])
    return np.asarray(np.interp(at, place, sorted_values))


def weighted_band(values: Array, weights: Array, futures: Array) -> Band:
    """Band of probabilities per reading, each from so many effective futures, over weighted readings.

    As in `bands.without_noise`, deviations from the mean are scaled so that the variance left is the
    readings' own.
    """
    held = (weights > 0) & ~np.isnan(values)
    values, futures = values[held], np.maximum(futures[held], 1.0)
    weights = weights[held] / weights[held].sum()
    mean = float(
        np.clip(weights @ values, values.min(), values.max())
    )  # weights that are rounded may pass one
    spread = float(weights @ (values - mean) ** 2)
    noise = float(weights @ (values * (1 - values) / futures))
    kept = max(0.0, 1 - noise / spread) if spread > 0 else 0.0
    clean = mean + (values - mean) * np.sqrt(kept)
    low, median, high = weighted_quantiles(clean, weights, (LOW, 0.5, HIGH))
    return Band(float(median), float(low), float(high), mean, float(np.sqrt(noise)))
