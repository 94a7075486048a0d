"""Swaps: the same readings, but with one leeway taken as another reading takes it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from estimative.model.choices import decide
from estimative.model.mixing import GOLDEN, mix64
from estimative.model.model import Crossing
from estimative.model.readings import STRENGTHS, lottery_table, rule_table, strength
from estimative.model.tables import ChoiceTable, Tables

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from estimative.model.model import Model
    from estimative.model.readings import Readings
    from estimative.questions.leeways import Leeway, Place


def donors(count: int, seed: int) -> NDArray[np.int64]:
    """From which reading each takes what is swapped: every reading gives once, and none to itself.

    Readings stand in one circle, in an order that the seed decides; each takes from the next. Neighbours
    in a design of readings are not alike by chance, so places next to each other would not do.

    >>> found = donors(8, 1984)
    >>> sorted(found.tolist()), bool((found == np.arange(8)).any())
    ([0, 1, 2, 3, 4, 5, 6, 7], False)
    """
    with np.errstate(over="ignore"):
        keys = mix64(np.uint64(seed) + GOLDEN * (np.arange(count, dtype=np.uint64) + np.uint64(1)))
    circle = np.argsort(keys, kind="stable")
    found = np.empty(count, np.int64)
    found[circle] = np.roll(circle, -1)
    return found


def swapped(
    model: Model,
    readings: Readings,
    donor: NDArray[np.int64],
    leeway: Leeway,
    places: Sequence[Place] | None = None,
) -> Tables:
    """Tables of the readings in which the leeway is taken as the donors take it, everywhere or at some places only.

    All else stays as it is: only the tables of the places where the leeway stands are made anew.
    """
    design = replace(
        readings.design,
        drawn={**readings.columns, **{name: readings.columns[name][donor] for name in leeway.columns}},
    )
    people = replace(readings.vocabulary, column=design.column, _known={})
    strengths = {degree: strength(degree, design) for degree in STRENGTHS}
    rules, lotteries, choices = (
        list(readings.tables.rules),
        list(readings.tables.lotteries),
        list(readings.tables.choices),
    )
    for place in leeway.places if places is None else places:
        match place.what:
            case "rule":
                rule = model.rules[place.number]
                likelihood = (
                    readings.likelihoods[:, place.number]
                    if isinstance(rule.meaning, Crossing)
                    else people.probability(rule.meaning, rule.name, rule.confidence)
                )
                rules[place.number] = rule_table(model, rule, likelihood, strengths, design)
            case "lottery":
                lotteries[place.number] = lottery_table(model, model.lotteries[place.number], people)
            case "choice":
                choices[place.number] = ChoiceTable(decide(model.choices[place.number], design.column))
    return replace(readings.tables, rules=tuple(rules), lotteries=tuple(lotteries), choices=tuple(choices))


def with_other_dice(tables: Tables, shift: int) -> Tables:
    """The same readings with the dice of readings whose numbers are so much higher."""
    return replace(tables, numbers=tables.numbers + shift)
