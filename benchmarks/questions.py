"""Time of each question on the shipped estimate, warm, and against the plain forecast in the same run."""

from __future__ import annotations

import gc
import statistics
import time
from typing import TYPE_CHECKING

from estimative import pipeline
from estimative.arguments import shipped
from estimative.doors.cli import RECORDS
from estimative.estimate.queries import Probability

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from estimative.estimate.nodes import Claim
    from estimative.questions.futures import Futures

NAME = "soviet-dprk-1984"
OUTCOME = "P(ever relationship >= substantially-improved by 1989)"
DO = "do(kim-dies at 1986)"
FAILING = "crisis-brings-some-change"
"""A claim that does not follow, for `repair` and `flips`."""

SHAPES = {"64 x 16,384": (64, 16_384), "1,024 x 1,024": (1_024, 1_024)}
"""A million futures: in as many readings as this estimate is run with unless told otherwise, and in many."""

ROUNDS = {"64 x 16,384": 3, "1,024 x 1,024": 1}

SMALL = 64, 512
"""Futures of a round that warms up."""

TENTH = 64, 1_600
"""A tenth of them, for what-if."""

WANTED = {
    "forecast": 2.0,
    "audit": 2.0,
    "hinges": 5.0,
    "why": 10.0,
    "paths": 10.0,
    "watch": 10.0,
    "repair of one claim": 30.0,
    "what-if": 0.5,
}
"""Seconds that a question may take; what-if by a tenth of the futures."""


def prepared(readings: int, futures: int, *, signals: bool = False) -> tuple[Futures, Probability]:
    """Futures that nothing was asked of yet, and the outcome that they will be asked about."""
    estimate = pipeline.check(shipped()[NAME]).sound()
    asked, problems = pipeline.query(estimate, OUTCOME)
    if not isinstance(asked, Probability):
        raise TypeError(problems)
    size = pipeline.Size(readings, futures)
    return pipeline.prepare(estimate, "readers", size, [asked], signals=signals), asked


def what_if(futures: Futures, outcome: Probability) -> object:
    """One intervention."""
    made, problems = pipeline.supposition(futures.estimate, outcome, DO)
    if made is None:
        raise ValueError(problems)
    return pipeline.what_if(futures, [outcome], [made])


def failing(futures: Futures) -> Claim:
    """The claim that is to be repaired."""
    return next(claim for claim in futures.estimate.claims if claim.name == FAILING)


QUESTIONS: Mapping[str, Callable[[Futures, Probability], object]] = {
    "forecast": lambda futures, _: pipeline.forecast(futures),
    "run, all it asks and claims": lambda futures, _: pipeline.run(futures),
    "claims": lambda futures, _: pipeline.claims(futures),
    "audit": lambda futures, _: pipeline.audit([pipeline.look(futures)]),
    "ask": lambda futures, outcome: pipeline.ask(futures, [outcome]),
    "hinges": lambda futures, outcome: pipeline.hinges(futures, [outcome]),
    "why": lambda futures, outcome: pipeline.why(futures, [outcome]),
    "what-if": what_if,
    "paths": pipeline.paths,
    "watch": pipeline.watch,
    "repair of one claim": lambda futures, _: pipeline.repair(futures, failing(futures)),
    "flips of one claim": lambda futures, _: pipeline.flips(futures, [failing(futures)]),
    "choices": lambda futures, _: pipeline.choices(futures),
    "trends": lambda futures, _: pipeline.trends(futures),
}
"""What is timed; add a line for a new question."""


def seconds(
    question: Callable[[Futures, Probability], object], size: tuple[int, int], rounds: int
) -> tuple[float, float]:
    """Seconds by the clock and of both cores, medians of rounds with futures that nothing was asked of yet.

    A small round comes first, which does not count: it imports what the question needs. Dead records are looked for
    between rounds, and in them as seldom as the commands do.
    """
    taken = []
    gc.set_threshold(RECORDS)
    for shape in (SMALL, *(size for _ in range(rounds))):
        futures, outcome = prepared(*shape, signals=question is pipeline.watch)
        gc.collect()
        start = time.perf_counter(), time.process_time()
        question(futures, outcome)
        taken.append((time.perf_counter() - start[0], time.process_time() - start[1]))
    clock, cores = zip(*taken[1:], strict=True)
    return statistics.median(clock), statistics.median(cores)


def table(shape: str) -> None:
    """Print one line a question: seconds, and times the forecast."""
    base = None
    print(f"{shape:<28} {'clock':>8} {'cores':>9} {'forecast':>10} {'wanted':>9}")
    for name, question in QUESTIONS.items():
        size = TENTH if question is what_if else SHAPES[shape]
        clock, cores = seconds(question, size, ROUNDS[shape])
        base = base or clock
        wanted = f"{WANTED[name]:7.1f} s" if name in WANTED else ""
        print(f"{name:<28} {clock:6.2f} s {cores:7.2f} s {clock / base:8.1f} x {wanted}".rstrip(), flush=True)


def main() -> None:
    """Print a table for each shape."""
    for shape in SHAPES:
        table(shape)
        print()


if __name__ == "__main__":
    main()
