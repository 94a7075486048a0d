"""A repair as blocks: what would have to be worded otherwise, as a table and as a diff of the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from estimative.show.blocks import (
    Block,
    Cell,
    Column,
    Facts,
    Mark,
    Paragraph,
    Role,
    Shown,
    Table,
    Words,
    text,
)
from estimative.show.numerals import percent, plural

if TYPE_CHECKING:
    from estimative.model.model import Model
    from estimative.questions.repair import Repair
    from estimative.show.setting import Setting

LINES: dict[str, Role] = {"+": "good", "-": "bad", "@": "quiet"}
"""How lines of a diff look, by their first sign."""


def repair_shown(repair: Repair, model: Model, setting: Setting) -> Shown:
    """What would make a claim follow, or what comes nearest to it."""
    blocks: list[Block] = [_said(repair)]
    if repair.rewordings:
        blocks += [_table(repair, model), _diff(repair.diff)]
    blocks.append(setting.foot)
    facts: Facts = {
        **setting.facts,
        "claim": repair.claim.name,
        "before": repair.before,
        "after": repair.after,
        "repaired": repair.repaired,
        "tried": repair.tried,
        "diff": repair.diff,
    }
    rows: tuple[Facts, ...] = tuple(
        {
            "rule": model.rules[one.rule].name,
            "to": one.word,
            "steps": one.steps,
            "cites": "; ".join(model.rules[one.rule].cites),
        }
        for one in repair.rewordings
    )
    return Shown("repair", repair.claim.says or repair.claim.name, tuple(blocks), facts, rows)


def _said(repair: Repair) -> Paragraph:
    name = Mark(repair.claim.says or repair.claim.name, "strong")
    before, after = percent(repair.before), percent(repair.after)
    tried = f"{plural(repair.tried, 'rewording')} looked at"
    if not repair.rewordings and repair.repaired:
        return text(name, f": it follows as it is, in {before} of readings. There is nothing to repair.")
    if repair.repaired:
        words = plural(len(repair.rewordings), "word")
        return text(
            name, f": as written it holds in {before} of readings; with {words} changed in {after} ({tried})."
        )
    nothing = f": as written it holds in {before} of readings, and no three words, moved three rungs each, make it follow"
    if not repair.rewordings:
        return text(name, f"{nothing} or bring it nearer ({tried}).")
    return text(name, f"{nothing} ({tried}). What comes nearest holds in {after}:")


def _table(repair: Repair, model: Model) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for one in repair.rewordings:
        rule = model.rules[one.rule]
        rungs = f"{plural(abs(one.steps), 'rung')} {'up' if one.steps > 0 else 'down'}"
        rows.append(
            (rule.says or rule.name, Mark(one.word, "strong"), rungs, Mark("; ".join(rule.cites), "quiet"))
        )
    columns = (Column("rule"), Column("would have to be"), Column("moved"), Column("cited", drop=True))
    return Table(columns, tuple(rows))


def _diff(lines: str) -> Paragraph:
    marked: list[Words] = [
        Mark(line, "strong" if line.startswith(("---", "+++")) else LINES.get(line[:1], "plain"))
        for line in lines.rstrip("\n").splitlines(keepends=True)
    ]
    return Paragraph(tuple(marked))
