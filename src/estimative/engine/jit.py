"""Marks the functions that Numba compiles into the kernel; they run as plain Python too, only slower."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar, cast

from numba import njit

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

F = TypeVar("F", bound="Callable[..., Any]")


def part(function: F) -> F:
    """A part of the kernel: compiled with whatever calls it, not kept by itself."""
    return cast("F", njit(nogil=True, error_model="numpy")(function))
