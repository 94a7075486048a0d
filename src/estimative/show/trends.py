"""Trends as blocks: data and fan in one picture, thresholds and the dates at which they are reached."""

from __future__ import annotations

from math import nan
from typing import TYPE_CHECKING

from estimative.show.blocks import Block, Column, Mark, Part, Picture, Shown, Table, text
from estimative.show.figures import Level, Line, Lines
from estimative.show.numerals import chance, chance_range, day, number, plural

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from estimative.questions.trends import ThresholdAnswer, TrendAnswer, Trends
    from estimative.show.blocks import Facts
    from estimative.show.setting import Setting

LATER = "after the horizon"


def trends_shown(answer: Trends, setting: Setting) -> Shown:
    """Every trend of an estimate, one part each."""
    note = text(
        "Each trend is fitted as a random walk with drift and carried on from its last value. The fan holds the "
        "middle 90 % of what may come, over readings and futures together."
    )
    parts: tuple[Block, ...] = tuple(Part(one.name, _blocks(one)) for one in answer.trends)
    if not parts:
        parts = (text("This estimate has no trends."),)
    many = f"{plural(setting.readings, 'reading')} of the data; seed {setting.seed}. Nothing is simulated."
    return Shown(
        kind="trends",
        title="Trends and their thresholds",
        blocks=(note, *parts, text(Mark(many, "quiet"))),
        facts={"readings": setting.readings, "seed": setting.seed},
        rows=tuple(row for one in answer.trends for row in _rows(one)),
    )


def _rows(one: TrendAnswer) -> Iterator[Facts]:
    """Yield the fit, the data, the fan by date, and each threshold with its course."""
    yield {
        "part": "trend",
        "trend": one.name,
        "says": one.says,
        "unit": one.unit,
        "values": len(one.values),
        "logarithms": one.log,
        "drift_a_year": one.drift,
        "scale_of_a_year": one.scale,
        "degrees_of_freedom": one.freedom,
    }
    for date, value in zip(one.dates, one.values, strict=True):
        yield {"part": "data", "trend": one.name, "date": day(date), "value": value}
    for date, (low, quarter, median, three, high) in zip(one.ahead, one.fan.T.tolist(), strict=True):
        yield {
            "part": "fan",
            "trend": one.name,
            "date": day(date),
            "low": low,
            "quarter": quarter,
            "median": median,
            "three_quarters": three,
            "high": high,
        }
    for threshold in one.thresholds:
        yield {"part": "threshold", "trend": one.name, **_threshold_facts(threshold)}
        courses = zip(one.ahead, threshold.low, threshold.median, threshold.high, strict=True)
        for date, low, median, high in courses:
            yield {
                "part": "reached",
                "trend": one.name,
                "threshold": threshold.name,
                "date": day(date),
                "low": float(low),
                "median": float(median),
                "high": float(high),
            }


def _threshold_facts(threshold: ThresholdAnswer) -> Facts:
    first, half, last = (None if moment is None else day(moment) for moment in threshold.dates)
    return {
        "threshold": threshold.name,
        "reached_at_as_of": threshold.crossed,
        "reached_median": float(threshold.median[-1]),
        "reached_low": float(threshold.low[-1]),
        "reached_high": float(threshold.high[-1]),
        "quarter_by": first,
        "half_by": half,
        "three_quarters_by": last,
    }


def _blocks(one: TrendAnswer) -> tuple[Block, ...]:
    blocks: list[Block] = []
    if one.says:
        blocks.append(text(Mark(one.says, "strong")))
    blocks.append(text(_fit(one)))
    blocks.append(Picture(_fan(one), "Data, and the projection with its middle 90 %."))
    if one.thresholds:
        blocks.append(_thresholds(one.thresholds))
        blocks += [
            Picture(
                _crossing(one, threshold),
                f"Probability that {threshold.name} has held by then: median reading and middle 90 % of readings.",
            )
            for threshold in one.thresholds
            if not threshold.crossed
        ]
    return tuple(blocks)


def _fit(one: TrendAnswer) -> str:
    """What the data say, in a sentence."""
    unit = f" {one.unit}" if one.unit else ""
    if one.log:
        pace = f"{number(round(one.drift * 100, 1), sign=True)}% a year in logarithms, with a spread of {one.scale:.1%}"
    else:
        pace = f"{number(one.drift, 3, sign=True)}{unit} a year, with a spread of {number(one.scale, 3)}"
    return (
        f"{plural(len(one.values), 'value')} from {day(one.dates[0])} to {day(one.dates[-1])}; {pace}, from "
        f"{plural(one.freedom, 'degree', 'degrees')} of freedom."
    )


def _fan(one: TrendAnswer) -> Lines:
    """The data, then the projection from the first step that ends after them."""
    start = 0 if one.ahead[0] > one.dates[-1] else 1
    along: tuple[date, ...] = (*one.dates, *one.ahead[start:])
    before, after = (nan,) * (len(one.dates) - 1), (nan,) * (len(one.ahead) - start)
    last = (one.values[-1],)
    low, _, median, _, high = (tuple(course[start:].tolist()) for course in one.fan)
    return Lines(
        title=one.says or one.name,
        along=along,
        lines=(
            Line("data", (*one.values, *after)),
            Line(
                "projection",
                (*before, *last, *median),
                (*before, *last, *low),
                (*before, *last, *high),
            ),
        ),
        percent=False,
        unit=one.unit,
        levels=tuple(Level(threshold.value, threshold.name) for threshold in one.thresholds),
    )


def _thresholds(thresholds: tuple[ThresholdAnswer, ...]) -> Table:
    return Table(
        (
            Column("threshold"),
            Column("reached by the horizon", "right"),
            Column("a quarter by", "right", drop=True),
            Column("half by", "right"),
            Column("three quarters by", "right", drop=True),
        ),
        tuple(
            (threshold.name, _reached(threshold), *(LATER if d is None else day(d) for d in threshold.dates))
            for threshold in thresholds
        ),
        "When each threshold is reached, over readings and futures",
    )


def _reached(threshold: ThresholdAnswer) -> str:
    if threshold.crossed:
        return "reached at as-of"
    low, high = float(threshold.low[-1]), float(threshold.high[-1])
    return f"{chance(float(threshold.median[-1]))} ({chance_range(low, high)})"


def _crossing(one: TrendAnswer, threshold: ThresholdAnswer) -> Lines:
    return Lines(
        title=f"{threshold.name} reached",
        along=one.ahead,
        unit="probability",
        lines=(
            Line(
                threshold.name,
                tuple(threshold.median.tolist()),
                tuple(threshold.low.tolist()),
                tuple(threshold.high.tolist()),
            ),
        ),
    )
