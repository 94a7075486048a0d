"""Worlds that run side by side: each is counted as if it ran alone."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from estimative.engine import program_worlds
from estimative.engine.program import write_program
from estimative.engine.run import apart, run
from estimative.engine.slow import run_slow
from support.random_models import random_worlds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from estimative.engine.program import Program
    from estimative.engine.request import Counts, Intervention, World

SAME = range(40)
WORLDS = 5
SIZES = (1, 64, 65, 300)


def beside(number: int, spoil: Callable[[Program], Program]) -> tuple[Counts, ...]:
    trial, worlds = random_worlds(number, WORLDS)
    program = spoil(write_program(trial.model, trial.tables, trial.request, *worlds))
    futures = SIZES[number % len(SIZES)]
    counts = run(trial.model, trial.tables, trial.request, seed=number, futures=futures, program=program)
    return apart(counts, WORLDS)


def alone(number: int) -> list[Counts]:
    trial, worlds = random_worlds(number, WORLDS)
    futures = SIZES[number % len(SIZES)]
    return [
        run_slow(trial.model, trial.tables, trial.request, world, seed=number, futures=futures)
        for world in worlds
    ]


def same(first: Counts, second: Counts) -> bool:
    return all(
        np.array_equal(getattr(first, field.name), getattr(second, field.name)) for field in fields(first)
    )


@pytest.mark.parametrize("number", SAME)
def test_each_is_what_it_would_be_alone(number: int) -> None:
    assert all(map(same, beside(number, lambda program: program), alone(number)))


def of_the_next_world(program: Program) -> Program:
    return replace(program, made=np.roll(program.made, 1, axis=1))


def without_the_rules_of_the_next(program: Program) -> Program:
    return replace(program, silent=(*program.silent[1:], program.silent[0]))


@pytest.mark.parametrize("mistake", [of_the_next_world, without_the_rules_of_the_next])
def test_a_mistake_would_be_noticed(mistake: Callable[[Program], Program]) -> None:
    assert not all(all(map(same, beside(number, mistake), alone(number))) for number in SAME)


def test_a_mistake_in_their_order_would_be_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    def backwards(world: World) -> Iterator[tuple[int, Intervention]]:
        yield from ((-turn, made) for turn, made in enumerate(world.interventions))

    monkeypatch.setattr(program_worlds, "_turns", backwards)
    assert not all(all(map(same, beside(number, lambda program: program), alone(number))) for number in SAME)
