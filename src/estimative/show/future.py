"""One future as blocks: a short history."""

from __future__ import annotations

from typing import TYPE_CHECKING

from estimative.model.model import Kind
from estimative.show.blocks import Cell, Column, Facts, Mark, Shown, Table, text
from estimative.show.numerals import day

if TYPE_CHECKING:
    from collections.abc import Iterator

    from estimative.questions.future import FutureTold, Happening
    from estimative.show.setting import Setting

BY_ITSELF = {Kind.DERIVED: "follows from the rest", Kind.LOTTERY: "settled"}
"""What moved a variable that has no rules."""

_ARROW = "\N{RIGHTWARDS ARROW}"


def future_shown(told: FutureTold, setting: Setting) -> Shown:
    """What happened in one future, by date."""
    starts = ", ".join(name if level == "yes" else f"{name} is {level}" for name, level in told.starts)
    rows: list[tuple[Cell, ...]] = []
    last = ""
    for happening in told.happenings:
        date = day(happening.date)
        rows.append(
            (Mark(date if date != last else "", "strong"), _what(happening), Mark(_by(happening), "quiet"))
        )
        last = date
    blocks = (
        text(f"Future {told.future} of reading {told.reading}, lens {setting.lens}, seed {setting.seed}."),
        text(Mark("At the start: ", "strong"), f"{starts}." if starts else "nothing holds."),
        Table((Column("date", whole=True), Column("what happens"), Column("by")), tuple(rows))
        if rows
        else text("Nothing happens."),
    )
    facts: Facts = {
        "lens": setting.lens,
        "seed": setting.seed,
        "reading": told.reading,
        "future": told.future,
    }
    return Shown("future", "One future", blocks, facts, tuple(_rows(told)))


def _what(happening: Happening) -> str:
    if happening.after == "yes":
        return happening.says or happening.name
    if happening.after == "no":
        return f"No longer: {happening.says or happening.name}"
    return f"{happening.name}: {happening.before} {_ARROW} {happening.after}"


def _by(happening: Happening) -> str:
    return ", ".join(happening.rules) or BY_ITSELF.get(happening.kind, "")


def _rows(told: FutureTold) -> Iterator[Facts]:
    """Yield what is so at the start, then what happens."""
    for name, level in told.starts:
        yield {"part": "start", "variable": name, "after": level}
    for happening in told.happenings:
        yield {
            "part": "happening",
            "date": day(happening.date),
            "variable": happening.name,
            "says": happening.says,
            "before": happening.before,
            "after": happening.after,
            "rules": " ".join(happening.rules),
        }
