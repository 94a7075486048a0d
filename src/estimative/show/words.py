"""Words of likelihood as blocks: the standards, one standard's table, one word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from estimative.show.blocks import (
    STRIPS,
    Block,
    Cell,
    Column,
    Facts,
    Mark,
    Picture,
    Shown,
    Strip,
    Table,
    text,
)
from estimative.show.figures import Histogram, Interval, Intervals, Row
from estimative.show.numerals import chance, chance_range, percent, percent_range

if TYPE_CHECKING:
    from collections.abc import Sequence

    from estimative.words.table import StandardTable, WordAnswer, WordRow

BASES = {
    "survey": "surveyed",
    "published": "published figures",
    "rule": "by a rule from surveyed words",
    "ours": "placed by us",
}
"""How it is known what readers take a word to mean."""


def standards_shown(tables: Sequence[StandardTable]) -> Shown:
    """The standards, and how to see one."""
    rows: list[tuple[Cell, ...]] = [
        (
            Mark(table.standard, "code"),
            table.title,
            str(len(table.rows)),
            ", ".join(row.word for row in table.rows[:3]) + ", …",
        )
        for table in tables
    ]
    columns = (Column("standard"), Column("title"), Column("words", "right"), Column("such as", drop=True))
    return Shown(
        "standards",
        "Standards",
        (
            Table(columns, tuple(rows)),
            text("`estimative words STANDARD` shows its words; `estimative words WORD` shows one word."),
        ),
        {},
        tuple(
            {
                "part": "standard",
                "standard": table.standard,
                "title": table.title,
                "words": len(table.rows),
            }
            for table in tables
        ),
    )


def standard_shown(table: StandardTable) -> Shown:
    """The words of one standard beside what readers take them to mean."""
    official = any(row.low is not None for row in table.rows)
    columns = (
        Column("word"),
        *((Column("standard", "right"),) if official else ()),
        Column("readers: median (5–95)", "right"),
        STRIPS,
        *((Column("readers inside", "right"),) if official else ()),
        Column("known from", drop=True),
    )
    blocks: list[Block] = [
        text(Mark(table.title, "strong"), Mark(f"  {table.source}", "quiet")),
        Table(columns, tuple(_cells(row, official=official) for row in table.rows)),
        text(
            "“Readers inside” is the share of readers who take the word to mean something inside the standard's range."
            if official
            else "Ordinary usage has no official ranges: under the lens author a word lies in the middle half of readers."
        ),
        *(text(Mark(source, "quiet")) for source in table.sources),
    ]
    facts: Facts = {
        "standard": table.standard,
        "title": table.title,
        "source": table.source,
        "readers": "; ".join(table.sources),
    }
    return Shown("words", table.title, tuple(blocks), facts, tuple(_facts(row) for row in table.rows))


def _cells(row: WordRow, *, official: bool) -> tuple[Cell, ...]:
    low, _, median, _, high = row.taken
    stated = "" if row.low is None or row.high is None else percent_range(row.low, row.high)
    return (
        Mark(row.word, "strong"),
        *((stated,) if official else ()),
        f"{chance(median)} ({chance_range(low, high)})",
        Strip(low, median, high),
        *((percent(row.inside) if row.inside is not None else "",) if official else ()),
        Mark(BASES[row.basis] + (f": {row.source}" if row.basis != "ours" else ""), "quiet"),
    )


def _facts(row: WordRow) -> Facts:
    names = ("reader_5", "reader_25", "reader_50", "reader_75", "reader_95")
    return {
        "part": "word",
        "word": row.word,
        "wordings": "; ".join(row.wordings),
        "low": row.low,
        "high": row.high,
        **dict(zip(names, row.taken, strict=True)),
        "readers_inside": row.inside,
        "basis": row.basis,
        "source": row.source,
    }


def word_shown(word: WordAnswer) -> Shown:
    """One word: what a hundred readers take it to mean, and the ranges that standards give it."""
    at = dict(enumerate(word.quantiles, 1))
    readers = Interval("readers", at[5], at[95], at[50])
    rows = (
        Row("readers (5–95)", (readers,)),
        *(
            Row(
                found.title,
                (Interval(found.standard, found.low, found.high, tone="second"),),
                f"{percent(found.inside)} of readers inside",
            )
            for found in word.official
        ),
    )
    others = [wording for wording in word.wordings if wording != word.word]
    blocks: list[Block] = [
        text(Mark(word.word, "strong"), Mark(f"  also: {', '.join(others)}" if others else "", "quiet")),
        Picture(Histogram("What readers take it to mean", word.bars)),
        Picture(Intervals("Where standards put it", rows)),
        text(Mark(f"{BASES[word.basis].capitalize()}: {word.source}", "quiet")),
    ]
    if word.reason:
        blocks.append(text(Mark(word.reason, "quiet")))
    facts: Facts = {
        "word": word.word,
        "wordings": "; ".join(word.wordings),
        "basis": word.basis,
        "source": word.source,
        "reason": word.reason,
    }
    standards: list[Facts] = [
        {
            "part": "standard",
            "standard": found.standard,
            "title": found.title,
            "low": found.low,
            "high": found.high,
            "readers_inside": found.inside,
        }
        for found in word.official
    ]
    readers_: list[Facts] = [
        {"part": "reader", "reader": reader, "probability": value} for reader, value in at.items()
    ]
    return Shown("word", word.word, tuple(blocks), facts, (*standards, *readers_))
