"""Flips as blocks: this word, one rung up or down, makes that claim follow or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from estimative.show.blocks import Block, Cell, Column, Facts, Heading, Mark, Shown, Table, text
from estimative.show.claims import ROLES
from estimative.show.numerals import percent, plural
from estimative.show.telling import likelihood, pages, rule_says

if TYPE_CHECKING:
    from collections.abc import Sequence

    from estimative.model.model import Model
    from estimative.questions.claims import ClaimAnswer
    from estimative.questions.flips import Flip, Flips
    from estimative.show.setting import Setting

_ARROW = "\N{RIGHTWARDS ARROW}"


def flips_shown(found: Flips, model: Model, setting: Setting, left: Sequence[str] = ()) -> Shown:
    """For each claim the single words that change its verdict; claims that no word flips are counted.

    `left` names the claims that were not looked at.
    """
    blocks: list[Block] = []
    firm = []
    for before in found.before:
        ours = [flip for flip in found.flips if flip.claim.name == before.claim.name]
        if ours:
            blocks += _claim(before, ours, model)
        else:
            firm.append(before.claim.name)
    if firm:
        many = plural(len(firm), "claim keeps its verdict", "claims keep their verdict")
        blocks.append(text(f"{many} whichever single word is moved: {', '.join(firm)}."))
    if left:
        blocks.append(text(Mark(f"Not looked at, unless named: {', '.join(left)}.", "quiet")))
    elif not found.before:
        blocks.append(text("This estimate has no claims that can be tested."))
    blocks.append(setting.foot)
    rows = tuple(_row(flip, model, setting) for flip in found.flips)
    return Shown("flips", "Flips", tuple(blocks), {}, rows)


def _claim(before: ClaimAnswer, ours: Sequence[Flip], model: Model) -> list[Block]:
    columns = (
        Column("if this alone"),
        Column("were worded", whole=True),
        Column("source", drop=True),
        Column("the claim", whole=True),
        Column("readings", "right"),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            rule_says(model, flip.rewording.rule),
            f"{likelihood(model.rules[flip.rewording.rule])} {_ARROW} {flip.rewording.word}",
            Mark(pages(model.rules[flip.rewording.rule]), "quiet"),
            Mark(flip.verdict, ROLES[flip.verdict]),
            percent(flip.share),
        )
        for flip in ours
    ]
    share = "" if before.share is None else f" ({percent(before.share)} of readings)"
    now = before.verdict or "too rare to say"
    return [
        Heading(before.claim.says or before.claim.name, 3),
        text("As written it ", Mark(now, ROLES[before.verdict]), f"{share}."),
        Table(columns, tuple(rows)),
    ]


def _row(flip: Flip, model: Model, setting: Setting) -> Facts:
    rule = model.rules[flip.rewording.rule]
    return {
        "claim": flip.claim.name,
        **setting.facts,
        "rule": rule.name,
        "word": likelihood(rule),
        "instead": flip.rewording.word,
        "steps": flip.rewording.steps,
        "share": flip.share,
        "verdict": flip.verdict,
    }
