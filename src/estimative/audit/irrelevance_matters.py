"""Something that is said not to matter, and does.

What it does
    Claims that something `does not matter` are measured as they ask: by potential (the share of the
    outcome's probability that is lost without it, or gained), by volatility (how far the outcome moves if
    it happens), or by variance. What reaches 5% in a tenth of the readings or more is found.
Why
    Saying that something is irrelevant closes a line of inquiry. If the estimate's own rules let it bear
    on the outcome, the reader has been told not to look where there is something to see.
Example
    `economic-difficulty does not matter to P(ever concessions) by potential`, and a rule for concessions
    that waits for economic difficulty.
Instead
    Say how much it matters, or take it out of the rules.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from estimative.audit.claim_does_not_follow import place
from estimative.estimate.queries import DoesNotMatter
from estimative.places.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from estimative.audit.material import Material
    from estimative.estimate.queries import Measure
    from estimative.questions.bands import Band

CODE = "A0409"

MEANS: dict[Measure, str] = {
    "potential": "without it {} of the outcome's probability is lost",
    "volatility": "if it were so, the outcome's probability would move by {}",
    "variance": "{} of the outcome's variance goes with it",
}
IN_THE_WAY = "without it the outcome's probability is {} higher"
"""What a potential below zero means."""


def find(material: Material) -> Iterator[Problem]:
    """Yield what is said not to matter and does, for some readers at least."""
    for claim, answers in material.claims():
        test = claim.test
        failing = (one for one in answers if one.verdict not in {"follows", None})
        answer = next(failing, None) if isinstance(test, DoesNotMatter) else None
        if answer is None or answer.measured is None or not isinstance(test, DoesNotMatter):
            continue
        band = answer.measured[test.what.name].band
        if band is None:
            continue
        yield Problem(
            CODE,
            place(claim),
            f"`{test.what.name}` is said not to matter, but by {test.measure} it does: "
            f"{_matters(test.measure, band)}; "
            f"the claim holds in {material.shares(answers)}",
            "say how much it matters, or take it out of the rules that lead there",
        )


def _matters(measure: Measure, band: Band) -> str:
    """How much it matters: what stood in the way, by how much the outcome is likelier without it."""
    if band.median < 0:
        return IN_THE_WAY.format(f"{-band.median:.0%}") + _spread(-band.high, -band.low)
    return MEANS[measure].format(f"{band.median:.0%}") + _spread(band.low, band.high)


def _spread(least: float, most: float) -> str:
    low, high = f"{least:.0%}", f"{most:.0%}"
    return "" if low == high else f" in the median reading ({low} to {high})"
