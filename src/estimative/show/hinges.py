"""Hinges as blocks: a tornado whose bars name the sentences and pages on which a word stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from estimative.estimate.queries import Probability
from estimative.questions.trial import FEWEST
from estimative.show.ask import answer_facts, answer_in_words
from estimative.show.blocks import Block, Bullets, Facts, Mark, Picture, Shown, text
from estimative.show.figures import Swing, Tornado
from estimative.show.leeways import leeway_name, place_name, place_says, where_it_stands
from estimative.show.numerals import bound, count, give_or_take, percent, plural
from estimative.show.setting import outcome_part, questions_say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from estimative.estimate.nodes import Estimate
    from estimative.model.model import Model
    from estimative.questions.hinges import Hinge, Hinges
    from estimative.show.blocks import Words
    from estimative.show.setting import Setting, Speak

SENTENCES = 3
"""Further sentences that are named for one hinge."""


@dataclass(frozen=True)
class Turned:
    """Hinges of some outcomes under one setting."""

    setting: Setting
    outcomes: tuple[Hinges, ...]


def hinges_shown(
    turned: Sequence[Turned],
    model: Model,
    estimate: Estimate,
    speak: Speak,
    top: int,
    *,
    brief: bool = False,
    left_out: Sequence[str] = (),
) -> Shown:
    """On what each outcome turns: the first setting's `top` hinges, and where the others differ.

    `brief`: bars only, where many outcomes are shown at once. `left_out` are questions that were asked but
    are of no probability.
    """
    first, *others = turned
    says = questions_say(estimate)
    blocks: list[Block] = []
    drawn = False
    for place, found in enumerate(first.outcomes):
        told = _outcome(found, model, estimate, speak, top, brief=brief)
        told += [_elsewhere(other.outcomes[place], model, other.setting.lens) for other in others]
        drawn |= any(isinstance(block, Picture) for block in told)
        blocks.append(outcome_part(found.answer.text, says, told))
    if left_out:
        blocks.append(text(f"Not told, since it is no probability: {'; '.join(left_out)}."))
    if brief:
        blocks.append(
            text(f"At most {plural(top, 'bar')} for each outcome: name a QUERY, or --top, for more.")
        )
    if drawn:
        blocks.append(text(Mark(_LEGEND, "quiet")))
    blocks.append(first.setting.foot)
    rows = tuple(
        row for one in turned for found in one.outcomes for row in _rows(found, model, estimate, one, speak)
    )
    return Shown("hinges", "Hinges", tuple(blocks), {"left_out": "; ".join(left_out)}, rows)


_LEGEND = (
    "Shares are of the outcome's variance over readings: what a thing makes by itself, and what it has a hand in "
    "together with others; \N{PLUS-MINUS SIGN} holds the share in nine cases of ten. The outcome's mean is "
    "told where the thing is taken lowest and where it is taken highest (a fifth of readings each), and between them that of all."
)


def _outcome(
    found: Hinges, model: Model, estimate: Estimate, speak: Speak, top: int, *, brief: bool
) -> list[Block]:
    answer = found.answer
    if answer.band is None:
        rare = isinstance(answer.query, Probability) and answer.query.given is not None
        says = (
            "Its condition is too rare in these futures to say"
            if rare
            else "There are too few futures to say"
        )
        return [text(f"{says}: more --futures help.")]
    if answer.bound is not None:
        never = f"None of {count(answer.met)} futures had it ({bound(answer.bound)}): "
        return [text(f"{never}too rare to tell what it turns on.")]
    blocks: list[Block] = [text(Mark(answer_in_words(answer, answer.band, speak), "strong"))]
    if not found.looked_at:
        return [*blocks, text("Nothing that readings take differently bears on it.")]
    if found.spread is None:
        return [*blocks, text("As far as these futures can tell, readings agree on it.")]
    shown = found.hinges[:top]
    if not shown:
        differ = f"Readings differ by {_points(found.spread)} (standard deviation), "
        return [
            *blocks,
            text(f"{differ}but no single thing stands out from chance. More --readings may tell."),
        ]
    blocks.append(Picture(tornado(found, shown, model, estimate)))
    if found.readings < FEWEST:
        few = f"Only {plural(found.readings, 'reading')} of the trial can speak on its condition: shares are rough."
        blocks.append(text(Mark(few, "mixed")))
    if brief:
        return blocks
    notes = list(dict.fromkeys(note for hinge in shown if (note := _note(hinge, model, estimate))))
    if notes:
        blocks.append(Bullets(tuple(notes)))
    return [*blocks, text(_whole(found, found.spread, len(shown)))]


def tornado(
    found: Hinges, shown: Sequence[Hinge], model: Model, estimate: Estimate, title: str = "What it turns on"
) -> Tornado:
    """Bars of some hinges of an outcome."""
    if found.answer.band is None:
        raise ValueError(found.answer.text)
    swings = tuple(
        Swing(
            leeway_name(hinge.leeway, model),
            where_it_stands(hinge.leeway, model, estimate),
            hinge.low,
            hinge.high,
            (hinge.share.first, hinge.share.first_margin),
            (hinge.share.total, hinge.share.total_margin),
        )
        for hinge in shown
    )
    return Tornado(title, found.answer.band.mean, swings, found.answer.text)


def _whole(found: Hinges, spread: float, shown: int) -> str:
    """How far readings differ, and what is not shown."""
    single = give_or_take(found.alone, found.alone_margin)
    says = (
        f"Readings differ by {_points(spread)} (standard deviation). Of the variance, {single} comes of single things; "
        "the rest comes of several together."
    )
    smaller, nothing = len(found.hinges) - shown, found.looked_at - len(found.hinges)
    if smaller:
        says += f" {plural(smaller, 'smaller bar')} not shown."
    if nothing:
        says += f" {plural(nothing, 'other thing')} looked at: under 1%, or not to be told from chance."
    return says


def _points(spread: float) -> str:
    return plural(round(spread * 100), "point") if spread >= 0.01 else "less than a point"


def _note(hinge: Hinge, model: Model, estimate: Estimate) -> tuple[Words, ...]:
    """What there is to know of a hinge besides its bar: what is open, and where else it stands."""
    leeway = hinge.leeway
    name = Mark(leeway_name(leeway, model), "strong")
    says: list[Words] = []
    match leeway.kind:
        case "reader":
            return (
                Mark("how a reader takes words", "strong"),
                ": who takes one of a sort so tends to take them all so.",
            )
        case "ranking":
            says = [": ", _open_ranking(leeway.name, model, estimate)]
        case "effect":
            says = [": it is worth less than a large one; how much less is left open, alike in all choices."]
        case "data":
            says = [": as far as the series leaves them open."]
        case "strength":
            says = [": what a tilt does to the odds is a convention, and readings vary it."]
    others = [place_says(place, model, estimate) for place in leeway.places[1:]]
    if others:
        more = len(others) - SENTENCES
        also = "; ".join(others[:SENTENCES]) + (f"; and {plural(more, 'more place')}" if more > 0 else "")
        says.append(f" Also in: {also}." if says else f" also in: {also}.")
    return (name, *says) if says else ()


def _open_ranking(actor: str, model: Model, estimate: Estimate) -> str:
    """What the order of an actor's interests leaves open."""
    written = next(one for one in estimate.actors if one.name == actor)
    touched = {name for choice in model.choices if choice.actor == actor for name in choice.interests}
    ranks = [[name for name in rank if name in touched] for rank in written.ranking]
    shared = [" or ".join(rank) for rank in ranks if len(rank) > 1]
    says = "the order is given, but not by how much each counts for more than the next"
    return f"{says}; nor which comes first, {', '.join(shared)}." if shared else f"{says}."


