"""Mixing of 64-bit words: what every random number of a name is made of, in readings and in futures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

GOLDEN = np.uint64(0x9E3779B97F4A7C15)
"""Step of the splitmix64 sequence: 2**64 divided by the golden ratio, made odd."""

MIX_1 = np.uint64(0xBF58476D1CE4E5B9)
MIX_2 = np.uint64(0x94D049BB133111EB)


def mix64(z: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Finaliser of splitmix64, a bijection of 64-bit words [1]_.

    The published sequence for seed 1234567 starts with 6457827717110365317:

    >>> with np.errstate(over="ignore"):
    ...     int(mix64(np.array([1234567], np.uint64) + GOLDEN)[0])
    6457827717110365317

    References
    ----------
    .. [1] G. Steele, D. Lea, C. Flood, Fast splittable pseudorandom number generators, OOPSLA 2014,
       doi:10.1145/2660193.2660195.
    """
    with np.errstate(over="ignore"):
        z = (z ^ (z >> np.uint64(30))) * MIX_1
        z = (z ^ (z >> np.uint64(27))) * MIX_2
        return z ^ (z >> np.uint64(31))
