"""Events: expressions over whole futures, turned into monitors that every future carries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from estimative.engine.request import Intervention, Monitor, Watch, World
from estimative.estimate import expressions as ex
from estimative.estimate.queries import Mode, ShareOfTime
from estimative.estimate.walk import parts, query_expressions
from estimative.model.guards import All, Any, AtLeast, Guard, Holds, Not, variables

if TYPE_CHECKING:
    from collections.abc import Iterable

    from estimative.estimate.queries import Do, Query
    from estimative.estimate.values import Moment
    from estimative.model.compile_guards import Names
    from estimative.places.calendar import Calendar


class Monitors:
    """Collects the monitors of several events; equal ones are carried once."""

    def __init__(self, names: Names, calendar: Calendar) -> None:
        self._names = names
        self._calendar = calendar
        self._numbers: dict[Monitor, int] = {}

    @property
    def monitors(self) -> tuple[Monitor, ...]:
        """All monitors so far, by number."""
        return tuple(self._numbers)

    @property
    def variables(self) -> frozenset[int]:
        """Numbers of the variables at which they look."""
        guards = [guard for one in self.monitors for guard in (one.guard, one.rival) if guard is not None]
        return frozenset(number for guard in guards for number in variables(guard))

    def event(self, expression: ex.Expression) -> Guard:
        """Guard over monitors that is true for the futures in which the event happens.

        Raises
        ------
        LookupError
            If a part says nothing of time; checks of the language come first, so this is a bug.
        """
        match expression:
            case ex.Not(part):
                return Not(self.event(part))
            case ex.And(several):
                return All(tuple(self.event(part) for part in several))
            case ex.Or(several):
                return Any(tuple(self.event(part) for part in several))
            case ex.AtLeast(count, several):
                return AtLeast(count, tuple(self.event(part) for part in several))
            case ex.Ever(part, since, by):
                return self._watch(Watch.EVER, part, since, by)
            case ex.Always(part, since, by):
                return self._watch(Watch.ALWAYS, part, since, by)
            case ex.At(part, date):
                return self.at(self._names.guard(part), self._calendar.steps_by(date.last))
            case ex.Before(first, second):
                guard, rival = self._names.guard(_plain(first)), self._names.guard(_plain(second))
                return self._monitor(Monitor(Watch.BEFORE, guard, 0, self._calendar.steps, rival))
            case ex.Named(name) | ex.Compared(name):
                raise LookupError(f"`{name}` without a time")

    def ever(self, guard: Guard, last: int | None = None) -> Guard:
        """Guard over monitors that is true if a guard holds at any step, or at any up to `last`."""
        return self._monitor(Monitor(Watch.EVER, guard, 0, self._calendar.steps if last is None else last))

    def at(self, guard: Guard, step: int) -> Guard:
        """Guard over monitors that is true if a guard holds at a step."""
        return self._monitor(Monitor(Watch.EVER, guard, step, step))

    def _watch(self, watch: Watch, part: ex.Expression, since: Moment | None, by: Moment | None) -> Guard:
        first = self._calendar.first_from(since.first) if since else 0
        last = self._calendar.steps_by(by.last) if by else self._calendar.steps
        return self._monitor(Monitor(watch, self._names.guard(part), first, last))

    def _monitor(self, monitor: Monitor) -> Guard:
        return Holds(self._numbers.setdefault(monitor, len(self._numbers)), frozenset({1}))


def _plain(expression: ex.Expression) -> ex.Expression:
    """`ever x before ever y` says no more than `x before y`."""
    return expression.part if isinstance(expression, ex.Ever) else expression


def world_of(interventions: Iterable[Do], names: Names, calendar: Calendar) -> World:
    """World in which things are made so.

    Without a date a thing is held so from as-of to the horizon; with one it is put so at that step.
    """
    made = []
    for do in interventions:
        level = names.levels[do.name].index(do.value)
        if do.at is None:
            first, last = 0, calendar.steps
        else:
            first = last = calendar.steps_by(do.at.last)
        made.append(Intervention(names.numbers[do.name], level, first, last))
    return World(interventions=tuple(made))


def concerned(names: Names, query: Query) -> frozenset[int]:
    """Numbers of the variables that a query speaks of, those that it makes so among them."""
    found = {names.numbers[do.name] for do in query.do}
    if isinstance(query, Mode):
        found.add(names.numbers[query.name])
    if isinstance(query, ShareOfTime):
        found |= {names.memory_of(part.part) for part in parts(query.holds) if isinstance(part, ex.Ever)}
    for expression in query_expressions(query):
        for atom in parts(expression):
            if isinstance(atom, ex.Named | ex.Compared):
                found.add(names.number_of(atom))
    return frozenset(found)
