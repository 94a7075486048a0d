"""What the monitors of a request remember, as one number that is carried beside the joint state."""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING

import numpy as np

from estimative.engine.exact_law import true
from estimative.engine.request import Watch

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from estimative.engine.exact_law import State
    from estimative.engine.request import Monitor
    from estimative.model.guards import Guard

YES = 1
"""A monitor's digit when it says yes."""

MISSED = 2
"""Digit of a monitor `BEFORE` that can say yes no more, since its rival has held."""


class Watcher:
    """All monitors together: memory number `start` before step 0, `size` of them.

    A memory has one digit a monitor: 0 or 1, or `MISSED`.
    """

    def __init__(self, monitors: tuple[Monitor, ...]) -> None:
        self._monitors = monitors
        self._sizes = [3 if monitor.watch is Watch.BEFORE else 2 for monitor in monitors]
        self._weights = [prod(self._sizes[:number]) for number in range(len(monitors))]
        self.size = prod(self._sizes)
        first = [YES if monitor.watch is Watch.ALWAYS else 0 for monitor in monitors]
        self.start = sum(digit * weight for digit, weight in zip(first, self._weights, strict=True))
        numbers = np.arange(self.size)
        self._digits = [
            numbers // weight % size for weight, size in zip(self._weights, self._sizes, strict=True)
        ]

    def after(self, states: list[State], step: int) -> NDArray[np.int64]:
        """Memory after a step by its state (row) and the memory before (column)."""
        memory = np.zeros((len(states), self.size), np.int64)
        parts = zip(self._monitors, self._sizes, self._weights, self._digits, strict=True)
        for monitor, size, weight, digits in parts:
            moves = [[_next(monitor, digit, state, step) for digit in range(size)] for state in states]
            memory += weight * np.array(moves, np.int64)[:, digits]
        return memory

    def where(self, guard: Guard) -> NDArray[np.bool_]:
        """Of which memories a guard over the monitors is true."""
        said = np.stack([digits == YES for digits in self._digits], axis=1) if self._digits else [()]
        return np.array([true(guard, tuple(int(yes) for yes in row)) for row in said])


def _next(monitor: Monitor, digit: int, state: State, step: int) -> int:
    """Digit of a monitor once it has seen the state of a step.

    >>> from estimative.model.guards import TRUE
    >>> from estimative.engine.request import Monitor
    >>> [_next(Monitor(Watch.EVER, TRUE, 2, 3), 0, (), step) for step in range(5)]
    [0, 0, 1, 1, 0]
    """
    inside = monitor.first <= step <= monitor.last
    match monitor.watch:
        case Watch.EVER:
            return YES if inside and true(monitor.guard, state) else digit
        case Watch.ALWAYS:
            return 0 if inside and not true(monitor.guard, state) else digit
        case Watch.BEFORE:
            if digit == 0 and monitor.rival is not None and true(monitor.rival, state):
                return MISSED
            return YES if digit == 0 and inside and true(monitor.guard, state) else digit
