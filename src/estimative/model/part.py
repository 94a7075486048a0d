"""A part of a model that can be run by itself: some variables and whatever they depend on."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from estimative.model.ancestry import ancestors
from estimative.model.guards import All, Any, AtLeast, Guard, Holds, Not

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from estimative.model.compile_guards import Names
    from estimative.model.model import Choice, Lottery, Model, Rule

Renumbered = dict[int, int]
"""New numbers of variables by their old ones."""


def part(model: Model, names: Names, variables: Iterable[int]) -> tuple[Model, Names]:
    """The model of these variables and of all that they depend on, with its names.

    Dice go by name, so the part's futures are those of the whole.
    """
    kept = sorted(ancestors(model, variables))
    new = {number: place for place, number in enumerate(kept)}
    rules = [number for number, rule in enumerate(model.rules) if rule.variable in new]
    places = {number: place for place, number in enumerate(rules)}
    return (
        replace(
            model,
            variables=tuple(
                replace(v, guard=None if v.guard is None else moved(v.guard, new))
                for v in (model.variables[number] for number in kept)
            ),
            rules=tuple(_rule(model.rules[number], new) for number in rules),
            lotteries=tuple(_lottery(one, new) for one in model.lotteries if one.variable in new),
            choices=tuple(_choice(one, new, places) for one in model.choices if one.variable in new),
            signals=tuple(new[number] for number in model.signals if number in new),
        ),
        replace(
            names,
            numbers={name: new[number] for name, number in names.numbers.items() if number in new},
            memories={of: new[number] for of, number in names.memories.items() if number in new},
        ),
    )


def moved(guard: Guard, new: Mapping[int, int]) -> Guard:
    """A guard over the same variables under their new numbers.

    >>> moved(Not(Holds(7, frozenset({1}))), {7: 2})
    Not(part=Holds(variable=2, levels=frozenset({1})))
    """
    match guard:
        case Holds(variable, levels):
            return Holds(new[variable], levels)
        case Not(inner):
            return Not(moved(inner, new))
        case All(parts):
            return All(tuple(moved(inner, new) for inner in parts))
        case Any(parts):
            return Any(tuple(moved(inner, new) for inner in parts))
        case AtLeast(count, parts):
            return AtLeast(count, tuple(moved(inner, new) for inner in parts))


def _rule(rule: Rule, new: Renumbered) -> Rule:
    return replace(
        rule,
        variable=new[rule.variable],
        guard=moved(rule.guard, new),
        modifiers=tuple(replace(one, guard=moved(one.guard, new)) for one in rule.modifiers),
    )


def _lottery(lottery: Lottery, new: Renumbered) -> Lottery:
    return replace(
        lottery,
        variable=new[lottery.variable],
        guard=moved(lottery.guard, new),
        cases=tuple(replace(case, guard=moved(case.guard, new)) for case in lottery.cases),
    )


def _choice(choice: Choice, new: Renumbered, rules: Mapping[int, int]) -> Choice:
    return replace(
        choice,
        variable=new[choice.variable],
        reconsidered=rules[choice.reconsidered],
        reranked=tuple((moved(guard, new), ranking) for guard, ranking in choice.reranked),
        effects=tuple(replace(effect, guard=moved(effect.guard, new)) for effect in choice.effects),
        available=tuple(moved(guard, new) for guard in choice.available),
        conditions=tuple(moved(guard, new) for guard in choice.conditions),
    )
