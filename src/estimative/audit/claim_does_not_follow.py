"""A bottom line that hardly any reading of the estimate bears out.

What it does
    Every claim with a test is put to the futures of each reading. This finding says that it holds in one
    reading of ten or fewer, through every lens. Where it can be proved that no way to read the words could
    bear it out, it says so.
Why
    A conclusion that does not follow from its own premises is either wrong, or rests on something that was
    left out. A reader cannot see which.
Example
    Four things must all happen, each is called likely, and the claim is that all four are likely. By the
    words of ICD 203 the four together are between 9% and 41%.
Instead
    Say the bottom line that follows, or write down what else it rests on. `estimative repair` finds the
    smallest rewording that would bear the claim out: if nobody would sign it, give up the claim.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from estimative.estimate.queries import DoesNotMatter
from estimative.places.problem import Problem
from estimative.questions.claim_bounds import ClaimBounds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from estimative.audit.material import Material
    from estimative.estimate.nodes import Claim
    from estimative.places.source import Span

CODE = "A0401"


def find(material: Material) -> Iterator[Problem]:
    """Yield the claims that do not follow through any lens."""
    for claim, answers in material.claims():
        # That something does not matter has a rule of its own, which says how much it does.
        if isinstance(claim.test, DoesNotMatter):
            continue
        if all(answer.verdict == "does not follow" for answer in answers):
            yield Problem(
                CODE,
                place(claim),
                f"`{claim.name}` does not follow: it holds in {material.shares(answers)}{_proved(material, claim)}",
                f"`estimative repair FILE {claim.name}` looks for the smallest rewording that would bear it out",
            )


def place(claim: Claim) -> Span:
    """Where the test of a claim stands."""
    return claim.span if claim.test is None else claim.test.span


def _proved(material: Material, claim: Claim) -> str:
    """Through which lenses the claim fails in every reading, and not only in those drawn."""
    failing = []
    for seen in material.lenses:
        known = seen.bounds.get(claim.name)
        if isinstance(known, ClaimBounds) and known.proved and known.holds == "in no reading":
            between = " against ".join(_range(one.low, one.high) for one in known.bounds)
            why = between or "both sides of it are the same"
            failing.append(f"{seen.futures.readings.lens}: {why}")
    return f"; proved: no way to read the words bears it out ({'; '.join(failing)})" if failing else ""


def _range(low: float, high: float) -> str:
    first, last = f"{low:.0%}", f"{high:.0%}"
    return first if first == last else f"{first} to {last}"
