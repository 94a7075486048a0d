"""Reading sources, claims, questions, and what is left out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from estimative.estimate.nodes import Claim, Document, LeftOut, Question
from estimative.estimate.queries import Probability
from estimative.language.keys import Form
from estimative.language.problems import values as problems

if TYPE_CHECKING:
    from estimative.language.fields import Fields

_SHA256 = re.compile(r"[0-9a-f]{64}")
_COUNT = re.compile(r"[1-9][0-9]{0,6}", re.ASCII)


def read_document(fields: Fields, name: str) -> Document:
    """One source."""
    return Document(
        name=name,
        title=fields.text("title"),
        authors=fields.texts("authors"),
        date=fields.text("date"),
        kind=fields.text("kind"),
        file=fields.text("file"),
        digest=_digest(fields),
        pages=_pages(fields),
        span=fields.at,
    )


def _digest(fields: Fields) -> str:
    """A SHA-256 in hexadecimal, with or without ``sha256:`` before it."""
    text = fields.text("digest").lower().removeprefix("sha256:").strip()
    if text and not _SHA256.fullmatch(text):
        fields.found.append(problems.not_a_digest(fields.entries["digest"].value.span))
        return ""
    return text


def _pages(fields: Fields) -> tuple[tuple[str, int], ...]:
    """The page table: for a page's name the line, or page of the file, at which it begins."""
    pages = []
    for entry in fields.mapping("pages", Form.PAGES):
        scalar = fields.one(entry.value, entry.key.text)
        if scalar is not None and _COUNT.fullmatch(scalar.text.strip()):
            pages.append((entry.key.text, int(scalar.text)))
        elif scalar is not None:
            fields.found.append(problems.not_a_count(scalar.span, scalar.text.strip(), entry.key.text))
    return tuple(pages)


def read_left_out(fields: Fields, name: str) -> LeftOut:
    """Passages left out on purpose."""
    return LeftOut(name, fields.text("reason"), fields.citations(), fields.at)


def read_claim(fields: Fields, name: str) -> Claim:
    """One claim; without a test it is kept, and said to be untested."""
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
    says, resolves = fields.text("says"), fields.date("resolves")
    cites, note = fields.citations(), fields.text("note")
    if query is None and event is not None:
        query = Probability(event, span=event.span)
    return None if query is None else Question(name, query, says, resolves, cites, note, fields.at)
