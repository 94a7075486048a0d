"""A forecast as blocks: what may have happened by the horizon, and the course of every scale."""

from __future__ import annotations

from typing import TYPE_CHECKING

from estimative.model.model import Kind
from estimative.show.ask import DIFFER
from estimative.show.blocks import (
    STRIPS,
    Beside,
    Block,
    Cell,
    Column,
    Facts,
    Mark,
    Part,
    Picture,
    Shown,
    Spark,
    Strip,
    Table,
    text,
)
from estimative.show.figures import Areas, Layer, Line, Lines
from estimative.show.numerals import band_text, day, plural
from estimative.show.setting import band_facts, spoken, under

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from estimative.questions.forecast import Course, Forecast, LevelCourse
    from estimative.show.setting import Setting, Speak

WHAT = {Kind.SCALE: "scale", Kind.LOTTERY: "lottery", Kind.CHOICE: "choice"}
"""Variables that have a picture of their own."""

OVER_TIME = "Over time"
"""The part in which scales, lotteries and choices are drawn."""

MEAN = "share of futures, mean of readings"
"""What areas show: only means add up to one."""

MOST_FANS = 4
"""Levels of one scale whose fans are drawn; more hide each other."""


def forecast_shown(forecasts: Sequence[Forecast], setting: Setting, speak: Speak) -> Shown:
    """A forecast under one lens or more, the first leading."""
    first = forecasts[0]
    scales = scale_blocks(forecasts)
    over_time = (Part(OVER_TIME, scales),) if scales else ()
    ever = Part(_ever_title(first), ever_blocks(forecasts, speak))
    facts = {**setting.facts, "from": day(first.dates[0]), "to": day(first.dates[-1])}
    said: list[Facts] = [
        {"part": "variable", "variable": course.name, "kind": course.kind.value, "says": course.says}
        for course in first.courses
    ]
    rows = (*said, *(row for one in forecasts for row in _rows(one, speak)))
    return Shown("forecast", "Forecast", (*over_time, ever, setting.foot), facts, rows)


def _ever_title(forecast: Forecast) -> str:
    return f"What may have happened by {day(forecast.dates[-1])}"


def scale_blocks(forecasts: Sequence[Forecast], *, fans: bool = False) -> tuple[Block, ...]:
    """One picture a scale, lottery or choice; with `fans` also how far readings differ."""
    first = forecasts[0]
    drawn = [course for course in first.courses if course.kind in WHAT]
    stacks = [Picture(areas(course, first), _caption(course, forecasts)) for course in drawn]
    if not fans:
        return (Beside(tuple(stacks)),) if stacks else ()
    by_reading = [Picture(fan(course, first), _fan_caption(course)) for course in drawn]
    return tuple(Beside(pair) for pair in zip(stacks, by_reading, strict=True))


def _caption(course: Course, forecasts: Sequence[Forecast]) -> str:
    """What a variable is, and where other lenses see it otherwise."""
    notes = tuple(_lens_notes(course.name, forecasts))
    if not notes:
        return course.says
    return ". ".join(part for part in (course.says.rstrip("."), *notes) if part) + "."


def areas(course: Course, forecast: Forecast) -> Areas:
    """Mean share of futures at each level over time."""
    layers = tuple(Layer(level.level, tuple(level.mean.tolist())) for level in course.levels)
    return Areas(course.name, forecast.dates, layers, unit=MEAN, ordered=course.kind is Kind.SCALE)


def _fan_caption(course: Course) -> str:
    """What lines and fans are, and of which levels where there are too many to be drawn."""
    levels = len(course.levels)
    shown = f"; the {MOST_FANS} of {levels} levels that some readers give most" if levels > MOST_FANS else ""
    return f"median and 90 % of readings{shown}"


def fan(course: Course, forecast: Forecast) -> Lines:
    """Levels that are ever most probable to some readers, with the spread of readings around them."""
    ranked = sorted(course.levels, key=lambda level: float(level.high[1:].max()), reverse=True)
    kept = [level for level in course.levels if level in ranked[:MOST_FANS]]
    return Lines(
        f"{course.name}, by reading",
        forecast.dates,
        tuple(_line(level) for level in kept),
        unit="share of futures",
        scale=tuple(level.level for level in course.levels),
        ordered=course.kind is Kind.SCALE,
    )


