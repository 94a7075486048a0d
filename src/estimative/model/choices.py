"""What an actor decides in each reading: weights that respect a ranking, effects, and the option taken.

The weights are the stochastic multicriteria acceptability analysis of a ranking [1]_: nothing is known
but the order, so every set of weights in that order is as good as another. Their means are the
rank-order centroid weights [2]_.

References
----------
.. [1] R. Lahdelma, P. Salminen, SMAA-2: stochastic multicriteria acceptability analysis for group decision
   making, Operations Research 49 (2001) 444-454, doi:10.1287/opre.49.3.444.11220.
.. [2] F. H. Barron, B. E. Barrett, Decision quality using ranked attribute weights, Management Science 42
   (1996) 1515-1523, doi:10.1287/mnsc.42.11.1515.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from estimative.model.guards import TRUE, Guard, Not
from estimative.model.kept import Kept

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from numpy.typing import NDArray

    from estimative.model.model import Choice

    Column = Callable[[str], NDArray[np.float64]]
    Ranking = tuple[tuple[int, ...], ...]
    Tally = tuple[NDArray[np.int64], NDArray[np.int64]]

MARGIN = 0.05
"""An actor moves only for an advantage larger than this, where a large effect on every interest is worth 1.

A convention of ours: less than a small effect on the last of four interests is usually worth.
"""

_WEIGHT_GRID, _EFFECT_GRID = float(1 << 29), float(1 << 20)
"""Weights are rounded to multiples of 2**-29 and effects to odd ones of 2**-21, so never to 0 or 1. Then every
worth is a sum of multiples of 2**-50 and exact in 53 bits: the last bit of a logarithm decides nothing, and
what is equal on paper is equal here."""

_BLOCK = 4096
"""Readings decided at a time, so that memory stays small."""


def decide(choice: Choice, column: Column) -> NDArray[np.uint8]:
    """Option taken in each reading, by the mask of conditions and the present option.

    Bit c of a mask says whether condition c holds. The actor takes the available option of the largest
    worth if its advantage over the present one exceeds `MARGIN` (the earlier listed of equals), and
    stays otherwise. If the present option is not available, it takes the best that is; if none is, it
    stays.

    Returns
    -------
    array
        Option numbers, shape (readings, 2**conditions, options).
    """
    judged = Judged.of(choice, column)
    options = len(choice.available)
    open_to = every_mask(choice).open_to
    taken = np.empty((judged.readings, len(open_to), options), np.uint8)
    for start in range(0, judged.readings, _BLOCK):
        worth = judged.worths(slice(start, start + _BLOCK))
        block = taken[start : start + _BLOCK]
        best = preferred(worth, open_to)
        most = np.take_along_axis(worth, best[:, :, None], axis=2)[:, :, 0]
        for present in range(options):
            stays = open_to[:, present] & (most - worth[:, :, present] <= MARGIN)
            block[:, :, present] = np.where(stays | ~open_to.any(axis=1), present, best)
    return taken


def favourites(choice: Choice, column: Column) -> NDArray[np.uint8]:
    """Best available option in each reading by the mask of conditions, shape (readings, 2**conditions).

    It is what the actor would take if it had nothing yet: no margin, whatever the present option.
    """
    judged = Judged.of(choice, column)
    open_to = every_mask(choice).open_to
    starts = range(0, judged.readings, _BLOCK)
    blocks = [preferred(judged.worths(slice(start, start + _BLOCK)), open_to) for start in starts]
    return np.concatenate(blocks).astype(np.uint8)


def preferred(worth: NDArray[np.float64], open_to: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Best available option, whatever the present one; the earlier listed of equals.

    The last axis of both arrays is that of options; where none is available, the answer is option 0.
    """
    best: NDArray[np.int64] = np.where(open_to, worth, -np.inf).argmax(axis=-1)
    return best


def available(choice: Choice, mask: int) -> NDArray[np.bool_]:
    """Which options can be taken under a mask of conditions, shape (options,)."""
    return np.array([holds(choice, guard, mask) for guard in choice.available], np.bool_)


