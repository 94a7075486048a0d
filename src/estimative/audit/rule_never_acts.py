"""A rule that acts in none of the futures.

What it does
    Three things are found: rules whose likelihood is 0% in every reading; rules that can be proved never to
    act, because going from step to step through what can come about their conditions cannot once hold inside
    their window while what they change can still change; and rules for which this happens in none of the
    futures that were simulated, over all readings and lenses. The part of a condition that never holds is
    named where there is one.
Why
    The rule reads like a judgement and changes nothing. Usually a name is wrong, a window is over before
    what the rule waits for can happen, or two things that it joins exclude each other.
Example
    A rule with `when: war` between 1985 and 1986, and war becomes possible in 1988.
Instead
    Correct its condition or its window, or strike the rule and say in a note that it was considered. What was
    only not seen may be possible and rare: more futures (`--futures`) would show it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from estimative.engine.request import Monitor, Watch
from estimative.model.guards import All, Guard, Holds, Not
from estimative.model.model import Crossing, Effect
from estimative.places.problem import Problem
from estimative.questions.reach import is_nothing, moves

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from estimative.audit.material import Material
    from estimative.model.model import Model, Rule

CODE = "A0405"


def find(material: Material) -> Iterator[Problem]:
    """Yield the rules that act in no future of any reading, or cannot."""
    model = material.futures.model
    for number, rule in enumerate(model.rules):
        if is_nothing(rule.meaning):
            yield Problem(
                CODE,
                rule.span,
                f"`{rule.name}` can never fire: its likelihood is 0% in every reading",
                "give it a likelihood, or strike the rule and say in a note that it was considered",
            )
        elif _is_watched(rule) and material.never(_acts(model, rule)):
            yield _idle(material, number, rule)


def watched(model: Model) -> Iterator[Monitor]:
    """Yield what is watched: that each rule could act."""
    yield from (_acts(model, rule) for rule in model.rules if _is_watched(rule))


def parts_watched(model: Model, idle: Collection[Monitor]) -> Iterator[Monitor]:
    """Yield what is watched besides where rules look idle: that each part of their conditions holds."""
    for rule in model.rules:
        if _is_watched(rule) and _acts(model, rule) in idle:
            yield from (_watched(rule, part) for part in _parts(rule.guard))


def _is_watched(rule: Rule) -> bool:
    """The crossing of a trend is a question to data, and what starts something waits for nothing."""
    return not isinstance(rule.meaning, Crossing) and rule.effect is not Effect.STARTS


def _idle(material: Material, number: int, rule: Rule) -> Problem:
    model, reach = material.futures.model, material.reach
    hint = "correct its condition or its window, or strike the rule"
    if number not in reach.acts:
        first, last = rule.first - 1, rule.last - 1
        missing = _listed(model, (part for part in _parts(rule.guard) if not reach.can(part, first, last)))
        why = f"{missing} cannot hold in its window" if missing else "its conditions cannot come together"
        return Problem(CODE, rule.span, f"`{rule.name}` can never act: {why}", hint)
    missing = _listed(model, (part for part in _parts(rule.guard) if material.never(_watched(rule, part))))
    why = f"{missing} never holds in its window" if missing else "its conditions never come together"
    return Problem(CODE, rule.span, f"`{rule.name}` acts {material.in_futures}: {why}", hint)


def _listed(model: Model, parts: Iterator[Guard]) -> str:
    return ", ".join(name for part in parts if (name := _named(model, part)))


def _acts(model: Model, rule: Rule) -> Monitor:
    """That a rule's conditions hold where it can change something."""
    return _watched(rule, All((rule.guard, able(model, rule))))


def able(model: Model, rule: Rule) -> Guard:
    """That the rule's own variable can still be changed by it.

    An actor can always look again; and a rule of a scale always cancels what would move it the other way.
    """
    levels = range(len(model.variables[rule.variable].levels))
    always = rule.effect is Effect.RECONSIDERS or _cancels(model, rule)
    return Holds(rule.variable, frozenset(levels if always else (level for level, _ in moves(model, rule))))


def _cancels(model: Model, rule: Rule) -> bool:
    ways = {Effect.RISES, Effect.FALLS, Effect.RETURNS}
    others = {one.effect for one in model.rules if one.variable == rule.variable} - {rule.effect}
    return rule.effect in ways and bool(others & ways)


def _watched(rule: Rule, guard: Guard) -> Monitor:
    """The guard at the states from which the rule may move something."""
    return Monitor(Watch.EVER, guard, rule.first - 1, rule.last - 1)


def _parts(guard: Guard) -> tuple[Guard, ...]:
    """What must hold together."""
    if isinstance(guard, All):
        return tuple(inner for part in guard.parts for inner in _parts(part))
    return (guard,)


def _named(model: Model, guard: Guard) -> str:
    """A simple part of a condition by its name; empty for others."""
    if isinstance(guard, Not):
        inner = _named(model, guard.part)
        return f"not {inner}" if inner else ""
    if not isinstance(guard, Holds):
        return ""
    variable = model.variables[guard.variable]
    if variable.is_condition:
        return f"`{variable.name}`"
    levels = [variable.levels[level] for level in sorted(guard.levels)]
    return f"`{variable.name}` at {' or '.join(f'`{level}`' for level in levels)}"
