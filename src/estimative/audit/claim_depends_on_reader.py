"""A bottom line that some readers of the same words would draw and others would not.

What it does
    A claim neither follows (nine readings of ten) nor fails (one of ten or fewer) through every lens, or
    the lenses disagree: it holds for the author's meaning of the words and not for the readers'. Verdicts
    that dice may have made do not count. All such claims are one finding; the table of claims says of each
    on what it mostly turns, where something stands out: a word, a ranking of interests, a strength.
Why
    Such a conclusion is one of its reader, not of the estimate. Two readers leave with opposite beliefs,
    and both have read correctly.
Example
    A rule says that something is likely within a year, and the claim that it is at least likely by then.
    People read that word between 55% and 90%, and the claim asks for more than some of them gave.
Instead
    Where a claim turns on a word, write a number or a range beside it. Where it turns on how much more one
    interest counts than another, say so, or claim less. `estimative hinges` looks further into what an outcome
    turns on.
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
    """Yield one finding for all claims whose verdict depends on who reads."""
    found = []
    for claim, answers in material.claims():
        # That something does not matter has a rule of its own, which says how much it does.
        verdicts = {answer.verdict for answer in answers if not answer.may_be_luck} - {None}
        depends = "depends on the reading" in verdicts or len(verdicts) > 1
        if depends and not isinstance(claim.test, DoesNotMatter):
            found.append((claim, material.shares(answers)))
    if not found:
        return
    (first, shares), *others = found
    says = f"whether `{first.name}` follows depends on the reader: it holds in {shares}"
    if others:
        says = f"whether {len(found)} claims follow depends on the reader, `{first.name}` first: it holds in {shares}"
    yield Problem(
        CODE,
        place(first),
        says,
        "write a number or a range beside a word on which it turns, or claim less",
        tuple((place(claim), f"`{claim.name}` holds in {shares}") for claim, shares in others),
    )
