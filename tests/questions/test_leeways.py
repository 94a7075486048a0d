"""Leeways and swaps: nothing that readings differ on is forgotten, and a swap changes what it should and no more."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from estimative.arguments import shipped
from estimative.language.read import read_estimate
from estimative.model.compile import compile_estimate
from estimative.model.design import Design
from estimative.model.readings import drawn_from, read
from estimative.model.tables import beneath
from estimative.questions.leeways import Place, leeways, variable_of, within
from estimative.questions.swaps import donors, swapped, with_other_dice
from estimative.words.lexicon import lexicon
from estimative.words.vocabulary import Vocabulary

if TYPE_CHECKING:
    from estimative.model.model import Model
    from estimative.model.readings import Readings
    from estimative.model.tables import Tables
    from estimative.words.vocabulary import Lens

COUNT = 16


@pytest.fixture(name="model", scope="module")
def shipped_model() -> Model:
    estimate, _ = read_estimate(shipped()["soviet-dprk-1984"])
    assert estimate is not None
    return compile_estimate(estimate, signals=True)[0]


def all_of(model: Model) -> frozenset[int]:
    return frozenset(range(len(model.variables)))


def arrays(tables: Tables) -> list[np.ndarray]:
    return [
        tables.numbers,
        *(one.thresholds for one in tables.rules),
        *(one.thresholds for one in tables.lotteries),
        *(one.options for one in tables.choices),
    ]


def differing(one: Tables, two: Tables) -> set[int]:
    return {
        number
        for number, (a, b) in enumerate(zip(arrays(one), arrays(two), strict=True))
        if not np.array_equal(a, b)
    }


def test_every_column_of_the_readings_belongs_to_one_leeway(model: Model) -> None:
    readings = read(model, "readers", COUNT, 7)
    columns = [column for leeway in leeways(model, all_of(model)) for column in leeway.columns]
    assert sorted(columns) == sorted(readings.columns)


def read_with(
    model: Model, readings: Readings, lens: Lens, columns: tuple[str, ...], donor: np.ndarray
) -> Tables:
    """Tables of readings drawn from scratch with some columns taken from donors."""
    drawn = {**readings.columns, **{name: readings.columns[name][donor] for name in columns}}
    design = Design(7, readings.design.numbers, drawn)
    people = Vocabulary(lexicon(model.standard), lens, COUNT, design.column)
    return drawn_from(model, design, people).tables


@pytest.mark.parametrize("lens", ["readers", "author"])
def test_a_swap_is_what_reading_anew_with_the_donors_columns_gives(model: Model, lens: Lens) -> None:
    """For every kind of leeway; the twin forgets one place."""
    readings, donor = read(model, lens, COUNT, 7), donors(COUNT, 7)
    every = leeways(model, all_of(model))
    kinds = {leeway.kind: leeway for leeway in every}
    several = [*kinds.values(), next(one for one in every if one.places[0].what == "lottery")]
    assert len(kinds) == 7
    for leeway in several:
        anew = read_with(model, readings, lens, leeway.columns, donor)
        made = swapped(model, readings, donor, leeway)
        assert differing(anew, made) == set(), leeway.name
        assert differing(readings.tables, made), leeway.name
        assert differing(anew, swapped(model, readings, donor, leeway, leeway.places[1:])), "the twin"


def test_a_swap_at_one_place_changes_nothing_elsewhere(model: Model) -> None:
    readings, donor = read(model, "readers", COUNT, 7), donors(COUNT, 7)
    likely = next(one for one in leeways(model, all_of(model)) if one.name == "likely")
    rules = [place for place in likely.places if place.what == "rule"]
    assert len(rules) > 10
    for place in rules[:3]:
        made = swapped(model, readings, donor, likely, [place])
        assert differing(readings.tables, made) == {1 + place.number}


def test_a_leeway_stands_only_where_a_variable_is_concerned(model: Model) -> None:
    every = all_of(model)
    likely = next(one for one in leeways(model, every) if one.name == "likely")
    first = variable_of(model, likely.places[0])
    kept = within(likely, model, frozenset({first})).places
    assert likely.places[0] in kept
    assert {variable_of(model, place) for place in kept} == {first}
    assert within(likely, model, frozenset()).places == ()
    assert {one.name for one in leeways(model, frozenset({first}))} >= {
        "likely",
        "likely-words",
        "possibilities",
    }
    assert leeways(model, frozenset()) == ()


@pytest.mark.parametrize("count", [2, 3, 64, 100])
def test_every_reading_gives_once_and_none_to_itself(count: int) -> None:
    found = donors(count, 1984)
    assert sorted(found) == list(range(count))
    assert not (found == np.arange(count)).any()
    seen, place = 0, 0
    while seen == 0 or place != 0:
        place = int(found[place])
        seen += 1
    assert seen == count, "one circle"


def test_a_donor_tells_nothing_of_who_takes(model: Model) -> None:
    """Over columns, correlations of readings with their donors are as of 256 pairs by chance; twin: the next reading."""
    readings = read(model, "readers", 256, 7)
    columns = np.array(list(readings.columns.values()))
    standard = (columns - columns.mean(axis=1, keepdims=True)) / columns.std(axis=1, keepdims=True)

    def spread(donor: np.ndarray) -> float:
        return float(np.sqrt(((standard * standard[:, donor]).mean(axis=1) ** 2).mean()))

    assert spread(donors(256, 7)) < 1.5 / 16
    assert spread((np.arange(256) + 128) % 256) > 3 / 16


def test_tables_beneath_each_other_are_one_after_the_other(model: Model) -> None:
    tables = read(model, "readers", COUNT, 7).tables
    both = beneath([tables, with_other_dice(tables, COUNT)])
    assert both.numbers.tolist() == list(range(2 * COUNT))
    assert differing(both.block(0, COUNT), tables) == set()
    assert differing(both.block(COUNT, 2 * COUNT), tables) == {0}


def test_a_place_is_told_by_what_it_is(model: Model) -> None:
    assert variable_of(model, Place("rule", 0)) == model.rules[0].variable
    assert variable_of(model, Place("lottery", 0)) == model.lotteries[0].variable
    assert variable_of(model, Place("choice", 0)) == model.choices[0].variable
