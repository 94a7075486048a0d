"""The design of readings against independent ones: how much less a mean over them varies.

Both draw readings of the same estimate under many seeds; what varies besides them, the futures, is the same
for both and small. The ratio of two variances from so many replications is known to a factor of two.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from estimative import pipeline
from estimative.engine.run import run
from estimative.model.readings import read
from estimative.model.tables import beneath
from estimative.questions.ask import requests_as_written

if TYPE_CHECKING:
    from estimative.model.tables import Tables
    from estimative.questions.futures import Futures

EXAMPLES = Path(__file__).parents[1] / "docs" / "examples"
READINGS, FUTURES, REPLICATIONS = 128, 2_048, 40


def independent(futures: Futures, seed: int) -> Tables:
    """Each reading the first of a design with a seed of its own."""
    seeds = range(READINGS * seed, READINGS * (seed + 1))
    tables = beneath([read(futures.model, "readers", 1, 1_000_000 + one).tables for one in seeds])
    return replace(tables, numbers=np.arange(READINGS))


def means(futures: Futures, tables: Tables, seed: int) -> np.ndarray:
    """Mean over readings of every question's probability."""
    asked = [one.query for one in futures.estimate.questions]
    (request,) = requests_as_written(futures, asked)
    counts = run(futures.model, tables, request, seed=seed, futures=FUTURES)
    return np.asarray(counts.events[:, ::2].mean(axis=0) / FUTURES)


def main() -> None:
    """Print the ratio of variances for every question of two examples."""
    for name in ("two-roads", "harvest"):
        estimate = pipeline.check(EXAMPLES / name).sound()
        futures = pipeline.prepare(estimate, "readers", pipeline.Size(1, FUTURES))
        seeds = range(REPLICATIONS)
        designed = [
            means(futures, read(futures.model, "readers", READINGS, seed).tables, seed) for seed in seeds
        ]
        alone = [means(futures, independent(futures, seed), seed) for seed in seeds]
        ratios = np.var(alone, axis=0) / np.var(designed, axis=0)
        for question, ratio in zip(estimate.questions, ratios, strict=True):
            print(f"{name:<12} {question.name:<28} {ratio:5.1f} x")


if __name__ == "__main__":
    main()
