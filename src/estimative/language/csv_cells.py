"""The cells of a CSV text, each with its place: commas, optional quotes, `#` lines on top (RFC 4180)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from estimative.language.problems import data as problems

if TYPE_CHECKING:
    from estimative.places.problem import Problem
    from estimative.places.source import Source, Span

MAX_ROWS = 20_000
"""Rows of one table; a daily series of fifty years has 18,262."""

MAX_COLUMNS = 1_000
"""Columns of one table; an estimate names two."""

_BLANK = re.compile(r"(?:[ \t]*(?:\r\n|\r|\n))*(?:[ \t]*\Z)?")
_TOP = re.compile(r"(?:[ \t]*(?:#[^\r\n]*)?(?:\r\n|\r|\n))*(?:[ \t]*(?:#[^\r\n]*)?\Z)?")
_QUOTED = re.compile(r'[ \t]*"((?:[^"]|"")*+)"[ \t]*')
_PLAIN = re.compile(r"[^,\r\n]*")
_LINE_END = re.compile(r"\r\n|\r|\n|\Z")


@dataclass(frozen=True)
class Cell:
    """Text of one cell, without quotes and the blanks around it, and where it stands."""

    text: str
    span: Span


@dataclass(frozen=True)
class Table:
    """Headings, and rows of as many cells each."""

    headings: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]


def read_table(source: Source) -> tuple[Table | None, tuple[Problem, ...]]:
    r"""Table of a CSV text, and what is wrong with it; no table where a cell cannot be told from another.

    >>> from estimative.places.source import Source
    >>> table, found = read_table(Source("a.csv", 'year,total\n1970,"335.9"\n'))
    >>> [cell.text for cell in table.rows[0]], found
    (['1970', '335.9'], ())
    """
    rows, problem = _rows(source)
    if problem is not None:
        return None, (problem,)
    if len(rows) < 2:
        return None, (problems.no_rows(source.span(0, 0), source.name),)
    headings, *others = rows
    if len(headings) == 1:
        for mark, name in ((";", "semicolons"), ("\t", "tabs"), ("|", "`|`")):
            if mark in headings[0].text:
                return None, (problems.other_delimiter(headings[0].span, name),)
    found = _heading_problems(headings)
    found += [
        problems.ragged_row(
            source.span(row[0].span.start, row[-1].span.end), cells=len(row), headings=len(headings)
        )
        for row in others
        if len(row) != len(headings)
    ]
    return (None if found else Table(headings, tuple(others))), tuple(found)


def _heading_problems(headings: tuple[Cell, ...]) -> list[Problem]:
    seen: set[str] = set()
    found = []
    for heading in headings:
        if not heading.text or heading.text in seen:
            found.append(problems.bad_heading(heading.span, heading.text))
        seen.add(heading.text)
    return found


def _rows(source: Source) -> tuple[list[tuple[Cell, ...]], Problem | None]:
    """Rows up to the first place at which cells cannot be told apart."""
    text = source.text
    at = 1 if text.startswith("\ufeff") else 0
    rows: list[tuple[Cell, ...]] = []
    row: list[Cell] = []
    while True:
        if not row:
            skipped = (_BLANK if rows else _TOP).match(text, at)
            at = skipped.end() if skipped else at
            if at >= len(text):
                return rows, None
            if len(rows) > MAX_ROWS:
                return rows, problems.too_many_rows(source.span(at), MAX_ROWS)
        cell, at, problem = _cell(source, at)
        if problem is not None:
            return rows, problem
        row.append(cell)
        if len(row) > MAX_COLUMNS:
            return rows, problems.too_many_rows(cell.span, MAX_COLUMNS, "columns")
        if text[at : at + 1] == ",":
            at += 1
            continue
        rows.append(tuple(row))
        row = []
        end = _LINE_END.match(text, at)
        at = end.end() if end else at


def _cell(source: Source, at: int) -> tuple[Cell, int, Problem | None]:
    """Cell that starts at an offset, the offset after it, and what is wrong with it."""
    text = source.text
    plain = _PLAIN.match(text, at)
    piece = plain[0] if plain else ""
    start = at + len(piece) - len(piece.lstrip(" \t"))
    if text[start : start + 1] == '"':
        quoted = _QUOTED.match(text, at)
        if quoted is None:
            empty = Cell("", source.span(start))
            return empty, at, problems.quote_open(source.span(start))
        cell = Cell(quoted[1].replace('""', '"').strip(), source.span(start + 1, quoted.end(1)))
        after = quoted.end()
        inside = text[after : after + 1] not in {",", "\r", "\n", ""}
        return cell, after, problems.quote_inside(source.span(start, after)) if inside else None
    stripped = piece.strip(" \t")
    cell = Cell(stripped, source.span(start, start + len(stripped)) if stripped else source.span(at, at))
    inside = '"' in stripped
    return cell, at + len(piece), problems.quote_inside(cell.span) if inside else None
