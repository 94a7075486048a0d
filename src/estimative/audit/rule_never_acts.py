"""A rule that can never fire, because what it waits for never comes together.

What it does
    For every rule it counts the futures, over all readings, in which its conditions once hold inside its
    window while what it changes can still change. A rule is found where there is none; the part of its
    condition that never held is named where there is one.
Why
    The rule reads like a judgement and changes nothing. Usually a name is wrong, a window is over before
    what the rule waits for can happen, or two things that it joins exclude each other.
Example
    A rule with `when: war` between 1985 and 1986, and war becomes possible in 1988.
Instead
    Correct its condition or its window, or strike the rule and say in a note that it was considered.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from estimative.audit.never import in_futures, never
from estimative.engine.request import Monitor, Watch
from estimative.model.guards import All, Guard, Holds, Not
from estimative.model.model import Crossing, Effect, Kind
from estimative.places.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from estimative.audit.material import Material
    from estimative.model.model import Model, Rule

CODE = "A0405"


def find(material: Material) -> Iterator[Problem]:
    """Yield the rules that could act in no future of any reading."""
    model = material.futures.model
    rules = [
        rule
        for rule in model.rules
        if not isinstance(rule.meaning, Crossing) and rule.effect is not Effect.STARTS
    ]
    watched = [_watched(rule, All((rule.guard, able(model, rule)))) for rule in rules]
    idle = [rule for rule, is_never in zip(rules, never(material.futures, watched), strict=True) if is_never]
    parts = [(rule, part) for rule in idle for part in _parts(rule.guard)]
    missing = never(material.futures, [_watched(rule, part) for rule, part in parts])
    for rule in idle:
        names = [
            _named(model, part)
            for (whose, part), is_never in zip(parts, missing, strict=True)
            if whose is rule and is_never
        ]
        known = [name for name in names if name]
        why = f": {', '.join(known)} never held in its window" if known else ""
        yield Problem(
            CODE,
            rule.span,
            f"`{rule.name}` never acts: its conditions come together {in_futures(material.futures)}{why}",
            "correct its condition or its window, or strike the rule",
        )


def able(model: Model, rule: Rule) -> Guard:
    """That the rule's own variable can still be changed by it."""
    number, levels = rule.variable, len(model.variables[rule.variable].levels)
    top = levels - 1 if rule.target is None else rule.target
    bottom = 0 if rule.target is None else rule.target
    at: range | set[int]
    match rule.effect:
        case Effect.BECOMES:
            at = {0}
        case Effect.ENDS:
            at = {1}
        case Effect.RISES:
            at = range(top)
        case Effect.FALLS:
            at = range(bottom + 1, levels)
        case Effect.RETURNS:
            at = set(range(levels)) - {model.variables[number].norm}
        case Effect.STARTS | Effect.RECONSIDERS:
            at = range(levels)
    return Holds(number, frozenset(at))


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
    if variable.kind in {Kind.CONDITION, Kind.DERIVED, Kind.MEMORY}:
        return f"`{variable.name}`"
    levels = [variable.levels[level] for level in sorted(guard.levels)]
    return f"`{variable.name}` at {' or '.join(f'`{level}`' for level in levels)}"
