"""Insertion: more base variables in a model, before its derived ones, with every guard renumbered."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from estimative.model.renumber import (
    renumbered_choice,
    renumbered_lottery,
    renumbered_rule,
    renumbered_variable,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from estimative.model.model import Model, Variable


def with_base(model: Model, added: Sequence[Variable]) -> tuple[Model, int]:
    """The model with variables added after its base ones, and the number of the first that was added.

    Base variables keep their numbers; derived conditions and memories move up.
    """
    first = sum(variable.guard is None for variable in model.variables)
    new = {n: n if n < first else n + len(added) for n in range(len(model.variables))}
    rules = {n: n for n in range(len(model.rules))}
    variables = [renumbered_variable(variable, new) for variable in model.variables]
    return (
        replace(
            model,
            variables=(*variables[:first], *added, *variables[first:]),
            rules=tuple(renumbered_rule(rule, new) for rule in model.rules),
            lotteries=tuple(renumbered_lottery(lottery, new) for lottery in model.lotteries),
            choices=tuple(renumbered_choice(choice, new, rules) for choice in model.choices),
        ),
        first,
    )
