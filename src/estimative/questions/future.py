"""One future told: what happened, when, and by which rules."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from estimative.model.model import Effect, Kind
from estimative.places.brief import Brief

if TYPE_CHECKING:
    from datetime import date

    from estimative.engine.trace import Trace
    from estimative.model.model import Model, Rule, Variable
    from estimative.questions.futures import Futures

UPWARD = {Effect.BECOMES, Effect.RISES, Effect.RECONSIDERS}
DOWNWARD = {Effect.ENDS, Effect.FALLS, Effect.RECONSIDERS}
"""Effects that can have moved a variable to a higher or to a lower level."""


@dataclass(frozen=True)
class Happening:
    """One variable that went from one level to another; `rules` are those that moved it.

    What is derived moves by no rule of its own; a lottery settles by none.
    """

    date: date
    name: str
    says: str
    kind: Kind
    before: str
    after: str
    rules: tuple[str, ...]


@dataclass(frozen=True)
class FutureTold(Brief):
    """One future of one reading, both counted from 0.

    `starts` are the levels at as-of of everything that is not a condition which does not hold.
    """

    reading: int
    future: int
    starts: tuple[tuple[str, str], ...]
    happenings: tuple[Happening, ...]


def tell(futures: Futures, reading: int, future: int) -> FutureTold:
    """The course of one future: the same one that every count has counted."""
    model = futures.model
    course = futures.trace(reading, range(future, future + 1))
    shown = [n for n, variable in enumerate(model.variables) if variable.kind is not Kind.MEMORY]
    starts = tuple(
        (model.variables[n].name, model.variables[n].levels[course.states[0, n, 0]])
        for n in shown
        if course.states[0, n, 0] or len(model.variables[n].levels) > 2
    )
    happenings = [
        _happening(model, course, step, n)
        for step in range(1, len(course.states))
        for n in shown
        if course.states[step, n, 0] != course.states[step - 1, n, 0]
    ]
    return FutureTold(reading, future, starts, tuple(happenings))


def _happening(model: Model, course: Trace, step: int, number: int) -> Happening:
    variable = model.variables[number]
    before, after = (int(course.states[at, number, 0]) for at in (step - 1, step))
    fired = [model.rules[rule] for rule in np.flatnonzero(course.fired[step, :, 0])]
    return Happening(
        date=model.calendar.ends[step],
        name=variable.name,
        says=variable.says,
        kind=variable.kind,
        before=variable.levels[before],
        after=variable.levels[after],
        rules=tuple(
            rule.name for rule in fired if rule.variable == number and _moved(rule, variable, before, after)
        ),
    )


def _moved(rule: Rule, variable: Variable, before: int, after: int) -> bool:
    """Whether a rule of a variable that fired pulled the way in which it went."""
    if rule.effect is Effect.RETURNS:
        return variable.norm is not None and (variable.norm > before) == (after > before)
    return rule.effect in (UPWARD if after > before else DOWNWARD)
