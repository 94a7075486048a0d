"""What every command that simulates has in common: an estimate, lenses, and how much to simulate."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import wraps
from typing import TYPE_CHECKING, Literal, TypeVar

import click

from estimative import arguments, pipeline, sizes
from estimative.doors.options import file_argument
from estimative.doors.output import print_problems, progress, waiting
from estimative.places.problem import EstimateHasErrors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from estimative.estimate.nodes import Claim, Estimate
    from estimative.estimate.queries import Query
    from estimative.questions.futures import Futures
    from estimative.show.setting import Setting
    from estimative.words.vocabulary import Lens

Answer = TypeVar("Answer")

Lenses = Literal["readers", "author", "both"]

TRIED = 1_024
"""Futures in a reading, where none are asked for and many wordings are tried: known to a point and a half."""


@dataclass(frozen=True)
class Simulation:
    """What the analyst asked to simulate, and through which lenses."""

    file: Path
    lens: Lenses
    size: pipeline.Size

    @property
    def lenses(self) -> tuple[Lens, ...]:
        """Lenses to look through, the leading one first."""
        return pipeline.LENSES if self.lens == "both" else (self.lens,)

    @property
    def trying(self) -> Simulation:
        """The same for a command that tries many wordings."""
        return replace(self, size=replace(self.size, futures=self.size.futures or TRIED))

    def estimate(self) -> Estimate:
        """The estimate; its warnings are printed.

        Raises
        ------
        EstimateHasErrors
            If it cannot run.
        """
        checked = pipeline.check(self.file)
        estimate = checked.sound()
        print_problems([problem for problem in checked.problems if problem.severity == "warning"])
        return estimate

    def through(
        self,
        estimate: Estimate,
        answer: Callable[[Futures], Answer],
        queries: Sequence[Query] = (),
        lenses: Sequence[Lens] = (),
        *,
        signals: bool = False,
    ) -> list[tuple[Setting, Answer]]:
        """What `answer` gives for the futures of each lens, and under what, with a progress bar."""
        from estimative.show.setting import Setting

        if self.size.on is None:
            pipeline.engine_ready(lambda: waiting("Compiling the engine, once on this machine..."))
        found: list[tuple[Setting, Answer]] = []
        for lens in lenses or self.lenses:
            with progress(f"Simulating, lens {lens}") as tell:
                futures = pipeline.prepare(estimate, lens, self.size, queries, tell, signals=signals)
                with _explained(self.size):
                    found.append((Setting.of(futures), answer(futures)))
        return found

    def leading(
        self,
        estimate: Estimate,
        answer: Callable[[Futures], Answer],
        queries: Sequence[Query] = (),
        *,
        signals: bool = False,
    ) -> tuple[Setting, Answer]:
        """The same through the leading lens alone."""
        return self.through(estimate, answer, queries, self.lenses[:1], signals=signals)[0]


@contextmanager
def _explained(size: pipeline.Size) -> Iterator[None]:
    """Say what an analyst can do about what stops a simulation."""
    from estimative.engine.budget import WouldNotFit
    from estimative.engine.cluster import OtherEngineError

    try:
        yield
    except WouldNotFit as reason:
        fewer = "--readings" if reason.readings else "--threads"
        raise click.UsageError(f"{reason} Use fewer {fewer}.") from None
    except OSError as reason:
        if size.on is None:
            raise
        raise click.UsageError(f"no cluster answers at {size.on}: {reason}") from None
    except OtherEngineError as reason:
        raise click.UsageError(f"{reason}; all of them need the same.") from None
    except ModuleNotFoundError as missing:
        if missing.name != "distributed":
            raise
        raise click.UsageError("--on needs Dask: pip install 'estimative[cluster]'") from None


def queries_of(estimate: Estimate, texts: Sequence[str]) -> tuple[Query, ...]:
    """Queries as they were typed.

    Raises
    ------
    EstimateHasErrors
        If one of them cannot be asked of this estimate.
    """
    read = [pipeline.query(estimate, text) for text in texts]
    problems = [problem for _, found in read for problem in found]
    if any(problem.severity == "error" for problem in problems):
        raise EstimateHasErrors(problems)
    print_problems(problems)
    return tuple(query for query, _ in read if query is not None)


def claims_of(estimate: Estimate, names: Sequence[str]) -> list[Claim]:
    """Claims that are named, or else all that have a test.

    Raises
    ------
    UsageError
        If one of them is not made, or cannot be tested.
    """
    try:
        return list(arguments.claims(estimate, names or [one.name for one in estimate.claims if one.test]))
    except LookupError as wrong:
        raise click.UsageError(str(wrong)) from None


def simulated(function: Callable[..., None]) -> Callable[..., None]:
    """Give a command FILE, ``--lens``, ``--readings``, ``--futures``, ``--seed``, ``--threads`` as `simulation`."""

    @wraps(function)
    def packed(
        *,
        file: Path,
        lens: Lenses,
        readings: int | None,
        futures: int | None,
        seed: int,
        threads: int | None,
        on: str | None,
        **others: object,
    ) -> None:
        try:
            size = pipeline.Size(readings, futures, seed, threads, on)
        except ValueError as wrong:
            raise click.UsageError(str(wrong)) from None
        function(simulation=Simulation(file, lens, size), **others)

    return file_argument(_size_options(packed))


def _size_options(function: Callable[..., None]) -> Callable[..., None]:
    for option in reversed(
        (
            click.option(
                "--lens",
                type=click.Choice(["readers", "author", "both"]),
                default="both",
                show_default=True,
                help="Words as surveyed readers take them, or inside the standard's own ranges.",
            ),
            click.option(
                "--readings",
                type=click.IntRange(1, sizes.MOST_READINGS),
                help="Ways to read the words.  [default: what the estimate needs]",
            ),
            click.option(
                "--futures",
                type=click.IntRange(1, sizes.MOST_FUTURES),
                help="Futures simulated in each reading.  [default: what the estimate needs]",
            ),
            click.option(
                "--seed",
                type=click.IntRange(min=0),
                default=1984,
                show_default=True,
                help="The same seed gives the same futures.",
            ),
            click.option(
                "--threads",
                type=click.IntRange(min=1),
                help="Processor cores to use.  [default: all]",
            ),
            click.option(
                "--on",
                metavar="ADDRESS",
                help="Run on the Dask cluster at this address, such as tcp://10.0.0.1:8786.",
            ),
        )
    ):
        function = option(function)
    return function
