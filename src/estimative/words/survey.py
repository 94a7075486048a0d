"""The reader survey as shipped: what phrases are taken to mean, and how they go together within a person."""

from __future__ import annotations

from functools import cache

from estimative.words.files import rows

PERCENTILES = tuple(range(1, 100))
"""Per cent of readers at which a quantile function is known; between them it is straight."""

LEAST, MOST = 0.0025, 0.9975
"""The surveys asked for whole per cents: an answer of 0 stands for anything under half a per cent."""


def sane(probability: float) -> float:
    """The probability, kept away from 0 and 1, which no word that a reader reads should mean.

    >>> sane(0.0), sane(0.2)
    (0.0025, 0.2)
    """
    return min(max(probability, LEAST), MOST)


@cache
def surveyed() -> dict[str, tuple[float, ...]]:
    """Probabilities at `PERCENTILES` of readers, by phrase.

    >>> surveyed()["likely"][49]
    0.75
    """
    return {
        row["phrase"]: tuple(sane(float(row[str(percent)]) / 100) for percent in PERCENTILES)
        for row in rows("survey/percentiles.csv")
    }


@cache
def loadings() -> dict[str, dict[str, float]]:
    """How much a reader's position on each phrase leans on each common factor, by phrase and factor.

    A position is a standard normal score: the sum of loading x factor, and the rest of its variance is
    the phrase's own.

    >>> sorted(loadings()["likely"])
    ['extremes', 'likely-words', 'possibilities', 'small-chances']
    """
    found = {}
    for row in rows("survey/loadings.csv"):
        phrase = row.pop("phrase")
        found[phrase] = {factor: float(loading) for factor, loading in row.items()}
    return found


@cache
def correlations() -> dict[tuple[str, str], float]:
    """Rank correlations of the survey between every two phrases."""
    found = {}
    for row in rows("survey/correlations.csv"):
        phrase = row.pop("phrase")
        found.update({(phrase, other): float(value) for other, value in row.items()})
    return found
