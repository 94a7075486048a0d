"""Bounds of claims: whether a claim holds in every reading or in none, beyond the readings that were drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from estimative.estimate.queries import Compares, DoesNotMatter, IsWord, MattersMost, Mode, ModeIs
from estimative.questions.ask import Answer
from estimative.questions.bounds import Bounds, NotBounded, bounds, bounds_of_part
from estimative.questions.box import Placed
from estimative.questions.ranges import MIRROR, allowed, asked
from estimative.questions.settled import Idle, idle, same

if TYPE_CHECKING:
    from collections.abc import Iterable

    from estimative.estimate.nodes import Claim
    from estimative.estimate.queries import Query, Test
    from estimative.questions.bounds import Obstacle
    from estimative.questions.claims import ClaimAnswer
    from estimative.questions.futures import Futures
    from estimative.questions.ranges import Inequality

Holds = Literal["in every reading", "in no reading", "in some readings"]

Because = Literal["bounds", "same"] | Idle
"""Why it holds so: by the bounds of its probabilities, since both sides of it are the same, or since what it
speaks of cannot matter."""

NEAR = 1e-8
"""Likelihoods are whole parts of 2**32, so a bound that is met is met up to so much."""


@dataclass(frozen=True)
class ClaimBounds:
    """What is known of a claim beyond the readings that were drawn.

    `holds` is what is proved, or what a search found where not all of the bounds are proved.
    """

    claim: Claim
    bounds: tuple[Bounds, ...]
    holds: Holds
    because: Because = "bounds"

    @property
    def proved(self) -> bool:
        """Whether no reading can say otherwise."""
        return all(one.proved for one in self.bounds)


@dataclass(frozen=True)
class Unbounded:
    """A claim of which nothing is known beyond the readings that were drawn, and what stands in the way."""

    claim: Claim
    obstacle: Obstacle


def bound_claims(futures: Futures, answers: Iterable[ClaimAnswer]) -> dict[str, ClaimBounds | Unbounded]:
    """What is known of claims beyond the readings that were drawn, by their names.

    What the answers speak against is not looked for: that something never happens, or that two things are
    the same, is put to proof only where no future of any reading says otherwise.
    """
    limited: dict[Query, Bounds | NotBounded] = {}
    found: dict[str, ClaimBounds | Unbounded] = {}
    for answer in answers:
        claim, test = answer.claim, answer.claim.test
        match test:
            case DoesNotMatter():
                why = idle(futures, test) if answer.share == 1 else None
                found[claim.name] = (
                    Unbounded(claim, "kind")
                    if why is None
                    else ClaimBounds(claim, (), "in every reading", why)
                )
            case IsWord() | Compares():
                found[claim.name] = _of_probabilities(futures, answer, test, limited)
            case MattersMost() | ModeIs():
                found[claim.name] = Unbounded(claim, "kind")
            case None:
                pass
    return found


def _of_probabilities(
    futures: Futures,
    answer: ClaimAnswer,
    test: IsWord | Compares,
    limited: dict[Query, Bounds | NotBounded],
) -> ClaimBounds | Unbounded:
    """What is known of a claim about one probability or two."""
    claim = answer.claim
    several = [one for one in answer.answers if isinstance(one, Answer)]
    if isinstance(test, Compares) and len(several) == 2 and _never_differ(futures, *several):
        return ClaimBounds(
            claim, (), "in every reading" if "=" in test.comparison else "in no reading", "same"
        )
    for one in several:
        if one.query not in limited:
            constant = bool(np.isin(one.values, (0.0, 1.0)).all())
            limited[one.query] = (bounds if constant else bounds_of_part)(futures, one.query)
    limits = [limited[one.query] for one in several]
    obstacles = [one.obstacle for one in limits if isinstance(one, NotBounded)]
    if len(obstacles) == len(limits):
        return Unbounded(claim, obstacles[0] if obstacles else "kind")
    known = tuple(one if isinstance(one, Bounds) else _anything(one.query) for one in limits)
    if len(known) == 2 and isinstance(test, Compares):
        holds = _of_two(test, *known)
    else:
        holds = _of_one(futures, test, known[0])
    if obstacles and holds == "in some readings":
        return Unbounded(claim, obstacles[0])
    return ClaimBounds(claim, known, holds)


def _never_differ(futures: Futures, one: Answer, other: Answer) -> bool:
    """Whether two answers are the same in all readings, and must be."""
    alike = np.array_equal(one.values, other.values, equal_nan=True)
    return alike and same(futures, one.query, other.query)


def _anything(query: Query) -> Bounds:
    """What is true of any probability."""
    if isinstance(query, Mode):
        raise TypeError(type(query).__name__)
    return Bounds(query, 0.0, 1.0, proved=True, tails=False)


def _of_one(futures: Futures, test: Test, found: Bounds) -> Holds:
    """Where a probability lies so, in which readings a test of it holds."""
    (low, low_most), (high_least, high) = _limits(futures, test)
    strict_low, strict_high = _strict(futures, test)
    if found.high < low - NEAR or found.low > high + NEAR:
        return "in no reading"
    if (strict_low and found.high <= low) or (strict_high and found.low >= high):
        return "in no reading"
    above = found.low > low_most + NEAR if strict_low else found.low >= low_most - NEAR
    below = found.high < high_least - NEAR if strict_high else found.high <= high_least + NEAR
    return "in every reading" if above and below else "in some readings"


def _limits(futures: Futures, test: Test) -> tuple[tuple[float, float], tuple[float, float]]:
    """The least and the most that a test can ask for from below, and from above, whoever reads it.

    They differ in ordinary usage only, where everybody has a ladder of their own. A border of it rises
    with each of the reader's numbers, so it is lowest where all of them are.
    """
    words = futures.readings.vocabulary
    ends = Placed(words.lexicon, words.lens, 2, lambda _: np.array([0.0, 1.0]))
    lows, highs = allowed(test, ends)
    return (float(lows[0]), float(lows[1])), (float(highs[0]), float(highs[1]))


def _strict(futures: Futures, test: Test) -> tuple[bool, bool]:
    """Whether a test leaves out the least that it allows, and the most."""
    match test:
        case Compares(left, comparison):
            sign: Inequality = comparison if left is asked(test) else MIRROR[comparison]
            return sign == ">", sign == "<"
        case IsWord():
            # Of a ladder each rung ends where the next begins.
            return False, not futures.readings.vocabulary.lexicon.official and _limits(futures, test)[1][
                1
            ] < 1
    return False, False


def _of_two(test: Compares, left: Bounds, right: Bounds) -> Holds:
    """Where two probabilities lie so, in which readings one is so much larger or smaller."""
    larger, smaller = (left, right) if test.comparison in {">", ">="} else (right, left)
    least, most = larger.low - smaller.high, larger.high - smaller.low
    if "=" in test.comparison:
        if least >= -NEAR:
            return "in every reading"
        return "in no reading" if most < -NEAR else "in some readings"
    if least > NEAR:
        return "in every reading"
    return "in no reading" if most <= 0 else "in some readings"
