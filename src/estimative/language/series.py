"""From a table beside the estimate to a series: which columns, which dates, which numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING, Literal

from estimative.estimate.series import Series
from estimative.language.csv_cells import Cell, Table, read_table
from estimative.language.problems import data as problems
from estimative.language.values import moment
from estimative.places.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from estimative.estimate.values import Text
    from estimative.places.source import Source, Span

UNIT, SOURCE = "unit", "source"
"""Columns with a meaning of their own: the unit of each value, and where it was found."""

DateKind = Literal["year", "quarter", "month", "day"]

_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?", re.ASCII)
_QUARTER = re.compile(r"(\d{4})-?Q([1-4])", re.ASCII)
_NOT_KNOWN = {"-9", "-99", "-999", "-9999", "-9.0", "-99.0", "-999.0", "-9999.0"}
_MOST_SHOWN = 20
"""Problems of one table that are listed one by one; the first of a kind say what the others say."""


@dataclass(frozen=True)
class SeriesKeys:
    """What an estimate says of a series, each with its place; None where it says nothing."""

    file: Text
    column: Text | None = None
    date_column: Text | None = None
    missing: tuple[Text, ...] = ()
    unit: Text | None = None


@dataclass(frozen=True)
class Row:
    """One row of the table: its date, and its value or None where it is missing."""

    day: date
    kind: DateKind
    date_cell: Cell
    value: float | None
    cell: Cell
    cites: str


def read_series(
    source: Source, keys: SeriesKeys
) -> tuple[Series | None, tuple[Row, ...], tuple[Problem, ...]]:
    r"""Series of a CSV text, the rows that it was made from by date, and what is wrong with it.

    >>> from estimative.estimate.values import Text
    >>> from estimative.places.source import Source
    >>> text = "year,total\n1970,335.9\n1969,295.3\n"
    >>> series, _, found = read_series(Source("trade.csv", text), SeriesKeys(Text("trade.csv")))
    >>> series.values, str(series.dates[0]), found
    ((295.3, 335.9), '1969-12-31', ())
    """
    table, found = read_table(source)
    if table is None:
        return None, (), found[:_MOST_SHOWN]
    columns, problem = _columns(table, keys)
    if problem is not None:
        return None, (), (problem,)
    problems_found: list[Problem] = list(_unit_problems(table, keys))
    rows = list(_rows(table, columns, keys, problems_found))
    problems_found += _date_problems(rows)
    values = [row.value for row in rows if row.value is not None]
    problems_found += _sentinels(rows, values)
    rows.sort(key=lambda row: row.day)
    known = [(row, row.value) for row in rows if row.value is not None]
    cites = tuple(row.cites for row, _ in known) if any(row.cites for row in rows) else ()
    series = Series(
        file=keys.file.text,
        column=table.headings[columns[1]].text,
        dates=tuple(row.day for row, _ in known),
        values=tuple(value for _, value in known),
        date_column=table.headings[columns[0]].text,
        missing=tuple(text.text for text in keys.missing),
        cites=cites,
        places=tuple(row.cell.span for row, _ in known),
        span=keys.file.span,
    )
    broken = any(problem.severity == "error" for problem in problems_found)
    return (None if broken else series), tuple(rows), tuple(problems_found[:_MOST_SHOWN])


# -- columns ----------------------------------------------------------------------------------------------


def _columns(table: Table, keys: SeriesKeys) -> tuple[tuple[int, int], Problem | None]:
    """Numbers of the columns of dates and of values.

    The dates are in the first column unless another is named; the values in the only column that is
    left when `unit` and `source` are set aside.
    """
    names = [heading.text for heading in table.headings]
    dates = 0
    if keys.date_column is not None:
        if keys.date_column.text not in names:
            return (0, 0), problems.no_such_column(keys.date_column.span, keys.date_column.text, names)
        dates = names.index(keys.date_column.text)
    if keys.column is not None:
        if keys.column.text not in names:
            return (0, 0), problems.no_such_column(keys.column.span, keys.column.text, names)
        return (dates, names.index(keys.column.text)), None
    left = [name for name in names if name not in {names[dates], UNIT, SOURCE}]
    if len(left) != 1:
        return (0, 0), problems.which_column(keys.file.span, "column", left or names)
    return (dates, names.index(left[0])), None


def _unit_problems(table: Table, keys: SeriesKeys) -> Iterator[Problem]:
    """Yield the rows whose unit is not the trend's, or not the first row's."""
    names = [heading.text for heading in table.headings]
    if UNIT not in names:
        return
    cells = [row[names.index(UNIT)] for row in table.rows]
    expected = keys.unit.text if keys.unit is not None else cells[0].text
    yield from (
        problems.another_unit(cell.span, cell.text, expected) for cell in cells if cell.text != expected
    )


# -- rows -------------------------------------------------------------------------------------------------


def _rows(table: Table, columns: tuple[int, int], keys: SeriesKeys, found: list[Problem]) -> Iterator[Row]:
    """Yield the rows with a date and a value, or with a value that is declared missing."""
    names = [heading.text for heading in table.headings]
    missing = {text.text for text in keys.missing}
    for cells in table.rows:
        dated = _date(cells[columns[0]])
        value = _value(cells[columns[1]], missing)
        wrong = [part for part in (dated, value) if isinstance(part, Problem)]
        found.extend(wrong)
        if isinstance(dated, Problem) or isinstance(value, Problem):
            continue
        cites = cells[names.index(SOURCE)].text if SOURCE in names else ""
        yield Row(*dated, cells[columns[0]], value, cells[columns[1]], cites)


def _date(cell: Cell) -> tuple[date, DateKind] | Problem:
    """Last day of the year, quarter or month, or the day itself."""
    text = cell.text
    if quarter := _QUARTER.fullmatch(text):
        text = f"{quarter[1]}-{3 * int(quarter[2]):02}"
    elif not re.fullmatch(r"\d{4}(-\d{2}){0,2}", text, re.ASCII):
        return problems.not_a_dated_row(cell.span, cell.text)
    found = moment(text, cell.span)
    if isinstance(found, Problem):
        return found
    kinds: dict[int, DateKind] = {4: "year", 7: "month", 10: "day"}
    return found.last, "quarter" if quarter else kinds[len(text)]


def _value(cell: Cell, missing: set[str]) -> float | Problem | None:
    """Number in a cell, or None where it is declared to be missing."""
    if cell.text in missing:
        return None
    if not cell.text:
        return problems.no_value(cell.span)
    value = number(cell.text)
    return problems.not_a_value(cell.span, cell.text) if value is None else value


def number(text: str) -> float | None:
    """Number in a text, None where it is not one: digits, a point, an exponent, and nothing else.

    >>> number("-1.5e3"), number("1,5"), number("nan")
    (-1500.0, None, None)
    """
    value = float(text) if _NUMBER.fullmatch(text) else float("nan")
    return value if isfinite(value) else None


def _date_problems(rows: list[Row]) -> Iterator[Problem]:
    """Yield rows whose date stands twice, or is of another kind than the first."""
    seen: dict[date, Span] = {}
    for row in rows:
        if row.kind != rows[0].kind:
            cell = rows[0].date_cell
            yield problems.another_kind_of_date(row.date_cell.span, row.kind, cell.span, rows[0].kind)
        elif row.day in seen:
            yield problems.date_twice(row.date_cell.span, row.date_cell.text, seen[row.day])
        seen.setdefault(row.day, row.date_cell.span)


def _sentinels(rows: list[Row], values: list[float]) -> Iterator[Problem]:
    """Yield the -9 and its like where nothing else is negative."""
    suspects = [row for row in rows if row.value is not None and row.cell.text in _NOT_KNOWN]
    unknown = {row.value for row in suspects}
    if suspects and all(value >= 0 or value in unknown for value in values):
        yield problems.looks_missing(suspects[0].cell.span, suspects[0].cell.text)
