"""What is asked of the futures, and the counts that come back: the contract of every engine."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from estimative.model.guards import Guard


class Watch(Enum):
    """How a monitor remembers its guard over the steps `first` to `last` (included; 0 is as-of)."""

    EVER = "ever"
    """The guard held at some step of the range."""
    ALWAYS = "always"
    """The guard held at every step of the range."""
    BEFORE = "before"
    """The guard held at some step of the range before or at which the rival had not held since step 0."""


@dataclass(frozen=True)
class Monitor:
    """One bit that a future carries: the memory of a guard over a range of steps."""

    watch: Watch
    guard: Guard
    first: int
    last: int
    rival: Guard | None = None


@dataclass(frozen=True)
class Intervention:
    """Variable `variable` is put at `level` at the steps `first` to `last`, after everything has moved.

    For a derived variable or a memory it replaces the guard's value at those steps; a memory goes on
    from there. Of several interventions on one variable at one step, the last counts.
    """

    variable: int
    level: int
    first: int
    last: int


@dataclass(frozen=True)
class World:
    """The world to simulate: as written, or with things made so, or without some rules (by number)."""

    interventions: tuple[Intervention, ...] = ()
    without: frozenset[int] = frozenset()


AS_WRITTEN = World()
"""The world as the estimate has it."""


@dataclass(frozen=True)
class Request:
    """What to count.

    Parameters
    ----------
    monitors
        Bits that every future carries to its end.
    events
        Guards over the monitors: ``Holds(m, {1})`` is monitor m. Counted once per future.
    given
        A guard over the monitors: where given, `shares`, `levels` and `firsts` count only futures in
        which it is true (events are counted in any case; put `given` into them).
    shares
        Guards over variables: the number of steps 1..steps in which they hold is summed over futures.
    levels
        Whether to count the futures at every level of every variable at every step.
    firsts
        Guards over variables: a histogram of the first step at which they hold.
    """

    monitors: tuple[Monitor, ...] = ()
    events: tuple[Guard, ...] = ()
    given: Guard | None = None
    shares: tuple[Guard, ...] = ()
    levels: bool = False
    firsts: tuple[Guard, ...] = ()


@dataclass(frozen=True)
class Counts:
    """Sums over futures, per reading (first axis).

    Parameters
    ----------
    futures
        Futures simulated per reading.
    events
        Shape (readings, events).
    given
        Futures in which `Request.given` was true, shape (readings,).
    shares
        Shape (readings, shares): future-steps in which the guard held.
    levels
        Shape (readings, steps + 1, planes): plane ``offsets[v] + k`` counts variable v at level k.
        Zero planes unless asked for.
    firsts
        Shape (readings, firsts, steps + 2): first step 0..steps, and last the futures with none.

    The exact engine gives the same record with probabilities in place of counts, and `futures` = 1.
    """

    futures: int
    events: NDArray[np.float64] | NDArray[np.int64]
    given: NDArray[np.float64] | NDArray[np.int64]
    shares: NDArray[np.float64] | NDArray[np.int64]
    levels: NDArray[np.float64] | NDArray[np.int64]
    firsts: NDArray[np.float64] | NDArray[np.int64]
    offsets: tuple[int, ...] = field(default=())
