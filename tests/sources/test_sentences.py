"""Sentences put together across lines, notes and pages."""

from __future__ import annotations

from estimative.places.source import Source
from estimative.sources.layout import blocks
from estimative.sources.paged import FileText, PagedText
from estimative.sources.paging import paged_text
from estimative.sources.sentences import Sentence, sentences
from support.printed import book, lines


def paged(text: str) -> PagedText:
    source = Source("a.txt", text)
    return paged_text(FileText(source, "", {}, source.span(0, 0)))[0]


def found(text: str) -> list[str]:
    return [sentence.text for sentence in sentences(paged(text))]


def test_sentences_end_at_their_marks() -> None:
    assert found("One may hope. Two may not! Will three? They will.") == [
        "One may hope.",
        "Two may not!",
        "Will three?",
        "They will.",
    ]


def test_abbreviations_and_initials_end_nothing() -> None:
    text = "The U.S. view, i.e. that of Gen. A. Smith (cf. p. 4), may change. No. 5 is lost."
    assert found(text) == [
        "The U.S. view, i.e. that of Gen. A. Smith (cf. p. 4), may change.",
        "No. 5 is lost.",
    ]


def test_a_quotation_ends_with_its_mark() -> None:
    text = "They said \N{LEFT DOUBLE QUOTATION MARK}it may rain.\N{RIGHT DOUBLE QUOTATION MARK} Then it did."
    assert len(found(text)) == 2


def test_a_sign_of_a_note_belongs_to_its_sentence() -> None:
    assert found("It may rain.12 It may snow.") == ["It may rain.12", "It may snow."]


def test_words_broken_at_line_ends_are_joined() -> None:
    assert found("The Soviet-\nNorth rela\N{NOT SIGN}\n  tions may be improv-\ning now.") == [
        "The Soviet-North relations may be improving now."
    ]


def test_bullets_stand_alone() -> None:
    assert found("They want:\n\n\N{BULLET} more bread\n\n\N{BULLET} less salt") == [
        "They want:",
        "\N{BULLET} more bread",
        "\N{BULLET} less salt",
    ]


def test_a_sentence_runs_on_across_pages_and_notes() -> None:
    text = book(range(1, 11))
    at = text.index(lines(6)[:40])
    note = "*Thls nofe ls badlv rcad anb smaIl prlnt wlth wrcng ietters evervwhere ln lt."
    body = text[: at - len("6\n\n")].rstrip(".\n ") + ". They may agree\n\n" + note
    whole = sentences(paged(body + "\n\n\n6\n\nin the autumn. Then " + text[at:]))
    (one,) = [sentence for sentence in whole if "They may agree" in sentence.text]
    assert one.text == "They may agree in the autumn."
    assert [sentence.text for sentence in whole if sentence.is_note] == [note]


def test_every_letter_knows_where_it_came_from() -> None:
    text = "The rela\N{NOT SIGN}\n  tions may be \N{LATIN SMALL LIGATURE FI}rm."
    (one,) = sentences(paged(text))
    assert one.text == "The relations may be firm."
    start = one.text.index("relations")
    assert text[slice(*one.origin(start, start + len("relations")))] == "rela\N{NOT SIGN}\n  tions"
    assert text[slice(*one.origin(len("The relations may be "), len("The relations may be firm")))].endswith(
        "rm"
    )
    assert (one.start, one.end) == (0, len(text))


def test_a_sentence_holds_its_own_letters_only() -> None:
    one, two = sentences(paged("It may rain. It may snow."))
    assert one.holds(0, 2)
    assert not one.holds(two.start, two.end)


def test_headings_and_cells_are_no_sentences() -> None:
    text = "Strategic Logic\n\nIt may rain in the hills of the north before long.\n\n12.5\n\n17.3"
    assert found(text) == ["It may rain in the hills of the north before long."]
    assert [block.kind for block in blocks(paged(text))] == ["heading", "body", "cell", "cell"]


def test_notes_are_told_by_their_print() -> None:
    notes = [
        s
        for s in _with_note("*Thls nofe ls badlv rcad anb smaIl prlnt wlth wrcng ietters in it.")
        if s.is_note
    ]
    assert len(notes) == 1
    # The twin: the same place, printed like the rest.
    assert not [s for s in _with_note(lines(3, 2)) if s.is_note]


def _with_note(note: str) -> tuple[Sentence, ...]:
    text = book(range(1, 11))
    at = text.index(lines(6)[:40]) - len("6\n\n")
    return sentences(paged(text[:at].rstrip() + "\n\n" + note + "\n\n\n" + text[at:]))
