"""Flips as blocks: this word, one rung up or down, makes that claim follow or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from estimative.show.blocks import Block, Cell, Column, Facts, Heading, Mark, Shown, Table, text
from estimative.show.claims import ROLES, claim_says
from estimative.show.numerals import percent, plural
from estimative.show.rewording import from_to, rewording_facts, stands_on

if TYPE_CHECKING:
    from collections.abc import Sequence

    from estimative.model.model import Model
    from estimative.questions.claims import ClaimAnswer
    from estimative.questions.flips import Flip, Flips
    from estimative.show.setting import Setting

_ARROW = "\N{RIGHTWARDS ARROW}"


def flips_shown(found: Flips, model: Model, setting: Setting) -> Shown:
    """For each claim the single words that change its verdict; claims that no word flips are counted.

    Flips that may be chance are counted only.
    """
    blocks: list[Block] = []
    firm: list[str] = []
    untold: list[str] = []
    for before in found.before:
        ours = [flip for flip in found.flips if flip.claim.name == before.claim.name]
        if ours:
            blocks += _claim(before, ours, model)
        else:
            (untold if before.share is None else firm).append(before.claim.name)
    if firm:
        many = plural(len(firm), "claim keeps its verdict", "claims keep their verdict")
        blocks.append(text(f"{many} whichever single word is moved: {', '.join(firm)}."))
    if untold:
        many = plural(len(untold), "claim")
        blocks.append(text(f"Too few futures to say of {many}: {', '.join(untold)}. More --futures help."))
    if not found.before:
        blocks.append(text("This estimate has no claims that can be tested."))
    if any(not flip.clear for flip in found.flips):
        blocks.append(text(Mark(_CHANCE, "quiet")))
    blocks.append(setting.foot)
    rows = (
        *(_claim_row(before, setting) for before in found.before),
        *(_row(flip, model, setting) for flip in found.flips),
    )
    return Shown("flips", "Flips", tuple(blocks), {}, rows)


_CHANCE = (
    "Left out are words that carry a claim over the border by so few readings that it may be chance (sign test of the "
    "readings that move, 5%); more --readings show more."
)


def _claim(before: ClaimAnswer, ours: Sequence[Flip], model: Model) -> list[Block]:
    columns = (
        Column("if this alone"),
        Column("were worded"),
        Column("the claim", whole=True),
        Column("readings", "right"),
    )
    clear = [flip for flip in ours if flip.clear]
    rows: list[tuple[Cell, ...]] = [
        (
            stands_on(model, flip.rewording.name),
            from_to(model, flip.rewording),
            Mark(flip.verdict, ROLES[flip.verdict]),
            f"{percent(flip.before)} {_ARROW} {percent(flip.after)}",
        )
        for flip in clear
    ]
    share = "" if before.share is None else f" ({percent(before.share)} of readings)"
    now = before.verdict or "too rare to say"
    chance = len(ours) - len(clear)
    said = plural(chance, "word flips it", "words flip it")
    more = f" {said} by so few readings that it may be chance." if chance else ""
    blocks: list[Block] = [
        Heading(claim_says(before.claim), 3),
        text("As written it ", Mark(now, ROLES[before.verdict]), f"{share}.{more}"),
    ]
    return [*blocks, Table(columns, tuple(rows))] if rows else blocks


def _claim_row(before: ClaimAnswer, setting: Setting) -> Facts:
    return {
        "part": "claim",
        "claim": before.claim.name,
        "says": before.claim.says,
        **setting.facts,
        "share": before.share,
        "verdict": before.verdict,
    }


def _row(flip: Flip, model: Model, setting: Setting) -> Facts:
    return {
        "part": "flip",
        "claim": flip.claim.name,
        **setting.facts,
        **rewording_facts(model, flip.rewording),
        "before": flip.before,
        "after": flip.after,
        "verdict": flip.verdict,
        "won": flip.won,
        "lost": flip.lost,
        "clear": flip.clear,
    }
