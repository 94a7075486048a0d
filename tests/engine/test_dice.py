"""The dice: known answers, the same compiled and interpreted, and thresholds met exactly."""

from __future__ import annotations

import hashlib
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
import pytest

from estimative.engine import draws, operations
from estimative.engine.dice import (
    ENGINE_VERSION,
    LOW_BITS,
    MOST_BLOCKS,
    MOST_READINGS,
    PLANES,
    SEED_WORDS,
    TURNS,
    block_numbers,
    draw,
    low_bits,
    mix64,
    planes,
    seed_words,
    step_key,
    stream_key,
)
from estimative.engine.kernel import STRIDE
from estimative.model.mixing import GOLDEN

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

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

READING = np.array([17], np.int64)
BLOCKS = 8
NUMBERS = block_numbers(READING, np.arange(BLOCKS, dtype=np.uint64))
KEY = step_key(np.array([stream_key(1984, "rule")]), np.array([3], np.uint64))[0]
KNOWN = [1426494627, 4275788194, 334433383, 1274110602]
KNOWN_DIGEST = "5fe6f7a40c08f5fe027441780a1bf3d838e5a6a54c1f59f0504de09c8315dfaf"
DICE = draw(stream_key(1984, "rule"), 3, READING, range(64 * BLOCKS))[0]


def test_mixing_is_the_published_generator() -> None:
    steps = np.arange(1, len(SPLITMIX) + 1, dtype=np.uint64)
    with np.errstate(over="ignore"):
        states = np.uint64(1234567) + steps * GOLDEN
    assert mix64(states).tolist() == list(SPLITMIX)
    assert [int(draws.mix(state)) for state in states] == list(SPLITMIX)


def test_planes_are_rotated_words_together() -> None:
    """As arrays, compiled, and by text: bit i of a plane is bit i - turn of the one word against the other's."""
    one, other = (np.uint64(word) for word in SPLITMIX[:2])
    expected = [turned(int(one), int(by)) ^ turned(int(other), int(other_by)) for by, other_by in TURNS]
    assert [int(words[0]) for words in planes(one.reshape(1), other.reshape(1))] == expected
    assert [int(draws.plane_of(one, other, k)) for k in range(PLANES)] == expected


def turned(word: int, by: int) -> int:
    """A word's bits, the first `by` of them put behind the others."""
    bits = f"{word:064b}"
    return int(bits[by:] + bits[:by], 2)


def circles(lanes: tuple[int, ...], turns: Sequence[tuple[int, int]]) -> int:
    """How many of the bits of some lanes' planes are known from the others: lines that close a circle."""
    root = list(range(128))

    def end(place: int) -> int:
        while root[place] != place:
            place = root[place]
        return place

    closed = 0
    for lane in lanes:
        for by, other_by in turns:
            one, other = end((lane - by) % 64), end(64 + (lane - other_by) % 64)
            closed += one == other
            root[one] = other
    return closed


BY = [(int(one), int(other)) for one, other in TURNS]


def test_no_three_futures_of_a_block_depend_on_each_other() -> None:
    """Of all sets with future 0, since rotated words make rotated planes; of 39,711 sets of four few do."""
    assert not any(circles((0, *others), BY) for others in combinations(range(1, 64), 2))
    assert sum(circles((0, *others), BY) > 0 for others in combinations(range(1, 64), 3)) == 138


