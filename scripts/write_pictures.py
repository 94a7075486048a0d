"""Writes the pictures of the documentation from the shipped estimate: a course, verdicts on claims, and hinges."""

from __future__ import annotations

from pathlib import Path

from estimative import pipeline
from estimative.doors.options import shipped
from estimative.estimate.queries import Probability
from estimative.questions.hinges import hinges
from estimative.show.draw import standalone
from estimative.show.figures import Bar, Bars, Figure, Tone
from estimative.show.forecast import areas
from estimative.show.hinges import tornado

PICTURES = Path(__file__).parents[1] / "docs" / "pictures"
SIZE = pipeline.Size(readings=256, futures=2048)
"""Enough for a picture: a share of readings is known to three points, a median to one."""

CLAIMS = (
    "continuation",
    "continuation-with-modest-improvements",
    "dramatic-change-unlikely",
    "interests-not-redefined",
    "trends-not-reread",
    "independence-kept",
    "facilities-unlikely",
    "weapons-restore-arms-substantial-chance",
    "early-nineties-dangerous",
)
"""Claims in the picture."""

FACILITIES, BARS = "facilities-by-1994", 6
"""The question whose hinges are drawn, and how many."""

TONES: dict[str | None, Tone] = {
    "follows": "good",
    "depends on the reading": "mixed",
    "does not follow": "bad",
    None: "quiet",
}


def main() -> None:
    """Write the pictures."""
    estimate = pipeline.check(shipped()["soviet-dprk-1984"]).sound()
    futures = pipeline.prepare(estimate, size=SIZE)
    forecast = pipeline.forecast(futures)
    write("relationship", areas(forecast.course("relationship"), forecast))
    claims = {claim.name: claim for claim in estimate.claims}
    verdicts = pipeline.claims(futures, [claims[name] for name in CLAIMS])
    bars = (
        Bar(one.claim.says or one.claim.name, one.share or 0, note=one.verdict or "", tone=TONES[one.verdict])
        for one in verdicts
    )
    write("claims", Bars("Share of readings in which a claim follows from the estimate", tuple(bars)))
    facilities = next(one for one in estimate.questions if one.name == FACILITIES)
    if not isinstance(facilities.query, Probability):
        raise TypeError(FACILITIES)
    (found,) = hinges(futures, [facilities.query])
    title = f"{facilities.says} On what the answer turns"
    write("hinges", tornado(found, found.hinges[:BARS], futures.model, estimate, title))


def write(name: str, figure: Figure) -> None:
    """Write one picture."""
    PICTURES.mkdir(exist_ok=True)
    (PICTURES / f"{name}.svg").write_text(standalone(figure), "utf-8")
    print(f"docs/pictures/{name}.svg")


if __name__ == "__main__":
    main()
