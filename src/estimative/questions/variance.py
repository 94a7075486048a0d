"""Variance shares: how much of an outcome's spread over readings comes from each named source.

The outcome is fitted as a sum of orthonormal Legendre polynomials of the readings' own uniform columns, so
that the squares of the coefficients are its variance, term by term [1]_. Terms are taken one at a time,
the one that explains most first, as long as it explains more than the best of so many terms would by
chance [2]_. Nothing is simulated again: the readings that gave the forecast give the shares.

References
----------
.. [1] B. Sudret, Global sensitivity analysis using polynomial chaos expansions, Reliability Engineering and
   System Safety 93 (2008) 964-979, doi:10.1016/j.ress.2007.04.002.
.. [2] D. P. Foster, E. I. George, The risk inflation criterion for multiple regression, Annals of
   Statistics 22 (1994) 1947-1975, doi:10.1214/aos/1176325766: a term must gain 2 log K times the noise.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations, product
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import eval_sh_legendre

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

MOST_CANDIDATES = 4_000
"""Polynomials considered; the degree is the highest that keeps within it."""

HIGHEST_DEGREE = 9
"""No rule reads a word so unevenly that higher degrees would pay for themselves."""

MOST_PARTNERS = 12
"""Only the columns that explain most by themselves are looked at in pairs."""

Term = tuple[tuple[int, int], ...]
"""Columns with their degrees, in ascending order of columns."""


@dataclass(frozen=True)
class Share:
    """What one named source explains of an outcome's variance over readings, in [0, 1].

    `first` is what it explains by itself, `total` also what it explains together with others.
    """

    name: str
    first: float
    total: float


@dataclass(frozen=True)
class Shares:
    """Variance shares by name, largest total first.

    `variance` is the outcome's over readings without Monte Carlo error; `unexplained` the share that no
    term explains, interactions of three or more and the roughest bends among it.
    """

    variance: float
    shares: tuple[Share, ...]
    unexplained: float


def variance_shares(
    outcome: NDArray[np.float64],
    columns: Mapping[str, NDArray[np.float64]],
    names: Mapping[str, str],
    noise: float = 0.0,
) -> Shares:
    """Shares of an outcome's variance over readings.

    Parameters
    ----------
    outcome
        One number a reading, shape (readings,).
    columns
        The uniforms that made the readings, in (0, 1), each of shape (readings,).
    names
        The source to which each column belongs; several columns may belong to one.
    noise
        Variance of Monte Carlo error in `outcome`.

    Examples
    --------
    A sum of x and 2y has variances 1/12 and 4/12: shares of a fifth and four fifths.

    >>> x, y = np.meshgrid(np.arange(0.05, 1, 0.1), np.arange(0.05, 1, 0.1))
    >>> found = variance_shares((x + 2 * y).ravel(), {"x": x.ravel(), "y": y.ravel()}, {"x": "x", "y": "y"})
    >>> [(share.name, round(share.total, 2)) for share in found.shares]
    [('y', 0.8), ('x', 0.2)]
    """
    keys = list(columns)
    spread = float(outcome.var())
    variance = max(spread - noise, 0.0)
    if variance <= 1e-12 * max(1.0, float(np.mean(outcome)) ** 2):
        return Shares(0.0, (), 0.0)
    design = np.array([columns[key] for key in keys])
    terms = _fit(outcome - outcome.mean(), design)
    first: dict[str, float] = {}
    total: dict[str, float] = {}
    for term, part in terms.items():
        owners = {names[keys[column]] for column, _ in term}
        for owner in owners:
            total[owner] = total.get(owner, 0.0) + part
        if len(owners) == 1:
            owner = next(iter(owners))
            first[owner] = first.get(owner, 0.0) + part
    # Noise is fitted by no term in the long run, so shares are of the variance without it.
    scale = max(variance, sum(terms.values()))
    shares = [Share(name, first.get(name, 0.0) / scale, total[name] / scale) for name in total]
    shares.sort(key=lambda share: (-share.total, share.name))
    return Shares(variance, tuple(shares), 1 - sum(terms.values()) / scale)


def _fit(outcome: NDArray[np.float64], design: NDArray[np.float64]) -> dict[Term, float]:
    """Variance that each term of the fit explains."""
    degree = _degree(len(design))
    basis = np.array(
        [[np.sqrt(2 * d + 1) * eval_sh_legendre(d, x) for d in range(1, degree + 1)] for x in design]
    )
    alone: list[Term] = [((c, d),) for c in range(len(design)) for d in range(1, degree + 1)]
    strength = (np.tensordot(basis, outcome, axes=([2], [0])) ** 2).sum(axis=1)
    partners = sorted(np.argsort(-strength, kind="stable")[:MOST_PARTNERS].tolist())
    pairs: list[Term] = [
        ((a, d), (b, e))
        for a, b in combinations(partners, 2)
        for d, e in product(range(1, degree), repeat=2)
        if d + e <= degree
    ]
    return _pursue(outcome, [*alone, *pairs], basis)


def _degree(columns: int) -> int:
    """Highest degree whose terms are not more than are considered."""
    partners = min(columns, MOST_PARTNERS)
    pairs = partners * (partners - 1) // 2
    for degree in range(HIGHEST_DEGREE, 2, -1):
        if columns * degree + pairs * degree * (degree - 1) // 2 <= MOST_CANDIDATES:
            return degree
    return 2


def _pursue(
    outcome: NDArray[np.float64], terms: Sequence[Term], basis: NDArray[np.float64]
) -> dict[Term, float]:
    """Orthogonal matching pursuit, stopped where the next term is what chance would give."""
    readings = len(outcome)
    candidates = np.empty((len(terms), readings))
    for row, term in enumerate(terms):
        candidates[row] = np.prod([basis[column, degree - 1] for column, degree in term], axis=0)
    candidates -= candidates.mean(axis=1, keepdims=True)
    norms = np.sqrt((candidates**2).sum(axis=1))
    open_to = norms > 0
    by_chance = 2 * np.log(len(terms))
    vectors: list[NDArray[np.float64]] = []
    chosen: list[int] = []
    residual = outcome
    while len(chosen) < readings // 4 and open_to.any():
        gain = np.where(open_to, np.abs(candidates @ residual) / np.where(open_to, norms, 1), -1)
        taken = int(gain.argmax())
        open_to[taken] = False
        vector = candidates[taken].copy()
        for known in (*vectors, *vectors):  # twice is enough: Kahan, after Parlett 1980
            vector -= (known @ vector) * known
        length = np.sqrt(vector @ vector)
        if length < 1e-8 * norms[taken]:
            continue
        vector /= length
        left = residual - (vector @ residual) * vector
        if (vector @ residual) ** 2 <= by_chance * (left @ left) / (readings - len(chosen) - 2):
            break
        vectors.append(vector)
        chosen.append(taken)
        residual = left
    coefficients = np.linalg.lstsq(candidates[chosen].T, outcome, rcond=None)[0]
    return {terms[term]: float(c * c) for term, c in zip(chosen, coefficients, strict=True)}
