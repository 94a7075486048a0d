"""Implication: which events contain others, by their form alone, whatever is simulated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from estimative.estimate import expressions as ex

if TYPE_CHECKING:
    from collections.abc import Mapping

    from estimative.estimate.nodes import Estimate
    from estimative.estimate.values import Moment


class Implication:
    """Implications between the events of one estimate.

    What it affirms is so in every future; what it denies may still be so, for reasons of the rules.
    """

    def __init__(self, estimate: Estimate) -> None:
        self._derived = {c.name: c.is_ for c in estimate.conditions if c.is_ is not None}
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
                inside = _not_before(since, from_) and _not_after(by, until)
                return inside and self.holds(part, whole)
            case ex.Always(part, since, by), ex.Always(whole, from_, until):
                inside = _not_before(from_, since) and _not_after(until, by)
                return inside and self.holds(part, whole)
            case ex.At(part, day), ex.Ever(whole, from_, until):
                starts = from_ is None or day.last >= from_.last
                return starts and (until is None or day.last <= until.last) and self.holds(part, whole)
            case ex.At(part, day), ex.At(whole, other_day):
                return day == other_day and self.holds(part, whole)
        return False

    def _by_definition(self, one: ex.Expression, other: ex.Expression) -> bool:
        """Whether what a derived condition says implies it."""
        if isinstance(one, ex.Named) and one.name in self._derived:
            return self.holds(self._derived[one.name], other)
        if isinstance(other, ex.Named) and other.name in self._derived:
            return self.holds(one, self._derived[other.name])
        return False

    def _at(self, compared: ex.Compared) -> set[int]:
        """Levels at which a comparison is true."""
        levels = self._levels[compared.name]
        at = levels.index(compared.value)
        every = range(len(levels))
        match compared.comparison:
            case "is":
                return {at}
            case "is not":
                return set(every) - {at}
            case ">=":
                return set(every[at:])
            case ">":
                return set(every[at + 1 :])
            case "<=":
                return set(every[: at + 1])
            case "<":
                return set(every[:at])


def _not_before(one: Moment | None, other: Moment | None) -> bool:
    """Whether one beginning is no earlier than another; without a date it is as-of."""
    return other is None or (one is not None and one.first >= other.first)


def _not_after(one: Moment | None, other: Moment | None) -> bool:
    """Whether one end is no later than another; without a date it is the horizon."""
    return other is None or (one is not None and one.last <= other.last)
