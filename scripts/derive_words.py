"""Derives the figures of the reader survey that the package ships, from the survey's own rows.

Run it with the folder that holds ``capphrase_absolute.csv`` (one row per person and phrase)::

    python scripts/derive_words.py ../shared/words

It writes three small tables into ``src/estimative/words/data/survey``: what each phrase is taken to mean
(percentiles), how the phrases go together within a person (rank correlations), and the few common
factors that reproduce those correlations. The rows themselves are not shipped.
"""

from __future__ import annotations

import csv
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import brentq, minimize
from scipy.stats import norm, rankdata

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

LADDER = (
    "Almost No Chance",
    "Highly Unlikely",
    "Unlikely",
    "About Even",
    "Likely",
    "Highly Likely",
    "Almost Certain",
)
"""The phrases whose order decides who counts: a person who answers them out of order is left out."""

FACTORS = {
    "Highly Unlikely": "small-chances",
    "Likely": "likely-words",
    "Almost Certain": "extremes",
    "Might Happen": "possibilities",
}
"""Names of the common factors, by the phrase that leans on each the most."""

HERMITE = 40
"""Terms of the expansion that turns a normal correlation into a rank correlation of heaped answers."""

HEADER = """\
# {what}
# Source: Adam Kucharski, CAPphrase: comparative and absolute probability phrase dataset, 2026,
#   doi:10.5281/zenodo.18750055, licence CC BY 4.0. Changed: derived by scripts/derive_words.py from the
#   answers of the {people} of {asked} people whose seven ladder phrases never fall.
"""


@dataclass(frozen=True)
class Survey:
    """Answers in per cent, shape (people, phrases); `asked` people were asked before the selection."""

    phrases: tuple[str, ...]
    answers: Array
    asked: int


def read_survey(rows: Path) -> Survey:
    """The people whose ladder never falls, from a file of rows `response_id,term,probability,order`."""
    answers: dict[str, dict[str, float]] = {}
    with rows.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            answers.setdefault(row["response_id"], {})[row["term"]] = float(row["probability"])
    phrases = tuple(sorted(next(iter(answers.values()))))
    table = np.array([[person[phrase] for phrase in phrases] for person in answers.values()])
    ladder = table[:, [phrases.index(phrase) for phrase in LADDER]]
    ordered = (np.diff(ladder, axis=1) >= 0).all(axis=1)
    return Survey(phrases, table[ordered], len(table))


def rank_correlations(survey: Survey) -> Array:
    """Spearman's rank correlation of every pair of phrases, equal answers sharing their mean rank."""
    ranks = np.apply_along_axis(rankdata, 0, survey.answers)
    return np.asarray(np.corrcoef(ranks, rowvar=False))


def hermite_coefficients(answers: Array) -> Array:
    """Coefficients of a phrase's mid-rank as a function of a normal score, of unit length in all.

    The first term is left out (it is the mean). Mehler's formula then gives the rank correlation of two
    phrases whose normal scores are correlated r as the sum over k of r^k a_k b_k.
    """
    _, counts = np.unique(answers, return_counts=True)
    share = counts / counts.sum()
    upto = np.cumsum(share)
    mid = upto - share / 2
    edges = norm.ppf(np.concatenate([[0.0], np.minimum(upto, 1.0)]))
    density = norm.pdf(edges)
    finite = np.where(np.isfinite(edges), edges, 0.0)
    hermite = [np.ones_like(finite), finite]
    for k in range(1, HERMITE):
        hermite.append((finite * hermite[k] - np.sqrt(k) * hermite[k - 1]) / np.sqrt(k + 1))
    weighted = [hermite[k] * density / np.sqrt(k + 1) for k in range(HERMITE)]
    found = np.array([(mid * (part[:-1] - part[1:])).sum() for part in weighted])
    spread = (share * (mid - 0.5) ** 2).sum()
    return np.asarray(found / np.sqrt(spread))


def rank_correlation(first: Array, second: Array, r: float) -> float:
    """Rank correlation of two phrases, by their coefficients, whose normal scores are correlated r."""
    return float((first * second * r ** np.arange(1, HERMITE + 1)).sum())


def latent_correlations(survey: Survey, ranks: Array) -> Array:
    """Correlations of normal scores that give the survey's rank correlations, heaped answers and all."""
    coefficients = [hermite_coefficients(column) for column in survey.answers.T]
    latent = np.eye(len(ranks))
    for i in range(len(ranks)):
        for j in range(i):
            first, second = coefficients[i], coefficients[j]
            latent[i, j] = latent[j, i] = brentq(
                lambda r, a=first, b=second, goal=ranks[i, j]: rank_correlation(a, b, r) - goal, -0.95, 0.95
            )
    return latent


