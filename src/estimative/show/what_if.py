"""What-if as blocks: the base, what is made so and what is known to be so, side by side."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from estimative.estimate.queries import ShareOfTime
from estimative.questions.ask import FEWEST_GIVEN
from estimative.show.ask import answer_facts, probability_cells
from estimative.show.blocks import Block, Cell, Column, Facts, Mark, Picture, Shown, Table, text
from estimative.show.figures import Interval, Intervals, Row
from estimative.show.numerals import count, percent, percent_range, points
from estimative.show.setting import outcome_part, under, word_near

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from estimative.questions.ask import Answer
    from estimative.questions.bands import Band
    from estimative.questions.what_if import Contrast, Shift, Supposition, WhatIf
    from estimative.show.setting import Setting, Speak

DIFFER = 0.05
"""Another lens is shown where it moves a median, or a difference, by more than five points."""

BASE = "as written"


@dataclass(frozen=True)
class Supposed:
    """Outcomes under suppositions, under one setting."""

    setting: Setting
    outcomes: tuple[WhatIf, ...]


def what_if_shown(
    supposed: Sequence[Supposed], speak: Speak, says: Mapping[str, str] = MappingProxyType({})
) -> Shown:
    """Outcomes one after the other; the first setting leads, others where they differ.

    `says` is what questions say, by their queries.
    """
    first = supposed[0]
    blocks: list[Block] = []
    for place in range(len(first.outcomes)):
        told = _outcome([(one.setting.lens, one.outcomes[place]) for one in supposed], speak)
        blocks.append(outcome_part(first.outcomes[place].base.text, says, told))
    kinds = {_kind(shift.supposition) for found in first.outcomes for shift in found.shifts}
    legend = f"{_COLUMNS} {_KINDS}" if len(kinds) > 1 else _COLUMNS
    blocks += [text(Mark(legend, "quiet")), first.setting.foot]
    rows = tuple(
        fact for one in supposed for found in one.outcomes for fact in _rows(found, one.setting, speak)
    )
    return Shown("what-if", "What if", tuple(blocks), {}, rows)


_COLUMNS = (
    "Difference: from as written, in points, the median and the middle 90 % of readings; up / down: the share of "
    "readings in which the outcome is likelier, and less likely."
)

_KINDS = (
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
            rows.append((name, *_cells(one.base, speak), "", ""))
    for place, shift in enumerate(lead.shifts):
        for lens, one in found:
            other = one.shifts[place]
            if one is lead or _moved(shift.answer, other.answer):
                ours = f"{_kind(shift.supposition)}: {shift.supposition.text}"
                name = ours if one is lead else under(lens)
                rows.append((name, *_cells(other.answer, speak), _difference(other), _ways(other)))
    columns = (
        Column("supposed", widest=40),
        Column("word"),
        Column("its range", whole=True, drop=True),
        Column("median (90 %)", "right"),
        Column("difference", "right"),
        Column("up / down", "right"),
    )
    return [
        Table(columns, tuple(rows)),
        *(text(_contrast(one, lead.base)) for one in lead.contrasts),
        *_too_rare(lead),
        *_picture(lead),
    ]


def _contrast(one: Contrast, base: Answer) -> str:
    """How the outcome stands with something made so, against what it is where one knows it."""
    head, tail = ("share of time .. | ", "") if isinstance(base.query, ShareOfTime) else ("P(.. | ", ")")
    pair = f"{head}{made_text(one.made)}{tail} against {head}{one.known.text}{tail}"
    difference = f"{_points(one.difference)}, up / down in {percent(one.rises)} / {percent(one.falls)}"
    differ = "differ" if one.differs else "do not differ by more than luck"
    return f"Made so and known {differ}: {pair}, {difference}."


def made_text(made: Supposition) -> str:
    """What is made so as a query has it."""
    return made.text if made.text.startswith("do(") else f"do({made.text})"


def _too_rare(found: WhatIf) -> list[Block]:
    """Why there is no number for what is known, and how far from one it is."""
    rare = [shift for shift in found.shifts if shift.answer.band is None]
    if found.base.band is None or any(shift.supposition.given is None for shift in rare):
        # Without a condition all futures count, so there are too few of them.
        return [text(f"Too few to say: {FEWEST_GIVEN} futures of a reading are needed. More --futures help.")]
    return [
        text(f"Too rare to say: {one.supposition.text} is met in {_met(one.answer)}. More --futures help.")
        for one in rare
    ]


def _met(answer: Answer) -> str:
    each = round(answer.met / len(answer.values))
    if not answer.met:
        return "no future"
    if each >= FEWEST_GIVEN:
        return f"fewer than {FEWEST_GIVEN} futures of most readings, though {count(each)} on average"
    return f"{count(each)} {'future' if each == 1 else 'futures'} of a reading, and {FEWEST_GIVEN} are needed"


def _moved(one: Answer, two: Answer) -> bool:
    if one.band is None or two.band is None:
        return one.band is not two.band
    return abs(one.band.median - two.band.median) > DIFFER


def _cells(answer: Answer, speak: Speak) -> tuple[Cell, Cell, Cell]:
    """Word, its range and numbers of an answer, or that there is none."""
    said, numbers, _ = probability_cells(answer, speak)
    if answer.band is None:
        return "", "", said
    if isinstance(answer.query, ShareOfTime):
        return said, "", numbers
    word = speak(answer.band.median)
    return Mark(word_near(word), "strong"), percent_range(word.low, word.high), numbers


def _difference(shift: Shift) -> str:
    return "" if shift.difference is None else _points(shift.difference)


def _points(band: Band) -> str:
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
    return [Picture(Intervals(f"{found.base.text} under each supposition", rows))] if rows else []


def _rows(found: WhatIf, setting: Setting, speak: Speak) -> list[Facts]:
    known: Facts = {"part": "outcome", "outcome": found.base.text, **setting.facts}
    rows: list[Facts] = [{**known, "supposed": None, "kind": BASE, **answer_facts(found.base, speak)}]
    rows += [
        {
            **known,
            "supposed": shift.supposition.text,
            "kind": _kind(shift.supposition),
            **answer_facts(shift.answer, speak),
            **_difference_facts(shift),
        }
        for shift in found.shifts
    ]
    rows += [
        {
            **known,
            "supposed": one.made.text,
            "against": one.known.text,
            "kind": "made so against known",
            **_difference_facts(one),
        }
        for one in found.contrasts
    ]
    return rows


def _difference_facts(one: Shift | Contrast) -> Facts:
    if one.difference is None:
        return {}
    return {
        "difference_median": one.difference.median,
        "difference_low": one.difference.low,
        "difference_high": one.difference.high,
        "difference_error": one.difference.error,
        "higher_in": one.rises,
        "lower_in": one.falls,
    }
