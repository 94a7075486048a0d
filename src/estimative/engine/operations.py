"""What the kernel can do: a model becomes a program of these few operations on rows of bits.

A row is one bit of every future of a chunk, 64 futures to a word. Numba takes these constants into the
compiled code; `program` writes the programs.
"""

from __future__ import annotations

from estimative.engine.dice import PLANES

COLUMNS = 6
OPERATION, D, A, B, X, Y = range(COLUMNS)

OPERATIONS = 20
(
    AND,
    OR,
    AND_NOT,
    ADD_BOTH,
    COPY,
    SKIP_IF_EMPTY,
    SKIP_UNLESS_STEP,
    NAME,
    LAY,
    DRAW,
    GROUP,
    SPLIT,
    DRAW_GROUPS,
    DRAW_PLANES,
    COMPARE,
    DECIDE,
    COUNT,
    COUNT_GROUPS,
    RECORD,
    LOAD,
) = range(OPERATIONS)
"""
AND, OR, AND_NOT
    d = a and b; d = a or b; d = a and not b
ADD_BOTH
    d = d or (a and b)
COPY
    Rows d, d + 1, .. = rows a, a + 1, .., x of them.
SKIP_IF_EMPTY
    Go on `x` operations further if no future is in row a.
SKIP_UNLESS_STEP
    Go on `x` operations further unless a <= step <= b.
NAME
    Row a is named x, for an operation that follows and needs more rows than it has columns.
LAY
    Row d has each reading's threshold ``x + b * step`` in its words.
DRAW
    d = the futures of row a whose dice of stream y lie under row ``b + mask``, a mask of the x rows that
    have been named, at most two.
GROUP, SPLIT
    Gather row a in one group with mask 0; split all groups by row a, adding x to the mask inside it.
DRAW_GROUPS
    d = the grouped futures whose dice of stream y lie under threshold ``x + b * step + mask of the group``.
DRAW_PLANES, COMPARE
    Draw the dice of stream y for all futures; d = the futures of row a whose dice lie under row b.
DECIDE
    The futures of row a take options: by the conditions that hold, in the rows named 0 .. y - 1, and by the
    present option, in the rows named y .. y + b - 1. Rows d, d + 1, .. are those of options 1, 2, ..
    A reading's table stands from option `x` on. The row named y + b and y + b more after it are kept from one
    decision to the next; at first the row named is empty.
COUNT
    Add the number of futures in row a and in the mask to count ``x + b * step``.
COUNT_GROUPS
    Add the number of futures of each group that are in the mask to count ``x + b * step + mask of the group``.
RECORD
    Keep row a as record ``x + b * step``.
LOAD
    Set row d to record x, as it was given or kept.
"""

# Rows that every program has: what holds nowhere and everywhere, which futures of a chunk there are, three
# times the numbers of their blocks times `dice.GOLDEN`, and what draws work with.
(
    ZEROS,
    ONES,
    MASK,
    NUMBERS,
    LIMIT,
    BUSY,
    BUSY_NUMBERS,
    BUSY_FIRST,
    BUSY_SECOND,
    BUSY_DRAWN,
) = range(10)
BUSY_LIMITS = BUSY_DRAWN + 1
UNDECIDED = BUSY_LIMITS + 4
PLANE_ROWS = UNDECIDED + 1
GROUPS = PLANE_ROWS + PLANES
"""First of the rows of groups."""

MOST_CONDITIONS = 8
"""On so many conditions a decision can depend: a byte of every future. They are sorted in rows from PLANE_ROWS on."""

# Sections of a program, each run from its first operation up to its last.
SECTIONS = 5
START, MOVE, AFTER, TALLY, END = range(SECTIONS)
"""
START
    The state at as-of and the monitors before any step, once a chunk.
MOVE
    From the state at one step to the state at the next.
AFTER
    Interventions, derived conditions, memories and monitors, at every step.
TALLY
    What is counted at every step.
END
    What is counted at the horizon.
"""
