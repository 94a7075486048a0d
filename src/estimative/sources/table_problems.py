"""Problems with tables (E053x, E054x): every sentence about them is written here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from estimative.places.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from estimative.places.source import Span


def not_a_table(span: Span, name: str, why: str) -> Problem:
    """A table is a heading and rows, comma by comma."""
    return Problem("E0530", span, f"`{name}` is no table: {why}")


def ragged_row(span: Span, name: str, row: int, cells: int, columns: int) -> Problem:
    """A row that is too short or too long has its figures under the wrong names."""
    return Problem("E0531", span, f"row {row} of `{name}` has {cells} cells, and the heading has {columns}")


def bad_heading(span: Span, name: str, column: str) -> Problem:
    """A column is told from another by its name."""
    says = f"two columns of `{name}` are called `{column}`" if column else f"a column of `{name}` has no name"
    return Problem("E0532", span, says)


def table_too_large(span: Span, name: str, limits: str) -> Problem:
    """Tables of print are small; a larger one is data, and not looked at cell by cell."""
    return Problem("E0533", span, f"the table `{name}` is too large: at most {limits}")


def not_a_relation(span: Span, text: str) -> Problem:
    """Sums, differences and shares are what printed tables promise."""
    return Problem(
        "E0534",
        span,
        f"`{text}` is not a relation between columns",
        "write `total = exports + imports`, `surplus = exports - imports`, or `share = part / total`",
    )


def no_such_column(span: Span, name: str, columns: Sequence[str]) -> Problem:
    """A relation can only be checked between columns that are there."""
    return Problem("E0535", span, f"the table has no column `{name}`", f"it has {', '.join(columns)}")


def no_rows(span: Span, name: str, page: str) -> Problem:
    """A page without rows of figures holds no table, or another number of columns."""
    return Problem(
        "E0536",
        span,
        f"no rows of a table were found on p. {page} of `{name}`",
        "name all its columns, the one that tells the rows apart first",
    )


def not_a_quote(span: Span, text: str) -> Problem:
    """A quoted figure is checked against one cell."""
    return Problem(
        "E0537",
        span,
        f"`{text}` does not say which figure is quoted",
        "write COLUMN at KEY is [about|nearly|over|under] NUMBER, such as `share at 1955 is nearly 85`",
    )


def no_such_row(span: Span, key: str, name: str) -> Problem:
    """A quoted figure is looked up in one row."""
    return Problem("E0538", span, f"the table `{name}` has no row `{key}`")


def page_not_there(span: Span, name: str, page: str) -> Problem:
    """A table is read from one page."""
    return Problem("E0539", span, f"`{name}` has no page {page}")
