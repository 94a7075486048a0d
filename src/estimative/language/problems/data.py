"""Problems with the data of trends: files, tables and their cells (E04xx); thresholds are in `trends`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from estimative.language.problems.values import listed
from estimative.places.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from estimative.places.source import Span

LONGEST = 40
"""Characters of a cell that a sentence quotes."""


def shortened(text: str) -> str:
    """Beginning of a cell's text, for a sentence.

    >>> shortened("9" * 50)[-3:]
    '99…'
    """
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


# -- the file ---------------------------------------------------------------------------------------------


def data_not_found(span: Span, name: str, nearest: Sequence[str]) -> Problem:
    """A trend without its data cannot be projected."""
    hint = f"did you mean {listed(nearest)}?" if nearest else "data stand in the folder of the estimate"
    return Problem("E0401", span, f"there is no file `{name}` beside the estimate", hint)


def data_outside(span: Span, name: str) -> Problem:
    """An estimate reads nothing outside its folder, so that a colleague's cannot read your files."""
    return Problem(
        "E0402",
        span,
        f"`{name}` leads out of the estimate's folder",
        "put the file beside the estimate and write its name alone",
    )


def data_not_plain(span: Span, name: str, kind: str) -> Problem:
    """A link or a device could lead out of the folder, or never end."""
    return Problem(
        "E0403",
        span,
        f"`{name}` is a {kind}; data are read from plain files only",
        "put the file itself there",
    )


def data_too_large(span: Span, name: str, size: int, limit: int) -> Problem:
    """A series of an estimate is short; a file this large is another thing."""
    return Problem(
        "E0404",
        span,
        f"`{name}` has {size:,} bytes; at most {limit:,} are read",
        "keep the rows and columns that the estimate uses",
    )


def data_cannot_be_read(span: Span, name: str, reason: str) -> Problem:
    """Without the text nothing can be said about it."""
    return Problem("E0405", span, f"`{name}` cannot be read: {reason}")


def data_of_unknown_kind(span: Span, name: str) -> Problem:
    """The end of the name says how the file is read, so that nothing is guessed."""
    return Problem(
        "E0406",
        span,
        f"`{name}` is neither .csv nor .parquet",
        "save the table as CSV, in UTF-8, with commas",
    )


def parquet_needs_extra(span: Span, name: str) -> Problem:
    """Parquet is read by a large library that most estimates do without."""
    return Problem(
        "E0407",
        span,
        f"reading `{name}` needs the extra `parquet`, which is not installed",
        "`pip install 'estimative[parquet]'`, or save the table as CSV",
    )


# -- the table --------------------------------------------------------------------------------------------


def quote_open(span: Span) -> Problem:
    """Everything after an open quotation mark would be taken for one cell."""
    return Problem("E0408", span, "this quotation mark is never closed", "close it, or take it out")


def quote_inside(span: Span) -> Problem:
    """A quotation mark belongs around a whole cell; elsewhere two programs read two things."""
    return Problem(
        "E0409",
        span,
        "a quotation mark stands inside this cell",
        'put the cell in quotes and write `""` for it',
    )


def no_rows(span: Span, name: str) -> Problem:
    """A table has a line of headings and rows below it."""
    return Problem(
        "E0410", span, f"there are no rows in `{name}`", "a line of column names, then one row a date"
    )


def other_delimiter(span: Span, found: str) -> Problem:
    """Where semicolons divide cells, commas often are decimal points; guessing would change numbers."""
    return Problem(
        "E0411",
        span,
        f"the cells of this table are divided by {found}, not by commas",
        "save it with commas between cells and points in numbers",
    )


def ragged_row(span: Span, cells: int, headings: int) -> Problem:
    """A row that is too short or too long has its values under other headings than were meant."""
    return Problem(
        "E0412",
        span,
        f"this row has {cells} cells, and the headings are {headings}",
        "a comma inside a cell needs quotes",
    )


def bad_heading(span: Span, name: str) -> Problem:
    """Columns are found by name, so each needs one of its own."""
    says = f"two columns are called `{name}`" if name else "this column has no name"
    return Problem("E0413", span, says, "give every column its own name")


def too_many_rows(span: Span, limit: int, what: str = "rows") -> Problem:
    """A series of an estimate is short; a table this large is another thing."""
    return Problem(
        "E0414", span, f"there are more than {limit:,} {what} up to here", f"keep the {what} that are used"
    )


def no_such_column(span: Span, name: str, columns: Sequence[str]) -> Problem:
    """The column is found by its heading, to the letter."""
    return Problem(
        "E0415", span, f"the table has no column `{name}`", f"its columns are {listed(columns, 'and')}"
    )


def which_column(span: Span, key: str, columns: Sequence[str]) -> Problem:
    """With several columns it must be said which one is meant."""
    return Problem(
        "E0416",
        span,
        "which column of the table is meant is not said",
        f"add `{key}:` with {listed(columns)}",
    )


# -- the cells --------------------------------------------------------------------------------------------


def not_a_dated_row(span: Span, text: str) -> Problem:
    """`03/04/79` is two days in two countries; a date here is written in one way only."""
    says = f"`{shortened(text)}` is not a date" if text else "this row has no date"
    return Problem("E0417", span, says, "write 1979, 1979-Q3, 1979-03 or 1979-03-31")


def another_kind_of_date(span: Span, kind: str, first: Span, first_kind: str) -> Problem:
    """A whole year and one of its months are not values of one series."""
    return Problem(
        "E0418",
        span,
        f"this is a {kind}, and the series began with a {first_kind}",
        "date all rows alike",
        ((first, "the first row"),),
    )


def date_twice(span: Span, text: str, first: Span) -> Problem:
    """Of two values for one date neither can be chosen silently."""
    return Problem(
        "E0419",
        span,
        f"`{text}` stands here twice",
        "keep the value that you rely on, and say why in a note",
        ((first, "the first one"),),
    )


def not_a_value(span: Span, text: str) -> Problem:
    """Text in a column of numbers is a value lost, or a number misread."""
    hint = "write digits and a point, as 1234.5"
    if "," in text:
        hint += "; a comma is a thousand in one country and a decimal in another"
    else:
        hint += f'; if it stands for a missing value, declare `missing: "{shortened(text)}"`'
    return Problem("E0420", span, f"`{shortened(text)}` is not a number", hint)


def no_value(span: Span) -> Problem:
    """An empty cell may be nothing, or not known; which of the two it is has to be said."""
    return Problem(
        "E0421",
        span,
        "this cell is empty",
        'leave the row out, or declare `missing: ""` if empty means not known',
    )


def another_unit(span: Span, unit: str, expected: str) -> Problem:
    """Values in two units make a series of neither."""
    return Problem(
        "E0422", span, f"this value is in `{unit}`, and the trend in `{expected}`", "bring all to one unit"
    )


def looks_missing(span: Span, text: str) -> Problem:
    """Many data sets write -9 or -999 for a value that is not known."""
    return Problem(
        "W0423",
        span,
        f"`{text}` is the only negative value, and in many data sets it means missing",
        f'if it does, declare `missing: "{text}"`',
    )
