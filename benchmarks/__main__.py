"""Runs every benchmark and writes benchmarks/RESULTS.md: ``make bench``."""

from __future__ import annotations

import contextlib
import io
import os
import platform
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import llvmlite.binding as llvm
from benchmarks import engine, questions, read, readings

if TYPE_CHECKING:
    from collections.abc import Callable

RESULTS = Path(__file__).parent / "RESULTS.md"


def told(work: Callable[[], object]) -> str:
    """What a benchmark prints."""
    with contextlib.redirect_stdout(io.StringIO()) as out:
        work()
    return out.getvalue().strip()


def machine() -> str:
    """What seconds depend on: the processor, as the compiler knows it, its widest registers, and how many there are."""
    features = llvm.get_host_cpu_features()
    widest = 512 if features.get("avx512f") else 256 if features.get("avx2") else 128
    name = f"{llvm.get_host_cpu_name()} ({platform.machine()}, registers of {widest} bits)"
    return f"{os.cpu_count()} processors {name}, Python {platform.python_version()}"


def main() -> None:
    """Run all, and write what they print."""
    day = datetime.now(tz=UTC).date()
    parts = [
        f"# Benchmarks\n\nWritten by `make bench` on {day}: {machine()}. Ratios are within one run.",
        "## Engine\n\n" + told(engine.main),
        "## Readings by design against independent ones\n\nVariance of a mean over readings, independent ones by designed"
        " ones:\n\n```\n" + told(readings.main) + "\n```",
        "## Questions on the flagship\n\n```\n" + told(questions.main) + "\n```",
        "## Reading documents\n\n```\n" + told(read.main) + "\n```",
    ]
    RESULTS.write_text("\n\n".join(parts) + "\n", "utf-8")


if __name__ == "__main__":
    main()
