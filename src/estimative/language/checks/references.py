"""Checks of what refers to something else: actors, interests, levels, sources, and cycles of definitions."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from estimative.estimate import expressions as ex
from estimative.estimate.walk import parts, state_expressions
from estimative.language.checks.expressions import check_level, check_state
from estimative.language.checks.rings import rings
from estimative.language.nearest import nearest
from estimative.language.problems import lotteries as lottery_problems
from estimative.language.problems import names as problems

if TYPE_CHECKING:
    from collections.abc import Iterator

    from estimative.estimate.nodes import Condition, Estimate, Scale
    from estimative.estimate.values import Reference
    from estimative.language.checks.namespace import Namespace
    from estimative.places.problem import Problem

MOST_NOTES = 20
"""Conditions of a ring whose places are shown."""


def check_references(estimate: Estimate, names: Namespace) -> Iterator[Problem]:
    """Yield every reference to something that is not there, or is of the wrong kind."""
    for expression in state_expressions(estimate):
        yield from check_state(expression, names)
    for scale in estimate.scales:
        yield from check_actor(scale.of, names)
        yield from _part_of(scale.part_of, names)
        yield from _scale(scale, names)
    for choice in estimate.choices:
        yield from check_actor(choice.actor, names)
        yield from _part_of(choice.part_of, names)
        yield from check_level(choice.starts.name, choice.starts.span, choice.name, names)
    for condition in estimate.conditions:
        yield from check_actor(condition.of, names)
        yield from _part_of(condition.part_of, names)
        yield from _condition(condition)
    yield from _cycles(estimate)


def check_actor(reference: Reference | None, names: Namespace) -> Iterator[Problem]:
    """Yield a problem if a reference names no actor."""
    if reference is None or "actors" in names.lost:
        return
    if reference.name and reference.name not in names.actors:
        near = nearest(reference.name, names.actors)
        yield problems.unknown_name(reference.span, reference.name, "actor", near)


def _part_of(reference: Reference | None, names: Namespace) -> Iterator[Problem]:
    if reference is None or reference.name in names.actors or "actors" in names.lost:
        return
    actor, dot, interest = reference.name.rpartition(".")
    owners = names.interests.get(interest, ())
    if dot and actor in owners:
        return
    if not dot and len(owners) > 1:
        yield problems.ambiguous_interest(reference.span, interest, owners)
    elif dot or not owners:
        near = nearest(reference.name, [*names.interests, *names.actors])
        yield problems.unknown_name(reference.span, reference.name, "interest or actor", near)


def _scale(scale: Scale, names: Namespace) -> Iterator[Problem]:
    if not scale.levels:
        return
    yield from check_level(scale.starts.name, scale.starts.span, scale.name, names)
    if scale.norm is not None:
        yield from check_level(scale.norm.name, scale.norm.span, scale.name, names)
    for rule in (*scale.rises, *scale.falls, *((scale.returns,) if scale.returns else ())):
        if rule.to is not None:
            yield from check_level(rule.to.name, rule.to.span, scale.name, names)
    if scale.settles is None:
        return
    first = scale.levels[0].name
    if scale.starts.name != first and scale.starts.name in names.levels[scale.name]:
        yield lottery_problems.does_not_start_unsettled(scale.starts.span, scale.starts.name, first)
    for case in scale.settles.cases:
        for level, _ in case.levels:
            if level.name == first:
                yield lottery_problems.settles_on_first(level.span, first)
            else:
                yield from check_level(level.name, level.span, scale.name, names)


def _condition(condition: Condition) -> Iterator[Problem]:
    """Yield the rules that cannot act because they need what they are to bring about."""
    for rule in condition.becomes:
        for expression in (rule.when, rule.requires, condition.requires):
            needed = expression.parts if isinstance(expression, ex.And) else (expression,)
            for part in needed:
                if isinstance(part, ex.Named) and part.name == condition.name:
                    yield problems.needs_itself(part.span, condition.name, rule.name)


def check_never_holds(estimate: Estimate) -> Iterator[Problem]:
    """Yield the conditions that nothing makes hold."""
    for condition in estimate.conditions:
        if condition.is_ is None and condition.starts is False and not condition.becomes:
            yield problems.never_holds(condition.span, condition.name)


def _cycles(estimate: Estimate) -> Iterator[Problem]:
    """Yield one problem for all conditions that are defined by one another, with a ring of them."""
    derived = {c.name: c for c in estimate.conditions if c.is_ is not None}
    needs = {
        name: dict.fromkeys(
            part.name
            for part in parts(condition.is_)
            if isinstance(part, ex.Named | ex.Compared) and part.name in derived
        )
        for name, condition in derived.items()
        if condition.is_ is not None
    }
    for ring in rings(needs):
        others = [
            (derived[name].span, f"`{name}` is defined here") for name in islice(ring, 1, 1 + MOST_NOTES)
        ]
        yield problems.cycle(derived[ring[0]].span, ring, others)
