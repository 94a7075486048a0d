"""A bottom line that some readers of the same words would draw and others would not.

What it does
    A claim neither follows (nine readings of ten) nor fails (one of ten or fewer) through every lens, or
    the lenses disagree: it holds for the author's meaning of the words and not for the readers'.
Why
    Such a conclusion is one of its reader, not of the estimate. Two readers leave with opposite beliefs,
    and both have read correctly.
Example
    A rule says that something is likely within a year, and the claim that it is at least likely by then.
    People read that word between 55% and 90%, and the claim asks for more than some of them gave.
Instead
    Write a number or a range beside the word that decides it (`estimative hinges` names it), or claim less.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from estimative.audit.claim_does_not_follow import place
from estimative.estimate.queries import DoesNotMatter
from estimative.places.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from estimative.audit.material import Material

CODE = "A0402"


def find(material: Material) -> Iterator[Problem]:
    """Yield the claims whose verdict depends on who reads."""
    for claim, answers in material.claims():
        verdicts = {answer.verdict for answer in answers} - {None}
        if isinstance(claim.test, DoesNotMatter):
            continue
        if "depends on the reading" in verdicts or len(verdicts) > 1:
            yield Problem(
                CODE,
                place(claim),
                f"whether `{claim.name}` follows depends on the reader: it holds in {material.shares(answers)}",
                "say what the deciding word means, as a number or a range; `estimative hinges` names it",
            )
