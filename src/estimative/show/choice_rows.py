"""Choices for machines: options, the weights that one must believe, single changes, and courses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from estimative.questions.turning import HasEffect, IsAt, RanksAbove
from estimative.show.numerals import day

if TYPE_CHECKING:
    from collections.abc import Iterator

    from estimative.questions.choices import ChoiceAnswer, OptionAnswer
    from estimative.questions.turning import Turn
    from estimative.show.blocks import Facts


def choice_rows(one: ChoiceAnswer) -> Iterator[Facts]:
    """Yield every option, weight, change and step of one choice."""
    for place, option in enumerate(one.options):
        yield {"part": "option", "choice": one.name, **_option(one, option, place)}
    weights = [("", one.centroid), *((option.name, option.central) for option in one.options)]
    for name, several in weights:
        for interest, weight in zip(one.interests, [] if several is None else several.tolist(), strict=False):
            yield {
                "part": "weight",
                "choice": one.name,
                "option": name,
                "interest": interest,
                "weight": weight,
            }
    for turn in one.turns:
        for option, before, after in zip(one.options, turn.before.tolist(), turn.after.tolist(), strict=True):
            yield {
                "part": "change",
                "choice": one.name,
                "option": option.name,
                "change": change_text(turn),
                "turns": turn.turns,
                "then_preferred": one.options[turn.prefers].name,
                "before": before,
                "after": after,
            }
    for step, date in enumerate(one.dates):
        for place, option in enumerate(one.options):
            yield {
                "part": "course",
                "choice": one.name,
                "option": option.name,
                "date": day(date),
                "acceptability": float(one.acceptability[step, place]),
                "in_force": float(one.in_force[step, place]),
            }


def _option(one: ChoiceAnswer, option: OptionAnswer, place: int) -> Facts:
    return {
        "says": one.says,
        "actor": one.actor,
        "option": option.name,
        "starts": option.name == one.starts,
        "available": option.available,
        "acceptability": option.acceptability,
        "taken": option.taken,
        "acceptability_at_horizon": float(one.acceptability[-1, place]),
        "in_force_at_horizon": float(one.in_force[-1, place]),
        "small_effect": option.small,
        "dominated_by": option.dominated_by,
        "always_dominated": option.always_dominated,
        "never_changes": one.never_changes,
    }


def change_text(turn: Turn) -> str:
    """A single change in words.

    >>> from numpy import zeros
    >>> from estimative.questions.turning import IsAt, Turn
    >>> change_text(Turn(IsAt("treaty", "yes"), zeros(2), zeros(2), 0, turns=False))
    'treaty held'
    """
    match turn.change:
        case IsAt(variable, "yes"):
            return f"{variable} held"
        case IsAt(variable, "no"):
            return f"{variable} did not hold"
        case IsAt(variable, level):
            return f"{variable} were {level}"
        case HasEffect(option, interest, written, None):
            return f"{option} had no effect on {interest} (now {written})"
        case HasEffect(option, interest, written, instead):
            return f"{option} were {instead} for {interest} (now {written})"
        case RanksAbove(above, below):
            return f"{above} ranked above {below}"
