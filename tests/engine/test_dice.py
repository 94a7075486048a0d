"""The dice: known answers, the same compiled and interpreted, and thresholds met exactly."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import numpy as np
import pytest

from estimative.engine import draws, operations
from estimative.engine.dice import (
    ENGINE_VERSION,
    LOW_BITS,
    PLANES,
    cell_key,
    draw,
    low_bits,
    mix64,
    stream_key,
)
from estimative.model.mixing import GOLDEN

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Words = NDArray[np.uint64]
    Lanes = NDArray[np.bool_]
    Way = Callable[[Lanes, int], Lanes]

# First outputs of the published splitmix64 (https://prng.di.unimi.it/splitmix64.c) for the seed 1234567.
SPLITMIX = (
    6457827717110365317,
    3203168211198807973,
    9817491932198370423,
    4593380528125082431,
    16408922859458223821,
)

CELL = cell_key(stream_key(1984, "rule"), 3, np.array([17], np.int64))
BLOCKS = 8
KNOWN = [720964114, 3377014373, 2517257580, 4143205911]
KNOWN_DIGEST = "9ac1fb2a198d30ee000a76e8fd9548da8c5083b7013573ba147c80c0132f8820"
DICE = draw(stream_key(1984, "rule"), 3, np.array([17], np.int64), range(64 * BLOCKS))[0]


def test_mixing_is_the_published_generator() -> None:
    steps = np.arange(1, len(SPLITMIX) + 1, dtype=np.uint64)
    with np.errstate(over="ignore"):
        states = np.uint64(1234567) + steps * GOLDEN
    assert mix64(states).tolist() == list(SPLITMIX)
    assert [int(draws.mix(state)) for state in states] == list(SPLITMIX)


def test_the_first_dice_are_those_of_this_engine_version() -> None:
    """Worked out once; any change to them needs a new engine version."""
    assert ENGINE_VERSION == 1
    assert DICE[:4].tolist() == KNOWN
    assert hashlib.sha256(DICE.astype("<u8").tobytes()).hexdigest() == KNOWN_DIGEST


def test_planes_are_the_high_bits_and_low_bits_the_rest() -> None:
    futures = np.arange(64 * BLOCKS, dtype=np.uint64)
    low = low_bits(CELL, futures)[0]
    assert np.array_equal(DICE & np.uint64((1 << LOW_BITS) - 1), low)
    assert PLANES + LOW_BITS == 32
    stream = draws.low_stream(CELL[0])
    assert [int(draws.low_bits(stream, future)) for future in futures[:200]] == low[:200].tolist()


def rows_of(eligible: Lanes) -> Words:
    """Rows of a chunk of 512 futures; row 20 has the eligible ones."""
    rows = np.zeros((24, BLOCKS), np.uint64)
    rows[20] = np.packbits(eligible, bitorder="little").view("<u8")
    return rows


def lanes_of(row: Words) -> Lanes:
    return np.unpackbits(row.astype("<u8").view(np.uint8), bitorder="little").astype(bool)


def compiled_draw(eligible: Lanes, threshold: int) -> Lanes:
    rows = rows_of(eligible)
    draws.draw(rows, 21, 20, CELL[0], np.uint64(threshold), np.uint64(0), BLOCKS)
    return lanes_of(rows[21])


def compiled_compare(eligible: Lanes, threshold: int) -> Lanes:
    rows = rows_of(eligible)
    draws.draw_planes(rows, CELL[0], np.uint64(0), BLOCKS)
    draws.compare(rows, 21, 20, CELL[0], np.uint64(threshold), np.uint64(0), BLOCKS)
    return lanes_of(rows[21])


def compiled_groups(eligible: Lanes, threshold: int) -> Lanes:
    """Two groups of futures with the same threshold."""
    return by_groups(eligible, [threshold, threshold])


def by_groups(eligible: Lanes, thresholds: list[int]) -> Lanes:
    """Futures in turn belong to as many groups as there are thresholds; masks run backwards."""
    count = len(thresholds)
    rows = rows_of(eligible)
    for group in range(count):
        rows[operations.GROUPS + group] = rows_of(eligible & (np.arange(eligible.size) % count == group))[20]
    table = np.array([1, *reversed(thresholds)], np.uint64)
    masks = np.arange(count)[::-1].copy()
    draws.draw_groups(rows, 21, masks, count, table, 1, CELL[0], np.uint64(0), BLOCKS)
    return lanes_of(rows[21])


WAYS = (compiled_draw, compiled_compare, compiled_groups)
ALL = np.ones(64 * BLOCKS, bool)
FEW = np.arange(64 * BLOCKS) % 300 == 5


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("eligible", [ALL, FEW, ~FEW], ids=["all", "few", "most"])
def test_thresholds_are_met_exactly(way: Way, eligible: Lanes) -> None:
    """Fires exactly if U < T: at, under and over the very numbers that were thrown, and at the ends."""
    near = [int(u) + off for u in DICE[[0, 5, 63, 64, 305, 511]] for off in (0, 1)]
    for threshold in (0, 1, *near, (1 << 24) - 1, 1 << 24, 1 << 31, (1 << 32) - 1, 1 << 32):
        assert np.array_equal(way(eligible, threshold), eligible & (threshold > DICE)), threshold


@pytest.mark.parametrize("way", WAYS)
def test_rounding_to_sixteen_bits_is_noticed(way: Way) -> None:
    """The twin: a threshold cut to 16 bits fires otherwise for some of the numbers thrown."""
    threshold = int(DICE[63]) + 1
    assert not np.array_equal(way(ALL, threshold >> 16 << 16), ALL & (threshold > DICE))


def test_every_group_meets_its_own_threshold() -> None:
    thresholds = [1 << 30, 0, 1 << 32, int(DICE[67]) + 1, 3 << 29]
    mine = np.array(thresholds, np.uint64)[np.arange(DICE.size) % len(thresholds)]
    assert np.array_equal(by_groups(ALL, thresholds), mine > DICE)
