"""Watch as blocks: signs by what they tell, how early, and how often they mislead."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING

from estimative.questions.ask import text_of
from estimative.questions.watch import FEWEST
from estimative.show.blocks import Block, Column, Mark, Picture, Shown, Table, text
from estimative.show.figures import Line, Lines
from estimative.show.numerals import DASH, chance, count, day, percent, plural
from estimative.show.telling import month, variable_name

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

TOPS = 0.08, 0.2, 0.4
"""Where the picture ends that is to show what tells little."""

COLUMNS = (
    Column("sign", widest=36),
    Column("tells", "right"),
    Column("by", whole=True),
    Column("ratio", "right"),
    Column("missed", "right"),
    Column("false alarms", "right"),
    Column("ahead", "right"),
)


NUMBERS = {2: "two", 3: "three"}


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
        **_together(answer, model),
        "step": model.calendar.step,
        **setting.facts,
    }
    if answer.refused is not None:
        return Shown("watch", title, (_refusal(answer, asked, rival), setting.foot), facts)
    shown = answer.signs[:MOST]
    telling = [sign for sign in shown if not sign.only_seems]
    blocks: list[Block] = [
        text(
            "Signs that tell ",
            Mark(asked, "strong"),
            f" from {rival + ' without it' if rival else 'its not happening'}.",
        )
    ]
    if answer.together is not None:
        told = percent(answer.together.information / answer.most)
        best = "; ".join(_said(number, model) for number in answer.together.variables)
        many = NUMBERS[len(answer.together.variables)]
        blocks.append(text(Mark(f"Watched together, {many} tell most: ", "strong"), f"{best} ({told})."))
    for named, signs in _sorted(shown, asked, rival):
        blocks.append(Table(COLUMNS, _cells(signs, answer, model), named))
    if len(answer.signs) > MOST:
        more = plural(len(answer.signs) - MOST, "more sign")
        blocks.append(text(Mark(f"{more} looked at, which tell less than these.", "quiet")))
    if telling:
        blocks.append(_picture(telling[:DRAWN], answer, model))
    blocks += [text(Mark(_LEGEND, "quiet")), _readings(answer, setting), setting.foot]
    return Shown("watch", title, tuple(blocks), facts, tuple(_rows(answer, model)))


def _together(answer: Watch, model: Model) -> Facts:
    if answer.together is None:
        return {}
    return {
        "together": " ".join(model.variables[number].name for number in answer.together.variables),
        "together_share_of_all": answer.together.information / answer.most,
    }


def _refusal(answer: Watch, asked: str, rival: str) -> Block:
    """Why there are no signs."""
    match answer.refused:
        case "nothing to watch":
            said = (
                f"The estimate has nothing to watch for {asked}: no signal, and no condition that may be seen to come to "
                "hold but what is asked about."
            )
        case "never the outcome":
            said = f"No future has {asked}, so nothing can be seen to announce it. More --futures find what is rare."
        case "never the rival":
            without = f"No future has {rival} without {asked}" if rival else f"Every future has {asked}"
            said = f"{without}, so there is nothing to tell it from. Ask for an earlier date, or name a rival: --against."
        case _:
            said = (
                f"Too few futures have {asked}, or too few have {rival or 'its not happening'}: a reading needs {FEWEST} "
                "of both to tell their signs apart. Try more --futures, or a later date."
            )
    return text(Mark("No answer. ", "bad"), said)


_LEGEND = (
    "Tells: the share of all there is to know about which it will be, read by the date at which it is largest (by). Ratio: how "
    "many times as likely it is to have been seen by then if so as if not, median reading and middle 90 %. Missed: the "
    "futures in which it is not seen before what it is a sign of; in the others it is so far ahead. False alarms: those in "
    "which it is seen by then, and what it is a sign of does not come."
)


def _sorted(signs: Sequence[Sign], asked: str, rival: str) -> Iterator[tuple[str, list[Sign]]]:
    """Yield tables of signs with their titles: for whom they speak, and what keeps others from being warnings."""
    for for_rival, name in ((False, asked), (True, rival or "its not happening")):
        ours = [sign for sign in signs if not sign.only_seems and sign.for_rival == for_rival]
        for late, title in ((False, f"Signs of {name}"), (True, f"Signs of {name}, mostly too late to warn")):
            if some := [sign for sign in ours if sign.too_late == late]:
                yield title, some
    if seeming := [sign for sign in signs if sign.only_seems]:
        yield "Only seem to tell: for which of the two they speak depends on the reading", seeming


def _cells(signs: Sequence[Sign], answer: Watch, model: Model) -> tuple[tuple[Cell, ...], ...]:
    return tuple(
        (
            _name(sign, model),
            percent(float(sign.information[sign.best] / answer.most)),
            month(model, sign.best),
            _ratio(sign),
            "" if isnan(sign.lead.missed) else percent(sign.lead.missed),
            chance(sign.false_alarms),
            _ahead(sign, model),
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
        Line(
            _said(sign.variable, model), tuple((sign.information / answer.most).tolist()), peak=int(sign.best)
        )
        for sign in signs
    )
    highest = max(max(line.values) for line in lines)
    top = next((top for top in TOPS if highest <= top), 1.0)
    return Picture(
        Lines("What each sign tells by a date", tuple(model.calendar.ends), lines, top=top, unit="tells"),
        "Share of all there is to know about which it will be.",
    )


def _readings(answer: Watch, setting: Setting) -> Block:
    which = plural(setting.readings, "reading")
    if answer.readings < setting.readings:
        which = f"the {count(answer.readings)} of {which} that have {FEWEST} futures of both"
    ours = chance(answer.prior)
    prior = (
        f"{ours} of their futures have it"
        if answer.rival is None
        else f"of the futures with either {ours} have the first"
    )
    return text(Mark(f"{plural(len(answer.signs), 'sign')} in {which}; {prior}.", "quiet"))


def _name(sign: Sign, model: Model) -> str:
    return _said(sign.variable, model) + (" (signal)" if sign.signal else "")


def _said(variable: int, model: Model) -> str:
    return variable_name(model.variables[variable])


def _rows(answer: Watch, model: Model) -> Iterator[Facts]:
    """Yield every sign as it is by its best date, then as it is by every date."""
    for sign in answer.signs:
        yield {
            "part": "sign",
            **_seen(sign, sign.best, answer, model),
            "says": _said(sign.variable, model),
            "signal": sign.signal,
            "for_rival": sign.for_rival,
            "only_seems": sign.only_seems,
            "false_alarms": sign.false_alarms,
            "missed": None if isnan(sign.lead.missed) else sign.lead.missed,
            "steps_ahead": None if isnan(sign.lead.steps) else sign.lead.steps,
        }
    for sign in answer.signs:
        for step in range(len(model.calendar.ends)):
            yield {"part": "course", **_seen(sign, step, answer, model)}


def _seen(sign: Sign, step: int, answer: Watch, model: Model) -> Facts:
    """What a sign tells by a date."""
    told = float(sign.information[step])
    return {
        "sign": model.variables[sign.variable].name,
        "by": day(model.calendar.ends[step]),
        "seen_if_so": float(sign.seen[step]),
        "seen_if_not": float(sign.alarm[step]),
        "ratio": float(sign.ratio[step]),
        "ratio_low": float(sign.ratio_low[step]),
        "ratio_high": float(sign.ratio_high[step]),
        "information": told,
        "share_of_all": told / answer.most,
    }
