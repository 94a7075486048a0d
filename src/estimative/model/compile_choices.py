"""From a choice as it was written to the choice that runs: interests, effects and their guards by number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from estimative.model.guards import TRUE, Guard, Not
from estimative.model.model import Choice, OptionEffect
from estimative.places.problem import Bug

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from estimative.estimate import nodes
    from estimative.estimate.expressions import Expression

MOST_CONDITIONS = 8
"""A decision is a table over its conditions: 2**8 rows for every reading and option are the most."""


def compile_choice(
    choice: nodes.Choice,
    estimate: nodes.Estimate,
    variable: int,
    reconsidered: int,
    guard: Callable[[Expression], Guard],
) -> Choice:
    """Choice that runs; `variable` and `reconsidered` are the numbers of its variable and its rule.

    Interests on which no option of any of the actor's choices has an effect are left out: they decide
    nothing, and if they took part in the weights, adding one would change what the actor does.

    Raises
    ------
    Bug
        If the choice names an actor or interest that does not exist, a ranking is not one, or the choice
        hangs on more than eight conditions; the checks of the language come first.
    """
    actor = next((actor for actor in estimate.actors if actor.name == choice.actor.name), None)
    if actor is None:
        raise Bug(f"{choice.name}: no actor {choice.actor.name}")
    touched = _touched(estimate, actor.name)
    interests = tuple(interest.name for interest in actor.interests if interest.name in touched)
    if len(interests) < len(touched):
        raise Bug(f"{choice.name}: {actor.name} has not all of {sorted(touched)}")
    numbers = {name: number for number, name in enumerate(interests)}

    def ranks(ranking: tuple[tuple[str, ...], ...]) -> tuple[tuple[int, ...], ...]:
        kept = (tuple(numbers[name] for name in rank if name in numbers) for rank in ranking)
        places = tuple(rank for rank in kept if rank)
        if sorted(number for rank in places for number in rank) != list(range(len(interests))):
            raise Bug(f"{choice.name}: a ranking does not name each interest of {actor.name} once")
        return places

    effects = []
    for option, written in enumerate(choice.options):
        for effect in written.effects:
            if effect.sign != "0":
                when = TRUE if effect.when is None else guard(effect.when)
                interest = numbers[effect.interest.name]
                effects.append(OptionEffect(option, interest, effect.sign, when, effect.span))
    available = tuple(
        TRUE if option.available_when is None else guard(option.available_when) for option in choice.options
    )
    reranked = tuple((guard(other.when), ranks(other.ranking)) for other in choice.reranked)
    guards = (*(when for when, _ in reranked), *(effect.guard for effect in effects), *available)
    conditions = distinct(guards)
    if len(conditions) > MOST_CONDITIONS:
        raise Bug(f"{choice.name}: {len(conditions)} conditions reached the compiler")
    return Choice(
        variable=variable,
        actor=actor.name,
        reconsidered=reconsidered,
        interests=interests,
        ranking=ranks(actor.ranking or tuple((interest.name,) for interest in actor.interests)),
        reranked=reranked,
        effects=tuple(effects),
        available=available,
        conditions=conditions,
    )


def distinct(guards: Iterable[Guard]) -> tuple[Guard, ...]:
    """Guards on which something depends, each once, in order; ``not g`` counts as g.

    >>> from estimative.model.guards import Holds
    >>> x = Holds(0, frozenset({1}))
    >>> distinct([TRUE, Not(x), x]) == (x,)
    True
    """
    found: dict[Guard, None] = {}
    for guard in guards:
        plain = guard
        while isinstance(plain, Not):
            plain = plain.part
        if plain != TRUE:
            found[plain] = None
    return tuple(found)


def _touched(estimate: nodes.Estimate, actor: str) -> set[str]:
    """Interests of an actor on which some option of some of its choices has an effect."""
    return {
        effect.interest.name
        for choice in estimate.choices
        if choice.actor.name == actor
        for option in choice.options
        for effect in option.effects
        if effect.sign != "0"
    }
