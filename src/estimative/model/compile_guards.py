"""Names and guards: which number each thing has, and expressions as guards over those numbers."""

from __future__ import annotations

from dataclasses import dataclass
from graphlib import TopologicalSorter
from typing import TYPE_CHECKING

from estimative.estimate import expressions as ex
from estimative.estimate.queries import ShareOfTime
from estimative.estimate.walk import parts, queries, query_expressions, state_expressions
from estimative.model.guards import All, Any, AtLeast, Guard, Holds, Not
from estimative.model.model import Crossing, Kind, Variable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from estimative.estimate.nodes import Condition, Estimate
    from estimative.estimate.queries import Query, Test

NO_YES = ("no", "yes")


class NotFollowed(LookupError):  # noqa: N818 -- it says what is the matter
    """What is asked is not among what the model follows: signals and thresholds are so only where they are asked."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"`{name}` is not followed in these futures: either their estimate does not have it, or `prepare` "
            "must be told of it: name what will be asked of signals and thresholds in `queries`"
        )


@dataclass(frozen=True)
class Names:
    """Numbers of variables, in the order in which the model holds them.

    Base variables come first (conditions, scales, choices, crossings of trends, signals), then derived
    conditions and memories so that each follows what it looks at.
    """

    numbers: Mapping[str, int]
    levels: Mapping[str, tuple[str, ...]]
    crossings: Mapping[str, Crossing]
    memories: Mapping[ex.Expression, int]
    trends: frozenset[str]
    ordered: tuple[Condition | ex.Expression, ...]

    @classmethod
    def of(cls, estimate: Estimate, asked: Sequence[Query | Test] = (), *, signals: bool = False) -> Names:
        """Names of an estimate and of what is asked of it, with its signals or without."""
        # A share of time asks at every step, like a rule: what has ever held must be remembered for it.
        shares = [one.holds for one in asked_queries(estimate, asked) if isinstance(one, ShareOfTime)]
        states = [
            part for expression in (*state_expressions(estimate), *shares) for part in parts(expression)
        ]
        events = list(asked_parts(estimate, asked))
        trends = frozenset(trend.name for trend in estimate.trends)
        crossings = {crossing_name(c): c for c in _crossings([*states, *events], trends)}
        base = [c.name for c in estimate.conditions if c.is_ is None]
        base += [scale.name for scale in estimate.scales]
        base += [choice.name for choice in estimate.choices]
        base += crossings
        seen = [signal.name for signal in estimate.signals] if signals else []
        base += seen
        ordered = _ordered(estimate, [part.part for part in states if isinstance(part, ex.Ever)], trends)
        numbers = {name: number for number, name in enumerate(base)}
        memories: dict[ex.Expression, int] = {}
        for number, item in enumerate(ordered, len(base)):
            if isinstance(item, ex.Expression):
                memories[item] = number
            else:
                numbers[item.name] = number
        levels: dict[str, tuple[str, ...]] = {c.name: NO_YES for c in estimate.conditions}
        levels |= {scale.name: tuple(level.name for level in scale.levels) for scale in estimate.scales}
        levels |= {c.name: tuple(option.name for option in c.options) for c in estimate.choices}
        levels |= dict.fromkeys([*crossings, *seen], NO_YES)
        return cls(numbers, levels, crossings, memories, trends, ordered)

    def guard(self, expression: ex.Expression) -> Guard:
        """Guard of an expression that is true or false at a time.

        Raises
        ------
        LookupError
            If a name or level is not declared; checks of the language come first, so this is a bug.
        """
        match expression:
            case ex.Named():
                return Holds(self.number_of(expression), frozenset({1}))
            case ex.Compared(name) if name in self.trends:
                return Holds(self.number_of(expression), frozenset({1}))
            case ex.Compared(name, comparison, value):
                return Holds(self.number_of(expression), true_at(self.levels[name], comparison, value))
            case ex.Not(part):
                return Not(self.guard(part))
            case ex.And(several):
                return All(tuple(self.guard(part) for part in several))
            case ex.Or(several):
                return Any(tuple(self.guard(part) for part in several))
            case ex.AtLeast(count, several):
                return AtLeast(count, tuple(self.guard(part) for part in several))
            case ex.Ever(part, None, None):
                return Holds(self.memory_of(part), frozenset({1}))
            case ex.Ever() | ex.Always() | ex.At() | ex.Before():
                raise LookupError(f"{type(expression).__name__} speaks of a whole future, not of one time")

    def memory_of(self, part: ex.Expression) -> int:
        """Number of the variable that remembers whether something has ever held.

        Raises
        ------
        NotFollowed
            If nothing does.
        """
        if part not in self.memories:
            raise NotFollowed(f"ever {' '.join(part.span.text.split())}")
        return self.memories[part]

    def number_of(self, atom: ex.Named | ex.Compared) -> int:
        """Number of the variable that an atom looks at.

        Raises
        ------
        NotFollowed
            If it is none of what the model follows.
        """
        name = atom.name
        if isinstance(atom, ex.Compared) and name in self.trends:
            name = crossing_name(_crossing(atom))
        if name not in self.numbers:
            raise NotFollowed(name)
        return self.numbers[name]

    def optional_guard(self, expression: ex.Expression | None) -> Guard:
        """Guard of an expression, or the one that always holds."""
        return All() if expression is None else self.guard(expression)

    def last_variables(self) -> Iterable[Variable]:
        """Yield derived conditions and memories in their order."""
        for item in self.ordered:
            if isinstance(item, ex.Expression):
                text = " ".join(item.span.text.split()) or repr(item)
                yield Variable(f"ever {text}", Kind.MEMORY, NO_YES, guard=self.guard(item), span=item.span)
            else:
                part_of = item.part_of.name if item.part_of else ""
                guard = self.optional_guard(item.is_)
                yield Variable(
                    item.name,
                    Kind.DERIVED,
                    NO_YES,
                    guard=guard,
                    part_of=part_of,
                    says=item.says,
                    span=item.span,
                )


def asked_queries(estimate: Estimate, asked: Sequence[Query | Test]) -> Iterator[Query]:
    """Yield what is asked: in the estimate's claims and questions, and besides."""
    tests: list[Query | Test] = [claim.test for claim in estimate.claims if claim.test is not None]
    tests += [question.query for question in estimate.questions]
    for test in (*tests, *asked):
        yield from queries(test)


