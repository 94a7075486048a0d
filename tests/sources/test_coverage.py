"""What an estimate takes from a document: encoded, left out, overlooked."""

from __future__ import annotations

import pytest

from estimative.places.source import Source
from estimative.sources.coverage import Coverage, coverage
from estimative.sources.paged import FileText
from estimative.sources.paging import paged_text
from support.printed import book, lines
from support.small import estimate_of

PASSAGES = {
    2: "The envoys will probably sign before the winter.",
    4: "Their rivals may come to terms in the spring.",
    5: "A breach of the truce is unlikely. A long peace is hardly conceivable.",
    8: "The harvest could fail.",
}


def covered(cites: str, left_out: str = "") -> Coverage:
    text = book(range(1, 12))
    for number, passage in PASSAGES.items():
        at = text.index(lines(number)[:40]) + len(lines(number, 15))
        text = text[:at] + f". {passage} So " + text[at:]
    source = Source("press.txt", text)
    paged, _ = paged_text(FileText(source, "", {}, source.span(0, 0)))
    body = "sources: {press: {title: Press}}\nconditions:\n  signed:\n    becomes:\n"
    rule = f"      soon: {{likelihood: likely, cites: ['{cites}']}}\n"
    return coverage(estimate_of(body + rule + left_out), "press", paged)


def states(answer: Coverage) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(one.passage.page, one.state, one.by) for one in answer.covered]


def test_a_citation_encodes_the_sentence_that_it_stands_in() -> None:
    answer = covered('press p.2 "probably sign before"')
    assert states(answer) == [
        ("2", "encoded", ("signed.becomes.soon",)),
        ("4", "overlooked", ()),
        ("5", "overlooked", ()),
        ("5", "overlooked", ()),
        ("8", "overlooked", ()),
    ]
    assert answer.accounted == pytest.approx(1 / 5)


def test_its_neighbour_on_the_page_is_not_encoded() -> None:
    answer = covered('press p.5 "breach of the truce is unlikely"')
    assert [state for page, state, _ in states(answer) if page == "5"] == ["encoded", "overlooked"]


def test_a_page_alone_encodes_nothing() -> None:
    assert covered("press p.5").count("encoded") == 0


def test_a_citation_that_is_not_found_encodes_nothing() -> None:
    answer = covered('press p.9 "probably sign before the winter"')
    assert answer.count("encoded") == 0
    assert len(answer.lost) == 1


def test_left_out_by_phrase_and_by_page() -> None:
    left_out = (
        "left-out:\n"
        "  rivals: {reason: Another matter, cites: ['press p.4 \"rivals may come to terms\"']}\n"
        "  truce: {reason: Too old, cites: [press p.5]}\n"
    )
    answer = covered('press p.5 "breach of the truce is unlikely"', left_out)
    assert [(one.passage.page, one.state, one.reason) for one in answer.covered] == [
        ("2", "overlooked", ""),
        ("4", "left out", "Another matter"),
        ("5", "encoded", ""),
        ("5", "left out", "Too old"),
        ("8", "overlooked", ""),
    ]
    assert answer.whole_pages == 1


def test_page_by_page() -> None:
    answer = covered('press p.2 "probably sign before"')
    assert [page.page for page in answer.pages] == [str(number) for number in range(1, 12)]
    counts = {page.page: (page.encoded, page.overlooked) for page in answer.pages if page.passages}
    assert counts == {"2": (1, 0), "4": (0, 1), "5": (0, 2), "8": (0, 1)}
    assert answer.pages[0].accounted == 1.0
    assert answer.pages[3].accounted == 0.0
