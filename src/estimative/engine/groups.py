"""Futures sorted by what holds: in groups for a rule with many modifiers, one by one for a decision."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from estimative.engine import operations as op
from estimative.engine.draws import NONE, ONE, bit_count
from estimative.engine.jit import part

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Words = NDArray[np.uint64]
    Integers = NDArray[np.int64]
    Options = NDArray[np.uint8]

SEVEN, BYTE = np.uint64(7), np.uint64(255)


@part
def split(rows: Words, a: int, bit: int, masks: Integers, count: int, width: int) -> int:
    """Split groups of futures by a row; the number of groups there are then, none of them empty.

    A group inside the row gets `bit` added to its mask.
    """
    more = count
    for g in range(op.GROUPS, op.GROUPS + count):
        inside = NONE
        outside = NONE
        for w in range(width):
            both = rows[g, w] & rows[a, w]
            rows[op.GROUPS + more, w] = both
            inside |= both
            outside |= rows[g, w] ^ both
        if inside == NONE:
            continue
        if outside == NONE:
            masks[g - op.GROUPS] += bit
            continue
        masks[more] = masks[g - op.GROUPS] + bit
        for w in range(width):
            rows[g, w] &= ~rows[a, w]
        more += 1
    return more


SWAPS = (
    (4, np.uint64(4), np.uint64(0x0F0F0F0F0F0F0F0F)),
    (2, np.uint64(2), np.uint64(0x3333333333333333)),
    (1, np.uint64(1), np.uint64(0x5555555555555555)),
)


@part
def decide(
    rows: Words, d: int, a: int, names: Integers, conditions: int, count: int, options: Options, place: int,
    owners: Integers, first: int, many: int, each: int,
) -> None:  # fmt: skip
    """Let the futures of row a take one of `count` options, each reading by its own table.

    From `place` on it has the option taken, for each present option by the mask of conditions. Futures are
    looked up one by one: few of them decide in a step, and those that stayed where they are the last time
    stay again unless something has changed since.
    """
    width = many * each
    unsettled(rows, a, names, conditions + count, width)
    for k in range(op.MOST_CONDITIONS):
        row = names[k] if k < conditions else op.ZEROS
        for w in range(width):
            rows[op.PLANE_ROWS + k, w] = rows[row, w]
    transpose(rows, width)
    stayed = names[conditions + count]
    for r in range(many):
        for present in range(count):
            here = names[conditions + present]
            for w in range(r * each, (r + 1) * each):
                rest = rows[op.UNDECIDED, w] & rows[here, w]
                gone = NONE
                while rest != NONE:
                    lane = rest & (~rest + ONE)
                    rest ^= lane
                    number = bit_count(lane - ONE)
                    masks = rows[op.PLANE_ROWS + np.int64(number & SEVEN), w]
                    mask = np.int64((masks >> (number & ~SEVEN)) & BYTE)
                    taken = np.int64(options[owners[first + r], place + (present << conditions) + mask])
                    if taken != present:
                        gone |= lane
                        if taken > 0:
                            rows[d + taken - 1, w] |= lane
                rows[stayed, w] &= ~gone
                if present > 0:
                    rows[d + present - 1, w] &= ~gone


@part
def unsettled(rows: Words, a: int, names: Integers, looked_at: int, width: int) -> None:
    """Put in row UNDECIDED the futures of row a that do not know yet that they stay where they are.

    The rows named first are `looked_at`. After them row ``names[looked_at]`` has the futures that stayed when
    they last decided, and those that follow it what they looked at then. Those of row a are put there anew.
    """
    stayed = names[looked_at]
    for w in range(width):
        rows[op.UNDECIDED, w] = ~rows[stayed, w]
        rows[stayed, w] |= rows[a, w]
    for k in range(looked_at):
        now, then = names[k], stayed + 1 + k
        for w in range(width):
            changed = rows[a, w] & (rows[now, w] ^ rows[then, w])
            rows[op.UNDECIDED, w] |= changed
            rows[then, w] ^= changed
    for w in range(width):
        rows[op.UNDECIDED, w] &= rows[a, w]


@part
def transpose(rows: Words, width: int) -> None:
    """Turn the eight rows from PLANE_ROWS on: byte b of word j has what they had of future ``8 * b + j``."""
    for by, shift, low in SWAPS:
        for k in range(op.MOST_CONDITIONS):
            if k & by == 0:
                upper, lower = op.PLANE_ROWS + k, op.PLANE_ROWS + k + by
                for w in range(width):
                    swap = ((rows[upper, w] >> shift) ^ rows[lower, w]) & low
                    rows[lower, w] ^= swap
                    rows[upper, w] ^= swap << shift
