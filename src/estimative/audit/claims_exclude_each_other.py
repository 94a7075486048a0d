"""Two claims that cannot both hold, whatever the world does.

What it does
    Claims about the same thing by the same measure are compared in pairs: two ranks of one list, two modes
    of one scale at one date, two words or bounds for one probability. A pair is found where nothing that
    the futures could show would make both true, in any reading.
Why
    Each claim may look well founded where it stands. Often two measures are mixed: what has the greatest
    potential is not what is most volatile, and a text that says only *most important* of both contradicts
    itself.
Example
    One claim says that reunification matters most by potential, another that the regime does, of the same
    interests, to the same outcome, by the same measure.
Instead
    Name the measure that each was meant by (`potential`, `volatility`, `variance`), or give up one.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from estimative.audit.claim_does_not_follow import place
from estimative.estimate.queries import Compares, MattersMost, ModeIs, Probability, ShareOfTime
from estimative.places.problem import Problem
from estimative.questions.ranges import MIRROR, allowed, allows, asked

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from estimative.audit.material import Material
    from estimative.estimate.queries import Test
    from estimative.words.vocabulary import Vocabulary

CODE = "A0403"


def find(material: Material) -> Iterator[Problem]:
    """Yield pairs of claims that exclude each other."""
    tested = [claim for claim in material.estimate.claims if claim.test is not None]
    for first, second in combinations(tested, 2):
        if first.test and second.test and exclude(first.test, second.test, material.vocabularies):
            yield Problem(
                CODE,
                place(second),
                f"`{second.name}` and `{first.name}` cannot both hold",
                "give up one of them, or name the measure that each was meant by",
                ((place(first), f"`{first.name}` says this"),),
            )


def exclude(one: Test, other: Test, vocabularies: Sequence[Vocabulary]) -> bool:
    """Whether two tests contradict each other, whoever reads them."""
    match one, other:
        case MattersMost(), MattersMost():
            same = (one.query, one.measure) == (other.query, other.measure)
            rivals = one.what in other.among and other.what in one.among
            return same and rivals and one.what != other.what
        case ModeIs(), ModeIs():
            return one.mode == other.mode and not set(one.levels) & set(other.levels)
        case Compares(left=Probability() | ShareOfTime(), right=Probability() | ShareOfTime()), Compares():
            return _opposed(one, other)
        case _:
            query = asked(one)
            if query is None or query != asked(other):
                return False
            return not any(_meet(one, other, vocabulary) for vocabulary in vocabularies)


def _opposed(one: Compares, other: Compares) -> bool:
    """Whether two comparisons of the same two probabilities point in opposite directions."""
    sign = other.comparison
    if (other.left, other.right) == (one.right, one.left):
        sign = MIRROR[sign]
    elif (other.left, other.right) != (one.left, one.right):
        return False
    # Not less and not more is the same: only that meets.
    return one.comparison[0] != sign[0] and not (one.comparison.endswith("=") and sign.endswith("="))


def _meet(one: Test, other: Test, vocabulary: Vocabulary) -> bool:
    """Whether some number would satisfy both tests in some reading."""
    (low, high), (other_low, other_high) = allowed(one, vocabulary), allowed(other, vocabulary)
    least, most = np.maximum(low, other_low), np.minimum(high, other_high)
    # Ranges that only touch meet where both have that end: neighbouring words may, "less" and "more" do not.
    touch = (least == most) & allows(one, vocabulary, least) & allows(other, vocabulary, least)
    return bool(((least < most) | touch).any())
