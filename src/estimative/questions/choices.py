"""Choices: which options an actor's ranked interests favour, in what share of readings, now and over time.

The acceptability of an option is the share of readings that prefer it; its central weights are the mean
weights of those readings: what one must believe to prefer it (SMAA, see `model.choices`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import product
from math import prod
from typing import TYPE_CHECKING

import numpy as np

from estimative.engine.request import Request
from estimative.model import guards
from estimative.model.choices import Judged, available, favourites, preferred, ranking, ranks_in_force
from estimative.model.guards import TRUE
from estimative.model.insert import with_base
from estimative.model.model import Effect, Rule
from estimative.model.tables import SCALE, ChoiceTable, RuleTable
from estimative.places.brief import Brief
from estimative.places.calendar import MONTHS, Calendar
from estimative.questions.dominance import always_dominated, dominated
from estimative.questions.turning import Turn, as_of_state, mask_of, turnings
from estimative.words.meaning import Exactly

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from numpy.typing import NDArray

    from estimative.model.model import Choice, Model, Variable
    from estimative.questions.futures import Futures

MOST_STATES = 4096
"""Joint levels that are tried to find the possible masks of a choice; beyond, every mask counts as possible."""


ENOUGH_FUTURES = 1 << 16
"""Futures over all readings that are counted: a share is known to 0.2 points then (one standard error)."""


@dataclass(frozen=True)
class OptionAnswer:
    """One option at as-of.

    Parameters
    ----------
    name
        The option.
    available
        Whether it can be taken at as-of.
    acceptability
        Share of readings that prefer it, in [0, 1]; over the options they sum to one.
    taken
        Share of readings in which the actor would take it on looking again, small advantages and all.
    central
        Mean weights of the readings that prefer it, by interest, shape (interests,); None without any.
    small
        Mean worth of a small effect in those readings; None without any.
    dominated_by
        Option that is at least as good in every reading at as-of; None if there is none.
    always_dominated
        Whether it is dominated in every state in which it can be taken.
    """

    name: str
    available: bool
    acceptability: float
    taken: float
    central: NDArray[np.float64] | None
    small: float | None
    dominated_by: str | None
    always_dominated: bool


@dataclass(frozen=True)
class ChoiceAnswer:
    """One choice.

    Parameters
    ----------
    interests
        Those that weigh, in their order at as-of.
    centroid
        Mean weights over all readings, shape (interests,): the rank-order centroid.
    small
        Mean worth of a small effect over all readings, where a large one is worth 1.
    dates
        Ends of steps, as-of first, to which the next two refer.
    acceptability
        Share of readings and futures in which each option is preferred, shape (dates, options).
    in_force
        Probability that each option is in force, shape (dates, options), mean over readings.
    turns
        Single changes that move readings at as-of, the weightiest first.
    never_changes
        Whether no reading leaves the option at as-of in any state of the world.
    """

    name: str
    says: str
    actor: str
    starts: str
    interests: tuple[str, ...]
    centroid: NDArray[np.float64]
    small: float
    options: tuple[OptionAnswer, ...]
    dates: tuple[date, ...]
    acceptability: NDArray[np.float64]
    in_force: NDArray[np.float64]
    turns: tuple[Turn, ...]
    never_changes: bool


@dataclass(frozen=True)
class Choices(Brief):
    """All choices of an estimate under one lens."""

    lens: str
    readings: int
    futures: int
    choices: tuple[ChoiceAnswer, ...]


def choices(futures: Futures) -> Choices:
    """Acceptabilities, central weights, turning points and dominated options of every choice."""
    model, readings = futures.model, futures.readings
    each = -(-ENOUGH_FUTURES // readings.tables.readings // 64) * 64
    asked = replace(with_favourites(futures), futures=min(futures.futures, each))
    counts = asked.count(Request(levels=True))
    planes = np.asarray(counts.levels, np.float64).mean(axis=0) / counts.futures
    answers = []
    for number, choice in enumerate(model.choices):
        favourite = asked.model.choices[len(model.choices) + number].variable
        options = len(choice.available)
        first, shadow = counts.offsets[choice.variable], counts.offsets[favourite]
        answers.append(
            _answer(
                model,
                choice,
                readings.columns,
                # A favourite is looked up in the state before the step.
                acceptability=planes[1:, shadow : shadow + options],
                in_force=planes[:-1, first : first + options],
                table=readings.tables.choices[number].options,
            )
        )
    return Choices(readings.lens, readings.tables.readings, counts.futures, tuple(answers))


def with_favourites(futures: Futures) -> Futures:
    """The same futures, in which a second variable follows each choice and always takes the favourite.

    Nothing looks at these variables, and dice go by name, so all else stays as it is. There is one step
    more, since what is taken in a step follows from the state before it.
    """
    tables, calendar = futures.readings.tables, futures.model.calendar
    followed = [futures.model.variables[choice.variable] for choice in futures.model.choices]
    model, first = with_base(
        futures.model, [replace(variable, name=f"favourite of {variable.name}") for variable in followed]
    )
    rules = list(model.rules)
    added = []
    for number, choice in enumerate(model.choices, first):
        added.append(replace(choice, variable=number, reconsidered=len(rules)))
        rules.append(
            Rule(
                name=model.variables[number].name,
                variable=number,
                effect=Effect.RECONSIDERS,
                guard=TRUE,
                first=1,
                last=calendar.steps + 1,
                length=1,
                meaning=Exactly(1.0),
            )
        )
    always = RuleTable(np.full((tables.readings, 1, 1), SCALE, np.uint64))
    follow = tuple(_favourites(choice, futures.readings.columns) for choice in model.choices)
    longer = Calendar.of(calendar.as_of, (calendar.steps + 1) * MONTHS[calendar.step], calendar.step)
    return replace(
        futures,
        model=replace(
            model,
            calendar=longer,
            rules=tuple(rules),
            choices=(*model.choices, *added),
        ),
        readings=replace(
            futures.readings,
            tables=replace(
                tables,
                rules=(*tables.rules, *(always for _ in added)),
                choices=(*tables.choices, *follow),
            ),
        ),
    )


def _favourites(choice: Choice, columns: Mapping[str, NDArray[np.float64]]) -> ChoiceTable:
    best = favourites(choice, columns.__getitem__)
    return ChoiceTable(np.repeat(best[:, :, None], len(choice.available), axis=2))


def possible_masks(model: Model, choice: Choice) -> tuple[int, ...]:
    """Masks of a choice's conditions that some joint levels of what they look at can bring about."""
    looked_at = sorted({number for guard in choice.conditions for number in guards.variables(guard)})
    ranges = [range(len(model.variables[number].levels)) for number in looked_at]
    if prod(len(levels) for levels in ranges) > MOST_STATES:
        return tuple(range(1 << len(choice.conditions)))
    state = [0] * len(model.variables)
    masks = set()
    for levels in product(*ranges):
        for number, level in zip(looked_at, levels, strict=True):
            state[number] = level
        masks.add(mask_of(choice, state))
    return tuple(sorted(masks))


