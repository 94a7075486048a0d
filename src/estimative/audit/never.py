"""What never happens: which of the things that rules of the audit watch come about in no future of any reading."""

from __future__ import annotations

from typing import TYPE_CHECKING

from estimative.engine.request import Monitor, Request
from estimative.model.guards import Holds
from estimative.questions.screen import first

if TYPE_CHECKING:
    from collections.abc import Sequence

    from estimative.questions.futures import Futures

SCREEN = 128, 256
"""Readings, and futures in each, looked at first: few futures show most of what can happen."""


def unseen(futures: Futures, watched: Sequence[Monitor]) -> tuple[Monitor, ...]:
    """Those of some monitors that say yes in none of the first futures; all of them where the first are all."""
    small = first(futures, *SCREEN)
    if 2 * _whole(small) > _whole(futures):
        return tuple(watched)
    return never(small, watched)


def _whole(futures: Futures) -> int:
    return futures.readings.tables.readings * futures.futures


def request_of(watched: Sequence[Monitor]) -> Request:
    """What is counted to know which of some monitors never say yes."""
    events = tuple(Holds(number, frozenset({1})) for number in range(len(watched)))
    return Request(monitors=tuple(watched), events=events)


def never(futures: Futures, watched: Sequence[Monitor]) -> tuple[Monitor, ...]:
    """Those of some monitors that say yes in no future of any reading."""
    if not watched:
        return ()
    seen = futures.count(request_of(watched)).events.sum(axis=0)
    return tuple(monitor for monitor, times in zip(watched, seen, strict=True) if not times)
