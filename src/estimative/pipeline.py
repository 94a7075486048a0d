"""The whole tool on one screen: text -> estimate -> model -> readings -> futures -> answers."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from estimative.language.queries import check_query
from estimative.language.read import read_estimate
from estimative.places.problem import EstimateHasErrors

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from estimative.estimate.nodes import Estimate
    from estimative.estimate.queries import Query
    from estimative.places.problem import Problem
    from estimative.questions.ask import Answer, ModeAnswer
    from estimative.questions.claims import ClaimAnswer
    from estimative.questions.forecast import Forecast
    from estimative.questions.futures import Futures

# What runs the futures is imported where it is used, so that a check starts at once.


@dataclass(frozen=True)
class Checked:
    """An estimate as read, with everything that is wrong with it; None where it cannot run."""

    estimate: Estimate | None
    problems: tuple[Problem, ...]

    def sound(self) -> Estimate:
        """The estimate, if it has no errors.

        Raises
        ------
        EstimateHasErrors
            With all problems, if it has.
        """
        if self.estimate is None:
            raise EstimateHasErrors([p for p in self.problems if p.severity == "error"])
        return self.estimate


@dataclass(frozen=True)
class Size:
    """How much to simulate: readings, futures in each, and the seed that gives the same ones back."""

    readings: int
    futures: int
    seed: int = 1984


def check(path: Path) -> Checked:
    """Read an estimate, one file or a folder, and collect what is wrong with it."""
    estimate, problems = read_estimate(path)
    has_errors = any(problem.severity == "error" for problem in problems)
    return Checked(None if has_errors else estimate, problems)
