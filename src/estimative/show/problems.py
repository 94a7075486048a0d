"""Problems as blocks: each with its excerpt, and a line that sums them up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from estimative.places.excerpt import summary
from estimative.show.blocks import Block, Mark, Problems, text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from estimative.places.problem import Problem


def problem_blocks(problems: Sequence[Problem]) -> tuple[Block, ...]:
    """Problems in their order, and how many there are; nothing where there are none."""
    if not problems:
        return ()
    codes = sorted({problem.code for problem in problems})
    return (
        Problems(tuple(problems)),
        text(Mark(f"{summary(problems)}. `estimative explain {codes[0]}` says more.", "strong")),
    )
