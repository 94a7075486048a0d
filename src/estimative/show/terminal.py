"""Blocks on a terminal: colour where it is wanted, plain where it is not, and as wide as there is room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group
from rich.measure import Measurement
from rich.padding import Padding
from rich.table import Table as RichTable
from rich.text import Text

from estimative.places.excerpt import excerpt
from estimative.show.blocks import (
    SEVERITIES,
    Beside,
    Block,
    Bullets,
    Cell,
    Column,
    Heading,
    Listing,
    Mark,
    Paragraph,
    Part,
    Picture,
    Problems,
    Role,
    Spark,
    Strip,
    Table,
    Verdict,
    Words,
)
from estimative.show.marks import bar, spark, strip
from estimative.show.numerals import percent
from estimative.show.plain import visible
from estimative.show.terminal_figures import figure_blocks

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import Console, RenderableType

    from estimative.places.problem import Problem

STYLES: dict[Role, str] = {
    "plain": "",
    "strong": "bold",
    "quiet": "dim",
    "good": "green",
    "mixed": "yellow",
    "bad": "red",
    "code": "cyan",
}
GUTTER = 6
"""Room for the line number of an excerpt."""

WORD = 22
"""Room for a verdict's word."""

LEAST = 12
"""A column of running text keeps so many characters: where its neighbours leave less, they are broken over lines too."""

WIDEST = 120
"""Prose and tables run no wider than this, however wide the window."""


def print_blocks(console: Console, blocks: Sequence[Block]) -> None:
    """Print blocks, an empty line between them; what is no terminal, a file, gets no spaces at the ends of lines."""
    if console.is_terminal:
        _print(console, blocks)
        return
    with console.capture() as caught:
        _print(console, blocks)
    console.file.write("\n".join(line.rstrip(" ") for line in caught.get().split("\n")))


def _print(console: Console, blocks: Sequence[Block]) -> None:
    width = min(console.width, WIDEST)
    for number, block in enumerate(blocks):
        if number and not _close(blocks[number - 1], block):
            console.print()
        console.print(rendered(console, block, width), width=width, crop=False)


def _close(before: Block, block: Block) -> bool:
    """Verdicts in a row stand without space if they are one line each."""
    return isinstance(before, Verdict) and isinstance(block, Verdict) and not before.lines and not block.lines


def rendered(console: Console, block: Block, width: int) -> RenderableType:
    """A block as Rich draws it."""
    match block:
        case Heading(words, level):
            return _heading(words, level)
        case Paragraph(words):
            return words_text(words)
        case Bullets(items):
            return Group(*(_bullet(item) for item in items))
        case Listing(lines):
            # In a group: a bare text would be joined with others, and then broken after all.
            return Group(
                Text("\n", no_wrap=True, overflow="ignore").join(words_text((one,)) for one in lines)
            )
        case Table():
            return _table(console, block, width)
        case Verdict():
            return _verdict(block)
        case Picture(figure, caption):
            title = Text.assemble((visible(figure.title), "bold"), (f"  {visible(caption)}", "dim"))
            drawn = [rendered(console, part, width) for part in figure_blocks(figure, width)]
            return Group(title, *drawn)
        case Beside(pictures):
            return _together(console, pictures, width)
        case Problems(problems):
            last = len(problems) - 1
            return Group(*(_problem(one, width, last=number == last) for number, one in enumerate(problems)))
        case Part(title, blocks):
            return _part(console, title, blocks, width)


def _part(console: Console, title: str, blocks: Sequence[Block], width: int) -> RenderableType:
    return Group(_heading(title, 2), _together(console, blocks, width))


def _together(console: Console, blocks: Sequence[Block], width: int) -> RenderableType:
    inside: list[RenderableType] = []
    for number, block in enumerate(blocks):
        if number and not _close(blocks[number - 1], block):
            inside.append(Text(""))
        inside.append(rendered(console, block, width))
    return Group(*inside)


def _heading(words: str, level: int) -> Text:
    style = {1: "bold", 2: "bold underline", 3: "bold"}[level]
    return Text(visible(words), style=style)


def words_text(words: Iterable[Words]) -> Text:
    """Pieces of text with their colours; an analyst's text is never read as markup."""
    pieces = [(visible(w.text), STYLES[w.role]) if isinstance(w, Mark) else (visible(w), "") for w in words]
    return Text.assemble(*pieces)


