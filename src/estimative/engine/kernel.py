"""The kernel: runs a program for chunk after chunk of futures, 64 to a word, and counts what it is told to.

It is compiled once for all models, since what differs between them is in the program and the numbers.
Only integers occur, so its counts are the same on every machine.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from estimative.engine import operations as op
from estimative.engine.dice import GOLDEN
from estimative.engine.draws import (
    EVERY,
    NONE,
    ONE,
    bit_count,
    compare,
    draw,
    draw_groups,
    draw_planes,
    mix,
)
from estimative.engine.jit import part

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Words = NDArray[np.uint64]
    Integers = NDArray[np.int64]
    Options = NDArray[np.uint8]


@part
def logic(rows: Words, operation: int, d: int, a: int, b: int, width: int) -> None:
    """AND, OR, AND_NOT and ADD_BOTH of rows.

    Where d is a, this is said to the compiler, which then needs no proof that they do not overlap in part.
    """
    if d == a:
        logic_in_place(rows, operation, d, b, width)
    elif operation == op.AND:
        for w in range(width):
            rows[d, w] = rows[a, w] & rows[b, w]
    elif operation == op.OR:
        for w in range(width):
            rows[d, w] = rows[a, w] | rows[b, w]
    elif operation == op.AND_NOT:
        for w in range(width):
            rows[d, w] = rows[a, w] & ~rows[b, w]
    else:
        for w in range(width):
            rows[d, w] |= rows[a, w] & rows[b, w]


@part
def logic_in_place(rows: Words, operation: int, d: int, b: int, width: int) -> None:
    """AND, OR and AND_NOT where d is a."""
    if operation == op.AND:
        for w in range(width):
            rows[d, w] &= rows[b, w]
    elif operation == op.OR:
        for w in range(width):
            rows[d, w] |= rows[b, w]
    else:
        for w in range(width):
            rows[d, w] &= ~rows[b, w]


@part
def empty(rows: Words, a: int, width: int) -> bool:
    """Whether no future is in a row."""
    some = NONE
    for w in range(width):
        some |= rows[a, w]
    return bool(some == NONE)


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


@part
def run_section(
    code: Integers,
    start: int,
    stop: int,
    step: int,
    keys: Words,
    reading: np.uint64,
    thresholds: Words,
    options: Options,
    counts: Integers,
    records: Words,
    rows: Words,
    masks: Integers,
    block: np.uint64,
    place: int,
    width: int,
) -> None:
    """Run the operations from `start` up to `stop` at one step of one chunk."""
    groups = 0
    at = start
    while at < stop:
        operation = code[at, op.OPERATION]
        d, a, b = code[at, op.D], code[at, op.A], code[at, op.B]
        x, y = code[at, op.X], code[at, op.Y]
        at += 1
        if operation <= op.ADD_BOTH:
            logic(rows, operation, d, a, b, width)
        elif operation == op.COPY:
            for k in range(x):
                for w in range(width):
                    rows[d + k, w] = rows[a + k, w]
        elif operation == op.SKIP_IF_EMPTY:
            if empty(rows, a, width):
                at += x
        elif operation == op.SKIP_UNLESS_STEP:
            if not a <= step <= b:
                at += x
        elif operation == op.DRAW or (operation == op.DRAW_GROUPS and groups == 1):
            # Futures in one group are drawn like all others, at the threshold of its mask.
            grouped = operation == op.DRAW_GROUPS
            cell = mix(keys[y, step] + reading * GOLDEN)
            threshold = thresholds[x + b * step + (masks[0] if grouped else 0)]
            draw(rows, d, op.GROUPS if grouped else a, cell, threshold, block, width)
        elif operation == op.GROUP:
            groups = 1
            masks[0] = 0
            for w in range(width):
                rows[op.GROUPS, w] = rows[a, w]
        elif operation == op.SPLIT:
            groups = split(rows, a, x, masks, groups, width)
        elif operation == op.DRAW_GROUPS:
            cell = mix(keys[y, step] + reading * GOLDEN)
            draw_groups(rows, d, masks, groups, thresholds, x + b * step, cell, block, width)
        elif operation == op.DRAW_PLANES:
            draw_planes(rows, mix(keys[y, step] + reading * GOLDEN), block, width)
        elif operation == op.COMPARE:
            cell = mix(keys[y, step] + reading * GOLDEN)
            compare(rows, d, a, cell, thresholds[x], block, width)
        elif operation == op.CHOOSE:
            for g in range(groups):
                if options[x + b * masks[g]] == y:
                    for w in range(width):
                        rows[d, w] |= rows[op.GROUPS + g, w] & rows[a, w]
        elif operation == op.COUNT:
            total = NONE
            for w in range(width):
                total += bit_count(rows[a, w] & rows[op.MASK, w])
            counts[x + b * step] += np.int64(total)
        elif operation == op.COUNT_GROUPS:
            for g in range(groups):
                total = NONE
                for w in range(width):
                    total += bit_count(rows[op.GROUPS + g, w] & rows[op.MASK, w])
                counts[x + b * step + masks[g]] += np.int64(total)
        elif operation == op.LOAD:
            for w in range(width):
                rows[d, w] = records[x, place + w]
        else:
            for w in range(width):
                records[x + b * step, place + w] = rows[a, w]


@part
def runs(section: int, step: int, last: int, run: int, twice: bool) -> bool:
    """Whether a section runs at a step, the last of which has this number; `run` is 1 in a second run."""
    if section == op.START:
        return step == 0
    if section == op.MOVE:
        return step > 0
    if section == op.TALLY:
        return run == 1 or not twice
    if section == op.END:
        return step == last and run == 0
    return True


def simulate(
    code: Integers,
    sections: Integers,
    twice: bool,
    steps: int,
    keys: Words,
    numbers: Integers,
    thresholds: Words,
    options: Options,
    counts: Integers,
    records: Words,
    row_count: int,
    leaves: int,
    start: int,
    stop: int,
    widest: int,
) -> None:
    """Simulate the futures `start` (a multiple of 64) to `stop` of some readings, and add to their counts.

    Parameters
    ----------
    code, sections, twice, steps
        As in `program.Program`.
    keys
        Keys of streams, shape (streams, steps + 1).
    numbers, thresholds, options, counts
        One row a reading.
    records
        Where a trace is kept, or states are given, one row a record and step, one column for each 64 futures.
    row_count, leaves
        Rows of a chunk, and groups among them.
    widest
        Words in a row: 64 times as many futures make a chunk.
    """
    rows = np.empty((row_count, widest), np.uint64)
    masks = np.empty(leaves, np.int64)
    for w in range(widest):
        rows[op.ZEROS, w] = NONE
        rows[op.ONES, w] = EVERY
    for r in range(len(numbers)):
        reading = np.uint64(numbers[r]) + ONE
        for first in range(start, stop, widest * 64):
            width = min(widest, (stop - first + 63) // 64)
            for w in range(width):
                rows[op.MASK, w] = EVERY
            if stop - first < width * 64:
                rows[op.MASK, width - 1] = EVERY >> np.uint64(width * 64 - (stop - first))
            place = (first - start) // 64
            block = np.uint64(first // 64)
            # The second run knows which futures are given, and counts them at every step.
            for run in range(2 if twice else 1):
                if run == 1 and empty(rows, op.MASK, width):
                    break
                for turn in range(op.SECTIONS * (steps + 1)):
                    step, section = turn // op.SECTIONS, turn % op.SECTIONS
                    if runs(section, step, steps, run, twice):
                        run_section(
                            code, sections[section, 0], sections[section, 1], step, keys, reading,
                            thresholds[r], options[r], counts[r], records, rows, masks, block, place, width,
                        )  # fmt: skip
