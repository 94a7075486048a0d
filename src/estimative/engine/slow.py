"""The slow engine: whole histories of futures in plain NumPy, and counts that read like the question.

It exists to be read, and to check the fast engine, which must give the same counts to the bit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from estimative.engine.request import Counts, Watch
from estimative.engine.slow_moves import Run, advance, begin, decide, holds, open_lottery
from estimative.engine.trace import Trace
from estimative.model.guards import Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from estimative.engine.request import Monitor, Request, World
    from estimative.model.model import Model
    from estimative.model.tables import Tables

    Levels = NDArray[np.uint8]
    Truth = NDArray[np.bool_]
    Integers = NDArray[np.int64]

BLOCK = 4096
"""Futures simulated at once."""

ROOM = 1 << 25
"""Bytes of history held at once, unless one reading needs more."""


def run_slow(
    model: Model,
    tables: Tables,
    request: Request,
    world: World,
    *,
    seed: int,
    futures: int,
    first_future: int = 0,
) -> Counts:
    """Counts over the futures from `first_future` on, of every reading.

    A future is the same whatever readings and futures are run beside it. Without `Request.given`
    every future counts as given.
    """
    steps = model.calendar.steps
    together = max(1, ROOM // ((steps + 1) * len(model.variables) * min(BLOCK, futures)))
    end = first_future + futures
    parts = []
    for start in range(0, tables.readings, together):
        block = tables.block(start, start + together)
        found = [
            count(Run(model, block, world, seed, range(low, min(low + BLOCK, end))), request)
            for low in range(first_future, end, BLOCK)
        ]
        parts.append([np.sum(column, axis=0) for column in zip(*found, strict=True)])
    events, given, shares, levels, firsts = (np.concatenate(part) for part in zip(*parts, strict=True))
    return Counts(futures, events, given, shares, levels, firsts, plane_offsets(model))


def paths_slow(
    model: Model, tables: Tables, reading_row: int, world: World, *, seed: int, futures: range
) -> Trace:
    """The whole course of a range of futures in the reading of one row of the tables."""
    run = Run(model, tables.block(reading_row, reading_row + 1), world, seed, futures)
    states, fired = history(run)
    settled = np.zeros((len(states), len(model.lotteries), len(futures)), np.bool_)
    switched = np.zeros((len(states), len(model.choices), len(futures)), np.bool_)
    for step in range(1, len(states)):
        before = states[step - 1]
        for k, lottery in enumerate(model.lotteries):
            some_case = holds(Any(tuple(case.guard for case in lottery.cases)), before)
            settled[step, k] = (open_lottery(lottery, before) & some_case)[0]
        for k, choice in enumerate(model.choices):
            other = decide(run, k, before) != before[choice.variable]
            switched[step, k] = (fired[step, choice.reconsidered] & other)[0]
    return Trace(futures.start, states[:, :, 0], fired[:, :, 0], settled, switched)


def plane_offsets(model: Model) -> tuple[int, ...]:
    """Number of the plane of each variable's level 0, when every level of every variable has a plane."""
    sizes = [len(variable.levels) for variable in model.variables]
    return tuple(sum(sizes[:number]) for number in range(len(sizes)))


def history(run: Run) -> tuple[Levels, Truth]:
    """All states, shape (steps + 1, variables, readings, futures), and likewise the rules that fired."""
    states, fired = begin(run)
    all_states, all_fired = [states], [fired]
    for step in range(1, run.model.calendar.steps + 1):
        states, fired = advance(run, states, step)
        all_states.append(states)
        all_fired.append(fired)
    return np.stack(all_states), np.stack(all_fired)


def count(run: Run, request: Request) -> tuple[Integers, Integers, Integers, Integers, Integers]:
    """Events, given, shares, levels and firsts, as in `Counts`, of some futures."""
    states, _ = history(run)
    # Variables first, then steps: guards are then true or false for whole histories.
    course = states.swapaxes(0, 1)
    shape = states.shape[2:]
    bits = [watch(monitor, course) for monitor in request.monitors]
    monitors = np.array(bits, np.uint8).reshape(len(bits), *shape)
    given = np.ones(shape, np.bool_) if request.given is None else holds(request.given, monitors)
    events = [holds(event, monitors).sum(axis=1) for event in request.events]
    shares = [count_share(holds(share, course), given) for share in request.shares]
    firsts = [count_firsts(holds(guard, course), given) for guard in request.firsts]
    return (
        _columns(events, shape[0]),
        given.sum(axis=1),
        _columns(shares, shape[0]),
        count_levels(run.model, states, given)
        if request.levels
        else np.zeros((shape[0], len(states), 0), int),
        np.array(firsts, np.int64).reshape(len(firsts), shape[0], len(states) + 1).swapaxes(0, 1),
    )


def _columns(columns: list[Integers], readings: int) -> Integers:
    return np.array(columns, np.int64).reshape(len(columns), readings).T


def watch(monitor: Monitor, course: Levels) -> Truth:
    """What a monitor remembers at the end of a history; its first axis is the variable, its second the step."""
    steps = np.arange(course.shape[1])[:, None, None]
    watched = (monitor.first <= steps) & (steps <= monitor.last)
    guard = holds(monitor.guard, course)
    match monitor.watch:
        case Watch.EVER:
            seen = guard
        case Watch.ALWAYS:
            return np.asarray((guard | ~watched).all(axis=0))
        case Watch.BEFORE:
            rival = np.zeros_like(guard) if monitor.rival is None else holds(monitor.rival, course)
            seen = before(guard, rival)
    return np.asarray((seen & watched).any(axis=0))


def before(held: Truth, rival: Truth) -> Truth:
    """Where something held at a step and its rival had not, at this step or before; steps come first."""
    return held & ~np.logical_or.accumulate(rival, axis=0)


def count_share(held: Truth, given: Truth) -> Integers:
    """Steps after as-of at which something held, added up over the given futures."""
    return np.asarray((held[1:] & given).sum(axis=(0, 2)))


def count_levels(model: Model, states: Levels, given: Truth) -> Integers:
    """Given futures at every level of every variable at every step, as in `Counts.levels`."""
    planes = [
        ((states[:, number] == level) & given).sum(axis=2)
        for number, variable in enumerate(model.variables)
        for level in range(len(variable.levels))
    ]
    return np.array(planes, np.int64).transpose(2, 1, 0)


def count_firsts(held: Truth, given: Truth) -> Integers:
    """Given futures by the first step at which something held, the last column those in which it never did."""
    never = len(held)
    first = np.where(held.any(axis=0), held.argmax(axis=0), never)
    return np.array([((first == step) & given).sum(axis=1) for step in range(never + 1)], np.int64).T
