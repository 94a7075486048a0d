"""What a likelihood says, freed from how it was written: the input of every lens."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Said:
    """A word of a lexicon, by the key of its entry."""

    word: str


@dataclass(frozen=True)
class Exactly:
    """One number in [0, 1]."""

    value: float


@dataclass(frozen=True)
class Within:
    """Anything between two numbers in [0, 1], uniformly."""

    low: float
    high: float


@dataclass(frozen=True)
class Counted:
    """`hits` of `cases` in a reference class: the posterior Beta(hits + 1/2, cases - hits + 1/2)."""

    hits: int
    cases: int


@dataclass(frozen=True)
class OneOf:
    """Several wordings; a reading takes one, each as often."""

    meanings: tuple[Meaning, ...]


@dataclass(frozen=True)
class Anything:
    """``unknown``: uniform on [0, 1]."""


Meaning = Said | Exactly | Within | Counted | OneOf | Anything


def said(meaning: Meaning) -> frozenset[str]:
    """Words in a likelihood.

    >>> sorted(said(OneOf((Said("could"), Said("may well"))))), said(Anything())
    (['could', 'may well'], frozenset())
    """
    match meaning:
        case Said(word):
            return frozenset({word})
        case OneOf(meanings):
            return frozenset().union(*(said(part) for part in meanings))
        case _:
            return frozenset()
