"""Guards: what must be true of a state, as small trees over variables and their levels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence


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


def mapped(guard: Guard, leaf: Callable[[Holds], Guard]) -> Guard:
    """A guard with another one for each that looks at a variable.

    >>> mapped(Not(Holds(2, frozenset({1}))), lambda holds: TRUE)
    Not(part=All(parts=()))
    """
    match guard:
        case Holds():
            return leaf(guard)
        case Not(part):
            return Not(mapped(part, leaf))
        case All(parts):
            return All(tuple(mapped(part, leaf) for part in parts))
        case Any(parts):
            return Any(tuple(mapped(part, leaf) for part in parts))
        case AtLeast(count, parts):
            return AtLeast(count, tuple(mapped(part, leaf) for part in parts))


def renumbered(guard: Guard, new: Mapping[int, int]) -> Guard:
    """A guard over the same variables under their new numbers.

    >>> renumbered(Not(Holds(7, frozenset({1}))), {7: 2})
    Not(part=Holds(variable=2, levels=frozenset({1})))
    """
    return mapped(guard, lambda holds: Holds(new[holds.variable], holds.levels))


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


def is_true(guard: Guard, state: Sequence[int]) -> bool:
    """Whether a guard is true of a state: the level of every variable, by number.

    >>> is_true(AtLeast(2, (Holds(0, frozenset({1})), Holds(1, frozenset({2})))), [1, 2])
    True
    """
    match guard:
        case Holds(variable, levels):
            return state[variable] in levels
        case Not(part):
            return not is_true(part, state)
        case All(parts):
            return all(is_true(part, state) for part in parts)
        case Any(parts):
            return any(is_true(part, state) for part in parts)
        case AtLeast(count, parts):
            return sum(is_true(part, state) for part in parts) >= count