def _bullet(item: tuple[Words, ...]) -> RenderableType:
    grid = RichTable.grid(padding=(0, 1))
    grid.add_row("•", words_text(item))
    return grid


def _verdict(verdict: Verdict) -> RenderableType:
    head = Text(f"{visible(verdict.word):<{WORD}}", style=f"bold {STYLES[verdict.role]}")
    if verdict.share is not None:
        head.append(f"  {percent(verdict.share):>4}  {bar(verdict.share, 8):<8}")
    grid = RichTable.grid(padding=(0, 2))
    grid.add_column(no_wrap=True)
    grid.add_column()
    grid.add_row(head, Text(visible(verdict.says)))
    return Group(grid, *(Padding(words_text(line), (0, 0, 0, 4), expand=False) for line in verdict.lines))


def _table(console: Console, table: Table, width: int) -> RenderableType:
    kept, dropped = list(range(len(table.columns))), []
    drawn = _rich_table(table, kept)
    # Measured as if there were room for all, else Rich would say what it can squeeze it into.
    wide = console.options.update(width=10_000)
    while Measurement.get(console, wide, drawn).maximum > width:
        spare = [number for number in kept if table.columns[number].drop]
        if not spare:
            break
        kept.remove(spare[-1])
        dropped.append(spare[-1])
        drawn = _rich_table(table, kept)
    if _least(table, kept) > width:
        drawn = _rich_table(table, kept, broken=True)
    parts: list[RenderableType] = [drawn]
    if table.title:
        parts.insert(0, Text(visible(table.title), style="bold"))
    # What is drawn has its numbers beside it; what is said has not.
    said = [n for n in sorted(dropped) if not _is_drawn([row[n] for row in table.rows])]
    if said:
        names = ", ".join(table.columns[number].title for number in said)
        parts.append(Text(visible(f"Not shown at this width: {names}."), style="dim"))
    return Group(*parts) if len(parts) > 1 else drawn


def _least(table: Table, kept: Sequence[int]) -> int:
    """Room that columns need at least, if those that are whole are not broken."""
    widths = 0
    for number in kept:
        column, cells = table.columns[number], [row[number] for row in table.rows]
        natural = max(len(str(text)) for text in (Text(column.title), *map(_cell, cells)))
        widths += 2 + (natural if _whole(column, cells) else min(natural, LEAST))
    return widths - 2


def _whole(column: Column, cells: Sequence[Cell]) -> bool:
    """Whether a column is never broken over lines."""
    return column.whole or column.align == "right" or _is_drawn(cells)


def _is_drawn(cells: Sequence[Cell]) -> bool:
    return all(isinstance(cell, Strip | Spark) or cell == "" for cell in cells)


def _rich_table(table: Table, kept: Sequence[int], *, broken: bool = False) -> RichTable:
    """A table of the columns that are kept; `broken`: any of them may be broken over lines."""
    drawn = RichTable(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim", show_edge=False)
    drawn.show_header = any(table.columns[number].title for number in kept)
    for number in kept:
        column: Column = table.columns[number]
        cells = [row[number] for row in table.rows]
        drawn.add_column(
            Text(visible(column.title)),
            justify=column.align,
            no_wrap=_whole(column, cells) and not broken,
            max_width=column.widest,
            overflow="fold",
        )
    for row in table.rows:
        drawn.add_row(*(_cell(row[number]) for number in kept))
    return drawn


def _cell(cell: Cell) -> Text:
    match cell:
        case Strip(low, median, high):
            return Text(strip(low, median, high), style="cyan")
        case Spark(values):
            return Text(spark(values), style="cyan")
        case _:
            return words_text((cell,))


def _problem(problem: Problem, width: int, *, last: bool) -> Text:
    """An excerpt, its first line coloured, its lines never broken: editors find the place by them."""
    first, _, rest = excerpt(problem, width - GUTTER).partition("\n")
    text = Text(first, style=f"bold {STYLES[SEVERITIES[problem.severity]]}", no_wrap=True, overflow="ignore")
    return text.append(f"\n{rest}" + ("" if last else "\n"), style="not bold default")
