"""Paths as blocks: a scenario in words with how well it holds, and typical sequences with their dates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from estimative.questions.paths import FEWEST
from estimative.show.ask import answer_facts
from estimative.show.blocks import Block, Bullets, Column, Heading, Mark, Picture, Shown, Table, text
from estimative.show.figures import Line, Lines, Point
from estimative.show.numerals import count, day, percent
from estimative.show.setting import in_words
from estimative.show.telling import month, variable_moves, variable_stays

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from estimative.model.model import Model
    from estimative.questions.paths import Departure, Paths, Scenario, Side
    from estimative.questions.paths import Sequence as Course
    from estimative.show.blocks import Facts
    from estimative.show.setting import Setting, Speak

ARROW = " \N{RIGHTWARDS ARROW} "

Refusal = Literal["nothing to follow", "always the outcome", "too few futures", "too much alike"]
"""Why there is no scenario, in a few words."""

BY_CHANCE = 0.05
"""A side that earns its density by chance with more than this probability is named."""


def paths_shown(answer: Paths, model: Model, setting: Setting, speak: Speak) -> Shown:
    """Ways to one outcome."""
    asked = answer.answer
    blocks: list[Block] = [Heading(asked.text, 3)]
    if asked.band is not None:
        blocks.append(text(Mark(in_words(asked.band, speak), "strong")))
    looked = f"{count(answer.hits)} of {count(answer.looked)} futures looked at one by one had it."
    if answer.scenario is None:
        blocks.append(text(f"{looked} {_NONE[_refused(answer)]}"))
    else:
        blocks.append(text(looked))
        blocks += _scenario(answer, answer.scenario, model)
    if any(one.moments for one in answer.sequences):
        blocks.append(
            text(
                Mark("Typical sequences", "strong"),
                ": share of its futures, and the median date of each step",
            )
        )
        blocks.append(Bullets(tuple((_sequence(one, model),) for one in answer.sequences)))
    blocks.append(setting.foot)
    facts: Facts = {
        "outcome": asked.text,
        **setting.facts,
        **answer_facts(asked, speak),
        "hits": answer.hits,
        "looked": answer.looked,
        "things": answer.things,
        "base": answer.base,
        "fresh_base": answer.fresh_base,
        "refused": None if answer.scenario else _refused(answer),
        **(_held(answer.scenario) if answer.scenario else {}),
    }
    return Shown("paths", f"Ways to {asked.text}", tuple(blocks), facts, tuple(_rows(answer, model)))


def _refused(answer: Paths) -> Refusal:
    """Why there is no scenario."""
    if not answer.things:
        return "nothing to follow"
    if answer.hits == answer.looked:
        return "always the outcome"
    return "too few futures" if answer.hits < FEWEST else "too much alike"


_NONE: Mapping[Refusal, str] = {
    "nothing to follow": "Nothing can have a part in it but what it speaks of or is defined by.",
    "always the outcome": "There are no others to set them apart from.",
    "too few futures": f"They are too few to set them apart: {FEWEST} are needed.",
    "too much alike": "They are too much like the others for a scenario to set them apart.",
}


def _scenario(answer: Paths, scenario: Scenario, model: Model) -> list[Block]:
    how = Table(
        (Column("measure"), Column("futures searched", "right"), Column("fresh futures", "right")),
        (
            (
                "coverage: of the outcome's futures, it holds",
                percent(scenario.coverage),
                percent(scenario.fresh_coverage),
            ),
            (
                "density: of those it holds, have the outcome",
                percent(scenario.density),
                percent(scenario.fresh_density),
            ),
            ("of all futures, have the outcome", percent(answer.base), percent(answer.fresh_base)),
        ),
    )
    blocks: list[Block] = [
        text(Mark("The scenario", "strong"), _all_of(scenario.sides)),
        Bullets(tuple((side_text(side, model),) for side in scenario.sides)),
        how,
    ]
    chances = [side_text(side, model) for side in scenario.sides if side.by_chance > BY_CHANCE]
    if chances:
        blocks.append(text(Mark("May be there by chance: ", "mixed"), "; ".join(chances) + "."))
    coverage, density = zip(*sorted(best_of(answer.tradeoff)), strict=True)
    if len(coverage) > 1:
        blocks.append(
            Picture(
                Lines(
                    "Narrower scenarios are surer and hold less",
                    coverage,
                    (Line("sure", density),),
                    unit="sure: of those it holds, have the outcome",
                    along_unit="held of the outcome's futures",
                    along_percent=True,
                    point=Point(scenario.coverage, scenario.density, "the scenario"),
                ),
                "Each point is a box on the way: how many of the outcome's futures it holds, how sure it is.",
            )
        )
    return blocks


def _all_of(sides: Sequence[Side]) -> str:
    return ":" if len(sides) == 1 else ", all of:"


def best_of(tradeoff: Sequence[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    """Yield coverage and density of the boxes than which no other both holds as much and is surer.

    >>> list(best_of([(1.0, 0.2), (1.0, 0.3), (0.8, 0.25), (0.5, 0.9)]))
    [(1.0, 0.3), (0.5, 0.9)]
    """
    surest = 0.0
    for coverage, density in sorted(tradeoff, reverse=True):
        if density > surest:
            surest = density
            yield coverage, density


def side_text(side: Side, model: Model) -> str:
    """One side of a box in words."""
    known, steps = model.variables[side.variable], model.calendar.steps
    if side.first > steps:
        return variable_stays(known)
    moves = variable_moves(known)
    if side.last == 0:
        return f"{moves}: from the start"
    after = f" after {month(model, side.first - 1)}" if side.first else ""
    if side.last > steps:
        return f"{moves}{after}, if ever"
    if side.last == steps:
        return f"{moves}{after}" if after else f"{moves} at some time"
    return f"{moves}{after}{' and' if after else ''} by {month(model, side.last)}"


def _sequence(course: Course, model: Model) -> str:
    told = ARROW.join(_departure(moment, model) for moment in course.moments)
    return f"{percent(course.share)}: {told or 'nothing that sets them apart'}"


def _departure(moment: Departure, model: Model) -> str:
    when = month(model, moment.step) if moment.step else "from the start"
    return f"{when} {variable_moves(model.variables[moment.variable])}"


def _held(scenario: Scenario) -> Facts:
    return {
        "coverage": scenario.coverage,
        "density": scenario.density,
        "fresh_coverage": scenario.fresh_coverage,
        "fresh_density": scenario.fresh_density,
    }


def _rows(answer: Paths, model: Model) -> Iterator[Facts]:
    """Yield each side of the scenario, each step of each sequence, and each box of the trade-off."""
    ends, steps = model.calendar.ends, model.calendar.steps
    for side in answer.scenario.sides if answer.scenario else ():
        yield {
            "part": "side",
            **_named(side.variable, model),
            "first_step": side.first,
            "last_step": side.last,
            "after": day(ends[side.first - 1]) if 0 < side.first <= steps else None,
            "by": day(ends[side.last]) if side.last <= steps else None,
            "by_chance": side.by_chance,
        }
    for number, course in enumerate(answer.sequences, 1):
        if not course.moments:
            yield {"part": "sequence", "number": number, "sequence_share": course.share}
        for moment in course.moments:
            yield {
                "part": "sequence",
                "number": number,
                "sequence_share": course.share,
                **_named(moment.variable, model),
                "step": moment.step,
                "date": day(ends[moment.step]),
                "share": moment.share,
                "otherwise": moment.otherwise,
            }
    for number, (coverage, density) in enumerate(answer.tradeoff):
        chosen = answer.scenario is not None and number == answer.scenario.box
        yield {
            "part": "box",
            "number": number,
            "coverage": coverage,
            "density": density,
            "chosen": chosen,
        }


def _named(variable: int, model: Model) -> Facts:
    known = model.variables[variable]
    return {"variable": known.name, "says": variable_moves(known)}
