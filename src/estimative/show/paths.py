"""Paths as blocks: a scenario in words with how well it holds, and typical sequences with their dates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from estimative.show.blocks import Block, Bullets, Column, Mark, Picture, Shown, Table, text
from estimative.show.figures import Line, Lines
from estimative.show.numerals import percent, plural
from estimative.show.setting import in_words

if TYPE_CHECKING:
    from estimative.model.model import Model
    from estimative.questions.paths import Paths, Scenario, Sequence, Side
    from estimative.show.blocks import Facts
    from estimative.show.setting import Setting, Speak

ARROW = " \N{RIGHTWARDS ARROW} "


def paths_shown(answer: Paths, model: Model, setting: Setting, speak: Speak) -> Shown:
    """Ways to one outcome."""
    asked = answer.answer.text
    looked = f"{answer.hits:,} of {plural(answer.looked, 'future')} looked at one by one had it."
    said = in_words(answer.answer.band, speak) if answer.answer.band is not None else "no answer"
    blocks: list[Block] = [text(Mark(said, "strong"), f". {looked}")]
    if answer.scenario is None:
        blocks.append(
            text("They are too few, or too much alike the others, for a scenario to set them apart.")
        )
    else:
        blocks += _scenario(answer, answer.scenario, model)
    if answer.sequences:
        blocks.append(text(Mark("Typical sequences", "strong"), ", with the median date of each step:"))
        blocks.append(Bullets(tuple((_sequence(sequence, model),) for sequence in answer.sequences)))
    blocks.append(setting.foot)
    facts: Facts = {"outcome": asked, "hits": answer.hits, "looked": answer.looked, **setting.facts}
    rows = (
        tuple(_facts(side, answer.scenario, model) for side in answer.scenario.sides)
        if answer.scenario
        else ()
    )
    return Shown("paths", f"Ways to {asked}", tuple(blocks), facts, rows)


def _scenario(answer: Paths, scenario: Scenario, model: Model) -> list[Block]:
    sides = " and ".join(side_text(side, model) for side in scenario.sides)
    how = Table(
        (Column(""), Column("futures searched", "right"), Column("fresh futures", "right")),
        (
            (
                "of the futures with the outcome, it holds",
                percent(scenario.coverage),
                percent(scenario.fresh_coverage),
            ),
            (
                "of the futures that it holds, have the outcome",
                percent(scenario.density),
                percent(scenario.fresh_density),
            ),
            ("without it", percent(answer.base), ""),
        ),
    )
    coverage, density = zip(*sorted(set(answer.tradeoff)), strict=True)
    chances = [side_text(side, model) for side in scenario.sides if side.by_chance > 0.05]
    blocks: list[Block] = [
        text(Mark("The scenario: ", "strong"), sides + "."),
        how,
        Picture(
            Lines(
                "Narrower scenarios are surer and hold less",
                coverage,
                (Line("sure", density),),
                along_unit="held",
            ),
            "Each point is a box on the way: how many of the outcome's futures it holds, and how sure it is.",
        ),
    ]
    if chances:
        blocks.append(text(Mark("May be there by chance: ", "mixed"), "; ".join(chances) + "."))
    return blocks


def side_text(side: Side, model: Model) -> str:
    """One side of a box in words."""
    known = model.variables[side.variable]
    ends, steps = model.calendar.ends, model.calendar.steps
    start = known.levels[known.start]
    what = known.says or known.name
    if len(known.levels) > 2 or known.start:
        what = f"{what} leaves \N{LEFT DOUBLE QUOTATION MARK}{start}\N{RIGHT DOUBLE QUOTATION MARK}"
    never = side.last > steps
    if side.first <= 1:
        return f"{what} by {ends[min(side.last, steps)]}"
    after = f"not before {ends[min(side.first, steps + 1) - 1]}"
    if side.first > steps:
        return f"{what}: never"
    return f"{what}: {after}, if ever" if never else f"{what}: {after}, and by {ends[side.last]}"


def _sequence(sequence: Sequence, model: Model) -> str:
    if not sequence.moments:
        return f"{percent(sequence.share)}: nothing else in common"
    told = ARROW.join(
        f"{model.variables[number].says or model.variables[number].name} ({model.calendar.ends[round(step)].year})"
        for number, step in sequence.moments
    )
    return f"{percent(sequence.share)}: {told}"


def _facts(side: Side, scenario: Scenario, model: Model) -> Facts:
    return {
        "variable": model.variables[side.variable].name,
        "first_step": side.first,
        "last_step": side.last,
        "by_chance": side.by_chance,
        "coverage": scenario.coverage,
        "density": scenario.density,
        "fresh_coverage": scenario.fresh_coverage,
        "fresh_density": scenario.fresh_density,
    }
