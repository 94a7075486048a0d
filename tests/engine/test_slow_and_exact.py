"""The slow engine and the exact one are each other's test, on 200 random models; planted mistakes are noticed."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest

from estimative.engine.exact import run_exact
from estimative.engine.slow import run_slow
from support.agreement import checks, least, p_values
from support.planted import MISTAKES
from support.random_models import Trial, random_trial

if TYPE_CHECKING:
    from estimative.engine.request import Counts
    from support.planted import Mistake

TRIALS = 200
FUTURES = 4096
BUDGET = 1e-7
"""Probability that two engines that agree fail here: a part of the suite's 1e-6."""


@cache
def truth(number: int) -> Counts:
    trial = random_trial(number)
    return run_exact(trial.model, trial.tables, trial.request, trial.world)


@cache
def allowed() -> float:
    """Smallest p-value of one number that is still agreement (Bonferroni)."""
    return BUDGET / sum(checks(truth(number)) for number in range(TRIALS))


def deviation(number: int, trial: Trial) -> tuple[float, str]:
    """Smallest p-value of a trial's simulation against the truth about that number, and of what."""
    counts = run_slow(
        trial.model, trial.tables, trial.request, trial.world, seed=number, futures=FUTURES, first_future=64
    )
    return least(p_values(counts, truth(number), trial.model.calendar.steps))


def test_slow_agrees_with_exact_on_random_models() -> None:
    worst = min((*deviation(number, random_trial(number)), number) for number in range(TRIALS))
    assert worst[0] >= allowed()


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.__name__)
def test_a_planted_mistake_is_noticed(mistake: Mistake) -> None:
    for number in range(TRIALS):
        with pytest.MonkeyPatch.context() as patch:
            if deviation(number, mistake(patch, random_trial(number)))[0] < allowed():
                return
    pytest.fail(f"{TRIALS} trials do not tell it from the definition")
