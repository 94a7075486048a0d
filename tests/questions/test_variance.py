"""Variance shares against published values and closed forms."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from scipy.stats import qmc

from estimative.questions.variance import Shares, variance_shares

if TYPE_CHECKING:
    from numpy.typing import NDArray


def uniforms(count: int, readings: int) -> dict[str, NDArray[np.float64]]:
    points = qmc.Sobol(count, scramble=True, rng=np.random.default_rng(7)).random(readings)
    return {f"x{number + 1}": points[:, number] for number in range(count)}


def shares_of(outcome: NDArray[np.float64], columns: dict[str, NDArray[np.float64]]) -> Shares:
    return variance_shares(outcome, columns, {name: name for name in columns})


def test_ishigami() -> None:
    """A = 7, b = .1: Saltelli et al. 2008, p. 179, in closed form."""
    columns = uniforms(3, 2048)
    x1, x2, x3 = (np.pi * (2 * columns[f"x{n}"] - 1) for n in (1, 2, 3))
    found = shares_of(np.sin(x1) + 7 * np.sin(x2) ** 2 + 0.1 * x3**4 * np.sin(x1), columns)
    by_name = {share.name: share for share in found.shares}
    assert by_name["x1"].first == pytest.approx(0.3139, abs=0.01)
    assert by_name["x1"].total == pytest.approx(0.5576, abs=0.01)
    assert by_name["x2"].first == pytest.approx(0.4424, abs=0.01)
    assert by_name["x2"].total == pytest.approx(0.4424, abs=0.01)
    assert by_name["x3"].first == pytest.approx(0.0, abs=0.01)
    assert by_name["x3"].total == pytest.approx(0.2437, abs=0.01)
    assert found.variance == pytest.approx(
        7**2 / 8 + 0.1 * np.pi**4 / 5 + 0.01 * np.pi**8 / 18 + 0.5, rel=0.02
    )


def test_the_g_function() -> None:
    """A = 0, 1, 4.5, 9, 99 x 4: first-order .7165 .1791 .0237 .0072, total .7871 .2422 .0343 .0105."""
    columns = uniforms(8, 4096)
    a = np.array([0, 1, 4.5, 9, 99, 99, 99, 99])
    outcome = np.prod(
        [(abs(4 * x - 2) + k) / (1 + k) for x, k in zip(columns.values(), a, strict=True)], axis=0
    )
    by_name = {share.name: share for share in shares_of(outcome, columns).shares}
    for name, first, total in (
        ("x1", 0.7165, 0.7871),
        ("x2", 0.1791, 0.2422),
        ("x3", 0.0237, 0.0343),
        ("x4", 0.0072, 0.0105),
    ):
        assert by_name[name].first == pytest.approx(first, abs=0.02)
        assert by_name[name].total == pytest.approx(total, abs=0.02)


def test_columns_of_one_name_are_taken_together() -> None:
    columns = uniforms(3, 512)
    outcome = columns["x1"] * columns["x2"] + columns["x3"]
    apart = variance_shares(outcome, columns, {"x1": "x1", "x2": "x2", "x3": "x3"})
    together = variance_shares(outcome, columns, {"x1": "pair", "x2": "pair", "x3": "x3"})
    pair = next(share for share in together.shares if share.name == "pair")
    assert pair.first == pytest.approx(pair.total)
    assert sum(share.first for share in apart.shares) < 1 - 0.01
    assert sum(share.first for share in together.shares) == pytest.approx(1, abs=0.01)


def test_noise_is_nobodys_share() -> None:
    """A signal of variance 1/12 and noise of the same: without its variance given, half would be unexplained."""
    columns = uniforms(20, 1024)
    noise = np.random.default_rng(5).normal(0, np.sqrt(1 / 12), 1024)
    outcome = columns["x1"] + noise
    names = {name: name for name in columns}
    found = variance_shares(outcome, columns, names, noise=1 / 12)
    assert found.shares[0].name == "x1"
    assert found.shares[0].total == pytest.approx(1, abs=0.12)
    assert variance_shares(outcome, columns, names).shares[0].total < 0.6


def test_an_outcome_that_never_varies_has_no_shares() -> None:
    assert shares_of(np.full(64, 0.3), uniforms(2, 64)) == Shares(0.0, (), 0.0)
