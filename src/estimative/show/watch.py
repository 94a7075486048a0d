"""Watch as blocks: signs by what they tell, how early, and how often they mislead."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING

from estimative.show.blocks import Block, Column, Mark, Picture, Shown, Table, text
from estimative.show.figures import Bar, Bars
from estimative.show.numerals import chance, day, percent, plural

if TYPE_CHECKING:
    from estimative.model.model import Model
    from estimative.questions.watch import Sign, Watch
    from estimative.show.blocks import Cell, Facts
    from estimative.show.setting import Setting

MOST = 15
"""Signs that are listed; the rest tell less than the last of these."""

COLUMNS = (
    Column("sign", whole=True),
    Column("by", whole=True),
    Column("seen if so", "right"),
    Column("seen if not", "right"),
    Column("times as likely", "right"),
    Column("tells", "right"),
    Column("ahead", "right", drop=True),
)


def watch_shown(answer: Watch, asked: str, rival: str, model: Model, setting: Setting) -> Shown:
    """Signs of one outcome against a rival."""
    against = f"against {rival}" if rival else "against its not happening"
    if not answer.signs or not answer.most:
        reason = (
            f"Too few futures have {asked}, or too few have not: no reading can tell signs of the one from "
            "signs of the other. Try more --futures, or a later date."
        )
        return Shown("watch", f"What to watch for {asked}", (text(reason), setting.foot), setting.facts)
    shown = answer.signs[:MOST]
    share = [sign.information[sign.best] / answer.most for sign in shown]
    blocks: list[Block] = [
        text(
            f"Signs that tell {asked} {against}, each read at the date by which it tells most. ",
            Mark("Tells", "strong"),
            " is the share of all there is to know about which it will be; ",
            Mark("times as likely", "strong"),
            " compares having seen it if so and if not: median reading and the middle 90 %.",
        ),
        Table(COLUMNS, tuple(_cells(sign, told, model) for sign, told in zip(shown, share, strict=True))),
        Picture(
            Bars(
                "What each sign tells",
                tuple(
                    Bar(_name(sign, model), float(told), tone="quiet" if sign.only_seems else "plain")
                    for sign, told in zip(shown, share, strict=True)
                ),
            ),
            "Share of all there is to know about which it will be.",
        ),
    ]
    if answer.together is not None:
        names = [_said(number, model) for number in answer.together.variables]
        told = percent(answer.together.information / answer.most)
        together = f"{names[0]}; {names[1]}; {names[2]}"
        blocks.append(
            text(Mark("Watched together, three signs tell most: ", "strong"), f"{together} ({told}).")
        )
    seeming = [_said(sign.variable, model) for sign in shown if sign.only_seems]
    if seeming:
        blocks.append(
            text(
                Mark("Only seem to tell: ", "mixed"),
                "; ".join(seeming),
                ". In some readings they are as likely either way.",
            )
        )
    blocks.append(text(f"{plural(answer.readings, 'reading')} had enough futures of both."))
    blocks.append(setting.foot)
    rows = tuple(_facts(sign, answer, model) for sign in answer.signs)
    facts: Facts = {"outcome": asked, "rival": rival, "prior": answer.prior, **setting.facts}
    return Shown("watch", f"What to watch for {asked}", tuple(blocks), facts, rows)


def _cells(sign: Sign, told: float, model: Model) -> tuple[Cell, ...]:
    best = sign.best
    ratio = f"{_times(sign.ratio[best])} ({_times(sign.ratio_low[best])} to {_times(sign.ratio_high[best])})"
    return (
        Mark(model.variables[sign.variable].name, "quiet" if sign.only_seems else "plain"),
        day(model.calendar.ends[best]),
        chance(float(sign.seen[best])),
        chance(float(sign.alarm[best])),
        ratio,
        percent(float(told)),
        _ahead(sign, model),
    )


def _times(ratio: float) -> str:
    return f"{ratio:.2g}" if ratio < 100 else f"{ratio:.0f}"


def _ahead(sign: Sign, model: Model) -> str:
    """How long before the outcome's median date the sign's lies.

    A sign that comes later than what it is a sign of is no warning.
    """
    if isnan(sign.lead):
        return ""
    if sign.lead <= 0:
        return "not ahead"
    return plural(round(sign.lead), model.calendar.step)


def _said(variable: int, model: Model) -> str:
    known = model.variables[variable]
    return known.says or known.name


def _name(sign: Sign, model: Model) -> str:
    return _said(sign.variable, model) + (" (signal)" if sign.signal else "")


def _facts(sign: Sign, answer: Watch, model: Model) -> Facts:
    best = sign.best
    return {
        "sign": model.variables[sign.variable].name,
        "signal": sign.signal,
        "by": day(model.calendar.ends[best]),
        "seen_if_so": float(sign.seen[best]),
        "seen_if_not": float(sign.alarm[best]),
        "ratio": float(sign.ratio[best]),
        "ratio_low": float(sign.ratio_low[best]),
        "ratio_high": float(sign.ratio_high[best]),
        "information": float(sign.information[best]),
        "share_of_all": float(sign.information[best] / answer.most),
        "steps_ahead": None if isnan(sign.lead) else sign.lead,
        "misses": sign.misses,
        "false_alarms": sign.false_alarms,
        "only_seems": sign.only_seems,
    }
