"""The dice of `dice`, compiled: which of the futures of a chunk fire, 64 of them to a word.

The first planes are compared, word by word, with the bits of the threshold; a future that they leave
undecided draws the rest of its number by itself. Rows are given by their numbers in `rows`; `block` is
the number of the chunk's first block of 64 futures.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from estimative.engine.dice import GOLDEN, LOW_BITS, LOW_STREAM, MIX_1, MIX_2, PLANES
from estimative.engine.jit import part
from estimative.engine.operations import GROUPS, PLANE_ROWS, UNDECIDED

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Words = NDArray[np.uint64]
    Integers = NDArray[np.int64]

NONE = np.uint64(0)
EVERY = np.uint64(0xFFFFFFFFFFFFFFFF)
ONE = np.uint64(1)
S30, S27, S31 = np.uint64(30), np.uint64(27), np.uint64(31)
STRIDE = np.uint64(PLANES)
LANES = np.uint64(64)
CERTAIN = np.uint64(1 << 32)
HIGHEST = np.uint64(31)
LOW_SHIFT = np.uint64(64 - LOW_BITS)
LOW_MASK = np.uint64((1 << LOW_BITS) - 1)

TWO = np.uint64(2)
FOUR = np.uint64(4)
PAIRS = np.uint64(0x5555555555555555)
QUADS = np.uint64(0x3333333333333333)
BYTES = np.uint64(0x0F0F0F0F0F0F0F0F)
SUM = np.uint64(0x0101010101010101)
TOP = np.uint64(56)


@part
def bit_count(word: np.uint64) -> np.uint64:
    """Number of bits that are set in a word; compilers know this form as one instruction.

    >>> int(bit_count(np.uint64(0b1011)))
    3
    """
    word = word - ((word >> ONE) & PAIRS)
    word = (word & QUADS) + ((word >> TWO) & QUADS)
    word = (word + (word >> FOUR)) & BYTES
    return (word * SUM) >> TOP


@part
def mix(z: np.uint64) -> np.uint64:
    """`dice.mix64` of one word."""
    z = (z ^ (z >> S30)) * MIX_1
    z = (z ^ (z >> S27)) * MIX_2
    return z ^ (z >> S31)


@part
def low_stream(cell: np.uint64) -> np.uint64:
    """Key of the second sequence of a cell, from which the low bits come."""
    return mix(cell ^ LOW_STREAM)


@part
def low_bits(stream: np.uint64, future: np.uint64) -> np.uint64:
    """`dice.low_bits` of one future."""
    return mix(stream + (future + ONE) * GOLDEN) >> LOW_SHIFT


@part
def finish(
    rows: Words, d: int, row: int, cell: np.uint64, threshold: np.uint64, block: np.uint64, width: int
) -> None:
    """Add to d those futures of a row whose low bits lie under those of the threshold."""
    limit = threshold & LOW_MASK
    if limit == NONE:
        return
    stream = low_stream(cell)
    for w in range(width):
        rest = rows[row, w]
        while rest != NONE:
            lane = rest & (~rest + ONE)
            rest ^= lane
            if low_bits(stream, (block + np.uint64(w)) * LANES + bit_count(lane - ONE)) < limit:
                rows[d, w] |= lane


@part
def busy_words(rows: Words, a: int, width: int) -> int:
    """Number of words of a row in which there is any future."""
    busy = 0
    for w in range(width):
        busy += rows[a, w] != NONE
    return busy


@part
def draw(
    rows: Words, d: int, a: int, cell: np.uint64, threshold: np.uint64, block: np.uint64, width: int
) -> None:
    """Set d to the futures of row a whose dice lie under a threshold in 0..2**32."""
    if threshold == NONE or threshold >= CERTAIN:
        keep = NONE if threshold == NONE else EVERY
        for w in range(width):
            rows[d, w] = rows[a, w] & keep
        return
    if 4 * busy_words(rows, a, width) <= width:
        draw_few(rows, d, a, cell, threshold, block, width)
    else:
        draw_all(rows, d, a, cell, threshold, block, width)
    finish(rows, d, UNDECIDED, cell, threshold, block, width)


@part
def draw_all(
    rows: Words, d: int, a: int, cell: np.uint64, threshold: np.uint64, block: np.uint64, width: int
) -> None:
    """Compare all planes of all words, several words at once; row UNDECIDED has the futures that are left."""
    for w in range(width):
        rest = rows[a, w]
        hits = NONE
        z = cell + (block + np.uint64(w)) * STRIDE * GOLDEN
        for k in range(PLANES):
            z = z + GOLDEN
            plane = mix(z)
            bit = NONE - ((threshold >> (HIGHEST - np.uint64(k))) & ONE)
            hits |= rest & bit & ~plane
            rest &= ~(plane ^ bit)
        rows[d, w] = hits
        rows[UNDECIDED, w] = rest


@part
def draw_few(
    rows: Words, d: int, a: int, cell: np.uint64, threshold: np.uint64, block: np.uint64, width: int
) -> None:
    """Like `draw_all`, word by word, where most words have no future: each only as far as it is undecided."""
    for w in range(width):
        rest = rows[a, w]
        hits = NONE
        z = cell + (block + np.uint64(w)) * STRIDE * GOLDEN
        k = np.uint64(0)
        while rest != NONE and k < STRIDE:
            z = z + GOLDEN
            plane = mix(z)
            bit = NONE - ((threshold >> (HIGHEST - k)) & ONE)
            hits |= rest & bit & ~plane
            rest &= ~(plane ^ bit)
            k += ONE
        rows[d, w] = hits
        rows[UNDECIDED, w] = rest


@part
def draw_groups(
    rows: Words,
    d: int,
    masks: Integers,
    count: int,
    thresholds: Words,
    first: int,
    cell: np.uint64,
    block: np.uint64,
    width: int,
) -> None:
    """Set d to the grouped futures whose dice lie under ``thresholds[first + mask of the group]``.

    Row ``PLANE_ROWS + k`` is made to hold bit k of each future's own threshold, which is in 0..2**32.
    """
    for w in range(width):
        rows[d, w] = NONE
    for k in range(PLANES + 1):
        for w in range(width):
            rows[UNDECIDED + k, w] = NONE
    for g in range(count):
        lay_threshold(rows, d, GROUPS + g, thresholds[first + masks[g]], width)
    # Plane by plane, so that few rows are read and written at once.
    for k in range(PLANES):
        for w in range(width):
            z = cell + ((block + np.uint64(w)) * STRIDE + np.uint64(k) + ONE) * GOLDEN
            plane = mix(z)
            bit = rows[PLANE_ROWS + k, w]
            rest = rows[UNDECIDED, w]
            rows[d, w] |= rest & bit & ~plane
            rows[UNDECIDED, w] = rest & ~(plane ^ bit)
    stream = low_stream(cell)
    for w in range(width):
        rest = rows[UNDECIDED, w]
        while rest != NONE:
            lane = rest & (~rest + ONE)
            rest ^= lane
            g = 0
            while rows[GROUPS + g, w] & lane == NONE:
                g += 1
            limit = thresholds[first + masks[g]] & LOW_MASK
            if low_bits(stream, (block + np.uint64(w)) * LANES + bit_count(lane - ONE)) < limit:
                rows[d, w] |= lane


@part
def lay_threshold(rows: Words, d: int, group: int, threshold: np.uint64, width: int) -> None:
    """Lay out the bits of a group's threshold; futures for which there is nothing to draw are settled in d."""
    if threshold == NONE:
        return
    if threshold >= CERTAIN:
        for w in range(width):
            rows[d, w] |= rows[group, w]
        return
    for w in range(width):
        rows[UNDECIDED, w] |= rows[group, w]
    for k in range(PLANES):
        if (threshold >> (HIGHEST - np.uint64(k))) & ONE != NONE:
            for w in range(width):
                rows[PLANE_ROWS + k, w] |= rows[group, w]


