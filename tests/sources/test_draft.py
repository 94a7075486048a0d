"""A skeleton from a document: it passes the check, its citations are found, and nothing is invented."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from estimative.estimate.values import Unknown, Word
from estimative.language.read import read_estimate
from estimative.sources.citations import check_citations
from estimative.sources.draft import draft, source_id
from estimative.sources.opening import open_document
from estimative.sources.passages import read_passages
from support.printed import book, lines
from support.report import needs_report, report_path, report_read

if TYPE_CHECKING:
    from pathlib import Path

    from estimative.estimate.nodes import Estimate

PASSAGES = {
    2: "The envoys will probably sign: before the winter, at 'their' ease.",
    4: "Their rivals might not come to terms # in the spring.",
    5: 'A breach is "unlikely" at best.',
    7: "It could rain, \N{LEFT DOUBLE QUOTATION MARK}so the {foreign} guests believe it may\N{RIGHT DOUBLE QUOTATION MARK}.",
}


@pytest.fixture
def document(tmp_path: Path) -> Path:
    text = book(range(1, 12))
    for number, passage in PASSAGES.items():
        at = text.index(lines(number)[:40]) + len(lines(number, 15))
        text = text[:at] + f". {passage} So " + text[at:]
    path = tmp_path / "The press: 12.txt"
    path.write_text(text, encoding="utf-8")
    return path


def drafted(document: Path, folder: Path) -> Estimate:
    paged, _ = open_document(document)
    assert paged is not None
    path = folder / "draft.yaml"
    text = draft(read_passages(paged), source_id(document.name), 'A "title": [x]', date(1984, 10, 1))
    path.write_text(text, encoding="utf-8")
    estimate, problems = read_estimate(path)
    assert estimate is not None, [problem.says for problem in problems]
    return estimate


def test_it_passes_the_check_and_its_citations_are_found(document: Path, tmp_path: Path) -> None:
    estimate = drafted(document, tmp_path)
    assert estimate.title == "A 'title': [x]"
    assert [condition.name for condition in estimate.conditions] == ["p2-1", "p4-1", "p5-1", "p7-1"]
    checked = check_citations(estimate, tmp_path)
    assert [(one.grade, one.page) for one in checked.resolved] == [("found", str(n)) for n in (2, 4, 5, 7)]
    assert checked.problems == ()


def test_words_are_taken_over_where_the_language_has_them(document: Path, tmp_path: Path) -> None:
    rules = [condition.becomes[0] for condition in drafted(document, tmp_path).conditions]
    assert rules[0].likelihood == Word("will probably")
    # Negated: nothing is said for the analyst.
    assert rules[1].likelihood == Unknown()
    assert "negated" in rules[1].note
    assert rules[2].likelihood == Word("unlikely")


def test_contents_are_left_to_the_analyst(document: Path, tmp_path: Path) -> None:
    says = {condition.says for condition in drafted(document, tmp_path).conditions}
    assert says == {"to be written - what may happen"}


def test_a_document_without_passages(tmp_path: Path) -> None:
    path = tmp_path / "dry.txt"
    path.write_text("The river is long.", encoding="utf-8")
    assert [condition.name for condition in drafted(path, tmp_path).conditions] == ["nothing-yet"]


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("R-3159 final.pdf", "r-3159-final"),
        ("1984.txt", "source-1984"),
        ("\N{GREEK SMALL LETTER PI}.txt", "source"),
    ],
)
def test_ids_from_names(name: str, made: str) -> None:
    assert source_id(name) == made


@needs_report
def test_the_report_gives_a_skeleton_whose_citations_are_found(tmp_path: Path) -> None:
    path = report_path()
    assert path is not None
    text = draft(report_read(), "report", "The report", date(1984, 10, 1))
    (tmp_path / "draft.yaml").write_text(text, encoding="utf-8")
    estimate, _ = read_estimate(tmp_path / "draft.yaml")
    assert estimate is not None
    assert len(estimate.conditions) == len(report_read().judging)
    checked = check_citations(estimate, path.parent)
    assert checked.count("found") >= 0.99 * len(checked.resolved)
