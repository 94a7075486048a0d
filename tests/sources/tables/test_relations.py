"""Sums and shares: parsed from their words, and fulfilled exactly, within rounding, or not."""

from __future__ import annotations

from decimal import Decimal

import pytest

from estimative.places.source import Source
from estimative.sources.tables.relations import Share, Sum, fulfilment, parse_relation

COLUMNS = ("total", "exports", "imports", "share")


def codes(text: str) -> list[str]:
    return [problem.code for problem in parse_relation(Source("relation", text), COLUMNS)[1]]


def test_a_sum_and_a_difference() -> None:
    relation, _ = parse_relation(Source("", " total = exports + imports "), COLUMNS)
    assert relation == Sum("total", ((1, "exports"), (1, "imports")), "total = exports + imports")
    relation, _ = parse_relation(Source("", "exports = total - imports"), COLUMNS)
    assert relation == Sum("exports", ((1, "total"), (-1, "imports")), "exports = total - imports")


def test_a_share() -> None:
    relation, _ = parse_relation(Source("", "share=exports / total"), COLUMNS)
    assert relation == Share("share", "exports", "total", "share=exports / total")


@pytest.mark.parametrize(
    "text", ["", "total", "total = ", "total = exports * imports", "= exports / total", "a = b / c / d"]
)
def test_anything_else_is_a_problem(text: str) -> None:
    assert codes(text) == ["E0534"]


def test_an_unknown_column_is_shown() -> None:
    _, (problem,) = parse_relation(Source("relation", "total = exports + import"), COLUMNS)
    assert (problem.code, problem.span.text) == ("E0535", "import")


@pytest.mark.parametrize(
    ("total", "expected"),
    [("15", "exactly"), ("15.4", "within rounding"), ("16", "within rounding"), ("17", "not")],
)
def test_a_sum_of_rounded_numbers(total: str, expected: str) -> None:
    # 7 and 8 stand for 6.5 to 8.5: their sum for 14 to 16; 16 stands for 15.5 to 16.5, and 17 for 16.5 at least.
    numbers = {"total": Decimal(total), "a": Decimal(7), "b": Decimal(8)}
    assert fulfilment(Sum("total", ((1, "a"), (1, "b")), ""), numbers) == expected


@pytest.mark.parametrize(
    ("share", "expected"),
    [
        ("80.6", "exactly"),
        ("81", "exactly"),
        ("80.7", "within rounding"),
        ("80.5", "within rounding"),
        ("80.4", "not"),
    ],
)
def test_a_share_of_rounded_numbers(share: str, expected: str) -> None:
    # 84.9 / 105.3 is 80.627 %; 84.85 to 84.95 of 105.25 to 105.35 is 80.54 to 80.71 %.
    numbers = {"share": Decimal(share), "part": Decimal("84.9"), "whole": Decimal("105.3")}
    assert fulfilment(Share("share", "part", "whole", ""), numbers) == expected


def test_nothing_is_a_share_of_nothing() -> None:
    numbers = {"share": Decimal(0), "part": Decimal(0), "whole": Decimal(0)}
    assert fulfilment(Share("share", "part", "whole", ""), numbers) == "not"