@part
def draw_planes(rows: Words, cell: np.uint64, block: np.uint64, width: int) -> None:
    """Set the rows from PLANE_ROWS on to the planes of one cell, for dice that meet several thresholds."""
    for k in range(PLANES):
        for w in range(width):
            z = cell + ((block + np.uint64(w)) * STRIDE + np.uint64(k) + ONE) * GOLDEN
            rows[PLANE_ROWS + k, w] = mix(z)


@part
def compare(
    rows: Words, d: int, a: int, cell: np.uint64, threshold: np.uint64, block: np.uint64, width: int
) -> None:
    """Like `draw`, with planes that are drawn already."""
    if threshold == NONE or threshold >= CERTAIN:
        keep = NONE if threshold == NONE else EVERY
        for w in range(width):
            rows[d, w] = rows[a, w] & keep
        return
    for w in range(width):
        rows[d, w] = NONE
        rows[UNDECIDED, w] = rows[a, w]
    for k in range(PLANES):
        bit = NONE - ((threshold >> (HIGHEST - np.uint64(k))) & ONE)
        for w in range(width):
            plane = rows[PLANE_ROWS + k, w]
            rest = rows[UNDECIDED, w]
            rows[d, w] |= rest & bit & ~plane
            rows[UNDECIDED, w] = rest & ~(plane ^ bit)
    finish(rows, d, UNDECIDED, cell, threshold, block, width)
