"""Dominated options: never preferred whatever the weights, as long as they respect the ranking."""

from __future__ import annotations

from typing import TYPE_CHECKING

from estimative.model.choices import available, ranking, tallies

if TYPE_CHECKING:
    from estimative.model.model import Choice


def dominates(choice: Choice, mask: int, better: int, worse: int) -> bool:
    """Whether an option is worth at least as much as another in every reading, and more in some.

    The advantage is linear in the weights and in the worth of a small effect, so it is enough to look at
    the extreme points [1]_: equal weights on the first so many ranks and on any part of the rank after
    them, and small effects worth nothing or as much as large ones.

    References
    ----------
    .. [1] C. W. Kirkwood, R. K. Sarin, Ranking with partial information, Operations Research 33 (1985)
       38-48, doi:10.1287/opre.33.1.38.
    """
    large, small = tallies(choice, mask)
    gains = (large[better] - large[worse], large[better] - large[worse] + small[better] - small[worse])
    number = ranking(choice, mask)
    ranks = choice.ranking if number == 0 else choice.reranked[number - 1][1]
    more = False
    for gain in gains:
        before = 0
        for rank in ranks:
            here = [int(gain[interest]) for interest in rank]
            if before + sum(min(value, 0) for value in here) < 0:
                return False
            more |= before + sum(max(value, 0) for value in here) > 0
            before += sum(here)
    return more


def dominated(choice: Choice, mask: int) -> dict[int, int]:
    """Options that can be taken under a mask of conditions and are dominated, each with one that dominates.

    Where several do, the first that is not dominated itself is named.
    """
    open_to = [option for option, is_open in enumerate(available(choice, mask)) if is_open]
    found = {
        worse: [better for better in open_to if better != worse and dominates(choice, mask, better, worse)]
        for worse in open_to
    }
    return {
        worse: next((better for better in by if not found[better]), by[0])
        for worse, by in found.items()
        if by
    }
