"""Dominated options: never preferred whatever the weights, as long as they respect the ranking."""

from __future__ import annotations

from typing import TYPE_CHECKING

from estimative.model.choices import available, ranks_in_force, tallies

if TYPE_CHECKING:
    from collections.abc import Iterable

    from estimative.model.choices import Ranking
    from estimative.model.model import Choice

    Corners = tuple[list[list[int]], list[list[int]]]


def dominators(choice: Choice, mask: int) -> dict[int, tuple[int, ...]]:
    """For each option that can be taken under a mask of conditions, those that dominate it.

    They are worth at least as much in every reading, and more in some. The advantage is linear in the
    weights and in the worth of a small effect, so it is enough to look at the extreme points [1]_: equal
    weights on the first so many ranks and on any part of the rank after them, and small effects worth
    nothing or as much as large ones.

    References
    ----------
    .. [1] C. W. Kirkwood, R. K. Sarin, Ranking with partial information, Operations Research 33 (1985)
       38-48, doi:10.1287/opre.33.1.38.
    """
    open_to = [option for option, is_open in enumerate(available(choice, mask)) if is_open]
    corners, ranks = _corners(choice, mask), ranks_in_force(choice, mask)
    return {
        worse: tuple(better for better in open_to if _dominates(corners, ranks, better, worse))
        for worse in open_to
    }


def _corners(choice: Choice, mask: int) -> Corners:
    """Effects of every option on every interest with small effects worth nothing, and as much as large."""
    large, small = tallies(choice, mask)
    return large.tolist(), (large + small).tolist()


def _dominates(corners: Corners, ranks: Ranking, better: int, worse: int) -> bool:
    more = False
    for effects in corners:
        before = 0
        for rank in ranks:
            here = [effects[better][interest] - effects[worse][interest] for interest in rank]
            if before + sum(min(value, 0) for value in here) < 0:
                return False
            more |= before + sum(max(value, 0) for value in here) > 0
            before += sum(here)
    return more


def dominated(choice: Choice, mask: int) -> dict[int, int]:
    """Options that can be taken under a mask of conditions and are dominated, each with one that dominates.

    Where several do, the first that is not dominated itself is named.
    """
    found = dominators(choice, mask)
    return {
        worse: next((better for better in by if not found[better]), by[0])
        for worse, by in found.items()
        if by
    }


def always_dominated(choice: Choice, masks: Iterable[int], option: int) -> bool:
    """Whether an option is dominated under every one of these masks under which it can be taken at all."""
    possible = False
    for mask in masks:
        if available(choice, mask)[option]:
            possible = True
            if option not in dominated(choice, mask):
                return False
    return possible
