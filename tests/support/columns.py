"""Columns of uniform numbers for tests: independent, or all at one place."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Column = Callable[[str], NDArray[np.float64]]


def independent(readings: int, seed: int = 4) -> Column:
    """Independent uniform columns, each a function of its name."""

    def column(name: str) -> NDArray[np.float64]:
        key = int.from_bytes(blake2b(f"{seed}\0{name}".encode(), digest_size=8).digest(), "little")
        return np.random.default_rng(key).random(readings)

    return column


def middle(readings: int = 1, **elsewhere: float) -> Column:
    """Every column at one half, except those named (with _ for what a keyword cannot hold)."""

    def column(name: str) -> NDArray[np.float64]:
        key = "".join(letter if letter.isalnum() else "_" for letter in name)
        return np.full(readings, elsewhere.get(key, 0.5))

    return column
