"""The dice as the engines consume them: even, and independent along every axis, to exact bounds.

Where bits are fair and independent, so are the exclusive-ors of neighbours along an axis, and their sum
is binomial. Every test has a twin: dice with the mistake that it is there to find.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import numpy as np
import pytest
from scipy.stats import binom

from estimative.engine.dice import (
    LOW_BITS,
    PLANES,
    block_numbers,
    draw,
    mix64,
    planes,
    rotated,
    seed_words,
    stream_key,
)
from estimative.model.mixing import GOLDEN
from support.agreement import binomial

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    Words = NDArray[np.uint64]
    Readings = NDArray[np.int64]
    Planes = Callable[[Words, Words], Iterator[Words]]

BUDGET = 1e-8
"""Probability that one test fails though the dice are fair: with the others, a part of the suite's 1e-6."""

SEED, NAME, STEP = 1984, "condition.becomes.rule", 5
ONE = np.array([7], np.int64)
FUTURES = range(1 << 15)
ALONG = 32
"""How many seeds, names, steps or readings are compared."""

PLACES = (31, 30, 29, 27, 24, 23, 22, 12, 1, 0)
"""Bits of the dice that are looked at: the first planes, the last one, and some of the low bits."""


class Throw(Protocol):
    """Dice of some readings and futures, shape (readings, futures), from 0 to 2**32 - 1."""

    def __call__(self, seed: int, name: str, step: int, readings: Readings, futures: range) -> Words:
        """What is thrown under a name."""


def fair(seed: int, name: str, step: int, readings: Readings, futures: range) -> Words:
    return draw(stream_key(seed, name), step, readings, futures)


# What is thrown along an axis, shape (along the axis, futures).


def by_future(throw: Throw) -> Words:
    readings = np.arange(ALONG, dtype=np.int64)
    return throw(SEED, NAME, STEP, readings, FUTURES).T


def by_reading(throw: Throw) -> Words:
    return throw(SEED, NAME, STEP, np.arange(ALONG, dtype=np.int64), FUTURES)


def by_seed(throw: Throw) -> Words:
    return np.concatenate([throw(SEED + k, NAME, STEP, ONE, FUTURES) for k in range(ALONG)])


def by_rule(throw: Throw) -> Words:
    return np.concatenate([throw(SEED, f"rule-{k}", STEP, ONE, FUTURES) for k in range(ALONG)])


def by_rule_and_seed(throw: Throw) -> Words:
    """The next rule under the next seed: where keys are sums, these are the same."""
    return np.concatenate([throw(SEED + k, f"rule-{ALONG - k}", STEP, ONE, FUTURES) for k in range(ALONG)])


def by_step(throw: Throw) -> Words:
    return np.concatenate([throw(SEED, NAME, step, ONE, FUTURES) for step in range(ALONG)])


AXES: tuple[Callable[[Throw], Words], ...] = (
    by_future,
    by_reading,
    by_seed,
    by_rule,
    by_rule_and_seed,
    by_step,
)
LAGS = (1, 2, 3, 8, 16)
LAGS_OF_FUTURES = (1, 2, 7, 8, 31, 32, 63, 64, 65, 128, 512, 2048)


def dependence(throw: Throw, axis: Callable[[Throw], Words]) -> float:
    """Smallest p-value of neighbours being as often equal as they are, times the number of comparisons."""
    thrown = axis(throw)
    lags = LAGS_OF_FUTURES if axis is by_future else LAGS
    found = []
    for place in PLACES:
        bits = (thrown >> np.uint64(place)) & np.uint64(1)
        for lag in lags:
            unlike = np.array(int((bits[lag:] ^ bits[:-lag]).sum()))
            found.append(float(binomial(unlike, bits[lag:].size, np.array(0.5))))
    return min(found) * len(found)


@pytest.mark.parametrize("axis", AXES)
def test_dice_are_independent_along(axis: Callable[[Throw], Words]) -> None:
    assert dependence(fair, axis) >= BUDGET


