"""The kernel without its dice: the same operations, with numbers of blocks in place of the random words.

What is left is the work that no generator could save: how much of this speed the real kernel keeps
says how dear the dice are.
"""

from __future__ import annotations

import sys
from importlib.util import module_from_spec, spec_from_file_location
from typing import TYPE_CHECKING

import numba

from estimative.engine import draws, kernel
from estimative.engine.compiled import SIGNATURE

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    import numpy as np


@numba.njit(nogil=True)
def unmixed(word: np.uint64) -> np.uint64:
    """In place of `draws.mix`: nothing."""
    return word


@numba.njit(nogil=True)
def first_word(one: np.uint64, _other: np.uint64, _k: int) -> np.uint64:
    """In place of `draws.plane_of`: one of the words as it is."""
    return one


def kernel_without_dice() -> Callable[..., None]:
    """The kernel, compiled from a copy of its source in which nothing is drawn."""
    plain_draws = _copy(draws)
    vars(plain_draws).update(mix=unmixed, plane_of=first_word)
    before = sys.modules[draws.__name__]
    sys.modules[draws.__name__] = plain_draws
    try:
        plain = _copy(kernel)
    finally:
        sys.modules[draws.__name__] = before
    ready: Callable[..., None] = numba.njit(SIGNATURE, nogil=True, error_model="numpy")(plain.simulate)
    return ready


def _copy(module: ModuleType) -> ModuleType:
    """A second module from the same source."""
    spec = spec_from_file_location(f"{module.__name__}_without_dice", str(module.__file__))
    if spec is None or spec.loader is None:
        raise ImportError(module.__name__)
    copy = module_from_spec(spec)
    spec.loader.exec_module(copy)
    return copy
