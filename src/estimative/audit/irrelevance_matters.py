"""Something that is said not to matter, and does.

What it does
    Claims that something `does not matter` are measured as they ask: by potential (the share of the
    outcome's probability that is lost without it), by volatility (how far the outcome moves if it
    happens), or by variance. What reaches 5% in a tenth of the readings or more is found.
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
            f"{MEANS[test.measure].format(f'{band.median:.0%}')}{_spread(band)}; "
            f"the claim holds in {material.shares(answers)}",
            "say how much it matters, or take it out of the rules that lead there",
        )


def _spread(band: Band) -> str:
    low, high = f"{band.low:.0%}", f"{band.high:.0%}"
    return "" if low == high else f" in the median reading ({low} to {high})"
