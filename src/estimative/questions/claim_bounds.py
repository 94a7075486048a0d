"""Bounds of claims: whether a claim holds in every reading or in none, beyond the readings that were drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from estimative.estimate.queries import Compares, IsWord, Number
from estimative.estimate.walk import queries
from estimative.questions.bounds import Bounds, NotBounded, bounds
from estimative.questions.ranges import MIRROR, allowed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from estimative.estimate.nodes import Claim
    from estimative.estimate.queries import Query, Test
    from estimative.questions.futures import Futures

Holds = Literal["in every reading", "in no reading", "in some readings"]

NEAR = 1e-8
"""Likelihoods are whole parts of 2**32, so a bound that is met is met up to so much."""


@dataclass(frozen=True)
class ClaimBounds:
    """What the bounds of a claim's probabilities say of it.

    `holds` is what they prove, or what a search found where not all of them are proved.
    """

    claim: Claim
    bounds: tuple[Bounds, ...]
    holds: Holds

    @property
    def proved(self) -> bool:
        """Whether no reading can say otherwise."""
        return all(one.proved for one in self.bounds)


def bound_claims(futures: Futures, claims: Sequence[Claim]) -> dict[str, ClaimBounds]:
    """Bounds of the claims that can be bounded, by name.

    Left out are claims that say nothing of probabilities, those whose part of the estimate is too large,
    and words of ordinary usage: each reader has another ladder there, so a word has no range that all
    would grant.
    """
    known: dict[Query, Bounds | NotBounded] = {}
    found = {}
    for claim in claims:
        if not isinstance(claim.test, IsWord | Compares):
            continue
        if isinstance(claim.test, IsWord) and not futures.readings.vocabulary.lexicon.official:
            continue
        asked = list(queries(claim.test))
        for query in asked:
            if query not in known:
                known[query] = bounds(futures, query)
        limits = [one for query in asked if isinstance(one := known[query], Bounds)]
        if len(limits) == len(asked):
            found[claim.name] = ClaimBounds(claim, tuple(limits), _holds(futures, claim.test, tuple(limits)))
    return found


def _holds(futures: Futures, test: Test, found: tuple[Bounds, ...]) -> Holds:
    if (
        isinstance(test, Compares)
        and not isinstance(test.left, Number)
        and not isinstance(test.right, Number)
    ):
        (left, right), sign = found, test.comparison
        if MIRROR[sign] in {">", ">="}:
            left, right = right, left
        # The left one is claimed to be the larger.
        if left.low > right.high + NEAR:
            return "in every reading"
        return "in no reading" if left.high < right.low - NEAR else "in some readings"
    (bound,) = found
    lows, highs = allowed(test, futures.readings.vocabulary)
    low, high = float(lows[0]), float(highs[0])
    if bound.high < low - NEAR or bound.low > high + NEAR:
        return "in no reading"
    inside = bound.low >= low - NEAR and bound.high <= high + NEAR
    return "in every reading" if inside else "in some readings"
