"""What the kernel can do: a model becomes a program of these few operations on rows of bits.

A row is one bit of every future of a chunk, 64 futures to a word. Numba takes these constants into the
compiled code; `program` writes the programs.
"""

from __future__ import annotations

COLUMNS = 6
OPERATION, D, A, B, X, Y = range(COLUMNS)

OPERATIONS = 18
(
    AND,
    OR,
    AND_NOT,
    ADD_BOTH,
    COPY,
    SKIP_IF_EMPTY,
    SKIP_UNLESS_STEP,
    DRAW,
    GROUP,
    SPLIT,
    DRAW_GROUPS,
    DRAW_PLANES,
    COMPARE,
    CHOOSE,
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
DRAW
    d = the futures of row a whose dice of stream y lie under threshold ``x + b * step``.
GROUP, SPLIT
    Gather row a in one group with mask 0; split all groups by row a, adding x to the mask inside it.
DRAW_GROUPS
    Like DRAW for the grouped futures: threshold ``x + b * step + mask of the group``.
DRAW_PLANES, COMPARE
    Draw the dice of stream y for all futures; d = the futures of row a whose dice lie under threshold x.
CHOOSE
    Add to d the grouped futures in row a for which option ``x + b * mask of the group`` is y.
COUNT
    Add the number of futures in row a and in the mask to count ``x + b * step``.
COUNT_GROUPS
    Add the number of futures of each group that are in the mask to count ``x + b * step + mask of the group``.
RECORD
    Keep row a as record ``x + b * step``.
LOAD
    Set row d to record x, as it was given or kept.
"""

# Rows that every program has; GROUPS is the first of those of the groups.
ZEROS, ONES, MASK, UNDECIDED, PLANE_ROWS = range(5)
GROUPS = PLANE_ROWS + 8

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
