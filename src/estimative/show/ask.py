"""Answers to queries as blocks."""

from __future__ import annotations

from dataclasses import dataclass
from math import isinf
from typing import TYPE_CHECKING

from estimative.estimate.queries import Probability, ShareOfTime
from estimative.questions.ask import FEWEST_GIVEN, Answer, ModeAnswer
from estimative.show.blocks import STRIPS, Block, Cell, Column, Facts, Mark, Shown, Strip, Table, text
from estimative.show.numerals import band_text, bound, fine_band_text, percent, plural
from estimative.show.setting import Setting, Speak, band_facts, band_numbers, in_words, spoken, under

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from estimative.questions.bands import Band

DIFFER = 0.05
"""Lenses are shown side by side where their medians differ by more than five points."""


@dataclass(frozen=True)
class Asked:
    """Answers to some queries under one setting."""

    setting: Setting
    answers: tuple[Answer | ModeAnswer, ...]


def ask_shown(asked: Sequence[Asked], speak: Speak) -> Shown:
    """Answers to the same queries under one setting or more; the first setting leads."""
    first = asked[0]
    probabilities = [place for place, answer in enumerate(first.answers) if isinstance(answer, Answer)]
    blocks: list[Block] = []
    if probabilities:
        blocks.append(Table(COLUMNS, tuple(_rows(asked, probabilities, speak))))
    blocks += [
        _modes(answer, one.setting, speak)
        for one in asked
        for place, answer in enumerate(one.answers)
        if isinstance(answer, ModeAnswer) and (one is first or differs(first.answers[place], answer))
    ]
    blocks += _notes(asked)
    blocks.append(first.setting.foot)
    rows: Iterator[Facts] = (
        {"part": "answer", **row}
        for one in asked
        for answer in one.answers
        for row in answer_rows(answer, one.setting, speak)
    )
    return Shown("ask", "Answers", tuple(blocks), {}, tuple(rows))


COLUMNS = (
    Column("query", widest=44),
    Column("word [its range]", whole=True),
    Column("median (90 % of readings)", "right"),
    STRIPS,
)


def _rows(asked: Sequence[Asked], places: Sequence[int], speak: Speak) -> list[tuple[Cell, ...]]:
    rows: list[tuple[Cell, ...]] = []
    for place in places:
        shown = [
            asked[0],
            *(other for other in asked[1:] if differs(asked[0].answers[place], other.answers[place])),
        ]
        for number, one in enumerate(shown):
            answer = one.answers[place]
            if isinstance(answer, Answer):
                name = answer.text if number == 0 else under(one.setting.lens)
                rows.append((name, *probability_cells(answer, speak)))
    return rows


def probability_cells(answer: Answer, speak: Speak) -> tuple[Cell, Cell, Cell]:
    """Word, numbers and strip of an answer; what is missing is said."""
    band = answer.band
    if band is None:
        met = f"{plural(answer.met, 'future')} of all readings"
        if not conditional(answer):
            return Mark("too few to say", "mixed"), Mark(met, "quiet"), ""
        return Mark("too rare to say", "mixed"), Mark(f"met in {met}", "quiet"), ""
    numbers = band_text(band) if answer.bound is None else bound(answer.bound)
    if answer.followed is not None and answer.bound is None:
        numbers = fine_band_text(band)
    return (
        Mark("share of time", "quiet")
        if isinstance(answer.query, ShareOfTime)
        else Mark(spoken(speak(band.median)), "strong"),
        numbers,
        Strip(band.low, band.median, band.high),
    )


def answer_in_words(answer: Answer, band: Band, speak: Speak) -> str:
    """An answer that has a band on one line: word with range, median, band; of a share of time no word."""
    if isinstance(answer.query, ShareOfTime):
        return f"{band_text(band)} of the time"
    return in_words(band, speak)


def conditional(answer: Answer) -> bool:
    """Whether something must be met in a future for it to count."""
    return isinstance(answer.query, Probability | ShareOfTime) and answer.query.given is not None