def holds(choice: Choice, guard: Guard, mask: int) -> bool:
    """Whether one of a choice's guards holds under a mask of its conditions."""
    condition, truth = _literal(choice, guard)
    return truth if condition is None else bool(mask >> condition & 1) == truth


def _literal(choice: Choice, guard: Guard) -> tuple[int | None, bool]:
    """Number of the condition that a guard is (None: it always holds), and whether it must hold or not."""
    truth = True
    while isinstance(guard, Not):
        truth, guard = not truth, guard.part
    return (None if guard == TRUE else choice.conditions.index(guard)), truth


def ranking(choice: Choice, mask: int) -> int:
    """Number of the ranking in force under a mask: 0 is the actor's own, n the n-th `reranked`."""
    for number, (guard, _) in enumerate(choice.reranked, 1):
        if holds(choice, guard, mask):
            return number
    return 0


def ranks_in_force(choice: Choice, mask: int) -> Ranking:
    """The ranking in force under a mask: ranks of interest numbers, most important first."""
    number = ranking(choice, mask)
    return choice.ranking if number == 0 else choice.reranked[number - 1][1]


def without_idle(choice: Choice, elsewhere: Collection[str]) -> Choice:
    """The choice without interests on which it has no effect, but those that its actor has at stake `elsewhere`.

    Idle interests would take part in the weights; see `compile_choice`.
    """
    touched = {effect.interest for effect in choice.effects}
    kept = [n for n, name in enumerate(choice.interests) if n in touched or name in elsewhere]
    new = {number: place for place, number in enumerate(kept)}

    def ranks(ranking: Ranking) -> Ranking:
        left = (tuple(new[number] for number in rank if number in new) for rank in ranking)
        return tuple(rank for rank in left if rank)

    return replace(
        choice,
        interests=tuple(choice.interests[number] for number in kept),
        ranking=ranks(choice.ranking),
        reranked=tuple((guard, ranks(other)) for guard, other in choice.reranked),
        effects=tuple(replace(effect, interest=new[effect.interest]) for effect in choice.effects),
    )


def tallies(choice: Choice, mask: int) -> Tally:
    """Large and small effects under a mask, summed with their signs, both of shape (options, interests)."""
    shape = (len(choice.available), len(choice.interests))
    large, small = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
    for effect in choice.effects:
        if holds(choice, effect.guard, mask):
            direction = 1 if effect.sign[0] == "+" else -1
            (large if len(effect.sign) == 2 else small)[effect.option, effect.interest] += direction
    return large, small


@dataclass(frozen=True)
class EveryMask:
    """What a choice says of every mask of its conditions, whatever the reading.

    Parameters
    ----------
    open_to
        Which options can be taken, shape (masks, options).
    in_force
        Number of the ranking, shape (masks,).
    nothing, alone
        Tallies where no condition holds, and where one of them does by itself.
    """

    open_to: NDArray[np.bool_]
    in_force: NDArray[np.int64]
    nothing: Tally
    alone: tuple[Tally, ...]

    @classmethod
    def of(cls, choice: Choice) -> EveryMask:
        """Every mask looked at, which takes some milliseconds."""
        masks = range(1 << len(choice.conditions))
        return cls(
            open_to=np.array([available(choice, mask) for mask in masks]),
            in_force=np.array([ranking(choice, mask) for mask in masks]),
            nothing=tallies(choice, 0),
            alone=tuple(tallies(choice, 1 << condition) for condition in range(len(choice.conditions))),
        )


_EVERY_MASK = Kept[EveryMask]()


def every_mask(choice: Choice) -> EveryMask:
    """What a choice says of every mask, looked at once as long as the choice is there."""
    return _EVERY_MASK.of(choice, None, lambda: EveryMask.of(choice))