def fit_factors(latent: Array, count: int) -> Array:
    """Loadings whose products come closest to the correlations off the diagonal, shape (phrases, count).

    Least squares (minres: H. Harman, W. Jones, Psychometrika 31, 1966, doi:10.1007/BF02289468), started
    from the principal axes and turned by varimax so that every phrase leans on few factors.
    """

    def misfit(flat: Array) -> tuple[float, Array]:
        loadings = flat.reshape(len(latent), count)
        error = loadings @ loadings.T - latent
        np.fill_diagonal(error, 0)
        return float((error**2).sum() / 2), np.asarray((2 * error @ loadings).ravel())

    values, vectors = np.linalg.eigh(latent)
    start = vectors[:, ::-1][:, :count] * np.sqrt(np.maximum(values[::-1][:count] - 0.5, 0.1))
    found = minimize(
        misfit, start.ravel(), jac=True, method="L-BFGS-B", options={"maxiter": 5000, "gtol": 1e-9}
    )
    return varimax(found.x.reshape(len(latent), count))


def varimax(loadings: Array) -> Array:
    """The loadings turned so that the squared ones differ the most (H. Kaiser, Psychometrika 23, 1958)."""
    turn = np.eye(loadings.shape[1])
    for _ in range(500):
        turned = loadings @ turn
        left, _, right = np.linalg.svd(loadings.T @ (turned**3 - turned * (turned**2).mean(axis=0)))
        turn = left @ right
    return np.asarray(loadings @ turn)


def named_factors(phrases: tuple[str, ...], loadings: Array) -> Array:
    """Loadings in the order of `FACTORS`, each with the sign that makes its own phrase lean upwards."""
    columns = []
    for phrase in FACTORS:
        row = loadings[phrases.index(phrase)]
        factor = int(np.abs(row).argmax())
        columns.append(loadings[:, factor] * np.sign(row[factor]))
    if len({column.tobytes() for column in np.abs(columns)}) < len(FACTORS):
        raise ValueError("two factors share their phrase: the names in FACTORS no longer fit")
    return np.stack(columns, axis=1)


def fitted_ranks(survey: Survey, loadings: Array) -> Array:
    """Rank correlations that the factors give."""
    coefficients = [hermite_coefficients(column) for column in survey.answers.T]
    latent = loadings @ loadings.T
    fitted = np.eye(len(latent))
    for i in range(len(latent)):
        for j in range(i):
            fitted[i, j] = fitted[j, i] = rank_correlation(coefficients[i], coefficients[j], latent[i, j])
    return fitted


def derive(rows: Path) -> dict[str, str]:
    """Texts of the three tables by file name."""
    survey = read_survey(rows)
    names = [phrase.lower() for phrase in survey.phrases]
    ranks = rank_correlations(survey)
    loadings = named_factors(
        survey.phrases, fit_factors(latent_correlations(survey, ranks), len(FACTORS))
    ).round(3)
    error = (fitted_ranks(survey, loadings) - ranks)[np.triu_indices(len(ranks), 1)]
    percentiles = np.quantile(survey.answers, np.arange(1, 100) / 100, axis=0).T

    def text(what: str, columns: list[str], cells: Array, places: int) -> str:
        header = HEADER.format(what=what, people=f"{len(survey.answers):,}", asked=f"{survey.asked:,}")
        lines = [",".join(["phrase", *columns])]
        for name, row in zip(names, cells, strict=True):
            lines.append(",".join([name, *(f"{cell:.{places}f}".rstrip("0").rstrip(".") for cell in row)]))
        return header + "\n".join(lines) + "\n"

    return {
        "percentiles.csv": text(
            "What people take each phrase to mean: the 1st to 99th percentile of their answers, in per cent.",
            [str(percent) for percent in range(1, 100)],
            percentiles,
            2,
        ),
        "correlations.csv": text(
            "How the phrases go together within a person: Spearman's rank correlations.", names, ranks, 3
        ),
        "loadings.csv": text(
            "How much each phrase leans on each common factor of a person's vocabulary.\n"
            f"# Rank correlations from these factors differ from the survey's by {np.sqrt((error**2).mean()):.3f}"
            f" (root mean square) and at most {np.abs(error).max():.3f}.",
            list(FACTORS.values()),
            loadings,
            3,
        ),
    }


def main(arguments: list[str]) -> None:
    """Write the tables from the survey's folder, the only argument."""
    folder = Path(arguments[0])
    target = Path(__file__).parent.parent / "src" / "estimative" / "words" / "data" / "survey"
    for name, content in derive(folder / "capphrase_absolute.csv").items():
        (target / name).write_text(content, encoding="utf-8")
        print(target / name)


if __name__ == "__main__":
    main(sys.argv[1:])
