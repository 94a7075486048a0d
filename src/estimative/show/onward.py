"""Where to go from a report: the commands that answer what its judgements and claims hang on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from estimative.estimate.queries import Probability
from estimative.questions.ask import Answer
from estimative.show.blocks import Cell, Column, Mark, Part, Table, text
from estimative.show.numerals import plural

if TYPE_CHECKING:
    from estimative.estimate.nodes import Estimate
    from estimative.show.run import Ran


def onward_part(estimate: Estimate, ran: Ran) -> Part:
    """What to ask next, with the command for each; as far as there is something to ask about."""
    rows: list[tuple[Cell, ...]] = [
        (question, Mark(f"estimative {command}", "code"))
        for question, command in [*_of_outcomes(ran), *_of_claims(ran), *_of_the_whole(estimate)]
    ]
    says = text(
        "Each is a question to the same futures; ",
        Mark("--html OUT", "code"),
        " writes its answer as a page. ",
        Mark("FILE", "code"),
        " is the estimate's file or folder.",
    )
    return Part("Where to go from here", (says, Table((Column("to know"), Column("ask")), tuple(rows))))


def _of_outcomes(ran: Ran) -> list[tuple[str, str]]:
    """About the judgement on which readers differ most."""
    spread = {
        answer.band.high - answer.band.low: answer.text
        for answer in ran.questions
        if isinstance(answer, Answer) and isinstance(answer.query, Probability) and answer.band is not None
    }
    asked = f'"{spread[max(spread)]}"' if spread else '"P(EVENT)"'
    asked = asked if asked.startswith('"P(') else f'"P({asked[1:-1]})"'
    return [
        ("on which words and rankings an outcome turns, with their pages", f"hinges FILE {asked}"),
        ("what brings it about, and what would be lost without each cause", f"why FILE {asked}"),
        ("which ways lead to it", f"paths FILE {asked}"),
        ("which signs tell in time whether it comes", f"watch FILE {asked}"),
        ("what would be different if something were so", f"what-if FILE {asked} --do WHAT"),
    ]


def _of_claims(ran: Ran) -> list[tuple[str, str]]:
    """About the first claim that does not follow, and the first that depends on the reading."""
    first = {answer.verdict: answer.claim.name for answer in reversed(ran.claims)}
    return [
        (says, f"{command} FILE {first[verdict]}")
        for verdict, says, command in (
            ("does not follow", "what would make a claim follow", "repair"),
            ("depends on the reading", "which single word decides a claim", "flips"),
        )
        if verdict in first
    ]


def _of_the_whole(estimate: Estimate) -> list[tuple[str, str]]:
    """About the estimate as a whole."""
    found = [("what else is wrong with the estimate by its own account", "audit FILE")]
    if estimate.choices:
        many = plural(len(estimate.choices), "choice")
        found.append((f"what the actors' ranked interests favour, in {many}", "choices FILE"))
    if estimate.trends:
        found.append(("how the trends go on, and when thresholds are reached", "trends FILE"))
    return [*found, ("what follows in view of what has been seen since", "update FILE --record RECORD")]
