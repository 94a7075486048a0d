"""Watch as blocks: signs by what they tell, how early, and how often they mislead."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING

from estimative.questions.ask import text_of
from estimative.questions.watch import FEWEST
from estimative.show.blocks import Block, Column, Mark, Picture, Shown, Table, text
from estimative.show.figures import Line, Lines
from estimative.show.numerals import DASH, chance, count, day, percent, plural
from estimative.show.plain import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from estimative.model.model import Model
    from estimative.questions.watch import Sign, Watch
    from estimative.show.blocks import Cell, Facts
    from estimative.show.setting import Setting

MOST = 15
"""Signs that are listed; the rest tell less than the last of these."""

DRAWN = 5
"""Signs that are drawn over time: those that tell most."""

COLUMNS = (
    Column("sign", widest=32),
    Column("tells", "right"),
    Column("ratio", "right"),
    Column("missed", "right"),
    Column("false alarms", "right"),
    Column("ahead", "right"),
    Column("by", whole=True, drop=True),
    Column("if so", "right", drop=True),
    Column("if not", "right", drop=True),
)


def watch_shown(answer: Watch, model: Model, setting: Setting) -> Shown:
    """Signs of one outcome against a rival."""
    asked = text_of(answer.outcome)
    rival = "" if answer.rival is None else text_of(answer.rival)
    title = f"What to watch for {asked}"
    facts: Facts = {
        "outcome": asked,
        "rival": rival,
        "prior": answer.prior,
        "readings_with_both": answer.readings,
        "refused": answer.refused,
        **_trio(answer, model),
        **setting.facts,
    }
    if answer.refused is not None:
        return Shown("watch", title, (_refusal(answer, asked, rival), setting.foot), facts)
    shown = answer.signs[:MOST]
    telling = [sign for sign in shown if not sign.only_seems]
    tables = (
        (f"Signs of {asked}", [sign for sign in telling if not sign.for_rival]),
        (f"Signs of {rival or 'its not happening'}", [sign for sign in telling if sign.for_rival]),
        ("Only seem to tell: for which of the two they speak depends on the reading", _seeming(shown)),
    )
    blocks: list[Block] = [_opening(answer, asked, rival)]
    blocks += [Table(COLUMNS, _cells(signs, answer, model), named) for named, signs in tables if signs]
    if len(answer.signs) > MOST:
        more = plural(len(answer.signs) - MOST, "more sign")
        blocks.append(text(Mark(f"{more} looked at, which tell less than these.", "quiet")))
    if telling:
        blocks.append(_picture(telling[:DRAWN], answer, model))
    if answer.together is not None:
        told = percent(answer.together.information / answer.most)
        named = "; ".join(_said(number, model) for number in answer.together.variables)
        blocks.append(text(Mark("Watched together, three tell most: ", "strong"), f"{named} ({told})."))
    blocks += [_readings(answer, setting), setting.foot]
    return Shown("watch", title, tuple(blocks), facts, tuple(_rows(answer, model)))


def _trio(answer: Watch, model: Model) -> Facts:
    if answer.together is None:
        return {}
    return {
        "together": " ".join(model.variables[number].name for number in answer.together.variables),
        "together_share_of_all": answer.together.information / answer.most,
    }


def _refusal(answer: Watch, asked: str, rival: str) -> Block:
    """Why there are no signs."""
    if answer.refused == "nothing to watch":
        said = (
            f"The estimate has nothing to watch for {asked}: no signal, and no condition that can be seen to hold "
            "but what is asked about."
        )
    else:
        said = (
            f"Too few futures have {asked}, or too few have {rival or 'its not happening'}: a reading needs {FEWEST} "
            "of both to tell their signs apart. Try more --futures, or a later date."
        )
    return text(Mark("No answer. ", "bad"), said)


def _opening(answer: Watch, asked: str, rival: str) -> Block:
    against = f"{rival} without it" if rival else "its not happening"
    return text(
        f"Signs that tell {asked} from {against}; {chance(answer.prior)} of the futures with either have the first. What "
        "it ",
        Mark("tells", "strong"),
        " is the share of all there is to know about which it will be, read by the date at which it is largest. The ",
        Mark("ratio", "strong"),
        " says how many times as likely it is to have been seen by then if so as if not: median reading, middle 90 %. ",
        Mark("Missed", "strong"),
        " are the futures in which it is not seen before what it is a sign of; in the others it is so far ",
        Mark("ahead", "strong"),
        ". ",
        Mark("False alarms", "strong"),
        " are those in which it is seen by then, and what it is a sign of does not come.",
    )


def _seeming(signs: Sequence[Sign]) -> list[Sign]:
    return [sign for sign in signs if sign.only_seems]


def _cells(signs: Sequence[Sign], answer: Watch, model: Model) -> tuple[tuple[Cell, ...], ...]:
    return tuple(
        (
            _name(sign, model),
            percent(float(sign.information[sign.best] / answer.most)),
            _ratio(sign),
            "" if isnan(sign.lead.missed) else percent(sign.lead.missed),
            chance(sign.false_alarms),
            _ahead(sign, model),
            day(model.calendar.ends[sign.best]),
            chance(float(sign.seen[sign.best])),
            chance(float(sign.alarm[sign.best])),
        )
        for sign in signs
    )


def _ratio(sign: Sign) -> str:
    at = sign.best
    middle, low, high = (_times(course[at]) for course in (sign.ratio, sign.ratio_low, sign.ratio_high))
    return middle if low == high else f"{middle} ({low}{DASH}{high})"


def _times(ratio: float) -> str:
    return f"{ratio:.2g}" if ratio < 100 else f"{ratio:.0f}"


def _ahead(sign: Sign, model: Model) -> str:
    """How long before what it is a sign of it is seen, where it is seen before."""
    if isnan(sign.lead.missed):
        return ""
    if isnan(sign.lead.steps):
        return "never"
    return plural(round(sign.lead.steps), model.calendar.step)


def _picture(signs: Sequence[Sign], answer: Watch, model: Model) -> Picture:
    lines = tuple(
        Line(model.variables[sign.variable].name, tuple((sign.information / answer.most).tolist()))
        for sign in signs
    )
    return Picture(
        Lines("What each sign tells by a date", tuple(model.calendar.ends), lines),
        "Share of all there is to know about which it will be.",
    )


def _readings(answer: Watch, setting: Setting) -> Block:
    few = answer.readings < setting.readings
    note = f" Only {count(answer.readings)} of them have {FEWEST} futures of both." if few else ""
    return text(Mark(f"{len(answer.signs)} signs in {plural(setting.readings, 'reading')}.{note}", "quiet"))


def _name(sign: Sign, model: Model) -> str:
    return model.variables[sign.variable].name + (" (signal)" if sign.signal else "")


def _said(variable: int, model: Model) -> str:
    known = model.variables[variable]
    return one_line(known.says) or known.name


def _rows(answer: Watch, model: Model) -> Iterator[Facts]:
    """Yield every sign at every date."""
    for sign in answer.signs:
        for step, date in enumerate(model.calendar.ends):
            told = float(sign.information[step])
            yield {
                "sign": model.variables[sign.variable].name,
                "says": _said(sign.variable, model),
                "signal": sign.signal,
                "by": day(date),
                "best": step == sign.best,
                "seen_if_so": float(sign.seen[step]),
                "seen_if_not": float(sign.alarm[step]),
                "ratio": float(sign.ratio[step]),
                "ratio_low": float(sign.ratio_low[step]),
                "ratio_high": float(sign.ratio_high[step]),
                "information": told,
                "share_of_all": told / answer.most,
                "for_rival": sign.for_rival,
                "only_seems": sign.only_seems,
                "false_alarms": sign.false_alarms,
                "missed": None if isnan(sign.lead.missed) else sign.lead.missed,
                "steps_ahead": None if isnan(sign.lead.steps) else sign.lead.steps,
            }
