"""Weighted readings: with equal weights everything is as without them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from estimative.questions.bands import band
from estimative.questions.weighted import effective, weighted_band, weighted_quantiles

VALUES = st.lists(st.floats(0, 1, allow_subnormal=False), min_size=2, max_size=30).map(np.array)
AT = (0.0, 0.05, 0.3, 0.5, 0.95, 1.0)


@given(VALUES)
def test_equal_weights_give_the_quantiles_of_numpy(values: np.ndarray) -> None:
    alike = np.full(len(values), 0.37)
    assert weighted_quantiles(values, alike, AT) == pytest.approx(np.quantile(values, AT), abs=1e-12)


@given(VALUES, st.integers(20, 1000))
def test_equal_weights_give_the_band_without_weights(values: np.ndarray, futures: int) -> None:
    many = np.full(len(values), float(futures))
    found, usual = weighted_band(values, np.ones(len(values)), many), band(values, futures)
    for name in ("median", "low", "high", "mean", "error"):
        assert getattr(found, name) == pytest.approx(getattr(usual, name), abs=1e-9)


def test_what_has_no_weight_has_no_say() -> None:
    values, weights = np.array([0.1, np.nan, 0.2, 0.9]), np.array([1.0, 0.0, 1.0, 0.0])
    found = weighted_band(values, weights, np.full(4, 1e9))
    assert (found.low, found.median, found.high) == pytest.approx((0.105, 0.15, 0.195))
    assert found.mean == pytest.approx(0.15)


def test_weight_draws_the_median_to_itself() -> None:
    values = np.array([0.0, 0.5, 1.0])
    assert weighted_quantiles(values, np.array([1.0, 1.0, 8.0]), [0.5])[0] > 0.5
    assert weighted_quantiles(values, np.array([8.0, 1.0, 1.0]), [0.5])[0] < 0.5


def test_effective_numbers() -> None:
    assert float(effective(np.ones(7))) == 7
    assert float(effective(np.array([3.0, 1.0]))) == pytest.approx(16 / 10)
    assert effective(np.zeros((2, 3))).tolist() == [0, 0]