def _answer(
    model: Model,
    choice: Choice,
    columns: Mapping[str, NDArray[np.float64]],
    *,
    acceptability: NDArray[np.float64],
    in_force: NDArray[np.float64],
    table: NDArray[np.uint8],
) -> ChoiceAnswer:
    variable = model.variables[choice.variable]
    judged = Judged.of(choice, columns.__getitem__)
    mask = mask_of(choice, as_of_state(model))
    masks = possible_masks(model, choice)
    order = [interest for rank in ranks_in_force(choice, mask) for interest in rank]
    return ChoiceAnswer(
        name=variable.name,
        says=variable.says,
        actor=choice.actor,
        starts=variable.levels[variable.start],
        interests=tuple(choice.interests[interest] for interest in order),
        centroid=judged.weights[ranking(choice, mask)].mean(axis=0)[order],
        small=float(judged.small.mean()),
        options=_options(variable, judged, order, masks, taken=table[:, mask, variable.start], mask=mask),
        dates=model.calendar.ends,
        acceptability=acceptability,
        in_force=in_force,
        turns=turnings(model, choice, columns.__getitem__),
        never_changes=bool((table[:, list(masks), variable.start] == variable.start).all()),
    )


def _options(
    variable: Variable,
    judged: Judged,
    order: list[int],
    masks: tuple[int, ...],
    *,
    taken: NDArray[np.uint8],
    mask: int,
) -> tuple[OptionAnswer, ...]:
    choice = judged.choice
    weights = judged.weights[ranking(choice, mask)][:, order]
    open_to = available(choice, mask)
    best = preferred(judged.worth(mask), open_to)
    now = dominated(choice, mask)
    found = []
    for option, name in enumerate(variable.levels):
        mine = best == option
        found.append(
            OptionAnswer(
                name=name,
                available=bool(open_to[option]),
                acceptability=float(mine.mean()),
                taken=float((taken == option).mean()),
                central=weights[mine].mean(axis=0) if mine.any() else None,
                small=float(judged.small[mine].mean()) if mine.any() else None,
                dominated_by=variable.levels[now[option]] if option in now else None,
                always_dominated=always_dominated(choice, (mask, *masks), option),
            )
        )
    return tuple(found)
