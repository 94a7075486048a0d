"""Rewordings in plain words: what they stand on, from which word to which, and how far that is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from estimative.model.rewording import likelihoods
from estimative.show.numerals import plural
from estimative.show.telling import meaning_text, pages, rule_says, variable_says

if TYPE_CHECKING:
    from estimative.model.model import Model
    from estimative.model.rewording import Rewording
    from estimative.show.blocks import Facts

_ARROW = "\N{RIGHTWARDS ARROW}"


def stands_on(model: Model, name: str) -> str:
    """What a likelihood says something of, with its pages in brackets.

    Of a rule, what happens when it fires; of a lottery, the level, with its case where there are several.
    """
    says, where = "", ""
    for number, rule in enumerate(model.rules):
        if rule.name == name:
            says, where = rule_says(model, number), pages(rule)
    for lottery in model.lotteries:
        variable = model.variables[lottery.variable]
        for case in lottery.cases:
            if name.startswith(f"{case.name}."):
                says = variable_says(variable, variable.levels.index(name.removeprefix(f"{case.name}.")))
                if len(lottery.cases) > 1:
                    says += f" ({case.name.rpartition('.')[2].replace('-', ' ')})"
                where = pages(case)
    return f"{says} [{where}]" if where else says


def from_to(model: Model, one: Rewording) -> str:
    """The present word, and the new one."""
    return f"{_present(model, one)} {_ARROW} {meaning_text(one.meaning)}"


def _present(model: Model, one: Rewording) -> str:
    return next(meaning_text(known.meaning) for known in likelihoods(model) if known.name == one.name)


def how_far(one: Rewording) -> str:
    """How far a word is moved.

    >>> from estimative.model.rewording import Rewording
    >>> from estimative.words.meaning import Said
    >>> how_far(Rewording("a", Said("likely"), 2, 1)), how_far(Rewording("a", Said("likely"), 0, 1))
    ('2 rungs up', 'the higher wording alone')
    """
    if one.steps:
        return f"{plural(abs(one.steps), 'rung')} {'up' if one.steps > 0 else 'down'}"
    which = {1: "the higher", -1: "the lower", 0: "one"}[one.direction]
    return f"{which} wording alone"


def rewording_facts(model: Model, one: Rewording) -> Facts:
    """A rewording for machines."""
    return {
        "rule": one.name,
        "says": stands_on(model, one.name),
        "from": _present(model, one),
        "to": meaning_text(one.meaning),
        "steps": one.steps,
        "direction": one.direction,
    }