def unevenness(throw: Throw) -> float:
    """Smallest p-value of how many numbers lie under each of many thresholds, times their number.

    Both the whole number is looked at, and what is left of it without its planes.
    """
    thrown = np.sort(throw(SEED, NAME, STEP, np.arange(ALONG, dtype=np.int64), FUTURES).ravel())
    rest = np.sort(thrown & np.uint64((1 << LOW_BITS) - 1))
    found = []
    for numbers, bits in ((thrown, 32), (rest, LOW_BITS)):
        even = np.arange(1, 256, dtype=np.uint64) << np.uint64(bits - 8)
        small = np.uint64(1) << np.arange(bits - 14, bits, dtype=np.uint64)
        thresholds = np.concatenate([even, small])
        hits = np.searchsorted(numbers, thresholds)
        found.append(binomial(hits, numbers.size, thresholds / 2.0**bits))
    return float(np.min(np.concatenate(found))) * sum(map(len, found))


def test_dice_are_even() -> None:
    assert unevenness(fair) >= BUDGET


def lane_dependence(throw: Throw) -> float:
    """Smallest p-value over all pairs of lanes of a word, plane by plane, times their number."""
    thrown = throw(SEED, NAME, STEP, np.arange(ALONG, dtype=np.int64), FUTURES).reshape(-1, 64)
    found = []
    for place in PLACES:
        lanes = ((thrown >> np.uint64(place)) & np.uint64(1)).astype(np.float32)
        signs = 2 * lanes - 1
        # Products of signs add up exactly: they are integers far below 2**24.
        like = (len(lanes) + (signs.T @ signs).astype(np.int64)) // 2
        found.append(binomial(like[np.triu_indices(64, 1)], len(lanes), np.array(0.5)))
    return float(np.min(found)) * np.size(found)


def test_lanes_of_a_word_are_independent() -> None:
    assert lane_dependence(fair) >= BUDGET


# Futures of one block share two words. What their planes would have in common shows where several futures fire
# together, and most of all at small thresholds.

WORDS = 1 << 16
THRESHOLDS = (512, 256, 64, 16)
"""Of 1024: planes alone decide."""


def together(planes_of: Planes) -> float:
    """Smallest p-value of lanes, pairs and triples of lanes of a word firing, and of how many fire, times their number."""
    numbers = block_numbers(ONE, np.arange(WORDS, dtype=np.uint64))[0]
    one, other, _ = seed_words(stream_key(SEED, NAME), numbers)
    thrown = list(planes_of(one, other))
    found = []
    for threshold in THRESHOLDS:
        fired, rest = np.zeros(WORDS, np.uint64), ~np.zeros(WORDS, np.uint64)
        for place, words in enumerate(thrown):
            bit = ~np.uint64(0) if threshold >> (PLANES - 1 - place) & 1 else np.uint64(0)
            fired |= rest & bit & ~words
            rest &= ~(words ^ bit)
        p = threshold / (1 << PLANES)
        sizes = np.bincount(np.bitwise_count(fired), minlength=65)
        expected = binom.pmf(np.arange(65), 64, p)
        found.append(binomial(sizes, WORDS, expected))
        bits = np.unpackbits(fired.astype("<u8").view(np.uint8).reshape(WORDS, 8), axis=1, bitorder="little")
        lanes = np.ascontiguousarray(np.packbits(bits.T, axis=1)).view(np.uint64)
        found.append(binomial(np.bitwise_count(lanes).sum(axis=1, dtype=np.int64), WORDS, np.array(p)))
        for first in range(64):
            pairs = lanes[first] & lanes[:first]
            found.append(binomial(np.bitwise_count(pairs).sum(axis=1, dtype=np.int64), WORDS, np.array(p**2)))
            for second in range(first):
                count = np.bitwise_count(pairs[second] & lanes[:second]).sum(axis=1, dtype=np.int64)
                found.append(binomial(count, WORDS, np.array(p**3)))
    return float(np.min(np.concatenate(found))) * sum(map(len, found))


def test_futures_of_a_word_fire_together_as_often_as_independent_ones() -> None:
    assert together(planes) >= BUDGET


def unscrambled(s0: Words, s1: Words) -> Iterator[Words]:
    """The words of a linear generator: sums of a few of its bits are always even."""
    for _ in range(PLANES):
        t = s1 ^ (s1 << np.uint64(23))
        s0, s1 = t ^ s0 ^ (t >> np.uint64(18)) ^ (s0 >> np.uint64(5)), s0
        yield s0


