"""Margins: how far a claim is from holding, or from failing, where its share of readings alone is too coarse."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from estimative.estimate.queries import Compares, ModeIs
from estimative.questions.ask import Answer, ModeAnswer
from estimative.questions.ranges import MIRROR, allowed, asked

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from estimative.model.readings import Readings
    from estimative.questions.claims import ClaimAnswer

    Array = NDArray[np.float64]

LEAST = 1e-3
"""Probabilities nearer to 0 or 1 than this are taken as this: few futures tell them apart."""


def margin(readings: Readings, answer: ClaimAnswer) -> float:
    """Mean over readings of how far inside (above 0) or outside (below 0) a claim's test is, in log-odds.

    For a mode, how far the mean probability of the claimed levels is ahead of the others'. A ranking has no
    margin but its share of readings, and what too few readings can tell is farther than anything.
    """
    test = answer.claim.test
    if answer.share is None:
        return -np.inf
    values = [one.values for one in answer.answers if isinstance(one, Answer)]
    if test is not None and asked(test) is not None:
        low, high = (log_odds(end) for end in allowed(test, readings.vocabulary))
        at = log_odds(values[0])
        # What an end of the range lets through without limit is no distance.
        return float(
            np.nanmean(
                np.minimum(
                    np.where(low > _LOWEST, at - low, np.inf), np.where(high < -_LOWEST, high - at, np.inf)
                )
            )
        )
    match test, answer.answers:
        case Compares(comparison=sign), _:
            ahead = log_odds(values[0]) - log_odds(values[1])
            return float(np.nanmean(ahead if MIRROR[sign] in {"<", "<="} else -ahead))
        case ModeIs(_, levels), [ModeAnswer() as mode]:
            wanted = {level.name for level in levels}
            means = {level: band.mean for level, band in zip(mode.levels, mode.bands, strict=True)}
            others = [mean for level, mean in means.items() if level not in wanted]
            return max(means[level] for level in wanted) - max(others, default=0.0)
    return answer.share


def log_odds(probability: Array) -> Array:
    """Log-odds, probabilities near 0 and 1 drawn in.

    >>> log_odds(np.array([0.5, 0.0])).round(1)
    array([ 0. , -6.9])
    """
    kept = np.clip(probability, LEAST, 1 - LEAST)
    return np.asarray(np.log(kept) - np.log1p(-kept))


_LOWEST = float(log_odds(np.array([0.0]))[0])
