"""Monotone: in which direction each rule of a small model can only move what is asked, proved by signs.

Where things only come to hold and never end, and scales only rise, a state with more of what helps stays
one, step by step: if every guard of such a model looks at each variable in one sense, the signs can be
carried from what is asked back to every rule, and more likelihood on a rule can only help, or only harm.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from estimative.engine.request import Watch
from estimative.model.design import Design
from estimative.model.guards import All, Any, AtLeast, Guard, Holds, Not
from estimative.model.model import Effect, Kind
from estimative.model.readings import strength

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from estimative.engine.request import Monitor
    from estimative.model.model import Degree, Model, Modifier

Sign = int
"""1 where more can only help, -1 where it can only harm."""

TAIL = 0.01
"""Of what has no end, the 1st to the 99th of a hundred readings count."""

GROWS = {Effect.STARTS, Effect.BECOMES, Effect.RISES}


def senses(model: Model, guard: Guard) -> Iterator[tuple[int, Sign]]:
    """Yield each variable with the sense in which a guard looks at it: 1 for up, -1 for down, 0 for both."""
    match guard:
        case Holds(variable, levels):
            yield variable, upwards(levels, len(model.variables[variable].levels))
        case Not(part):
            yield from ((variable, -sign) for variable, sign in senses(model, part))
        case All(parts) | Any(parts) | AtLeast(_, parts):
            for part in parts:
                yield from senses(model, part)


def upwards(levels: frozenset[int], count: int) -> Sign:
    """Whether a set of levels is all from some level up (1), or down (-1), or neither (0).

    >>> upwards(frozenset({2, 3}), 4), upwards(frozenset({0}), 2), upwards(frozenset({1}), 3)
    (1, -1, 0)
    """
    if levels == frozenset(range(count - len(levels), count)):
        return 1
    return -1 if levels == frozenset(range(len(levels))) else 0


def _sense_of(modifier: Modifier) -> Sign:
    """Whether a modifier can only raise a likelihood (1), or lower it (-1), whoever reads its degree; else 0.

    What heightens slightly lowers for the few readers whose strength is below 1.
    """
    return modifier.sign if least_strength(modifier.degree) >= 1 else 0


@cache
def least_strength(degree: Degree) -> float:
    """The least factor on the odds that counts, of a degree of modifier.

    >>> [round(least_strength(degree), 2) for degree in ("slightly", "plainly", "greatly")]
    [0.59, 1.18, 3.55]
    """
    return float(strength(degree, Design(0, np.arange(1), {f"strength:{degree}": np.array([TAIL])}))[0])


def directions(model: Model, wanted: Iterable[tuple[Guard, Sign]]) -> dict[int, Sign] | None:
    """For each variable, whether more of it can only help what is wanted; None where that is not proved.

    `wanted` are guards over the model's variables with the sense in which they are wanted.
    """
    if any(variable.kind in {Kind.LOTTERY, Kind.CHOICE} for variable in model.variables):
        return None
    if any(rule.effect not in GROWS for rule in model.rules):
        return None
    needs: dict[int, list[tuple[int, Sign]]] = defaultdict(list)
    for number, variable in enumerate(model.variables):
        if variable.guard is not None:
            needs[number] += senses(model, variable.guard)
    for rule in model.rules:
        needs[rule.variable] += senses(model, rule.guard)
        for modifier in rule.modifiers:
            sense = _sense_of(modifier)
            needs[rule.variable] += [(v, sign * sense) for v, sign in senses(model, modifier.guard)]
    found: dict[int, Sign] = {}
    waiting = [(v, sign * sense) for guard, sign in wanted for v, sense in senses(model, guard)]
    while waiting:
        number, sign = waiting.pop()
        if sign == 0 or found.get(number, sign) != sign:
            return None
        if number not in found:
            found[number] = sign
            waiting += [(before, sign * sense) for before, sense in needs[number]]
    return found


def wanted_by(event: Guard, monitors: tuple[Monitor, ...]) -> Iterator[tuple[Guard, Sign]]:
    """Yield what an event over monitors wants of the state, with its sense."""
    match event:
        case Holds(monitor, levels):
            sign = 1 if 1 in levels else -1
            watched = monitors[monitor]
            yield watched.guard, sign
            if watched.watch is Watch.BEFORE and watched.rival is not None:
                yield watched.rival, -sign
        case Not(part):
            yield from ((guard, -sign) for guard, sign in wanted_by(part, monitors))
        case All(parts) | Any(parts) | AtLeast(_, parts):
            for part in parts:
                yield from wanted_by(part, monitors)
