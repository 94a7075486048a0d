"""How readers take words: the surveys' figures, and the rules that place other words among them."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from estimative.words.survey import loadings, surveyed
from estimative.words.takes import halved, mirrored, take, taken_words, through

RAW = Path(__file__).parents[3] / "shared" / "words" / "capphrase_quantiles.csv"


def test_surveyed_words_are_the_survey() -> None:
    assert take("likely").quantiles == surveyed()["likely"]
    assert take("could").like == "could happen"
    assert (take("unlikely").at(25), take("unlikely").at(75)) == (0.1, 0.25)


@pytest.mark.skipif(not RAW.is_file(), reason="the survey's own table is not at hand")
def test_ordered_readers_barely_move_the_quartiles() -> None:
    """The survey's table is of everybody; the median and the quartiles differ by five points at most."""
    with RAW.open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            ours = surveyed()[row["term"].lower()]
            for percent in (25, 50, 75):
                assert ours[percent - 1] == pytest.approx(float(row[f"{percent}%"]) / 100, abs=0.0501)


def test_published_quartiles_are_met_exactly() -> None:
    found = take("very unlikely")
    assert [found.at(percent) for percent in (25, 50, 75)] == pytest.approx([0.027, 0.05, 0.098])
    serious = take("serious possibility")
    assert [serious.at(percent) for percent in (5, 50, 95)] == pytest.approx([0.2, 0.66, 0.9])
    assert serious.basis == "published"


def test_between_known_quantiles_log_odds_are_straight() -> None:
    """Odds of 1/4 at the 16th and 4 at the 84th percentile are symmetric about even."""
    quantiles = through("16:20 84:80")
    assert quantiles[49] == pytest.approx(0.5)
    assert [quantiles[4] + quantiles[94], quantiles[9] + quantiles[89]] == pytest.approx([1, 1])


def test_halving_is_to_the_nearer_bound() -> None:
    """Mosteller and Youtz: very unlikely is half of unlikely, 17.2 to 8.6; likely 71.1 to 85.55."""
    assert halved((0.1, 0.172, 0.3)) == pytest.approx((0.05, 0.086, 0.15))
    assert halved((0.6, 0.711, 0.8)) == pytest.approx((0.8, 0.8555, 0.9))
    assert take("extremely unlikely").quantiles == halved(take("very unlikely").quantiles)


def test_mirrored_words_lean_the_other_way() -> None:
    plain, negative = take("almost certain"), take("almost certainly not")
    assert mirrored(mirrored(plain.quantiles)) == pytest.approx(plain.quantiles)
    assert negative.at(5) == pytest.approx(1 - plain.at(95))
    assert (plain.upwards, negative.upwards, negative.like) == (True, False, plain.like)


def test_every_word_leans_like_a_surveyed_phrase_and_ours_have_a_reason() -> None:
    for word in taken_words():
        found = take(word)
        assert found.like in loadings()
        assert bool(found.reason) == (found.basis == "ours")


def test_a_part_of_every_phrase_is_its_own() -> None:
    for leaning in loadings().values():
        assert sum(loading**2 for loading in leaning.values()) < 0.8
