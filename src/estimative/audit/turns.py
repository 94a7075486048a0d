"""Turns: on what each claim that depends on its reader mostly turns, over the readings that are at hand."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import fdtrc

from estimative.questions.leeways import Leeway, leeways, owner
from estimative.questions.margin import margins
from estimative.questions.variance import LEVEL
from estimative.words.vocabulary import normal_score

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from estimative.questions.claims import ClaimAnswer
    from estimative.questions.futures import Futures
    from estimative.questions.leeways import Kind

    Array = NDArray[np.float64]

SPARE = 4
"""Readings that there must be for each column of a fit, and as many again: else any fit is a good one."""


MUCH = 0.1
"""What explains less is not what a claim mostly turns on, be it ever so certain."""


@dataclass(frozen=True)
class Turn:
    """On what a claim mostly turns.

    `share` is what the leeway explains by itself of how far readings are from holding the claim: the adjusted
    coefficient of determination of a fit to ranks (by a line, of a single column by a parabola), at most 1.
    """

    leeway: Leeway
    share: float


def turns(futures: Futures, answers: Sequence[ClaimAnswer]) -> Mapping[str, Turn]:
    """On what the claims turn that depend on the reading, by name; those are left out where nothing stands out.

    Nothing is simulated for it: it is a first look, and `hinges` the second.
    """
    readings = futures.readings
    every = frozenset(range(len(futures.model.variables)))
    known = {(one.kind, one.name): one for one in leeways(futures.model, every)}
    columns: dict[tuple[Kind, str], list[Array]] = defaultdict(list)
    for name, column in readings.columns.items():
        columns[owner(name)].append(normal_score(column))
    # A claim may ask for no more than for no less: then what decides it has its ends alike.
    fits = {
        leeway: np.array([several[0], several[0] ** 2] if len(several) == 1 else several)
        for leeway, several in columns.items()
    }
    bases = {leeway: basis(several) for leeway, several in fits.items()}
    found = {}
    for answer in answers:
        if answer.verdict != "depends on the reading":
            continue
        tells = ~np.isnan(answer.holds)
        ranks = _ranks(margins(readings, answer)[tells])
        spaces = bases if tells.all() else {one: basis(several[:, tells]) for one, several in fits.items()}
        shares = {
            leeway: explained(ranks, space)
            for leeway, space in spaces.items()
            if SPARE * space.shape[1] <= tells.sum() - SPARE
        }
        most = max(shares, key=lambda one: shares[one][0], default=None)
        # The best of many is the best by luck more easily than any one of them.
        if most is not None and shares[most][0] >= MUCH and shares[most][1] <= LEVEL / len(shares):
            # A word of the claim's own ladder may stand nowhere in the model.
            leeway = known.get(most, Leeway(*most, (), ()))
            found[answer.claim.name] = Turn(leeway, shares[most][0])
    return found


def _ranks(values: Array) -> Array:
    """Ranks, equal values alike."""
    _, places, counts = np.unique(values, return_inverse=True, return_counts=True)
    return np.asarray((np.cumsum(counts) - counts / 2)[places])


def basis(columns: Array) -> Array:
    """Orthonormal basis of what columns, shape (columns, readings), can fit besides a mean."""
    return np.asarray(np.linalg.qr((columns - columns.mean(axis=1, keepdims=True)).T)[0])


def explained(values: Array, basis: Array) -> tuple[float, float]:
    """What a linear fit explains of values, and how probable that is by chance; see `basis`.

    The share is the adjusted coefficient of determination, the probability that of an F test.

    >>> x = np.linspace(-1, 1, 101)
    >>> [round(one, 2) for one in explained(np.where(x > 0, 1.0, 0.0), basis(x[None]))]
    [0.75, 0.0]
    """
    count, used = basis.shape
    free = count - used - 1
    around = values - values.mean()
    total = float(around @ around)
    if total == 0:
        return 0.0, 1.0
    fitted = min(float(((basis.T @ around) ** 2).sum()) / total, 1 - 1e-12)
    return 1 - (1 - fitted) * (count - 1) / free, float(
        fdtrc(used, free, fitted / (1 - fitted) * free / used)
    )