def _line(level: LevelCourse) -> Line:
    return Line(
        level.level, tuple(level.median.tolist()), tuple(level.low.tolist()), tuple(level.high.tolist())
    )


def _lens_notes(name: str, forecasts: Sequence[Forecast]) -> Iterator[str]:
    """Yield of each other lens the levels at the horizon on which it differs by more than five points."""
    first, *others = forecasts
    for other in others:
        pairs = zip(first.course(name).levels, other.course(name).levels, strict=True)
        parts = [
            f"{mine.level} {band_text(theirs.at_end)} instead of {band_text(mine.at_end)}"
            for mine, theirs in pairs
            if abs(mine.at_end.median - theirs.at_end.median) > DIFFER
        ]
        if parts:
            yield f"Under the lens {other.lens}, at the end: {'; '.join(parts)}"


def ever_blocks(forecasts: Sequence[Forecast], speak: Speak) -> tuple[Block, ...]:
    """The table of conditions, and how many are left out because they hold already."""
    already = [course.name for course in forecasts[0].courses if course.ever and holds_already(course)]
    table = ever_table(forecasts, speak)
    blocks: list[Block] = [table] if table.rows else []
    if already:
        held = plural(len(already), "condition holds from the start", "conditions hold from the start")
        blocks.append(text(Mark(f"{held}: {', '.join(already)}.", "quiet")))
    return tuple(blocks)


def ever_table(forecasts: Sequence[Forecast], speak: Speak) -> Table:
    """Conditions by how probable it is that they hold at some time, the most probable first."""
    first, *others = forecasts
    conditions = [course for course in first.courses if course.ever is not None and not holds_already(course)]
    conditions.sort(key=lambda course: -course.ever.median if course.ever else 0)
    rows: list[tuple[Cell, ...]] = []
    for course in conditions:
        rows.append(_ever_row(course, speak))
        for other in others:
            theirs = other.course(course.name)
            if theirs.ever and course.ever and abs(theirs.ever.median - course.ever.median) > DIFFER:
                rows.append(_ever_row(theirs, speak, other.lens))
    return Table(
        (
            Column("condition", whole=True),
            Column("what it is", drop=True, widest=30),
            Column("word [its range]", whole=True),
            Column("median (90 % of readings)", "right"),
            STRIPS,
        ),
        tuple(rows),
    )


def holds_already(course: Course) -> bool:
    """Whether a condition holds at as-of in every future."""
    return float(course.levels[0].mean[0]) == 1


def _ever_row(course: Course, speak: Speak, lens: str = "") -> tuple[Cell, ...]:
    """One line of a condition; of a second lens, its name stands instead of the condition's."""
    if course.ever is None:
        raise TypeError(course.name)
    ever = course.ever
    return (
        under(lens) if lens else Mark(course.name, "code"),
        "" if lens else course.says,
        spoken(speak(ever.median)),
        band_text(ever),
        Strip(ever.low, ever.median, ever.high),
    )


def holding_table(forecast: Forecast) -> Table:
    """The course of every condition: how probable it is that it holds, step by step."""
    rows: list[tuple[Cell, ...]] = [
        (
            Mark(course.name, "code"),
            course.says,
            Spark(tuple(course.levels[0].median.tolist())),
            band_text(course.levels[0].at_end),
        )
        for course in forecast.courses
        if course.kind not in WHAT
    ]
    end = day(forecast.dates[-1])
    return Table(
        (
            Column("condition"),
            Column("what it is"),
            Column("holds, over time (median)"),
            Column(f"on {end}", "right"),
        ),
        tuple(rows),
    )


def _rows(forecast: Forecast, speak: Speak) -> list[Facts]:
    """One row a variable, level and date; and one for each condition that it holds at some time."""
    rows: list[Facts] = []
    for course in forecast.courses:
        known: Facts = {"variable": course.name, "lens": forecast.lens}
        if course.ever is not None:
            by = {"date": day(forecast.dates[-1])}
            rows.append({"part": "ever", **known, **by, **band_facts(course.ever, speak)})
        for level in course.levels:
            columns = zip(forecast.dates, level.mean, level.median, level.low, level.high, strict=True)
            rows += [
                {
                    "part": "course",
                    **known,
                    "level": level.level,
                    "date": day(date),
                    "mean": float(mean),
                    "median": float(median),
                    "low": float(low),
                    "high": float(high),
                }
                for date, mean, median, low, high in columns
            ]
    return rows