def test_turns_that_make_futures_depend_are_noticed() -> None:
    """The twin: by whole bytes only, the futures of eight share sixteen bits."""
    assert any(circles((0, other), [(one, one // 8 * 24 % 64) for one, _ in BY]) for other in range(1, 64))


def test_the_first_dice_are_those_of_this_engine_version() -> None:
    """Worked out once; any change to them needs a new engine version."""
    assert ENGINE_VERSION == 3
    assert DICE[:4].tolist() == KNOWN
    assert hashlib.sha256(DICE.astype("<u8").tobytes()).hexdigest() == KNOWN_DIGEST


def test_planes_are_the_high_bits_and_low_bits_the_rest() -> None:
    assert PLANES + LOW_BITS == 32
    lanes = np.arange(64, dtype=np.uint64)
    one, other, seeds = (words[0] for words in seed_words(KEY, NUMBERS))
    low = low_bits(seeds, lanes)
    assert np.array_equal(DICE & np.uint64((1 << LOW_BITS) - 1), low.ravel())
    assert [int(draws.low_bits(seeds[2], lane)) for lane in lanes] == low[2].tolist()
    for plane, words in enumerate(planes(one, other)):
        assert np.array_equal(lanes_of(words), (DICE >> np.uint64(31 - plane)) & np.uint64(1) != 0)


def test_no_two_blocks_share_a_word() -> None:
    """The places in a key's sequence are different wherever reading or block are, up to the last of them."""
    readings = np.array([0, 1, 2, 77, MOST_READINGS - 1], np.int64)
    blocks = np.array([0, 1, 2, (1 << 31) + 5, MOST_BLOCKS - 1], np.uint64)
    numbers = block_numbers(readings, blocks)
    places = [int(number) * SEED_WORDS + word for number in numbers.ravel() for word in range(SEED_WORDS)]
    assert len(set(places)) == len(places)
    assert 0 < min(places) < max(places) < 1 << 64
    with pytest.raises(ValueError, match="readings end"):
        block_numbers(readings + 1, blocks[:1])
    with pytest.raises(ValueError, match="futures"):
        block_numbers(readings[:1], blocks + np.uint64(1))


def rows_of(eligible: Lanes) -> Words:
    """Rows of a chunk of 512 futures; row EACH has the eligible ones, NONE_YET is for those that are drawn."""
    rows = np.zeros((NONE_YET + 1, BLOCKS), np.uint64)
    rows[operations.ONES] = ~np.uint64(0)
    with np.errstate(over="ignore"):
        rows[operations.NUMBERS] = NUMBERS[0] * STRIDE
    rows[EACH] = np.packbits(eligible, bitorder="little").view("<u8")
    return rows


EACH = operations.GROUPS + 8
FIRST, SECOND, LIMITS, NONE_YET = EACH + 1, EACH + 2, EACH + 3, EACH + 7
NAMES = np.array([FIRST, SECOND])
WHERE = np.zeros(BLOCKS, np.int64)


def lanes_of(row: Words) -> Lanes:
    return np.unpackbits(row.astype("<u8").view(np.uint8), bitorder="little").astype(bool)


def compiled_draw(eligible: Lanes, threshold: int) -> Lanes:
    rows = rows_of(eligible)
    rows[LIMITS] = threshold
    draws.draw(rows, NONE_YET, EACH, NAMES, 0, LIMITS, KEY, WHERE, BLOCKS)
    return lanes_of(rows[NONE_YET])


def by_modifiers(eligible: Lanes, thresholds: list[int]) -> Lanes:
    """Futures in turn meet one of two, or four, thresholds."""
    turn = np.arange(eligible.size) % len(thresholds)
    rows = rows_of(eligible)
    rows[FIRST] = rows_of(turn % 2 == 1)[EACH]
    rows[SECOND] = rows_of(turn // 2 == 1)[EACH]
    for k, threshold in enumerate(thresholds):
        rows[LIMITS + k] = threshold
    draws.draw(rows, NONE_YET, EACH, NAMES, len(thresholds) // 2, LIMITS, KEY, WHERE, BLOCKS)
    return lanes_of(rows[NONE_YET])


def compiled_either(eligible: Lanes, threshold: int) -> Lanes:
    """A threshold that a modifier leaves as it is."""
    return by_modifiers(eligible, [threshold] * 2)


def compiled_four(eligible: Lanes, threshold: int) -> Lanes:
    """A threshold that two modifiers leave as it is."""
    return by_modifiers(eligible, [threshold] * 4)


def compiled_compare(eligible: Lanes, threshold: int) -> Lanes:
    rows = rows_of(eligible)
    rows[LIMITS] = threshold
    draws.draw_planes(rows, KEY, BLOCKS)
    draws.compare(rows, NONE_YET, EACH, LIMITS, KEY, BLOCKS)
    return lanes_of(rows[NONE_YET])


def compiled_groups(eligible: Lanes, threshold: int) -> Lanes:
    """Two groups of futures with the same threshold."""
    return by_groups(eligible, [threshold, threshold])


def by_groups(eligible: Lanes, thresholds: list[int]) -> Lanes:
    """Futures in turn belong to as many groups as there are thresholds; masks run backwards."""
    count = len(thresholds)
    rows = rows_of(eligible)
    for group in range(count):
        rows[operations.GROUPS + group] = rows_of(eligible & (np.arange(eligible.size) % count == group))[
            EACH
        ]
    table = np.array([1, *reversed(thresholds)], np.uint64).reshape(-1, 1)
    masks = np.arange(count)[::-1].copy()
    draws.draw_groups(rows, NONE_YET, masks, count, table, 1, KEY, 0, 1, BLOCKS)
    return lanes_of(rows[NONE_YET])


def two_readings(eligible: Lanes, threshold: int) -> Lanes:
    """The same futures as those of two readings with the same number, side by side."""
    rows = rows_of(eligible)
    table = np.full((3, 2), threshold, np.uint64)
    draws.lay(rows, LIMITS, table, 2, 0, 2, BLOCKS // 2)
    draws.draw(rows, NONE_YET, EACH, NAMES, 0, LIMITS, KEY, WHERE, BLOCKS)
    return lanes_of(rows[NONE_YET])


WAYS = (compiled_draw, compiled_either, compiled_four, compiled_compare, compiled_groups, two_readings)
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


@pytest.mark.parametrize("way", [by_groups, by_modifiers])
@pytest.mark.parametrize("eligible", [ALL, FEW, ~FEW], ids=["all", "few", "most"])
def test_everybody_meets_his_own_threshold(way: Callable[[Lanes, list[int]], Lanes], eligible: Lanes) -> None:
    thresholds = [0, 1 << 32, int(DICE[66]) + 1, 3 << 29]
    mine = np.array(thresholds, np.uint64)[np.arange(DICE.size) % len(thresholds)]
    assert np.array_equal(way(eligible, thresholds), eligible & (mine > DICE))
