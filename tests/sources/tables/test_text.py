"""Tables from the text of a page: a row on each line, or a cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from estimative.sources.tables.ask import ask_table
from estimative.sources.tables.text import read_text

if TYPE_CHECKING:
    from pathlib import Path

COLUMNS = ["year", "total", "exports", "imports"]
ROWS = [
    ("1960", "320.0", "114.1", "205.9"),
    ("1961", "326.4", "156.1", "170.3"),
    ("1962", "352.6", "168.9", "183.7"),
    ("1963", "420.8", "170.2", "250.6"),
    ("1964", "415.6", "163.6", "252.0"),
]


def read(text: str) -> list[tuple[str, str, tuple[str, ...]]]:
    table = read_text("t", text, COLUMNS)
    assert table is not None
    return [(row.key, row.read_as, tuple(cell.text for cell in row.cells)) for row in table.rows]


def expected() -> list[tuple[str, str, tuple[str, ...]]]:
    return [(row[0], row[0], row[1:]) for row in ROWS]


def test_a_row_on_each_line() -> None:
    text = "Trade\nyear total exports imports\n" + "\n".join("  ".join(row) for row in ROWS)
    assert read(text) == expected()


def test_a_cell_on_each_line() -> None:
    text = (
        "Table 1\n\nYear\n\nTotal\n\n"
        + "\n\n".join(cell for row in ROWS for cell in row)
        + "\n\nSource: a book"
    )
    assert read(text) == expected()


def test_rows_may_fall() -> None:
    text = "\n".join(cell for row in reversed(ROWS) for cell in row)
    assert read(text) == list(reversed(expected()))


def test_a_misread_year_is_put_right_by_its_neighbours() -> None:
    text = "\n".join(cell for row in ROWS for cell in row).replace("1962\n", "1982\n")
    assert [(key, seen) for key, seen, _ in read(text)] == [
        ("1960", "1960"),
        ("1961", "1961"),
        ("1962", "1982"),
        ("1963", "1963"),
        ("1964", "1964"),
    ]


def test_short_rows_and_figures_that_look_like_years() -> None:
    rows = [
        ("1960", "1927", "467"),
        ("1961", "1962", "400"),
        ("1962", "1964", "447", "18"),
        ("1963", "2204", "1961"),
    ]
    text = "\n".join(cell for row in rows for cell in row)
    found = read(text)
    assert [key for key, _, _ in found] == ["1960", "1961", "1962", "1963"]
    assert [cells[:2] for _, _, cells in found] == [row[1:3] for row in rows]


def test_two_cells_on_a_line_and_one_in_two_parts() -> None:
    text = "\n".join(cell for row in ROWS for cell in row)
    text = text.replace("114.1\n205.9", "114.1 205.9").replace("170.2", "17& 2").replace("252.0", "N A.")
    found = {key: cells for key, _, cells in read(text)}
    assert found["1960"] == ("320.0", "114.1", "205.9")
    assert found["1963"] == ("420.8", "17& 2", "250.6")
    assert found["1964"] == ("415.6", "163.6", "N A.")


def test_prose_is_no_table() -> None:
    assert read_text("t", "In 1960 it rained.\nIn 1961 it did not.\n\n1962\n\nwas dry", COLUMNS) is None


def test_lines_that_can_be_read_in_two_ways_do_not_double_the_rows() -> None:
    columns = ["year", *(f"c{number}" for number in range(39))]
    text = "\n".join(line for year in range(1950, 1954) for line in (str(year), *["1 2"] * 25))
    table = read_text("t", text, columns)
    assert table is not None
    assert [row.key for row in table.rows] == ["1950", "1951", "1952", "1953"]
    assert {sum(cell.text in {"1", "2", "1 2"} for cell in row.cells) for row in table.rows} == {39}


def test_a_line_of_digits_is_no_cell() -> None:
    text = "\n".join(f"{row[0]} {'9' * 400} {row[2]} {row[3]}" for row in ROWS)
    assert read_text("t", text, COLUMNS) is None


def test_a_page_has_so_many_columns(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("[p. 1]\n1960 1 2\n[p. 2]\n1961 1 2\n", encoding="utf-8")
    found = {}
    for number in (40, 41):
        _, problems = ask_table(tmp_path / "a.txt", "1", [f"c{at}" for at in range(number)], (), ())
        found[number] = [problem.code for problem in problems]
    assert (found[40], found[41]) == (["E0536"], ["E0533"])
