"""All planted mistakes: wrong readings of the definition, put into the slow engine.

A mistake patches the engine, or gives back another trial. The comparison with the exact engine, on the
trial as it was, must notice it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from support import planted_counts, planted_kinds, planted_moves

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

    from support.random_models import Trial

    Mistake = Callable[[pytest.MonkeyPatch, Trial], Trial]

MISTAKES: tuple[Mistake, ...] = (
    *planted_moves.MISTAKES,
    *planted_kinds.MISTAKES,
    *planted_counts.MISTAKES,
)
