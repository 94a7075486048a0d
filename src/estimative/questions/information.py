"""Information: how much a sign tells of an outcome, alone or with others, and how far its ratio can be trusted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Array = NDArray[np.float64]

NATS = float(np.log10(np.e))
"""What a natural unit of information is in base 10."""


def information(prior: float, given: Sequence[float], weights: Sequence[float]) -> float:
    """Expected information of a question's answer about an outcome: their mutual information, base 10.

    Parameters
    ----------
    prior
        Probability of the outcome.
    given
        Its probability given each answer.
    weights
        Probability of each answer.

    Examples
    --------
    An answer with probability .5 that moves .3 to .2, and otherwise to .4:

    >>> round(information(0.3, [0.2, 0.4], [0.5, 0.5]), 7)
    0.0104914
    """
    p = np.stack([np.asarray(given), 1 - np.asarray(given)])
    q = np.array([prior, 1 - prior])[:, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        gain = np.where(p > 0, p * np.log10(p / q), 0.0)
    return float(gain.sum(axis=0) @ np.asarray(weights))


def counted(joint: Array) -> Array:
    """Mutual information, base 10, of the last two axes, from counts; what counting adds by chance is taken off.

    Counts of two things that have nothing to do with each other seldom look so: their information is too
    large by (k - r - c + 1) / 2n natural units on average, where k cells, r rows and c columns are not empty
    (Miller 1955). So a single one may come out below zero; their mean over readings is what counts.

    >>> float(counted(np.array([[5e6, 0.0], [0.0, 5e6]])).round(4))
    0.301
    >>> float(counted(np.array([[400.0, 400.0], [100.0, 100.0]])).round(4))
    -0.0002
    """
    total = np.maximum(joint.sum(axis=(-2, -1)), 1.0)
    rows, columns = joint.sum(axis=-1, keepdims=True), joint.sum(axis=-2, keepdims=True)
    with np.errstate(divide="ignore", invalid="ignore"):
        told = np.where(joint > 0, joint * np.log10(joint * total[..., None, None] / (rows * columns)), 0.0)
    cells, filled = (
        (joint > 0).sum(axis=(-2, -1)),
        (rows > 0).sum(axis=(-2, -1)) + (columns > 0).sum(axis=(-2, -1)),
    )
    return np.asarray(told.sum(axis=(-2, -1)) / total - NATS * (cells - filled + 1) / (2 * total), np.float64)


def log_ratios(seen: Array, alarm: Array, came: Array, rivals: Array) -> tuple[Array, Array]:
    """Logarithm of a sign's likelihood ratio, and its Monte Carlo variance, from counts.

    `seen` of `came` futures with the outcome had the sign, and `alarm` of `rivals` with its rival. One future
    of all of them is added to the sign's, as much of it to either side as there are futures: so no ratio
    is infinite, and what was never seen speaks for neither.

    >>> [float(part.round(3)) for part in log_ratios(*(np.array(n) for n in (0.0, 0.0, 30.0, 900.0)))]
    [0.0, 32.068]
    """
    one = 1 / (came + rivals)
    p, q = ((part / whole + one) / (1 + 2 * one) for part, whole in ((seen, came), (alarm, rivals)))
    return np.log(p / q), (1 - p) / (came * p) + (1 - q) / (rivals * q)
