"""Stages between the model and an answer: what each likelihood was read as, what was counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from estimative.engine.request import Request
from estimative.model.model import Kind
from estimative.questions.bands import HIGH, LOW

if TYPE_CHECKING:
    from estimative.questions.futures import Futures


@dataclass(frozen=True)
class Read:
    """What the likelihood of one rule was read as, in [0, 1]: 5th, 50th and 95th of a hundred readings."""

    rule: str
    low: float
    median: float
    high: float


@dataclass(frozen=True)
class Counted:
    """Futures of one reading that are at a level at the horizon: fewest, mean and most over readings."""

    variable: str
    level: str
    fewest: int
    mean: float
    most: int


def likelihoods_read(futures: Futures) -> tuple[Read, ...]:
    """Every rule that has a likelihood; the crossing of a trend's threshold has none."""
    found = []
    for number, rule in enumerate(futures.model.rules):
        likelihoods = futures.readings.likelihoods[:, number]
        if not np.isnan(likelihoods).any():
            low, median, high = np.quantile(likelihoods, (LOW, 0.5, HIGH)).tolist()
            found.append(Read(rule.name, low, median, high))
    return tuple(found)


def levels_counted(futures: Futures) -> tuple[Counted, ...]:
    """Every level of every variable, at the last step."""
    counts = futures.count(Request(levels=True))
    found = []
    for number, variable in enumerate(futures.model.variables):
        if variable.kind is Kind.MEMORY:
            continue
        for place, level in enumerate(variable.levels, counts.offsets[number]):
            at = counts.levels[:, -1, place]
            found.append(Counted(variable.name, level, int(at.min()), float(at.mean()), int(at.max())))
    return tuple(found)
