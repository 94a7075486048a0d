"""What if: made so and known to be so against closed forms, and their differences."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from estimative.estimate.queries import Probability, ShareOfTime
from estimative.language.read import parse_givens
from estimative.questions.what_if import Supposition, difference_band, what_if
from support.small import estimate_of, futures_of, query_of

if TYPE_CHECKING:
    from estimative.questions.what_if import WhatIf

COMMON = """\
conditions:
  cause: {starts: 50%}
  sign: {is: cause}
  effect: {becomes: {a: {likelihood: 80%, within: 1 year, when: cause}}}
  wide: {becomes: {b: {likelihood: 20-80%, within: 1 year}}}
"""
"""`sign` only shows the cause; knowing it tells of the effect, making it so changes nothing."""


def suppose(*texts: str, outcome: str = "P(ever effect by 2020)") -> WhatIf:
    query = query_of(outcome)
    assert isinstance(query, Probability | ShareOfTime)
    read = [parse_givens(text) for text in texts]
    suppositions = [Supposition(text, do, given) for text, (given, do, _) in zip(texts, read, strict=True)]
    (found,) = what_if(futures_of(estimate_of(COMMON), readings=32), [query], suppositions)
    return found


def median(found: WhatIf, place: int) -> float:
    band = found.shifts[place].answer.band
    assert band is not None
    return band.median


def test_what_is_known_tells_of_causes_and_what_is_made_so_does_not() -> None:
    """P = .5 x .8 = .4; known: .8; made so: .4 still; the cause itself, made so: .8."""
    found = suppose("ever sign", "do(sign)", "do(cause)")
    assert found.base.band is not None
    assert found.base.band.median == pytest.approx(0.4, abs=0.01)
    assert [median(found, place) for place in range(3)] == pytest.approx([0.8, 0.4, 0.8], abs=0.01)
    known, made, both = (shift.difference for shift in found.shifts)
    assert known is not None
    assert made is not None
    assert both is not None
    assert known.median == pytest.approx(0.4, abs=0.02)
    assert (made.median, made.low, made.high) == (0.0, 0.0, 0.0), "the same dice: not a future differs"
    assert both.median == pytest.approx(0.4, abs=0.02)


def test_shares_of_readings_that_rise_and_fall() -> None:
    found = suppose("do(cause)", "do(not cause)", "do(sign)")
    assert [(shift.rises, shift.falls) for shift in found.shifts] == [(1.0, 0.0), (0.0, 1.0), (0.0, 0.0)]


def test_a_supposition_is_added_to_what_the_outcome_has_already() -> None:
    """Given the cause, and the effect barred by 2020: nothing is left."""
    found = suppose("do(not effect)", "ever wide", outcome="P(ever effect by 2020 | ever cause)")
    assert found.base.band is not None
    assert found.base.band.median == pytest.approx(0.8, abs=0.01)
    assert [median(found, place) for place in range(2)] == pytest.approx([0.0, 0.8], abs=0.02)


def test_a_condition_too_rare_has_no_difference() -> None:
    (shift,) = suppose("effect before cause").shifts
    assert shift.answer.band is None
    assert shift.difference is None


def test_the_share_of_time_may_be_asked_too() -> None:
    found = suppose("do(effect)", outcome="share of time effect")
    assert median(found, 0) == 1.0


def test_a_band_of_differences_tells_its_monte_carlo_error() -> None:
    """A difference of .5 in all of 100 futures: the error is that of a fair coin thrown 100 times."""
    found = difference_band(np.full(8, 0.5), 100)
    assert (found.median, found.low, found.high, found.mean) == (0.5, 0.5, 0.5, 0.5)
    assert found.error == pytest.approx(0.05)
