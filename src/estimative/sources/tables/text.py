"""A table from the text of a page, where scanning has left one cell, or one row, on each line.

The columns are named by the analyst. Where cells stand one to a line, rows are told apart by their keys:
years that rise or fall by one. The best division is the one whose keys read most like such a run and whose
rows are most alike in length; so a misread year is put right by its neighbours, and both are kept.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from estimative.sources.confusions import distance, readings_of
from estimative.sources.tables.cells import LONGEST_CELL, Cell, PrintedTable, Row

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

MOST_LINES = 1_000
MOST_PATHS = 60
"""Divisions that are followed from one line on, the best."""
FARTHEST = 1.0
"""How badly a year may be misread: two digits in the usual way, or one in any."""
UNEVEN = 0.5
"""Cost of a row that is not as long as the one before."""
SHORT = 0.1
"""Cost of each cell that a row lacks."""
MESSY = 0.6
"""Cost of a cell that is no number."""
GLUED = 0.4
"""Cost of taking the parts of a line for one number."""
REPEATED = 1.0
"""Cost of a key that stands twice."""
SKIPPED = 3.0
"""Cost of keys that do not follow one another."""

_YEAR = re.compile(r"[0-9A-Za-z&|!]{4}")
_WIDE = re.compile(r"\s{2,}|\t")


@dataclass(frozen=True)
class _Line:
    """A line of a page: the ways to read it as cells, each with its cost."""

    ways: tuple[tuple[tuple[str, ...], float], ...]


@dataclass(frozen=True)
class _Path:
    """Rows so far: what they cost less what they explain, the last row with its printed key, and those before."""

    cost: float
    key: int
    cells: tuple[str, ...]
    before: _Path | None

    def rows(self) -> list[tuple[str, tuple[str, ...]]]:
        """Printed key and cells of every row, in order."""
        found: list[tuple[str, tuple[str, ...]]] = []
        path: _Path | None = self
        while path is not None:
            found.append((str(path.key), path.cells))
            path = path.before
        return found[::-1]


def read_text(name: str, text: str, columns: Sequence[str]) -> PrintedTable | None:
    """The table in a stretch of text; None where no rows of so many columns are found.

    Parameters
    ----------
    name
        What the table is called.
    text
        The text of a page, or of a part of it.
    columns
        Names of all columns, the key first.

    >>> page = "1955 | 106.3 | 84.9 | 1966 | 140.3 | 1O6.0 | 1957 | 214.8 | 122.5".replace(" | ", chr(10))
    >>> table = read_text("t", page, ["year", "total", "ussr"])
    >>> [(row.key, row.read_as, [cell.text for cell in row.cells]) for row in table.rows[:2]]
    [('1955', '1955', ['106.3', '84.9']), ('1956', '1966', ['140.3', '1O6.0'])]
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()][:MOST_LINES]
    rows = _whole_rows(lines, len(columns)) or _runs(lines, len(columns))
    if not rows:
        return None
    made = tuple(
        Row(key, cells[0], tuple(map(Cell, (*cells[1:], *[""] * (len(columns) - len(cells))))))
        for key, cells in rows
    )
    return PrintedTable(name, columns[0], tuple(columns[1:]), made)


def _whole_rows(lines: Sequence[str], width: int) -> list[tuple[str, tuple[str, ...]]]:
    """Rows that stand on one line each: a key, then figures, as many as there are columns."""
    found = []
    for line in lines:
        wide = tuple(piece.strip() for piece in _WIDE.split(line))
        cells = wide if len(wide) == width else tuple(line.split())
        if (
            len(cells) == width
            and all(len(cell) <= LONGEST_CELL for cell in cells[1:])
            and sum(Cell(cell).number is not None for cell in cells[1:]) >= (width - 1) / 2
        ):
            found.append((cells[0], cells))
    return found if len(found) > 1 else []


def _runs(lines: Sequence[str], width: int) -> list[tuple[str, tuple[str, ...]]]:
    """Rows of cells that stand one to a line: the best run of years and what follows each."""
    read = [_line(line) for line in lines]
    paths = (_best_run(read, width, step) for step in (1, -1))
    best = min((path for path in paths if path is not None), default=None, key=lambda path: path.cost)
    rows = [] if best is None else best.rows()
    return rows if len(rows) > 2 else []


