"""Reading sources, claims and questions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from estimative.estimate.nodes import Claim, Document, Question
from estimative.estimate.queries import Probability
from estimative.language.problems import shape as problems

if TYPE_CHECKING:
    from estimative.language.fields import Fields


def read_document(fields: Fields, name: str) -> Document:
    """One source."""
    return Document(
        name=name,
        title=fields.text("title"),
        authors=fields.texts("authors"),
        date=fields.text("date"),
        kind=fields.text("kind"),
        span=fields.at,
    )


def read_claim(fields: Fields, name: str) -> Claim:
    """One claim; without a test it is kept, and said to be untested."""
    if not fields.has("says") and not fields.has("test"):
        fields.found.append(problems.one_of_two(fields.at, fields.owner, ("says", "test")))
    return Claim(
        name=name,
        says=fields.text("says"),
        test=fields.test("test"),
        cites=fields.citations(),
        note=fields.text("note"),
        span=fields.at,
    )


def read_question(fields: Fields, name: str) -> Question | None:
    """One question: an event, short for its probability, or any query."""
    event, query = fields.expression("event"), fields.query("ask")
    if fields.has("event") and fields.has("ask"):
        why = "an event is short for the query `P(EVENT)`"
        fields.found.append(
            problems.cannot_stand_together(fields.key("ask"), "ask", "event", why, fields.key("event"))
        )
    elif not fields.has("event") and not fields.has("ask"):
        fields.found.append(problems.one_of_two(fields.at, fields.owner, ("event", "ask")))
    says, resolves = fields.text("says"), fields.date("resolves")
    cites, note = fields.citations(), fields.text("note")
    if query is None and event is not None:
        query = Probability(event, span=event.span)
    return None if query is None else Question(name, query, says, resolves, cites, note, fields.at)
