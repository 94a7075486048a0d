"""A level, an option or a condition that no future reaches.

What it does
    For every level of every scale, lottery and choice, and for every condition, it looks whether any future
    of any reading or lens is once there. What none of them reaches is found; where it can be proved, going from
    step to step through what can come about, that none ever could, it says so.
Why
    A level that cannot be reached makes the scale look wider than the estimate is, and whatever waits for
    it never happens. If it was meant as possible, a rule that leads there is missing.
Example
    A scale with the level `allied` at its top, and no rule that rises above `improved`.
Instead
    Write the rule that leads there, or strike the level.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from estimative.engine.request import Monitor, Watch
from estimative.model.guards import Holds
from estimative.model.model import Kind
from estimative.places.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from estimative.audit.material import Material
    from estimative.model.model import Model, Variable

CODE = "A0406"


def find(material: Material) -> Iterator[Problem]:
    """Yield what is at no step of any future, or cannot be."""
    model = material.futures.model
    missed: dict[int, list[int]] = {}
    for number, level in _declared(model):
        if material.never(_there(model, number, level)):
            missed.setdefault(number, []).append(level)
    for number, levels in missed.items():
        ever = material.reach.ever(number)
        for proved in (True, False):
            some = [level for level in levels if (level not in ever) is proved]
            if some:
                how = "" if proved else material.in_futures
                yield _problem(model.variables[number], some, how)


def _problem(variable: Variable, levels: Sequence[int], in_futures: str) -> Problem:
    names = ", ".join(f"`{variable.levels[level]}`" for level in levels)
    if variable.is_condition:
        says = f"holds {in_futures}" if in_futures else "can never hold"
    else:
        says = f"comes to {names} {in_futures}" if in_futures else f"can never come to {names}"
    return Problem(
        CODE, variable.span, f"`{variable.name}` {says}", "write a rule that leads there, or strike it"
    )


def watched(model: Model) -> Iterator[Monitor]:
    """Yield what is watched: that each level is reached."""
    yield from (_there(model, number, level) for number, level in _declared(model))


def _declared(model: Model) -> Iterator[tuple[int, int]]:
    """Yield the levels at which something does not begin, with the number of its variable."""
    crossings = {trend.name for trend in model.trends}
    for number, variable in enumerate(model.variables):
        # A memory is a phrase of a rule, and the threshold of a trend a question to data: nobody declared them.
        if variable.kind is Kind.MEMORY or variable.name.split()[0] in crossings:
            continue
        for level in range(len(variable.levels)):
            if level != variable.start and not (variable.is_condition and level == 0):
                yield number, level


def _there(model: Model, number: int, level: int) -> Monitor:
    return Monitor(Watch.EVER, Holds(number, frozenset({level})), 0, model.calendar.steps)
