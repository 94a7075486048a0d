"""What-if as blocks: the base, what is made so and what is known to be so, side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from estimative.show.ask import answer_facts, probability_cells
from estimative.show.blocks import Block, Cell, Column, Facts, Heading, Mark, Picture, Shown, Table, text
from estimative.show.figures import Interval, Intervals, Row
from estimative.show.numerals import percent, points
from estimative.show.setting import under

if TYPE_CHECKING:
    from collections.abc import Sequence

    from estimative.questions.ask import Answer
    from estimative.questions.what_if import Shift, Supposition, WhatIf
    from estimative.show.setting import Setting, Speak

DIFFER = 0.05
"""Another lens is shown where it moves a median, or a difference, by more than five points."""

BASE = "as written"


@dataclass(frozen=True)
class Supposed:
    """Outcomes under suppositions, under one setting."""

    setting: Setting
    outcomes: tuple[WhatIf, ...]


def what_if_shown(supposed: Sequence[Supposed], speak: Speak) -> Shown:
    """Outcomes one after the other; the first setting leads, others where they differ."""
    first = supposed[0]
    blocks: list[Block] = []
    for place in range(len(first.outcomes)):
        blocks += _outcome([(one.setting.lens, one.outcomes[place]) for one in supposed], speak)
    kinds = {_kind(shift.supposition) for found in first.outcomes for shift in found.shifts}
    if len(kinds) > 1:
        blocks.append(text(Mark(_LEGEND, "quiet")))
    blocks.append(first.setting.foot)
    rows = tuple(
        fact for one in supposed for found in one.outcomes for fact in _rows(found, one.setting, speak)
    )
    return Shown("what-if", "What if", tuple(blocks), {}, rows)


_LEGEND = (
    "Made so: put so from outside, with all else as it comes. Known: only futures in which it is so, "
    "and so also whatever tends to bring it about."
)


def _kind(supposition: Supposition) -> str:
    if supposition.do and supposition.given is not None:
        return "made so and known"
    return "made so" if supposition.do else "known"


def _outcome(found: Sequence[tuple[str, WhatIf]], speak: Speak) -> list[Block]:
    _, lead = found[0]
    rows: list[tuple[Cell, ...]] = []
    for lens, one in found:
        if one is lead or _moved(lead.base, one.base):
            name = BASE if one is lead else under(lens)
            rows.append(("", name, *probability_cells(one.base, speak)[:2], "", ""))
    for place, shift in enumerate(lead.shifts):
        for lens, one in found:
            other = one.shifts[place]
            if one is lead or _moved(shift.answer, other.answer):
                kind, name = (
                    (_kind(shift.supposition), shift.supposition.text) if one is lead else ("", under(lens))
                )
                rows.append(
                    (
                        kind,
                        name,
                        *probability_cells(other.answer, speak)[:2],
                        _difference(other),
                        _ways(other),
                    )
                )
    columns = (
        Column("", whole=True),
        Column("supposed", widest=40),
        Column("word [its range]"),
        Column("median (90 % of readings)", "right"),
        Column("difference in points", "right"),
        Column("higher / lower in", "right", drop=True),
    )
    return [Heading(lead.base.text, 3), Table(columns, tuple(rows)), *_picture(lead)]


def _moved(one: Answer, two: Answer) -> bool:
    if one.band is None or two.band is None:
        return one.band is not two.band
    return abs(one.band.median - two.band.median) > DIFFER


def _difference(shift: Shift) -> str:
    if shift.difference is None:
        return ""
    band = shift.difference
    return f"{points(band.median)} ({points(band.low)} to {points(band.high)})"


def _ways(shift: Shift) -> str:
    return "" if shift.difference is None else f"{percent(shift.rises)} / {percent(shift.falls)}"


def _picture(found: WhatIf) -> list[Block]:
    """Paired dots: base and supposition on one line, as far as there is an answer."""
    base = found.base.band
    if base is None:
        return []
    rows = tuple(
        Row(
            shift.supposition.text,
            (
                Interval(BASE, base.low, base.high, base.median, "quiet"),
                Interval(
                    _kind(shift.supposition),
                    shift.answer.band.low,
                    shift.answer.band.high,
                    shift.answer.band.median,
                    "plain" if shift.supposition.do else "second",
                ),
            ),
        )
        for shift in found.shifts
        if shift.answer.band is not None
    )
    return [Picture(Intervals(found.base.text, rows), "")] if rows else []


def _rows(found: WhatIf, setting: Setting, speak: Speak) -> list[Facts]:
    known: Facts = {"outcome": found.base.text, **setting.facts}
    rows: list[Facts] = [{**known, "supposed": "", "kind": BASE, **answer_facts(found.base, speak)}]
    for shift in found.shifts:
        facts: Facts = {
            **known,
            "supposed": shift.supposition.text,
            "kind": _kind(shift.supposition),
            **answer_facts(shift.answer, speak),
        }
        if shift.difference is not None:
            facts = {
                **facts,
                "difference_median": shift.difference.median,
                "difference_low": shift.difference.low,
                "difference_high": shift.difference.high,
                "higher_in": shift.rises,
                "lower_in": shift.falls,
            }
        rows.append(facts)
    return rows
