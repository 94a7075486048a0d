"""Bands are the readings' own spread, not that of the dice."""

from __future__ import annotations

import numpy as np
import pytest

from estimative.questions.bands import band, without_noise


def test_a_band_of_exact_probabilities_is_their_middle_ninety_percent() -> None:
    probability = np.linspace(0, 1, 101)
    summed = band(probability, futures=10**12)
    assert summed.median == pytest.approx(0.5)
    assert (summed.low, summed.high) == pytest.approx((0.05, 0.95), abs=1e-6)


@pytest.mark.parametrize("futures", [100, 400, 10_000])
def test_the_spread_that_is_left_does_not_depend_on_the_number_of_futures(futures: int) -> None:
    """Trust C5: M=100 and M=10,000 give the same band; the raw spread at M=100 is wider by a quarter."""
    rng = np.random.default_rng(20)
    true = rng.beta(20, 20, 20_000)
    seen = rng.binomial(futures, true) / futures
    clean = without_noise(seen, futures)
    # 20,000 readings: the standard error of a standard deviation of .078 is .0004; five of them.
    assert clean.std() == pytest.approx(true.std(), abs=0.002)
    assert abs(seen.std() - true.std()) > 0.002 or futures > 400


def test_readings_that_differ_by_chance_alone_have_no_band() -> None:
    rng = np.random.default_rng(3)
    seen = rng.binomial(50, 0.3, 2_000) / 50
    summed = band(seen, 50)
    # What is left of a spread of .065 once a variance known to 1 part in 30 is taken out.
    assert summed.high - summed.low < 0.06
    assert np.quantile(seen, 0.95) - np.quantile(seen, 0.05) > 0.15


def test_rows_are_corrected_one_by_one() -> None:
    rows = np.array([[0.4, 0.6], [0.5, 0.5]])
    clean = without_noise(rows, 100)
    assert clean[0] == pytest.approx(without_noise(rows[0], 100))
    assert clean[1] == pytest.approx([0.5, 0.5])
