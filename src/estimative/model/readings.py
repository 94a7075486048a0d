"""Readings: every likelihood of a model as a number, one reading a person, ready for an engine."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from estimative.model.choices import decide
from estimative.model.design import Design
from estimative.model.model import Crossing
from estimative.model.tables import SCALE, ChoiceTable, LotteryTable, RuleTable, Tables, thresholds
from estimative.model.trends import hazards
from estimative.words.lexicon import lexicon
from estimative.words.vocabulary import Lens, Vocabulary, normal_score, on_grid, shifted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from estimative.model.model import Case, Degree, Lottery, Model, Rule
    from estimative.words.meaning import Meaning

    Array = NDArray[np.float64]

STRENGTHS: dict[Degree, float] = {"slightly": 1.5, "plainly": 3.0, "greatly": 9.0}
"""Median factor by which a modifier of each degree multiplies the odds: a convention of ours."""

STRENGTH_SPREAD = 0.4
"""Standard deviation of the logarithm of a strength over readings: nine in ten within a factor of 1.93."""


@dataclass(frozen=True)
class Readings:
    """A set of readings of one model.

    Parameters
    ----------
    design
        The numbers of the readings, and the columns of uniform numbers that they were drawn from.
    vocabulary
        What every word means in each reading, and under which lens.
    likelihoods
        Probability that each rule's likelihood is taken to mean, before its modifiers, shape
        (readings, rules); NaN for the crossing of a trend's threshold, which comes from data.
    strengths
        Factor on the odds for each degree of modifier, shape (readings,).
    tables
        What an engine needs.
    before
        The same readings of what was written before some of it was reworded; None if nothing was.
    """

    design: Design
    vocabulary: Vocabulary
    likelihoods: Array
    strengths: Mapping[Degree, Array]
    tables: Tables
    before: Readings | None = field(default=None, compare=False, repr=False)

    @property
    def lens(self) -> Lens:
        """Through whose eyes the words are read."""
        return self.vocabulary.lens

    def first(self, count: int) -> Readings:
        """The first so many of them: what `read` would have given for fewer."""
        few = slice(0, count)
        numbers = self.design.numbers[few]
        design = Design(self.design.seed, numbers, {name: one[few] for name, one in self.columns.items()})
        return Readings(
            design,
            Vocabulary(self.vocabulary.lexicon, self.lens, len(numbers), design.column),
            self.likelihoods[few],
            {degree: one[few] for degree, one in self.strengths.items()},
            self.tables.block(0, count),
            None if self.before is None else self.before.first(count),
        )

    @property
    def as_written(self) -> Readings:
        """The same readings of what was written, whatever has been reworded since."""
        return self if self.before is None else self.before

    @property
    def columns(self) -> Mapping[str, Array]:
        """The uniform numbers behind the readings, by stable name, each of shape (readings,)."""
        return self.design.drawn


def read(model: Model, lens: Lens, count: int, seed: int, first: int = 0) -> Readings:
    """Readings number `first` to ``first + count - 1`` of a model.

    They depend on the seed and on names only: a rule that is added leaves the others as they were, and
    the first half of twice as many readings is the same.
    """
    design = Design(seed, np.arange(first, first + count, dtype=np.int64))
    return drawn_from(model, design, Vocabulary(lexicon(model.standard), lens, count, design.column))


def drawn_from(model: Model, design: Design, vocabulary: Vocabulary) -> Readings:
    """The readings that a design's numbers and a vocabulary make of a model."""
    count = vocabulary.people
    strengths = {degree: strength(degree, design) for degree in STRENGTHS}
    likelihoods = np.empty((count, len(model.rules)))
    for number, rule in enumerate(model.rules):
        likelihoods[:, number] = _likelihood(rule, vocabulary)
    tables = Tables(
        numbers=design.numbers,
        rules=tuple(
            rule_table(model, rule, likelihoods[:, number], strengths, design)
            for number, rule in enumerate(model.rules)
        ),
        lotteries=tuple(lottery_table(model, lottery, vocabulary) for lottery in model.lotteries),
        choices=tuple(ChoiceTable(decide(choice, design.column)) for choice in model.choices),
    )
    return Readings(design, vocabulary, likelihoods, strengths, tables)


