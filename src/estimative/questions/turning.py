"""What would have to change for an actor to prefer another option: a condition, an effect, a rank."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import numpy as np

from estimative.model import guards
from estimative.model.choices import Judged, available, preferred, ranking, ranks_in_force, without_idle
from estimative.model.model import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from estimative.model.choices import Column
    from estimative.model.model import Choice, Model


Sign = Literal["++", "+", "-", "--"]

AS_WRITTEN: Mapping[int, int] = {}

_INSTEAD: dict[Sign, tuple[Sign, Sign]] = {
    "++": ("+", "--"),
    "+": ("++", "-"),
    "-": ("--", "+"),
    "--": ("-", "++"),
}
"""Signs that an effect is tried with: of the other size, and turned round."""


@dataclass(frozen=True)
class IsAt:
    """A variable is at another level than at as-of."""

    variable: str
    level: str


@dataclass(frozen=True)
class HasEffect:
    """An option has another effect on an interest than it has; None: none at all."""

    option: str
    interest: str
    written: Sign
    instead: Sign | None


@dataclass(frozen=True)
class RanksAbove:
    """Two interests that follow each other change places."""

    above: str
    below: str


@dataclass(frozen=True)
class Turn:
    """One change, alone, and what it does to the option that most readings prefer at as-of.

    Parameters
    ----------
    change
        What is otherwise.
    before, after
        Shares of readings that prefer each option, shape (options,), each summing to one.
    prefers
        Number of the option that most readings then prefer.
    turns
        Whether it is another one than before.
    """

    change: IsAt | HasEffect | RanksAbove
    before: NDArray[np.float64]
    after: NDArray[np.float64]
    prefers: int
    turns: bool

    @property
    def moved(self) -> float:
        """Share of readings that it moves from one option to another, at least."""
        return float(np.abs(self.after - self.before).sum() / 2)


def turnings(model: Model, choice: Choice, column: Column) -> tuple[Turn, ...]:
    """Every single change that moves readings, those that turn the choice first, then by what they move.

    Tried are: each variable that the choice looks at, at each of its other levels; each effect left out,
    turned round, and of the other size; each two neighbouring ranks exchanged.
    """
    state = as_of_state(model)
    mask = mask_of(choice, state)
    judged = Judged.of(choice, column)
    before = shares(judged, mask)
    found = []
    for change, other, other_mask in _changes(model, judged, state, mask, column):
        after = shares(other, other_mask)
        prefers = int(after.argmax())
        if (after != before).any():
            found.append(Turn(change, before, after, prefers, turns=prefers != int(before.argmax())))
    return tuple(sorted(found, key=lambda turn: (not turn.turns, -turn.moved)))


def shares(judged: Judged, mask: int) -> NDArray[np.float64]:
    """Share of readings that prefer each option under a mask: the acceptabilities, summing to one."""
    best = preferred(judged.worth(mask), available(judged.choice, mask))
    return np.bincount(best, minlength=len(judged.choice.available)) / judged.readings


def as_of_state(model: Model, put: Mapping[int, int] = AS_WRITTEN) -> tuple[int, ...]:
    """Level of every variable at as-of, with some put at other levels by number.

    What is derived follows. A condition that starts by a likelihood counts as not holding.
    """
    state: list[int] = []
    for number, variable in enumerate(model.variables):
        if number in put:
            state.append(put[number])
        elif variable.guard is None:
            state.append(variable.start)
        else:
            state.append(int(guards.is_true(variable.guard, state)))
    return tuple(state)


def mask_of(choice: Choice, state: Sequence[int]) -> int:
    """Mask of a choice's conditions in a state."""
    return sum(guards.is_true(guard, state) << number for number, guard in enumerate(choice.conditions))


def _changes(
    model: Model, judged: Judged, state: tuple[int, ...], mask: int, column: Column
) -> Iterator[tuple[IsAt | HasEffect | RanksAbove, Judged, int]]:
    """Yield each change, the choice as it then is, and the mask of conditions that then holds."""
    choice = judged.choice
    for level, other_mask in _other_levels(model, choice, state):
        yield level, judged, other_mask
    for effect, other in _other_effects(model, choice):
        yield effect, Judged.of(other, column), mask
    for rank, other in _other_ranks(choice, mask):
        yield rank, Judged.of(other, column), mask


def _other_levels(model: Model, choice: Choice, state: tuple[int, ...]) -> Iterator[tuple[IsAt, int]]:
    looked_at = sorted({number for guard in choice.conditions for number in guards.variables(guard)})
    for number in looked_at:
        variable = model.variables[number]
        for level, name in enumerate(variable.levels):
            if level != state[number] and not (variable.kind is Kind.LOTTERY and level == 0):
                other = as_of_state(model, {number: level})
                yield IsAt(variable.name, name), mask_of(choice, other)


def _other_effects(model: Model, choice: Choice) -> Iterator[tuple[HasEffect, Choice]]:
    options = model.variables[choice.variable].levels
    elsewhere = {
        other.interests[effect.interest]
        for other in model.choices
        if other.actor == choice.actor and other.variable != choice.variable
        for effect in other.effects
    }
    for number, effect in enumerate(choice.effects):
        before, after = choice.effects[:number], choice.effects[number + 1 :]
        option, interest = options[effect.option], choice.interests[effect.interest]
        without = without_idle(replace(choice, effects=(*before, *after)), elsewhere)
        yield HasEffect(option, interest, effect.sign, None), without
        for instead in _INSTEAD[effect.sign]:
            changed = replace(choice, effects=(*before, replace(effect, sign=instead), *after))
            yield HasEffect(option, interest, effect.sign, instead), changed


def _other_ranks(choice: Choice, mask: int) -> Iterator[tuple[RanksAbove, Choice]]:
    number, ranks = ranking(choice, mask), ranks_in_force(choice, mask)
    for place in range(len(ranks) - 1):
        if len(ranks[place]) == len(ranks[place + 1]) == 1:
            exchanged = (*ranks[:place], ranks[place + 1], ranks[place], *ranks[place + 2 :])
            if number == 0:
                other = replace(choice, ranking=exchanged)
            else:
                guard = choice.reranked[number - 1][0]
                reranked = (*choice.reranked[: number - 1], (guard, exchanged), *choice.reranked[number:])
                other = replace(choice, reranked=reranked)
            names = choice.interests
            yield RanksAbove(names[ranks[place + 1][0]], names[ranks[place][0]]), other
