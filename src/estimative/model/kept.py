"""Keeps what was made of a model, or of its numbers, as long as that is there: it is too large to be compared."""

from __future__ import annotations

import weakref
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

Made = TypeVar("Made")


class Kept(Generic[Made]):
    """What was made of some things, each known by its identity.

    >>> class Thing: ...
    >>> made, thing = Kept[list[str]](), Thing()
    >>> made.of(thing, "a", lambda: ["once"]) is made.of(thing, "a", lambda: ["twice"])
    True
    >>> del thing
    >>> len(made)
    0
    """

    def __init__(self) -> None:
        self._made: dict[tuple[int, Hashable], Made] = {}

    def __len__(self) -> int:
        return len(self._made)

    def of(self, thing: object, key: Hashable, make: Callable[[], Made]) -> Made:
        """What was made of a thing under a key; it is made the first time, and goes away with the thing."""
        at = id(thing), key
        if at not in self._made:
            self._made[at] = make()
            weakref.finalize(thing, self._made.pop, at, None)
        return self._made[at]
