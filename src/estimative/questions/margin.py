"""Margins: how far a claim is from holding, or from failing, in each reading."""

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


def margins(readings: Readings, answer: ClaimAnswer) -> Array:
    """How far inside (above 0) or outside (below 0) a claim's test is in each reading; NaN where it cannot tell.

    In log-odds for probabilities; for a mode, how far the most probable claimed level is ahead of the others;
    for a ranking, how far the part is ahead by the measure. What any number would meet is infinitely inside.
    """
    test = answer.claim.test
    if answer.leads is not None:
        return answer.leads
    values = [one.values for one in answer.answers if isinstance(one, Answer)]
    if test is not None and asked(test) is not None:
        low, high = allowed(test, readings.vocabulary)
        at = log_odds(values[0])
        above = np.where(low > LEAST, at - log_odds(low), np.inf)
        below = np.where(high < 1 - LEAST, log_odds(high) - at, np.inf)
        return np.where(np.isnan(at), np.nan, np.minimum(above, below))
    match test, answer.answers:
        case Compares(comparison=sign), [Answer(), Answer()]:
            ahead = log_odds(values[0]) - log_odds(values[1])
            return ahead if MIRROR[sign] in {"<", "<="} else -ahead
        case ModeIs(_, levels), [ModeAnswer() as mode]:
            wanted = np.isin(mode.levels, [level.name for level in levels])
            others = np.where(wanted, 0.0, mode.values).max(axis=1)
            return np.asarray(np.where(wanted, mode.values, 0.0).max(axis=1) - others)
    # Numbers that are compared with numbers.
    return np.where(answer.holds > 0, np.inf, -np.inf)


def log_odds(probability: Array) -> Array:
    """Log-odds, probabilities near 0 and 1 drawn in.

    >>> log_odds(np.array([0.5, 0.0])).round(1)
    array([ 0. , -6.9])
    """
    kept = np.clip(probability, LEAST, 1 - LEAST)
    return np.asarray(np.log(kept) - np.log1p(-kept))
