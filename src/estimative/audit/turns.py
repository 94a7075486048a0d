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
    from collections.abc import Iterator, Mapping, Sequence

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
    # Those of equally many columns are fitted together.
    by_width: dict[int, dict[tuple[Kind, str], list[Array]]] = defaultdict(dict)
    for leeway, several in columns.items():
        # A claim may ask for no more than for no less: then what decides it has its ends alike.
        fit = [several[0], several[0] ** 2] if len(several) == 1 else several
        by_width[len(fit)][leeway] = fit
    stacks = [(list(fits), np.array(list(fits.values()))) for fits in by_width.values()]
    found = {}
    for tells, alike in _telling_alike(answers):
        fitting = [(names, stack) for names, stack in stacks if SPARE * (stack.shape[1] + 1) <= tells.sum()]
        if not fitting:
            continue
        ranks = np.array([_ranks(margins(readings, answer)[tells]) for answer in alike])
        names = [name for several, _ in fitting for name in several]
        parts = [explained(ranks, basis(stack[..., tells])) for _, stack in fitting]
        shares, chances = (np.concatenate(several) for several in zip(*parts, strict=True))
        most = shares.argmax(axis=0)
        for number, answer in enumerate(alike):
            share, chance = shares[most[number], number], chances[most[number], number]
            # The best of many is the best by luck more easily than any one of them.
            if share >= MUCH and chance <= LEVEL / len(names):
                key = names[int(most[number])]
                # A word of the claim's own ladder may stand nowhere in the model.
                found[answer.claim.name] = Turn(known.get(key, Leeway(*key, (), ())), float(share))
    return found


def _telling_alike(answers: Sequence[ClaimAnswer]) -> Iterator[tuple[NDArray[np.bool_], list[ClaimAnswer]]]:
    """Yield which readings can tell, and the claims that depend on the reading of which these can."""
    groups: dict[bytes, list[ClaimAnswer]] = defaultdict(list)
    for answer in answers:
        if answer.verdict == "depends on the reading":
            groups[np.isnan(answer.holds).tobytes()].append(answer)
    for alike in groups.values():
        yield ~np.isnan(alike[0].holds), alike


def _ranks(values: Array) -> Array:
    """Ranks, equal values alike."""
    _, places, counts = np.unique(values, return_inverse=True, return_counts=True)
    return np.asarray((np.cumsum(counts) - counts / 2)[places])


def basis(columns: Array) -> Array:
    """Orthonormal basis of what columns, shape (.., columns, readings), can fit besides a mean; as columns of a matrix."""
    return np.asarray(np.linalg.qr((columns - columns.mean(axis=-1, keepdims=True)).swapaxes(-1, -2))[0])


def explained(values: Array, basis: Array) -> tuple[Array, Array]:
    """What linear fits explain of values, shape (values, readings), and how probable that is by chance; see `basis`.

    The share is the adjusted coefficient of determination, the probability that of an F test; both have the
    shape (.., values), one row for each basis.

    >>> x = np.linspace(-1, 1, 101)
    >>> share, chance = explained(np.where(x > 0, 1.0, 0.0)[None], basis(x[None]))
    >>> share.round(2), chance.round(2)
    (array([0.75]), array([0.]))
    """
    count, used = basis.shape[-2:]
    free = count - used - 1
    around = values - values.mean(axis=-1, keepdims=True)
    total = (around**2).sum(axis=-1)
    with np.errstate(invalid="ignore"):
        fitted = np.minimum(((around @ basis) ** 2).sum(axis=-1) / total, 1 - 1e-12)
    # What does not vary has nothing to be explained.
    fitted = np.where(total > 0, fitted, used / (count - 1))
    chance = fdtrc(used, free, fitted / (1 - fitted) * free / used)
    return 1 - (1 - fitted) * (count - 1) / free, np.where(total > 0, chance, 1.0)
