"""Citations graded, and every way in which one fails said in its own words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from estimative.sources.citations import check_citations
from support.printed import book, lines
from support.small import estimate_of

if TYPE_CHECKING:
    from pathlib import Path

    from estimative.sources.citations import CheckedCitations

PASSAGE = "the envoys will probably sign before the winter"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the document of the source `press`: eleven pages, the passage on the fifth."""
    text = book(range(1, 12))
    at = text.index(lines(5)[:40]) + len(lines(5, 15))
    text = text[:at] + f" {PASSAGE}, they may agree, or they may agree " + text[at:]
    (tmp_path / "press.txt").write_text(text, encoding="utf-8")
    return tmp_path


def checked(folder: Path, *cites: str, source: str = "title: Press") -> CheckedCitations:
    body = f"sources: {{press: {{{source}}}}}\nconditions:\n  signed:\n    becomes:\n      soon:\n        likelihood: likely\n"
    listed = "".join(f"          - '{cite}'\n" for cite in cites)
    return check_citations(estimate_of(body + "        cites:\n" + listed), folder)


def codes(result: CheckedCitations) -> list[str]:
    return [problem.code for problem in result.problems]


def test_found_on_its_page(folder: Path) -> None:
    result = checked(folder, 'press p.5 "probably sign before the winter"')
    assert codes(result) == []
    (one,) = result.resolved
    assert (one.owner, one.grade, one.page) == ("signed.becomes.soon", "found", "5")
    assert one.reads == "probably sign before the winter"


@pytest.mark.parametrize(
    ("cite", "grade", "code"),
    [
        ('press p.4 "probably sign before the winter"', "found", "N0526"),
        ('press p.5 "prohahly slgn betore tne wintcr"', "to confirm", "W0524"),
        ('press p.5 "something else altogether is here"', "not found", "W0523"),
        ('press p.9 "probably sign before the winter"', "not found", "W0523"),
        ('press p.99 "probably sign"', "no such page", "E0522"),
        ('press p.5 "they may agree"', "found", "W0525"),
        ("press p.5", "page only", "N0527"),
    ],
)
def test_each_failure_has_its_own_words(folder: Path, cite: str, grade: str, code: str) -> None:
    result = checked(folder, cite)
    assert codes(result) == [code]
    assert result.count("found") == (grade == "found")
    assert [one.grade for one in result.resolved] == [grade]
    assert result.problems[0].span.text.startswith("press p.")


def test_nearest_text_is_shown(folder: Path) -> None:
    (problem,) = checked(folder, 'press p.5 "will certainly sign after the summer"').problems
    assert "sign" in problem.hint
    assert (
        checked(folder, 'press p.9 "probably sign before the winter"').problems[0].hint == "it stands on p. 5"
    )


def test_several_pages(folder: Path) -> None:
    result = checked(folder, 'press pp.5-6 "probably sign before the winter"')
    assert codes(result) == []


def test_a_document_that_is_not_there_is_noted(tmp_path: Path) -> None:
    result = checked(tmp_path, 'press p.5 "probably sign"')
    assert codes(result) == ["N0520"]
    assert (result.resolved, result.unchecked) == ((), 1)


def test_a_changed_document_is_noticed(folder: Path) -> None:
    good = checked(folder, 'press p.5 "probably sign before the winter"')
    assert codes(good) == []
    result = checked(folder, 'press p.5 "probably sign before the winter"', source=f"digest: {'0' * 64}")
    assert codes(result) == ["W0521"]


def test_a_document_without_pages_is_searched_as_a_whole(tmp_path: Path) -> None:
    (tmp_path / "press.txt").write_text(f"{lines(1)} {PASSAGE} {lines(2)}", encoding="utf-8")
    result = checked(tmp_path, 'press p.5 "probably sign before the winter"')
    assert codes(result) == ["W0511"]
    assert result.count("found") == 1


def test_a_folder_that_is_none(folder: Path) -> None:
    assert codes(checked(folder / "press.txt", 'press p.5 "probably sign"')) == ["N0520"]


def test_what_is_left_out_is_looked_up_too_and_may_be_a_whole_page(folder: Path) -> None:
    body = "sources: {press: {title: Press}}\nleft-out:\n  envoys:\n    reason: Too uncertain\n    cites:\n"
    cites = ('press p.5 "probably sign"', 'press p.5 "something else altogether"', "press p.6", "press p.99")
    listed = "".join(f"      - '{cite}'\n" for cite in cites)
    result = check_citations(estimate_of(body + listed), folder)
    assert [one.grade for one in result.resolved] == ["found", "not found", "page only", "no such page"]
    assert codes(result) == ["W0523", "E0522"]
