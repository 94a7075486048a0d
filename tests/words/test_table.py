"""Tables of words: the standard's range beside what readers take the word to mean."""

from __future__ import annotations

import pytest

from estimative.words.lexicon import lexicon, standards
from estimative.words.table import histogram, share_inside, table_of, word_answer


@pytest.mark.parametrize("standard", standards())
def test_a_table_has_every_word_once_with_its_source(standard: str) -> None:
    table = table_of(standard)
    assert sorted(row.word for row in table.rows) == sorted(e.key for e in lexicon(standard).entries)
    assert table.title
    assert table.source
    for row in table.rows:
        assert row.source
        assert list(row.taken) == sorted(row.taken)
        assert (row.low is None) == (standard == "ordinary") == (row.inside is None)


def test_rows_rise() -> None:
    for standard in ("icd-203", "ipcc"):
        ranges = [(row.low, row.high) for row in table_of(standard).rows]
        assert ranges == sorted(ranges, key=lambda ends: (ends[0] or 0, ends[1] or 0))
    medians = [row.taken[2] for row in table_of("ordinary").rows]
    assert medians == sorted(medians)


@pytest.mark.parametrize(
    ("standard", "word", "published"),
    [
        ("icd-203", "likely", 0.85),
        ("icd-203", "unlikely", 0.55),
        ("icd-203", "almost no chance", 0.86),
        ("icd-203", "remote chance", 0.57),
        ("phia", "realistic possibility", 0.17),
        ("phia", "likely", 0.66),
        ("phia", "unlikely", 0.28),
        ("nato", "likely", 0.94),
        ("nato", "highly likely", 0.51),
        ("ipcc", "unlikely", 0.92),
    ],
)
def test_shares_inside_are_near_those_of_all_people(standard: str, word: str, published: float) -> None:
    """The survey's shares are of everybody; ours are of the ordered, who differ by a few points."""
    assert share_inside(lexicon(standard).named(word)) == pytest.approx(published, abs=0.07)


def test_one_word_in_every_standard() -> None:
    answer = word_answer("seems likely")
    assert answer.word == "likely"
    assert answer.quantiles[49] == 0.75
    assert answer.official == ()  # no official standard has the frame
    found = word_answer("very likely").official
    assert [place.standard for place in found] == ["icd-203", "ipcc", "efsa"]
    assert [place.low for place in found] == [0.8, 0.9, 0.9]


def test_a_standards_own_word_comes_before_another_wording() -> None:
    """Ordinary usage takes "nearly certain" as a wording of "near certainty"; ICD 203 has it as a word."""
    assert word_answer("nearly certain").word == "nearly certain"


def test_bars_are_shares_of_readers() -> None:
    bars = word_answer("likely").bars
    assert len(bars) == 20
    assert sum(bars) == pytest.approx(1)
    assert max(bars) == bars[15]  # 75 to 80 per cent
    assert histogram((0.999, 1.0))[-1] == 1


def test_no_such_word() -> None:
    with pytest.raises(LookupError):
        word_answer("blue")
    with pytest.raises(KeyError):
        table_of("blue")
