"""Futures that are cut and go on: the same to the bit as those that were never cut."""

from __future__ import annotations

from dataclasses import replace
from types import FunctionType, SimpleNamespace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from estimative.engine import kernel
from estimative.engine import operations as op
from estimative.engine.future import levels_of, trace
from estimative.engine.resume import Course, Stretch
from support.random_models import random_trial

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray


GROUPED = (156, 171)
"""Trials in which a rule has other thresholds at every step, and so many modifiers that it draws by groups."""


@pytest.mark.parametrize("seed", GROUPED)
def test_such_trials_there_are(seed: int) -> None:
    trial = random_trial(seed)
    code = Course(trial.model, trial.tables, 11, 3, trial.world).stretch(0, 1, given=True).job.program.code
    grouped = code[code[:, op.OPERATION] == op.DRAW_GROUPS]
    assert grouped[:, op.B].any(), "thresholds by step, drawn in groups"


@pytest.mark.parametrize("seed", [*range(12), *GROUPED])
def test_a_future_that_is_cut_goes_on_as_if_it_were_not(seed: int) -> None:
    trial = random_trial(seed)
    model, tables, steps = trial.model, trial.tables, trial.model.calendar.steps
    course = Course(model, tables, 11, 3, trial.world)
    row = seed % tables.readings
    whole = course.stretch(0, steps, given=False).run(row)
    bits = np.unpackbits(whole.astype("<u8").view(np.uint8), axis=2, bitorder="little")
    told = trace(model, tables, row, trial.world, seed=11, futures=range(192))
    assert (levels_of(model, bits) == told.states).all(), "they are the futures that everybody counts"
    for cut in range(steps + 1):
        before = course.stretch(0, cut, given=False).run(row)
        after = course.stretch(cut, steps, given=True).run(row, before[-1])
        assert (before == whole[: cut + 1]).all()
        assert (after == whole[cut:]).all()


@pytest.mark.parametrize("seed", [8, 9])
def test_what_memory_holds_before_does_not_matter(seed: int) -> None:
    """Rows are not emptied before they are used: here they hold what a run of another reading has left."""
    trial = random_trial(seed)
    steps = trial.model.calendar.steps
    course = Course(trial.model, trial.tables, 11, 3, trial.world)
    whole = course.stretch(0, steps, given=False)
    remembering = kernel_that_keeps_its_memory()
    for row in reversed(range(trial.tables.readings)):
        alone = whole.run(row)
        assert (in_memory_of(whole, remembering).run(row) == alone).all()
        given = in_memory_of(course.stretch(1, steps, given=True), remembering)
        given.run((row + 1) % trial.tables.readings, alone[1])
        assert (given.run(row, alone[1]) == alone[1:]).all()


def in_memory_of(stretch: Stretch, kernel_: Callable[..., None]) -> Stretch:
    return replace(stretch, job=replace(stretch.job, kernel=kernel_))


def kernel_that_keeps_its_memory() -> Callable[..., None]:
    """The kernel, not compiled as a whole, whose new arrays are those that it had in the run before."""
    kept: dict[object, NDArray[np.generic]] = {}

    def the_same(shape: int | tuple[int, int], kind: type) -> NDArray[np.generic]:
        return kept.setdefault((shape, kind), np.zeros(shape, kind))

    numpy = SimpleNamespace(empty=the_same, uint64=np.uint64, int64=np.int64)
    return FunctionType(kernel.simulate.__code__, {**vars(kernel), "np": numpy})


def test_other_states_have_other_futures() -> None:
    """The twin: what is given counts, and the dice are those of the step and not of the stretch."""
    trial = random_trial(3)
    steps = trial.model.calendar.steps
    course = Course(trial.model, trial.tables, 11, 3, trial.world)
    whole = course.stretch(0, steps, given=False).run(0)
    turned = whole[1][:, ::-1].copy()
    assert (course.stretch(1, steps, given=True).run(0, turned)[0] == turned).any()
    assert (course.stretch(1, steps, given=True).run(0, turned) != whole[1:]).any()
    if steps > 2:
        assert (course.stretch(2, steps, given=True).run(0, whole[1])[1] != whole[2]).any()
