"""Guards: what must be true of a state, as small trees over variables and their levels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True)
class Holds:
    """Variable number `variable` is at one of `levels` (a condition that holds is at level 1)."""

    variable: int
    levels: frozenset[int]


@dataclass(frozen=True)
class Not:
    """The part is false."""

    part: Guard


@dataclass(frozen=True)
class All:
    """Every part is true; with no parts, true."""

    parts: tuple[Guard, ...] = ()


@dataclass(frozen=True)
class Any:
    """Some part is true; with no parts, false."""

    parts: tuple[Guard, ...] = ()


@dataclass(frozen=True)
class AtLeast:
    """At least `count` of the parts are true."""

    count: int
    parts: tuple[Guard, ...]


Guard = Holds | Not | All | Any | AtLeast

TRUE: Guard = All()
FALSE: Guard = Any()


def variables(guard: Guard) -> Iterator[int]:
    """Numbers of the variables that a guard looks at, in order of appearance, repeats included.

    >>> list(variables(All((Holds(2, frozenset({1})), Not(Holds(0, frozenset({1})))))))
    [2, 0]
    """
    match guard:
        case Holds(variable):
            yield variable
        case Not(part):
            yield from variables(part)
        case All(parts) | Any(parts) | AtLeast(_, parts):
            for part in parts:
                yield from variables(part)
