"""From marks to pages: head and foot, breaks whose mark was lost, and what the page table corrects."""

from __future__ import annotations

from itertools import pairwise

import pytest

from estimative.places.source import Source
from estimative.sources.paged import FileText, PagedText
from estimative.sources.paging import paged_text
from support.printed import book, lines


def paged(text: str, table: dict[str, int] | None = None) -> PagedText:
    source = Source("a.txt", text)
    found, problems = paged_text(FileText(source, "", table or {}, source.span(0, 0)))
    assert problems == ()
    return found


def page_of(document: PagedText, number: int) -> str:
    """Name of the page on which the text of a page of the book begins."""
    return document.pages[document.page_at(document.source.text.index(lines(number)[:200]))].name


@pytest.mark.parametrize("stand", ["head", "foot"])
def test_numbers_at_the_head_and_at_the_foot(stand: str) -> None:
    text = book(range(1, 15), stand="head" if stand == "head" else "foot")
    document = paged(text)
    assert [page_of(document, number) for number in range(1, 15)] == [str(number) for number in range(1, 15)]


def test_a_chapter_that_opens_with_its_number_at_the_foot() -> None:
    text = book(range(1, 2), stand="foot") + book(range(2, 15))
    document = paged(text)
    assert [page_of(document, number) for number in range(1, 15)] == [str(number) for number in range(1, 15)]


def test_lost_numbers_are_made_up_for_at_gaps() -> None:
    document = paged(book(range(1, 15), printed={6: "", 7: "", 8: ""}))
    assert [page_of(document, number) for number in range(1, 15)] == [str(number) for number in range(1, 15)]
    basis = {page.name: page.basis for page in document.pages}
    assert [basis[str(number)] for number in (5, 6, 7, 8, 9)] == ["printed", *["inferred"] * 3, "printed"]


def test_pages_follow_one_another_without_a_gap() -> None:
    document = paged("A cover\n\n\n" + book(range(3, 9), roman=True) + book(range(1, 12), printed={5: ""}))
    assert document.pages[0].start == 0
    assert document.pages[-1].end == len(document.source.text)
    assert all(one.end == two.start for one, two in pairwise(document.pages))


def test_the_page_table_moves_a_page() -> None:
    text = book(range(1, 15), printed={6: "", 7: "", 8: ""})
    line = text[: text.index(lines(7)[:200])].count("\n") + 1
    moved = paged(text, {"7": line + 4})
    page = moved.pages[moved.named("7")[0]]
    assert page.basis == "given"
    assert text.count("\n", 0, page.start) + 1 == line + 4
    assert page_of(moved, 9) == "9"


def test_marks_that_contradict_the_page_table_give_way() -> None:
    text = book(range(1, 15))
    line = text[: text.index(lines(3)[:200])].count("\n") + 1
    moved = paged(text, {"8": line})
    assert page_of(moved, 3) == "8"
    assert page_of(moved, 14) == "14"


def test_a_page_with_a_name_of_its_own() -> None:
    text = "Cover\nwith an abstract\n\n\n" + book(range(1, 12))
    document = paged(text, {"cover": 1})
    assert [page.name for page in document.pages[:2]] == ["cover", "1"]


def test_a_page_with_a_name_of_its_own_alone() -> None:
    document = paged(lines(1), {"annex": 3})
    assert [page.name for page in document.pages] == ["", "annex"]


def test_the_page_table_alone() -> None:
    text = lines(1) + "\n" + lines(2) + "\n" + lines(3)
    document = paged(text, {"1": 1, "3": 61})
    assert [page_of(document, number) for number in (1, 2, 3)] == ["1", "2", "3"]


def test_form_feeds_divide_pages() -> None:
    document = paged("one\f\ntwo\fthree\f")
    assert [(page.name, page.basis) for page in document.pages] == [(str(n), "counted") for n in (1, 2, 3)]


def test_a_text_without_page_marks_is_one_page() -> None:
    source = Source("a.txt", lines(1))
    document, problems = paged_text(FileText(source, "", {}, source.span(0, 0)))
    assert [problem.code for problem in problems] == ["W0511"]
    assert not document.has_pages


def test_pages_in_the_wrong_order_are_a_problem() -> None:
    source = Source("a.txt", lines(1) + "\n" + lines(2))
    _, problems = paged_text(FileText(source, "", {"4": 31, "5": 2}, source.span(0, 0)))
    assert [problem.code for problem in problems] == ["E0514"]
