"""Rare outcomes: where counting finds next to nothing, probabilities from the hazards themselves."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from estimative.engine.rare import Reach, can_follow, reach
from estimative.estimate.expressions import Ever
from estimative.estimate.queries import Probability
from estimative.model.guards import Guard, Holds
from estimative.model.model import Kind
from estimative.questions.ask import Answer
from estimative.questions.bands import summed_up
from estimative.questions.events import world_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from estimative.engine.request import World
    from estimative.questions.ask import ModeAnswer
    from estimative.questions.futures import Futures

FEW_HITS = 10
"""Fewer hits than these in a typical reading leave its probability uncertain by a third or more."""

OWN = 10.0
"""From so many times less variance on, the rarity sits in the variable's own rules."""

ENOUGH = 1_024
"""Futures of each reading that are followed at most: where following helps, these tell more than all hits."""


@dataclass(frozen=True)
class Followed:
    """What following the hazards of a rare outcome has shown.

    Parameters
    ----------
    futures
        Futures of each reading that were followed.
    gain
        How many times as many futures counting would need for the same error.
    used
        Whether the probability comes from hazards; else counting was no worse, and it comes from hits.
    """

    futures: int
    gain: float
    used: bool

    @property
    def own(self) -> bool:
        """Whether the rarity sits in the outcome's own rules; else it sits in what leads up to them."""
        return self.gain >= OWN


def follow_rare(futures: Futures, answers: Sequence[Answer | ModeAnswer]) -> tuple[Answer | ModeAnswer, ...]:
    """The same answers, rare ones made more precise where that can be done: see `engine.rare`.

    That is where an answer asks if one variable that moves by rules ever comes to some levels.
    """
    return tuple(_followed(futures, answer) if isinstance(answer, Answer) else answer for answer in answers)


def _followed(futures: Futures, answer: Answer) -> Answer:
    query = answer.query
    if not isinstance(query, Probability) or answer.band is None or query.given is not None:
        return answer
    if answer.band.mean * futures.futures >= FEW_HITS:
        return answer
    world = world_of(query.do, futures.names, futures.model.calendar)
    outcome = outcome_of(futures, query, world)
    if outcome is None or not can_follow(futures.model, outcome, world):
        return answer
    many = min(futures.futures, ENOUGH)
    tables = futures.readings.tables
    found = reach(
        futures.model, tables, outcome, world, seed=futures.seed, futures=many, threads=futures.threads
    )
    p, noise = found.probability, found.error**2
    if not p.any():
        # None of those that were followed came near it: nothing is said of what nothing has shown.
        return answer if answer.bound else replace(answer, followed=Followed(many, 0.0, used=False))
    by_hits = float((p * (1 - p)).mean()) / futures.futures
    followed = Followed(many, found.gain, used=bool(noise.mean() < by_hits))
    if not followed.used:
        return replace(answer, followed=followed)
    return replace(answer, values=p, band=summed_up(p, noise), bound=None, followed=followed)


def outcome_of(futures: Futures, query: Probability, world: World) -> Reach | None:
    """The outcome that a query asks about, if one variable by itself ever comes to it."""
    event = query.event
    if not isinstance(event, Ever) or event.since is not None:
        return None  # What has come about before a span of time is known by hits alone.
    calendar = futures.model.calendar
    last = calendar.steps_by(event.by.last) if event.by else calendar.steps
    made = {one.variable for one in world.interventions}
    guard: Guard = futures.names.guard(event.part)
    while isinstance(guard, Holds):
        variable = futures.model.variables[guard.variable]
        if variable.kind is not Kind.DERIVED or guard.variable in made or guard.levels != frozenset({1}):
            return Reach(guard.variable, guard.levels, 0, last)
        # What is derived from one thing alone comes about with it.
        guard = variable.guard or guard
    return None
