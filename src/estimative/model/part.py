"""A part of a model that can be run by itself: some variables and whatever they depend on."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from estimative.model.ancestry import ancestors
from estimative.model.renumber import (
    renumbered_choice,
    renumbered_lottery,
    renumbered_rule,
    renumbered_variable,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from estimative.model.compile_guards import Names
    from estimative.model.model import Model


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
            variables=tuple(renumbered_variable(model.variables[number], new) for number in kept),
            rules=tuple(renumbered_rule(model.rules[number], new) for number in rules),
            lotteries=tuple(renumbered_lottery(one, new) for one in model.lotteries if one.variable in new),
            choices=tuple(
                renumbered_choice(one, new, places) for one in model.choices if one.variable in new
            ),
            signals=tuple(new[number] for number in model.signals if number in new),
        ),
        replace(
            names,
            numbers={name: new[number] for name, number in names.numbers.items() if number in new},
            memories={of: new[number] for of, number in names.memories.items() if number in new},
        ),
    )
