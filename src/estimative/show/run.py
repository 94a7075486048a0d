"""The main run as blocks: key judgements, the course of every scale, the verdict on every claim."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from estimative.questions.ask import Answer
from estimative.show.ask import answer_rows, differs, probability_cells
from estimative.show.blocks import (
    STRIPS,
    Block,
    Cell,
    Column,
    Facts,
    Heading,
    Mark,
    Paragraph,
    Part,
    Shown,
    Table,
    text,
)
from estimative.show.claims import Judged, brief_claim_blocks, claim_blocks, claims_shown
from estimative.show.contents import contents
from estimative.show.estimate import subtitle
from estimative.show.forecast import OVER_TIME, ever_table, forecast_shown, scale_blocks
from estimative.show.numerals import day, percent
from estimative.show.setting import speak_of, under

if TYPE_CHECKING:
    from collections.abc import Sequence

    from estimative.estimate.nodes import Claim, Estimate
    from estimative.questions.ask import ModeAnswer
    from estimative.questions.claims import ClaimAnswer
    from estimative.questions.forecast import Forecast
    from estimative.show.setting import Setting, Speak

FEW = 12
"""Conditions that a run lists where the estimate asks no questions."""


@dataclass(frozen=True)
class Ran:
    """What one lens gave: the forecast, and the answers to the estimate's questions and claims."""

    setting: Setting
    forecast: Forecast
    questions: tuple[Answer | ModeAnswer, ...]
    claims: tuple[ClaimAnswer, ...]


def run_shown(estimate: Estimate, ran: Sequence[Ran]) -> Shown:
    """A run under one lens or more, the first leading."""
    speak = speak_of(estimate.standard)
    parts: list[Block] = [
        Heading(estimate.title, 1),
        Paragraph(subtitle(estimate)),
        text(Mark(f"{contents(estimate)}.", "quiet")),
        *(judgement_parts(estimate, ran, speak) or condition_parts(ran, speak)),
    ]
    scales = scale_blocks([one.forecast for one in ran])
    if scales:
        parts.append(Part(OVER_TIME, scales))
    parts += claim_parts(estimate, ran, speak, brief=True)
    parts.append(ran[0].setting.foot)
    return Shown("run", estimate.title, tuple(parts), ran[0].setting.facts, _rows(estimate, ran, speak))


def judgement_parts(estimate: Estimate, ran: Sequence[Ran], speak: Speak) -> list[Part]:
    """Answers to the estimate's questions, if it asks any."""
    if not estimate.questions:
        return []
    return [Part("Key judgements", (_questions(estimate, ran, speak),))]


def condition_parts(ran: Sequence[Ran], speak: Speak) -> list[Part]:
    """The most probable conditions: what a run shows of an estimate that asks no questions."""
    table = ever_table([one.forecast for one in ran], speak)
    if not table.rows:
        return []
    by = day(ran[0].forecast.dates[-1])
    return [Part(f"What may have happened by {by}", (Table(table.columns, table.rows[:FEW]),))]


def _questions(estimate: Estimate, ran: Sequence[Ran], speak: Speak) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for place, question in enumerate(estimate.questions):
        first, *others = ran
        mine = first.questions[place]
        shown = [first, *(other for other in others if differs(mine, other.questions[place]))]
        for number, one in enumerate(shown):
            says = (question.says or mine.text) if number == 0 else under(one.setting.lens)
            rows.append((says, *_judgement(one.questions[place], speak)))
    columns = (
        Column("judgement", widest=44),
        Column("word [its range]", whole=True),
        Column("median (90 % of readings)", "right"),
        STRIPS,
    )
    return Table(columns, tuple(rows))


def _judgement(answer: Answer | ModeAnswer, speak: Speak) -> tuple[Cell, ...]:
    if isinstance(answer, Answer):
        return probability_cells(answer, speak)
    share = max(answer.shares)
    level = answer.levels[answer.shares.index(share)]
    return Mark(level, "strong"), f"mode in {percent(share)} of readings", ""


def claim_parts(estimate: Estimate, ran: Sequence[Ran], speak: Speak, *, brief: bool = False) -> list[Part]:
    """Verdicts, if the estimate claims anything; `brief`: one line each."""
    if not estimate.claims:
        return []
    judged = [Judged(one.setting, one.claims) for one in ran]
    untested = _untested(estimate)
    if brief:
        more = text(Mark("`estimative claims FILE` says of each what it rests on.", "quiet"))
        blocks = (*brief_claim_blocks(judged, untested), more)
    else:
        blocks = claim_blocks(judged, untested, speak)
    return [Part("Do the estimate's claims follow from it?", blocks)]


def _untested(estimate: Estimate) -> list[Claim]:
    return [claim for claim in estimate.claims if claim.test is None]


def _rows(estimate: Estimate, ran: Sequence[Ran], speak: Speak) -> tuple[Facts, ...]:
    """Rows of all parts, each saying which it belongs to."""
    judged = [Judged(one.setting, one.claims) for one in ran]
    parts: list[Shown] = [
        claims_shown(judged, _untested(estimate), speak),
        forecast_shown([one.forecast for one in ran], ran[0].setting, speak),
    ]
    asked: list[Facts] = [
        {"part": "question", "question": question.name, "says": question.says, **row}
        for one in ran
        for question, answer in zip(estimate.questions, one.questions, strict=True)
        for row in answer_rows(answer, one.setting, speak)
    ]
    return (*asked, *(row for shown in parts for row in shown.rows))
