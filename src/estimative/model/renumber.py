"""Renumbering: what moves in a model, where its variables have other numbers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from estimative.model.guards import renumbered

if TYPE_CHECKING:
    from collections.abc import Mapping

    from estimative.model.model import Choice, Lottery, Rule, Variable

    Numbers = Mapping[int, int]
    """New numbers of variables by their old ones."""


def renumbered_variable(variable: Variable, new: Numbers) -> Variable:
    """A variable whose guard, if it has one, looks at the new numbers."""
    return variable if variable.guard is None else replace(variable, guard=renumbered(variable.guard, new))


def renumbered_rule(rule: Rule, new: Numbers) -> Rule:
    """A rule for the new numbers."""
    return replace(
        rule,
        variable=new[rule.variable],
        guard=renumbered(rule.guard, new),
        modifiers=tuple(replace(one, guard=renumbered(one.guard, new)) for one in rule.modifiers),
    )


def renumbered_lottery(lottery: Lottery, new: Numbers) -> Lottery:
    """A lottery for the new numbers."""
    return replace(
        lottery,
        variable=new[lottery.variable],
        guard=renumbered(lottery.guard, new),
        cases=tuple(replace(case, guard=renumbered(case.guard, new)) for case in lottery.cases),
    )


def renumbered_choice(choice: Choice, new: Numbers, rules: Numbers) -> Choice:
    """A choice for the new numbers, and its rule's."""
    return replace(
        choice,
        variable=new[choice.variable],
        reconsidered=rules[choice.reconsidered],
        reranked=tuple((renumbered(guard, new), ranking) for guard, ranking in choice.reranked),
        effects=tuple(replace(effect, guard=renumbered(effect.guard, new)) for effect in choice.effects),
        available=tuple(renumbered(guard, new) for guard in choice.available),
        conditions=tuple(renumbered(guard, new) for guard in choice.conditions),
    )
