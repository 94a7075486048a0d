"""Passages: estimative phrases with page, negation and speaker."""

from __future__ import annotations

import pytest

from estimative.places.source import Source
from estimative.sources.paged import FileText
from estimative.sources.paging import paged_text
from estimative.sources.passages import Read, read_passages
from support.printed import book, lines


def read(text: str) -> Read:
    source = Source("a.txt", text)
    return read_passages(paged_text(FileText(source, "", {}, source.span(0, 0)))[0])


def test_a_passage_knows_its_page_and_its_place() -> None:
    text = book(range(1, 11))
    at = text.index(lines(5)[:40]) + len(lines(5, 15))
    found = read(text[:at] + ". The aeems unlikely to yield. " + text[at:])
    (passage,) = found.passages
    assert passage.page == "5"
    (hit,) = passage.hits
    assert (hit.phrase, hit.meant, hit.word_class) == ("aeems unlikely", "seems unlikely", "likelihood")
    assert found.paged.source.text[hit.start : hit.end] == "aeems unlikely"


@pytest.mark.parametrize(
    ("sentence", "negated"),
    [
        ("It may rain.", False),
        ("It may not rain.", True),
        ("It does not seem so.", True),
        ("Neither seems probable.", True),
        ("It is not very likely.", True),
        ("It will never, it may rain.", False),
        ("It is not so, and it may rain.", False),
        ("It may rain, not snow.", False),
    ],
)
def test_negation(sentence: str, negated: bool) -> None:
    (passage,) = read(sentence).passages
    assert passage.hits[-1].negated == negated


def test_only_what_judges_is_an_estimative_passage() -> None:
    found = read("They believe in it. If it rains they go. It may rain.")
    assert [passage.judges for passage in found.passages] == [False, False, True]
    assert [passage.text for passage in found.judging] == ["It may rain."]


def test_phrases_of_some_classes_only() -> None:
    (passage,) = read("They believe it may rain.").passages
    assert [hit.phrase for hit in passage.only({"modal"}).hits] == ["may"]
    assert passage.only(()).hits == passage.hits


def test_nothing_is_found_in_nothing() -> None:
    assert read("The river is long.").passages == ()
