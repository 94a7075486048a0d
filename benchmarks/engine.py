"""The engine against others on the same network, against its own ceiling, and how its cost grows.

Everything is a median of five rounds; in each round all contenders run once, in turn, so that a ratio
compares what ran beside each other.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.ceiling import kernel_without_dice
from benchmarks.network import STEPS, VARIABLES, Network, as_model, network
from benchmarks.peers import peers

from estimative.engine.budget import plan
from estimative.engine.program import write_program
from estimative.engine.request import Monitor, Request, Watch, World
from estimative.engine.run import Job, finished, run
from estimative.model.guards import Holds

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from estimative.model.model import Model
    from estimative.model.tables import Tables

ROUNDS = 5
READINGS, FUTURES = 64, 8_192

ON = frozenset({1})
QUESTION = Request((Monitor(Watch.EVER, Holds(3, ON), 0, STEPS),), (Holds(0, ON),))
"""One question: does a variable ever hold."""

ONE, TWO, CEILING = "Estimative, one thread", "Estimative, two threads", "the same without dice, one thread"

TARGETS = {
    "pyAgrum sampling": 1_000.0,
    "pgmpy simulate": 1_000.0,
    "EMA Workbench, vectorised NumPy model": 100.0,
    "JAX, scan compiled for the CPU": 15.0,
}
"""How many times faster one thread is meant to be."""


def medians(works: Mapping[str, tuple[int, Callable[[], object]]]) -> dict[str, float]:
    """Futures a second of each, as the median of rounds in which each runs once; one round does not count."""
    rates: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(ROUNDS + 1):
        for name, (futures, work) in works.items():
            start = time.perf_counter()
            work()
            rates[name].append(futures / (time.perf_counter() - start))
    return {name: statistics.median(several[1:]) for name, several in rates.items()}


def engine(model: Model, tables: Tables, futures: int, threads: int) -> tuple[int, Callable[[], object]]:
    """Futures of one run of the engine, and the run."""
    return tables.readings * futures, lambda: run(
        model, tables, QUESTION, seed=1, futures=futures, threads=threads
    )


def without_dice(model: Model, tables: Tables, futures: int) -> tuple[int, Callable[[], object]]:
    """The same run by the kernel that throws no dice."""
    program = write_program(model, tables, QUESTION, World())
    job = replace(Job.of(program, tables, 1), kernel=kernel_without_dice())
    work = plan(program, tables, futures, 1)
    return tables.readings * futures, lambda: [*finished(job, work, 1, None)]


def check_agreement(net: Network, model: Model, tables: Tables) -> None:
    """Refuse to compare what does not simulate the same network.

    Raises
    ------
    ValueError
        If a peer's share of conditions that hold at the end is not the engine's.
    """
    counts = run(model, tables.block(0, 1), Request(levels=True), seed=1, futures=100_000)
    ours = float(counts.levels[0, -1, 1::2].sum()) / 100_000 / net.variables
    for name, peer in peers(net).items():
        theirs = peer.share()
        if abs(theirs - ours) > 0.01:
            raise ValueError(f"{name} simulates another network: {theirs} for {ours}")


def table() -> list[str]:
    """Rows of the comparison."""
    net = network(readings=READINGS)
    model, tables = as_model(net)
    check_agreement(net, model, tables)
    works = {
        ONE: engine(model, tables, FUTURES, 1),
        TWO: engine(model, tables, FUTURES, 2),
        CEILING: without_dice(model, tables, FUTURES),
        **{name: (peer.futures, peer.run) for name, peer in peers(net).items()},
    }
    rates = medians(works)
    found = ["| | futures a second | Estimative, one thread, against it | wanted |", "|---|---|---|---|"]
    for name, rate in rates.items():
        ratio = f"{rates[ONE] / rate:,.2f} x" if rates[ONE] < 10 * rate else f"{rates[ONE] / rate:,.0f} x"
        wanted = {CEILING: "0.5 x", TWO: "0.59 x"}.get(name, "")
        if name in TARGETS:
            wanted = f"{TARGETS[name]:,.0f} x"
        found.append(f"| {name} | {rate:,.0f} | {ratio} | {wanted} |")
    return [*found, "", f"Two threads are {rates[TWO] / rates[ONE]:.2f} times one (wanted: 1.7)."]


def curves() -> list[str]:
    """How the time of a run grows with each size, in milliseconds."""
    sizes: dict[str, list[tuple[int, tuple[int, Callable[[], object]]]]] = {
        "variables": [(n, sized(variables=n)) for n in (20, 40, 80, 160)],
        "steps": [(n, sized(steps=n)) for n in (10, 20, 40, 80)],
        "readings": [(n, sized(readings=n)) for n in (32, 64, 128, 256)],
        "futures": [(n, sized(futures=n)) for n in (4_096, 8_192, 16_384, 32_768)],
    }
    found = ["| | | | | |", "|---|---|---|---|---|"]
    for name, several in sizes.items():
        rates = medians({str(size): work for size, work in several})
        cells = [f"{size:,}: {1e3 * work[0] / rates[str(size)]:,.0f} ms" for size, work in several]
        found.append(f"| {name} | " + " | ".join(cells) + " |")
    return found


def sized(
    variables: int = VARIABLES, steps: int = STEPS, readings: int = READINGS, futures: int = FUTURES
) -> tuple[int, Callable[[], object]]:
    """A run of one thread of another size."""
    return engine(*as_model(network(variables, steps, readings)), futures, 1)


SOURCE = Path(__file__).parent.parent / "src"

MEMORY = """
from pathlib import Path
from estimative import pipeline
from estimative.arguments import shipped
estimate = pipeline.check(shipped()["soviet-dprk-1984"]).sound()
asked, _ = pipeline.query(estimate, "P(ever relationship >= substantially-improved by 1989)")
ready = pipeline.prepare(estimate, "readers", pipeline.Size(1000, 10_000), [asked])
(answer,) = pipeline.ask(ready, [asked])
status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
print(round(int(status["VmHWM"].split()[0]) / 1024))
"""
"""The most memory that this program has had: `getrusage` would count what the benchmark had when it started it."""

FIRST_STEP = """
from estimative import pipeline
from estimative.arguments import shipped
estimate = pipeline.check(shipped()["soviet-dprk-1984"]).sound()
ready = pipeline.prepare(estimate, "readers", pipeline.Size(256, 64))
asked, _ = pipeline.query(estimate, "P(ever relationship >= substantially-improved by 1989)")
pipeline.ask(ready, [asked])
"""


def seconds_of(command: list[str]) -> float:
    """Median seconds of a command from its start to its end, the first time not counted."""
    taken = []
    for _ in range(ROUNDS + 1):
        start = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        taken.append(time.perf_counter() - start)
    return statistics.median(taken[1:])


def from_outside() -> list[str]:
    """Start-up and memory, as whoever runs the program meets them."""
    command = str(Path(sys.executable).with_name("estimative"))
    subprocess.run([sys.executable, "-m", "compileall", "-q", str(SOURCE)], check=True)
    checked = seconds_of([command, "check", "soviet-dprk-1984"])
    started = seconds_of([sys.executable, "-c", FIRST_STEP])
    # The engine is compiled by now: compiling takes more memory than running.
    memory = subprocess.run([sys.executable, "-c", MEMORY], check=True, stdout=subprocess.PIPE, text=True)
    return [
        "| | | wanted |",
        "|---|---|---|",
        f"| `estimative check` of the flagship | {checked:.2f} s | under 0.4 s |",
        f"| start of Python to the end of a first, small run of it | {started:.2f} s | under 2 s |",
        f"| memory of ten million futures of it, asked one question | {int(memory.stdout):,} MB | under 600 MB |",
    ]


def lines() -> list[str]:
    """The report."""
    rules = sum(len(parents) + 1 for parents in network(readings=1).parents)
    load = os.getloadavg()[0]
    workload = (
        f"{VARIABLES} conditions, {STEPS} steps, {rules} rules (three parents and an end on average),"
        f" {READINGS} readings with different numbers, {FUTURES:,} futures in each; load average of the"
        f" machine {load:.1f}. Medians of {ROUNDS}, all in turn."
    )
    return [
        workload,
        "",
        *table(),
        "",
        "Time of a run on one thread as each size doubles:",
        "",
        *curves(),
        "",
        *from_outside(),
    ]


def main() -> None:
    """Print the report."""
    sys.stdout.write("\n".join(lines()) + "\n")


if __name__ == "__main__":
    main()
