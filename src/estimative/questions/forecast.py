"""Forecast: the probability of every level of every variable over time, and of the estimate's questions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from estimative.engine.request import Request
from estimative.language.nearest import instead_of
from estimative.model.guards import Holds
from estimative.model.model import Kind
from estimative.places.brief import Brief
from estimative.questions.bands import HIGH, LOW, Band, band, without_noise

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import NDArray

    from estimative.model.model import Model, Variable
    from estimative.questions.futures import Futures


@dataclass(frozen=True)
class LevelCourse:
    """How probable one level of a variable is at the end of each step; arrays have shape (steps + 1,).

    The means of all levels add up to one; medians need not.
    """

    level: str
    mean: NDArray[np.float64]
    median: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    at_end: Band


@dataclass(frozen=True)
class Course:
    """One variable over time.

    `levels` has one course a level; a condition shows only that it holds. `ever` is the probability
    that a condition holds at some step up to the horizon; None for others.
    """

    name: str
    says: str
    kind: Kind
    levels: tuple[LevelCourse, ...]
    ever: Band | None
    part_of: str


@dataclass(frozen=True)
class Forecast(Brief):
    """Courses of all variables, in the order of the estimate, under one lens."""

    lens: str
    readings: int
    futures: int
    dates: tuple[date, ...]
    courses: tuple[Course, ...]

    def course(self, name: str) -> Course:
        """Course of the variable of this name.

        Raises
        ------
        LookupError
            If none has it.
        """
        courses = {course.name: course for course in self.courses}
        if name not in courses:
            raise LookupError(f"the forecast has no course of `{name}`; {instead_of(str(name), courses)}")
        return courses[name]


def forecast(futures: Futures) -> Forecast:
    """Forecast of every condition, scale, lottery and choice of an estimate."""
    model = futures.model
    shown = _shown(model)
    conditions = _conditions(model)
    counts = futures.count(request_of(model))
    ever = {
        number: 1 - np.asarray(counts.firsts[:, place, -1], np.float64) / counts.futures
        for place, number in enumerate(conditions)
    }
    probability = np.asarray(counts.levels, np.float64) / counts.futures
    return Forecast(
        lens=futures.readings.lens,
        readings=len(probability),
        futures=counts.futures,
        dates=model.calendar.ends,
        courses=tuple(
            _course(variable, probability[:, :, counts.offsets[number] :], ever.get(number), counts.futures)
            for number, variable in shown
        ),
    )


def request_of(model: Model) -> Request:
    """What a forecast has counted."""
    firsts = tuple(Holds(number, frozenset({1})) for number in _conditions(model))
    return Request(levels=True, firsts=firsts)


def _shown(model: Model) -> list[tuple[int, Variable]]:
    """Variables that are forecast, with their numbers."""
    hidden = set(model.signals)
    return [(n, v) for n, v in enumerate(model.variables) if v.kind is not Kind.MEMORY and n not in hidden]


def _conditions(model: Model) -> list[int]:
    """Numbers of those that hold or do not."""
    return [number for number, variable in _shown(model) if variable.is_condition]


def _course(
    variable: Variable, planes: NDArray[np.float64], ever: NDArray[np.float64] | None, futures: int
) -> Course:
    shown = range(1, 2) if variable.is_condition else range(len(variable.levels))
    return Course(
        name=variable.name,
        says=variable.says,
        kind=variable.kind,
        levels=tuple(_level(variable.levels[level], planes[:, :, level], futures) for level in shown),
        ever=None if ever is None else band(ever, futures),
        part_of=variable.part_of,
    )


def _level(name: str, probability: NDArray[np.float64], futures: int) -> LevelCourse:
    """Course of one level from probabilities of shape (readings, steps + 1)."""
    low, median, high = np.quantile(without_noise(probability.T, futures), (LOW, 0.5, HIGH), axis=-1)
    return LevelCourse(name, probability.mean(axis=0), median, low, high, band(probability[:, -1], futures))
