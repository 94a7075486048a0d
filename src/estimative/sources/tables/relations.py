"""What the columns of a table say of one another: sums, differences and shares, in a few words.

``total = exports + imports``, ``surplus = exports - imports``, ``share = ussr / total``. A printed number
stands for every number that rounds to it, so a relation fails only where no such numbers could fulfil it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from estimative.sources import table_problems as problems
from estimative.sources.tables.cells import decimals

if TYPE_CHECKING:
    from collections.abc import Sequence

    from estimative.places.problem import Problem
    from estimative.places.source import Source

Fulfilment = Literal["exactly", "within rounding", "not"]
"""Whether the printed numbers themselves fulfil a relation, or only numbers that round to them, or none."""

_NAME = r"[A-Za-z_][\w.\-]*"
_SHARE = re.compile(rf"({_NAME})\s*=\s*({_NAME})\s*/\s*({_NAME})")
_SUM = re.compile(rf"({_NAME})\s*=\s*({_NAME}(?:\s+[+\-]\s+{_NAME})+)")
_TERM = re.compile(rf"(?:^|([+\-])\s+)({_NAME})")
_EDGE = 1e-9
"""A number just between two roundings counts for both."""


Numbers = Mapping[str, tuple[NDArray[np.float64], NDArray[np.float64]]]
"""For each column its numbers and half a unit of their last decimals, along axes that broadcast together."""

_BY_CODE: tuple[Fulfilment, ...] = ("not", "within rounding", "exactly")
"""The weakest first: what a number in an array of them says."""

WITHIN = _BY_CODE.index("within rounding")


@dataclass(frozen=True)
class Sum:
    """``total = exports + imports``: `terms` with their signs."""

    result: str
    terms: tuple[tuple[int, str], ...]
    written: str

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that it names, once."""
        return tuple(dict.fromkeys((self.result, *(name for _, name in self.terms))))

    def fulfilled(self, numbers: Numbers) -> NDArray[np.int8]:
        """Code for every combination of numbers."""
        result, slack = numbers[self.result]
        away = -result
        loose = slack
        for sign, name in self.terms:
            away = away + sign * numbers[name][0]
            loose = loose + numbers[name][1]
        away = np.abs(away)
        return (away <= slack + _EDGE).astype(np.int8) + (away <= loose + _EDGE).astype(np.int8)


@dataclass(frozen=True)
class Share:
    """``share = part / whole``, in per cent where `times` is 100."""

    result: str
    part: str
    whole: str
    written: str
    times: float = 100.0

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that it names, once."""
        return tuple(dict.fromkeys((self.result, self.part, self.whole)))

    def fulfilled(self, numbers: Numbers) -> NDArray[np.int8]:
        """Code for every combination of numbers; nothing is a share of nothing."""
        (share, slack), (part, of_part), (whole, of_whole) = (
            numbers[name] for name in (self.result, self.part, self.whole)
        )
        least = whole - of_whole
        some = least > 0
        with np.errstate(divide="ignore", invalid="ignore"):
            exactly = some & (np.abs(self.times * part / whole - share) <= slack + _EDGE)
            low = self.times * (part - of_part) / (whole + of_whole)
            high = self.times * (part + of_part) / least
        within = some & (low <= share + slack + _EDGE) & (high >= share - slack - _EDGE)
        return exactly.astype(np.int8) + (exactly | within).astype(np.int8)


Relation = Sum | Share


def half(number: Decimal) -> float:
    """Half a unit of the last printed decimal: how far a number may lie from its print.

    >>> half(Decimal("80.6")), half(Decimal("761"))
    (0.05, 0.5)
    """
    return float(Decimal(5).scaleb(-decimals(number) - 1))


def fulfilment(relation: Relation, numbers: Mapping[str, Decimal]) -> Fulfilment:
    """Whether the numbers of one row fulfil a relation.

    >>> share = Share("share", "part", "whole", "")
    >>> fulfilment(share, {"share": Decimal("80.6"), "part": Decimal("84.9"), "whole": Decimal("105.3")})
    'exactly'
    """
    arrays = {name: (np.array([float(number)]), np.array([half(number)])) for name, number in numbers.items()}
    return _BY_CODE[int(relation.fulfilled(arrays)[0])]


def parse_relation(source: Source, columns: Sequence[str]) -> tuple[Relation | None, tuple[Problem, ...]]:
    """A relation from its words.

    >>> from estimative.places.source import Source
    >>> relation, _ = parse_relation(Source("", "total = exports + imports"), ["total", "exports", "imports"])
    >>> relation.terms
    ((1, 'exports'), (1, 'imports'))
    """
    text = source.text.strip()
    relation: Relation
    if match := _SHARE.fullmatch(text):
        relation = Share(match[1], match[2], match[3], text)
    elif match := _SUM.fullmatch(text):
        terms = tuple((-1 if sign == "-" else 1, name) for sign, name in _TERM.findall(match[2]))
        relation = Sum(match[1], terms, text)
    else:
        return None, (problems.not_a_relation(source.span(0, len(source.text)), text),)
    unknown = [name for name in relation.columns if name not in columns]
    if unknown:
        place = source.text.index(unknown[0])
        return None, (
            problems.no_such_column(source.span(place, place + len(unknown[0])), unknown[0], columns),
        )
    return relation, ()