def multiplied_once(s0: Words, _: Words) -> Iterator[Words]:
    """Half the mixing: the lowest bits of a product depend on few others."""
    for place in range(1, PLANES + 1):
        with np.errstate(over="ignore"):
            z = s0 + np.uint64(place) * GOLDEN
            z = (z ^ (z >> np.uint64(32))) * np.uint64(0xD1B54A32D192ED03)
        yield z ^ (z >> np.uint64(32))


def by_whole_bytes(one: Words, other: Words) -> Iterator[Words]:
    """Both words turned by whole bytes: every eighth future has the same few bits."""
    for place in range(PLANES):
        yield rotated(one, np.uint64(8 * place % 64)) ^ rotated(other, np.uint64(24 * place % 64))


@pytest.mark.parametrize("planes_of", [unscrambled, multiplied_once, by_whole_bytes])
def test_cheaper_generators_are_noticed(planes_of: Planes) -> None:
    assert together(planes_of) < BUDGET


# Dice with a mistake


def sums_for_keys(seed: int, name: str, step: int, readings: Readings, futures: range) -> Words:
    """The key is seed plus rule number: the next rule under the seed before has the same dice."""
    with np.errstate(over="ignore"):
        key = mix64(np.array([seed + int(name.rsplit("-", maxsplit=1)[-1])], np.uint64) * GOLDEN)[0]
    return draw(key, step, readings, futures)


def deaf_to_readings(seed: int, name: str, step: int, readings: Readings, futures: range) -> Words:
    return np.repeat(fair(seed, name, step, readings[:1], futures), len(readings), axis=0)


def deaf_to_steps(seed: int, name: str, step: int, readings: Readings, futures: range) -> Words:
    return fair(seed, name, step // 8, readings, futures)


def deaf_to_names(seed: int, name: str, step: int, readings: Readings, futures: range) -> Words:
    return fair(seed, name[:5], step, readings, futures)


def deaf_to_seeds(seed: int, name: str, step: int, readings: Readings, futures: range) -> Words:
    return fair(seed // 2, name, step, readings, futures)


def blocks_repeat(seed: int, name: str, step: int, readings: Readings, futures: range) -> Words:
    return np.tile(fair(seed, name, step, readings, range(2048)), (1, len(futures) // 2048))


def lanes_repeat(seed: int, name: str, step: int, readings: Readings, futures: range) -> Words:
    """Lane 32 + i is lane i in one word of ten."""
    thrown = fair(seed, name, step, readings, futures).reshape(len(readings), -1, 64).copy()
    thrown[:, ::10, 32:] = thrown[:, ::10, :32]
    return thrown.reshape(len(readings), -1)


def one_mix_less(seed: int, name: str, step: int, readings: Readings, futures: range) -> Words:
    """Planes that are multiples of the golden ratio, not mixed any further."""
    with np.errstate(over="ignore"):
        key = stream_key(seed, name) + np.uint64(step)
        numbers = block_numbers(readings, np.arange(len(futures) // 64, dtype=np.uint64))
        words = key + numbers * GOLDEN
    bits = np.unpackbits(words.astype("<u8").view(np.uint8), axis=1, bitorder="little")
    return fair(seed, name, step, readings, futures) >> np.uint64(1) | bits.astype(np.uint64) << np.uint64(31)


def too_often_low(seed: int, name: str, step: int, readings: Readings, futures: range) -> Words:
    """One number in a hundred is halved."""
    thrown = fair(seed, name, step, readings, futures).copy()
    thrown[:, ::100] >>= np.uint64(1)
    return thrown


@pytest.mark.parametrize(
    ("mistake", "axis"),
    [
        (sums_for_keys, by_rule_and_seed),
        (deaf_to_readings, by_reading),
        (deaf_to_steps, by_step),
        (deaf_to_names, by_rule),
        (deaf_to_seeds, by_seed),
        (blocks_repeat, by_future),
        (lanes_repeat, by_future),
        (one_mix_less, by_future),
    ],
)
def test_mistakes_are_noticed(mistake: Throw, axis: Callable[[Throw], Words]) -> None:
    assert dependence(mistake, axis) < BUDGET


def test_lanes_that_repeat_are_noticed() -> None:
    assert lane_dependence(lanes_repeat) < BUDGET


def test_uneven_dice_are_noticed() -> None:
    assert unevenness(too_often_low) < BUDGET
