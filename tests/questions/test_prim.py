"""Boxes: the published case of Bryant and Lempert 2010, and boxes that can be seen by eye."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from estimative.questions.prim import Box, Limit, boxes, chance

PUBLISHED = Path(__file__).parents[3] / "shared" / "data" / "bryant_lempert_2010.csv"


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
    best = max(boxes(cases, interest), key=lambda box: box.coverage * box.density)
    assert {limit.dimension for limit in best.limits} == {1, 3}
    assert best.coverage > 0.95
    assert best.density > 0.95


def test_labels_at_random_make_no_box_that_holds_on_fresh_cases() -> None:
    """The twin: what a search finds where there is nothing to find falls back to the base rate."""
    rng = np.random.default_rng(12)
    cases, interest = rng.random((2_000, 5)), rng.random(2_000) < 0.3
    densest = max(boxes(cases, interest), key=lambda box: box.density)
    assert 0.3 < densest.density < 0.4
    fresh = rng.random((20_000, 5))
    inside = densest.holds(fresh)
    # Fresh labels: 30 % of about a thousand cases, five standard errors.
    assert abs(float((rng.random(20_000) < 0.3)[inside].mean()) - 0.3) < 5 * np.sqrt(0.21 / inside.sum())


def test_a_restriction_that_does_nothing_is_put_down_to_chance() -> None:
    cases = np.array([[x, y] for x in range(10) for y in range(10)], float)
    interest = cases[:, 0] >= 5
    box = Box((Limit(0, 5, 9), Limit(1, 0, 4)), 0.5, 1.0, 0.25)
    by_chance = chance(box, cases, interest)
    assert by_chance[1] == pytest.approx(1.0)
    assert by_chance[0] < 1e-6
