"""Leeways in words: what readings take differently, the sentences on which it stands, and their pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from estimative.model.model import Crossing
from estimative.show.telling import meaning_text, pages_of, rule_says, variable_name
from estimative.words.meaning import Anything, OneOf, Said

if TYPE_CHECKING:
    from estimative.estimate.nodes import Estimate
    from estimative.model.model import Model
    from estimative.questions.leeways import Leeway, Place
    from estimative.words.meaning import Meaning

CITED = 3
"""Citations that are named for one sentence."""

SORTS = {
    "small-chances": "how high a reader takes small chances",
    "likely-words": "how high a reader takes “likely” and its like",
    "extremes": "how extreme a reader takes extreme words",
    "possibilities": "how high a reader takes mere possibilities (“could”, “might”)",
}
"""What people have in common in how they take words, by common factor of the survey."""

_OPEN, _SHUT = "\N{LEFT DOUBLE QUOTATION MARK}", "\N{RIGHT DOUBLE QUOTATION MARK}"


def leeway_name(leeway: Leeway, model: Model) -> str:
    """What readings take differently, in a few words."""
    match leeway.kind:
        case "word":
            return f"{_OPEN}{leeway.name}{_SHUT}"
        case "reader":
            return SORTS[leeway.name]
        case "strength":
            return f"strength of a tilt ({leeway.name})"
        case "effect":
            return "worth of a small effect"
        case "ranking":
            return f"weights of the interests of {leeway.name}"
        case "data":
            return f"drift and scatter of {leeway.name}"
        case "likelihood":
            return _open_likelihood(leeway, model)


def _open_likelihood(leeway: Leeway, model: Model) -> str:
    """What one likelihood leaves open by itself."""
    place = leeway.places[0]
    if place.what == "rule":
        rule = model.rules[place.number]
        if isinstance(rule.meaning, Crossing):
            raise ValueError(rule.name)
        left_open = _left_open(rule.meaning)
        sure = f"{rule.confidence} confidence" if rule.confidence in {"low", "moderate"} else ""
        return " with ".join(part for part in (left_open, sure) if part)
    ((case, level), *_) = place.cells
    meaning = model.lotteries[place.number].cases[case].meanings[level - 1]
    return "" if meaning is None else _left_open(meaning)


def _left_open(meaning: Meaning) -> str:
    match meaning:
        case Said(word):
            return f"{_OPEN}{word}{_SHUT}"
        case OneOf(parts):
            return "which of " + " or ".join(_left_open(part) for part in parts)
        case Anything():
            return "an unknown likelihood"
        case _:
            return meaning_text(meaning)


def where_it_stands(leeway: Leeway, model: Model, estimate: Estimate) -> str:
    """The sentence on which it stands with its page; of several that which matters most, and how many more.

    Nothing of how a reader takes all words of a sort.
    """
    if leeway.kind == "reader":
        return ""
    first, *others = (place_says(place, model, estimate) for place in leeway.places)
    return f"in: {first}" + (f" + {len(others)} more" if others else "")


def place_says(place: Place, model: Model, estimate: Estimate) -> str:
    """What is said where a leeway stands, with its pages in brackets."""
    says, cites = _said(place, model, estimate)
    where = pages_of(cites[:CITED])
    where += ", .." if where != pages_of(cites) else ""
    return f"{says} ({where})" if where else says


def _said(place: Place, model: Model, estimate: Estimate) -> tuple[str, tuple[str, ...]]:
    match place.what:
        case "rule":
            return rule_says(model, place.number), model.rules[place.number].cites
        case "lottery":
            lottery = model.lotteries[place.number]
            variable = model.variables[lottery.variable]
            cases = [lottery.cases[number] for number in dict.fromkeys(case for case, _ in place.cells)]
            levels = dict.fromkeys(variable.levels[level] for _, level in place.cells)
            names = " or ".join(case.name.rpartition(".")[2].replace("-", " ") for case in cases)
            says = f"{variable_name(variable)}: {' or '.join(levels)} ({names})"
            return says, tuple(cite for case in cases for cite in case.cites)
        case "choice":
            choice = model.choices[place.number]
            variable = model.variables[choice.variable]
            written = next(one for one in estimate.choices if one.name == variable.name)
            actor = next(one for one in estimate.actors if one.name == choice.actor)
            cites = written.cites or actor.cites
            return variable_name(variable), tuple(f"{c.source} p.{', '.join(c.pages)}" for c in cites)


def place_name(place: Place, model: Model) -> str:
    """Stable name of a place, for machines."""
    match place.what:
        case "rule":
            return model.rules[place.number].name
        case "lottery":
            return model.lotteries[place.number].name
        case "choice":
            return model.variables[model.choices[place.number].variable].name
