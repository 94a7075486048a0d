"""The screen: a few readings and futures, on which many things are tried before some are judged in full."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import ceil
from typing import TYPE_CHECKING

import numpy as np

from estimative.questions.ask import FEWEST_GIVEN, Answer

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from estimative.questions.claims import ClaimAnswer
    from estimative.questions.futures import Futures

    Array = NDArray[np.float64]

WORK = 30_000_000
"""Futures times steps times variables and rules that one thing may take on the screen: some milliseconds."""

FINER = 8
"""What looks well on the screen is tried again on one so many times as large."""

FEWEST_READINGS, FEWEST_FUTURES = 16, 128
"""Readings, and futures in each, that a screen has at least: fewer say nothing of a share of readings."""


def first(futures: Futures, readings: int, each: int) -> Futures:
    """The first readings, and the first futures in each of them."""
    return replace(
        futures,
        readings=futures.readings.first(readings),
        futures=min(each, futures.futures),
        progress=None,
    )


def weight(futures: Futures) -> int:
    """Steps times variables and rules: what one future costs."""
    model = futures.model
    return model.calendar.steps * (len(model.variables) + len(model.rules))


def screens(futures: Futures, each: int = FEWEST_FUTURES) -> tuple[Futures, ...]:
    """The screen, a finer one, and all readings and futures: each only where it is smaller than the next.

    So where everything can be tried in full nothing is left to a screen. `each` is the least number of
    futures in a reading.
    """
    readings, most = futures.readings.tables.readings, futures.futures
    each = min(most, each)
    found = []
    for times in (1, FINER):
        affordable = times * WORK // weight(futures)
        rows = min(readings, max(FEWEST_READINGS, affordable // each))
        columns = min(most, max(each, affordable // rows // 64 * 64))
        if 2 * rows * columns <= readings * most:
            found.append(first(futures, rows, columns))
    return (*found, futures)


def telling(answer: ClaimAnswer) -> int:
    """Futures in each reading with which most readings can tell whether a claim holds."""
    all_futures = len(answer.holds) * answer.futures
    met = [one.met / all_futures for one in answer.answers if isinstance(one, Answer)]
    return max(FEWEST_FUTURES, *(ceil(1.25 * FEWEST_GIVEN / max(share, 1e-9) / 64) * 64 for share in met), 0)


CLOSE = 1.5
"""Log-odds within which a reading is close to the border of a claim: farther off, few futures tell little."""


@dataclass(frozen=True)
class Prospect:
    """What a screen says of the share of all readings in which a claim holds with something changed.

    Parameters
    ----------
    low, likely, high
        The share, within two standard errors of what the screen has seen.
    shift
        How much nearer to holding readings are on average, in the unit of `margin.margins`.
    """

    low: float
    likely: float
    high: float
    shift: float


def prospect(share: float, margins: Array, before: Array, after: Array) -> Prospect:
    """Prospect of a claim, from how far the readings of a screen move.

    Two guesses are put together: that all readings move as those of the screen do on average that are close
    to the border, before or after, and that they move as differently as those of the screen do.

    Parameters
    ----------
    share, margins
        Share of all readings in which it holds as written, and their margins, shape (readings,).
    before, after
        Margins of the screen's readings, which are the first ones, without and with the change.

    >>> margins = np.array([-0.4, 0.4, -0.8, 0.8] * 25)
    >>> prospect(0.5, margins, margins[:8], margins[:8] + 0.5).likely
    0.75
    """
    with np.errstate(invalid="ignore"):
        moved = after - before
        was = margins[: len(moved)]
        known = ~np.isnan(moved) & ~np.isnan(was)
    if not known.any():
        return Prospect(share, share, share, 0.0)
    close = known & (np.minimum(np.abs(before), np.abs(after)) <= CLOSE)
    near = moved[close] if close.any() else moved[known]
    mean, error = float(near.mean()), float(near.std() / np.sqrt(len(near)))
    moved, was = moved[known], was[known]
    told = margins[~np.isnan(margins)]
    alike = [
        share + float((told + by >= 0).mean() - (told >= 0).mean())
        for by in (mean - 2 * error, mean, mean + 2 * error)
    ]
    won = float(((was + moved >= 0) & (was < 0)).mean())
    lost = float(((was + moved < 0) & (was >= 0)).mean())
    apart = share + won - lost
    off = 2 * np.sqrt(max(0.0, won + lost - (won - lost) ** 2) / len(moved))
    inside = np.clip(
        [min(alike[0], apart - off), (alike[1] + apart) / 2, max(alike[2], apart + off)], 0.0, 1.0
    )
    low, likely, high = (float(one) for one in inside)
    return Prospect(low, likely, high, float(moved.mean()))
