"""What can come about: no future of random models goes beyond it, and what is excluded is excluded."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from estimative.engine.request import Request, World
from estimative.engine.run import run
from estimative.model.model import Effect
from estimative.questions.events import world_of
from estimative.questions.reach import Looked, reach, written_out
from support.random_models import Trial, random_trial
from support.small import estimate_of, futures_of, query_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from estimative.questions.futures import Futures
    from estimative.questions.reach import Reach

TRIALS = 100

TEXT = """\
conditions:
  a: {becomes: {r: likely}}
  b: {becomes: {r: {likelihood: likely, when: a, between: [2021, 2022]}}}
  zero: {becomes: {r: 0%}}
  after-zero: {becomes: {r: {likelihood: likely, when: zero}}}
  both-ways: {is: a and not a}
  late: {becomes: {r: {likelihood: likely, between: [2022, 2022]}}}
  too-early: {becomes: {r: {likelihood: likely, when: late, between: [2020, 2021]}}}
  either: {is: a or zero}
  nested: {is: either and not a}
  held: {becomes: {r: {likelihood: likely, when: after-zero}}}
scales:
  tone: {levels: [low, middle, high], starts: low, rises: {up: {likelihood: likely, to: middle}}}
  vote:
    levels: [open, north, south, nowhere]
    starts: open
    settles: {when: a, levels: {north: likely, south: the rest, nowhere: 0%}}
"""
"""Three yearly steps from 2020-01-01."""


def beyond(trial: Trial, found: Reach, seed: int) -> Iterator[str]:
    """What some future does that should not be possible."""
    counts = run(trial.model, trial.tables, Request(levels=True), trial.world, seed=seed, futures=256)
    for number, variable in enumerate(trial.model.variables):
        for level in range(len(variable.levels)):
            at = counts.levels[:, :, counts.offsets[number] + level].sum(axis=0)
            for step, times in enumerate(at):
                if times and level not in found.states[step][number]:
                    yield f"{variable.name} at {level}, step {step}"


@pytest.mark.parametrize("seed", range(TRIALS))
def test_no_future_goes_beyond_what_can_come_about(seed: int) -> None:
    trial = random_trial(seed)
    assert not list(beyond(trial, reach(trial.model, trial.world), seed))


@pytest.mark.parametrize("effect", [Effect.BECOMES, Effect.ENDS, Effect.RISES, Effect.FALLS, Effect.RETURNS])
def test_a_kind_of_rule_that_is_forgotten_would_be_noticed(effect: Effect) -> None:
    """The twin: as if rules of one kind could not act."""
    noticed = 0
    for seed in range(TRIALS):
        trial = random_trial(seed)
        rules = frozenset(number for number, rule in enumerate(trial.model.rules) if rule.effect is effect)
        world = replace(trial.world, without=trial.world.without | rules)
        noticed += any(beyond(trial, reach(trial.model, world), seed))
    assert noticed


def test_it_is_not_all_that_could_be_written_down() -> None:
    """What is said to be possible mostly comes about, so that it says something."""
    possible = seen = 0
    for seed in range(TRIALS):
        trial = random_trial(seed)
        found = reach(trial.model, trial.world)
        counts = run(trial.model, trial.tables, Request(levels=True), trial.world, seed=seed, futures=256)
        for number, variable in enumerate(trial.model.variables):
            for level in range(len(variable.levels)):
                possible += level in found.ever(number)
                seen += bool(counts.levels[:, :, counts.offsets[number] + level].any())
    assert seen > 0.9 * possible


@pytest.fixture(scope="module")
def small() -> Futures:
    return futures_of(estimate_of(TEXT), readings=2, futures=64)


def ever(futures: Futures, name: str, made: str = "") -> set[str]:
    query = query_of(f"P(ever a{f' | {made}' if made else ''})")
    world = world_of(query.do, futures.names, futures.model.calendar)
    number = futures.names.numbers[name]
    variable = futures.model.variables[number]
    return {variable.levels[level] for level in reach(futures.model, world).ever(number)}


@pytest.mark.parametrize(
    ("name", "levels"),
    [
        ("a", {"no", "yes"}),
        ("b", {"no", "yes"}),
        ("zero", {"no"}),
        ("after-zero", {"no"}),
        ("both-ways", {"no"}),
        ("too-early", {"no"}),
        ("nested", {"no"}),  # either is a, since zero is not
        ("tone", {"low", "middle"}),
        ("vote", {"open", "north", "south"}),
    ],
)
def test_what_can_come_about_is_known(small: Futures, name: str, levels: set[str]) -> None:
    assert ever(small, name) == levels


def test_what_is_made_so_opens_and_shuts_ways(small: Futures) -> None:
    assert ever(small, "after-zero", "do(zero)") == {"no", "yes"}
    assert ever(small, "b", "do(not a)") == {"no"}
    assert ever(small, "vote", "do(not a)") == {"open"}
    # Made so at the end, it is too late for anything to follow.
    assert ever(small, "after-zero", "do(zero at 2022)") == {"no"}
    assert ever(small, "zero", "do(zero at 2022)") == {"no", "yes"}


def test_rules_that_can_act_are_known(small: Futures) -> None:
    model = small.model
    idle = {rule.name for number, rule in enumerate(model.rules) if number not in reach(model).acts}
    assert idle == {"zero.becomes.r", "after-zero.becomes.r", "too-early.becomes.r", "held.becomes.r"}


def test_a_guard_of_many_things_is_taken_apart(small: Futures) -> None:
    """Joint levels are too many to go through, so its parts are taken as if apart: never wrongly excluded."""
    names = "abcdefghij"
    text = "conditions:\n" + "".join(f"  {name}: {{becomes: {{r: likely}}}}\n" for name in names)
    text += f"  all: {{is: {' and '.join(names)}}}\n"
    text += f"  many: {{is: 'at least 9 of ({', '.join(names)})'}}\n"
    futures = futures_of(estimate_of(text), readings=2, futures=64)
    for name in ("all", "many"):
        assert ever(futures, name) == {"no", "yes"}
        assert ever(futures, name, "do(not a), do(not b)") == {"no"}
    guard = small.model.variables[small.names.numbers["nested"]].guard
    assert guard is not None
    assert Looked.at(guard, {}).ways != Looked.at(guard, reach(small.model, World()).derived).ways
    assert written_out(guard, {}) == guard
