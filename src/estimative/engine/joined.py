"""Several requests as one: about one world, whose futures are simulated once, or about worlds side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from estimative.engine.request import Counts, Monitor, Request
from estimative.model.guards import renumbered

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True)
class Joined:
    """Requests that are counted together.

    Parameters
    ----------
    requests
        What was asked; none of them has a condition for what it counts (`Request.given`).
    whole
        What is counted.
    """

    requests: tuple[Request, ...]
    whole: Request

    @classmethod
    def of(cls, requests: Sequence[Request]) -> Joined:
        """Requests joined; equal monitors are carried once.

        Raises
        ------
        ValueError
            If one of them counts only futures in which something is given.
        """
        if any(request.given is not None for request in requests):
            raise ValueError("futures that are given are not those of another request")
        monitors: dict[Monitor, int] = {}
        events = []
        for request in requests:
            new = {n: monitors.setdefault(one, len(monitors)) for n, one in enumerate(request.monitors)}
            events += [renumbered(event, new) for event in request.events]
        whole = Request(
            monitors=tuple(monitors),
            events=tuple(events),
            shares=tuple(share for request in requests for share in request.shares),
            levels=any(request.levels for request in requests),
            firsts=tuple(first for request in requests for first in request.firsts),
        )
        return cls(tuple(requests), whole)

    def parts(self, counts: Counts) -> tuple[Counts, ...]:
        """The counts of each request, from those of the whole."""
        found = []
        event = share = first = 0
        for request in self.requests:
            events = slice(event, event := event + len(request.events))
            shares = slice(share, share := share + len(request.shares))
            firsts = slice(first, first := first + len(request.firsts))
            part = Counts(
                futures=counts.futures,
                # Not views, which would keep all counts of all requests.
                events=counts.events[:, events].copy(),
                given=counts.given,
                shares=counts.shares[:, shares].copy(),
                levels=counts.levels if request.levels else counts.levels[:, :, :0],
                firsts=counts.firsts[:, firsts].copy(),
                offsets=counts.offsets,
            )
            found.append(part)
        return tuple(found)
