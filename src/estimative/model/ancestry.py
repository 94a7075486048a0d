"""Ancestry: which variables can have a part in what happens to others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from estimative.model.guards import variables
from estimative.model.kept import Kept

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from estimative.model.guards import Guard
    from estimative.model.model import Choice, Lottery, Model, Rule


def ancestors(model: Model, of: Iterable[int], held: Collection[int] = frozenset()) -> frozenset[int]:
    """Numbers of the variables that these depend on, over any number of steps, themselves included.

    The others can be changed at will: with the same dice, nothing moves in these. What is `held` depends on
    nothing.
    """
    looks_at = _LOOKS_AT.of(model, None, lambda: _looks_at(model))
    return all_from(of, lambda number: () if number in held else looks_at[number])


def all_from(first: Iterable[int], leads_to: Callable[[int], Iterable[int]]) -> frozenset[int]:
    """These numbers, and all to which they lead over any number of steps.

    >>> sorted(all_from([3], {3: [4, 5], 4: [3], 5: [], 6: [7]}.__getitem__))
    [3, 4, 5]
    """
    found: set[int] = set()
    waiting = list(first)
    while waiting:
        number = waiting.pop()
        if number not in found:
            found.add(number)
            waiting.extend(leads_to(number))
    return frozenset(found)


_LOOKS_AT = Kept[list[set[int]]]()


def _looks_at(model: Model) -> list[set[int]]:
    """For each variable those that it looks at when it moves, by number."""
    looks_at: list[set[int]] = [set() for _ in model.variables]
    for number, variable in enumerate(model.variables):
        if variable.guard is not None:
            looks_at[number].update(variables(variable.guard))
    for rule in model.rules:
        looks_at[rule.variable].update(_seen(_rule_guards(rule)))
    for lottery in model.lotteries:
        looks_at[lottery.variable].update(_seen(_lottery_guards(lottery)))
    for choice in model.choices:
        looks_at[choice.variable].update(_seen(_choice_guards(choice)))
    return looks_at


def _seen(guards: Iterable[Guard]) -> Iterator[int]:
    for guard in guards:
        yield from variables(guard)


def _rule_guards(rule: Rule) -> Iterator[Guard]:
    yield rule.guard
    for modifier in rule.modifiers:
        yield modifier.guard


def _lottery_guards(lottery: Lottery) -> Iterator[Guard]:
    yield lottery.guard
    for case in lottery.cases:
        yield case.guard


def _choice_guards(choice: Choice) -> Iterator[Guard]:
    yield from choice.conditions
    yield from choice.available
