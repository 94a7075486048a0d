"""Why as blocks: rules that brought an outcome about, the order of events, the paths that were taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from estimative.show.blocks import Block, Bullets, Cell, Column, Facts, Heading, Mark, Shown, Table, text
from estimative.show.numerals import count, percent
from estimative.show.setting import in_words
from estimative.show.telling import likelihood, pages, rule_says, variable_name, variable_says

if TYPE_CHECKING:
    from collections.abc import Sequence

    from estimative.model.model import Model
    from estimative.questions.why import Part, Path, Why
    from estimative.show.blocks import Words
    from estimative.show.setting import Setting, Speak

_ARROW = "\N{RIGHTWARDS ARROW}"


def why_shown(found: Sequence[Why], model: Model, setting: Setting, speak: Speak, top: int) -> Shown:
    """What brought each outcome about; `top` rules of each."""
    blocks: list[Block] = []
    for one in found:
        blocks += _outcome(one, model, speak, top)
    blocks.append(setting.foot)
    rows = tuple(_row(one, part, model, setting) for one in found for part in one.parts)
    return Shown("why", "Why", tuple(blocks), {}, rows)


def _outcome(one: Why, model: Model, speak: Speak, top: int) -> list[Block]:
    blocks: list[Block] = [Heading(one.answer.text, 3)]
    if one.answer.band is not None:
        blocks.append(text(Mark(in_words(one.answer.band, speak), "strong")))
    if not one.followed:
        return [*blocks, text(f"None of {count(one.traced)} futures looked at had it.")]
    blocks.append(_parts(one.parts[:top], model))
    more = len(one.parts) - top
    if more > 0:
        blocks.append(text(Mark(f"{count(more)} more rules fired on the way in some futures.", "quiet")))
    if one.order:
        blocks.append(_order(one, model))
    if one.paths:
        blocks.append(text(Mark("How it came about, most often", "strong"), " (with median dates):"))
        blocks.append(Bullets(tuple(_path(path, model) for path in one.paths)))
    followed = f"{count(one.followed)} futures with the outcome, of {count(one.traced)} looked at."
    return [*blocks, text(Mark(followed, "quiet"))]


def _parts(parts: Sequence[Part], model: Model) -> Table:
    columns = (
        Column("rule"),
        Column("likelihood", whole=True),
        Column("source", drop=True),
        Column("on the way", "right"),
        Column("otherwise", "right"),
        Column("lost without", "right"),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            rule_says(model, part.rule),
            likelihood(model.rules[part.rule]),
            Mark(pages(model.rules[part.rule]), "quiet"),
            percent(part.fired),
            percent(part.otherwise),
            _lost(part.lost),
        )
        for part in parts
    ]
    title = (
        "Share of the outcome's futures in which each rule fired on the way, of the others in which it fired, \
and of the outcome that is lost without it"
    )
    return Table(columns, tuple(rows), title)


def _lost(lost: float | None) -> str:
    if lost is None:
        return ""
    return "nothing" if abs(lost) < 0.005 else percent(lost) if lost > 0 else f"gains {percent(-lost)}"


def _order(one: Why, model: Model) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (
            _date(model, moment.step),
            variable_says(model.variables[moment.variable], moment.level),
            percent(moment.share),
            percent(moment.otherwise),
        )
        for moment in one.order
    ]
    columns = (
        Column("median date", whole=True),
        Column("what has come about"),
        Column("in", "right"),
        Column("otherwise", "right"),
    )
    return Table(columns, tuple(rows), "In what order: median dates of what sets these futures apart")


def _path(path: Path, model: Model) -> tuple[Words, ...]:
    numbers = {rule.name: number for number, rule in enumerate(model.rules)}
    links = []
    for variable, by, step in path.links:
        known = model.variables[variable]
        if by in numbers:
            says = rule_says(model, numbers[by])
        elif by == known.name:
            says = variable_name(known)
        else:
            says = f"{variable_name(known)}: settled"
        links.append(f"{_date(model, step)} {says}")
    return (Mark(percent(path.share), "strong"), "  " + f" {_ARROW} ".join(links))


def _date(model: Model, step: float) -> str:
    return f"{model.calendar.ends[round(step)]:%Y-%m}"


def _row(one: Why, part: Part, model: Model, setting: Setting) -> Facts:
    rule = model.rules[part.rule]
    return {
        "outcome": one.answer.text,
        **setting.facts,
        "rule": rule.name,
        "says": rule_says(model, part.rule),
        "fired_on_the_way": part.fired,
        "fired_otherwise": part.otherwise,
        "lost_without": part.lost,
    }
