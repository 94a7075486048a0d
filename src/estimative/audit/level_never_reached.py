"""A level, an option or a condition that no future reaches.

What it does
    For every level of every scale, lottery and choice, and for every condition, it counts the futures that
    are once there, over all readings. What none of them reaches is found.
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

from estimative.audit.never import in_futures, never
from estimative.engine.request import Monitor, Watch
from estimative.model.guards import Holds
from estimative.model.model import Kind
from estimative.places.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from estimative.audit.material import Material

CODE = "A0406"

YES_NO = {Kind.CONDITION, Kind.DERIVED, Kind.MEMORY}


def find(material: Material) -> Iterator[Problem]:
    """Yield what is at no step of any future."""
    model = material.futures.model
    crossings = {trend.name for trend in model.trends}
    places = [
        (number, level)
        for number, variable in enumerate(model.variables)
        # A memory is a phrase of a rule, and the threshold of a trend a question to data: nobody declared them.
        if variable.kind is not Kind.MEMORY and variable.name.split()[0] not in crossings
        for level in range(len(variable.levels))
        if level != variable.start and not (variable.kind in YES_NO and level == 0)
    ]
    last = model.calendar.steps
    watched = [Monitor(Watch.EVER, Holds(number, frozenset({level})), 0, last) for number, level in places]
    missed: dict[int, list[int]] = {}
    for (number, level), is_never in zip(places, never(material.futures, watched), strict=True):
        if is_never:
            missed.setdefault(number, []).append(level)
    for number, levels in missed.items():
        variable = model.variables[number]
        if variable.kind in YES_NO:
            says = f"`{variable.name}` never holds: it does {in_futures(material.futures)}"
        else:
            names = ", ".join(f"`{variable.levels[level]}`" for level in levels)
            says = f"`{variable.name}` never comes to {names}: it does {in_futures(material.futures)}"
        yield Problem(CODE, variable.span, says, "write a rule that leads there, or strike it")
