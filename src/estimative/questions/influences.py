"""Influences: which variable looks at which, and whether it is helped or held back by it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from estimative.estimate import expressions as ex

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from estimative.estimate.nodes import Choice, Condition, Estimate, Rule, Scale

Sign = Literal[1, 0, -1]

MOST = 30
"""Variables in a diagram; more than these nobody reads."""
_TURNED: dict[Sign, Sign] = {1: -1, 0: 0, -1: 1}


@dataclass(frozen=True)
class Influence:
    """`target` looks at `source`; `sign` is 1 where that helps it, -1 where it hinders, 0 where it depends."""

    source: str
    target: str
    sign: Sign


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
        Influence(source, target, next(iter(found)) if len(found) == 1 else 0)
        for (source, target), found in signs.items()
    )
    names = [scale.name for scale in estimate.scales] + [choice.name for choice in estimate.choices]
    return Influences(whole, tuple((name, towards(whole, name, most)) for name in names))


def _all(estimate: Estimate) -> Iterator[tuple[str, str, Sign]]:
    for condition in estimate.conditions:
        for source, sign in _of_condition(condition):
            yield source, condition.name, sign
    for scale in estimate.scales:
        for source, sign in _of_scale(scale):
            yield source, scale.name, sign
    for choice in estimate.choices:
        for source in _of_choice(choice):
            yield source, choice.name, 0
    for signal in estimate.signals:
        for source, sign in _signed(signal.of, 1):
            yield source, signal.name, sign


def _of_condition(condition: Condition) -> Iterator[tuple[str, Sign]]:
    for expression in (condition.is_, condition.requires):
        yield from _signed(expression, 1)
    for rule in condition.becomes:
        yield from _of_rule(rule, 1)
    for rule in condition.ends:
        yield from _of_rule(rule, -1)


def _of_scale(scale: Scale) -> Iterator[tuple[str, Sign]]:
    for rule in scale.rises:
        yield from _of_rule(rule, 1)
    for rule in scale.falls:
        yield from _of_rule(rule, -1)
    if scale.returns is not None:
        yield from _of_rule(scale.returns, 0)
    if scale.settles is not None:
        for expression in (scale.settles.when, *(case.when for case in scale.settles.cases)):
            yield from _signed(expression, 0)


def _of_choice(choice: Choice) -> Iterator[str]:
    guards = [source for source, _ in _of_rule(choice.reconsidered, 0)]
    looked_at = [
        *(option.available_when for option in choice.options),
        *(effect.when for option in choice.options for effect in option.effects),
        *(reranking.when for reranking in choice.reranked),
    ]
    yield from guards
    for expression in looked_at:
        yield from (source for source, _ in _signed(expression, 0))


def _of_rule(rule: Rule, sign: Sign) -> Iterator[tuple[str, Sign]]:
    for expression in (rule.when, rule.requires):
        yield from _signed(expression, sign)
    yield from _signed(rule.unless, _TURNED[sign])
    for modifier in rule.heightened_by:
        yield from _signed(modifier.when, sign)
    for modifier in rule.restrained_by:
        yield from _signed(modifier.when, _TURNED[sign])


def _signed(expression: ex.Expression | None, sign: Sign) -> Iterator[tuple[str, Sign]]:
    """Yield the names in an expression; under `not`, or below a level, the sign turns."""
    match expression:
        case ex.Named(name):
            yield name, sign
        case ex.Compared(name, comparison):
            yield name, _TURNED[sign] if comparison in {"<", "<=", "is not"} else sign
        case ex.Not(part):
            yield from _signed(part, _TURNED[sign])
        case ex.Ever(part):
            yield from _signed(part, sign)
        case ex.And(parts) | ex.Or(parts) | ex.AtLeast(_, parts):
            for part in parts:
                yield from _signed(part, sign)
        case ex.Always() | ex.At() | ex.Before() | None:
            # Questions have these; rules do not.
            return


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
