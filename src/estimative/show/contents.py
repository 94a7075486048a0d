"""How much there is in an estimate, in one line: all that `check` shows, so it starts quickly."""

from __future__ import annotations

from typing import TYPE_CHECKING

from estimative.estimate.walk import rules
from estimative.show.numerals import plural

if TYPE_CHECKING:
    from estimative.estimate.nodes import Estimate


def contents(estimate: Estimate) -> str:
    """How much there is of each thing.

    >>> from estimative.estimate.nodes import Condition, Estimate
    >>> from datetime import date
    >>> from estimative.estimate.values import Duration, Moment
    >>> day = Moment(date(2020, 1, 1), date(2020, 1, 1))
    >>> contents(Estimate("e", "E", day, Duration(1, "year"), "year", "icd-203", conditions=(Condition("x"),)))
    '1 condition, 0 rules'
    """
    lotteries = sum(scale.settles is not None for scale in estimate.scales)
    counts = (
        (len(estimate.actors), "actor"),
        (len(estimate.conditions), "condition"),
        (len(estimate.scales) - lotteries, "scale"),
        (lotteries, "lottery"),
        (len(estimate.choices), "choice"),
        (len(estimate.trends), "trend"),
        (len(estimate.signals), "signal"),
    )
    parts = [plural(n, name, "lotteries" if name == "lottery" else "") for n, name in counts if n]
    parts.append(plural(sum(1 for _ in rules(estimate)), "rule"))
    parts += [
        plural(n, name)
        for n, name in ((len(estimate.claims), "claim"), (len(estimate.questions), "question"))
        if n
    ]
    return ", ".join(parts)
