"""A model, a request and a world, written as one program for the kernel."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from estimative.engine import operations as op
from estimative.engine.assembler import Assembler
from estimative.engine.dice import step_key, stream_key
from estimative.engine.program_counts import Counter, Places
from estimative.engine.program_moves import Mover
from estimative.engine.program_state import State
from estimative.engine.program_worlds import SideBySide
from estimative.engine.request import AS_WRITTEN
from estimative.model.kept import Kept
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
    silent
        For each world, from where to where the thresholds stand that must be zero: those of rules that are
        left out.
    made
        Which interventions are made in which of several worlds, shape (interventions, worlds): their rows are
        laid like thresholds, which stand after all others. None where there is one world.
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
    silent: tuple[tuple[tuple[int, int], ...], ...]
    made: NDArray[np.bool_]

    @property
    def worlds(self) -> int:
        """How many worlds run side by side, each in all readings."""
        return len(self.silent)


def write_program(
    model: Model, tables: Tables, request: Request, *worlds: World, trace: bool = False
) -> Program:
    """Program that answers a request about a world; with `trace`, one that keeps what every future did.

    Rules that the world leaves out are in it, but their thresholds are to be zero. Several worlds run side
    by side: each has all readings to itself, and its counts follow those of the world before.
    """
    draft = draft_of(model, tables, trace=trace)
    assembler = draft.assembler.fork()
    state = draft.state.on(assembler)
    beside = SideBySide(state, worlds if len(worlds) > 1 else ())
    # From the last to the first, so that places stay what they are.
    for number in reversed(range(len(model.variables))):
        with assembler.inserted(op.AFTER, draft.places[number]):
            if len(worlds) == 1:
                intervene(state, worlds[0], number)
            else:
                beside.intervene(number)
    counter = Counter(state, request)
    assembler.section(op.START)
    beside.lay(draft.thresholds[-1])
    counter.start()
    assembler.section(op.AFTER, draft.ready)
    counter.watch()
    assembler.section(op.TALLY, assembler.ready)
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
        leaves=assembler.leaves,
        places=counter.places,
        records=state.records,
        silent=tuple(
            tuple((draft.thresholds[rule], draft.thresholds[rule + 1]) for rule in sorted(world.without))
            for world in worlds
        ),
        made=beside.made,
    )


@dataclass(frozen=True)
class Draft:
    """The part of a program that depends on the model alone, to which requests and worlds are added.

    Parameters
    ----------
    ready
        Expressions that stand in their rows once a step is complete.
    places
        For every variable, before which operation of the section AFTER it can be put by hand.
    thresholds
        Where the thresholds of each rule and then of each lottery start, and where those of the last one stop.
    """

    assembler: Assembler
    state: State
    ready: frozenset[int]
    places: tuple[int, ...]
    thresholds: tuple[int, ...]


_DRAFTS = Kept[Draft]()


def draft_of(model: Model, tables: Tables, *, trace: bool) -> Draft:
    """Draft of a model, written once as long as the model is there; it depends on the shapes of the tables too."""
    key = trace, tuple(table.thresholds.shape[1:] for table in tables.rules)
    return _DRAFTS.of(model, key, lambda: write_draft(model, tables, trace=trace))


def write_draft(model: Model, tables: Tables, *, trace: bool) -> Draft:
    """Write how the variables of a model begin and move."""
    leaves = max((table.thresholds.shape[2] for table in tables.rules), default=1)
    assembler = Assembler(leaves)
    state = State(assembler, model, trace=trace)
    mover = Mover(state, tables)
    assembler.section(op.START)
    mover.lay()
    mover.start()
    assembler.section(op.AFTER)
    places = complete(state, AS_WRITTEN)
    ready = assembler.ready
    assembler.section(op.MOVE, ready)
    mover.move()
    return Draft(assembler, state, ready, places, tuple(mover.thresholds))


def complete(state: State, world: World) -> tuple[int, ...]:
    """Write interventions, then derived conditions and memories in the order in which they are evaluated.

    For every variable, the number of the operation before which more could be written of it.
    """
    variables = state.model.variables
    places = []
    for number, variable in enumerate(variables):
        if variable.guard is not None:
            row = state.assembler.need(state.row(variable.guard))
            if variable.kind is Kind.MEMORY:
                state.assembler.write(op.OR, state.plane(number), state.plane(number), row)
            else:
                state.assembler.copy(state.plane(number), row)
        intervene(state, world, number)
        places.append(state.assembler.place)
    for record, row in enumerate(state.all_planes()):
        state.keep(record, row)
    return tuple(places)


def intervene(state: State, world: World, number: int) -> None:
    """Write that a variable is put where the world has it put; of several interventions the last counts."""
    for made in world.interventions:
        if made.variable == number:
            with state.assembler.within_steps(made.first, made.last):
                state.put(number, made.level)


_NUMBERS = Kept[tuple["NDArray[np.uint64]", "NDArray[np.uint8]"]]()


def numbers(tables: Tables, program: Program) -> tuple[NDArray[np.uint64], NDArray[np.uint8]]:
    """Thresholds and options that a program runs with, of every reading, in the order of the model.

    Thresholds, of rules and then of lotteries, have the shape (places, readings), options (readings,
    places): as the kernel runs along them. A choice has, for each present option, the option taken by the
    mask of conditions. Of several worlds a reading has its thresholds one world after the other, and after them
    what is made in which world; options are the same in all.
    """
    thresholds, options = _NUMBERS.of(tables, None, lambda: _laid_out(tables))
    if program.worlds > 1:
        made = np.where(np.tile(program.made, tables.readings), ~np.uint64(0), np.uint64(0))
        thresholds = np.concatenate([np.repeat(thresholds, program.worlds, axis=1), made])
    elif any(program.silent):
        thresholds = thresholds.copy()
    for world, silent in enumerate(program.silent):
        for start, stop in silent:
            thresholds[start:stop, world :: program.worlds] = 0
    return thresholds, options


def _laid_out(tables: Tables) -> tuple[NDArray[np.uint64], NDArray[np.uint8]]:
    readings = tables.readings
    thresholds = [table.thresholds.reshape(readings, -1) for table in tables.rules]
    thresholds += [table.thresholds.reshape(readings, -1) for table in tables.lotteries]
    options = [table.options.swapaxes(1, 2).reshape(readings, -1) for table in tables.choices]
    return (
        np.concatenate([np.zeros((0, readings), np.uint64), *(part.T for part in thresholds)]),
        np.concatenate([np.zeros((readings, 0), np.uint8), *options], axis=1),
    )


def step_keys(streams: tuple[str, ...], steps: int, seed: int) -> NDArray[np.uint64]:
    """Keys of streams at every step, shape (streams, steps + 1)."""
    keys = np.array([stream_key(seed, name) for name in streams], np.uint64).reshape(-1, 1)
    return step_key(keys, np.arange(steps + 1, dtype=np.uint64))
