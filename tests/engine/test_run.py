"""A run from outside: its progress, an interrupt, and empty things."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest

from estimative.engine import budget
from estimative.engine.request import Request
from estimative.engine.run import run
from estimative.model.guards import FALSE, TRUE
from support.chains import condition, model_of, tables_of
from support.digests import REQUEST, everything

TESTS = Path(__file__).parent.parent


def test_progress_goes_up_to_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budget, "PART", 1)
    monkeypatch.setattr(budget, "WIDEST", 1)
    model, tables = everything()
    shares: list[float] = []
    run(model, tables, REQUEST, seed=1, futures=640, progress=shares.append)
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert len(shares) > 2


def test_what_fails_in_progress_stops_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """As an interrupt does: nothing goes on behind it."""
    monkeypatch.setattr(budget, "PART", 1)
    model, tables = everything()

    def stop(_: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(model, tables, REQUEST, seed=1, futures=64_000, progress=stop)
    assert not [thread for thread in threading.enumerate() if "ThreadPoolExecutor" in thread.name]


LONG = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background jobs ignore it
import sys
from estimative.engine.run import run
from support.digests import REQUEST, everything
model, tables = everything()
run(model, tables, REQUEST, seed=1, futures=64)
started = False
def progress(share):
    global started
    if not started:
        started = True
        print("running", flush=True)
run(model, tables, REQUEST, seed=1, futures=10**11, progress=progress)
"""


def test_an_interrupt_ends_a_run_of_hours() -> None:
    """Python ends at once on an interrupt that nobody handles; so does the run, with its threads."""
    process = subprocess.Popen(
        [sys.executable, "-c", LONG],
        env={**os.environ, "PYTHONPATH": str(TESTS)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "running\n"
    process.send_signal(signal.SIGINT)
    try:
        _, errors = process.communicate(timeout=120)
    finally:
        process.kill()
    assert process.returncode == -signal.SIGINT
    assert errors.rstrip().endswith("KeyboardInterrupt")


def test_nothing_asked_of_nothing() -> None:
    """A model without variables runs, and counts its futures."""
    model = model_of(3, [])
    counts = run(model, tables_of([]), Request(firsts=(TRUE, FALSE), levels=True), seed=1, futures=70)
    assert counts.given.tolist() == [70]
    assert counts.events.shape == (1, 0)
    assert counts.levels.shape == (1, 4, 0)
    assert counts.firsts.tolist() == [[[70, 0, 0, 0, 0], [0, 0, 0, 0, 70]]]


def test_a_model_in_which_nothing_moves() -> None:
    model = model_of(2, [condition("on", start=1), condition("off")])
    counts = run(model, tables_of([]), Request(levels=True), seed=1, futures=5)
    assert counts.levels.tolist() == [[[0, 5, 5, 0]] * 3]
    assert counts.offsets == (0, 2)
    assert counts.levels.dtype == np.int64
