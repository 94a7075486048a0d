"""The futures of an estimate in a set of readings: counted when asked, never stored."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from estimative.engine.future import trace
from estimative.engine.joined import Joined
from estimative.engine.program import write_program
from estimative.engine.request import World
from estimative.engine.run import run

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from estimative.engine.program import Program
    from estimative.engine.request import Counts, Request
    from estimative.engine.trace import Trace
    from estimative.estimate.nodes import Estimate
    from estimative.model.compile_guards import Names
    from estimative.model.model import Model
    from estimative.model.readings import Readings

AS_WRITTEN = World()
"""The world as the estimate has it."""


@dataclass(frozen=True)
class Futures:
    """What every question asks: `futures` futures in each of the readings.

    Two questions to the same record meet the same dice, so a difference between worlds or wordings is
    a difference of worlds or wordings, not of luck. `on` is the address of a Dask scheduler, such as
    ``tcp://10.0.0.1:8786``; None runs them here.
    """

    estimate: Estimate
    model: Model
    names: Names
    readings: Readings
    seed: int
    futures: int
    threads: int | None = None
    on: str | None = None
    progress: Callable[[float], None] | None = field(default=None, compare=False, repr=False)
    _programs: dict[tuple[Request, World], tuple[Model, Program]] = field(
        default_factory=dict, compare=False, repr=False
    )
    _together: dict[Request, tuple[Readings, int, Counts]] = field(
        default_factory=dict, compare=False, repr=False
    )

    def count_together(self, requests: Sequence[Request]) -> None:
        """Count what will be asked of the world as written in one run; `count` then has it at hand."""
        joined = Joined.of(list(dict.fromkeys(requests)))
        parts = joined.parts(self.count(joined.whole))
        for request, counts in zip(joined.requests, parts, strict=True):
            self._together[request] = self.readings, self.futures, counts

    def count(self, request: Request, world: World = AS_WRITTEN) -> Counts:
        """Counts over all futures, per reading; they are the same on a cluster."""
        if world == AS_WRITTEN and request in self._together:
            readings, futures, counts = self._together[request]
            if readings is self.readings and futures == self.futures:
                return counts
        if self.on is not None:
            from estimative.engine.cluster import run_on  # noqa: PLC0415 - an extra, and slow to import

            return run_on(
                self.on,
                self.model,
                self.readings.tables,
                request,
                world,
                seed=self.seed,
                futures=self.futures,
                progress=self.progress,
            )
        return run(
            self.model,
            self.readings.tables,
            request,
            world,
            seed=self.seed,
            futures=self.futures,
            threads=self.threads,
            progress=self.progress,
            program=self._program(request, world),
        )

    def _program(self, request: Request, world: World) -> Program:
        """The program of a request, kept: the same is often asked of other readings of one model."""
        model, program = self._programs.get((request, world), (None, None))
        if program is None or model is not self.model:
            program = write_program(self.model, self.readings.tables, request, world)
            self._programs[request, world] = self.model, program
        return program

    def stage(self, number: int, of: int) -> Futures:
        """The same for one of several pieces of work, counted from 0: its progress is a part of the whole's."""
        tell = self.progress
        if tell is None or of < 2:
            return self
        return replace(self, progress=lambda done: tell((number + done) / of))

    def trace(self, row: int, futures: range, world: World = AS_WRITTEN) -> Trace:
        """The whole course of some futures of the reading in row `row`, the same that are counted."""
        return trace(self.model, self.readings.tables, row, world, seed=self.seed, futures=futures)