def reread(readings: Readings, model: Model, meanings: Mapping[str, Meaning]) -> Readings:
    """The same readings of the model with other words on some of its likelihoods, by full name.

    A likelihood of a lottery is named ``scale.settles.case.level``. Everybody keeps their vocabulary: only
    the tables of these rules and lotteries are made anew.
    """
    likelihoods = readings.likelihoods.copy()
    rules, lotteries = list(readings.tables.rules), list(readings.tables.lotteries)
    for number, rule in enumerate(model.rules):
        if rule.name in meanings:
            said = replace(rule, meaning=meanings[rule.name])
            likelihoods[:, number] = _likelihood(said, readings.vocabulary)
            rules[number] = rule_table(
                model, said, likelihoods[:, number], readings.strengths, readings.design
            )
    for number, lottery in enumerate(model.lotteries):
        cases = tuple(_case(model, lottery, case, meanings) for case in lottery.cases)
        if cases != lottery.cases:
            lotteries[number] = lottery_table(model, replace(lottery, cases=cases), readings.vocabulary)
    tables = replace(readings.tables, rules=tuple(rules), lotteries=tuple(lotteries))
    return replace(readings, likelihoods=likelihoods, tables=tables, before=readings.as_written)


def _case(model: Model, lottery: Lottery, case: Case, said: Mapping[str, Meaning]) -> Case:
    levels = model.variables[lottery.variable].levels[1:]
    meanings = (
        said.get(f"{case.name}.{level}", meaning)
        for level, meaning in zip(levels, case.meanings, strict=True)
    )
    return replace(case, meanings=tuple(meanings))


def strength(degree: Degree, design: Design) -> Array:
    """Factor on the odds of a degree of modifier in each reading: lognormal, the same for all rules."""
    score = normal_score(design.column(f"strength:{degree}"))
    return on_grid(STRENGTHS[degree] * np.exp(STRENGTH_SPREAD * score))


def _likelihood(rule: Rule, vocabulary: Vocabulary) -> Array | float:
    if isinstance(rule.meaning, Crossing):
        return np.nan
    return vocabulary.probability(rule.meaning, rule.name, rule.confidence)


def rule_table(
    model: Model, rule: Rule, likelihood: Array, strengths: Mapping[Degree, Array], design: Design
) -> RuleTable:
    """Thresholds of one rule: its likelihood, moved by each set of modifiers, as a hazard per step."""
    if isinstance(rule.meaning, Crossing):
        return RuleTable(thresholds(hazards(model, rule, design.column))[:, :, None])
    moved = likelihood[:, None]
    if rule.modifiers:
        moved = shifted(moved, shifts(rule, strengths))
    return RuleTable(thresholds(hazard(moved, rule.length))[:, None, :])


def shifts(rule: Rule, strengths: Mapping[Degree, Array]) -> Array:
    """What each set of a rule's modifiers adds to its log-odds, shape (readings, 2**modifiers).

    Bit k of the last index says whether modifier k holds.
    """
    total = np.zeros((len(strengths["plainly"]), 1))
    for modifier in rule.modifiers:
        step = modifier.sign * np.log(strengths[modifier.degree])[:, None]
        total = np.concatenate([total, total + step], axis=1)
    return total


def hazard(probability: Array, length: int) -> Array:
    """Probability to fire in one step, so that in `length` steps it is `probability`: 1 - (1 - p)^(1/length).

    Half in two steps: 1 - 0.5^(1/2).

    >>> hazard(np.array([0.0, 0.5, 1.0]), 2).round(4)
    array([0.    , 0.2929, 1.    ])
    """
    with np.errstate(divide="ignore"):
        return on_grid(-np.expm1(np.log1p(-probability) / length))


def lottery_table(model: Model, lottery: Lottery, vocabulary: Vocabulary) -> LotteryTable:
    """Cumulated thresholds of a lottery's cases."""
    levels = model.variables[lottery.variable].levels[1:]
    upto = np.stack([np.cumsum(shares(case, levels, vocabulary), axis=1) for case in lottery.cases], axis=1)
    found = thresholds(np.minimum(on_grid(upto), 1.0))
    found[:, :, -1] = SCALE
    return LotteryTable(found)


def shares(case: Case, levels: tuple[str, ...], vocabulary: Vocabulary) -> Array:
    """Probability of each level under one case, summing to one in each reading, shape (readings, levels).

    `the rest` takes what the others leave of one, if anything; then each row is divided by its sum. A
    row of zeros leaves its levels alike.
    """
    weights = [
        None if meaning is None else vocabulary.probability(meaning, f"{case.name}.{level}")
        for level, meaning in zip(levels, case.meanings, strict=True)
    ]
    named = [weight for weight in weights if weight is not None]
    rest = np.maximum(1 - sum(named, start=np.zeros(vocabulary.people)), 0)
    table = np.stack([rest if weight is None else weight for weight in weights], axis=1)
    total = table.sum(axis=1, keepdims=True)
    return np.where(total > 0, table, 1.0) / np.where(total > 0, total, len(levels))
