"""A repair as blocks: what would have to be worded otherwise, as a table and as a diff of the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from estimative.questions.ask import FEWEST_GIVEN
from estimative.questions.repair import Repair, Undecided
from estimative.show.blocks import (
    Block,
    Cell,
    Column,
    Facts,
    Listing,
    Mark,
    Paragraph,
    Role,
    Shown,
    Table,
    text,
)
from estimative.show.claims import claim_says
from estimative.show.numerals import count, percent, plural
from estimative.show.rewording import from_to, how_far, rewording_facts, stands_on

if TYPE_CHECKING:
    from estimative.model.model import Model
    from estimative.show.setting import Setting

LINES: dict[str, Role] = {"+": "good", "-": "bad", "@": "quiet"}
"""How lines of a diff look, by their first sign."""

TITLE = "What would make it follow"


def repair_shown(repair: Repair | Undecided, model: Model, setting: Setting) -> Shown:
    """What would make a claim follow, or what comes nearest to it, or that nobody can tell."""
    if isinstance(repair, Undecided):
        return _undecided(repair, setting)
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
        "complete": repair.complete,
        "diff": repair.diff,
    }
    rows: tuple[Facts, ...] = tuple(
        {"part": "rewording", **rewording_facts(model, one)} for one in repair.rewordings
    )
    return Shown("repair", TITLE, tuple(blocks), facts, rows)


def _undecided(undecided: Undecided, setting: Setting) -> Shown:
    said = text(
        Mark(claim_says(undecided.claim), "strong"),
        f": too few futures to tell whether it holds, so nothing was tried. {count(FEWEST_GIVEN)} of a reading are needed "
        "that meet its condition, if it has one. Give more with --futures.",
    )
    facts: Facts = {
        **setting.facts,
        "claim": undecided.claim.name,
        "before": None,
        "after": None,
        "repaired": False,
        "tried": 0,
        "complete": False,
        "diff": "",
    }
    return Shown("repair", TITLE, (said, setting.foot), facts)


def _said(repair: Repair) -> Paragraph:
    name = Mark(claim_says(repair.claim), "strong")
    before, after = percent(repair.before), percent(repair.after)
    if not repair.rewordings and repair.repaired:
        return text(name, f": it follows as it is, in {before} of readings. There is nothing to repair.")
    if repair.repaired:
        words = plural(len(repair.rewordings), "word")
        least = "nothing smaller does it" if repair.complete else "nothing smaller was found"
        return text(
            name,
            f": as written it holds in {before} of readings; with {words} changed in {after} "
            f"({plural(repair.tried, 'change')} tried; {least}).",
        )
    within = "of up to three words by up to three rungs each"
    none = (
        f"no change {within} makes it follow (all {count(repair.tried)} were tried)"
        if repair.complete
        else f"none that makes it follow was found among {count(repair.tried)} changes tried, {within}"
    )
    said = f": as written it holds in {before} of readings, and {none}."
    if not repair.rewordings:
        return text(name, f"{said} None brings it nearer.")
    return text(name, f"{said} What comes nearest holds in {after}:")


def _table(repair: Repair, model: Model) -> Table:
    columns = (Column("if this"), Column("were worded"), Column("that is", whole=True))
    rows: list[tuple[Cell, ...]] = [
        (stands_on(model, one.name), Mark(from_to(model, one), "strong"), how_far(one))
        for one in repair.rewordings
    ]
    return Table(columns, tuple(rows))


def _diff(lines: str) -> Listing:
    return Listing(
        tuple(
            Mark(line, "strong" if line.startswith(("---", "+++")) else LINES.get(line[:1], "plain"))
            for line in lines.splitlines()
        )
    )
