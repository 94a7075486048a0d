"""Documents, coverage and tables as blocks: what is said of each, and that a document's text can do no harm."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from estimative.estimate.nodes import Document
from estimative.places.source import Source
from estimative.show.blocks import Paragraph, Part, Picture, Shown, Table, plain
from estimative.show.coverage import coverage_shown
from estimative.show.documents import citations_shown, passages_shown, sources_shown
from estimative.show.figures import Grid
from estimative.show.tables import table_shown
from estimative.sources.citations import CheckedCitations
from estimative.sources.coverage import Coverage, Covered
from estimative.sources.library import FoundSource
from estimative.sources.paged import FileText, Page, PagedText
from estimative.sources.paging import paged_text
from estimative.sources.passages import Read, read_passages
from estimative.sources.tables.ask import TableAnswer
from estimative.sources.tables.audit import AuditedCell, AuditedRow, Proposal, TableAudit
from estimative.sources.tables.cells import PrintedTable
from estimative.sources.tables.quoted import QuotedFigure

if TYPE_CHECKING:
    from estimative.show.blocks import Block

HARM = "It may \x1b[31mrain\x1b[0m."


def read(text: str) -> Read:
    source = Source("a.txt", text)
    return read_passages(paged_text(FileText(source, "", {}, source.span(0, 0)))[0])


def said(shown: Shown) -> str:
    """Everything that an answer says to people."""
    return "\n".join(_said(block) for block in shown.blocks)


def _said(block: Block) -> str:
    match block:
        case Paragraph(words):
            return plain(words)
        case Table(columns, rows, title):
            cells = [str(getattr(cell, "text", cell)) for row in rows for cell in row]
            return "\n".join([title, *(column.title for column in columns), *cells])
        case Part(title, blocks):
            return "\n".join([title, *map(_said, blocks)])
        case _:
            return ""


def test_passages_say_class_negation_and_speaker() -> None:
    found = read("The Soviets probably hope that it may not rain. The seed is unlikcly to grow.")
    text = said(passages_shown(found, found.judging))
    assert "probably (likelihood, of the Soviets)" in text
    assert "may (modal, negated, the Soviets)" in text
    assert "unlikcly for unlikely (likelihood)" in text
    assert "2 passages with 4 phrases" in text


def test_no_passages_are_said_to_be_none() -> None:
    found = read("The river is long.")
    assert said(passages_shown(found, ())) == "0 passages found."


def test_control_characters_of_a_document_are_shown_not_sent() -> None:
    found = read(HARM)
    covered = tuple(Covered(passage, "overlooked") for passage in found.judging)
    for shown in (
        passages_shown(found, found.judging),
        coverage_shown(Coverage("a", found.paged, covered, 0, ())),
        sources_shown((FoundSource(Document("a"), None, found.paged, ()),), pages=True),
    ):
        assert "\x1b" not in said(shown)


def test_citations_of_documents_not_at_hand() -> None:
    text = said(citations_shown(CheckedCitations((), 3, ())))
    assert text == "No citation was looked up.\n3 citations are to documents that are not at hand."


def test_pages_are_drawn_by_tens() -> None:
    text = "It may rain. It may snow."
    names = ["iv", *(str(number) for number in range(1, 13))]
    pages = tuple(Page(name, 0 if name == "iv" else 13, 25, "printed") for name in names)
    paged = PagedText(Source("a.txt", text), "", pages)
    passages = read(text).judging
    shown = coverage_shown(Coverage("a", paged, (Covered(passages[0], "encoded", ("x",)),), 0, ()))
    (figure,) = [block.figure for block in shown.blocks if isinstance(block, Picture)]
    assert isinstance(figure, Grid)
    # The one passage stands on the first page, which has no arabic number; pages without passages are not drawn.
    assert figure.rows == ("front matter",)
    assert figure.values == ((1.0,),)


def test_a_table_says_what_is_doubtful() -> None:
    cells = (
        AuditedCell("total", "106.3", "repair proposed", (Proposal("105.3", 0.99),)),
        AuditedCell("part", "84.9", "ambiguous", tuple(Proposal(f"8{n}.9", 0.2) for n in range(5))),
        AuditedCell("other", "", "missing"),
    )
    audit = TableAudit(
        PrintedTable("t", "year", ("total", "part", "other"), ()),
        ("total = part + other",),
        (AuditedRow("1955", "1966", cells, ("total = part + other",)),),
        (("5", "6", 3),),
    )
    text = said(table_shown(TableAnswer(audit, ())))
    assert "1955 (read 1966)" in text
    assert "105.3 (99%)" in text
    assert "83.9 (20%) and 1 more" in text
    assert "5 read as 6 (3 times)" in text
    assert "1 row does not add up" in text


@pytest.mark.parametrize(
    ("doubtful", "where"),
    [
        (("total", "part"), "At least one of total and part is wrong."),
        (("part",), "The other figures stand in a relation that holds, so look at part."),
    ],
)
def test_a_row_that_nothing_explains_says_what_fails(doubtful: tuple[str, ...], where: str) -> None:
    cells = tuple(
        AuditedCell(name, "84.9", "in doubt" if name in doubtful else "as read") for name in ("total", "part")
    )
    row = AuditedRow("1955", "1955", cells, ("total = part",))
    audit = TableAudit(PrintedTable("t", "year", ("total", "part"), ()), ("total = part",), (row,), ())
    text = said(table_shown(TableAnswer(audit, ())))
    assert "1955: `total = part` fails, and no likely misreading explains it." in text
    assert where in text
    assert "A percentage says" not in text


def test_a_quote_that_does_not_agree_says_why() -> None:
    quote = QuotedFigure(
        "share at 1955 is 85", Decimal(85), (Decimal("80.6"),), agrees=False, elsewhere="part", misread="86"
    )
    audit = TableAudit(PrintedTable("t", "year", (), ()), (), (), ())
    text = said(table_shown(TableAnswer(audit, (quote,))))
    assert "does not agree; it fits the row's `part`; it may be a misreading of 86" in text
