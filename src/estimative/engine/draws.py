"""The dice of `dice`, compiled: which of the futures of a chunk fire, 64 of them to a word.

The planes are compared, word by word, with the bits of each word's own threshold; a future that they
leave undecided draws the rest of its number by itself. Rows are given by their numbers in `rows`. A
chunk has the same number of words, `each`, of every reading in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from estimative.engine import operations as op
from estimative.engine.dice import GOLDEN, LOW_BITS, MIX_1, MIX_2, PLANES, TURNS
from estimative.engine.jit import part

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Words = NDArray[np.uint64]
    Integers = NDArray[np.int64]

NONE = np.uint64(0)
EVERY = np.uint64(0xFFFFFFFFFFFFFFFF)
ONE = np.uint64(1)
S30, S27, S31, S32 = np.uint64(30), np.uint64(27), np.uint64(31), np.uint64(32)
S63, S64 = np.uint64(63), np.uint64(64)
ONE_TURNS, OTHER_TURNS = zip(*TURNS, strict=True)
LOW_SEED = np.uint64((2 * int(GOLDEN)) & 0xFFFFFFFFFFFFFFFF)
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
def plane_of(one: np.uint64, other: np.uint64, k: int) -> np.uint64:
    """Plane k of a block, from the first two of its words; see `dice.planes`."""
    return rotated(one, ONE_TURNS[k]) ^ rotated(other, OTHER_TURNS[k])


@part
def rotated(word: np.uint64, by: np.uint64) -> np.uint64:
    """`dice.rotated` of one word."""
    return (word << by) | (word >> ((S64 - by) & S63))


@part
def draw(
    rows: Words, d: int, a: int, names: Integers, modifiers: int, limit: int, key: np.uint64,
    where: Integers, width: int,
) -> None:  # fmt: skip
    """Set d to the futures of row a whose dice lie under their limits.

    Row ``limit + m`` has the limits of those for which the mask of modifiers is m: modifier k, of at most
    two, is the row named k. Where many words have no future, only those that have are drawn.
    """
    drawn, count, numbers = d, width, op.NUMBERS
    first, second = names[0], names[1]
    busy = find_busy(rows, a, where, width)
    if busy <= width:
        gather(rows, op.BUSY, a, where, busy)
        gather(rows, op.BUSY_NUMBERS, numbers, where, busy)
        for m in range(1 << modifiers):
            gather(rows, op.BUSY_LIMITS + m, limit + m, where, busy)
        if modifiers > 0:
            gather(rows, op.BUSY_FIRST, first, where, busy)
        if modifiers > 1:
            gather(rows, op.BUSY_SECOND, second, where, busy)
        drawn, count, a, numbers, limit = op.BUSY_DRAWN, busy, op.BUSY, op.BUSY_NUMBERS, op.BUSY_LIMITS
        first, second = op.BUSY_FIRST, op.BUSY_SECOND
    if modifiers == 0:
        by_one(rows, drawn, a, limit, numbers, key, count)
    elif modifiers == 1:
        by_two(rows, drawn, a, first, limit, numbers, key, count)
    else:
        by_four(rows, drawn, a, first, second, limit, numbers, key, count)
    finish(rows, drawn, limit, first, second, modifiers, numbers, key, count)
    if busy <= width:
        for w in range(width):
            rows[d, w] = NONE
        for k in range(busy):
            rows[d, where[k]] = rows[op.BUSY_DRAWN, k]


@part
def find_busy(rows: Words, a: int, where: Integers, width: int) -> int:
    """Number of words of a row in which there is any future, and where they are; width + 1 if most are."""
    busy = 0
    for w in range(width):
        busy += rows[a, w] != NONE
    if 4 * busy > 3 * width:
        return width + 1
    busy = 0
    for w in range(width):
        # Written in any case, and kept by what comes after: no branch has to be guessed.
        where[busy] = w
        busy += rows[a, w] != NONE
    return busy


@part
def gather(rows: Words, d: int, a: int, where: Integers, busy: int) -> None:
    """Put the busy words of row a next to each other in row d."""
    for k in range(busy):
        rows[d, k] = rows[a, where[k]]


@part
def bit_of(limit: np.uint64, plane: int) -> np.uint64:
    """One bit of a limit, counted from the highest of 32, in every bit of a word."""
    return NONE - ((limit >> (S31 - np.uint64(plane))) & ONE)


@part
def sure_of(limit: np.uint64) -> np.uint64:
    """Everybody, if the limit is 2**32: no dice reach it."""
    return NONE - (limit >> S32)


@part
def by_one(rows: Words, d: int, a: int, limit: int, numbers: int, key: np.uint64, width: int) -> None:
    """Set d to those whose planes lie under their limit's; row UNDECIDED has those that are equal so far."""
    for w in range(width):
        limit_0 = rows[limit, w]
        rest = rows[a, w]
        hits = rest & sure_of(limit_0)
        rest &= ~hits
        z = key + rows[numbers, w]
        one, other = mix(z), mix(z + GOLDEN)
        for k in range(PLANES):
            plane = plane_of(one, other, k)
            bit = bit_of(limit_0, k)
            hits |= rest & bit & ~plane
            rest &= ~(plane ^ bit)
        rows[d, w] = hits
        rows[op.UNDECIDED, w] = rest


