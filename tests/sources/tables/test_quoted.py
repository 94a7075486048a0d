"""Figures quoted in a text, set against the table."""

from __future__ import annotations

import pytest

from estimative.places.source import Source
from estimative.sources.tables.audit import TableAudit, audit_table
from estimative.sources.tables.cells import read_csv
from estimative.sources.tables.quoted import QuotedFigure, check_quoted
from estimative.sources.tables.relations import parse_relation


@pytest.fixture(scope="module")
def audit() -> TableAudit:
    table, _ = read_csv(
        Source(
            "t", "year,total,part,share\n1955,105.3,84.9,80.6\n1978,2204,556,25.2\n1960,320.0,114.1,36.7\n"
        )
    )
    assert table is not None
    relation, _ = parse_relation(Source("", "share = part / total"), table.columns)
    assert relation is not None
    return audit_table(table, [relation])


def quoted(audit: TableAudit, text: str) -> QuotedFigure:
    found, problems = check_quoted(Source("quote", text), audit)
    assert problems == ()
    assert found is not None
    return found


@pytest.mark.parametrize(
    "text",
    [
        "share at 1955 is 80.6",
        "share at 1955 is 81%",
        "share at 1955 is about 80",
        "share at 1955 is nearly 82",
        "share at 1955 is over 80",
        "share at 1955 is under 85",
        "share at 1978 is roughly 25",
    ],
)
def test_quotes_that_agree(audit: TableAudit, text: str) -> None:
    assert quoted(audit, text).agrees


@pytest.mark.parametrize(
    "text",
    [
        "share at 1955 is 80",
        "share at 1955 is about 85",
        "share at 1955 is nearly 80",
        "share at 1955 is over 81",
        "share at 1955 is under 80",
    ],
)
def test_quotes_that_do_not(audit: TableAudit, text: str) -> None:
    assert not quoted(audit, text).agrees


def test_a_figure_from_another_column(audit: TableAudit) -> None:
    one = quoted(audit, "share at 1955 is nearly 85")
    assert (one.agrees, one.elsewhere, one.misread) == (False, "part", "")


def test_a_figure_that_was_misread(audit: TableAudit) -> None:
    one = quoted(audit, "share at 1978 is roughly 26")
    assert (one.agrees, one.elsewhere, one.misread) == (False, "", "25")


def test_a_repaired_cell_counts_as_repaired(audit: TableAudit) -> None:
    # 114.1 / 320.0 is 35.7 %; the 36.7 of the table is a misprint.
    assert quoted(audit, "share at 1960 is 35.7").agrees
    assert not quoted(audit, "share at 1960 is 36.7").agrees


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("share in 1955 is 80", "E0537"),
        ("share at 1955 is many", "E0537"),
        ("", "E0537"),
        ("shares at 1955 is 80", "E0535"),
        ("share at 1999 is 80", "E0538"),
    ],
)
def test_what_is_no_quote(audit: TableAudit, text: str, code: str) -> None:
    found, problems = check_quoted(Source("quote", text), audit)
    assert found is None
    assert [problem.code for problem in problems] == [code]


@pytest.mark.parametrize(("cell", "quote"), [("1" * 32, "2.5"), ("1.5", f"1.{'3' * 30}"), ("1", "9" * 400)])
def test_figures_longer_than_any_of_print_are_no_misreadings(cell: str, quote: str) -> None:
    table, _ = read_csv(Source("t", f"year,total,a\n1955,{cell},1\n1956,1,1\n"))
    assert table is not None
    found = quoted(audit_table(table, []), f"total at 1955 is {quote}")
    assert (found.agrees, found.misread) == (False, "")
