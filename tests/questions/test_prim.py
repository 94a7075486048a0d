"""Boxes: as the EMA Workbench finds them, the published case of Bryant and Lempert 2010, and boxes seen by eye."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from estimative.questions.prim import Box, Limit, boxes, chance, simpler

PUBLISHED = Path(__file__).parents[3] / "shared" / "data" / "bryant_lempert_2010.csv"


def made_cases() -> tuple[np.ndarray, np.ndarray]:
    """A thousand cases of five dimensions, spread by multiples of square roots; the last has eight values.

    A box in three of them is of interest, and for every tenth case what is of interest is turned round.
    """
    places = np.arange(1, 1001)[:, None]
    cases = (places * np.sqrt([2.0, 3.0, 5.0, 7.0, 11.0])) % 1.0
    cases[:, 4] = np.floor(cases[:, 4] * 8)
    box = (cases[:, 0] < 0.4) & (cases[:, 1] > 0.3) & (cases[:, 4] >= 2)
    return cases, box ^ ((places[:, 0] * np.sqrt(13.0)) % 1.0 < 0.1)


WORKBENCH = {
    14: (
        (0.7843866171, 0.4817351598, 0.438),
        {0: (0.00035893750, 0.6255044257), 1: (0.1875446013, 0.9996299037), 4: (0.5, 7.0)},
        {0: 4.79366653e-11, 1: 6.67326523e-4, 4: 0.0253101370},
    ),
    26: (
        (0.6840148699, 0.8932038835, 0.206),
        {0: (0.00035893750, 0.4087296526), 1: (0.3132814724, 0.9996299037), 4: (1.5, 7.0)},
        {0: 4.36323180e-49, 1: 2.88214977e-17, 4: 1.16575248e-11},
    ),
    36: (
        (0.4163568773, 0.9411764706, 0.119),
        {
            0: (0.00035893750, 0.2890680742),
            1: (0.3447156902, 0.9292143521),
            2: (0.0514362287, 0.9990937923),
            4: (1.5, 7.0),
        },
        # Of a dimension restricted on both sides the Workbench tests each side by itself.
        {0: 5.67534774e-35, 2: 0.387373874, 4: 6.17524879e-9},
    ),
}
"""What EMA Workbench 2.5.3 (doi:10.1016/j.envsoft.2017.06.054) finds in `made_cases`, by number of box:
``prim.Prim(cases, interest, threshold=0.5, peel_alpha=0.05).find_box()``; its ``peeling_trajectory``,
``box_lims`` and quasi-p-values ``qp``."""


@pytest.mark.parametrize("number", WORKBENCH)
def test_boxes_are_those_of_the_ema_workbench(number: int) -> None:
    cases, interest = made_cases()
    box = boxes(cases, interest, peel=0.05)[number]
    measures, limits, chances = WORKBENCH[number]
    assert (box.coverage, box.density, box.mass) == pytest.approx(measures, rel=1e-9)
    assert {limit.dimension: (limit.low, limit.high) for limit in box.limits} == {
        dimension: pytest.approx(limit, rel=1e-7) for dimension, limit in limits.items()
    }
    by_chance = chance(box, cases, interest)
    assert {n: by_chance[n] for n in chances} == {n: pytest.approx(p, rel=1e-7) for n, p in chances.items()}


def test_peeling_ends_where_the_workbench_ends() -> None:
    """At 37 peels with alpha .05 and 23 with .1: the next would leave fewer cases than a twentieth, or gain nothing."""
    cases, interest = made_cases()
    for peel, peels in ((0.05, 37), (0.1, 23)):
        masses = [box.mass for box in boxes(cases, interest, peel=peel)]
        assert masses.index(min(masses)) == peels


@pytest.mark.skipif(
    not PUBLISHED.exists(), reason="the cases of Bryant and Lempert 2010 are not beside the project"
)
def test_the_published_boxes() -> None:
    """As the EMA Workbench 2.5.3 finds them with alpha .1: box 21 of its tutorial, and the one after it."""
    with PUBLISHED.open(newline="") as file:
        rows = list(csv.DictReader(file))
    names = list(rows[0])[2:11]
    cases = np.array([[float(row[name]) for name in names] for row in rows])
    interest = np.array([row["Greater than 90%"] != "0" for row in rows])
    found = boxes(cases, interest, peel=0.1)
    box = found[21]
    assert (box.coverage, box.density, box.mass) == pytest.approx((0.752809, 0.770115, 0.098639), abs=1e-6)
    limits = {names[limit.dimension]: (limit.low, limit.high) for limit in box.limits}
    assert limits == {
        "Total biomass": pytest.approx((450, 755.8), abs=0.01),
        "Demand elasticity": pytest.approx((-0.422, -0.202), abs=0.001),
        "Biomass backstop price": pytest.approx((150.05, 199.6), abs=0.01),
        "Cellulosic cost": pytest.approx((72.65, 133.7), abs=0.01),
    }
    by_chance = {names[dimension]: p for dimension, p in chance(box, cases, interest).items()}
    assert by_chance["Biomass backstop price"] == pytest.approx(3.515113e-11, rel=1e-5)
    assert by_chance["Cellulosic cost"] == pytest.approx(0.1574133, rel=1e-5)
    assert found[22].coverage == pytest.approx(0.730337, abs=1e-6)


def test_a_box_in_the_middle_of_a_square_is_found() -> None:
    rng = np.random.default_rng(11)
    cases = rng.random((4_000, 5))
    interest = (abs(cases[:, 1] - 0.5) < 0.2) & (cases[:, 3] > 0.6)
    best = max(boxes(cases, interest), key=lambda box: box.balance)
    assert {limit.dimension for limit in best.limits} == {1, 3}
    assert best.coverage > 0.95
    assert best.density > 0.95


def test_on_fresh_cases_a_box_holds_where_there_is_one_and_not_where_labels_are_random() -> None:
    """What is searched for is found denser than it is; how much denser, fresh cases of the same kind say."""
    rng = np.random.default_rng(12)
    cases, fresh = rng.random((2, 2_000, 5))

    def inside(of: np.ndarray) -> np.ndarray:
        return (of[:, 1] < 0.5) & (of[:, 3] > 0.4)

    for rate_in, rate_out in ((0.3, 0.3), (0.9, 0.1)):
        labels = rng.random(2_000) < np.where(inside(cases), rate_in, rate_out)
        again = rng.random(2_000) < np.where(inside(fresh), rate_in, rate_out)
        densest = max(boxes(cases, labels), key=lambda box: box.density)
        held = densest.holds(fresh)
        # Five standard errors: what is left of a twentieth of the cases.
        error = 5 * np.sqrt(0.25 / held.sum())
        found = float(again[held].mean())
        assert densest.density > found, "the search itself makes it denser"
        assert (found - float(labels.mean()) > error) == (rate_in > rate_out)


def test_of_equally_good_peels_the_one_that_leaves_more_dimensions_free_is_taken() -> None:
    """Both dimensions tell the same; once one is restricted, the other is never needed."""
    x = np.arange(200.0)
    cases = np.stack([x, x], axis=1)
    for box in boxes(cases, x >= 150)[1:]:
        assert [limit.dimension for limit in box.limits] == [0]


def test_a_side_that_hardly_matters_is_taken_away() -> None:
    cases, interest = made_cases()
    rich = Box((Limit(0, 0, 0.4), Limit(1, 0.3, 1), Limit(3, 0.01, 1), Limit(4, 2, 7)), 0, 0.9, 0)
    rich = Box(rich.limits, 0, float(interest[rich.holds(cases)].mean()), 0)
    plain = simpler(rich, cases, interest)
    assert [limit.dimension for limit in plain.limits] == [0, 1, 4]
    assert plain.density == float(interest[plain.holds(cases)].mean())
    assert simpler(plain, cases, interest) == plain


def test_a_restriction_that_does_nothing_is_put_down_to_chance() -> None:
    cases = np.array([[x, y] for x in range(10) for y in range(10)], float)
    interest = cases[:, 0] >= 5
    box = Box((Limit(0, 5, 9), Limit(1, 0, 4)), 0.5, 1.0, 0.25)
    by_chance = chance(box, cases, interest)
    assert by_chance[1] == pytest.approx(1.0)
    assert by_chance[0] < 1e-6
