"""A lottery whose words do not add up to a whole.

What it does
    The likelihoods of each row of a lottery are added up, word by word as readers take them. A row is found
    where the median reader's sum is under 75% or over 133%, or, with `the rest`, where nothing is left for it.
Why
    The levels of a lottery exclude each other, so their likelihoods must make one. Estimative divides each
    row by its sum, which keeps the proportions and hides that the words were impossible.
Example
    A succession is called likely to be smooth, likely to go to the military, and quite possibly a coalition:
    together more than 200%.
Instead
    Reword the row so that its parts make a whole, or write `the rest` for one of the levels.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from estimative.places.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from estimative.audit.material import Material

CODE = "A0404"

LEAST, MOST = 0.75, 4 / 3
"""Sums from and up to which a row counts as a whole, roughly said."""


def find(material: Material) -> Iterator[Problem]:
    """Yield the rows whose words are far from one for the median reader of the leading lens."""
    model, vocabulary = material.futures.model, material.futures.readings.vocabulary
    for lottery in model.lotteries:
        levels = model.variables[lottery.variable].levels[1:]
        for case in lottery.cases:
            numbers = [
                vocabulary.probability(meaning, f"{case.name}.{level}")
                for level, meaning in zip(levels, case.meanings, strict=True)
                if meaning is not None
            ]
            low, median, high = np.quantile(np.sum(numbers, axis=0), (0.05, 0.5, 0.95))
            rest = len(numbers) < len(levels)
            if median > MOST or (not rest and median < LEAST) or (rest and median >= 1):
                left = ", so nothing is left for `the rest`" if rest else ""
                yield Problem(
                    CODE,
                    case.span,
                    f"the likelihoods of `{case.name.removesuffix('.always')}` add up to {median:.0%} for the median reader "
                    f"({low:.0%} to {high:.0%}){left}",
                    "reword them so that they make a whole"
                    + ("" if rest else ", or leave one level `the rest`"),
                )
