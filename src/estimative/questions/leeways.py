"""Leeways: what an estimate leaves to its reader, each with its columns of the readings' design and its places."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import numpy as np

from estimative.model.choices import Judged
from estimative.model.design import Design
from estimative.model.model import Crossing
from estimative.model.readings import strength
from estimative.model.trends import hazards
from estimative.words.lexicon import lexicon
from estimative.words.vocabulary import FACTOR, WORD, Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from estimative.model.model import Case, Choice, Lottery, Model, Rule

Kind = Literal["word", "reader", "strength", "ranking", "effect", "likelihood", "data"]
"""A word, how a reader takes all words of a sort, the strength of a degree of tilt, the weights of an actor's ranked
interests, the worth of a small effect, a likelihood that is no single word (a range, a count, alternatives,
a confidence), or a trend's data."""

SMALL = "small"
"""Name of the leeway of kind `effect`."""


_MIDDLE = np.array([0.5])


@dataclass(frozen=True)
class Place:
    """Where a leeway stands: a rule, a lottery or a choice of the model, by number.

    `cells` are the places in a lottery: number of the case, and of the level (from 1).
    """

    what: Literal["rule", "lottery", "choice"]
    number: int
    cells: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class Leeway:
    """One thing that readings take differently.

    Parameters
    ----------
    name
        The word, the degree, the actor, the trend, or the stable name of the likelihood.
    columns
        Names of its columns of uniform numbers; no other leeway has any of them.
    places
        Where it stands, in the order of the model.
    """

    kind: Kind
    name: str
    columns: tuple[str, ...]
    places: tuple[Place, ...]


def owner(column: str) -> tuple[Kind, str]:
    """Kind and name of the leeway to which a column of the readings' design belongs.

    >>> owner("word:likely"), owner("arms.rises.flow:range")
    (('word', 'likely'), ('likelihood', 'arms.rises.flow'))
    """
    head, _, rest = column.partition(":")
    if column.startswith(WORD):
        return "word", rest
    if column.startswith(FACTOR):
        return "reader", rest
    if head == "strength":
        return "strength", rest
    if head == "interests":
        return "ranking", rest.partition(":")[0]
    if head == "effects":
        return "effect", SMALL
    if head == "trend":
        return "data", rest.partition(":")[0]
    return "likelihood", head


def leeways(model: Model, variables: frozenset[int]) -> tuple[Leeway, ...]:
    """Leeways with a part in how these variables move, in the order in which the model comes to them."""
    columns: dict[tuple[Kind, str], dict[str, None]] = {}
    places: dict[tuple[Kind, str], dict[Place, None]] = {}
    for place, drawn in _places(model, variables):
        for column in drawn:
            key = owner(column)
            columns.setdefault(key, {})[column] = None
            places.setdefault(key, {})[place] = None
    return tuple(Leeway(*key, tuple(columns[key]), tuple(places[key])) for key in columns)


def _places(model: Model, variables: frozenset[int]) -> Iterator[tuple[Place, tuple[str, ...]]]:
    """Places with the columns that they are drawn from: those that a reading asks for, so none is forgotten."""
    for number, rule in enumerate(model.rules):
        if rule.variable in variables:
            yield Place("rule", number), _of_rule(model, rule)
    for number, lottery in enumerate(model.lotteries):
        if lottery.variable in variables:
            yield from _of_lottery(model, number, lottery)
    for number, choice in enumerate(model.choices):
        if choice.variable in variables:
            yield Place("choice", number), _of_choice(choice)


class _Asked(Design):
    """A design of one reading that only keeps what was asked for: `drawn` has the names."""

    def __init__(self) -> None:
        super().__init__(0, np.zeros(1, np.int64))

    def column(self, name: str) -> NDArray[np.float64]:
        """The middle, whatever the name."""
        return self.drawn.setdefault(name, _MIDDLE)


def _of_rule(model: Model, rule: Rule) -> tuple[str, ...]:
    design = _Asked()
    if isinstance(rule.meaning, Crossing):
        hazards(model, rule, design.column)
        return tuple(design.drawn)
    people = Vocabulary(lexicon(model.standard), "readers", 1, design.column)
    people.probability(rule.meaning, rule.name, rule.confidence)
    for modifier in rule.modifiers:
        strength(modifier.degree, design)
    return tuple(design.drawn)


def _of_lottery(model: Model, number: int, lottery: Lottery) -> Iterator[tuple[Place, tuple[str, ...]]]:
    levels = model.variables[lottery.variable].levels
    cells: dict[str, list[tuple[int, int]]] = {}
    for row, case in enumerate(lottery.cases):
        for level in range(1, len(levels)):
            for column in _of_cell(model, case, level, levels[level]):
                cells.setdefault(column, []).append((row, level))
    for column, several in cells.items():
        yield Place("lottery", number, tuple(several)), (column,)


def _of_cell(model: Model, case: Case, level: int, name: str) -> tuple[str, ...]:
    meaning = case.meanings[level - 1]
    design = _Asked()
    if meaning is not None:
        people = Vocabulary(lexicon(model.standard), "readers", 1, design.column)
        people.probability(meaning, f"{case.name}.{name}")
    return tuple(design.drawn)


def _of_choice(choice: Choice) -> tuple[str, ...]:
    design = _Asked()
    Judged.of(choice, design.column)
    return tuple(design.drawn)


def within(leeway: Leeway, model: Model, variables: frozenset[int]) -> Leeway:
    """The leeway with those of its places only at which one of these variables moves."""
    kept = tuple(place for place in leeway.places if variable_of(model, place) in variables)
    return replace(leeway, places=kept)


def variable_of(model: Model, place: Place) -> int:
    """Number of the variable that moves, or decides, at a place."""
    match place.what:
        case "rule":
            return model.rules[place.number].variable
        case "lottery":
            return model.lotteries[place.number].variable
        case "choice":
            return model.choices[place.number].variable
