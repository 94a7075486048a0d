"""Figures that a text quotes from a table, set against the table's own."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from estimative.sources import table_problems as problems
from estimative.sources.confusions import distance
from estimative.sources.tables.cells import Cell, decimals
from estimative.sources.tables.misreadings import LONGEST
from estimative.sources.tables.relations import half

if TYPE_CHECKING:
    from estimative.places.problem import Problem
    from estimative.places.source import Source
    from estimative.sources.tables.audit import AuditedCell, TableAudit

Word = Literal["", "about", "nearly", "over", "under"]
"""How a text rounds: not at all, to either side, from below, from above; or only that it is less."""

ABOUT = 0.025
"""Share of the quoted figure by which "about", "nearly" and "over" may be off (a convention of ours)."""

_WORDS: dict[str, Word] = {
    "about": "about",
    "roughly": "about",
    "some": "about",
    "approximately": "about",
    "around": "about",
    "nearly": "nearly",
    "almost": "nearly",
    "close to": "nearly",
    "over": "over",
    "more than": "over",
    "under": "under",
    "less than": "under",
}
_QUOTED = re.compile(
    rf"(?P<column>\S+)\s+at\s+(?P<key>\S+)\s+is\s+(?:(?P<word>{'|'.join(_WORDS)})\s+)?(?P<number>\d+(?:\.\d+)?)\s*%?"
)
_MISREAD = 1.0
"""Cost up to which one figure may be a misreading of another: two digits in the usual way, or one in any."""


@dataclass(frozen=True)
class QuotedFigure:
    """A figure as a text quotes it, and what the table has.

    Parameters
    ----------
    written
        The quote: ``share at 1955 is nearly 85``.
    quoted
        The figure.
    tables
        The table's figures, the likeliest first: more than one where the cell is ambiguous.
    agrees
        Whether the quote fits one of them, by its word.
    elsewhere
        Another column of the same row whose figure the quote fits: what the text may have read instead.
    misread
        A figure of the cell of which the quote may be a misreading; "" where none is near.
    """

    written: str
    quoted: Decimal
    tables: tuple[Decimal, ...]
    agrees: bool
    elsewhere: str = ""
    misread: str = ""


def check_quoted(source: Source, audit: TableAudit) -> tuple[QuotedFigure | None, tuple[Problem, ...]]:
    """A quote checked against an audited table.

    Parameters
    ----------
    source
        ``COLUMN at KEY is [about|nearly|over|under] NUMBER``.
    audit
        The table with its proposals: a quote is set against every figure that the cell may have.
    """
    whole = source.span(0, len(source.text))
    match = _QUOTED.fullmatch(source.text.strip())
    if match is None:
        return None, (problems.not_a_quote(whole, source.text),)
    table = audit.table
    column, key = match["column"], match["key"]
    if column not in table.columns:
        return None, (problems.no_such_column(whole, column, table.columns),)
    if all(row.key != key for row in audit.rows):
        return None, (problems.no_such_row(whole, key, table.name),)
    quoted, word = Decimal(match["number"]), _WORDS.get(match["word"] or "", "")
    figures = {cell.column: _figures(cell) for cell in audit.row(key).cells}
    agrees = any(_fits(quoted, word, figure) for figure in figures[column])
    other = (n for n in table.columns if n != column and any(_fits(quoted, word, f) for f in figures[n]))
    return QuotedFigure(
        source.text.strip(),
        quoted,
        figures[column],
        agrees,
        "" if agrees else next(other, ""),
        "" if agrees else _misread(quoted, figures[column]),
    ), ()


def _figures(cell: AuditedCell) -> tuple[Decimal, ...]:
    """What a cell may say: its proposals, or what was read where nothing was proposed."""
    if cell.proposals:
        return tuple(Decimal(proposal.text) for proposal in cell.proposals)
    number = Cell(cell.read).number
    return () if number is None else (number,)


def _fits(quoted: Decimal, word: Word, figure: Decimal) -> bool:
    """Whether a quote with its word fits a figure.

    "Nearly 80" fits 78 to 80, "over 80" 80 to 82, "about 80" both, "under 80" whatever is less.
    """
    exact = abs(quoted - figure) <= Decimal(str(max(half(quoted), half(figure))))
    near = abs(quoted - figure) <= quoted * Decimal(str(ABOUT))
    match word:
        case "":
            return exact
        case "about":
            return near or exact
        case "nearly":
            return near and figure <= quoted
        case "over":
            return near and figure >= quoted
        case "under":
            return figure < quoted


def _misread(quoted: Decimal, figures: tuple[Decimal, ...]) -> str:
    """A rounded figure of the cell that scanning may have turned into the quoted one."""
    places = decimals(quoted)
    for figure in figures:
        if figure.adjusted() + places >= LONGEST:
            continue
        rounded = str(round(figure, places) if places else round(figure))
        if 0 < distance(str(quoted), rounded) <= _MISREAD / 2:
            return rounded
    return ""
