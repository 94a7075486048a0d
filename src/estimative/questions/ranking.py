"""Ranking claims: how much each part of an estimate matters to an outcome, by a named measure.

A part is an interest, a perspective or an actor (everything whose `part-of` names it), a variable, or a
rule. Three measures, each per reading; what matters most by one need not by another:

*potential*
    the share of the outcome's probability that is lost without it: 1 - P(outcome without its rules) /
    P(outcome), with the same dice.
*volatility*
    the effect given that it happens: the largest change in the outcome's probability, up or down, that
    any one thing of the part would make if it were so from as-of on. Nobody asks how likely that is.
*variance*
    the share of the outcome's variance over futures that goes with whether anything of the part has
    happened: the squared correlation of the two.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from estimative.engine.request import Intervention, Request
from estimative.estimate.queries import DoesNotMatter, MattersMost, Probability, ShareOfTime
from estimative.model.ancestry import ancestors
from estimative.model.guards import All, Any, Guard, Holds, Not
from estimative.model.model import Kind
from estimative.questions.ask import ask_in
from estimative.questions.events import Monitors, concerned, world_of
from estimative.questions.screen import first

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from estimative.estimate.queries import Measure
    from estimative.model.model import Model
    from estimative.questions.futures import Futures

    Array = NDArray[np.float64]

LITTLE = 0.05
"""What does not matter: by whatever measure, less than this."""

MOST_MADE = 3
"""Of each part, so many things are measured by volatility with all futures: those that moved the outcome most
with few."""

SCREEN = 8, 1024
"""Readings, and futures in each, that show what moves an outcome most: few readings, since what moves it in one
moves it in most, and many futures, since effects are added up without their sign, and their errors with them."""

Outcome = Probability | ShareOfTime


@dataclass(frozen=True)
class Part:
    """What belongs to a name: numbers of its variables and of its rules."""

    name: str
    variables: tuple[int, ...]
    rules: frozenset[int]

    def all_variables(self, model: Model) -> tuple[int, ...]:
        """Numbers of its variables; of a rule, that of the variable which it changes."""
        return self.variables or tuple({model.rules[rule].variable for rule in self.rules})

    @classmethod
    def of(cls, futures: Futures, name: str) -> Part:
        """The part of an estimate that a name stands for.

        Raises
        ------
        LookupError
            If nothing belongs to it; checks of the language come first.
        """
        model = futures.model
        rules = frozenset(n for n, rule in enumerate(model.rules) if rule.name == name)
        if rules:
            return cls(name, (), rules)
        variables = tuple(
            n for n, v in enumerate(model.variables) if name == v.name or _belongs(futures, v.part_of, name)
        )
        if not variables:
            raise LookupError(name)
        moved = frozenset(n for n, rule in enumerate(model.rules) if rule.variable in variables)
        return cls(name, variables, moved)


def _belongs(futures: Futures, part_of: str, name: str) -> bool:
    """Whether `part-of: PART_OF` puts a variable under a name: itself, its last part, or its actor."""
    if not part_of:
        return False
    actor, _, interest = part_of.rpartition(".")
    if name in {part_of, interest}:
        return True
    owners = {a.name for a in futures.estimate.actors if any(i.name == interest for i in a.interests)}
    return name == actor or (not actor and owners == {name})


def measured(
    futures: Futures, names: Sequence[str], outcome: Outcome, measure: Measure
) -> Mapping[str, Array]:
    """How much each name matters to an outcome, per reading, shape (readings,); NaN where nothing can be said."""
    of = {"potential": _potential, "volatility": _volatility, "variance": _variance}[measure]
    return of(futures, [Part.of(futures, name) for name in names], outcome)


def leads(futures: Futures, test: MattersMost | DoesNotMatter) -> Array:
    """By how much a ranking claim holds, above 0, or fails, per reading; NaN where a reading cannot tell.

    How far ahead of the next the part is by the measure, or how far below what matters.
    """
    if isinstance(test, DoesNotMatter):
        return LITTLE - measured(futures, [test.what.name], test.query, test.measure)[test.what.name]
    values = measured(futures, [name.name for name in test.among], test.query, test.measure)
    others = np.array([found for name, found in values.items() if name != test.what.name])
    return np.asarray(values[test.what.name] - others.max(axis=0))


def _potential(futures: Futures, parts: Sequence[Part], outcome: Outcome) -> dict[str, Array]:
    world = world_of(outcome.do, futures.names, futures.model.calendar)
    (base,) = ask_in(futures, world, [outcome])
    found = {}
    for part in parts:
        (without,) = ask_in(futures, replace(world, without=part.rules), [outcome])
        with np.errstate(invalid="ignore", divide="ignore"):
            found[part.name] = np.where(base.values > 0, 1 - without.values / base.values, np.nan)
    return found


def _volatility(futures: Futures, parts: Sequence[Part], outcome: Outcome) -> dict[str, Array]:
    """What moves the outcome most is looked for with few futures, and then measured with all of them."""
    model = futures.model
    related = ancestors(model, concerned(futures.names, outcome))
    made = {part.name: _interventions(model, part, related) for part in parts}
    if sum(map(len, made.values())) > MOST_MADE * len(parts):
        small = first(futures, *SCREEN)
        for name, several in made.items():
            if len(several) > MOST_MADE:
                effects = _effects(small, several, outcome)
                mean = np.nan_to_num(effects).mean(axis=1)
                made[name] = [several[place] for place in np.argsort(-mean, kind="stable")[:MOST_MADE]]
    nothing = np.zeros(futures.readings.tables.readings)
    return {
        name: _effects(futures, several, outcome).max(axis=0) if several else nothing
        for name, several in made.items()
    }


def _interventions(model: Model, part: Part, related: frozenset[int]) -> list[Intervention]:
    """Everything of a part that can bear on an outcome, held at each level that it does not start at."""
    last = model.calendar.steps
    return [
        Intervention(variable, level, 0, last)
        for variable in sorted(set(part.all_variables(model)) & related)
        for level in _other_levels(model, variable)
    ]


def _effects(futures: Futures, made: Sequence[Intervention], outcome: Outcome) -> Array:
    """How far each intervention moves the outcome, shape (interventions, readings)."""
    world = world_of(outcome.do, futures.names, futures.model.calendar)
    (base,) = ask_in(futures, world, [outcome])
    effects = []
    for one in made:
        (answer,) = ask_in(futures, replace(world, interventions=(*world.interventions, one)), [outcome])
        effects.append(np.abs(answer.values - base.values))
    return np.array(effects)


def _other_levels(model: Model, variable: int) -> tuple[int, ...]:
    """Levels to which a variable may come: the ends of a scale, every other one of what is nominal."""
    known = model.variables[variable]
    levels = range(len(known.levels))
    if known.kind is Kind.SCALE:
        levels = range(0, len(known.levels), len(known.levels) - 1)
    return tuple(level for level in levels if level != known.start)


def _variance(futures: Futures, parts: Sequence[Part], outcome: Outcome) -> dict[str, Array]:
    if not isinstance(outcome, Probability):
        raise TypeError("the variance over futures is that of an event")
    calendar = futures.model.calendar
    monitors = Monitors(futures.names, calendar)
    happens = monitors.event(outcome.event)
    met: Guard = monitors.event(outcome.given) if outcome.given is not None else All()
    events: list[Guard] = [met, All((met, happens))]
    for part in parts:
        some = Any(tuple(monitors.ever(moved) for moved in _happening(futures.model, part)))
        events += [All((met, some)), All((met, some, happens))]
    request = Request(monitors=monitors.monitors, events=tuple(events))
    counts = futures.count(request, world_of(outcome.do, futures.names, calendar))
    share = counts.events[:, 1:] / np.maximum(counts.events[:, :1], 1)
    p = share[:, 0]
    found = {}
    for place, part in enumerate(parts):
        q, both = share[:, 1 + 2 * place], share[:, 2 + 2 * place]
        with np.errstate(invalid="ignore", divide="ignore"):
            squared = (both - p * q) ** 2 / (p * (1 - p) * q * (1 - q))
        # What never or always happens goes with nothing.
        found[part.name] = np.where(p * (1 - p) > 0, np.nan_to_num(squared), np.nan)
    return found


def _happening(model: Model, part: Part) -> tuple[Guard, ...]:
    """What it means that something of a part has happened: a variable has left its start."""
    return tuple(Not(Holds(n, frozenset({model.variables[n].start}))) for n in part.all_variables(model))
