"""Rare outcomes: how probable it is that a variable ever reaches some levels, from hazards and not from hits.

At every step, a future in which the outcome has not happened yet adds the probability that its next
move brings it about, which is known exactly from the thresholds (Rao-Blackwell, see G. Casella and
C. P. Robert, Biometrika 83 (1996) 81-94, doi:10.1093/biomet/83.1.81). The mean over futures is the
probability, without error from the last throw of the dice: a great gain where the rarity sits in the
variable's own rules, little where it sits in what leads up to them. The error says which.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from estimative.engine import operations as op
from estimative.engine.assembler import Assembler
from estimative.engine.budget import Plan, chunk_words, usable_threads
from estimative.engine.program import Program, complete, write_program
from estimative.engine.program_moves import Mover
from estimative.engine.program_state import State
from estimative.engine.rare_moves import Move, move_of
from estimative.engine.request import AS_WRITTEN, Request
from estimative.engine.run import Job, finished
from estimative.model.guards import Holds

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from estimative.engine.request import World
    from estimative.model.model import Model
    from estimative.model.tables import Tables

    Integers = NDArray[np.int64]
    Floats = NDArray[np.float64]

BATCHES = 16
"""Parts of the futures whose means are compared to tell the error."""

LONGEST = 1 << 16
"""Futures in one part of a batch."""

MOST_GROUPS = 4096
"""Situations of one move that are told apart at most."""


@dataclass(frozen=True)
class Reach:
    """That a variable is at one of some levels at a step from `first` to `last`; step 0 is as-of."""

    variable: int
    levels: frozenset[int]
    first: int
    last: int


@dataclass(frozen=True)
class Reached:
    """How probable an outcome is.

    Parameters
    ----------
    probability
        In [0, 1], shape (readings,); it may be far below one future in all.
    error
        Monte Carlo standard error of each, from the differences between batches of futures.
    gain
        How many times more futures counted hits would need for the same error, over all readings.
    """

    probability: Floats
    error: Floats
    gain: float


def can_follow(model: Model, outcome: Reach, world: World = AS_WRITTEN) -> bool:
    """Whether the kernel can follow an outcome: its variable moves by rules, in not too many situations."""
    if model.variables[outcome.variable].guard is not None or outcome.last < 1:
        return False
    if any(made.variable == outcome.variable for made in world.interventions):
        return False
    return move_of(model, outcome.variable, world).situations <= MOST_GROUPS


def reach(
    model: Model,
    tables: Tables,
    outcome: Reach,
    world: World = AS_WRITTEN,
    *,
    seed: int,
    futures: int,
    threads: int | None = None,
    progress: Callable[[float], None] | None = None,
) -> Reached:
    """How probable an outcome is in each reading, from as many futures; `run` counts the same ones.

    Raises
    ------
    ValueError
        If the kernel cannot follow it, as `can_follow` would have said.
    """
    if not can_follow(model, outcome, world):
        raise ValueError(f"{model.variables[outcome.variable].name} cannot be followed by its rules")
    follower = _Follower(model, tables, outcome, world)
    job = Job.of(follower.program, tables, seed)
    # A batch is run in parts that can be stopped between.
    length = min(LONGEST, -(-futures // (64 * BATCHES)) * 64)
    batch = -(-futures // (length * BATCHES)) * length
    together = min(tables.readings, 16)
    plan = Plan(tables.readings, futures, together, length, chunk_words(length, together))
    sums = np.zeros((tables.readings, -(-futures // batch)), np.int64)
    for part, counts in finished(job, plan, threads or usable_threads(), progress):
        rows = slice(part.first_reading, part.last_reading)
        many = part.last_future - part.first_future
        sums[rows, part.first_future // batch] += follower.sums(rows, counts, many)
    sizes = np.diff([*range(0, futures, batch), futures])
    return reached(sums / 2.0**32, sizes)


def reached(sums: Floats, sizes: Integers) -> Reached:
    """Probabilities and errors from the sums of batches, shape (readings, batches), of so many futures.

    Two batches of a hundred futures with sums of 1 and 3 have means .01 and .03 around .02:

    >>> found = reached(np.array([[1.0, 3.0]]), np.array([100, 100]))
    >>> found.probability.round(4).tolist(), found.error.round(4).tolist()
    ([0.02], [0.01])
    """
    futures = int(sizes.sum())
    probability = sums.sum(axis=1) / futures
    if len(sizes) < 2:
        return Reached(probability, np.full(len(sums), np.nan), np.nan)
    spread = (sizes * (sums / sizes - probability[:, None]) ** 2).sum(axis=1) / (len(sizes) - 1)
    hits = float((probability * (1 - probability)).sum())
    left = float(spread.sum())
    return Reached(probability, np.sqrt(spread / futures), hits / left if left else np.inf)


@dataclass(frozen=True)
class _Follower:
    """The program that counts futures by situation before each move, and what a situation adds."""

    model: Model
    tables: Tables
    outcome: Reach
    world: World

    @cached_property
    def move(self) -> Move:
        return move_of(self.model, self.outcome.variable, self.world)

    @cached_property
    def program(self) -> Program:
        outcome, move = self.outcome, self.move
        whole = write_program(self.model, self.tables, Request(), self.world)
        leaves = max(whole.leaves, move.situations)
        assembler = Assembler(leaves)
        state = State(assembler, self.model, trace=False)
        mover = Mover(state, self.tables)
        open_ = assembler.take()
        assembler.section(op.START)
        mover.lay()
        mover.start()
        assembler.copy(open_, op.ONES)
        assembler.section(op.AFTER)
        complete(state, self.world)
        with assembler.within_steps(outcome.first, outcome.last):
            there = assembler.need(state.row(Holds(outcome.variable, outcome.levels)))
            assembler.write(op.AND_NOT, open_, open_, there)
        ready = assembler.ready
        assembler.section(op.MOVE, ready)
        with assembler.within_steps(max(outcome.first, 1), outcome.last):
            assembler.write(op.GROUP, a=open_)
            for k, guard in enumerate(move.guards):
                assembler.write(op.SPLIT, a=assembler.need(state.row(guard)), x=1 << k)
            for level, plane in enumerate(state.planes(outcome.variable), start=1):
                assembler.write(op.SPLIT, a=plane, x=level << len(move.guards))
            assembler.write(op.COUNT_GROUPS, b=move.situations)
        mover.move()
        code, sections = assembler.code()
        places = replace(whole.places, events=move.situations * (outcome.last + 1) - 1)
        return replace(
            whole,
            code=code,
            sections=sections,
            rows=assembler.rows,
            leaves=leaves,
            places=places,
            steps=outcome.last,
        )

    def sums(self, rows: slice, counts: Integers, futures: int) -> Integers:
        """What futures add to the probability, in units of 2**-32: whole numbers, so in any order the same."""
        table = counts.reshape(len(counts), self.outcome.last + 1, self.move.situations)
        total = np.zeros(len(counts), np.int64)
        if self.outcome.first == 0:
            # Those in which it has happened at as-of are not there before the first move.
            total += (futures - table[:, 1].sum(axis=1)) << 32
        for steps in self.alike:
            together = table[:, steps].sum(axis=1)
            for situation in np.flatnonzero(together.any(axis=0)).tolist():
                total += together[:, situation] * self.chance(steps[0], situation)[rows]
        return total

    @cached_property
    def alike(self) -> list[list[int]]:
        """Steps at which the variable moves, those together at which its rules have the same thresholds."""
        found: dict[tuple[tuple[int, int], ...], list[int]] = {}
        for step in range(max(self.outcome.first, 1), self.outcome.last + 1):
            active = []
            for number in self.move.rules:
                rule, profile = self.model.rules[number], self.tables.rules[number].thresholds.shape[1]
                if rule.first <= step <= rule.last:
                    active.append((number, step if profile > 1 else 0))
            found.setdefault(tuple(active), []).append(step)
        return list(found.values())

    def chance(self, step: int, situation: int) -> Integers:
        """How probable a situation makes the outcome in the move into a step, per reading, in units of 2**-32."""
        key = step, situation
        if key not in self._chances:
            found = self.move.chance(self.tables, step, situation, self.outcome.levels)
            self._chances[key] = np.rint(found * 2.0**32).astype(np.int64)
        return self._chances[key]

    @cached_property
    def _chances(self) -> dict[tuple[int, int], Integers]:
        return {}
