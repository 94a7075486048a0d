"""What never happens: which of many things holds in no future of any reading."""

from __future__ import annotations

from typing import TYPE_CHECKING

from estimative.engine.request import Monitor, Request
from estimative.model.guards import Holds
from estimative.questions.screen import first

if TYPE_CHECKING:
    from collections.abc import Sequence

    from estimative.questions.futures import Futures

SCREEN = 128, 256
"""Readings, and futures in each, looked at first: it is one run, so it need not be small."""


def never(futures: Futures, watched: Sequence[Monitor]) -> tuple[bool, ...]:
    """Whether each monitor says yes in no future of any reading.

    A few futures show most of what can happen; all of them are asked only about the rest.
    """
    left = [number for number, yes in enumerate(_counted(first(futures, *SCREEN), watched)) if not yes]
    in_full = dict(zip(left, _counted(futures, [watched[number] for number in left]), strict=True))
    return tuple(in_full.get(number, 1) == 0 for number in range(len(watched)))


def _counted(futures: Futures, watched: Sequence[Monitor]) -> list[int]:
    """Futures of all readings in which each monitor says yes."""
    if not watched:
        return []
    monitors = tuple(dict.fromkeys(watched))
    request = Request(monitors=monitors, events=tuple(Holds(n, frozenset({1})) for n in range(len(monitors))))
    found = futures.count(request).events.sum(axis=0)
    return [int(found[monitors.index(monitor)]) for monitor in watched]


def in_futures(futures: Futures) -> str:
    """How many futures were looked at: ``in none of 1,024,000 futures``."""
    return f"in none of {futures.readings.tables.readings * futures.futures:,} futures"
