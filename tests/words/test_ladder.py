"""A number deserves a word: by a standard's range, or by a person's own ladder."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from estimative.words.ladder import borders, deserves, midway, rung_ranges, word_of
from estimative.words.lexicon import lexicon, standards
from estimative.words.vocabulary import Vocabulary
from support.columns import independent, middle

if TYPE_CHECKING:
    from estimative.words.ladder import Relation

RELATIONS: tuple[Relation, ...] = ("is", "is at least", "is at most")


def people(standard: str, readings: int = 200) -> Vocabulary:
    return Vocabulary(lexicon(standard), "readers", readings, independent(readings))


def says(standard: str, value: float, word: str, relation: Relation = "is") -> bool:
    """What the middle reader says."""
    one = Vocabulary(lexicon(standard), "readers", 1, middle())
    return bool(deserves(one, np.array([value]), word, relation)[0])


@pytest.mark.parametrize(
    ("standard", "value", "word", "verdicts"),
    [
        ("icd-203", 0.55, "likely", (True, True, True)),
        ("icd-203", 0.81, "probably", (False, True, False)),
        ("icd-203", 0.5, "likely", (False, False, True)),
        ("icd-203", 0.003, "almost no chance", (True, True, True)),  # nobody has another word for it
        ("icd-203", 0.995, "almost certain", (True, True, True)),
        ("phia", 0.15, "unlikely", (False, False, True)),
        ("phia", 0.22, "unlikely", (False, False, True)),  # a gap
        ("phia", 0.22, "highly unlikely", (False, True, False)),
        ("ipcc", 0.97, "likely", (True, True, True)),  # the ranges contain one another
        ("ipcc", 0.97, "extremely likely", (True, True, True)),
        ("ipcc", 0.97, "virtually certain", (False, False, True)),
        ("ipcc", 0.02, "very unlikely", (True, True, True)),
        ("kent", 0.01, "impossible", (False, True, False)),
        ("ordinary", 0.34, "about even", (True, True, True)),  # the border is at 1/3
        ("ordinary", 0.32, "about even", (False, False, True)),
        ("ordinary", 0.32, "modest possibility", (True, True, True)),  # on the rung of "unlikely"
        ("ordinary", 0.05, "highly unlikely", (True, True, True)),
        ("ordinary", 1.0, "almost certain", (True, True, True)),
        ("ordinary", 0.0, "almost no chance", (True, True, True)),
    ],
)
def test_verdicts_by_hand(standard: str, value: float, word: str, verdicts: tuple[bool, ...]) -> None:
    assert tuple(says(standard, value, word, relation) for relation in RELATIONS) == verdicts


def test_borders_lie_midway_in_log_odds_between_the_persons_own_numbers() -> None:
    """Medians 2, 5, 20, 50, 75, 90, 95 per cent; 20 and 50: odds 1/4 and 1, so 1/2; 75 and 90: 3 and 9."""
    found = borders(Vocabulary(lexicon("ordinary"), "readers", 1, middle()))[0]
    assert found[2] == pytest.approx(1 / 3)
    assert found[4] == pytest.approx(27**0.5 / (1 + 27**0.5))
    assert abs(found[2] - (0.2 + 0.5) / 2) > 0.01  # twin: midway in probability would be noticed


def test_every_number_deserves_one_rung_of_every_ladder() -> None:
    everybody = people("ordinary")
    rungs = [step.key for step in everybody.lexicon.ladder]
    for value in (0.0, 0.004, 0.11, 0.5, 0.77, 0.93, 1.0):
        each = np.full(200, value)
        verdicts = np.array([deserves(everybody, each, rung) for rung in rungs])
        assert (verdicts.sum(axis=0) == 1).all()


def test_borders_rise_for_everybody() -> None:
    found = borders(people("ordinary"))
    assert found.shape == (200, 6)
    assert (np.diff(found, axis=1) >= 0).all()


@pytest.mark.parametrize("standard", standards())
def test_is_means_at_least_and_at_most(standard: str) -> None:
    everybody = people(standard, 50)
    values = np.linspace(0, 1, 50)
    for entry in everybody.lexicon.entries:
        both = deserves(everybody, values, entry.key, "is at least") & deserves(
            everybody, values, entry.key, "is at most"
        )
        assert np.array_equal(both, deserves(everybody, values, entry.key))


def test_what_is_not_known_deserves_nothing() -> None:
    for standard in ("icd-203", "ordinary"):
        for relation in RELATIONS:
            assert not says(standard, float("nan"), "likely", relation)


def test_a_word_of_another_standard_is_refused() -> None:
    with pytest.raises(LookupError):
        says("nato", 0.5, "very likely")


def test_words_of_numbers() -> None:
    icd, phia, ipcc = lexicon("icd-203"), lexicon("phia"), lexicon("ipcc")
    assert [word_of(icd, p).word for p in (0.0, 0.3, 0.5, 0.7, 1.0)] == [
        "almost no chance",
        "unlikely",
        "roughly even chance",
        "likely",
        "almost certain",
    ]
    assert (word_of(phia, 0.38).word, word_of(phia, 0.38).inside) == ("realistic possibility", False)
    assert word_of(ipcc, 0.33).word == "as likely as not", "of two ranges as wide the higher"
    assert (word_of(ipcc, 0.97).word, word_of(ipcc, 0.70).word) == ("extremely likely", "likely")
    assert word_of(lexicon("ordinary"), 0.25).word == "unlikely"
    assert word_of(lexicon("kent"), 1.0).word == "certain"


@pytest.mark.parametrize("standard", standards())
def test_every_number_has_a_word(standard: str) -> None:
    for value in np.linspace(0, 1, 101):
        spoken = word_of(lexicon(standard), float(value))
        assert spoken in rung_ranges(lexicon(standard)) or not spoken.inside
        assert (spoken.low <= value <= spoken.high) == spoken.inside


def test_midway_is_symmetric() -> None:
    numbers = np.array([0.03, 0.2, 0.6])
    assert midway(1 - numbers[::-1]) == pytest.approx(1 - midway(numbers)[::-1])
