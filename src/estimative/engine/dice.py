"""The dice: one 32-bit number for every (seed, rule, step, reading, future), and nothing else.

A cell is (seed, engine version, name, step, reading). Its key seeds a splitmix64 sequence [1]_ whose word
number ``8 * block + plane + 1`` is bit plane `plane` (0 = most significant, eight of them) of the 64 futures
of `block`. The remaining 24 bits of a future come from a second sequence. A comparison ``U < T`` that is
already decided by the first planes may therefore leave the rest undrawn without changing any other number.

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
    from numpy.typing import NDArray

__all__ = [
    "ENGINE_VERSION",
    "GOLDEN",
    "LOW_BITS",
    "LOW_STREAM",
    "MIX_1",
    "MIX_2",
    "PLANES",
    "cell_key",
    "draw",
    "low_bits",
    "mix64",
    "plane_words",
    "stream_key",
]

ENGINE_VERSION = 1
"""Part of every key; raised when the same estimate and seed would give other futures."""

PLANES = 8
"""Bits drawn as planes of 64 futures: then one lane in 256 is undecided and draws the rest by itself."""

LOW_BITS = 32 - PLANES

LOW_STREAM = np.uint64(0xD1B54A32D192ED03)


def stream_key(seed: int, name: str) -> np.uint64:
    """Key of everything that is drawn under a name, from the seed and the engine version.

    Hashed, because keys that are added up make neighbouring seeds share their numbers.
    """
    text = f"estimative {ENGINE_VERSION}\0{seed}\0{name}"
    return np.uint64(int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "little"))


def cell_key(key: np.uint64, step: int, readings: NDArray[np.int64]) -> NDArray[np.uint64]:
    """Keys of one step in several readings, shape (readings,)."""
    with np.errstate(over="ignore"):
        at_step = mix64(np.array([key + np.uint64(step + 1) * GOLDEN], np.uint64))
        return mix64(at_step + (readings.astype(np.uint64) + np.uint64(1)) * GOLDEN)


def plane_words(cells: NDArray[np.uint64], blocks: NDArray[np.uint64], plane: int) -> NDArray[np.uint64]:
    """Words of one bit plane, shape (cells, blocks): bit i of a word belongs to future 64 * block + i."""
    with np.errstate(over="ignore"):
        index = blocks * np.uint64(PLANES) + np.uint64(plane + 1)
        return mix64(cells[:, None] + index[None, :] * GOLDEN)


def low_bits(cells: NDArray[np.uint64], futures: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """The last 24 bits of the dice of futures, shape (cells, futures)."""
    with np.errstate(over="ignore"):
        second = mix64(cells ^ LOW_STREAM)
        word = mix64(second[:, None] + (futures[None, :] + np.uint64(1)) * GOLDEN)
    return word >> np.uint64(64 - LOW_BITS)


def draw(key: np.uint64, step: int, readings: NDArray[np.int64], futures: range) -> NDArray[np.uint64]:
    """Dice U in 0..2**32-1 of a range of futures that starts at a multiple of 64, shape (readings, futures)."""
    cells = cell_key(key, step, readings)
    count = len(futures)
    blocks = np.arange(futures.start // 64, futures.start // 64 + -(-count // 64), dtype=np.uint64)
    high = np.zeros((len(cells), count), np.uint64)
    for plane in range(PLANES):
        words = plane_words(cells, blocks, plane)
        lanes = np.unpackbits(words.astype("<u8").view(np.uint8), axis=1, bitorder="little")[:, :count]
        high = (high << np.uint64(1)) | lanes
    return (high << np.uint64(LOW_BITS)) | low_bits(
        cells, np.arange(futures.start, futures.stop, dtype=np.uint64)
    )
