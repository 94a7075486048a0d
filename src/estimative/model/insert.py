"""Insertion: more base variables in a model, before its derived ones, with every guard renumbered."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from estimative.model.guards import All, Any, AtLeast, Guard, Holds, Not

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from estimative.model.model import Case, Choice, Lottery, Model, Rule, Variable

    Renumber = Callable[[int], int]


def with_base(model: Model, added: Sequence[Variable]) -> tuple[Model, int]:
    """The model with variables added after its base ones, and the number of the first that was added.

    Base variables keep their numbers; derived conditions and memories move up.
    """
    first = sum(variable.guard is None for variable in model.variables)

    def new(number: int) -> int:
        return number if number < first else number + len(added)

    variables = [
        variable if variable.guard is None else replace(variable, guard=renumbered(variable.guard, new))
        for variable in model.variables
    ]
    return (
        replace(
            model,
            variables=(*variables[:first], *added, *variables[first:]),
            rules=tuple(_rule(rule, new) for rule in model.rules),
            lotteries=tuple(_lottery(lottery, new) for lottery in model.lotteries),
            choices=tuple(_choice(choice, new) for choice in model.choices),
        ),
        first,
    )


def renumbered(guard: Guard, new: Renumber) -> Guard:
    """The same guard over variables with other numbers.

    >>> renumbered(Not(Holds(2, frozenset({1}))), lambda number: number + 3)
    Not(part=Holds(variable=5, levels=frozenset({1})))
    """
    match guard:
        case Holds(variable, levels):
            return Holds(new(variable), levels)
        case Not(part):
            return Not(renumbered(part, new))
        case All(parts):
            return All(tuple(renumbered(part, new) for part in parts))
        case Any(parts):
            return Any(tuple(renumbered(part, new) for part in parts))
        case AtLeast(count, parts):
            return AtLeast(count, tuple(renumbered(part, new) for part in parts))


def _rule(rule: Rule, new: Renumber) -> Rule:
    modifiers = tuple(replace(one, guard=renumbered(one.guard, new)) for one in rule.modifiers)
    return replace(rule, guard=renumbered(rule.guard, new), modifiers=modifiers)


def _lottery(lottery: Lottery, new: Renumber) -> Lottery:
    cases: tuple[Case, ...] = tuple(
        replace(case, guard=renumbered(case.guard, new)) for case in lottery.cases
    )
    return replace(lottery, guard=renumbered(lottery.guard, new), cases=cases)


def _choice(choice: Choice, new: Renumber) -> Choice:
    return replace(
        choice,
        reranked=tuple((renumbered(guard, new), ranking) for guard, ranking in choice.reranked),
        effects=tuple(replace(one, guard=renumbered(one.guard, new)) for one in choice.effects),
        available=tuple(renumbered(guard, new) for guard in choice.available),
        conditions=tuple(renumbered(guard, new) for guard in choice.conditions),
    )
