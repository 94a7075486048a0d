"""A printed table asked about: read from CSV or from a page, audited, and set against what a text quotes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from estimative.places.source import Source
from estimative.sources import table_problems as problems
from estimative.sources.opening import open_document
from estimative.sources.tables.audit import audit_table
from estimative.sources.tables.cells import MOST_COLUMNS, read_csv
from estimative.sources.tables.quoted import check_quoted
from estimative.sources.tables.relations import parse_relation
from estimative.sources.tables.text import read_text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from estimative.places.problem import Problem
    from estimative.sources.tables.audit import TableAudit
    from estimative.sources.tables.cells import PrintedTable
    from estimative.sources.tables.quoted import QuotedFigure


@dataclass(frozen=True)
class TableAnswer:
    """The audit of a table, and the figures that were quoted from it."""

    audit: TableAudit
    quotes: tuple[QuotedFigure, ...]


def ask_table(
    path: Path, page: str | None, columns: Sequence[str], relations: Sequence[str], quotes: Sequence[str]
) -> tuple[TableAnswer | None, tuple[Problem, ...]]:
    """Read a table, audit it, and check quotes against it.

    Parameters
    ----------
    path
        A CSV file; or a document, and then `page` and `columns` say where the table is.
    page
        Name of the page in a document; None for CSV.
    columns
        Names of the columns in a document, the key first; those of a CSV file stand in it.
    relations
        What holds in every row: ``total = exports + imports``.
    quotes
        Figures that a text quotes: ``share at 1955 is nearly 85``.
    """
    document, found = open_document(path)
    if document is None:
        return None, found
    if page is None:
        table, wrong = read_csv(document.source)
        # Pages mean nothing in a CSV file.
        found = wrong
    else:
        table, wrong = _on_page(
            path.name,
            document.source.text,
            [(one.start, one.end) for one in document.pages if one.name == page],
            page,
            columns,
        )
        found = (*found, *wrong)
    if table is None:
        return None, found
    return _asked(table, relations, quotes, found)


def _on_page(
    name: str, text: str, places: Sequence[tuple[int, int]], page: str, columns: Sequence[str]
) -> tuple[PrintedTable | None, tuple[Problem, ...]]:
    place = Source(name, "").span(0, 0)
    if not places:
        return None, (problems.page_not_there(place, name, page),)
    if len(columns) > MOST_COLUMNS:
        return None, (problems.table_too_large(place, name, f"{MOST_COLUMNS} columns"),)
    start, end = places[0]
    table = read_text(f"{name}, p. {page}", text[start:end], columns)
    return table, (() if table is not None else (problems.no_rows(place, name, page),))


def _asked(
    table: PrintedTable, relations: Sequence[str], quotes: Sequence[str], found: tuple[Problem, ...]
) -> tuple[TableAnswer | None, tuple[Problem, ...]]:
    parsed = [parse_relation(Source("relation", text), table.columns) for text in relations]
    wrong = tuple(problem for _, more in parsed for problem in more)
    if wrong:
        return None, (*found, *wrong)
    audit = audit_table(table, [relation for relation, _ in parsed if relation is not None])
    checked = [check_quoted(Source("quote", text), audit) for text in quotes]
    wrong = tuple(problem for _, more in checked for problem in more)
    if wrong:
        return None, (*found, *wrong)
    return TableAnswer(audit, tuple(quote for quote, _ in checked if quote is not None)), found