@part
def by_two(
    rows: Words, d: int, a: int, first: int, limit: int, numbers: int, key: np.uint64, width: int
) -> None:
    """Like `by_one`; the futures in a row have the second limit."""
    for w in range(width):
        limit_0, limit_1 = rows[limit, w], rows[limit + 1, w]
        in_first = rows[first, w]
        rest = rows[a, w]
        hits = rest & either(sure_of(limit_0), sure_of(limit_1), in_first)
        rest &= ~hits
        z = key + rows[numbers, w]
        one, other = mix(z), mix(z + GOLDEN)
        for k in range(PLANES):
            plane = plane_of(one, other, k)
            bit = either(bit_of(limit_0, k), bit_of(limit_1, k), in_first)
            hits |= rest & bit & ~plane
            rest &= ~(plane ^ bit)
        rows[d, w] = hits
        rows[op.UNDECIDED, w] = rest


@part
def by_four(
    rows: Words, d: int, a: int, first: int, second: int, limit: int, numbers: int, key: np.uint64, width: int
) -> None:
    """Like `by_one`; the futures have one of four limits by the two rows that they are in or not."""
    for w in range(width):
        limit_0, limit_1 = rows[limit, w], rows[limit + 1, w]
        limit_2, limit_3 = rows[limit + 2, w], rows[limit + 3, w]
        in_first, in_second = rows[first, w], rows[second, w]
        rest = rows[a, w]
        hits = rest & either(
            either(sure_of(limit_0), sure_of(limit_1), in_first),
            either(sure_of(limit_2), sure_of(limit_3), in_first),
            in_second,
        )
        rest &= ~hits
        z = key + rows[numbers, w]
        one, other = mix(z), mix(z + GOLDEN)
        for k in range(PLANES):
            plane = plane_of(one, other, k)
            bit = either(
                either(bit_of(limit_0, k), bit_of(limit_1, k), in_first),
                either(bit_of(limit_2, k), bit_of(limit_3, k), in_first),
                in_second,
            )
            hits |= rest & bit & ~plane
            rest &= ~(plane ^ bit)
        rows[d, w] = hits
        rows[op.UNDECIDED, w] = rest


@part
def either(outside: np.uint64, inside: np.uint64, within: np.uint64) -> np.uint64:
    """Bits of one word, or of another where a third has ones."""
    return outside ^ (within & (outside ^ inside))


@part
def finish(
    rows: Words, d: int, limit: int, first: int, second: int, modifiers: int, numbers: int, key: np.uint64,
    width: int,
) -> None:  # fmt: skip
    """Add to d those futures of row UNDECIDED whose low bits lie under those of their limits."""
    for w in range(width):
        rest = rows[op.UNDECIDED, w]
        if rest == NONE:
            continue
        seed = mix(key + rows[numbers, w] + LOW_SEED)
        while rest != NONE:
            lane = rest & (~rest + ONE)
            rest ^= lane
            own = limit
            if modifiers > 0 and rows[first, w] & lane != NONE:
                own += 1
            if modifiers > 1 and rows[second, w] & lane != NONE:
                own += 2
            if low_bits(seed, bit_count(lane - ONE)) < rows[own, w] & LOW_MASK:
                rows[d, w] |= lane


@part
def low_bits(seed: np.uint64, lane: np.uint64) -> np.uint64:
    """`dice.low_bits` of one lane."""
    return mix(seed + (lane + ONE) * GOLDEN) >> LOW_SHIFT


