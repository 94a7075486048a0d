"""The futures of an estimate in a set of readings: counted when asked, never stored."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from estimative.engine.future import trace
from estimative.engine.joined import Joined
from estimative.engine.program import write_program
from estimative.engine.request import AS_WRITTEN
from estimative.engine.run import apart, run
from estimative.places.brief import kind_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from estimative.engine.program import Program
    from estimative.engine.request import Counts, Request, World
    from estimative.engine.trace import Trace
    from estimative.estimate.nodes import Estimate
    from estimative.model.compile_guards import Names
    from estimative.model.model import Model
    from estimative.model.readings import Readings

BESIDE = 4_096
"""Readings of all worlds that are run side by side: their numbers then take some tens of megabytes at most."""


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
    progress: Callable[[float], None] | None = field(default=None, compare=False)
    _programs: dict[tuple[Request, tuple[World, ...]], tuple[Model, Program]] = field(
        default_factory=dict, compare=False
    )
    counted: dict[tuple[Request, World], tuple[Futures, Counts]] = field(default_factory=dict, compare=False)
    """What has been counted together, and in which futures."""

    def __repr__(self) -> str:
        size = f"{self.readings.tables.readings:,} readings x {self.futures:,} futures"
        return f"Futures({self.estimate.name}, {self.readings.lens}, {size}, seed {self.seed})"

    def count_together(self, asked: Iterable[tuple[Request, World]]) -> None:
        """Count what will be asked of several worlds at once; `count` then has it at hand.

        One run for each world, or for several worlds where there are few readings: small runs cost more by
        the future. What has a condition of its own (`Request.given`) has a run of its own.
        """
        given: list[tuple[Request, World]] = []
        wanted: dict[World, list[Request]] = {}
        for request, world in dict.fromkeys(asked):
            if self._at_hand(request, world) is not None:
                continue
            if request.given is None:
                wanted.setdefault(world, []).append(request)
            else:
                given.append((request, world))
        # All levels of everything are counted only where they are asked for.
        alone = {world for world, several in wanted.items() if any(one.levels for one in several)}
        beside = [world for world in wanted if world not in alone]
        most = max(1, BESIDE // self.readings.tables.readings)
        groups = [[world] for world in alone]
        groups += [beside[start : start + most] for start in range(0, len(beside), most)]
        for number, worlds in enumerate(groups):
            joined = Joined.of(list(dict.fromkeys(request for world in worlds for request in wanted[world])))
            stage = self.stage(number, len(groups) + len(given))
            counts = apart(stage.count_beside(joined.whole, tuple(worlds)), len(worlds))
            for world, whole in zip(worlds, counts, strict=True):
                for request, part in zip(joined.requests, joined.parts(whole), strict=True):
                    if request in wanted[world]:
                        self.counted[request, world] = self, part
        for number, (request, world) in enumerate(given, len(groups)):
            stage = self.stage(number, len(groups) + len(given))
            self.counted[request, world] = self, stage.count_beside(request, (world,))

    def count(self, request: Request, world: World = AS_WRITTEN) -> Counts:
        """Counts over all futures, per reading; they are the same on a cluster."""
        return self._at_hand(request, world) or self.count_beside(request, (world,))

    def _at_hand(self, request: Request, world: World) -> Counts | None:
        futures, counts = self.counted.get((request, world), (None, None))
        return counts if futures is not None and self._are_those(futures) else None

    def _are_those(self, others: Futures) -> bool:
        """Whether these are the same futures, which `replace` may have made others."""
        same = self.model is others.model and self.readings is others.readings
        return same and (self.seed, self.futures) == (others.seed, others.futures)

    def count_beside(self, request: Request, worlds: tuple[World, ...]) -> Counts:
        """The same of several worlds side by side, the readings of one after those of another: see `run.apart`."""
        program = self._program(request, worlds)
        tables, world = self.readings.tables, worlds[0]
        if self.on is not None:
            from estimative.engine.cluster import run_on  # noqa: PLC0415 - an extra, and slow to import

            return run_on(
                self.on,
                self.model,
                tables,
                request,
                world,
                seed=self.seed,
                futures=self.futures,
                progress=self.progress,
                program=program,
            )
        return run(
            self.model,
            tables,
            request,
            world,
            seed=self.seed,
            futures=self.futures,
            threads=self.threads,
            progress=self.progress,
            program=program,
        )

    def _program(self, request: Request, worlds: tuple[World, ...]) -> Program:
        """The program of a request, kept: the same is often asked of other readings of one model."""
        model, program = self._programs.get((request, worlds), (None, None))
        if program is None or model is not self.model:
            program = write_program(self.model, self.readings.tables, request, *worlds)
            self._programs[request, worlds] = self.model, program
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


def ensure_futures(futures: object) -> None:
    """Refuse what is no futures.

    Raises
    ------
    TypeError
        If it is something else, such as the estimate itself.
    """
    if not isinstance(futures, Futures):
        raise TypeError(f"futures are wanted, such as prepare(estimate) gives, not {kind_of(futures)}")
