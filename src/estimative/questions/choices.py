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

from estimative.engine.request import Monitor, Request, Watch
from estimative.model import guards
from estimative.model.choices import Judged, available, preferred, ranking
from estimative.model.guards import All, Holds, Not
from estimative.questions.dominance import dominated
from estimative.questions.turning import Turn, as_of_state, mask_of, turnings

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from numpy.typing import NDArray

    from estimative.engine.request import Counts
    from estimative.model.model import Choice, Model
    from estimative.questions.futures import Futures

MOST_DATES = 12
"""Dates after as-of at which acceptabilities are counted."""
MOST_STATES = 4096
"""Joint levels that are tried to find the possible masks of a choice; beyond, every mask counts as possible."""


ENOUGH_FUTURES = 1 << 17
"""Futures over all readings that are counted: a share is known to 0.14 points then (one standard error)."""


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
        As-of and the dates after it, to which the next two refer.
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
class Choices:
    """All choices of an estimate under one lens."""

    lens: str
    readings: int
    futures: int
    choices: tuple[ChoiceAnswer, ...]


def choices(futures: Futures) -> Choices:
    """Acceptabilities, central weights, turning points and dominated options of every choice."""
    model = futures.model
    each = -(-ENOUGH_FUTURES // futures.readings.tables.readings // 64) * 64
    futures = replace(futures, futures=min(futures.futures, each))
    steps = _steps(model)
    asked = [_Asked(model, choice, steps) for choice in model.choices]
    monitors: dict[Monitor, int] = {}
    events = tuple(event for one in asked for event in one.events(monitors))
    counts = futures.count(Request(monitors=tuple(monitors), events=events, levels=True))
    columns = futures.readings.columns
    start = 0
    answers = []
    for number, one in enumerate(asked):
        stop = start + len(one.masks) * len(steps)
        held = np.asarray(counts.events[:, start:stop], np.float64) / counts.futures
        held = held.reshape(len(held), len(steps), len(one.masks))
        table = futures.readings.tables.choices[number].options
        answers.append(_answer(model, one, columns, held=held, counts=counts, table=table))
        start = stop
    return Choices(futures.readings.lens, futures.readings.tables.readings, counts.futures, tuple(answers))


def _steps(model: Model) -> tuple[int, ...]:
    """As-of and the ends of years after it, thinned evenly where there are many."""
    calendar = model.calendar
    yearly = {"month": 12, "quarter": 4, "year": 1}[calendar.step]
    ends = list(range(yearly, calendar.steps + 1, yearly))
    if not ends or ends[-1] != calendar.steps:
        ends.append(calendar.steps)
    every = -(-len(ends) // MOST_DATES)
    return (0, *ends[::-1][::every][::-1])


class _Asked:
    """What is counted of one choice: each possible mask of its conditions, at each date."""

    def __init__(self, model: Model, choice: Choice, steps: tuple[int, ...]) -> None:
        self.choice = choice
        self.steps = steps
        self.masks = possible_masks(model, choice)

    def events(self, monitors: dict[Monitor, int]) -> list[guards.Guard]:
        """Events by date, then by mask; the monitors that they look at are added."""
        found: list[guards.Guard] = []
        for step in self.steps:
            seen: list[guards.Guard] = [
                Holds(
                    monitors.setdefault(Monitor(Watch.EVER, guard, step, step), len(monitors)), frozenset({1})
                )
                for guard in self.choice.conditions
            ]
            found += [
                All(tuple(part if mask >> bit & 1 else Not(part) for bit, part in enumerate(seen)))
                for mask in self.masks
            ]
        return found


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
    asked: _Asked,
    columns: Mapping[str, NDArray[np.float64]],
    *,
    held: NDArray[np.float64],
    counts: Counts,
    table: NDArray[np.uint8],
) -> ChoiceAnswer:
    """Answer for one choice; `held` has shape (readings, dates, masks)."""
    choice = asked.choice
    variable = model.variables[choice.variable]
    judged = Judged.of(choice, columns.__getitem__)
    acceptability = np.zeros((len(asked.steps), len(variable.levels)))
    for number, mask in enumerate(asked.masks):
        best = preferred(judged.worth(mask), available(choice, mask))
        for option in range(len(variable.levels)):
            acceptability[:, option] += held[best == option, :, number].sum(axis=0) / judged.readings
    first = counts.offsets[choice.variable]
    planes = np.asarray(counts.levels[:, list(asked.steps), first : first + len(variable.levels)], np.float64)
    mask = mask_of(choice, as_of_state(model))
    order = [interest for rank in _ranks(choice, mask) for interest in rank]
    return ChoiceAnswer(
        name=variable.name,
        says=variable.says,
        actor=choice.actor,
        starts=variable.levels[variable.start],
        interests=tuple(choice.interests[interest] for interest in order),
        centroid=judged.weights[ranking(choice, mask)].mean(axis=0)[order],
        small=float(judged.small.mean()),
        options=_options(model, asked, judged, mask=mask, order=order, table=table),
        dates=tuple(model.calendar.ends[step] for step in asked.steps),
        acceptability=acceptability,
        in_force=planes.mean(axis=0) / counts.futures,
        turns=turnings(model, choice, columns.__getitem__),
        never_changes=bool((table[:, list(asked.masks), variable.start] == variable.start).all()),
    )


def _ranks(choice: Choice, mask: int) -> tuple[tuple[int, ...], ...]:
    number = ranking(choice, mask)
    return choice.ranking if number == 0 else choice.reranked[number - 1][1]


def _options(
    model: Model,
    asked: _Asked,
    judged: Judged,
    *,
    mask: int,
    order: list[int],
    table: NDArray[np.uint8],
) -> tuple[OptionAnswer, ...]:
    choice = asked.choice
    variable = model.variables[choice.variable]
    weights = judged.weights[ranking(choice, mask)][:, order]
    open_to = available(choice, mask)
    best = preferred(judged.worth(mask), open_to)
    taken = table[:, mask, variable.start]
    now = dominated(choice, mask)
    by_mask = [(dominated(choice, other), available(choice, other)) for other in asked.masks]
    found = []
    for option, name in enumerate(variable.levels):
        mine = best == option
        possible = [option in worse for worse, can in by_mask if can[option]]
        found.append(
            OptionAnswer(
                name=name,
                available=bool(open_to[option]),
                acceptability=float(mine.mean()),
                taken=float((taken == option).mean()),
                central=weights[mine].mean(axis=0) if mine.any() else None,
                small=float(judged.small[mine].mean()) if mine.any() else None,
                dominated_by=variable.levels[now[option]] if option in now else None,
                always_dominated=bool(possible) and all(possible),
            )
        )
    return tuple(found)
