"""All checks of an estimate that has been read, one after the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from estimative.estimate.nodes import Estimate
    from estimative.language.series import Row
    from estimative.places.problem import Problem
    from estimative.places.source import Span


@dataclass(frozen=True)
class Context:
    """What the checks need beside the estimate.

    `broken` names variables whose record could not be read, `rows` holds the rows of each trend's data,
    `standard` is the place of the standard's name, and `dated` says whether the steps are known.
    """

    broken: frozenset[str]
    rows: Mapping[str, tuple[Row, ...]]
    standard: Span
    dated: bool


def check_estimate(estimate: Estimate, context: Context) -> Iterator[Problem]:
    """Yield what is wrong with an estimate as a whole, part by part."""
    yield from ()
