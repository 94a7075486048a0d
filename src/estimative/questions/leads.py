"""Leads: how long before an outcome each sign has been seen, future by future, and how often it comes too late."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from estimative.questions.traces import happens

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from estimative.engine.request import Monitor, World
    from estimative.model.guards import Guard
    from estimative.questions.futures import Futures

READINGS = 32
"""Readings whose futures are looked at one by one, evenly among those that have a say."""

FUTURES_EACH = 512
"""Futures looked at in each of them, at most."""

FEWEST = 30
"""Futures with the outcome without which nothing is said."""


@dataclass(frozen=True)
class Lead:
    """What a sign is worth as a warning; NaN where nothing can be said.

    Parameters
    ----------
    missed
        Share of the futures with the outcome in which it had not been seen before the outcome was there.
    steps
        In the others: how many steps before it was first seen, in the median future.
    """

    missed: float
    steps: float


UNKNOWN = Lead(float("nan"), float("nan"))


def leads(
    futures: Futures,
    comes: Guard,
    among: Guard,
    *,
    monitors: Sequence[Monitor],
    signs: Sequence[int],
    rows: NDArray[np.int64],
    world: World,
) -> tuple[Lead, ...]:
    """Leads of signs (conditions, by number) on an event, in those futures in which `among` is true as well.

    `rows` are the readings that have a say.
    """
    steps = futures.model.calendar.steps
    ahead, came = np.zeros((len(signs), steps + 1)), 0
    looked_at = rows[np.unique(np.linspace(0, len(rows) - 1, min(READINGS, len(rows))).astype(int))]
    for row in looked_at.tolist():
        trace = futures.trace(row, range(min(futures.futures, FUTURES_EACH)), world)
        true, when = happens(comes, monitors, trace)
        true &= happens(among, monitors, trace)[0]
        came += int(true.sum())
        seen = trace.states[:, list(signs)][:, :, true] == 1
        first = np.where(seen.any(axis=0), seen.argmax(axis=0), steps)
        by = np.maximum(0, when[true] - first)
        for place, several in enumerate(by):
            ahead[place] += np.bincount(several, minlength=steps + 1)
    if came < FEWEST:
        return (UNKNOWN,) * len(signs)
    return tuple(Lead(float(several[0] / came), _median(several)) for several in ahead)


def _median(ahead: NDArray[np.float64]) -> float:
    """Median of steps of which there are so many each, those of 0 left out; NaN if there are no others.

    >>> _median(np.array([7.0, 0.0, 2.0, 1.0]))
    2.0
    """
    counts = ahead[1:].cumsum()
    return float(1 + np.searchsorted(counts, counts[-1] / 2)) if counts[-1] else float("nan")
