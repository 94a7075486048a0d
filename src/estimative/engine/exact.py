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
    sizes = [len(variable.levels) for variable in model.variables]
    offsets = tuple(sum(sizes[:number]) for number in range(len(sizes)))
    return Counts(1, events, given, shares, levels, firsts, offsets)


def _reading(chain: Chain, request: Request) -> tuple[Floats, Floats, Floats, Floats, Floats]:
    """Events, given, shares, levels and firsts, as in `Counts`, of one reading."""
    watcher = Watcher(request.monitors)
    steps = chain.model.calendar.steps
    hopes = _hopes(chain, request, watcher)
    planes = sum(len(variable.levels) for variable in chain.model.variables) if request.levels else 0
    shares, levels = np.zeros(len(request.shares)), np.zeros((steps + 1, planes))
    firsts = np.zeros((len(request.firsts), steps + 2))
    now = np.zeros((len(chain.states(0)), watcher.size))
    now[:, watcher.start] = chain.start
    # Row 0: all futures; the others: those in which a `first` has not held yet.
    masses = [now.copy() for _ in range(1 + len(request.firsts))]
    for step in range(steps + 1):
        if step:
            masses = [chain.transition(step).T @ mass for mass in masses]
        after = watcher.after(chain.states(step), step)
        masses = [_carry(mass, after) for mass in masses]
        states = chain.states(step)
        weights = (masses[0] * hopes[step]).sum(axis=1)
        if step:
            shares += [weights[_where(share, states)].sum() for share in request.shares]
        if request.levels:
            levels[step] = _by_level(chain.model, states, weights)
        for k, guard in enumerate(request.firsts):
            held = _where(guard, states)
            firsts[k, step] = (masses[1 + k][held] * hopes[step][held]).sum()
            masses[1 + k][held] = 0
    firsts[:, -1] = [(mass * hopes[-1]).sum() for mass in masses[1:]]
    ends = masses[0].sum(axis=0)
    events = np.array([ends[watcher.where(event)].sum() for event in request.events])
    return events, np.asarray((masses[0] * hopes[-1]).sum()), shares, levels, firsts


def _hopes(chain: Chain, request: Request, watcher: Watcher) -> list[Floats]:
    """For every step, the probability that `given` will be true, by joint state and state of the monitors."""
    steps = chain.model.calendar.steps
    cells = max(len(chain.states(step)) for step in range(steps + 1)) * watcher.size
    if cells > CELLS:
        raise TooLarge("joint states with what is watched", cells, CELLS)
    if request.given is None:
        return [np.ones((len(chain.states(step)), watcher.size)) for step in range(steps + 1)]
    ends = watcher.where(request.given).astype(np.float64)
    hopes = [np.tile(ends, (len(chain.states(steps)), 1))]
    for step in range(steps, 0, -1):
        after = watcher.after(chain.states(step), step)
        hopes.append(chain.transition(step) @ np.take_along_axis(hopes[-1], after, axis=1))
    return hopes[::-1]


def _carry(mass: Floats, after: Integers) -> Floats:
    """Mass by joint state and memory, each cell gone to the memory that follows."""
    carried = np.zeros_like(mass)
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
