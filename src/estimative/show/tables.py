"""Audited tables as blocks: the cells that cannot be as read, what they may be, and figures quoted from them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from estimative.show.blocks import Block, Column, Mark, Shown, Table, text
from estimative.show.numerals import percent, plural
from estimative.show.plain import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from estimative.show.blocks import Cell, Facts, Role
    from estimative.sources.tables.ask import TableAnswer
    from estimative.sources.tables.audit import AuditedCell, AuditedRow, State
    from estimative.sources.tables.quoted import QuotedFigure

MOST_PROPOSALS = 4
"""Candidates of a cell that are shown."""

_ROLES: dict[State, Role] = {
    "as read": "quiet",
    "repair proposed": "good",
    "ambiguous": "mixed",
    "in doubt": "bad",
    "cannot be read": "bad",
    "unchecked": "quiet",
    "missing": "quiet",
}
_QUIET = {"as read", "unchecked", "missing"}


def table_shown(answer: TableAnswer) -> Shown:
    """A table's doubtful cells with their candidates, and the verdict on quoted figures."""
    audit = answer.audit
    cells = [cell for row in audit.rows for cell in row.cells]
    states = Counter(cell.state for cell in cells)
    broken = sum(bool(row.broken) for row in audit.rows)
    said = ", ".join(f"{number} {state}" for state, number in states.most_common())
    blocks: list[Block] = [
        text(
            Mark(plural(len(audit.rows), "row"), "strong"),
            f" of {visible(audit.table.name)}; {plural(broken, 'row does', 'rows do')} not add up as read. "
            f"Cells: {said}. Nothing has been changed.",
        )
    ]
    keys = [(row.key, row.key_read_as) for row in audit.rows if row.key != row.key_read_as]
    if keys:
        read_as = ", ".join(f"{key} (read {seen})" for key, seen in keys)
        blocks.append(text("Rows put right by their neighbours: ", Mark(visible(read_as), "strong"), "."))
    doubtful = [(row, cell) for row in audit.rows for cell in row.cells if cell.state not in _QUIET]
    if doubtful:
        columns = (
            Column("row"),
            Column("column"),
            Column("read", "right"),
            Column("verdict"),
            Column("may be"),
        )
        blocks.append(Table(columns, tuple(_row(row, cell) for row, cell in doubtful), "Cells to look at"))
        if any(cell.proposals for _, cell in doubtful):
            blocks.append(
                text(
                    "A percentage says how much of what would make the row add up has this figure, each misread digit as "
                    "likely as in the cells of this table that are settled. That a row was misread at all, it does not say."
                )
            )
        blocks += [_unexplained(row) for row in audit.rows if _is_unexplained(row)]
    elif audit.relations:
        blocks.append(text("Every checked cell stands as read."))
    if audit.misreadings:
        learnt = ", ".join(f"{one} read as {two} ({plural(n, 'time')})" for one, two, n in audit.misreadings)
        blocks.append(text("Misreadings that the settled cells show: ", Mark(visible(learnt), "strong"), "."))
    if answer.quotes:
        rows = tuple(map(_quote, answer.quotes))
        blocks.append(
            Table((Column("quoted"), Column("table", "right"), Column("verdict")), rows, "Quoted figures")
        )
    return Shown(
        kind="tables",
        title=f"Audit of {audit.table.name}",
        blocks=tuple(blocks),
        facts={"table": audit.table.name, "rows_read": len(audit.rows), "rows_broken": broken},
        rows=tuple(_rows(answer)),
    )


def _is_unexplained(row: AuditedRow) -> bool:
    return any(cell.state == "in doubt" for cell in row.cells)


def _unexplained(row: AuditedRow) -> Block:
    """What fails in a row that no likely misreading explains, and which figures no relation supports."""
    fails = " and ".join(f"`{relation}`" for relation in row.broken)
    doubtful = [cell.column for cell in row.cells if cell.state == "in doubt"]
    where = f"At least one of {', '.join(doubtful[:-1])} and {doubtful[-1]} is wrong."
    if len(doubtful) == 1:
        where = f"The other figures stand in a relation that holds, so look at {doubtful[0]}."
    verb = "fails" if len(row.broken) == 1 else "fail"
    return text(
        Mark(visible(row.key), "strong"),
        visible(f": {fails} {verb}, and no likely misreading explains it. {where}"),
    )


def _row(row: AuditedRow, cell: AuditedCell) -> tuple[Cell, ...]:
    return (
        visible(row.key),
        cell.column,
        visible(cell.read),
        Mark(cell.state, _ROLES[cell.state]),
        _proposals(cell),
    )


def _proposals(cell: AuditedCell) -> str:
    shown = [f"{one.text} ({percent(one.weight)})" for one in cell.proposals[:MOST_PROPOSALS]]
    more = len(cell.proposals) - MOST_PROPOSALS
    return ", ".join(shown) + (f" and {more} more" if more > 0 else "")


def _quote(quote: QuotedFigure) -> tuple[Cell, ...]:
    tables = " or ".join(map(str, quote.tables)) or "none"
    if quote.agrees:
        return (visible(quote.written), tables, Mark("agrees", "good"))
    remarks = ["does not agree"]
    if quote.elsewhere:
        remarks.append(f"it fits the row's `{quote.elsewhere}`")
    if quote.misread:
        remarks.append(f"it may be a misreading of {quote.misread}")
    return (visible(quote.written), tables, Mark("; ".join(remarks), "bad"))


def _rows(answer: TableAnswer) -> Iterator[Facts]:
    """Yield every row with its cells, the misreadings that they taught, and the figures quoted."""
    for row in answer.audit.rows:
        yield {"part": "row", "row": row.key, "row_read_as": row.key_read_as, "broken": "; ".join(row.broken)}
        for cell in row.cells:
            yield {"part": "cell", **_facts(row, cell)}
    for printed, read, times in answer.audit.misreadings:
        yield {"part": "misreading", "printed": printed, "read": read, "times": times}
    for quote in answer.quotes:
        yield {
            "part": "quote",
            "written": quote.written,
            "quoted": float(quote.quoted),
            "tables": "; ".join(map(str, quote.tables)),
            "agrees": quote.agrees,
            "elsewhere": quote.elsewhere,
            "misread": quote.misread,
        }


def _facts(row: AuditedRow, cell: AuditedCell) -> Facts:
    best = cell.proposals[0] if cell.proposals else None
    return {
        "row": row.key,
        "row_read_as": row.key_read_as,
        "column": cell.column,
        "read": cell.read,
        "state": cell.state,
        "best": None if best is None else best.text,
        "weight": None if best is None else best.weight,
        "proposals": "; ".join(f"{one.text} {one.weight:.3f}" for one in cell.proposals),
    }
