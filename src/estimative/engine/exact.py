"""The exact engine: probabilities of small models by enumeration, up to rounding.

The chain of joint states is run forwards; where only futures in which something is given count, the
probability that it will be given is first run backwards and then weighs every state.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from estimative.engine.exact_chain import Chain, TooLarge
from estimative.engine.exact_law import true
from estimative.engine.exact_watch import Watcher
from estimative.engine.request import Counts

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from estimative.engine.exact_law import State
    from estimative.engine.request import Request, World
    from estimative.model.guards import Guard
    from estimative.model.model import Model
    from estimative.model.tables import Tables

    Floats = NDArray[np.float64]
    Integers = NDArray[np.int64]

CELLS = 1 << 22
"""Joint states times states of the monitors that are still carried."""

__all__ = ["CELLS", "TooLarge", "run_exact"]


def run_exact(model: Model, tables: Tables, request: Request, world: World) -> Counts:
    """Probabilities in place of counts, of every reading; `futures` is 1.

    Without `Request.given` every future counts as given. The probability of an event given another is
    the ratio of the two.

    Raises
    ------
    TooLarge
        The joint states are too many: more than about twelve conditions can have.
    """
    parts = [_reading(Chain(model, tables, row, world), request) for row in range(tables.readings)]
    events, given, shares, levels, firsts = (np.stack(part) for part in zip(*parts, strict=True))
    return Counts(1, events, given, shares, levels, firsts, model.offsets)


def _reading(chain: Chain, request: Request) -> tuple[Floats, Floats, Floats, Floats, Floats]:
    """Events, given, shares, levels and firsts, as in `Counts`, of one reading."""
    watcher = Watcher(request.monitors)
    steps = chain.model.calendar.steps
    hopes = _hopes(chain, request.given, watcher)
    planes = sum(len(variable.levels) for variable in chain.model.variables) if request.levels else 0
    shares, levels = np.zeros(len(request.shares)), np.zeros((steps + 1, planes))
    firsts = np.zeros((len(request.firsts), steps + 2))
    # First all futures, then those in which each of `firsts` has not held yet.
    masses = [_carry(chain.start[:, None], np.full((len(chain.start), 1), watcher.start), watcher.size)]
    masses *= 1 + len(request.firsts)
    for step in range(steps + 1):
        if step:
            masses = _move(chain, step, masses)
        states = chain.states(step)
        after = _after(watcher, states, step)
        masses = [_carry(mass, after, watcher.size) for mass in masses]
        weights = _weigh(masses[0], hopes, step)
        if step:
            shares += [weights[_where(share, states)].sum() for share in request.shares]
        if request.levels:
            levels[step] = _by_level(chain.model, states, weights)
        for k, guard in enumerate(request.firsts):
            held = _where(guard, states)
            firsts[k, step] = _weigh(masses[1 + k], hopes, step)[held].sum()
            masses[1 + k][held] = 0
    firsts[:, -1] = [_weigh(mass, hopes, steps).sum() for mass in masses[1:]]
    ends = masses[0].sum(axis=0)
    events = np.array([ends[watcher.where(event)].sum() for event in request.events])
    return events, np.asarray(_weigh(masses[0], hopes, steps).sum()), shares, levels, firsts


def _hopes(chain: Chain, given: Guard | None, watcher: Watcher) -> list[Floats]:
    """For every step, the probability that `given` will be true, by joint state and memory.

    Empty where nothing is given.
    """
    if given is None:
        return []
    steps = chain.model.calendar.steps
    hopes = [np.tile(watcher.where(given).astype(np.float64), (len(chain.states(steps)), 1))]
    for step in range(steps, 0, -1):
        after = _after(watcher, chain.states(step), step)
        hopes.append(chain.transition(step) @ np.take_along_axis(hopes[-1], after, axis=1))
    return hopes[::-1]


def _weigh(mass: Floats, hopes: list[Floats], step: int) -> Floats:
    """Probability of each joint state at a step, together with what is given."""
    weighed: Floats = (mass * hopes[step] if hopes else mass).sum(axis=1)
    return weighed


def _move(chain: Chain, step: int, masses: list[Floats]) -> list[Floats]:
    """Masses by joint state, moved into a step."""
    moves = chain.transition(step).T
    return [moves @ mass for mass in masses]


def _after(watcher: Watcher, states: list[State], step: int) -> Integers:
    """Memory after a step by joint state and memory before."""
    if len(states) * watcher.size > CELLS:
        raise TooLarge("joint states with what is watched", len(states) * watcher.size, CELLS)
    return watcher.after(states, step)


def _carry(mass: Floats, after: Integers, size: int) -> Floats:
    """Mass by joint state and memory, each cell gone to the memory that follows, of so many."""
    carried = np.zeros((len(mass), size))
    np.add.at(carried, (np.arange(len(mass))[:, None], after), mass)
    return carried


def _where(guard: Guard, states: list[State]) -> NDArray[np.bool_]:
    return np.array([true(guard, state) for state in states])


def _by_level(model: Model, states: list[State], weights: Floats) -> Floats:
    """Weight of the states at every level of every variable, all variables in one row."""
    levels = np.array(states)
    return np.concatenate(
        [
            np.bincount(levels[:, number], weights, len(variable.levels))
            for number, variable in enumerate(model.variables)
        ]
    )
