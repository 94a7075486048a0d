"""Where the boxes of a diagram stand: in columns from causes to outcomes, with few crossings.

The usual four steps (Sugiyama, Tagawa and Toda 1981, doi:10.1109/TSMC.1981.4308636): turn the arrows
that close a circle, give each box a column, order each column by the middle of its neighbours, place.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SWEEPS = 24
"""Passes over the columns; more change nothing on a hundred boxes."""

Arrow = tuple[str, str]


@dataclass(frozen=True)
class Layout:
    """Columns of boxes and the routes of arrows.

    Parameters
    ----------
    column, row
        Column (0 is leftmost) and height of each box, heights in rows.
    routes
        For each arrow the (column, row) places it passes, its ends included.
    columns, rows
        Size of the whole.
    """

    column: Mapping[str, int]
    row: Mapping[str, float]
    routes: Mapping[Arrow, tuple[tuple[int, float], ...]]
    columns: int
    rows: float


def lay_out(names: Sequence[str], arrows: Sequence[Arrow]) -> Layout:
    """Layout of boxes and arrows; the same input gives the same layout.

    >>> layout = lay_out(["a", "b", "c"], [("a", "b"), ("b", "c"), ("a", "c")])
    >>> [layout.column[name] for name in "abc"], len(layout.routes["a", "c"])
    ([0, 1, 2], 3)
    """
    kept = list(dict.fromkeys((a, b) for a, b in arrows if a != b))
    turned = _turned(names, kept)
    forward = [(b, a) if (a, b) in turned else (a, b) for a, b in kept]
    column = _columns(names, forward)
    columns: list[list[str]] = [[] for _ in range(max(column.values(), default=0) + 1)]
    for name in names:
        columns[column[name]].append(name)
    chains: dict[Arrow, list[str]] = {}
    links: list[Arrow] = []
    for number, (a, b) in enumerate(dict.fromkeys(forward)):
        # An arrow over several columns passes through a place of its own in each.
        between = [f"{number} {place}" for place in range(column[a] + 1, column[b])]
        for place, name in enumerate(between, column[a] + 1):
            columns[place].append(name)
        chains[a, b] = [a, *between, b]
        links += zip(chains[a, b], chains[a, b][1:], strict=False)
    row = _rows(columns, links)
    stands = {name: (at, row[name]) for at, several in enumerate(columns) for name in several}
    routes = {
        (a, b): tuple(
            stands[name] for name in (chains[a, b] if (a, b) not in turned else reversed(chains[b, a]))
        )
        for a, b in kept
    }
    return Layout(
        column={name: column[name] for name in names},
        row={name: row[name] for name in names},
        routes=routes,
        columns=len(columns),
        rows=max(row.values(), default=0) + 1,
    )


def _turned(names: Sequence[str], arrows: Sequence[Arrow]) -> frozenset[Arrow]:
    """Arrows that close a circle when boxes are visited depth first, in their order."""
    after: dict[str, list[str]] = defaultdict(list)
    for a, b in arrows:
        after[a].append(b)
    turned: set[Arrow] = set()
    done: set[str] = set()
    for start in names:
        open_now: dict[str, int] = {} if start in done else {start: 0}
        while open_now:
            name = next(reversed(open_now))
            place = open_now[name]
            if place == len(after[name]):
                done.add(name)
                del open_now[name]
                continue
            open_now[name] += 1
            following = after[name][place]
            if following in open_now:
                turned.add((name, following))
            elif following not in done:
                open_now[following] = 0
    return frozenset(turned)


def _columns(names: Sequence[str], arrows: Sequence[Arrow]) -> dict[str, int]:
    """Column of each box: right of all that lead to it, and close to the first that it leads to."""
    before: dict[str, list[str]] = defaultdict(list)
    after: dict[str, list[str]] = defaultdict(list)
    for a, b in arrows:
        before[b].append(a)
        after[a].append(b)
    waiting = {name: len(before[name]) for name in names}
    ready = [name for name in names if not waiting[name]]
    column = dict.fromkeys(names, 0)
    order: list[str] = []
    while ready:
        name = ready.pop(0)
        order.append(name)
        for following in after[name]:
            column[following] = max(column[following], column[name] + 1)
            waiting[following] -= 1
            if not waiting[following]:
                ready.append(following)
    for name in reversed(order):
        if after[name]:
            column[name] = min(column[following] for following in after[name]) - 1
    return column


def _rows(columns: list[list[str]], links: Sequence[Arrow]) -> dict[str, float]:
    """Order each column by the middle of its neighbours, to and fro, then set heights."""
    left: dict[str, list[str]] = defaultdict(list)
    right: dict[str, list[str]] = defaultdict(list)
    for a, b in links:
        left[b].append(a)
        right[a].append(b)
    tallest = max((len(several) for several in columns), default=0)
    row: dict[str, float] = {}
    for several in columns:
        _settle(several, row, {}, tallest)
    for sweep in range(SWEEPS):
        rightwards = sweep % 2 == 0
        near = left if rightwards else right
        for several in columns if rightwards else reversed(columns):
            wished = {
                name: sum(row[other] for other in near[name]) / len(near[name])
                for name in several
                if near[name]
            }
            several.sort(key=lambda name: wished.get(name, row[name]))
            _settle(several, row, wished, tallest)
    return row


def _settle(several: list[str], row: dict[str, float], wished: Mapping[str, float], tallest: int) -> None:
    """Give one column its heights: as wished, but one row apart and inside the picture."""
    spare = (tallest - len(several)) / 2
    places = [wished.get(name, row.get(name, spare + number)) for number, name in enumerate(several)]
    low = 0.0
    for number, place in enumerate(places):
        places[number] = max(place, low)
        low = places[number] + 1
    high = float(max(tallest - 1, 0))
    for number in range(len(places) - 1, -1, -1):
        places[number] = min(places[number], high)
        high = places[number] - 1
    row.update(zip(several, places, strict=True))
