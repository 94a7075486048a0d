"""What differs between readings, as integers: thresholds of 2**32 and decision tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

SCALE = 1 << 32
"""A threshold T fires for the dice U in 0..2**32-1 with U < T: with probability T / 2**32 exactly."""


def thresholds(probability: NDArray[np.float64]) -> NDArray[np.uint64]:
    """floor(p * 2**32), exactly, for p in [0, 1]: multiplying by a power of two does not round.

    >>> thresholds(np.array([0.0, 0.5, 1.0])).tolist()
    [0, 2147483648, 4294967296]
    """
    return np.floor(np.asarray(probability, np.float64) * SCALE).astype(np.uint64)


@dataclass(frozen=True)
class RuleTable:
    """Thresholds of one rule.

    Parameters
    ----------
    thresholds
        Shape (readings, profile, 2**modifiers). The last axis is indexed by the mask of modifiers that
        hold (modifier k is bit k); `profile` is 1, or ``last - first + 1`` where the hazard depends on
        the step (trends), indexed by ``step - first``.
    """

    thresholds: NDArray[np.uint64]


@dataclass(frozen=True)
class LotteryTable:
    """Cumulated thresholds of one lottery, shape (readings, cases, levels - 1).

    Level k + 1 is taken for T[k - 1] <= U < T[k]; the last threshold of each row is 2**32.
    """

    thresholds: NDArray[np.uint64]


@dataclass(frozen=True)
class ChoiceTable:
    """Option taken, shape (readings, 2**conditions, options): by the mask of guards and the present option."""

    options: NDArray[np.uint8]


@dataclass(frozen=True)
class Tables:
    """Everything that an engine needs besides the model; rows are readings.

    `numbers` holds the global number of each reading: it names the reading's dice, so a block of
    readings gives the same futures as the whole.
    """

    numbers: NDArray[np.int64]
    rules: tuple[RuleTable, ...]
    lotteries: tuple[LotteryTable, ...]
    choices: tuple[ChoiceTable, ...]

    @property
    def readings(self) -> int:
        """How many readings there are."""
        return len(self.numbers)

    def block(self, start: int, stop: int) -> Tables:
        """Tables of some of the readings."""
        part = slice(start, stop)
        return Tables(
            self.numbers[part],
            tuple(RuleTable(table.thresholds[part]) for table in self.rules),
            tuple(LotteryTable(table.thresholds[part]) for table in self.lotteries),
            tuple(ChoiceTable(table.options[part]) for table in self.choices),
        )


def beneath(several: Sequence[Tables]) -> Tables:
    """Tables of one model, one beneath the other: many readings in one run cost less than few in many."""
    return Tables(
        np.concatenate([tables.numbers for tables in several]),
        tuple(
            RuleTable(np.concatenate([one.thresholds for one in same]))
            for same in zip(*(tables.rules for tables in several), strict=True)
        ),
        tuple(
            LotteryTable(np.concatenate([one.thresholds for one in same]))
            for same in zip(*(tables.lotteries for tables in several), strict=True)
        ),
        tuple(
            ChoiceTable(np.concatenate([one.options for one in same]))
            for same in zip(*(tables.choices for tables in several), strict=True)
        ),
    )
