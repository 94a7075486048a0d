"""The engine against plain vectorised NumPy on the same workload, two threads against one, and how cost grows.

The workload: conditions that come about by a leak and by three parents on average (noisy-or), and that end again;
parameters different in every reading. Ratios are taken in one run, each a median of five.
"""

from __future__ import annotations

import resource
import statistics
import sys
import time
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from estimative.engine.request import Request
from estimative.engine.run import run
from estimative.model.guards import TRUE, Guard, Holds
from estimative.model.model import Effect, Kind, Model, Rule, Variable
from estimative.model.tables import RuleTable, Tables, thresholds
from estimative.places.calendar import Calendar
from estimative.words.meaning import Exactly

if TYPE_CHECKING:
    from collections.abc import Callable

SEED = 1984
PARENTS = 3
ROUNDS = 5


def workload(variables: int = 40, steps: int = 20, readings: int = 256) -> tuple[Model, Tables]:
    """A model of conditions with random parents, and tables with other numbers in every reading."""
    rng = np.random.default_rng(SEED)
    rules = []
    for number in range(variables):
        count = min(variables - 1, int(rng.integers(2, 2 * PARENTS - 1)))
        parents = rng.choice(variables, count, replace=False)
        causes: list[Guard] = [TRUE, *(Holds(int(parent), frozenset({1})) for parent in parents)]
        for place, guard in enumerate(causes):
            rules.append(_rule(f"v{number}.becomes.{place}", number, Effect.BECOMES, guard, steps))
        rules.append(_rule(f"v{number}.ends", number, Effect.ENDS, TRUE, steps))
    known = tuple(Variable(f"v{n}", Kind.CONDITION, ("no", "yes")) for n in range(variables))
    model = Model("b40", Calendar.of(date(2000, 1, 1), 12 * steps, "year"), "ordinary", known, tuple(rules))
    tables = tuple(RuleTable(thresholds(rng.uniform(0.01, 0.15, (readings, 1, 1)))) for _ in rules)
    return model, Tables(np.arange(readings), tables, (), ())


def _rule(name: str, variable: int, effect: Effect, guard: Guard, steps: int) -> Rule:
    return Rule(name, variable, effect, guard, 1, steps, 1, Exactly(0.1))


def in_numpy(model: Model, tables: Tables, futures: int, rng: np.random.Generator) -> float:
    """The same model by arrays of futures, one reading at a time; answers a mean so that nothing is left out."""
    total = 0.0
    for row in range(tables.readings):
        state = np.zeros((len(model.variables), futures), np.bool_)
        for _ in range(model.calendar.steps):
            fired = np.zeros_like(state)
            ended = np.zeros_like(state)
            for rule, table in zip(model.rules, tables.rules, strict=True):
                chance = float(table.thresholds[row, 0, 0]) / 2**32
                hit = rng.random(futures, np.float32) < chance
                if isinstance(rule.guard, Holds):
                    hit &= state[rule.guard.variable]
                (fired if rule.effect is Effect.BECOMES else ended)[rule.variable] |= hit
            state = (state & ~ended) | (~state & fired)
        total += float(state.mean())
    return total / tables.readings


def median_of(work: Callable[[], object]) -> float:
    """Median seconds of some rounds, after one that does not count."""
    work()
    taken = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def rate(model: Model, tables: Tables, futures: int, threads: int = 1) -> float:
    """Futures a second."""
    request = Request(levels=True)
    seconds = median_of(lambda: run(model, tables, request, seed=SEED, futures=futures, threads=threads))
    return tables.readings * futures / seconds


def lines() -> list[str]:
    """Rows of the report."""
    model, tables = workload()
    one, two = rate(model, tables, 2_048), rate(model, tables, 2_048, threads=2)
    few = tables.block(0, 8)
    rng = np.random.default_rng(SEED)
    numpy = few.readings * 2_048 / median_of(lambda: in_numpy(model, few, 2_048, rng))
    found = [
        "| what | futures a second | ratio |",
        "|---|---|---|",
        f"| vectorised NumPy, one thread | {numpy:,.0f} | 1 |",
        f"| the engine, one thread | {one:,.0f} | {one / numpy:.0f} x NumPy |",
        f"| the engine, two threads | {two:,.0f} | {two / one:.2f} x one thread |",
        "",
        "Cost of one future (microseconds, one thread), as each size doubles:",
        "",
        "| | half | as above | double |",
        "|---|---|---|---|",
    ]
    sizes = {
        "variables": [workload(variables=n) for n in (20, 40, 80)],
        "steps": [workload(steps=n) for n in (10, 20, 40)],
        "readings": [workload(readings=n) for n in (128, 256, 512)],
    }
    for name, several in sizes.items():
        costs = [1e6 / rate(*one_size, 1_024) for one_size in several]
        found.append(f"| {name} | " + " | ".join(f"{cost:.3f}" for cost in costs) + " |")
    costs = [1e6 / rate(model, tables, futures) for futures in (1_024, 2_048, 4_096)]
    found.append("| futures | " + " | ".join(f"{cost:.3f}" for cost in costs) + " |")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return [*found, "", f"Largest memory of the process: {peak:,.0f} MB."]


def main() -> None:
    """Print the report."""
    sys.stdout.write("\n".join(lines()) + "\n")


if __name__ == "__main__":
    main()
