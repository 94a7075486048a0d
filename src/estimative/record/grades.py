"""Grades: how far a report is to be trusted, by the reliability of its source and its credibility.

The letters and numbers are those of the Admiralty or NATO system (STANAG 2511; U.S. Army FM 2-22.3, 2006,
appendix B). What they are worth in likelihoods is a convention of ours: see ``data/grades.csv``.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "data" / "grades.csv"

RELIABILITY = {
    "A": "completely reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "reliability cannot be judged",
}
"""What the letter says of the source."""

CREDIBILITY = {
    "1": "confirmed by other sources",
    "2": "probably true",
    "3": "possibly true",
    "4": "doubtful",
    "5": "improbable",
    "6": "truth cannot be judged",
}
"""What the number says of the report."""


@dataclass(frozen=True)
class Grade:
    """A grade, and how often such a report is right.

    `right` lies in [1/2, 1]: such a report comes with this probability if what it says is so, and with
    the rest if it is not. At 1 it is known, at 1/2 it says nothing.

    >>> round(Grade("B2", 0.85).ratio, 2)
    5.67
    """

    text: str
    right: float

    @property
    def ratio(self) -> float:
        """Likelihood ratio: how many times as likely the report is if what it says is so."""
        return self.right / (1 - self.right) if self.right < 1 else float("inf")

    @property
    def is_certain(self) -> bool:
        """Whether what it says is known to be so."""
        return self.right == 1


@cache
def usual_grades() -> dict[str, Grade]:
    """All grades with what they are worth unless a record says otherwise, by their text.

    >>> [usual_grades()[text].right for text in ("A1", "B2", "F6")]
    [1.0, 0.85, 0.5]
    """
    with FILE.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(line for line in lines if not line.startswith("#"))
        return {row["grade"]: Grade(row["grade"], float(row["right"]) / 100) for row in rows}


def in_words(text: str) -> str:
    """What a grade says.

    >>> in_words("B2")
    'usually reliable source; probably true'
    """
    source = RELIABILITY[text[0]]
    return f"{source}{' source' if text[0] in 'ABCDE' else ''}; {CREDIBILITY[text[1]]}"
