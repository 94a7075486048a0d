"""The slow engine: its futures depend on nothing beside them, and its traces tell what its counts count."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest

from estimative.engine import slow
from estimative.engine.dice import draw, stream_key
from estimative.engine.request import AS_WRITTEN, Counts, Monitor, Request, Watch
from estimative.engine.slow import paths_slow, run_slow
from estimative.engine.slow_moves import goal, holds
from estimative.model.guards import FALSE, TRUE, All, Any, AtLeast, Guard, Not
from estimative.model.model import Effect, Kind
from support.chains import (
    at,
    choice,
    condition,
    levelled,
    lottery,
    model_of,
    rule,
    start,
    tables_of,
)
from support.random_models import random_trial

TRIALS = range(12)


def counted(number: int, futures: range) -> Counts:
    trial = random_trial(number)
    return run_slow(
        trial.model,
        trial.tables,
        trial.request,
        trial.world,
        seed=number,
        futures=len(futures),
        first_future=futures.start,
    )


def arrays(counts: Counts) -> list[np.ndarray]:
    return [np.asarray(getattr(counts, field.name)) for field in fields(counts) if field.name != "offsets"]


@pytest.mark.parametrize("number", TRIALS)
def test_counts_of_parts_add_up(number: int) -> None:
    parts = zip(arrays(counted(number, range(100))), arrays(counted(number, range(100, 230))), strict=True)
    for (first, second), whole in zip(parts, arrays(counted(number, range(230))), strict=True):
        assert np.array_equal(first + second, whole)


@pytest.mark.parametrize("number", TRIALS)
def test_counts_do_not_depend_on_blocks(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = arrays(counted(number, range(64, 364)))
    monkeypatch.setattr(slow, "BLOCK", 64)
    monkeypatch.setattr(slow, "ROOM", 1)
    for some, same in zip(arrays(counted(number, range(64, 364))), whole, strict=True):
        assert np.array_equal(some, same)


@pytest.mark.parametrize("number", TRIALS)
def test_a_trace_is_what_is_counted(number: int) -> None:
    trial = random_trial(number)
    counts = counted(number, range(70, 170))
    for row in range(trial.tables.readings):
        trace = paths_slow(trial.model, trial.tables, row, trial.world, seed=number, futures=range(70, 170))
        course = trace.states.swapaxes(0, 1)
        monitors = np.stack([seen(monitor, course) for monitor in trial.request.monitors])
        given = np.ones(100, bool) if trial.request.given is None else holds(trial.request.given, monitors)
        assert counts.events[row].tolist() == [holds(guard, monitors).sum() for guard in trial.request.events]
        for variable, low in enumerate(counts.offsets):
            for level in range(len(trial.model.variables[variable].levels)):
                here = ((course[variable] == level) & given).sum(axis=1)
                assert np.array_equal(counts.levels[row, :, low + level], here)


def seen(monitor: Monitor, course: np.ndarray) -> np.ndarray:
    """What a monitor says of each future, future by future and step by step."""
    said = np.zeros(course.shape[2], np.uint8)
    for future in range(course.shape[2]):
        states = course[:, :, future].T
        held = [bool(holds(monitor.guard, state)) for state in states]
        rival = [monitor.rival is not None and bool(holds(monitor.rival, state)) for state in states]
        steps = range(monitor.first, min(monitor.last, len(states) - 1) + 1)
        match monitor.watch:
            case Watch.EVER:
                said[future] = any(held[step] for step in steps)
            case Watch.ALWAYS:
                said[future] = all(held[step] for step in steps)
            case Watch.BEFORE:
                said[future] = any(held[step] and not any(rival[: step + 1]) for step in steps)
    return said


def test_a_rule_fires_where_its_dice_lie_below_its_threshold() -> None:
    model = model_of(2, [condition("x")], [rule(0, Effect.BECOMES)])
    tables = tables_of([0.25], readings=3)
    trace = paths_slow(model, tables, 2, AS_WRITTEN, seed=5, futures=range(10, 80))
    thrown = draw(stream_key(5, model.rules[0].name), 1, tables.numbers[2:], range(80))[0, 10:]
    assert np.array_equal(trace.fired[1, 0], thrown < 1 << 30)
    assert np.array_equal(trace.states[1, 0] == 1, thrown < 1 << 30)


def test_a_trace_tells_what_fired_settled_and_switched() -> None:
    """Each happens once: x starts, y follows x, then the lottery and the choice follow y."""
    model = model_of(
        4,
        [condition("x"), condition("y"), levelled("l", Kind.LOTTERY, 3), levelled("c", Kind.CHOICE, 2)],
        [start(0), rule(1, Effect.BECOMES, at(0)), rule(3, Effect.RECONSIDERS, at(1))],
        [lottery(2, at(1), Not(at(0)), TRUE)],
        [choice(3, 2)],
    )
    tables = tables_of([1.0, 1.0, 1.0], [[[1.0, 0.0], [0.0, 1.0]]], [[[1, 1]]])
    trace = paths_slow(model, tables, 0, AS_WRITTEN, seed=1, futures=range(3))
    assert trace.first == 0
    assert trace.states[:, :, 0].tolist() == [
        [1, 0, 0, 0],
        [1, 1, 0, 0],
        [1, 1, 2, 1],
        [1, 1, 2, 1],
        [1, 1, 2, 1],
    ]
    assert trace.fired[:, :, 0].astype(int).tolist() == [
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
        [0, 0, 1],
        [0, 0, 1],
    ]
    assert trace.settled[:, 0, 0].tolist() == [False, False, True, False, False]
    assert trace.switched[:, 0, 0].tolist() == [False, False, True, False, False]


def test_a_new_rule_leaves_the_dice_of_others_alone() -> None:
    before = model_of(5, [condition("x")], [rule(0, Effect.BECOMES)])
    after = model_of(
        5,
        [condition("w"), condition("x")],
        [rule(0, Effect.BECOMES), replace(rule(1, Effect.BECOMES), name=before.rules[0].name)],
    )
    request = Request(levels=True)
    few = run_slow(before, tables_of([0.2]), request, AS_WRITTEN, seed=3, futures=500)
    more = run_slow(after, tables_of([0.7, 0.2]), request, AS_WRITTEN, seed=3, futures=500)
    assert np.array_equal(more.levels[:, :, 2:], few.levels)


def test_seeds_and_readings_have_dice_of_their_own() -> None:
    model = model_of(1, [condition("x")], [rule(0, Effect.BECOMES)])
    tables = tables_of([0.5], readings=2)
    first, second = (
        paths_slow(model, tables, row, AS_WRITTEN, seed=1, futures=range(64)).states for row in (0, 1)
    )
    other = paths_slow(model, tables, 0, AS_WRITTEN, seed=2, futures=range(64)).states
    assert not np.array_equal(first, second)
    assert not np.array_equal(first, other)


def test_nothing_asked_of_nothing() -> None:
    counts = run_slow(model_of(1, [condition("x")]), tables_of([]), Request(), AS_WRITTEN, seed=1, futures=3)
    assert counts.given.tolist() == [3]
    assert [counts.events.shape, counts.shares.shape, counts.levels.shape, counts.firsts.shape] == [
        (1, 0),
        (1, 0),
        (1, 2, 0),
        (1, 0, 3),
    ]


@pytest.mark.parametrize(
    ("guard", "expected"),
    [
        (TRUE, True),
        (FALSE, False),
        (Not(TRUE), False),
        (at(1, 0, 2), True),
        (All((at(0), at(1, 1))), False),
        (Any((at(0), at(1, 1))), True),
        (AtLeast(2, (at(0), at(0), at(1, 1))), True),
        (AtLeast(0, ()), True),
        (AtLeast(1, ()), False),
    ],
)
def test_guards(guard: Guard, expected: bool) -> None:
    assert bool(holds(guard, np.array([1, 2], np.uint8))) is expected


@pytest.mark.parametrize(
    ("effect", "target", "level", "expected"),
    [
        (Effect.RISES, None, 2, 3),
        (Effect.RISES, None, 4, 4),
        (Effect.RISES, 3, 0, 3),
        (Effect.RISES, 1, 2, 2),
        (Effect.FALLS, None, 2, 1),
        (Effect.FALLS, None, 0, 0),
        (Effect.FALLS, 0, 3, 0),
        (Effect.FALLS, 3, 2, 2),
        (Effect.RETURNS, None, 0, 1),
        (Effect.RETURNS, None, 2, 2),
        (Effect.RETURNS, None, 4, 3),
    ],
)
def test_where_a_rule_takes_a_scale(effect: Effect, target: int | None, level: int, expected: int) -> None:
    moved = goal(rule(0, effect, target=target), np.array([level]), 5, norm=2)
    assert moved.tolist() == [expected]
