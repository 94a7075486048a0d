"""A table as printed: rows of cells under named columns, each cell kept as it was read."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from estimative.sources import table_problems as problems

if TYPE_CHECKING:
    from collections.abc import Sequence

    from estimative.places.problem import Problem
    from estimative.places.source import Source

MOST_ROWS = 2_000
MOST_COLUMNS = 40
LONGEST_CELL = 40

_NUMBER = re.compile(r"[-\u2212]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?", re.ASCII)
_MISSING = re.compile(r"|-+|\u2013|\u2014|\.{2,}|n\.?\s*a\.?|not available|missing", re.IGNORECASE)


@dataclass(frozen=True)
class Cell:
    """One cell: its text as read, and the number that it is, None where it is no number."""

    text: str

    @property
    def number(self) -> Decimal | None:
        """The number as printed, its decimals kept.

        >>> Cell("1,022.50").number, Cell(".5").number, Cell("17& 1").number
        (Decimal('1022.50'), Decimal('0.5'), None)
        """
        text = self.text.strip()
        if not _NUMBER.fullmatch(text) or not any(character.isdigit() for character in text):
            return None
        return Decimal(text.replace(",", "").replace("\u2212", "-"))

    @property
    def is_missing(self) -> bool:
        """Whether it is empty, or says that there is no figure."""
        return _MISSING.fullmatch(self.text.strip()) is not None


@dataclass(frozen=True)
class Row:
    """One row: its key, the key as it was read, and its cells by column; a column left empty is missing."""

    key: str
    read_as: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class PrintedTable:
    """Rows under columns. The first column is the key and not among the cells of a row.

    >>> table = PrintedTable("t", "year", ("total",), (Row("1955", "1956", (Cell("106.3"),)),))
    >>> table.cell(table.rows[0], "total").text
    '106.3'
    """

    name: str
    key: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    def cell(self, row: Row, column: str) -> Cell:
        """The cell of a row under a column."""
        return row.cells[self.columns.index(column)]


def decimals(number: Decimal) -> int:
    """How many decimals are printed.

    >>> decimals(Decimal("80.6")), decimals(Decimal("761"))
    (1, 0)
    """
    exponent = number.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def read_csv(source: Source) -> tuple[PrintedTable | None, tuple[Problem, ...]]:
    """A table from CSV: a heading, then rows; the first column is the key."""
    reader = csv.reader(io.StringIO(source.text, newline=""), strict=True)
    try:
        numbered = [(reader.line_num, line) for line in reader if any(cell.strip() for cell in line)]
    except csv.Error as error:
        return None, (problems.not_a_table(source.span(0, 0), source.name, str(error)),)
    lines = [line for _, line in numbered]
    if len(lines) < 2 or len(lines[0]) < 2:
        return None, (
            problems.not_a_table(source.span(0, 0), source.name, "it needs a heading and two columns"),
        )
    heading = [name.strip() for name in lines[0]]
    found = [*_of_heading(source, heading), *_of_size(source, lines)]
    for number, line in numbered[1:]:
        if len(line) != len(heading):
            start = source.line_starts[number - 1]
            place = source.span(start, start + len(source.line(number)))
            found.append(problems.ragged_row(place, source.name, number, len(line), len(heading)))
    if found:
        return None, tuple(found)
    rows = tuple(Row(line[0].strip(), line[0].strip(), tuple(map(Cell, line[1:]))) for line in lines[1:])
    return PrintedTable(source.name, heading[0], tuple(heading[1:]), rows), ()


def _of_heading(source: Source, heading: Sequence[str]) -> list[Problem]:
    seen: set[str] = set()
    found = []
    for name in heading:
        if not name or name in seen:
            found.append(problems.bad_heading(source.span(0, 0), source.name, name))
        seen.add(name)
    return found


def _of_size(source: Source, lines: Sequence[Sequence[str]]) -> list[Problem]:
    too_large = len(lines) > MOST_ROWS or len(lines[0]) > MOST_COLUMNS
    too_long = any(len(cell) > LONGEST_CELL for line in lines for cell in line[1:])
    if too_large or too_long:
        limits = f"{MOST_ROWS} rows, {MOST_COLUMNS} columns, {LONGEST_CELL} characters in a cell"
        return [problems.table_too_large(source.span(0, 0), source.name, limits)]
    return []
