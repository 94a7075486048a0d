"""Settled: what is so in every reading whatever its numbers, because of what can come about and what bears on what."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from estimative.engine.request import Watch
from estimative.estimate.queries import ShareOfTime
from estimative.model.ancestry import ancestors
from estimative.model.guards import variables
from estimative.model.part import part
from estimative.questions.cut import folded, held, lasting
from estimative.questions.events import Monitors, concerned, world_of
from estimative.questions.ranking import Part
from estimative.questions.reach import Looked, reach, truths

if TYPE_CHECKING:
    from estimative.engine.request import Monitor
    from estimative.estimate.queries import DoesNotMatter, Probability, Query
    from estimative.questions.futures import Futures
    from estimative.questions.reach import Levels, Reach

NO, YES = frozenset({0}), frozenset({1})


def settled(futures: Futures, query: Probability | ShareOfTime) -> float | None:
    """0 where what is asked cannot come about, 1 where it cannot fail to; None where that depends.

    Of a condition in the query nothing is used: what cannot happen cannot happen given something either.
    """
    model, names = futures.model, futures.names
    found = reach(model, world_of(query.do, names, model.calendar))
    if isinstance(query, ShareOfTime):
        seen = Looked.at(names.guard(query.holds), found.derived)
        can = frozenset().union(*(seen.truths(state) for state in found.states[1:]))
    else:
        monitors = Monitors(names, model.calendar)
        event = monitors.event(query.event)
        said = [_said(found, monitor) for monitor in monitors.monitors]
        can = truths(event, said, sorted(set(variables(event))))
    return {NO: 0.0, YES: 1.0}.get(can)


def _said(found: Reach, monitor: Monitor) -> Levels:
    """Whether a monitor can say no (0) and can say yes (1)."""
    seen = Looked.at(monitor.guard, found.derived)
    can = [seen.truths(state) for state in found.states[max(monitor.first, 0) : monitor.last + 1]]
    match monitor.watch:
        case Watch.EVER:
            yes, no = any(1 in one for one in can), YES not in can
        case Watch.ALWAYS:
            yes, no = all(1 in one for one in can), any(0 in one for one in can)
        case Watch.BEFORE:
            yes, no = any(1 in one for one in can), True
    return (YES if yes else frozenset()) | (NO if no else frozenset())


def same(futures: Futures, one: Query, other: Query) -> bool:
    """Whether two queries ask for the same in worlds that do not differ in anything that bears on it."""
    if replace(one, do=()) != replace(other, do=()):
        return False
    return _bearing(futures, one) == _bearing(futures, other)


def _bearing(futures: Futures, query: Query) -> object:
    """All that bears on what a query asks for in its world, in a form that can be compared."""
    model, names = futures.model, futures.names
    world = world_of(query.do, names, model.calendar)
    model = held(model, lasting(world, model.calendar.steps))
    model, names = part(folded(model, reach(model, world)), names, concerned(names, replace(query, do=())))
    for_a_while = tuple(one for one in query.do if one.at is not None and one.name in names.numbers)
    return model, names.numbers, for_a_while


Idle = Literal["no rules", "idle"]
"""Why something cannot matter: it has nothing that could be struck, or nothing of it bears on the outcome."""


def idle(futures: Futures, test: DoesNotMatter) -> Idle | None:
    """Why something cannot matter by the measure; None where it may."""
    model = futures.model
    of = Part.of(futures, test.what.name)
    related = ancestors(model, concerned(futures.names, test.query))
    match test.measure:
        case "potential":
            struck = {*of.held_without(model), *(model.rules[number].variable for number in of.rules)}
            if not struck and not related.isdisjoint(of.variables):
                return "no rules"
            bears = not related.isdisjoint(struck)
        case "volatility":
            bears = not related.isdisjoint(of.all_variables(model))
        case "variance":
            return None
    return None if bears else "idle"
