"""The design of readings: even, stable by name and number, and as good as independent."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
import scipy.stats
from scipy.stats import qmc

from estimative.model.design import (
    BLOCK,
    Design,
    dimensions,
    owen_scramble,
    shuffled,
    sobol,
    van_der_corput,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

SHARED = tuple(dimensions())
OWN = tuple(f"a-rule-{number}:range" for number in range(60))


def column(name: str, count: int = 1024, seed: int = 1984, first: int = 0) -> NDArray[np.float64]:
    return Design(seed, np.arange(first, first + count)).column(name)


def strata(values: NDArray[np.float64], parts: int) -> NDArray[np.int64]:
    return np.floor(values * parts).astype(np.int64)


# -- the sequences -----------------------------------------------------------------------------------------


def test_dimensions_are_those_of_joe_and_kuo() -> None:
    """SciPy ships the published table; the shipped rows are some of it."""
    published = np.load(Path(scipy.stats.__file__).parent / "_sobol_direction_numbers.npz")
    rows = {
        int(polynomial): row for polynomial, row in zip(published["poly"], published["vinit"], strict=True)
    }
    for polynomial, initial in dimensions().values():
        assert tuple(rows[polynomial][: len(initial)]) == initial


def test_points_are_those_of_scipy() -> None:
    """SciPy takes the points in the order of the Gray code."""
    index = np.arange(512)
    points = qmc.Sobol(6, scramble=False, bits=32).random(512)
    for place, name in enumerate(SHARED[:6]):
        assert np.array_equal(sobol(index ^ (index >> 1), *dimensions()[name]) / 2**32, points[:, place])


def test_van_der_corput_by_hand() -> None:
    assert (van_der_corput(np.array([6])) / 2**32).tolist() == [0.375]  # 110 -> .011


def test_a_shuffle_stays_in_its_block() -> None:
    numbers = np.arange(40, 200)
    found = shuffled(numbers, np.uint64(7))
    assert np.array_equal(found // BLOCK, numbers // BLOCK)
    assert len(set(found.tolist())) == len(numbers)
    assert not np.array_equal(found, numbers)


# -- even -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [*SHARED[:12], SHARED[-1], *OWN[:6]])
def test_one_value_in_each_equal_part(name: str) -> None:
    for power in range(4, 11):
        parts = 2**power
        assert np.array_equal(np.sort(strata(column(name, parts), parts)), np.arange(parts))
        later = column(name, parts, first=3 * parts)
        assert np.array_equal(np.sort(strata(later, parts)), np.arange(parts))


def test_values_are_strictly_between_0_and_1_and_uniform_within_a_part() -> None:
    everything = np.concatenate([column(name, 2048) for name in (*SHARED, *OWN)])
    assert 0 < everything.min() < everything.max() < 1
    within = everything * 2048 % 1
    off = scipy.stats.kstest(within, "uniform").statistic
    assert off < np.sqrt(np.log(2 / 1e-9) / (2 * len(within)))


def test_the_first_two_shared_names_are_even_together() -> None:
    """A (0, 2)-sequence: one of 1024 points in each cell of every grid of 1024."""
    one, two = column(SHARED[0]), column(SHARED[1])
    for rows in (32, 4, 256):
        cells = strata(one, rows) * (1024 // rows) + strata(two, 1024 // rows)
        assert len(set(cells.tolist())) == 1024
    padded = strata(column(OWN[0]), 32) * 32 + strata(column(OWN[1]), 32)
    assert len(set(padded.tolist())) < 1024  # twin: padded names are not


def test_scrambling_keeps_what_is_even_and_flips_every_digit_as_often() -> None:
    """Over keys each of the first digits of a point is 0 or 1 as often: exact binomial tests."""
    points = van_der_corput(np.arange(64))
    keys = np.random.default_rng(5).integers(2**63, size=400, dtype=np.uint64)
    scrambled = np.array([owen_scramble(points, key) for key in keys])
    for found in scrambled:
        assert np.array_equal(np.sort(found >> np.uint64(26)), np.arange(64, dtype=np.uint64))
    for digit in (31, 30, 26, 17, 16, 15, 0):
        ones = int((scrambled[:, 11] >> np.uint64(digit) & np.uint64(1)).sum())
        assert scipy.stats.binomtest(ones, 400, 0.5).pvalue > 1e-9


# -- as good as independent ---------------------------------------------------------------------------


def correlations(columns: list[NDArray[np.float64]]) -> NDArray[np.float64]:
    found = np.atleast_2d(np.corrcoef(np.array(columns)))
    return found[np.triu_indices(len(columns), 1)]


def test_padded_names_are_as_good_as_independent() -> None:
    """1770 pairs, standard deviation 1.04 / sqrt(readings); 7 of it once in 4e11, 1e-8 over all pairs."""
    found = correlations([column(name) for name in OWN]) * np.sqrt(1024)
    assert np.abs(found).max() < 1.04 * 7
    assert 0.95 < np.sqrt((found**2).mean()) < 1.13
    shifted = [np.roll(column(OWN[0]), 16 * place) for place in range(2)]
    alike = [column(OWN[0]), (column(OWN[0]) + 0.3 * shifted[1]) % 1]
    assert abs(correlations(alike)[0]) * np.sqrt(1024) > 1.04 * 7  # twin: a part in common would be noticed


def test_shared_names_are_better_than_independent() -> None:
    """Chosen so that no pair is worse than twice what independent columns show by chance; most far better."""
    for readings in (256, 1024):
        found = correlations([column(name, readings) for name in SHARED]) * np.sqrt(readings)
        assert np.sqrt((found**2).mean()) < 0.5
        assert np.abs(found).max() < 2 * 5


def test_pairs_of_padded_names_fill_a_grid_like_independent_ones() -> None:
    """Counts in 4 x 4 cells over all neighbouring pairs of names, against their expectation."""
    total = np.zeros((4, 4))
    for one, two in pairwise(OWN):
        np.add.at(total, (strata(column(one), 4), strata(column(two), 4)), 1)
    assert scipy.stats.chisquare(total.ravel()).pvalue > 1e-9


# -- stable -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["word:likely", "a-rule:range"])
def test_a_column_depends_on_its_name_seed_and_numbers_only(name: str) -> None:
    alone = column(name, 512)
    assert np.array_equal(column(name, 1024)[:512], alone)
    assert np.array_equal(column(name, 100, first=300), alone[300:400])
    design = Design(1984, np.arange(512))
    for other in (*SHARED, *OWN):
        design.column(other)
    assert np.array_equal(design.column(name), alone)
    scattered = np.array([400, 3, 17])
    assert np.array_equal(Design(1984, scattered).column(name), alone[scattered])


def test_seeds_give_padded_columns_of_their_own() -> None:
    others = [column("a-rule:range", seed=seed) for seed in range(20)]
    assert np.abs(correlations(others)).max() * np.sqrt(1024) < 1.04 * 7


def test_seeds_scramble_shared_columns() -> None:
    """A dimension keeps its shape, so one name's columns go together or against each other, as often."""
    found = np.array(
        [
            correlations([column("word:likely", 64, 2 * s), column("word:likely", 64, 2 * s + 1)])[0]
            for s in range(200)
        ]
    )
    assert np.abs(found).max() > 0.5
    assert scipy.stats.binomtest(int((found > 0).sum()), 200, 0.5).pvalue > 1e-9


def test_columns_are_drawn_once_and_cannot_be_changed() -> None:
    design = Design(1, np.arange(16))
    drawn = design.column("a")
    assert design.column("a") is drawn
    assert list(design.drawn) == ["a"]
    with pytest.raises(ValueError, match="read-only"):
        drawn[0] = 0


def test_a_known_answer() -> None:
    """Values of version 1 of the design; a change of any bit of it needs a new version."""
    assert [round(float(value), 6) for value in column("word:likely", 3)] == KNOWN["word:likely"]
    assert [round(float(value), 6) for value in column("a-rule:range", 3)] == KNOWN["a-rule:range"]


KNOWN: dict[str, list[float]] = {
    "word:likely": [0.622163, 0.184406, 0.905761],
    "a-rule:range": [0.649832, 0.999809, 0.921977],
}
