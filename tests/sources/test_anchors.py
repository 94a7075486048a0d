"""Phrases found in a document: exactly, through bad print, across notes and pages, or not."""

from __future__ import annotations

import pytest

from estimative.places.source import Source
from estimative.sources.anchors import CONFIRM, FOUND, MOST_TIMES, Anchored
from estimative.sources.paged import FileText
from estimative.sources.paging import paged_text
from support.printed import book, lines


def anchored(text: str) -> Anchored:
    source = Source("a.txt", text)
    return Anchored(paged_text(FileText(source, "", {}, source.span(0, 0)))[0])


def with_page_five(passage: str) -> Anchored:
    """A book with a passage in the middle of page 5."""
    text = book(range(1, 11))
    at = text.index(lines(5)[:40]) + len(lines(5, 15))
    return anchored(text[:at] + " " + passage + " " + text[at:])


def reads(document: Anchored, phrase: str, *pages: str) -> tuple[str, int, int]:
    """What stands where a phrase is found, on how many pages' distance, and its likeness."""
    indices = [index for name in pages for index in document.paged.named(name)]
    anchor = document.find(phrase, indices)
    assert anchor is not None
    text = " ".join(document.paged.source.text[anchor.start : anchor.end].split())
    return text, anchor.away, round(anchor.score)


def test_the_phrase_itself() -> None:
    document = with_page_five("the delegates may well agree")
    assert reads(document, "may well agree", "5") == ("may well agree", 0, 100)


def test_case_quotes_and_dashes_do_not_matter() -> None:
    document = with_page_five(
        "the \N{LEFT DOUBLE QUOTATION MARK}Self-\N{RIGHT DOUBLE QUOTATION MARK}reliance of all"
    )
    assert reads(document, "self reliance of ALL", "5")[1:] == (0, 100)


def test_hyphens_at_line_ends_and_ligatures_do_not_matter() -> None:
    document = with_page_five(
        "a con-\n  cession of the \N{LATIN SMALL LIGATURE FI}rst rank, rela\N{NOT SIGN}\ntions"
    )
    assert reads(document, "concession of the first rank, relations", "5")[1:] == (0, 100)


def test_bad_print_is_found_and_worse_print_is_to_confirm() -> None:
    phrase = "continuation of a reserved relationship"
    assert reads(with_page_five("continuatian of a reserued relationshlp"), phrase, "5")[2] >= FOUND
    worse = reads(with_page_five("eomtinuatiam ol a rcserucd rclatlonshlp"), phrase, "5")[2]
    assert CONFIRM <= worse < FOUND
    assert reads(with_page_five("xxntxxuxtixn xx a xxsxxvxd rxlxtxxnshxp"), phrase, "5")[2] < CONFIRM


def test_a_word_is_not_found_inside_another() -> None:
    document = with_page_five("it is unlikely")
    assert reads(document, "likely", "5")[2] < 100


def test_one_page_away_and_further() -> None:
    document = with_page_five("the delegates may well agree")
    assert reads(document, "delegates may well agree", "4")[1] == 1
    assert reads(document, "delegates may well agree", "9")[1] == 4


def test_the_cited_page_comes_before_its_neighbours() -> None:
    text = book(range(1, 11))
    for number in (5, 6):
        at = text.index(lines(number)[:40]) + len(lines(number, 15))
        text = text[:at] + " the delegates may well agree " + text[at:]
    document = anchored(text)
    page = document.paged.page_at
    first, second = (document.find("delegates may well agree", document.paged.named(n)) for n in ("5", "6"))
    assert first is not None
    assert second is not None
    assert (page(first.start), page(second.start)) == (4, 5)


def test_a_phrase_cut_by_a_page_break() -> None:
    text = book(range(1, 11))
    at = text.index(lines(6)[:40])
    # The number of page 6 stands between the two halves.
    text = (
        text[: at - len("6\n\n")].rstrip(".\n ")
        + " they may reach an agree-\n\n\n6\n\nment before long. "
        + text[at:]
    )
    assert reads(anchored(text), "reach an agreement before long", "5")[1:] == (0, 100)


def test_a_phrase_cut_by_a_note() -> None:
    text = book(range(1, 11))
    at = text.index(lines(6)[:40])
    note = "*Thls nofe ls badlv rcad anb smaIl prlnt wlth wrcng ietters evervwhere ln lt."
    before = text[: at - len("6\n\n")].rstrip(".\n ") + " they will reach an agreement\n\n"
    document = anchored(before + note + "\n\n\n6\n\nin the autumn of that year. " + text[at:])
    assert reads(document, "reach an agreement in the autumn", "5")[1:] == (0, 100)


def test_how_often_it_stands_on_the_page() -> None:
    document = with_page_five("they may agree, or they may agree, or they may agree")
    anchor = document.find("they may agree", document.paged.named("5"))
    assert anchor is not None
    assert anchor.times == 3


@pytest.mark.parametrize("said", ["they may agree, ", "they nay agree, "])
def test_no_more_is_counted_than_anybody_wants_to_know(said: str) -> None:
    document = with_page_five(said * 30)
    anchor = document.find("they may agree", document.paged.named("5"))
    assert anchor is not None
    assert anchor.times == MOST_TIMES == 9


def test_a_phrase_without_letters_is_nowhere() -> None:
    assert anchored("some text").find("... !", [0]) is None
