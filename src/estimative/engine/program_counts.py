"""What a request remembers and counts, written as operations, and where the counts stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from estimative.engine import operations as op
from estimative.engine.request import Watch

if TYPE_CHECKING:
    from estimative.engine.program_state import State
    from estimative.engine.request import Monitor, Request
    from estimative.model.guards import Guard, Holds


@dataclass(frozen=True)
class Places:
    """Where a reading's counts stand, one after the other; `levels` counts all levels but level 0."""

    events: int
    shares: int
    firsts: int
    levels: int
    steps: int

    @property
    def given(self) -> int:
        """Where the futures are counted that are given."""
        return self.events

    @property
    def first_share(self) -> int:
        """Where shares begin."""
        return self.events + 1

    @property
    def first_first(self) -> int:
        """Where first times begin, step by step for each guard."""
        return self.first_share + self.shares

    @property
    def first_level(self) -> int:
        """Where levels begin, level by level for each step."""
        return self.first_first + self.firsts * (self.steps + 1)

    @property
    def total(self) -> int:
        """How many counts there are."""
        return self.first_level + self.levels * (self.steps + 1)


class Counter:
    """Writes monitors and counts."""

    def __init__(self, state: State, request: Request) -> None:
        self.state = state
        self.assembler = state.assembler
        self.request = request
        self.bits = [self.assembler.take() for _ in request.monitors]
        self.rivals = [self.assembler.take() for _ in request.monitors]
        self.seen = [self.assembler.take() for _ in request.firsts]
        self.work = self.assembler.take()
        levels = state.plane_count if request.levels else 0
        self.places = Places(
            len(request.events), len(request.shares), len(request.firsts), levels, state.steps
        )

    @property
    def tallies(self) -> bool:
        """Whether anything is counted at every step."""
        return self.places.total > self.places.events + 1

    def start(self) -> None:
        """Write what is remembered before any step."""
        for monitor, bit, rival in zip(self.request.monitors, self.bits, self.rivals, strict=True):
            self.assembler.copy(bit, op.ONES if monitor.watch is Watch.ALWAYS else op.ZEROS)
            self.assembler.copy(rival, op.ZEROS)
        for seen in self.seen:
            self.assembler.copy(seen, op.ZEROS)

    def watch(self) -> None:
        """Write how monitors take in the state of a step."""
        for monitor, bit, rival in zip(self.request.monitors, self.bits, self.rivals, strict=True):
            if monitor.rival is not None:
                row = self.assembler.need(self.state.row(monitor.rival))
                self.assembler.write(op.OR, rival, rival, row)
            with self.assembler.within_steps(monitor.first, monitor.last):
                self.remember(monitor, bit, rival)

    def remember(self, monitor: Monitor, bit: int, rival: int) -> None:
        """Write how one monitor takes in a step of its range."""
        row = self.assembler.need(self.state.row(monitor.guard))
        match monitor.watch:
            case Watch.EVER:
                self.assembler.write(op.OR, bit, bit, row)
            case Watch.ALWAYS:
                self.assembler.write(op.AND, bit, bit, row)
            case Watch.BEFORE:
                self.assembler.write(op.AND_NOT, self.work, row, rival)
                self.assembler.write(op.OR, bit, bit, self.work)

    def tally(self) -> None:
        """Write what is counted at every step."""
        places, write = self.places, self.assembler.write
        with self.assembler.within_steps(1, self.state.steps):
            for place, guard in enumerate(self.request.shares, places.first_share):
                write(op.COUNT, a=self.assembler.need(self.state.row(guard)), x=place)
        for k, (guard, seen) in enumerate(zip(self.request.firsts, self.seen, strict=True)):
            row = self.assembler.need(self.state.row(guard))
            write(op.AND_NOT, self.work, row, seen)
            write(op.COUNT, a=self.work, b=1, x=places.first_first + k * (places.steps + 1))
            write(op.OR, seen, seen, row)
        if places.levels:
            for place, row in enumerate(self.state.all_planes(), places.first_level):
                write(op.COUNT, a=row, b=places.levels, x=place)

    def end(self) -> None:
        """Write what is counted at the horizon; from then on only given futures are."""
        for place, event in enumerate(self.request.events):
            self.assembler.write(op.COUNT, a=self.over_monitors(event), x=place)
        if self.request.given is not None:
            self.assembler.write(op.AND, op.MASK, op.MASK, self.over_monitors(self.request.given))
        self.assembler.write(op.COUNT, a=op.ONES, x=self.places.given)

    def over_monitors(self, guard: Guard) -> int:
        """Row of a guard over the monitors, made ready."""
        return self.assembler.need(self.assembler.row_of(guard, self._bit))

    def _bit(self, holds: Holds) -> int:
        return self.assembler.at_levels(self.bits[holds.variable], 2, holds.levels)
