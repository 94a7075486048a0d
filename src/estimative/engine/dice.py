"""The dice: one 32-bit number for every (seed, rule, step, reading, future), and nothing else.

A stream is (seed, engine version, name), and it has a key for every step. Under such a key every block of
64 futures of a reading has three words of a splitmix64 sequence [1]_. Two of them make ten bit planes: the
most significant bits of the numbers of the 64 futures, bit i of a word belonging to future ``64 * block + i``.
Each plane is the exclusive or of the two words, rotated to the left as `TURNS` says. The third word is the
state of a splitmix64 whose word i has the other 22 bits of the block's future i. A comparison ``U < T`` that
is already decided by the first planes may therefore leave the rest undrawn without changing any other number.

With words that are even and independent, so are the planes' bits of any three futures. Such a bit is a line from
a bit of the one word to a bit of the other; lines are independent unless they close a circle, and the thirty
lines of three futures never do, wherever the three are in their block (those of four do in one case of 288).

References
----------
.. [1] G. Steele, D. Lea, C. Flood, Fast splittable pseudorandom number generators, OOPSLA 2014,
   doi:10.1145/2660193.2660195.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import numpy as np

from estimative.model.mixing import GOLDEN, MIX_1, MIX_2, mix64

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    Words = NDArray[np.uint64]

__all__ = [
    "ENGINE_VERSION",
    "GOLDEN",
    "LOW_BITS",
    "MIX_1",
    "MIX_2",
    "PLANES",
    "block_numbers",
    "draw",
    "ensure_numbered",
    "low_bits",
    "mix64",
    "planes",
    "seed_words",
    "step_key",
    "stream_key",
]

ENGINE_VERSION = 3
"""Part of every key; raised when the same estimate and seed would give other futures."""

PLANES = 10
"""Bits drawn as planes of 64 futures: then one lane in 1024 is undecided and draws the rest by itself."""

TURNS = tuple(
    (np.uint64(one), np.uint64(other))
    for one, other in (
        (0, 0),
        (8, 33),
        (16, 2),
        (24, 63),
        (32, 38),
        (40, 35),
        (48, 51),
        (56, 61),
        (0, 23),
        (8, 4),
    )
)
"""By how much the two words of a block are rotated for each plane: found by a search at random for turns with which
no three futures depend on each other, and few four. Whole bytes are rotated by one instruction."""

LOW_BITS = 32 - PLANES

WORD = np.uint64(64)

SEED_WORDS = 3
"""Words of a key's sequence that belong to each block."""

MOST_READINGS, MOST_BLOCKS = (1 << 30) - 1, 1 << 32
"""Up to here no two blocks of a key share a word: their numbers, times three, fit into 64 bits."""


def stream_key(seed: int, name: str) -> np.uint64:
    """Key of everything that is drawn under a name, from the seed and the engine version.

    Hashed, because keys that are added up make neighbouring seeds share their numbers.
    """
    text = f"estimative {ENGINE_VERSION}\0{seed}\0{name}"
    return np.uint64(int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "little"))


def step_key(key: Words, step: Words) -> Words:
    """Keys of streams at steps; shapes are broadcast."""
    with np.errstate(over="ignore"):
        return mix64(key + (step + np.uint64(1)) * GOLDEN)


def ensure_numbered(readings: NDArray[np.int64], futures: int) -> None:
    """Refuse readings, or so many futures of each, that have no dice of their own.

    Raises
    ------
    ValueError
        If a reading's number, or a future's, is too large.
    """
    if readings.max(initial=0) >= MOST_READINGS or futures > 64 * MOST_BLOCKS:
        raise ValueError(f"readings end at {MOST_READINGS - 1:,}, futures at {64 * MOST_BLOCKS - 1:,}")


def block_numbers(readings: NDArray[np.int64], blocks: Words) -> Words:
    """Numbers of the blocks of readings, no two the same and none zero, shape (readings, blocks)."""
    ensure_numbered(readings, 64 * (int(blocks.max(initial=0)) + 1))
    return ((readings.astype(np.uint64) + np.uint64(1)) << np.uint64(32))[:, None] | blocks[None, :]


def seed_words(key: np.uint64, numbers: Words) -> tuple[Words, Words, Words]:
    """The three words of blocks under the key of a step; each has the shape of their numbers."""
    with np.errstate(over="ignore"):
        first = key + np.uint64(SEED_WORDS) * GOLDEN * numbers
        return mix64(first), mix64(first + GOLDEN), mix64(first + GOLDEN + GOLDEN)


def planes(one: Words, other: Words) -> Iterator[Words]:
    """The bit planes of blocks, the most significant first, from the first two of their words.

    >>> first, second, *_ = planes(np.array([1], np.uint64), np.array([2], np.uint64))
    >>> int(first[0]) == 1 ^ 2, int(second[0]) == (1 << 8) ^ (2 << 33)
    (True, True)
    """
    for turn, other_turn in TURNS:
        yield rotated(one, turn) ^ rotated(other, other_turn)


def rotated(words: Words, by: np.uint64) -> Words:
    """Words rotated to the left, by 0 to 63."""
    return (words << by) | (words >> ((WORD - by) % WORD))


def low_bits(seeds: Words, lanes: Words) -> Words:
    """The last 22 bits of the dice of some lanes of blocks, from the third of their words, shape (.., lanes)."""
    with np.errstate(over="ignore"):
        return mix64(seeds[..., None] + (lanes + np.uint64(1)) * GOLDEN) >> np.uint64(64 - LOW_BITS)


def draw(key: np.uint64, step: int, readings: NDArray[np.int64], futures: range) -> Words:
    """Dice U in 0..2**32-1 of a range of futures that starts at a multiple of 64, shape (readings, futures)."""
    count = len(futures)
    blocks = np.arange(futures.start // 64, futures.start // 64 + -(-count // 64), dtype=np.uint64)
    at_step = step_key(np.array([key], np.uint64), np.array([step], np.uint64))[0]
    one, other, low = seed_words(at_step, block_numbers(readings, blocks))
    high = np.zeros((len(readings), 64 * len(blocks)), np.uint64)
    for words in planes(one, other):
        lanes = np.unpackbits(words.astype("<u8").view(np.uint8), axis=1, bitorder="little")
        high = (high << np.uint64(1)) | lanes
    rest = low_bits(low, np.arange(64, dtype=np.uint64)).reshape(len(readings), -1)
    return ((high << np.uint64(LOW_BITS)) | rest)[:, :count]
