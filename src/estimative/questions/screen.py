"""The screen: a few readings and futures, on which many things are tried before some are judged in full."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from estimative.model.readings import read

if TYPE_CHECKING:
    from estimative.questions.futures import Futures

SCREEN_READINGS, SCREEN_FUTURES = 128, 256
"""Size at which every rewording is tried first: the share of readings is then known to about 4 points."""


def screen(futures: Futures, readings: int = SCREEN_READINGS, each: int = SCREEN_FUTURES) -> Futures:
    """The first readings and futures only, for trying many things: `each` futures in each reading."""
    count = min(readings, futures.readings.tables.readings)
    return replace(
        futures,
        readings=read(futures.model, futures.readings.lens, count, futures.seed),
        futures=min(each, futures.futures),
        progress=None,
    )
