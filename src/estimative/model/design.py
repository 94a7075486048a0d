"""The design of readings: for every name a column of uniform numbers, spread evenly and stable.

The column of a name depends on the seed, the name and the numbers of the readings, and on nothing else:
other names, and more readings, leave it as it is. Any 2**k readings from the first on (k >= 4) have one
value in each of 2**k equal parts of (0, 1).

Names that many models share have a dimension of the Sobol' sequence each, so that pairs of them are spread
evenly too. Every other name is padded: the van der Corput sequence, shuffled in blocks of 16 readings.
Padded columns are as independent as random ones (their correlation has the standard deviation
1.04 / sqrt(readings); measured). Both are scrambled [1]_ by a hash of the seed, the name and the place in
the tree of binary digits, as in [2]_ but level by level. Under another seed a shared name keeps the shape
of its dimension, turned over at random: two seeds are independent as whole designs, not name by name.

References
----------
.. [1] A. B. Owen, Randomly permuted (t,m,s)-nets and (t,s)-sequences, Monte Carlo and Quasi-Monte Carlo
   Methods in Scientific Computing, Springer 1995, doi:10.1007/978-1-4612-2552-2_19.
.. [2] B. Burley, Practical hash-based Owen scrambling, Journal of Computer Graphics Techniques 9 (2020)
   1-20, https://jcgt.org/published/0009/04/01/.
"""

from __future__ import annotations

import csv
import hashlib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from estimative.model.mixing import GOLDEN, mix64

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Words = NDArray[np.uint64]

DESIGN_VERSION = 1
"""Part of every key; raised when the same seed would give other readings."""

BITS = 32
"""Binary digits of a value."""

LEVELS = 16
"""Digits scrambled level by level; the rest is drawn at random within 2**-16."""

BLOCK = 16
"""Readings that a padded column shuffles together."""

_LEVEL = np.arange(LEVELS, dtype=np.uint64)[:, None]
_ONE = np.uint64(1)


@dataclass(frozen=True)
class Design:
    """Columns for the readings of these numbers; draws each once."""

    seed: int
    numbers: NDArray[np.int64]
    drawn: dict[str, NDArray[np.float64]] = field(default_factory=dict, repr=False, compare=False)

    def column(self, name: str) -> NDArray[np.float64]:
        """Uniform numbers of a name, strictly between 0 and 1, shape (readings,).

        >>> values = Design(1984, np.arange(16)).column("word:likely")
        >>> sorted((values * 16).astype(int).tolist()) == list(range(16))
        True
        """
        column = self.drawn.get(name)
        if column is None:
            column = self.drawn[name] = _draw(self.seed, self.numbers, name)
            column.flags.writeable = False
        return column


def _draw(seed: int, numbers: NDArray[np.int64], name: str) -> NDArray[np.float64]:
    text = f"readings {DESIGN_VERSION}\0{seed}\0{name}"
    digest = hashlib.blake2b(text.encode(), digest_size=16).digest()
    first, second = (np.uint64(int.from_bytes(half, "little")) for half in (digest[:8], digest[8:]))
    shared = dimensions().get(name)
    points = van_der_corput(shuffled(numbers, second)) if shared is None else sobol(numbers, *shared)
    return (owen_scramble(points, first).astype(np.float64) + 0.5) / 2.0**BITS


@cache
def dimensions() -> dict[str, tuple[int, tuple[int, ...]]]:
    """Primitive polynomial and initial direction numbers of every shared name."""
    with (Path(__file__).parent / "data" / "sobol.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    return {
        row["name"]: (int(row["polynomial"]), tuple(int(m) for m in row["initial"].split())) for row in rows
    }


def sobol(numbers: NDArray[np.int64], polynomial: int, initial: tuple[int, ...]) -> Words:
    """Points of one dimension of the Sobol' sequence as fractions of 2**32, unscrambled.

    The second dimension of the sequence (polynomial x + 1) starts 0, 1/2, 3/4, 1/4:

    >>> (sobol(np.arange(4), 3, (1,)) / 2**32).tolist()
    [0.0, 0.5, 0.75, 0.25]
    """
    points = np.zeros(len(numbers), np.uint64)
    digits = int(numbers.max(initial=0)).bit_length()
    for digit, direction in enumerate(directions(polynomial, initial, digits)):
        points ^= np.where(numbers >> digit & 1, np.uint64(direction), np.uint64(0))
    return points


@cache
def directions(polynomial: int, initial: tuple[int, ...], digits: int) -> tuple[int, ...]:
    """Direction numbers by Sobol's recurrence, as fractions of 2**32, for so many digits of the index."""
    degree = polynomial.bit_length() - 1
    found = list(initial)
    if degree == 0:
        found = [1] * digits
    while len(found) < digits:
        k = len(found)
        new = found[k - degree] ^ (found[k - degree] << degree)
        for i in range(1, degree):
            if polynomial >> (degree - i) & 1:
                new ^= found[k - i] << i
        found.append(new)
    return tuple(m << (BITS - 1 - k) for k, m in enumerate(found[:digits]))


def van_der_corput(numbers: NDArray[np.int64]) -> Words:
    """The numbers with their binary digits mirrored at the point, as fractions of 2**32.

    >>> (van_der_corput(np.arange(5)) / 2**32).tolist()
    [0.0, 0.5, 0.25, 0.75, 0.125]
    """
    points = np.zeros(len(numbers), np.uint64)
    for digit in range(int(numbers.max(initial=0)).bit_length()):
        points |= (numbers >> digit & 1).astype(np.uint64) << np.uint64(BITS - 1 - digit)
    return points


def shuffled(numbers: NDArray[np.int64], key: np.uint64) -> NDArray[np.int64]:
    """The numbers, each block of 16 in an order of its own."""
    blocks, places = np.unique(numbers // BLOCK, return_inverse=True)
    members = blocks[:, None] * BLOCK + np.arange(BLOCK)
    with np.errstate(over="ignore"):
        order = mix64(key + members.astype(np.uint64) * GOLDEN).argsort(axis=1).argsort(axis=1)
    return np.asarray(blocks[places] * BLOCK + order[places, numbers % BLOCK])


def owen_scramble(points: Words, key: np.uint64) -> Words:
    """Nested uniform scramble of fractions of 2**32: a digit is flipped by a hash of the digits before it.

    Points that share their first digits keep sharing as many, so what is spread evenly stays so.
    """
    with np.errstate(over="ignore"):
        node = (points >> (np.uint64(BITS) - _LEVEL)) | (_ONE << _LEVEL)
        flips = (mix64(key + node * GOLDEN) >> np.uint64(63)) << (np.uint64(BITS - 1) - _LEVEL)
        rest = mix64(key + (points | (_ONE << np.uint64(BITS))) * GOLDEN) >> np.uint64(64 - BITS + LEVELS)
    high = points ^ np.bitwise_or.reduce(flips, axis=0)
    return np.asarray((high >> np.uint64(LEVELS)) << np.uint64(LEVELS) | rest)