def _line(text: str) -> _Line:
    """The ways to read a line: its parts as cells of their own, or all of it as one."""
    parts = tuple(text.split())
    whole = (" ".join(parts),)
    if len(parts) == 1:
        return _Line(((whole, _messy(whole[0])),))
    apart = (parts, sum(map(_messy, parts)))
    if Cell(whole[0]).is_missing:
        return _Line(((whole, 0.0),))
    glued = (whole, GLUED if Cell("".join(parts)).number is not None else MESSY)
    return _Line((apart, glued))


def _messy(text: str) -> float:
    return 0.0 if Cell(text).number is not None or Cell(text).is_missing else MESSY


def _is_figure(text: str) -> bool:
    """Whether a cell could hold a figure: short, and mostly digits, or the sign of a missing one."""
    if len(text) > LONGEST_CELL:
        return False
    digits = sum(character.isdigit() for character in text)
    return Cell(text).is_missing or 2 * digits >= len(text.replace(" ", ""))


def _best_run(lines: Sequence[_Line], width: int, step: int) -> _Path | None:
    """The run of rows that explains most lines at the least cost, each a year and at most so many cells."""
    # at[n]: the best paths whose last row ends before line n, by the printed key and the row's length.
    at: list[dict[tuple[int, int], _Path]] = [{} for _ in range(len(lines) + 1)]
    best: _Path | None = None
    for number, line in enumerate(lines):
        seen = line.ways[-1][0][0]
        if not _YEAR.fullmatch(seen):
            continue
        reached = sorted(at[number].values(), key=lambda path: path.cost)[:MOST_PATHS]
        rows = list(_rows_from(lines, number, width))
        lengths = {len(figures) + 1 for _, figures, _ in rows}
        keys = [
            (key, misread, _ways_to(key, lengths, reached, step))
            for key, misread in _keys(seen, reached, step)
        ]
        for end, figures, messy in rows:
            cells = (seen, *figures)
            of_row = messy + SHORT * (width - len(cells)) - (end - number)
            for key, misread, ways in keys:
                so_far, before = ways[len(cells)]
                cost = so_far + (of_row + misread)
                known = at[end].get((key, len(cells)))
                if known is None or cost < known.cost:
                    path = _Path(cost, key, cells, before)
                    at[end][key, len(cells)] = path
                    if best is None or cost < best.cost:
                        best = path
    return best


def _rows_from(
    lines: Sequence[_Line], number: int, width: int
) -> Iterator[tuple[int, tuple[str, ...], float]]:
    """Rows that begin at a line: the line after them, their cells, their cost.

    Lines that can be read in two ways would double the rows each; of rows with as many cells only the cheapest
    is followed, since what may come after is the same for all of them.
    """
    open_rows: dict[int, tuple[tuple[str, ...], float]] = {0: ((), 0.0)}
    for end in range(number + 1, min(len(lines), number + width) + 1):
        if number + 1 < end:
            longer: dict[int, tuple[tuple[str, ...], float]] = {}
            for cells, cost in open_rows.values():
                for more, messy in lines[end - 1].ways:
                    length = len(cells) + len(more)
                    if length >= width or not all(map(_is_figure, more)):
                        continue
                    if length not in longer or cost + messy < longer[length][1]:
                        longer[length] = ((*cells, *more), cost + messy)
            open_rows = longer
        for cells, cost in open_rows.values():
            if cells:
                yield end, cells, cost


def _keys(seen: str, reached: Sequence[_Path], step: int) -> list[tuple[int, float]]:
    """What a year may have been in print, each with the cost of its misreading."""
    near = {"".join(digits) for digits in product(*((c, *readings_of(c)) for c in seen))}
    printed = {int(text) for text in near if text.isdigit() and text.isascii()}
    printed |= {path.key + step for path in reached} | {path.key for path in reached}
    costs = ((key, distance(seen, str(key))) for key in sorted(printed))
    return [(key, cost) for key, cost in costs if cost <= FARTHEST]


def _ways_to(
    key: int, lengths: Iterable[int], reached: Sequence[_Path], step: int
) -> dict[int, tuple[float, _Path | None]]:
    """For a row of each length, the cheapest rows that may stand before it, and what they cost with the step."""
    first: tuple[float, _Path | None] = (SKIPPED, None)
    alike: dict[int, tuple[float, _Path | None]] = {}
    other = first
    for path in reached:
        follows = key - path.key
        cost = path.cost + (0.0 if follows == step else REPEATED if follows == 0 else SKIPPED)
        before = alike.get(len(path.cells))
        if before is None or cost < before[0]:
            alike[len(path.cells)] = (cost, path)
        if cost + UNEVEN < other[0]:
            other = (cost + UNEVEN, path)
    return {length: min(other, alike.get(length, first), key=lambda way: way[0]) for length in set(lengths)}
