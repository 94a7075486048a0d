"""A special case that is claimed to be likelier than the case that contains it.

What it does
    Claims that set words or numbers on probabilities are compared in pairs: where one event cannot happen
    without the other, by its form or by the definition of a derived condition, it must not be claimed to be
    likelier. A pair is found where the claims leave no number for the two that would be in order.
Why
    Detail makes a story more plausible and less probable. *War that brings in China* sounds likelier than
    *war*, and never is.
Example
    `P(ever war) is unlikely`, and `P(ever war and ever china-joins) is likely`.
Instead
    Lower the word of the special case, or raise that of the whole.
Source
    A. Tversky, D. Kahneman, Extensional versus intuitive reasoning: the conjunction fallacy in probability
    judgment, Psychological Review 90 (1983) 293-315, doi:10.1037/0033-295X.90.4.293.
"""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

import numpy as np

from estimative.audit.claim_does_not_follow import place
from estimative.audit.implication import Implication
from estimative.estimate.queries import Probability
from estimative.places.problem import Problem
from estimative.questions.ranges import allowed, allows, asked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from estimative.audit.material import Material
    from estimative.estimate.queries import Test
    from estimative.words.vocabulary import Vocabulary

CODE = "A0408"


def find(material: Material) -> Iterator[Problem]:
    """Yield pairs of claims in which the part is claimed to be likelier than the whole."""
    vocabulary = material.futures.readings.vocabulary
    for part, whole in permutations(material.estimate.claims, 2):
        if part.test is None or whole.test is None:
            continue
        inner, outer = asked(part.test), asked(whole.test)
        if not isinstance(inner, Probability) or not isinstance(outer, Probability):
            continue
        alike = (inner.given, inner.do) == (outer.given, outer.do) and inner.event != outer.event
        if not alike or not _likelier(part.test, whole.test, vocabulary):
            continue
        implication = Implication(material.estimate, {do.name for do in inner.do})
        if implication.holds(inner.event, outer.event):
            yield Problem(
                CODE,
                place(part),
                f"`{part.name}` makes a special case likelier than `{whole.name}` makes the whole that contains it",
                "lower the word of the special case, or raise that of the whole",
                ((place(whole), f"`{whole.name}` contains it"),),
            )


def _likelier(part: Test, whole: Test, vocabulary: Vocabulary) -> bool:
    """Whether nothing that one claim allows is as little as anything that the other does, in most readings."""
    least, most = allowed(part, vocabulary)[0], allowed(whole, vocabulary)[1]
    touch = (least == most) & ~(allows(part, vocabulary, least) & allows(whole, vocabulary, least))
    return bool(np.mean((least > most) | touch) > 0.5)