def asked_parts(estimate: Estimate, asked: Sequence[Query | Test]) -> Iterator[ex.Expression]:
    """Yield every part of what is asked."""
    for query in asked_queries(estimate, asked):
        for expression in query_expressions(query):
            yield from parts(expression)


def asks_of_signals(estimate: Estimate, asked: Sequence[Query | Test]) -> bool:
    """Whether something asked names a signal."""
    signals = {signal.name for signal in estimate.signals}
    return any(isinstance(part, ex.Named) and part.name in signals for part in asked_parts(estimate, asked))


def crossing_name(crossing: Crossing) -> str:
    """Name of the condition that a trend has reached a threshold.

    >>> crossing_name(Crossing("trade", 20.0, rising=True))
    'trade >= 20'
    """
    return f"{crossing.trend} {'>=' if crossing.rising else '<='} {crossing.threshold:.12g}"


def _crossing(atom: ex.Compared) -> Crossing:
    # A path that is continuous meets a threshold when it passes it, so > and >= are one.
    return Crossing(atom.name, float(atom.value), rising=atom.comparison in {">", ">="})


def _crossings(expressions: Iterable[ex.Expression], trends: frozenset[str]) -> Iterable[Crossing]:
    for part in expressions:
        if isinstance(part, ex.Compared) and part.name in trends:
            yield _crossing(part)


def true_at(levels: Sequence[str], comparison: ex.Comparison, value: str) -> frozenset[int]:
    """Numbers of the levels at which a comparison is true.

    >>> sorted(true_at(("low", "middle", "high"), ">", "low"))
    [1, 2]
    """
    at = levels.index(value)
    every = range(len(levels))
    match comparison:
        case "is":
            return frozenset({at})
        case "is not":
            return frozenset(every) - {at}
        case ">=":
            return frozenset(every[at:])
        case ">":
            return frozenset(every[at + 1 :])
        case "<=":
            return frozenset(every[: at + 1])
        case "<":
            return frozenset(every[:at])


def _ordered(
    estimate: Estimate, remembered: Sequence[ex.Expression], trends: frozenset[str]
) -> tuple[Condition | ex.Expression, ...]:
    """Derived conditions and memories, each after what it looks at."""
    derived = {c.name: c for c in estimate.conditions if c.is_ is not None}
    items: dict[Condition | ex.Expression, ex.Expression] = {}
    for condition in derived.values():
        if condition.is_ is not None:
            items[condition] = condition.is_
    items |= {part: part for part in remembered}
    sorter: TopologicalSorter[Condition | ex.Expression] = TopologicalSorter()
    for item, expression in items.items():
        sorter.add(item, *_looks_at(expression, derived, trends))
    return tuple(sorter.static_order())


def _looks_at(
    expression: ex.Expression, derived: Mapping[str, Condition], trends: frozenset[str]
) -> Iterable[Condition | ex.Expression]:
    if isinstance(expression, ex.Ever):
        yield expression.part
        return
    match expression:
        case ex.Named(name) | ex.Compared(name):
            if name in derived and name not in trends:
                yield derived[name]
        case ex.Not(part):
            yield from _looks_at(part, derived, trends)
        case ex.And(several) | ex.Or(several) | ex.AtLeast(_, several):
            for part in several:
                yield from _looks_at(part, derived, trends)
        case _:
            pass
