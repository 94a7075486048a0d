"""Page numbers found among other short lines: the run that makes sense, and misread ones in its gaps."""

from __future__ import annotations

from estimative.sources.marks import bracketed_marks, page_length, printed_marks
from support.printed import book


def numbers(text: str) -> list[int]:
    return [mark.number for mark in printed_marks(text)]


def test_a_run_of_numbers_is_found() -> None:
    assert numbers(book(range(1, 12))) == list(range(1, 12))


def test_a_run_may_begin_anywhere() -> None:
    assert numbers(book(range(417, 431))) == list(range(417, 431))


def test_lost_numbers_leave_gaps() -> None:
    assert numbers(book(range(1, 12), printed={4: "", 5: ""})) == [1, 2, 3, 6, 7, 8, 9, 10, 11]


def test_misread_numbers_are_found_by_their_place() -> None:
    # 26 for 25 stands there twice, as in a scan; 34 stands for 24, and the run goes on.
    printed = {24: "34", 25: "26", 27: "2?"}
    assert numbers(book(range(18, 32), printed=printed)) == list(range(18, 32))


def test_cells_of_tables_are_no_page_numbers() -> None:
    cells = "\n\n".join(str(number) for number in range(12, 60))
    text = book(range(1, 12)) + "\n\n" + cells + "\n\n" + book(range(12, 20))
    assert numbers(text)[:11] == list(range(1, 12))
    assert numbers(text)[-7:] == list(range(13, 20))


def test_scattered_numbers_are_no_run() -> None:
    assert numbers("one\n\n7\n\ntwo\n\n3\n\nthree\n\n5\n\nfour") == []


def test_roman_numbers_come_before_arabic_ones() -> None:
    front = book(range(3, 9), roman=True)
    marks = printed_marks(front + book(range(1, 12)))
    assert [mark.number for mark in marks if mark.is_roman] == [3, 4, 5, 6, 7, 8]
    assert [mark.number for mark in marks if not mark.is_roman] == list(range(1, 12))


def test_a_misread_roman_number_opens_the_front_matter() -> None:
    front = book(range(3, 9), roman=True, printed={3: "Hi"})
    assert next(mark.number for mark in printed_marks(front + book(range(1, 12)))) == 3


def test_signs_in_brackets() -> None:
    marks = bracketed_marks("[p. iv] a [page 1] b [p.2] c [p. 2] d [p. 9] e")
    assert [(mark.number, mark.is_roman) for mark in marks] == [(4, True), (1, False), (2, False), (9, False)]
    assert bracketed_marks("see [p. 12] there") == ()


def test_length_of_a_page() -> None:
    text = book(range(1, 8))
    length = page_length(printed_marks(text), len(text))
    assert length is not None
    assert abs(length - len(text) / 7) < 0.1 * length
    assert page_length((), 100) is None
