"""Rings among things that need one another: each tangle once, by its shortest ring, in one pass."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping


def rings(needs: Mapping[str, Collection[str]]) -> Iterator[tuple[str, ...]]:
    """Yield a ring of each tangle: of the names that all need one another, directly or through others.

    It is the shortest through the one that comes first, and begins with it.

    Parameters
    ----------
    needs
        For each name those that it needs, all of them among the names.

    >>> list(rings({"a": ["b"], "b": ["c"], "c": ["b"], "d": ["d"]}))
    [('b', 'c'), ('d',)]
    """
    order = {name: number for number, name in enumerate(needs)}
    firsts = [
        (min(tangle, key=order.__getitem__), tangle)
        for tangle in _tangles(needs)
        if len(tangle) > 1 or any(name in needs[name] for name in tangle)
    ]
    for first, tangle in sorted(firsts, key=lambda one: order[one[0]]):
        yield _shortest(first, tangle, needs)


def _tangles(needs: Mapping[str, Collection[str]]) -> Iterator[set[str]]:
    """Yield the strongly connected parts of the graph (Tarjan's algorithm, without recursion)."""
    reached: dict[str, int] = {}
    lowest: dict[str, int] = {}
    open_names: dict[str, None] = {}  # in the order in which they were reached
    for start in needs:
        if start in reached:
            continue
        path = [(start, iter(needs[start]))]
        reached[start] = lowest[start] = len(reached)
        open_names[start] = None
        while path:
            name, following = path[-1]
            for other in following:
                if other not in reached:
                    reached[other] = lowest[other] = len(reached)
                    open_names[other] = None
                    path.append((other, iter(needs[other])))
                    break
                if other in open_names:
                    lowest[name] = min(lowest[name], reached[other])
            else:
                path.pop()
                if path:
                    before = path[-1][0]
                    lowest[before] = min(lowest[before], lowest[name])
                if lowest[name] == reached[name]:
                    tangle: set[str] = set()
                    while name not in tangle:
                        tangle.add(open_names.popitem()[0])
                    yield tangle


def _shortest(first: str, tangle: Collection[str], needs: Mapping[str, Collection[str]]) -> tuple[str, ...]:
    """The shortest ring through a name of a tangle."""
    before: dict[str, str] = {}
    waiting = deque([first])
    while first not in before:
        name = waiting.popleft()
        for other in needs[name]:
            if other in tangle and other not in before:
                before[other] = name
                waiting.append(other)
    ring = [first]
    while (name := before[ring[-1]]) != first:
        ring.append(name)
    return (first, *ring[:0:-1])