@part
def lay(rows: Words, d: int, table: Words, place: int, first: int, many: int, each: int) -> np.uint64:
    """Lay the thresholds of one place in row d, each reading's in its words; their bits, taken together."""
    some = NONE
    for r in range(many):
        threshold = table[place, first + r]
        some |= threshold
        for w in range(r * each, (r + 1) * each):
            rows[d, w] = threshold
    return some


@part
def draw_groups(
    rows: Words, d: int, masks: Integers, count: int, table: Words, place: int, key: np.uint64,
    first: int, many: int, each: int,
) -> None:  # fmt: skip
    """Set d to the grouped futures whose dice lie under the threshold at ``place + mask of the group``.

    Row ``PLANE_ROWS + k`` is made to hold bit k of each future's own threshold.
    """
    width = many * each
    for w in range(width):
        rows[d, w] = NONE
        rows[op.UNDECIDED, w] = NONE
    for k in range(PLANES):
        for w in range(width):
            rows[op.PLANE_ROWS + k, w] = NONE
    for g in range(count):
        some = lay(rows, op.LIMIT, table, place + masks[g], first, many, each)
        lay_bits(rows, d, op.GROUPS + g, some, width)
    for w in range(width):
        rest = rows[op.UNDECIDED, w]
        hits = NONE
        z = key + rows[op.NUMBERS, w]
        one, other = mix(z), mix(z + GOLDEN)
        for k in range(PLANES):
            plane = plane_of(one, other, k)
            bit = rows[op.PLANE_ROWS + k, w]
            hits |= rest & bit & ~plane
            rest &= ~(plane ^ bit)
        rows[d, w] |= hits
        rows[op.UNDECIDED, w] = rest
    for r in range(many):
        finish_groups(rows, d, masks, table, place, key, first + r, r * each, (r + 1) * each)


@part
def lay_bits(rows: Words, d: int, group: int, some: np.uint64, width: int) -> None:
    """Lay out the bits of a group's limits, of which `some` occur; futures whose limit is 2**32 are settled in d."""
    for w in range(width):
        sure = rows[group, w] & sure_of(rows[op.LIMIT, w])
        rows[d, w] |= sure
        rows[op.UNDECIDED, w] |= rows[group, w] ^ sure
    for k in range(PLANES):
        if bit_of(some, k) != NONE:
            for w in range(width):
                rows[op.PLANE_ROWS + k, w] |= rows[group, w] & bit_of(rows[op.LIMIT, w], k)


@part
def finish_groups(
    rows: Words, d: int, masks: Integers, table: Words, place: int, key: np.uint64, reading: int,
    start: int, stop: int,
) -> None:  # fmt: skip
    """Like `finish`, for some words of one reading; each future has the threshold of its group."""
    for w in range(start, stop):
        rest = rows[op.UNDECIDED, w]
        if rest == NONE:
            continue
        seed = mix(key + rows[op.NUMBERS, w] + LOW_SEED)
        while rest != NONE:
            lane = rest & (~rest + ONE)
            rest ^= lane
            g = 0
            while rows[op.GROUPS + g, w] & lane == NONE:
                g += 1
            if low_bits(seed, bit_count(lane - ONE)) < table[place + masks[g], reading] & LOW_MASK:
                rows[d, w] |= lane


@part
def draw_planes(rows: Words, key: np.uint64, width: int) -> None:
    """Set the rows from PLANE_ROWS on to the planes of one key, for dice that meet several thresholds."""
    for w in range(width):
        z = key + rows[op.NUMBERS, w]
        one, other = mix(z), mix(z + GOLDEN)
        for k in range(PLANES):
            rows[op.PLANE_ROWS + k, w] = plane_of(one, other, k)


@part
def compare(rows: Words, d: int, a: int, limit: int, key: np.uint64, width: int) -> None:
    """Like `draw`, with planes that are drawn already."""
    for w in range(width):
        limit_0 = rows[limit, w]
        rest = rows[a, w]
        hits = rest & sure_of(limit_0)
        rest &= ~hits
        for k in range(PLANES):
            plane = rows[op.PLANE_ROWS + k, w]
            bit = bit_of(limit_0, k)
            hits |= rest & bit & ~plane
            rest &= ~(plane ^ bit)
        rows[d, w] = hits
        rows[op.UNDECIDED, w] = rest
    finish(rows, d, limit, limit, limit, 0, op.NUMBERS, key, width)
