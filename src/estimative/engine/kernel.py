"""The kernel: runs a program for chunk after chunk of futures, 64 to a word, and counts what it is told to.

It is compiled once for all models, since what differs between them is in the program and the numbers.
Only integers occur, so its counts are the same on every machine. A chunk has futures of several readings
side by side where they have few each, so that an operation is worth its while.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from estimative.engine import operations as op
from estimative.engine.dice import GOLDEN, SEED_WORDS
from estimative.engine.draws import (
    EVERY,
    NONE,
    S32,
    bit_count,
    compare,
    draw,
    draw_groups,
    draw_planes,
    lay,
)
from estimative.engine.groups import decide, split
from estimative.engine.jit import part

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Words = NDArray[np.uint64]
    Integers = NDArray[np.int64]
    Options = NDArray[np.uint8]

STRIDE = np.uint64((SEED_WORDS * int(GOLDEN)) & 0xFFFFFFFFFFFFFFFF)


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
def count_row(rows: Words, a: int, counts: Integers, place: int, first: int, many: int, each: int) -> None:
    """Add the number of futures in row a and in the mask to a place, reading by reading."""
    for r in range(many):
        total = NONE
        for w in range(r * each, (r + 1) * each):
            total += bit_count(rows[a, w] & rows[op.MASK, w])
        counts[first + r, place] += np.int64(total)


@part
def run_section(
    code: Integers, start: int, stop: int, step: int, keys: Words, thresholds: Words, options: Options,
    owners: Integers, counts: Integers, records: Words, rows: Words, masks: Integers, names: Integers,
    where: Integers, place: int, first: int, many: int, each: int,
) -> None:  # fmt: skip
    """Run the operations from `start` up to `stop` at one step of one chunk."""
    width = many * each
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
        elif operation == op.NAME:
            names[x] = a
        elif operation == op.LAY:
            lay(rows, d, thresholds, x + b * step, first, many, each)
        elif operation == op.DRAW or (operation == op.DRAW_GROUPS and groups == 1):
            if operation == op.DRAW_GROUPS:
                # Futures in one group are drawn like all others, at the threshold of its mask.
                lay(rows, op.LIMIT, thresholds, x + b * step + masks[0], first, many, each)
                a, b, x = op.GROUPS, op.LIMIT, 0
            draw(rows, d, a, names, x, b, keys[y, step], where, width)
        elif operation == op.GROUP:
            groups = 1
            masks[0] = 0
            for w in range(width):
                rows[op.GROUPS, w] = rows[a, w]
        elif operation == op.SPLIT:
            groups = split(rows, a, x, masks, groups, width)
        elif operation == op.DRAW_GROUPS:
            draw_groups(
                rows, d, masks, groups, thresholds, x + b * step, keys[y, step], first, many, each
            )  # fmt: skip
        elif operation == op.DRAW_PLANES:
            draw_planes(rows, keys[y, step], width)
        elif operation == op.COMPARE:
            compare(rows, d, a, b, keys[y, step], width)
        elif operation == op.DECIDE:
            decide(rows, d, a, names, y, b, options, x, owners, first, many, each)
        elif operation == op.COUNT:
            count_row(rows, a, counts, x + b * step, first, many, each)
        elif operation == op.COUNT_GROUPS:
            for g in range(groups):
                count_row(rows, op.GROUPS + g, counts, x + b * step + masks[g], first, many, each)
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


@part
def lay_out(rows: Words, numbers: Integers, first: int, many: int, each: int, start: int, stop: int) -> None:
    """Lay the numbers of a chunk's blocks in their row, and which of its futures there are in the mask."""
    for r in range(many):
        reading = np.uint64(numbers[first + r] + 1) << S32
        for w in range(each):
            block = np.uint64(start // 64 + w)
            rows[op.NUMBERS, r * each + w] = (reading | block) * STRIDE
            rows[op.MASK, r * each + w] = EVERY
        if stop - start < each * 64:
            rows[op.MASK, r * each + each - 1] = EVERY >> np.uint64(each * 64 - (stop - start))


def simulate(
    code: Integers, sections: Integers, twice: bool, steps: int, keys: Words, numbers: Integers,
    thresholds: Words, options: Options, owners: Integers, counts: Integers, records: Words, row_count: int,
    leaves: int, start: int, stop: int, widest: int,
) -> None:  # fmt: skip
    """Simulate the futures `start` (a multiple of 64) to `stop` of some readings, and add to their counts.

    Parameters
    ----------
    code, sections, twice, steps
        As in `program.Program`.
    keys
        Keys of streams, shape (streams, steps + 1).
    numbers
        Numbers of the readings, shape (readings,).
    thresholds, options
        Shape (places, readings) and (rows, places).
    owners
        Which row of options each reading has, shape (readings,).
    counts
        Shape (readings, places).
    records
        Where a trace of one reading is kept, or states are given, one row a record and step, one column
        for each 64 futures; nothing for several readings.
    row_count, leaves
        Rows of a chunk, and groups among them.
    widest
        Words in a row: 64 times as many futures make a chunk.
    """
    rows = np.empty((row_count, widest), np.uint64)
    masks = np.empty(leaves, np.int64)
    names = np.empty(row_count, np.int64)
    where = np.empty(widest, np.int64)
    for w in range(widest):
        rows[op.ZEROS, w] = NONE
        rows[op.ONES, w] = EVERY
    blocks = (stop - start + 63) // 64
    together = max(1, widest // blocks)
    for first in range(0, len(numbers), together):
        many = min(together, len(numbers) - first)
        for begin in range(start, stop, widest * 64):
            end = min(begin + widest * 64, stop)
            each = (end - begin + 63) // 64
            place = (begin - start) // 64
            lay_out(rows, numbers, first, many, each, begin, end)
            # The second run knows which futures are given, and counts them at every step.
            for run in range(2 if twice else 1):
                if run == 1 and empty(rows, op.MASK, many * each):
                    break
                for turn in range(op.SECTIONS * (steps + 1)):
                    step, section = turn // op.SECTIONS, turn % op.SECTIONS
                    if runs(section, step, steps, run, twice):
                        run_section(
                            code, sections[section, 0], sections[section, 1], step, keys, thresholds,
                            options, owners, counts, records, rows, masks, names, where, place, first, many,
                            each,
                        )  # fmt: skip
