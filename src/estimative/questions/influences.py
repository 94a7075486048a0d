"""Influences: which variable looks at which, and whether it is helped or held back by it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from estimative.estimate import expressions as ex
from estimative.model.compile_guards import true_at
from estimative.questions.monotone import upwards

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from estimative.estimate.nodes import Choice, Condition, Estimate, Rule, Scale

    Looked = tuple[ex.Expression | None, int]
    """What is looked at, and whether it brings more."""

Sign = int
"""1 where more helps, -1 where more hinders, 0 where it depends."""

MOST = 30
"""Variables in a diagram; more than these nobody reads."""


@dataclass(frozen=True)
class Influence:
    """`target` looks at `source`; `sign` is 1 where that helps it, -1 where it hinders, 0 where it depends."""

    source: str
    target: str
    sign: Literal[1, 0, -1]


@dataclass(frozen=True)
class Influences:
    """What influences what.

    `whole` has every influence once, in the order in which they were written; `towards` those that lead
    to each scale, lottery and choice, in as many steps as make a picture that can be read.
    """

    whole: tuple[Influence, ...]
    towards: tuple[tuple[str, tuple[Influence, ...]], ...]


def influences(estimate: Estimate, most: int = MOST) -> Influences:
    """Influences of variables on each other; `most` is how many variables make a readable picture."""
    signs: dict[tuple[str, str], set[Sign]] = defaultdict(set)
    for source, target, sign in _all(estimate):
        if source != target:
            signs[source, target].add(sign)
    whole = tuple(
        Influence(source, target, 1 if found == {1} else -1 if found == {-1} else 0)
        for (source, target), found in signs.items()
    )
    names = [scale.name for scale in estimate.scales] + [choice.name for choice in estimate.choices]
    return Influences(whole, tuple((name, towards(whole, name, most)) for name in names))


def _all(estimate: Estimate) -> Iterator[tuple[str, str, Sign]]:
    """Yield each name that something looks at, what looks at it, and whether more of it is more of that."""
    ordered = {scale.name: [level.name for level in scale.levels] for scale in estimate.scales}
    nominal = {scale.name for scale in estimate.scales if scale.settles is not None}
    for choice in estimate.choices:
        ordered[choice.name] = [option.name for option in choice.options]
        nominal.add(choice.name)
    for target, expression, sign in _looked_at(estimate):
        for atom, times in _atoms(expression, sign):
            sense = _sense(atom, ordered.get(atom.name), nominal=atom.name in nominal)
            yield atom.name, target, times * sense


def _looked_at(estimate: Estimate) -> Iterator[tuple[str, ex.Expression | None, Sign]]:
    """Yield each variable with what it looks at, and whether that brings more of it."""
    for condition in estimate.conditions:
        yield from ((condition.name, *one) for one in _of_condition(condition))
    for scale in estimate.scales:
        yield from ((scale.name, *one) for one in _of_scale(scale))
    for choice in estimate.choices:
        yield from ((choice.name, one, 0) for one in _of_choice(choice))
    for signal in estimate.signals:
        yield signal.name, signal.of, 1


def _of_condition(condition: Condition) -> Iterator[Looked]:
    yield condition.is_, 1
    yield condition.requires, 1
    for rule in condition.becomes:
        yield from _of_rule(rule, 1)
    for rule in condition.ends:
        yield from _of_rule(rule, -1)


def _of_scale(scale: Scale) -> Iterator[Looked]:
    for rule in scale.rises:
        yield from _of_rule(rule, 1)
    for rule in scale.falls:
        yield from _of_rule(rule, -1)
    if scale.returns is not None:
        yield from _of_rule(scale.returns, 0)
    if scale.settles is not None:
        for expression in (scale.settles.when, *(case.when for case in scale.settles.cases)):
            yield expression, 0


def _of_choice(choice: Choice) -> Iterator[ex.Expression | None]:
    yield from (expression for expression, _ in _of_rule(choice.reconsidered, 0))
    yield from (option.available_when for option in choice.options)
    yield from (effect.when for option in choice.options for effect in option.effects)
    yield from (reranking.when for reranking in choice.reranked)


def _of_rule(rule: Rule, sign: Sign) -> Iterator[Looked]:
    yield rule.when, sign
    yield rule.requires, sign
    yield rule.unless, -sign
    for modifier in rule.heightened_by:
        yield modifier.when, sign
    for modifier in rule.restrained_by:
        yield modifier.when, -sign


def _atoms(expression: ex.Expression | None, sign: Sign) -> Iterator[tuple[ex.Named | ex.Compared, Sign]]:
    """Yield what an expression speaks of; under `not` the sign turns."""
    match expression:
        case ex.Named() | ex.Compared():
            yield expression, sign
        case ex.Not(part):
            yield from _atoms(part, -sign)
        case ex.Ever(part):
            yield from _atoms(part, sign)
        case ex.And(parts) | ex.Or(parts) | ex.AtLeast(_, parts):
            for part in parts:
                yield from _atoms(part, sign)
        case ex.Always() | ex.At() | ex.Before() | None:
            # Questions have these; rules do not.
            return


def _sense(atom: ex.Named | ex.Compared, levels: Sequence[str] | None, *, nominal: bool) -> Sign:
    """Whether it is true from some level up (1), or down (-1), or neither (0).

    Of what has no order, only the first level stands apart: not settled yet, or the option without any.

    >>> tie = ("cold", "cool", "warm")
    >>> [_sense(ex.Compared("tie", "is", level), tie, nominal=False) for level in tie]
    [-1, 0, 1]
    """
    match atom:
        case ex.Compared(_, comparison, value) if levels is not None:
            at = true_at(levels, comparison, value)
            stands_apart = {frozenset({0}), frozenset(range(1, len(levels)))}
            return 0 if nominal and at not in stands_apart else upwards(at, len(levels))
        case ex.Compared(comparison="<" | "<="):
            return -1
    return 1


def towards(found: Sequence[Influence], target: str, most: int) -> tuple[Influence, ...]:
    """Influences that lead to one variable, in as many steps as keep to `most` variables; one step at least.

    >>> chain = (Influence("a", "b", 1), Influence("b", "c", -1))
    >>> [influence.source for influence in towards(chain, "c", most=2)]
    ['b']
    """
    names, newest = {target}, {target}
    kept: dict[Influence, None] = {}
    while newest:
        near = [influence for influence in found if influence.target in newest]
        newest = {influence.source for influence in near} - names
        if kept and len(names | newest) > most:
            break
        names |= newest
        kept.update(dict.fromkeys(near))
    return tuple(kept)