def _elsewhere(found: Hinges, model: Model, lens: str) -> Block:
    """What another lens says, in one sentence."""
    if found.answer.band is None or found.answer.bound is not None:
        says = "it is too rare to say."
    elif found.spread is None:
        says = "readings agree on it, as far as these futures can tell."
    else:
        says = f"readings differ by {_points(found.spread)}"
        if found.hinges:
            most = found.hinges[0]
            says += f", most by {leeway_name(most.leeway, model)} ({percent(min(most.share.total, 1))})"
        says += "."
    return text(Mark(f"Under the lens {lens} {says}", "quiet"))


def _rows(found: Hinges, model: Model, estimate: Estimate, one: Turned, speak: Speak) -> Iterator[Facts]:
    """Yield the outcome, then each hinge of it."""
    known: Facts = {"outcome": found.answer.text, **one.setting.facts}
    yield {
        "part": "outcome",
        **known,
        **answer_facts(found.answer, speak),
        "spread": found.spread,
        "single_things": found.alone,
        "single_things_margin": found.alone_margin,
        "looked_at": found.looked_at,
        "asked_again": found.readings,
    }
    for hinge in found.hinges:
        yield {
            "part": "hinge",
            **known,
            "kind": hinge.leeway.kind,
            "name": hinge.leeway.name,
            "where": where_it_stands(hinge.leeway, model, estimate),
            "places": " ".join(place_name(place, model) for place in hinge.leeway.places),
            "first": hinge.share.first,
            "first_margin": hinge.share.first_margin,
            "total": hinge.share.total,
            "total_margin": hinge.share.total_margin,
            "taken_low": hinge.low,
            "taken_high": hinge.high,
        }
