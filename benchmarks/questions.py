"""Time of each question against the plain forecast, warm, on the shipped estimate."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from estimative import pipeline
from estimative.doors.options import shipped
from estimative.estimate.queries import Probability
from estimative.language.expressions import parse_do, parse_query
from estimative.questions.flips import flips
from estimative.questions.hinges import hinges
from estimative.questions.what_if import Supposition, what_if
from estimative.questions.why import why

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from estimative.questions.futures import Futures

NAME = "soviet-dprk-1984"
OUTCOME = "P(ever relationship >= substantially-improved by 1989)"
DO = "do(kim-dies at 1986)"


def questions(outcome: Probability) -> Mapping[str, Callable[[Futures], object]]:
    """What is timed, by name; add a line for a new question."""
    supposed = Supposition(DO, parse_do(DO)[0])
    return {
        "forecast": pipeline.forecast,
        "hinges": lambda futures: hinges(futures, [outcome]),
        "why": lambda futures: why(futures, [outcome]),
        "what-if": lambda futures: what_if(futures, [outcome], [supposed]),
        "audit": lambda futures: pipeline.audit([pipeline.look(futures)]),
        "repair of one claim": lambda futures: pipeline.repair(futures, futures.estimate.claims[0]),
        "flips of one claim": lambda futures: flips(futures, futures.estimate.claims[:1]),
    }


def main(readings: int = 1_024, futures: int = 1_024) -> None:
    """Print one line a question: seconds, and times the forecast."""
    estimate = pipeline.check(shipped()[NAME]).sound()
    outcome, problems = parse_query(OUTCOME)
    if not isinstance(outcome, Probability):
        raise TypeError(problems)
    ready = pipeline.prepare(estimate, "readers", pipeline.Size(readings, futures))
    pipeline.forecast(ready)
    base = None
    for name, question in questions(outcome).items():
        start = time.perf_counter()
        question(ready)
        taken = time.perf_counter() - start
        base = base or taken
        print(f"{name:<20} {taken:8.2f} s {taken / base:8.1f} x")


if __name__ == "__main__":
    main()
