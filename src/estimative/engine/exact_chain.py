"""A small model in one reading as a Markov chain over its joint states.

A joint state is the level of every variable. Every variable moves by itself from the state before, so the
probability of a joint state is a product of probabilities of levels, which `exact_law` gives.
"""

from __future__ import annotations

from itertools import islice
from math import prod
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array, vstack

from estimative.engine.exact_law import Law, true
from estimative.model.model import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from estimative.engine.exact_law import State
    from estimative.engine.request import World
    from estimative.model.model import Model
    from estimative.model.tables import Tables

    Floats = NDArray[np.float64]

STATES = 1 << 13
"""Joint states that are still enumerated: twelve conditions and a memory."""

TRANSITIONS = 1 << 24
"""Transitions of one step that are still enumerated: from each of 4096 states to each."""

ROWS = 128
"""States whose moves are collected before equal ones are added up."""

KEPT = 1 << 22
"""Transitions kept for another pass; what exceeds this is computed again."""


class TooLarge(Exception):  # noqa: N818 - says what is the matter
    """A model, or what is asked of it, has too many joint states to be enumerated.

    `size` is how many there are at most (or were found so far), `limit` how many are allowed.
    """

    def __init__(self, what: str, size: int, limit: int) -> None:
        super().__init__(f"{size} {what}, and the exact engine enumerates at most {limit}")
        self.size = size
        self.limit = limit


class Chain:
    """The chain of one reading: the states that can be reached at each step, and the moves between them.

    `start` has the probabilities of ``states(0)``.
    """

    def __init__(self, model: Model, tables: Tables, row: int, world: World) -> None:
        self.model = model
        self.law = Law(model, tables, row, world)
        self._world = world
        # Derived conditions follow from the rest, so they have no digit of their own in a code.
        self._sizes = [1 if v.kind is Kind.DERIVED else len(v.levels) for v in model.variables]
        self._weights = [prod(self._sizes[:number]) for number in range(len(self._sizes))]
        if prod(self._sizes) > STATES:
            raise TooLarge("joint states", prod(self._sizes), STATES)
        self._kept: dict[int, csr_array] = {}
        self._room = KEPT
        first, moves = self._spread([self.law.first()], 0)
        self._layers = [first]
        self.start: Floats = moves.toarray()[0]

    def states(self, step: int) -> list[State]:
        """States that can be reached at a step."""
        while len(self._layers) <= step:
            self.transition(len(self._layers))
        return self._layers[step]

    def transition(self, step: int) -> csr_array:
        """Probabilities of the moves into a step, shape (states of the step before, states of the step)."""
        if step not in self._kept:
            before = self.states(step - 1)
            if self._repeats(step):
                layer, moves, taken = before, self._kept[step - 1], 0
            else:
                layer, moves = self._spread((self.law.after(state, step) for state in before), step)
                taken = moves.nnz
            if step == len(self._layers):
                self._layers.append(layer)
            if taken > self._room:
                return moves
            self._room -= taken
            self._kept[step] = moves
        return self._kept[step]

    def _repeats(self, step: int) -> bool:
        """Whether the moves into a step are those into the step before, which are kept."""
        return (
            step - 1 in self._kept
            and self._layers[step - 2] == self._layers[step - 1]
            and self.law.profile(step - 1) == self.law.profile(step)
            and self._put(step - 1) == self._put(step)
        )

    def _put(self, step: int) -> dict[int, int]:
        """Levels at which variables are put by hand at a step."""
        return {
            made.variable: made.level for made in self._world.interventions if made.first <= step <= made.last
        }

    def _spread(self, rows: Iterable[list[Floats]], step: int) -> tuple[list[State], csr_array]:
        """States reached from each row's levels, every variable by itself, and their probabilities."""
        parts = []
        found = 0
        source = iter(rows)
        while batch := list(islice(source, ROWS)):
            parts.append(self._by_code(batch))
            found += parts[-1].nnz
            if found > TRANSITIONS:
                raise TooLarge("transitions in one step", found, TRANSITIONS)
        by_code = csr_array(vstack(parts, format="csr"))
        parts.clear()
        index: dict[State, int] = {}
        codes = np.flatnonzero(np.bincount(by_code.indices))
        column = [index.setdefault(self._state(int(code), step), len(index)) for code in codes]
        completion = csr_array((np.ones(len(codes)), (codes, column)), shape=(prod(self._sizes), len(index)))
        return list(index), csr_array(by_code @ completion)

    def _by_code(self, rows: list[list[Floats]]) -> csr_array:
        """Probabilities of the codes that can be reached from some rows."""
        products = [self._product(levels) for levels in rows]
        codes = np.concatenate([codes for codes, _ in products])
        chances = np.concatenate([chances for _, chances in products])
        origin = np.repeat(np.arange(len(rows), dtype=np.int32), [len(codes) for codes, _ in products])
        return csr_array((chances, (origin, codes)), shape=(len(rows), prod(self._sizes)))

    def _product(self, levels: list[Floats]) -> tuple[NDArray[np.int32], Floats]:
        """Codes of the joint states that can come about, and their probabilities."""
        codes, chances = np.zeros(1, np.int32), np.ones(1)
        for weight, chance in zip(self._weights, levels, strict=True):
            possible = np.flatnonzero(chance)
            codes = np.add.outer(codes, (weight * possible).astype(np.int32)).ravel()
            chances = np.multiply.outer(chances, chance[possible]).ravel()
        return codes, chances

    def _state(self, code: int, step: int) -> State:
        """The joint state of a code, which holds memories as they were, once a step is complete."""
        levels = [code // weight % size for weight, size in zip(self._weights, self._sizes, strict=True)]
        put = self._put(step)
        for number, level in put.items():
            levels[number] = level
        for number, variable in enumerate(self.model.variables):
            if variable.guard is not None and number not in put:
                remembered = variable.kind is Kind.MEMORY and levels[number] == 1
                levels[number] = int(remembered or true(variable.guard, tuple(levels)))
        return tuple(levels)
