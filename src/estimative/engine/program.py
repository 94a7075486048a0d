"""A model, a request and a world, written as one program for the kernel."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from estimative.engine import operations as op
from estimative.engine.assembler import Assembler
from estimative.engine.dice import GOLDEN, mix64, stream_key
from estimative.engine.program_counts import Counter, Places
from estimative.engine.program_moves import Mover
from estimative.engine.program_state import State
from estimative.model.model import Kind

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from estimative.engine.request import Request, World
    from estimative.model.model import Model
    from estimative.model.tables import Tables


@dataclass(frozen=True)
class Program:
    """What the kernel runs, for every reading alike.

    Parameters
    ----------
    code, sections
        Operations and where sections start and stop.
    twice
        Whether a chunk runs a second time, once it is known which of its futures are given.
    streams
        Names of the dice: rules, then lotteries.
    steps
        Number of the last step.
    rows, leaves
        Rows of a chunk, and into how many groups its futures may fall.
    places
        Where the counts stand.
    records
        Rows that are kept at each step, where a trace is wanted.
    """

    code: NDArray[np.int64]
    sections: NDArray[np.int64]
    twice: bool
    streams: tuple[str, ...]
    steps: int
    rows: int
    leaves: int
    places: Places
    records: int


def write_program(
    model: Model, tables: Tables, request: Request, world: World, *, trace: bool = False
) -> Program:
    """Program that answers a request about a world; with `trace`, one that keeps what every future did."""
    masks = [table.thresholds.shape[2] for table in tables.rules]
    masks += [table.options.shape[1] for table in tables.choices]
    leaves = max(masks, default=1)
    assembler = Assembler(leaves + 1)  # One to spare: a split writes before it knows.
    state = State(assembler, model, world, trace=trace)
    mover = Mover(state, tables)
    counter = Counter(state, request)
    assembler.section(op.START)
    mover.start()
    counter.start()
    assembler.section(op.AFTER)
    complete(state)
    counter.watch()
    ready = assembler.ready
    assembler.section(op.MOVE, ready)
    mover.move()
    assembler.section(op.TALLY, ready)
    counter.tally()
    assembler.section(op.END)
    counter.end()
    code, sections = assembler.code()
    return Program(
        code=code,
        sections=sections,
        twice=request.given is not None and counter.tallies,
        streams=(*(rule.name for rule in model.rules), *(lottery.name for lottery in model.lotteries)),
        steps=model.calendar.steps,
        rows=assembler.rows,
        leaves=leaves,
        places=counter.places,
        records=state.records,
    )


def complete(state: State) -> None:
    """Write interventions, then derived conditions and memories in the order in which they are evaluated."""
    variables = state.model.variables
    for number, variable in enumerate(variables):
        if variable.guard is None:
            intervene(state, number)
    for number, variable in enumerate(variables):
        if variable.guard is not None:
            row = state.assembler.need(state.row(variable.guard))
            if variable.kind is Kind.MEMORY:
                state.assembler.write(op.OR, state.plane(number), state.plane(number), row)
            else:
                state.assembler.copy(state.plane(number), row)
            intervene(state, number)
    for record, row in enumerate(state.all_planes()):
        state.keep(record, row)


def intervene(state: State, number: int) -> None:
    """Write that a variable is put where the world has it put; of several interventions the last counts."""
    for made in state.world.interventions:
        if made.variable == number:
            with state.assembler.within_steps(made.first, made.last):
                state.put(number, made.level)


def numbers(tables: Tables) -> tuple[NDArray[np.uint64], NDArray[np.uint8]]:
    """Thresholds and options of every reading, in the order of the model: rules, then lotteries; choices."""
    readings = tables.readings
    thresholds = [table.thresholds.reshape(readings, -1) for table in tables.rules]
    thresholds += [table.thresholds.reshape(readings, -1) for table in tables.lotteries]
    options = [table.options.reshape(readings, -1) for table in tables.choices]
    return (
        np.concatenate([np.zeros((readings, 0), np.uint64), *thresholds], axis=1),
        np.concatenate([np.zeros((readings, 0), np.uint8), *options], axis=1),
    )


def step_keys(streams: tuple[str, ...], steps: int, seed: int) -> NDArray[np.uint64]:
    """Keys of streams at every step, shape (streams, steps + 1): what `dice.cell_key` adds a reading to."""
    keys = np.array([stream_key(seed, name) for name in streams], np.uint64).reshape(-1, 1)
    at = np.arange(1, steps + 2, dtype=np.uint64)
    with np.errstate(over="ignore"):
        return mix64(keys + at * GOLDEN)
