"""Cut: a model without what has no part in a world: reasons for what is held so, and what can never change.

Variables keep their numbers, and futures stay what they are; but guards no longer look at what cannot change, so
that less depends on less.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from estimative.model.guards import FALSE, TRUE, All, Any, AtLeast, Guard, Holds, Not
from estimative.model.model import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from estimative.engine.request import World
    from estimative.model.model import Lottery, Model, Rule, Variable
    from estimative.questions.reach import Reach

    Changed = Callable[[Guard], Guard]


def lasting(world: World, steps: int) -> dict[int, int]:
    """Levels of the variables that a world holds so from as-of to the horizon, by number."""
    whole = 0, steps
    return {one.variable: one.level for one in world.interventions if (one.first, one.last) == whole}


def held(model: Model, levels: Mapping[int, int]) -> Model:
    """The model without the reasons for variables that are held at some levels."""
    return _without(model, levels, range(len(model.rules)), lambda guard: guard) if levels else model


def folded(model: Model, found: Reach) -> Model:
    """The model without rules that cannot fire, where guards look only at what can change."""
    ever = [found.ever(number) for number in range(len(model.variables))]
    fixed = {number: min(levels) for number, levels in enumerate(ever) if len(levels) == 1}
    return _without(model, fixed, sorted(found.fires), lambda guard: simpler(guard, ever))


def simpler(guard: Guard, ever: list[frozenset[int]]) -> Guard:
    """A guard without what is always true or always false, where variables are only at some levels.

    >>> two, three = Holds(0, frozenset({1})), Holds(1, frozenset({1}))
    >>> simpler(All((two, Not(three))), [frozenset({0, 1}), frozenset({0})])
    Holds(variable=0, levels=frozenset({1}))
    """
    match guard:
        case Holds(variable, levels):
            if ever[variable] <= levels:
                return TRUE
            return guard if ever[variable] & levels else FALSE
        case Not(part):
            inner = simpler(part, ever)
            return {TRUE: FALSE, FALSE: TRUE}.get(inner, Not(inner))
        case All(parts):
            return _at_least(len(parts), [simpler(part, ever) for part in parts])
        case Any(parts):
            return _at_least(1, [simpler(part, ever) for part in parts])
        case AtLeast(count, parts):
            return _at_least(count, [simpler(part, ever) for part in parts])


def _at_least(count: int, parts: list[Guard]) -> Guard:
    """That at least so many of some simple guards hold, as the simplest guard that says so."""
    count -= sum(part == TRUE for part in parts)
    open_ = tuple(part for part in parts if part not in {TRUE, FALSE})
    if count <= 0:
        return TRUE
    if count > len(open_):
        return FALSE
    if len(open_) == 1:
        return open_[0]
    if count == len(open_):
        return All(open_)
    return Any(open_) if count == 1 else AtLeast(count, open_)


def _without(model: Model, fixed: Mapping[int, int], fire: Sequence[int], changed: Changed) -> Model:
    """A model in which some variables stay at their levels, and only some rules are left."""
    rules = [number for number in fire if model.rules[number].variable not in fixed]
    places = {number: place for place, number in enumerate(rules)}
    # An actor who never looks at the options again stays.
    choices = [one for one in model.choices if one.reconsidered in places]
    deciding = {one.variable for one in choices}

    def kept(number: int, variable: Variable) -> Variable:
        if number in fixed:
            return replace(variable, kind=Kind.SCALE, guard=None, start=fixed[number])
        if variable.kind is Kind.CHOICE and number not in deciding:
            return replace(variable, kind=Kind.SCALE)
        return variable if variable.guard is None else replace(variable, guard=changed(variable.guard))

    return replace(
        model,
        variables=tuple(kept(number, variable) for number, variable in enumerate(model.variables)),
        rules=tuple(_rule(model.rules[number], changed) for number in rules),
        lotteries=tuple(_lottery(one, changed) for one in model.lotteries if one.variable not in fixed),
        choices=tuple(replace(one, reconsidered=places[one.reconsidered]) for one in choices),
    )


def _rule(rule: Rule, changed: Changed) -> Rule:
    guard, guards = changed(rule.guard), [changed(one.guard) for one in rule.modifiers]
    if guard == rule.guard and FALSE not in guards and guards == [one.guard for one in rule.modifiers]:
        return rule
    kept = [pair for pair in zip(rule.modifiers, guards, strict=True) if pair[1] != FALSE]
    return replace(rule, guard=guard, modifiers=tuple(replace(one, guard=now) for one, now in kept))


def _lottery(lottery: Lottery, changed: Changed) -> Lottery:
    cases = tuple(replace(case, guard=changed(case.guard)) for case in lottery.cases)
    return replace(lottery, guard=changed(lottery.guard), cases=cases)
