"""Implication: which events contain others, by their form alone, whatever is simulated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from estimative.estimate import expressions as ex
from estimative.model.compile import calendar_of
from estimative.model.compile_guards import true_at

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from estimative.estimate.nodes import Estimate
    from estimative.estimate.values import Moment


class Implication:
    """Implications between the events of one estimate, in worlds in which some things are `made` so, by name.

    What it affirms is so in every future; what it denies may still be so, for reasons of the rules.
    """

    def __init__(self, estimate: Estimate, made: Collection[str] = frozenset()) -> None:
        # What is made so is no longer what it is derived from.
        self._derived = {
            c.name: c.is_ for c in estimate.conditions if c.is_ is not None and c.name not in made
        }
        self._calendar = calendar_of(estimate)
        self._levels: Mapping[str, list[str]] = {
            scale.name: [level.name for level in scale.levels] for scale in estimate.scales
        }

    def holds(self, one: ex.Expression, other: ex.Expression) -> bool:
        """Whether the one event cannot happen without the other."""
        if one == other:
            return True
        match one, other:
            case ex.Not(inner), ex.Not(outer):
                return self.holds(outer, inner)
            case (_, ex.And(parts)):
                return all(self.holds(one, part) for part in parts)
            case (ex.Or(parts), _):
                return all(self.holds(part, other) for part in parts)
            case (ex.And(parts), _) if any(self.holds(part, other) for part in parts):
                return True
            case (_, ex.Or(parts)) if any(self.holds(one, part) for part in parts):
                return True
            case ex.Compared(name), ex.Compared(other_name) if name == other_name and name in self._levels:
                return self._at(one) <= self._at(other)
        return self._over_time(one, other) or self._by_definition(one, other)

    def _over_time(self, one: ex.Expression, other: ex.Expression) -> bool:
        """Whether one event over time lies within another."""
        match one, other:
            case ex.Ever(part, since, by), ex.Ever(whole, from_, until):
                inside = self._steps(since, by) <= self._steps(from_, until)
            case ex.Always(part, since, by), ex.Always(whole, from_, until):
                inside = self._steps(from_, until) <= self._steps(since, by)
            case ex.At(part, day), ex.Ever(whole, from_, until):
                inside = self._step(day) in self._steps(from_, until)
            case ex.At(part, day), ex.At(whole, other_day):
                inside = self._step(day) == self._step(other_day)
            case _:
                return False
        return inside and self.holds(part, whole)

    def _step(self, day: Moment) -> int:
        """The step whose state is in force at a date."""
        return self._calendar.steps_by(day.last)

    def _steps(self, since: Moment | None, by: Moment | None) -> frozenset[int]:
        """Steps from one date to another, as-of and the horizon where there is none."""
        first = self._calendar.first_from(since.first) if since else 0
        last = self._calendar.steps_by(by.last) if by else self._calendar.steps
        return frozenset(range(first, last + 1))

    def _by_definition(self, one: ex.Expression, other: ex.Expression) -> bool:
        """Whether what a derived condition says implies it."""
        if isinstance(one, ex.Named) and one.name in self._derived:
            return self.holds(self._derived[one.name], other)
        if isinstance(other, ex.Named) and other.name in self._derived:
            return self.holds(one, self._derived[other.name])
        return False

    def _at(self, compared: ex.Compared) -> frozenset[int]:
        """Levels at which a comparison is true."""
        return true_at(self._levels[compared.name], compared.comparison, compared.value)
