"""The same counts to the bit: whatever the threads, parts, processes, settings and compiler."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from estimative.engine import budget
from estimative.engine.dice import ENGINE_VERSION
from estimative.engine.slow import run_slow
from support.digests import REQUEST, WORLDS, digest, digests, everything

TESTS = Path(__file__).parent.parent
GOLDEN = Path(__file__).parent / "golden_digests.json"


@pytest.fixture(scope="module")
def usual() -> dict[str, str]:
    return digests()


def test_the_digests_are_those_of_this_engine_version(usual: dict[str, str]) -> None:
    """A change here means that futures have changed: then the engine version must, too."""
    golden = json.loads(GOLDEN.read_text(encoding="ascii"))
    assert golden == {"engine version": ENGINE_VERSION, **usual}


def test_the_slow_engine_has_the_same_digests(usual: dict[str, str]) -> None:
    model, tables = everything()
    for name, world in WORLDS.items():
        counts = run_slow(model, tables, REQUEST, world, seed=1984, futures=700)
        assert digest(counts) == usual[f"{name}, seed 1984"]


def test_other_futures_have_other_digests(usual: dict[str, str]) -> None:
    """The twin: the digests see seeds, worlds, and a single future more."""
    assert len(set(usual.values())) == len(usual)
    assert not set(digests(futures=701).values()) & set(usual.values())


@pytest.mark.parametrize("threads", [1, 2, 5])
@pytest.mark.parametrize(("widest", "part"), [(1, 1), (1, 1 << 40), (3, 1 << 20), (128, 1)])
def test_threads_and_parts_do_not_matter(
    threads: int, widest: int, part: int, usual: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(budget, "WIDEST", widest)
    monkeypatch.setattr(budget, "PART", part)
    assert digests(threads=threads) == usual


SETTINGS = {
    "interpreted": {"NUMBA_DISABLE_JIT": "1"},
    "hash seed 0": {"PYTHONHASHSEED": "0"},
    "hash seed 1": {"PYTHONHASHSEED": "1", "LC_ALL": "C"},
    "Turkish": {"LC_ALL": "tr_TR.UTF-8", "TZ": "Asia/Kathmandu"},
}


def test_processes_and_settings_do_not_matter() -> None:
    """All at once, since most of the time goes into starting; few futures, for the interpreted kernel."""
    expected = digests(futures=100)
    running = {
        name: subprocess.Popen(
            [sys.executable, "-W", "error", "-m", "support.digests", "100"],
            env={**os.environ, "PYTHONPATH": str(TESTS), **setting},
            stdout=subprocess.PIPE,
            text=True,
        )
        for name, setting in SETTINGS.items()
    }
    for name, process in running.items():
        printed, _ = process.communicate(timeout=300)
        assert process.returncode == 0, name
        assert dict(line.split(": ") for line in printed.splitlines()) == expected, name
