"""The fast engine gives the slow one's futures to the bit, and the exact one's probabilities on 500 models."""

from __future__ import annotations

from dataclasses import fields, replace
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pytest

from estimative.engine import operations as op
from estimative.engine.exact import run_exact
from estimative.engine.future import trace
from estimative.engine.program import write_program
from estimative.engine.run import run
from estimative.engine.slow import paths_slow, run_slow
from estimative.model.tables import RuleTable
from support.agreement import checks, least, p_values
from support.random_models import Trial, random_trial

if TYPE_CHECKING:
    from estimative.engine.program import Program
    from estimative.engine.request import Counts, Request, World
    from estimative.engine.trace import Trace
    from estimative.model.model import Model
    from estimative.model.tables import Tables

SAME = range(120)
"""Trials on which the slow and the fast engine are compared to the bit."""

SIZES = (1, 63, 64, 65, 300, 1000)

TRIALS = 500
FUTURES = 8192
BUDGET = 1e-7
"""Probability that two engines that agree fail here: a part of the suite's 1e-6."""


def counted(number: int, futures: int) -> Counts:
    trial = random_trial(number)
    return run(trial.model, trial.tables, trial.request, trial.world, seed=number, futures=futures)


def differences(first: Counts | Trace, second: Counts | Trace) -> list[str]:
    """Names of the fields in which two records differ."""
    return [
        field.name
        for field in fields(first)
        if not np.array_equal(getattr(first, field.name), getattr(second, field.name))
    ]


@cache
def slow_counts(number: int) -> Counts:
    trial = random_trial(number)
    futures = SIZES[number % len(SIZES)]
    return run_slow(trial.model, trial.tables, trial.request, trial.world, seed=number, futures=futures)


@pytest.mark.parametrize("number", SAME)
def test_counts_are_the_slow_engines(number: int) -> None:
    assert differences(counted(number, SIZES[number % len(SIZES)]), slow_counts(number)) == []


@pytest.mark.parametrize("number", range(60))
def test_traces_are_the_slow_engines(number: int) -> None:
    trial = random_trial(number)
    futures = (range(64), range(70, 75), range(5, 300), range(4031, 4032))[number % 4]
    row = trial.tables.readings - 1
    fast_trace = trace(trial.model, trial.tables, row, trial.world, seed=number, futures=futures)
    slow_trace = paths_slow(trial.model, trial.tables, row, trial.world, seed=number, futures=futures)
    assert differences(fast_trace, slow_trace) == []


def turned(change: int, to: int) -> tuple[int, int, int, int]:
    """Every operation of one kind becomes another."""
    return (op.OPERATION, change, to, 0)


def shifted(operation: int, column: int, by: int) -> tuple[int, int, int, int]:
    """Every operation of one kind has a column shifted."""
    return (column, operation, -1, by)


MISTAKES = {
    "and is or": turned(op.AND, op.OR),
    "or is and": turned(op.OR, op.AND),
    "and not is and": turned(op.AND_NOT, op.AND),
    "add both is or": turned(op.ADD_BOTH, op.OR),
    "skips when it should not": shifted(op.SKIP_IF_EMPTY, op.A, -1),
    "window opens late": shifted(op.SKIP_UNLESS_STEP, op.A, 1),
    "window closes early": shifted(op.SKIP_UNLESS_STEP, op.B, -1),
    "another rule's dice": shifted(op.DRAW, op.Y, -1),
    "another modifier": shifted(op.SPLIT, op.X, 1),
    "thresholds do not follow the step": shifted(op.LAY, op.B, 1),
    "another rule's thresholds": shifted(op.LAY, op.X, 1),
    "copies too little": shifted(op.COPY, op.X, -1),
    "the case before's threshold": shifted(op.COMPARE, op.B, -1),
    "another option": shifted(op.DECIDE, op.X, 1),
    "another row is named": shifted(op.NAME, op.A, -1),
    "no modifiers": shifted(op.DRAW, op.X, -1),
    "counts the row before": shifted(op.COUNT, op.A, -1),
}


@pytest.mark.parametrize("mistake", MISTAKES.values(), ids=MISTAKES.keys())
def test_a_mistake_in_a_program_is_noticed(
    mistake: tuple[int, int, int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    column, operation, to, by = mistake

    def wrong(model: Model, tables: Tables, request: Request, world: World) -> Program:
        program = write_program(model, tables, request, world)
        code = program.code.copy()
        kind = code[:, op.OPERATION] == operation
        code[kind, column] = to if column == op.OPERATION else code[kind, column] + by
        code[:, [op.X, op.Y]] = np.maximum(code[:, [op.X, op.Y]], 0)
        return replace(program, code=code)

    monkeypatch.setattr("estimative.engine.run.write_program", wrong)
    assert any(differences(counted(k, SIZES[k % len(SIZES)]), slow_counts(k)) for k in SAME)


@cache
def truth(number: int) -> Counts:
    trial = random_trial(number)
    return run_exact(trial.model, trial.tables, trial.request, trial.world)


def worst(trials: range, tables: dict[int, Tables] | None = None) -> float:
    """Smallest p-value of all numbers of some trials against the exact engine, by Bonferroni's bound."""
    smallest, total = 1.0, 0
    for number in trials:
        trial: Trial = random_trial(number)
        numbers = (tables or {}).get(number, trial.tables)
        counts = run(trial.model, numbers, trial.request, trial.world, seed=number + 1, futures=FUTURES)
        found, _ = least(p_values(counts, truth(number), trial.model.calendar.steps))
        smallest = min(smallest, found)
        total += checks(truth(number))
    return smallest * total


def test_probabilities_are_the_exact_engines() -> None:
    assert worst(range(TRIALS)) >= BUDGET


def test_hazards_a_tenth_too_low_are_noticed() -> None:
    trials = range(40)
    low = {
        number: replace(
            random_trial(number).tables,
            rules=tuple(
                RuleTable(table.thresholds // np.uint64(10) * np.uint64(9))
                for table in random_trial(number).tables.rules
            ),
        )
        for number in trials
    }
    assert worst(trials, low) < BUDGET
