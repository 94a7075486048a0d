"""Hinges as blocks: a tornado whose bars name the sentences and pages on which a word stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from estimative.questions.hinges import SMALL_EFFECT
from estimative.show.blocks import Block, Bullets, Column, Facts, Heading, Mark, Shown, Strip, Table, text
from estimative.show.numerals import chance, percent, plural
from estimative.show.setting import in_words
from estimative.show.telling import likelihood, pages, rule_says

if TYPE_CHECKING:
    from collections.abc import Sequence

    from estimative.model.model import Model
    from estimative.questions.hinges import Hinge, Hinges
    from estimative.show.blocks import Words
    from estimative.show.setting import Setting, Speak

_ARROW = "\N{RIGHTWARDS ARROW}"

SENTENCES = 3
"""Rules that are named for one hinge."""

LITTLE = 0.01
"""A smaller share of the variance is not worth a row."""


@dataclass(frozen=True)
class Turned:
    """Hinges of some outcomes under one setting."""

    setting: Setting
    outcomes: tuple[Hinges, ...]


def hinges_shown(turned: Sequence[Turned], model: Model, speak: Speak, top: int) -> Shown:
    """On what each outcome turns: the first setting's `top` hinges, and where the others differ."""
    first, *others = turned
    blocks: list[Block] = []
    for place, outcome in enumerate(first.outcomes):
        blocks += _outcome(outcome, model, speak, top)
        blocks += [_elsewhere(other.outcomes[place], model, other.setting.lens) for other in others]
    blocks += [text(Mark(_LEGEND, "quiet")), first.setting.foot]
    rows = tuple(
        _row(found, hinge, model, one.setting)
        for one in turned
        for found in one.outcomes
        for hinge in found.hinges
    )
    return Shown("hinges", "Hinges", tuple(blocks), {}, rows)


_LEGEND = (
    "Share: of the outcome's variance over readings, by itself (and together with others). "
    f"Outcome: its mean in the fifth of readings that take the hinge lowest {_ARROW} in the fifth that take it "
    "highest; the dot is the mean of all."
)


def _outcome(found: Hinges, model: Model, speak: Speak, top: int) -> list[Block]:
    blocks: list[Block] = [Heading(found.answer.text, 3)]
    if found.answer.band is None:
        return [*blocks, text("Its condition is too rare in these futures to say.")]
    blocks.append(text(Mark(in_words(found.answer.band, speak), "strong")))
    shown = [hinge for hinge in found.hinges if hinge.total >= LITTLE][:top]
    if not shown:
        return [*blocks, text("Readings agree on it: nothing in the wording moves it.")]
    columns = (
        Column("", "right"),
        Column("what it turns on"),
        Column("share", "right"),
        Column("outcome", "right", whole=True),
        Column("0% · · · · · · · 100%"),
    )
    base = found.answer.band.mean
    rows = tuple(
        (
            str(number),
            Mark(hinge_name(hinge, model), "strong"),
            f"{percent(hinge.first)} ({percent(hinge.total)})",
            f"{chance(hinge.low)} {_ARROW} {chance(hinge.high)}",
            Strip(min(hinge.low, hinge.high, base), base, max(hinge.low, hinge.high, base)),
        )
        for number, hinge in enumerate(shown, 1)
    )
    more = len(found.hinges) - len(shown)
    rest = f"; {plural(more, 'smaller one')} not shown" if more else ""
    return [
        *blocks,
        Table(columns, rows),
        Bullets(tuple(_stands_on(number, hinge, model) for number, hinge in enumerate(shown, 1))),
        text(
            f"Readings differ by {_points(found.spread)} (standard deviation). "
            f"{percent(found.unexplained)} of the variance is not accounted for by any of these or any two together{rest}."
        ),
    ]


def _points(spread: float) -> str:
    return plural(round(spread * 100), "point") if spread >= 0.01 else "less than a point"


def hinge_name(hinge: Hinge, model: Model) -> str:
    """A hinge in a few words."""
    match hinge.source:
        case "word":
            return f"\N{LEFT DOUBLE QUOTATION MARK}{hinge.name}\N{RIGHT DOUBLE QUOTATION MARK}"
        case "reader":
            return "the reader's leaning"
        case "strength":
            return f"strength of a tilt ({hinge.name})"
        case "ranking" if hinge.name == SMALL_EFFECT:
            return hinge.name
        case "ranking":
            return f"weights of {hinge.name}'s interests"
        case "data":
            return f"drift and scatter of {hinge.name}"
        case "rule":
            written = [likelihood(model.rules[number]) for number in hinge.rules]
            return f"one likelihood: {written[0]}" if written else "one likelihood"


def _stands_on(place: int, hinge: Hinge, model: Model) -> tuple[Words, ...]:
    """Where a hinge is found in the estimate: what its rules say, with their pages."""
    name = Mark(f"{place} {hinge_name(hinge, model)}", "strong")
    if hinge.source == "reader":
        return (name, ": who takes one word high tends to take all words high.")
    if hinge.source == "ranking":
        return (name, ": the order is given, and any weights that respect it are as good as any others.")
    if not hinge.rules:
        return (name, f": {hinge.name}.")
    said: list[Words] = []
    for number in hinge.rules[:SENTENCES]:
        where = pages(model.rules[number])
        said += ["; " if said else ": ", rule_says(model, number)]
        said += [Mark(f" [{where}]", "quiet")] if where else []
    more = len(hinge.rules) - SENTENCES
    return (name, *said, f"; and {plural(more, 'more rule')}." if more > 0 else ".")


def _elsewhere(found: Hinges, model: Model, lens: str) -> Block:
    """What another lens says, in one sentence."""
    if found.answer.band is None or not found.hinges:
        return text(Mark(f"Under the lens {lens} nothing in the wording moves it.", "quiet"))
    most = found.hinges[0]
    return text(
        Mark(
            f"Under the lens {lens} readings differ by {_points(found.spread)}, most by {hinge_name(most, model)} "
            f"({percent(most.total)}).",
            "quiet",
        )
    )


def _row(found: Hinges, hinge: Hinge, model: Model, setting: Setting) -> Facts:
    return {
        "outcome": found.answer.text,
        **setting.facts,
        "source": hinge.source,
        "name": hinge.name,
        "rules": " ".join(model.rules[number].name for number in hinge.rules),
        "first": hinge.first,
        "total": hinge.total,
        "low": hinge.low,
        "high": hinge.high,
        "spread": found.spread,
        "unexplained": found.unexplained,
    }
