"""The whole course of some futures: every state, and what moved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True)
class Trace:
    """Futures ``first``, ``first + 1``, .. of one reading, from step 0 to the last.

    What happened in the move into a step stands at that step; at step 0 only rules with the effect
    `STARTS` fire. A rule fires only where it can act: `BECOMES` while the condition is off, `ENDS`
    while it is on, the others wherever their guards hold.

    Parameters
    ----------
    first
        Number of the first future.
    states
        Level of every variable, shape (steps + 1, variables, futures).
    fired
        Whether a rule fired, shape (steps + 1, rules, futures).
    settled
        Whether a lottery took a level, shape (steps + 1, lotteries, futures).
    switched
        Whether a choice went to another option, shape (steps + 1, choices, futures).
    """

    first: int
    states: NDArray[np.uint8]
    fired: NDArray[np.bool_]
    settled: NDArray[np.bool_]
    switched: NDArray[np.bool_]
