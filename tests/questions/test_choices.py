"""Choices asked of futures: acceptabilities over time, central weights, and what is never chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from scipy import stats

from estimative.engine.exact import run_exact
from estimative.engine.request import Request, World
from estimative.language.read import read_texts
from estimative.model.choices import MARGIN
from estimative.model.compile import compile_estimate
from estimative.model.readings import read
from estimative.places.source import Source
from estimative.questions.choices import choices
from estimative.questions.futures import Futures

if TYPE_CHECKING:
    from estimative.questions.choices import ChoiceAnswer

ERROR = 1e-9

TEXT = """\
estimate: line
title: Line
as-of: 1984-10-01
horizon: 3 years
step: year
standard: ordinary
actors:
  ussr:
    interests: {no-war: keep out of wars, position: stand well, face: nothing touches it}
conditions:
  calm: {starts: 30%}
choices:
  line:
    actor: ussr
    options: [ban, some]
    starts: ban
    reconsidered: {likelihood: 100%, within: 1 year}
    weighs:
      some: [{no-war: "+", position: "--"}, {when: calm, position: "++"}, {when: calm, position: "++"}]
"""


def futures_of(text: str, readings: int = 400, futures: int = 64) -> Futures:
    estimate, found = read_texts([Source("e.yaml", text)])
    assert estimate is not None, found
    model, names = compile_estimate(estimate)
    return Futures(estimate, model, names, read(model, "author", readings, 7), 7, futures)


def answer(text: str, readings: int = 400, futures: int = 64) -> ChoiceAnswer:
    (one,) = choices(futures_of(text, readings, futures)).choices
    return one


def share_is(share: float, readings: int, expected: float) -> bool:
    """Whether a share of readings is what it should be, by an exact binomial test."""
    return float(stats.binomtest(round(share * readings), readings, expected).pvalue) > ERROR


def test_shares_sum_to_one_at_every_date() -> None:
    one = answer(TEXT)
    assert sum(option.acceptability for option in one.options) == pytest.approx(1)
    assert sum(option.taken for option in one.options) == pytest.approx(1)
    assert one.acceptability.shape == one.in_force.shape == (4, 2)
    assert np.allclose(one.acceptability.sum(axis=1), 1)
    assert np.allclose(one.in_force.sum(axis=1), 1)
    assert [day.year for day in one.dates] == [1984, 1985, 1986, 1987]


def test_over_time_readings_and_conditions_are_weighed_together() -> None:
    """Calm from the start in 30 % of futures, and then `some` is best in every reading; else in 2 - 2 log 2."""
    readings, per_reading = 1000, 64
    one = answer(TEXT, readings, per_reading)
    assert one.interests == ("no-war", "position")
    closed = 2 - 2 * np.log(2)
    assert share_is(one.options[1].acceptability, readings, closed)
    mean = 0.3 + 0.7 * one.options[1].acceptability
    error = np.sqrt(0.3 * 0.7 / (readings * per_reading)) * (1 - one.options[1].acceptability)
    for share in one.acceptability[:, 1]:
        assert abs(share - mean) < stats.norm.isf(ERROR / 2) * error
    # The twin: at as-of alone it is another number.
    assert abs(one.options[1].acceptability - mean) > stats.norm.isf(ERROR / 2) * error


def test_what_is_in_force_is_what_was_taken() -> None:
    """Looked at again every year for certain, the option in force is the decision, margin and all."""
    one = answer(TEXT, 1000)
    low = (1 + MARGIN) / 2
    taken = 4 * (1 - low) + 2 * (1 + MARGIN) * np.log(low)  # see tests of the model's choices
    assert share_is(one.options[1].taken, 1000, taken)
    assert not share_is(one.options[1].taken, 1000, 0.3 + 0.7 * taken)  # the twin: what calm would add
    assert one.in_force[0].tolist() == [1, 0]
    mean = 0.3 + 0.7 * one.options[1].taken
    assert one.in_force[1, 1] == pytest.approx(mean, abs=0.01)
    assert one.in_force[3, 1] == pytest.approx(mean, abs=0.01)


def test_the_exact_engine_says_what_can_be_solved_by_hand() -> None:
    """In force a year on: the decision while calm in 30 % of futures, the other decision in the rest."""
    futures = futures_of(TEXT, 200)
    table = futures.readings.tables.choices[0].options
    exact = run_exact(futures.model, futures.readings.tables, Request(levels=True), World())
    plane = exact.offsets[futures.model.variable("line")] + 1
    expected = 0.3 * (table[:, 1, 0] == 1) + 0.7 * (table[:, 0, 0] == 1)
    assert np.asarray(exact.levels)[:, 1, plane] == pytest.approx(expected, abs=2**-31)
    (one,) = choices(futures).choices
    assert one.options[1].taken == (table[:, 0, 0] == 1).mean()


def test_central_weights_have_a_closed_form() -> None:
    """Over w on [1/2, 1] with weight 2 - 1/w the mean of w is (1/2) / (2 - 2 log 2) = .815."""
    one = answer(TEXT, 2000, 64)
    some = one.options[1]
    assert some.central is not None
    # Weights lie in a range of a half, so their standard deviation is at most a quarter.
    assert one.centroid == pytest.approx([0.75, 0.25], abs=stats.norm.isf(ERROR / 2) * 0.25 / np.sqrt(2000))
    bound = stats.norm.isf(ERROR / 2) * 0.25 / np.sqrt(2000 * some.acceptability)
    assert some.central[0] == pytest.approx(0.5 / (2 - 2 * np.log(2)), abs=bound)
    assert some.central[0] != pytest.approx(0.75, abs=bound)  # the twin: the mean of all readings
    assert some.central.sum() == pytest.approx(1)
    assert some.small is not None
    assert some.small > 0.6 > one.small


def test_renaming_and_an_idle_interest_change_no_share() -> None:
    """Another name is another draw of the same share; an idle interest changes nothing at all."""
    one = answer(TEXT, 1000)
    renamed = answer(TEXT.replace("no-war", "peace").replace("ussr", "moscow"), 1000)
    assert share_is(renamed.options[1].acceptability, 1000, 2 - 2 * np.log(2))
    idle = answer(TEXT.replace("face: nothing touches it", "face: x, honour: y"), 1000)
    assert idle.options[1].acceptability == one.options[1].acceptability
    assert (idle.acceptability == one.acceptability).all()


def test_a_choice_that_no_reading_ever_changes_is_told() -> None:
    """Some harm and no good; with the calm's good taken away nothing speaks for it."""
    never = TEXT.replace('{no-war: "+", position: "--"}', '{no-war: "-"}').replace(
        'position: "++"', 'no-war: "-"'
    )
    one = answer(never, 100)
    assert one.never_changes
    assert one.options[1].dominated_by == "ban"
    assert one.options[1].always_dominated
    assert one.options[1].central is None
    assert not answer(TEXT, 100).never_changes


def test_an_option_that_cannot_be_taken_yet_is_said_to_be() -> None:
    one = answer(TEXT + "    available-when: {some: calm}\n", 200)
    assert [option.available for option in one.options] == [True, False]
    assert one.options[1].acceptability == 0
    assert one.acceptability[0, 1] == pytest.approx(0.3, abs=0.02)
