"""Bounds as blocks: the least and the most that an answer can be, however the words are read, lens by lens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from estimative.questions.ask import text_of
from estimative.questions.bounds import Bounds, NotBounded
from estimative.show.blocks import STRIPS, Cell, Column, Facts, Mark, Shown, Strip, Table, text
from estimative.show.numerals import percent_range

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from estimative.show.setting import Setting

TAILS = (
    "* Strengths of tilts, confidence and tallies have no end: from their 1st to their 99th reading of 100. "
)


@dataclass(frozen=True)
class Bounded:
    """Bounds of some queries under one setting, of which only the lens matters: nothing is drawn."""

    setting: Setting
    answers: tuple[Bounds | NotBounded, ...]


def bounds_shown(bounded: Sequence[Bounded]) -> Shown:
    """Bounds of the same queries through one lens or more."""
    rows: list[tuple[Cell, ...]] = []
    for place, first in enumerate(bounded[0].answers):
        name: Cell = text_of(first.query)
        limits = [tuple(_limits(one.answers[place])) for one in bounded]
        lenses = ["all"] if len(set(limits)) == 1 < len(limits) else [one.setting.lens for one in bounded]
        for lens, cells in zip(lenses, limits, strict=False):
            rows.append((name, lens, *cells))
            name = ""
    columns = (
        Column("query"),
        Column("lens", whole=True),
        Column("least to most", "right"),
        STRIPS,
        Column("how it is known", widest=44),
    )
    tails = any(isinstance(found, Bounds) and found.tails for one in bounded for found in one.answers)
    note = text(
        Mark(
            (TAILS if tails else "")
            + "Through the lens readers a word lies between the 1st and the 99th of a hundred readers, through the lens "
            "author in its standard's range. Found without futures, by the exact probabilities.",
            "quiet",
        )
    )
    facts = tuple(_facts(one.setting.lens, answer) for one in bounded for answer in one.answers)
    return Shown("bounds", "However the words are read", (Table(columns, tuple(rows)), note), {}, facts)


def _limits(found: Bounds | NotBounded) -> Iterator[Cell]:
    """Yield the limits of one query, drawn too, and how they are known or why there are none."""
    if isinstance(found, NotBounded):
        yield from ("", "", Mark(f"not bounded: {found.reason}", "quiet"))
        return
    yield Mark(percent_range(found.low, found.high), "strong")
    yield Strip(found.low, None, found.high)
    how = "proved" if found.proved else "as far as a search found"
    yield f"{how} *" if found.tails else how


def _facts(lens: str, found: Bounds | NotBounded) -> Facts:
    known: Facts = {"part": "bounds", "query": text_of(found.query), "lens": lens}
    if isinstance(found, NotBounded):
        return {**known, "low": None, "high": None, "proved": None, "tails": None, "reason": found.reason}
    return {
        **known,
        "low": found.low,
        "high": found.high,
        "proved": found.proved,
        "tails": found.tails,
        "reason": "",
    }
