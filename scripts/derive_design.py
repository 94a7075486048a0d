"""Derives the dimensions of the readings' design: Sobol' sequences that go well together, one a shared name.

    python scripts/derive_design.py

The direction numbers are those of Joe and Kuo (2008), as SciPy ships them. Of the first 200 dimensions
those are kept whose correlation with every one kept before, scrambled, is at most twice what independent
columns show by chance, for 256, 512 and 1024 readings: in high dimensions some pairs are far worse.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import scipy.stats

from estimative.model.design import owen_scramble, sobol

if TYPE_CHECKING:
    from numpy.typing import NDArray

CANDIDATES = 200
SCRAMBLES = 16
WORST = 2.0
"""Of the correlation's standard deviation among independent columns, one over the root of the readings."""

SHARED = (
    *(f"readers:{factor}" for factor in ("small-chances", "likely-words", "extremes", "possibilities")),
    *("effects:small", "strength:plainly", "strength:greatly", "strength:slightly"),
    *(
        f"word:{word}"
        for word in (
            *("likely", "unlikely", "could", "may", "might", "probable", "could well", "possible"),
            *("highly likely", "highly unlikely", "very likely", "very unlikely", "almost certain"),
            *("almost no chance", "remote chance", "about even", "improbable", "may well", "might well"),
            *("conceivable", "quite possible", "modest possibility", "substantial chance", "minimal"),
            *("realistic possibility", "better than even", "very good chance", "chances are slight"),
            *("little chance", "will", "expected", "apparently", "probably not", "roughly even chance"),
            *("highly probable", "highly improbable", "as likely as not", "extremely likely"),
            *("extremely unlikely", "virtually certain", "exceptionally unlikely", "almost impossible"),
            *("even chance", "presumably", "undoubtedly"),
        )
    ),
)
"""Names that many models share, those that reach the most rules first."""

HEADER = """\
# Dimensions of the Sobol' sequence, one a name that many models share; other names are padded (design.py).
# Primitive polynomials and initial direction numbers: S. Joe, F. Kuo, Constructing Sobol sequences with better
# two-dimensional projections, SIAM Journal on Scientific Computing 30 (2008) 2635-2654, doi:10.1137/070709359,
# BSD licence. Chosen by scripts/derive_design.py; never reorder: it would change everybody's readings.
name,dimension,polynomial,initial
"""


def main() -> None:
    """Choose the dimensions and write the table."""
    numbers = np.load(Path(scipy.stats.__file__).parent / "_sobol_direction_numbers.npz")
    polynomials = [int(polynomial) for polynomial in numbers["poly"][:CANDIDATES]]
    initial = [
        tuple(int(m) for m in row[: max(polynomial.bit_length() - 1, 1)])
        for polynomial, row in zip(polynomials, numbers["vinit"], strict=False)
    ]
    worst = correlations(polynomials, initial)
    kept: list[int] = []
    for dimension in range(CANDIDATES):
        if len(kept) < len(SHARED) and (worst[dimension, kept] <= WORST).all():
            kept.append(dimension)
    if len(kept) < len(SHARED):
        raise SystemExit(f"only {len(kept)} good dimensions for {len(SHARED)} names")
    lines = [
        f"{name},{dimension},{polynomials[dimension]},{' '.join(map(str, initial[dimension]))}"
        for name, dimension in zip(SHARED, kept, strict=True)
    ]
    target = Path(__file__).parent.parent / "src" / "estimative" / "model" / "data" / "sobol.csv"
    target.write_text(HEADER + "\n".join(lines) + "\n", encoding="utf-8")
    print(target, len(kept), "of the first", kept[-1] + 1)


def correlations(polynomials: list[int], initial: list[tuple[int, ...]]) -> NDArray[np.float64]:
    """Root mean square correlation of every pair over scrambles, times the root of the readings; the worst."""
    keys = np.random.default_rng(1984).integers(2**63, size=(3, SCRAMBLES, CANDIDATES), dtype=np.uint64)
    worst = np.zeros((CANDIDATES, CANDIDATES))
    for row, readings in enumerate((256, 512, 1024)):
        points = [
            sobol(np.arange(readings), polynomial, first)
            for polynomial, first in zip(polynomials, initial, strict=True)
        ]
        squares = np.zeros_like(worst)
        for scramble in range(SCRAMBLES):
            columns = [
                owen_scramble(point, key) for point, key in zip(points, keys[row, scramble], strict=True)
            ]
            squares += np.corrcoef(np.array(columns, np.float64)) ** 2
        worst = np.maximum(worst, np.sqrt(squares / SCRAMBLES * readings))
    return worst


if __name__ == "__main__":
    main()
