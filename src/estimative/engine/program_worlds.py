"""What several worlds put by hand, written for all of them side by side."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from estimative.engine import operations as op

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from estimative.engine.program_state import State
    from estimative.engine.request import Intervention, World

    Turn = tuple[int, Intervention]
    """An intervention, and how many come before it on its variable in its world."""


class SideBySide:
    """Interventions of several worlds, each with a row that says in which words of a chunk it is made.

    Of several interventions on one variable the last counts, so they are written turn by turn.
    """

    def __init__(self, state: State, worlds: Sequence[World]) -> None:
        self.state = state
        turns = [dict.fromkeys(_turns(world)) for world in worlds]
        self._turns = sorted({turn: None for world in turns for turn in world}, key=lambda turn: turn[0])
        self._first = state.assembler.take(len(self._turns))
        self.made: NDArray[np.bool_] = np.zeros((len(self._turns), len(worlds)), bool)
        """Which interventions are made in which worlds, shape (interventions, worlds)."""
        for row, turn in enumerate(self._turns):
            self.made[row] = [turn in world for world in turns]

    def lay(self, place: int) -> None:
        """Write that the rows are laid, like thresholds that stand from `place` on."""
        for row in range(len(self._turns)):
            self.state.assembler.write(op.LAY, self._first + row, x=place + row)

    def intervene(self, variable: int) -> None:
        """Write that a variable is put where worlds have it put."""
        for row, (_, made) in enumerate(self._turns, self._first):
            if made.variable == variable:
                with self.state.assembler.within_steps(made.first, made.last):
                    self.put(variable, made.level, row)

    def put(self, variable: int, level: int, where: int) -> None:
        """Write that a variable is at a level in the futures of a row."""
        with self.state.assembler.unless_empty(where):
            for other, plane in enumerate(self.state.planes(variable), start=1):
                self.state.assembler.write(op.OR if other == level else op.AND_NOT, plane, plane, where)


def _turns(world: World) -> Iterator[Turn]:
    before = Counter[int]()
    for made in world.interventions:
        yield before[made.variable], made
        before[made.variable] += 1