def differs(one: Answer | ModeAnswer, two: Answer | ModeAnswer) -> bool:
    """Whether two lenses are to be shown side by side."""
    if isinstance(one, ModeAnswer) and isinstance(two, ModeAnswer):
        return one.shares.index(max(one.shares)) != two.shares.index(max(two.shares))
    if not isinstance(one, Answer) or not isinstance(two, Answer):
        raise TypeError(type(two).__name__)
    if one.band is None or two.band is None:
        return one.band is not two.band
    return abs(one.band.median - two.band.median) > DIFFER


def _modes(answer: ModeAnswer, setting: Setting, speak: Speak) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (
            level,
            percent(share),
            spoken(speak(band.median)),
            band_text(band),
            Strip(band.low, band.median, band.high),
        )
        for level, share, band in zip(answer.levels, answer.shares, answer.bands, strict=True)
    ]
    return Table(
        (
            Column("level"),
            Column("mode in so many readings", "right"),
            Column("word [its range]", drop=True),
            Column("median (90 % of readings)", "right"),
            STRIPS,
        ),
        tuple(rows),
        f"{answer.text} (lens {setting.lens})",
    )


def _notes(asked: Sequence[Asked]) -> list[Block]:
    """Sentences on what the numbers hide."""
    answers = [answer for one in asked for answer in one.answers if isinstance(answer, Answer)]
    notes: list[Block] = []
    silent = [answer for answer in answers if answer.band is None]
    if not all(conditional(answer) for answer in silent):
        notes.append(text(f"A reading needs {FEWEST_GIVEN} futures for a probability: take more --futures."))
    if any(conditional(answer) for answer in silent):
        notes.append(
            text(
                f"The condition is met in fewer than {FEWEST_GIVEN} futures of most readings: too few for a "
                "probability. More --futures may help."
            )
        )
    if any(answer.bound is not None for answer in answers):
        notes.append(
            text(
                "“below” means that no future had it: the number would have shown itself with 95 % confidence."
            )
        )
    # Lenses mostly say the same of where a rarity sits.
    notes += [text(said) for said in dict.fromkeys(_followed(one) for one in answers if one.followed)]
    same = len(asked) > 1 and not any(
        differs(asked[0].answers[place], other.answers[place])
        for other in asked[1:]
        for place, answer in enumerate(asked[0].answers)
        if isinstance(answer, Answer)
    )
    if same and any(answer.band is not None for answer in answers):
        others = " and ".join(other.setting.lens for other in asked[1:])
        notes.append(
            text(Mark(f"Under the lens {others} every median is within five points of these.", "quiet"))
        )
    return notes


def _followed(answer: Answer) -> str:
    """Where the rarity of an outcome sits, and whether its probability comes from hazards."""
    followed = answer.followed
    if followed is None:
        raise ValueError(answer.text)
    where = "its own rules." if followed.own else "what leads up to it, so more --futures help."
    if not followed.used:
        return f"The rarity of “{answer.text}” sits in {where}"
    times = f"{followed.gain:,.0f}" if followed.gain < 1e6 else "more than a million"
    return (
        f"“{answer.text}” is reckoned from hazards: counting hits would need {times} times as many futures. "
        f"Its rarity sits in {where}"
    )


def answer_rows(answer: Answer | ModeAnswer, setting: Setting, speak: Speak) -> list[Facts]:
    """An answer for machines: one row, and of a mode one row a level."""
    known: Facts = {"query": answer.text, **setting.facts}
    if isinstance(answer, Answer):
        return [{**known, **answer_facts(answer, speak)}]
    return [
        {**known, "level": level, "mode_share": share, **band_facts(band, speak)}
        for level, share, band in zip(answer.levels, answer.shares, answer.bands, strict=True)
    ]


def answer_facts(answer: Answer, speak: Speak) -> Facts:
    """An answer for machines: no band where the condition is too rare, and no word of a share of time."""
    followed = answer.followed
    found: Facts = {
        "met": answer.met,
        "bound": answer.bound,
        "from": "hazards" if followed is not None and followed.used else "hits",
        "gain": None if followed is None or isinf(followed.gain) else followed.gain,
    }
    if answer.band is None:
        return found
    if isinstance(answer.query, ShareOfTime):
        return {**found, **band_numbers(answer.band)}
    return {**found, **band_facts(answer.band, speak)}
