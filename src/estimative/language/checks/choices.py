"""Checks of choices: interests of the right actor, effects, rankings, and how much a decision hangs on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from estimative.estimate.expressions import Not
from estimative.language.nearest import nearest
from estimative.language.problems import choices as problems

if TYPE_CHECKING:
    from collections.abc import Iterator

    from estimative.estimate.expressions import Expression
    from estimative.estimate.nodes import Actor, Choice, Effect, Estimate, Option
    from estimative.places.problem import Problem
    from estimative.places.source import Span

MOST_CONDITIONS = 8
"""Distinct conditions of effects, availability and rankings on which one choice may hang."""


def check_choices(estimate: Estimate, *, whole: bool = True) -> Iterator[Problem]:
    """Yield what is wrong with the choices; an actor that is not declared is another check's.

    `whole` says whether everything could be read, so that what is missing is missing in the estimate itself.
    """
    actors = {actor.name: actor for actor in estimate.actors}
    for choice in estimate.choices:
        actor = actors.get(choice.actor.name)
        if actor is None:
            continue
        if not actor.interests:
            yield problems.no_interests(choice.actor.span, actor.name)
            continue
        yield from _effects(choice, actor, estimate)
        yield from _options(choice, whole=whole)
        for reranking in choice.reranked:
            yield from check_ranking(reranking.ranking, actor, reranking.span)
        count = len(conditions(choice))
        if count > MOST_CONDITIONS:
            yield problems.too_many_conditions(choice.span, choice.name, count, MOST_CONDITIONS)


def check_ranking(ranking: tuple[tuple[str, ...], ...], actor: Actor, span: Span) -> Iterator[Problem]:
    """Yield a problem if a ranking does not name each of an actor's interests once."""
    named = [name for rank in ranking for name in rank]
    interests = [interest.name for interest in actor.interests]
    extra = [name for number, name in enumerate(named) if name not in interests or name in named[:number]]
    left_out = [name for name in interests if name not in named]
    if extra or left_out:
        yield problems.ranking_is_not_whole(span, actor.name, left_out, extra)


def conditions(choice: Choice) -> tuple[Expression, ...]:
    """Expressions on which a choice hangs, each once; ``not x`` counts as x."""
    written: list[Expression | None] = [reranking.when for reranking in choice.reranked]
    for option in choice.options:
        written += [effect.when for effect in option.effects if effect.sign != "0"]
    written += [option.available_when for option in choice.options]
    found: dict[Expression, None] = {}
    for expression in written:
        plain = expression
        while isinstance(plain, Not):
            plain = plain.part
        if plain is not None:
            found[plain] = None
    return tuple(found)


def _effects(choice: Choice, actor: Actor, estimate: Estimate) -> Iterator[Problem]:
    interests = [interest.name for interest in actor.interests]
    for option in choice.options:
        first: dict[tuple[str, Expression | None], Effect] = {}
        for effect in option.effects:
            name = effect.interest.name
            if name not in interests:
                near = nearest(name, interests, most=2)
                others = [
                    other.name
                    for other in estimate.actors
                    if any(interest.name == name for interest in other.interests)
                ]
                yield problems.not_an_interest(effect.interest.span, name, actor.name, near, others)
                continue
            before = first.setdefault((name, effect.when), effect)
            if before is not effect:
                yield problems.same_effect_twice(effect.span, option.name, name, before.span)


def _options(choice: Choice, *, whole: bool) -> Iterator[Problem]:
    if len(choice.options) < 2:
        if choice.options:
            yield problems.one_option(choice.span, choice.name)
        return
    if not whole:
        return
    idle = [option for option in choice.options if not _moves_something(option)]
    if len(idle) == len(choice.options):
        yield problems.no_effects(choice.span, choice.name)
        return
    first = choice.options[0]
    if not _moves_something(first):
        for option in idle[1:]:
            yield problems.option_without_effects(option.span, option.name, first.name)
    if all(option.available_when is not None for option in choice.options):
        yield problems.first_option_not_always(first.span, first.name)


def _moves_something(option: Option) -> bool:
    return any(effect.sign != "0" for effect in option.effects)