@dataclass(frozen=True)
class Judged:
    """A choice with what the readings say of it.

    Parameters
    ----------
    choice
        The choice.
    weights
        Weights of the interests under the actor's own ranking and each other one, each of shape
        (readings, interests) with rows that sum to one.
    small
        Worth of a small effect in each reading, between 0 and 1, shape (readings,); a large one is
        worth 1.
    """

    choice: Choice
    weights: tuple[NDArray[np.float64], ...]
    small: NDArray[np.float64]

    @classmethod
    def of(cls, choice: Choice, column: Column) -> Judged:
        """What the readings of these columns say.

        An actor's weights and the worth of a small effect depend on the actor's and the interests'
        names only: they are the same in all the actor's choices.
        """
        rankings = (choice.ranking, *(other for _, other in choice.reranked))
        small = (np.floor(column("effects:small") * _EFFECT_GRID) + 0.5) / _EFFECT_GRID
        weights = tuple(
            ranked_weights(choice.actor, choice.interests, other, column, len(small)) for other in rankings
        )
        return cls(choice, weights, small)

    @property
    def readings(self) -> int:
        """How many readings there are."""
        return len(self.small)

    def worth(self, mask: int) -> NDArray[np.float64]:
        """Worth of every option under a mask of conditions, shape (readings, options).

        It is the sum over interests of weight times effect.
        """
        weights = self.weights[ranking(self.choice, mask)]
        return _worth(tallies(self.choice, mask), weights, self.small)

    def worths(self, rows: slice) -> NDArray[np.float64]:
        """Worth of every option under every mask in some readings, shape (readings, masks, options)."""
        said = every_mask(self.choice)
        small = self.small[rows]
        found = np.empty((len(small), *said.open_to.shape))
        for number in np.unique(said.in_force):
            weights = self.weights[number][rows]
            # What a condition adds is the same under every mask of the others.
            every = _worth(said.nothing, weights, small)[:, None]
            for alone in said.alone:
                added = _worth(alone, weights, small) - every[:, 0]
                every = np.concatenate([every, every + added[:, None]], axis=1)
            found[:, said.in_force == number] = every[:, said.in_force == number]
        return found


def _worth(tally: Tally, weights: NDArray[np.float64], small: NDArray[np.float64]) -> NDArray[np.float64]:
    large_count, small_count = tally
    worth = np.zeros((len(small), len(large_count)))
    for interest in np.flatnonzero((large_count != 0).any(axis=0) | (small_count != 0).any(axis=0)):
        effect = large_count[None, :, interest] + small_count[None, :, interest] * small[:, None]
        worth += weights[:, interest, None] * effect
    return worth


def ranked_weights(
    actor: str, interests: tuple[str, ...], ranks: Ranking, column: Column, readings: int
) -> NDArray[np.float64]:
    """Weights drawn uniformly among those that respect a ranking, shape (readings, interests).

    Sorted, n numbers that are uniform on the simplex have independent exponential gaps [3]_: with X
    standard exponential for each place j, the weight of place k is the sum of X_j / j over j >= k,
    divided by the sum of all X. So the column of an interest says by how much it exceeds the next.
    Interests of one rank take its places in an order that a column of each decides.

    References
    ----------
    .. [3] L. Devroye, Non-Uniform Random Variate Generation, Springer 1986, chapter V, theorem 2.3,
       doi:10.1007/978-1-4613-8643-8.
    """
    if not interests:
        return np.zeros((readings, 0))
    place = np.empty((readings, len(interests)), np.int64)
    before = 0
    for rank in ranks:
        if len(rank) == 1:
            place[:, rank[0]] = before
        else:
            keys = np.stack([column(f"interests:{actor}:{interests[i]}:order") for i in rank], axis=1)
            place[:, list(rank)] = before + keys.argsort(axis=1).argsort(axis=1)
        before += len(rank)
    gaps = np.empty((readings, len(interests)))
    for number, interest in enumerate(interests):
        gap = -np.log1p(-column(f"interests:{actor}:{interest}"))
        np.put_along_axis(gaps, place[:, number, None], gap[:, None], axis=1)
    total = np.zeros(readings)
    for gap in gaps.T:
        total += gap
    weight = np.zeros(readings)
    by_place = np.empty_like(gaps)
    for j in range(len(interests), 0, -1):
        weight = weight + gaps[:, j - 1] / j
        by_place[:, j - 1] = np.rint(weight / total * _WEIGHT_GRID) / _WEIGHT_GRID
    return np.take_along_axis(by_place, place, axis=1)
