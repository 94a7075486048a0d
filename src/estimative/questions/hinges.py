"""Hinges: on which words, rankings and strengths an outcome turns, over all readings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from estimative.model.ancestry import ancestors
from estimative.model.model import Crossing
from estimative.questions.ask import Answer, ask
from estimative.questions.events import concerned
from estimative.questions.variance import variance_shares
from estimative.words.meaning import Meaning, OneOf, Said
from estimative.words.vocabulary import FACTOR, WORD

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from estimative.estimate.queries import Probability, ShareOfTime
    from estimative.model.model import Model
    from estimative.questions.futures import Futures

Source = Literal["word", "reader", "strength", "ranking", "rule", "data"]
"""What a hinge is: a word, how a reader leans on all words, a modifier's strength, a ranking of
interests, what a single rule leaves open (a range, alternatives, a confidence), or a trend's data."""

LEANING = "leaning"
"""How one reader takes all words: high or low."""

SMALL_EFFECT = "size of a small effect"
"""How much less a small effect counts than a large one, alike in all choices of a reading."""

TAIL = 0.2
"""A swing compares the fifth of readings at either end."""


@dataclass(frozen=True)
class Hinge:
    """One source of disagreement between readings.

    Parameters
    ----------
    name
        The word, strength, actor or rule.
    rules
        Numbers of the rules that it stands on and that can have a part in the outcome.
    first, total
        Shares of the outcome's variance over readings: by itself, and together with others.
    low, high
        Mean outcome in the fifth of readings that read it lowest and highest, in [0, 1].
    """

    source: Source
    name: str
    rules: tuple[int, ...]
    first: float
    total: float
    low: float
    high: float


@dataclass(frozen=True)
class Hinges:
    """What one outcome turns on, largest first.

    `spread` is the standard deviation of the outcome over readings, without Monte Carlo error, and
    `unexplained` the share of its variance that no hinge accounts for.
    """

    answer: Answer
    hinges: tuple[Hinge, ...]
    spread: float
    unexplained: float


def hinges(futures: Futures, outcomes: Sequence[Probability | ShareOfTime]) -> tuple[Hinges, ...]:
    """Hinges of each outcome, from the readings that gave its forecast.

    Only what can have a part in an outcome is looked at: a word that stands elsewhere moves it by chance.
    Readings that do not speak on an outcome's condition are left out.
    """
    return tuple(_hinges(futures, answer) for answer in ask(futures, outcomes) if isinstance(answer, Answer))


def _hinges(futures: Futures, answer: Answer) -> Hinges:
    speaks = ~np.isnan(answer.values)
    if answer.band is None:
        return Hinges(answer, (), 0.0, 1.0)
    bears = ancestors(futures.model, concerned(futures.names, answer.query))
    sources = sources_of(futures.model, bears)
    owners = {key: owner(key) for key in futures.readings.columns if not key.endswith(":exactly")}
    columns = {
        key: futures.readings.columns[key][speaks]
        for key, (source, name) in owners.items()
        if (source, name) in sources
    }
    if not columns:
        return Hinges(answer, (), 0.0, 0.0)
    owners = {key: owners[key] for key in columns}
    labels = {key: f"{source} {name}" for key, (source, name) in owners.items()}
    outcome = answer.values[speaks]
    met = answer.met / len(answer.values)
    noise = float((outcome * (1 - outcome)).mean() / max(met, 1.0))
    shares = variance_shares(outcome, columns, labels, noise)
    found = []
    for share in shares.shares:
        keys = [key for key in columns if labels[key] == share.name]
        source, name = owners[keys[0]]
        low, high = swing(outcome, np.array([columns[key] for key in keys]))
        rules = tuple(
            number
            for number in rules_of(futures.model, source, name)
            if futures.model.rules[number].variable in bears
        )
        found.append(Hinge(source, name, rules, share.first, share.total, low, high))
    return Hinges(answer, tuple(found), float(np.sqrt(shares.variance)), shares.unexplained)


def owner(column: str) -> tuple[Source, str]:
    """What a column of the readings' design belongs to.

    >>> owner("word:likely"), owner("arms.rises.flow:range")
    (('word', 'likely'), ('rule', 'arms.rises.flow'))
    """
    head, _, rest = column.partition(":")
    if column.startswith(WORD):
        return "word", rest
    if column.startswith(FACTOR):
        return "reader", LEANING
    if head == "strength":
        return "strength", rest
    if head == "interests":
        return "ranking", rest.partition(":")[0]
    if head == "effects":
        return "ranking", SMALL_EFFECT
    if head == "trend":
        return "data", rest.partition(":")[0]
    return "rule", head


def sources_of(model: Model, bears: frozenset[int]) -> frozenset[tuple[Source, str]]:
    """Sources on which the variables of these numbers stand."""
    found: set[tuple[Source, str]] = set()
    meanings: list[tuple[str, Meaning]] = []
    for rule in model.rules:
        if rule.variable in bears:
            found |= {("strength", modifier.degree) for modifier in rule.modifiers}
            if isinstance(rule.meaning, Crossing):
                found.add(("data", rule.meaning.trend))
            else:
                meanings.append((rule.name, rule.meaning))
    for lottery in model.lotteries:
        if lottery.variable in bears:
            levels = model.variables[lottery.variable].levels[1:]
            meanings += [
                (f"{case.name}.{level}", meaning)
                for case in lottery.cases
                for level, meaning in zip(levels, case.meanings, strict=True)
                if meaning is not None
            ]
    for name, meaning in meanings:
        words = said(meaning)
        found |= {("rule", name), *(("word", word) for word in words)}
        if words:
            found.add(("reader", LEANING))
    for choice in model.choices:
        if choice.variable in bears:
            found |= {("ranking", choice.actor), ("ranking", SMALL_EFFECT)}
    return frozenset(found)


def swing(outcome: NDArray[np.float64], columns: NDArray[np.float64]) -> tuple[float, float]:
    """Mean outcome in the lowest and the highest fifth of readings by the columns of one source.

    Several columns, shape (columns, readings), count in the direction in which each moves the outcome.
    """
    centred = columns - columns.mean(axis=1, keepdims=True)
    slopes = centred @ (outcome - outcome.mean())
    if len(columns) > 1:
        order = np.argsort(slopes @ centred, kind="stable")
    else:
        order = np.argsort(columns[0], kind="stable")
    count = max(1, int(TAIL * len(outcome)))
    return float(outcome[order[:count]].mean()), float(outcome[order[-count:]].mean())


def rules_of(model: Model, source: Source, name: str) -> Iterator[int]:
    """Numbers of the rules on which a hinge stands."""
    for number, rule in enumerate(model.rules):
        match source:
            case "word":
                named = not isinstance(rule.meaning, Crossing) and name in said(rule.meaning)
            case "strength":
                named = any(modifier.degree == name for modifier in rule.modifiers)
            case "rule":
                named = rule.name == name
            case "data":
                named = isinstance(rule.meaning, Crossing) and rule.meaning.trend == name
            case "reader" | "ranking":
                named = False
        if named:
            yield number


def said(meaning: Meaning) -> frozenset[str]:
    """Words in a likelihood."""
    match meaning:
        case Said(word):
            return frozenset({word})
        case OneOf(meanings):
            return frozenset().union(*(said(part) for part in meanings))
        case _:
            return frozenset()
