"""How readers take a word: from surveys, or placed among the words that were surveyed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from math import exp, log
from statistics import NormalDist
from typing import Literal

from estimative.words.files import about, rows
from estimative.words.survey import PERCENTILES, sane, surveyed

Basis = Literal["survey", "published", "rule", "ours"]


@dataclass(frozen=True)
class Take:
    """How readers take one word.

    Parameters
    ----------
    quantiles
        Probabilities at the 1st to 99th of a hundred readers, rising.
    like
        The surveyed phrase that a reader's position on this word goes along with.
    upwards
        Whether it goes along with it (or, for a negated word, against it).
    basis
        *survey*: our quantiles of a survey's answers. *published*: quantiles that others published.
        *rule*: halved from another word. *ours*: placed by us, for the `reason` given.
    """

    word: str
    quantiles: tuple[float, ...]
    like: str
    upwards: bool
    basis: Basis
    source: str
    reason: str

    @property
    def median(self) -> float:
        """What the middle reader takes it to mean."""
        return self.quantiles[49]

    def at(self, percent: int) -> float:
        """What the reader at this percentile (1 to 99) takes it to mean."""
        return self.quantiles[percent - 1]


@cache
def _rows() -> dict[str, dict[str, str]]:
    return {row["word"]: row for row in rows("takes.csv")}


def taken_words() -> tuple[str, ...]:
    """Every word of every standard, by its key."""
    return tuple(_rows())


@cache
def take(word: str) -> Take:
    """How readers take a word, by its key.

    >>> take("likely").median
    0.75
    >>> take("extremely likely").median  # half as far from one as "very likely", 87.5 %
    0.9375

    Raises
    ------
    KeyError
        If it is no word of any standard.
    """
    row = _rows()[word]
    how, _, what = row["takes"].partition(" ")
    basis: Basis = about("sources.toml")[row["source"]]["basis"]  # type: ignore[assignment]  # a test checks it
    like, upwards = row["like"], True
    if how == "survey":
        quantiles, like = surveyed()[what], what
    elif how in {"as", "halved", "mirrored"}:
        other = take(what)
        like, upwards = other.like, other.upwards != (how == "mirrored")
        quantiles = other.quantiles
        if how != "as":
            quantiles = halved(quantiles) if how == "halved" else mirrored(quantiles)
    else:
        quantiles = through(row["takes"])
    return Take(word, quantiles, like, upwards, basis, row["source"], row["reason"])


def halved(quantiles: tuple[float, ...]) -> tuple[float, ...]:
    """Half as far from the bound that is nearer to the median.

    >>> halved((0.7, 0.8, 0.9))
    (0.85, 0.9, 0.95)
    """
    if quantiles[len(quantiles) // 2] < 0.5:
        return tuple(sane(p / 2) for p in quantiles)
    return tuple(sane(1 - (1 - p) / 2) for p in quantiles)


def mirrored(quantiles: tuple[float, ...]) -> tuple[float, ...]:
    """As much under one half as these are over it.

    >>> mirrored((0.7, 0.8, 0.95))
    (0.05, 0.2, 0.3)
    """
    return tuple(round(1 - p, 12) for p in reversed(quantiles))


def through(knots: str) -> tuple[float, ...]:
    """Quantiles through a few that are known, written ``25:10 50:20 75:30`` in per cent.

    Between them, and beyond on the same line, log-odds are straight in the normal score.

    >>> wide = through("25:10 50:20 75:30")
    >>> [round(wide[percent - 1], 3) for percent in (5, 25, 50, 75, 95)]
    [0.033, 0.1, 0.2, 0.3, 0.482]
    """
    normal = NormalDist()
    known = []
    for knot in knots.split():
        share, _, value = knot.partition(":")
        sensible = sane(float(value) / 100)
        known.append((normal.inv_cdf(float(share) / 100), log(sensible / (1 - sensible))))
    found, place = [], 0
    for percent in PERCENTILES:
        here = normal.inv_cdf(percent / 100)
        while place < len(known) - 2 and here > known[place + 1][0]:
            place += 1
        (left, low), (right, high) = known[place], known[place + 1]
        log_odds = low + (high - low) * (here - left) / (right - left)
        found.append(sane(1 / (1 + exp(-log_odds))))
    return tuple(found)
