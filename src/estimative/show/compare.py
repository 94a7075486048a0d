"""Compare as blocks: what changed between two versions, and what each change did."""

from __future__ import annotations

from typing import TYPE_CHECKING

from estimative.show.blocks import Block, Column, Mark, Shown, Table, text
from estimative.show.numerals import band_text, points

if TYPE_CHECKING:
    from estimative.questions.bands import Band
    from estimative.questions.compare import Comparison, Outcome
    from estimative.show.blocks import Cell, Facts
    from estimative.show.setting import Setting

SMALL = 0.005
"""A difference of medians that rounds to no point at all."""


def compare_shown(answer: Comparison, first: str, second: str, setting: Setting) -> Shown:
    """Two versions of an estimate side by side."""
    title = f"From {first} to {second}"
    if not answer.alone:
        same = text("Nothing changed that could change an answer.")
        return Shown("compare", title, (same, setting.foot), setting.facts)
    blocks: list[Block] = [_changes(answer)]
    if answer.before:
        blocks.append(_outcomes(answer))
    if answer.claims_before:
        blocks.append(_claims(answer))
    blocks.append(setting.foot)
    rows = tuple(row for one in (*answer.alone, answer.together) for row in _facts(one))
    return Shown("compare", title, tuple(blocks), setting.facts, rows)


def _changes(answer: Comparison) -> Table:
    """One row a change, with what it did to the outcome that it moved most."""
    rows: list[tuple[Cell, ...]] = []
    for one in answer.alone:
        if one.change is None:
            continue
        before, after = one.change.before, one.change.after
        shown = after or before
        rows.append((one.change.kind, one.change.name, str(shown.place) if shown else "", _most_moved(one)))
    columns = (
        Column("change"),
        Column("what", widest=48),
        Column("where", drop=True),
        Column("alone it moves most"),
    )
    return Table(columns, tuple(rows), "What changed")


def _most_moved(one: Outcome) -> Cell:
    if not one.runs:
        return Mark("needs another change", "quiet")
    moved = [(abs(m.difference.median), m) for m in one.moved if m.difference is not None]
    size, most = max(moved, key=lambda pair: pair[0], default=(0.0, None))
    if most is None or most.difference is None or size < SMALL:
        return Mark("nothing", "quiet")
    return f"{most.answer.text}: {_points(most.difference)}"


def _outcomes(answer: Comparison) -> Table:
    columns = (
        Column("outcome", widest=44),
        Column("before", "right"),
        Column("after", "right"),
        Column("points", "right"),
    )
    rows: list[tuple[Cell, ...]] = []
    for before, moved in zip(answer.before, answer.together.moved, strict=False):
        rows.append((before.text, _band(before.band), _band(moved.answer.band), _points(moved.difference)))
    return Table(columns, tuple(rows), "Outcomes, all changes together")


def _claims(answer: Comparison) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for before, after in zip(answer.claims_before, answer.together.claims, strict=False):
        flipped = before.verdict != after.verdict
        now = after.verdict or "cannot be told"
        rows.append(
            (
                before.claim.says or before.claim.name,
                before.verdict or "cannot be told",
                Mark(now, "strong") if flipped else Mark("as before", "quiet"),
            )
        )
    columns = (Column("claim", widest=52), Column("before"), Column("after"))
    return Table(columns, tuple(rows), "Claims, all changes together")


def _band(band: Band | None) -> str:
    return "no answer" if band is None else band_text(band)


def _points(difference: Band | None) -> str:
    if difference is None:
        return ""
    return f"{points(difference.median)} ({points(difference.low)} to {points(difference.high)})"


def _facts(one: Outcome) -> list[Facts]:
    change = one.change
    head: Facts = {
        "change": change.kind if change else "all together",
        "name": change.name if change else "",
        "runs": one.runs,
    }
    rows: list[Facts] = []
    for moved in one.moved:
        difference = moved.difference
        rows.append(
            {
                **head,
                "outcome": moved.answer.text,
                "median_difference": difference.median if difference else None,
                "low": difference.low if difference else None,
                "high": difference.high if difference else None,
            }
        )
    return rows or [head]
