"""Writes the pictures of the documentation from the shipped estimate: a course, verdicts, hinges, signs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from estimative import pipeline
from estimative.arguments import shipped
from estimative.estimate.queries import Probability
from estimative.questions.claims import DOES_NOT_FOLLOW, FOLLOWS
from estimative.show.claims import claim_pages
from estimative.show.draw import standalone
from estimative.show.figures import Bar, Bars, Figure, Tone
from estimative.show.forecast import areas
from estimative.show.hinges import tornado
from estimative.show.telling import variable_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from estimative.estimate.nodes import Claim, Estimate
    from estimative.questions.claims import ClaimAnswer, Verdict
    from estimative.questions.futures import Futures

PICTURES = Path(__file__).parents[1] / "docs" / "pictures"
SIZE = pipeline.Size(readings=64, futures=1024)
"""That of the examples on docs/case-study.md, so that a picture says what they say."""

SUMMARY = {"v", "vi", "vii", "viii"}
"""Pages of the report's summary."""

COOL = "P(relationship >= cool at 1994-10 and relationship <= better-in-tone at 1994-10)"
"""The report's forecast, as a probability."""

BETTER = "P(ever relationship >= substantially-improved)"
"""What the report's forecast speaks against."""

FACILITIES = "P(ever facilities-granted)"

BARS, SIGNS = 6, 7
"""Hinges that are drawn of an outcome, and signs."""

TIED = "\N{NO-BREAK SPACE}"
"""Between pages, which stand on one line."""

TONES: dict[Verdict, Tone] = {"follows": "good", "depends on the reading": "mixed", "does not follow": "bad"}
"""Colours of the verdicts, in their order."""


def main() -> None:
    """Write the pictures."""
    estimate = pipeline.check(shipped()["soviet-dprk-1984"]).sound()
    queries = {text: query(estimate, text) for text in (COOL, BETTER, FACILITIES)}
    futures = pipeline.prepare(estimate, size=SIZE, queries=tuple(queries.values()), signals=True)
    forecast = pipeline.forecast(futures)
    course = areas(forecast.course("relationship"), forecast)
    write(
        "relationship",
        replace(course, title="The Soviet-North Korean tie: its state in the futures of the estimate"),
    )
    write("claims", verdicts(pipeline.claims(futures)))
    tie, facilities = pipeline.hinges(futures, [queries[COOL], queries[FACILITIES]])
    for name, found, says in (
        ("hinges-tie", tie, "Is the tie cool and reserved after ten years?"),
        ("hinges", facilities, "Does Pyongyang grant Moscow facilities?"),
    ):
        title = f"{says} What the answer turns on"
        write(name, tornado(found, found.hinges[:BARS], futures.model, estimate, title))
    write("watch", signs(futures, queries[BETTER]))


def query(estimate: Estimate, text: str) -> Probability:
    """A query of a probability."""
    asked, problems = pipeline.query(estimate, text)
    if not isinstance(asked, Probability):
        raise TypeError(text, problems)
    return asked


def verdicts(answers: Sequence[ClaimAnswer]) -> Bars:
    """Every claim of the report's summary, and every other that does not follow; by verdict, the strongest first."""
    bars = tuple(
        Bar(said(one.claim), one.share, note=verdict, tone=tone)
        for verdict, tone in TONES.items()
        for one in sorted(answers, key=lambda one: -(one.share or 0))
        if one.verdict == verdict and one.share is not None
        if verdict == "does not follow" or SUMMARY.intersection(pages(one.claim))
    )
    return Bars(
        "What follows of the report's claims from its own parts",
        bars,
        axis="share of readings in which it follows",
        marks=(DOES_NOT_FOLLOW, FOLLOWS),
    )


def said(claim: Claim) -> str:
    """What a claim says, with its pages."""
    return f"{claim.says} ({claim_pages(claim, 'r3159').replace(' ', TIED)})"


def pages(claim: Claim) -> Iterator[str]:
    """Pages that a claim cites."""
    for cite in claim.cites:
        yield from cite.pages


def signs(futures: Futures, outcome: Probability) -> Bars:
    """What the signs of an outcome that tell most tell of it, those in time and those that come too late."""
    found = pipeline.watch(futures, outcome)
    telling = [sign for sign in found.signs if not sign.only_seems and not sign.for_rival][:SIGNS]
    bars = (
        Bar(
            variable_name(futures.model.variables[sign.variable]) + (" (signal)" if sign.signal else ""),
            float(sign.information[sign.best] / found.most),
            note="mostly too late to warn" if sign.too_late else "mostly in time to warn",
            tone="quiet" if sign.too_late else "plain",
        )
        for sign in telling
    )
    return Bars(
        "What to watch for a substantially better tie",
        tuple(bars),
        axis="share of all there is to know about it that a sign tells",
    )


def write(name: str, figure: Figure) -> None:
    """Write one picture."""
    PICTURES.mkdir(exist_ok=True)
    (PICTURES / f"{name}.svg").write_text(standalone(figure), "utf-8")
    print(f"docs/pictures/{name}.svg")


if __name__ == "__main__":
    main()
