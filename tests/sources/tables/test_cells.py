"""Tables from CSV, and their cells as printed."""

from __future__ import annotations

from decimal import Decimal

import pytest

from estimative.places.source import Source
from estimative.sources.tables.cells import MOST_ROWS, Cell, decimals, read_csv


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("105.3", "105.3"),
        (".5", "0.5"),
        ("1,022", "1022"),
        ("\N{MINUS SIGN}4.0", "-4.0"),
        (" 7 ", "7"),
        ("1,02", None),
        ("17& 1", None),
        ("1e5", None),
        ("4C2.3", None),
        ("", None),
        (".", None),
        ("\N{ARABIC-INDIC DIGIT THREE}", None),
    ],
)
def test_numbers_as_printed(text: str, number: str | None) -> None:
    assert Cell(text).number == (None if number is None else Decimal(number))


@pytest.mark.parametrize(
    ("text", "missing"), [("", True), ("N.A.", True), ("N A.", True), ("-", True), ("0", False)]
)
def test_missing_figures(text: str, missing: bool) -> None:
    assert Cell(text).is_missing == missing


def test_decimals_are_kept() -> None:
    assert [decimals(Decimal(text)) for text in ("20.0", "20", "0.46")] == [1, 0, 2]


def test_a_table_from_csv() -> None:
    table, found = read_csv(Source("t.csv", "year,total,share\n1955,105.3,80.6\n\n1956,140.3,\n"))
    assert found == ()
    assert table is not None
    assert (table.key, table.columns) == ("year", ("total", "share"))
    assert [(row.key, [cell.text for cell in row.cells]) for row in table.rows] == [
        ("1955", ["105.3", "80.6"]),
        ("1956", ["140.3", ""]),
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "E0530"),
        ("year,total\n", "E0530"),
        ("year\n1955\n", "E0530"),
        ('year,total\n1955,"open\n', "E0530"),
        ("year,total\n1955,1,2\n", "E0531"),
        ("year,total,total\n1955,1,2\n", "E0532"),
        ("year,,total\n1955,1,2\n", "E0532"),
        ("year,total\n" + "1955,1\n" * MOST_ROWS, "E0533"),
        ("year,total\n1955," + "1" * 41 + "\n", "E0533"),
    ],
)
def test_what_is_no_table(text: str, code: str) -> None:
    table, found = read_csv(Source("t.csv", text))
    assert table is None
    assert [problem.code for problem in found] == [code]


def test_a_table_at_the_limit_is_read() -> None:
    table, _ = read_csv(Source("t.csv", "year,total\n" + "1955,1\n" * (MOST_ROWS - 1)))
    assert table is not None
    assert len(table.rows) == MOST_ROWS - 1
