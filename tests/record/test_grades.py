"""Grades: the table is what its heading says, and better grades never count for less."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest

from estimative.record.grades import CREDIBILITY, RELIABILITY, in_words, usual_grades

LETTERS = {"A": 99, "B": 85, "C": 70, "D": 55, "E": 50, "F": 50}
NUMBERS = {"1": 99, "2": 85, "3": 65, "4": 50, "5": 50, "6": 50}


def log_odds(percent: float) -> float:
    return float(np.log(percent / (100 - percent)))


@pytest.mark.parametrize("grade", [letter + number for letter, number in product(LETTERS, NUMBERS)])
def test_a_grade_is_the_mean_of_its_letter_and_its_number(grade: str) -> None:
    mean = (log_odds(LETTERS[grade[0]]) + log_odds(NUMBERS[grade[1]])) / 2
    expected = 100 if grade == "A1" else round(100 / (1 + np.exp(-mean)))
    assert usual_grades()[grade].right == expected / 100


def test_better_grades_count_for_more() -> None:
    right = {text: grade.right for text, grade in usual_grades().items()}
    for letter in LETTERS:
        assert all(right[letter + a] >= right[letter + b] for a, b in pairwise(NUMBERS))
    for number in NUMBERS:
        assert all(right[a + number] >= right[b + number] for a, b in pairwise(LETTERS))
    assert right["F6"] == 0.5 < right["C3"] < right["B2"] < right["A1"] == 1


def test_ratios_and_words() -> None:
    assert usual_grades()["A1"].is_certain
    assert usual_grades()["A1"].ratio == float("inf")
    assert usual_grades()["F6"].ratio == 1
    assert {in_words(text) for text in usual_grades()} >= {"usually reliable source; probably true"}
    assert set(RELIABILITY) == set(LETTERS)
    assert set(CREDIBILITY) == set(NUMBERS)
