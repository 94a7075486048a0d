"""What if: made so and known to be so against closed forms, and their differences."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from scipy import stats

from estimative.estimate.queries import Probability, ShareOfTime
from estimative.language.read import parse_givens
from estimative.questions.luck import paired_noise
from estimative.questions.what_if import Supposition, noise, what_if
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


def suppose(
    *texts: str, outcome: str = "P(ever effect by 2020)", readings: int = 32, futures: int = 4_096
) -> WhatIf:
    query = query_of(outcome)
    assert isinstance(query, Probability | ShareOfTime)
    read = [parse_givens(text) for text in texts]
    suppositions = [Supposition(text, do, given) for text, (given, do, _) in zip(texts, read, strict=True)]
    small = futures_of(estimate_of(COMMON), readings=readings, futures=futures)
    (found,) = what_if(small, [query], suppositions)
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


def test_a_difference_of_worlds_is_freed_of_luck() -> None:
    """Without the cause .4 is lost to every reader: the dice alone would make a band of seven points of it."""
    (lost,) = suppose("do(not cause)", readings=256, futures=512).shifts
    assert lost.difference is not None
    assert lost.difference.error == pytest.approx(np.sqrt(0.4 * 0.6 / 512), rel=0.05)
    by_dice = 2 * 1.645 * lost.difference.error
    assert by_dice > 0.06
    assert lost.difference.high - lost.difference.low < by_dice / 2
    assert lost.difference.mean == pytest.approx(-0.4, abs=0.01)


def test_of_a_share_of_time_no_luck_is_known_to_be_taken_out() -> None:
    """The cause is there all the time or never, so a difference has the luck of an event and is told with it."""
    (shift,) = suppose("do(cause)", outcome="share of time cause", readings=256, futures=512).shifts
    assert shift.difference is not None
    assert shift.difference.high - shift.difference.low == pytest.approx(2 * 1.645 * 0.5 / 512**0.5, rel=0.2)


def test_luck_makes_no_share_of_time_rise_or_fall() -> None:
    """What has nothing to do with it tells nothing of it, though by the dice half of the readings have more of it."""
    (shift,) = suppose("ever wide by 2020", outcome="share of time cause", readings=256, futures=1_024).shifts
    assert shift.difference is not None
    assert shift.rises < 0.1
    assert shift.falls < 0.1


def test_a_difference_from_what_is_known_is_freed_of_luck() -> None:
    """All readings agree, so the band has no width; what the dice alone would make of it is five points."""
    found = suppose("ever sign", readings=256, futures=512)
    (known,) = found.shifts
    assert known.difference is not None
    by_dice = np.ptp(np.quantile(known.answer.values - found.base.values, (0.05, 0.95)))
    assert by_dice > 0.05
    assert known.difference.high - known.difference.low < by_dice / 2
    # .5^2 x .8 x .2 / 256 with the cause, of the others none has it; and how many have the cause.
    assert known.difference.error == pytest.approx(np.sqrt(0.25 * 0.16 / 256 + 0.25 * 0.64 / 512), rel=0.1)


def test_nothing_is_left_to_luck_where_what_is_known_was_known_already() -> None:
    """Whoever knows the cause knows its sign."""
    (shift,) = suppose("ever sign", outcome="P(ever effect by 2020 | ever cause)").shifts
    assert shift.difference is not None
    assert (shift.difference.low, shift.difference.high, shift.difference.error) == (0, 0, 0)
    assert (shift.rises, shift.falls) == (0, 0)


@pytest.mark.parametrize(("q", "p", "r"), [(0.5, 0.6, 0.4), (0.1, 0.9, 0.2), (0.8, 0.3, 0.3)])
def test_the_noise_of_a_part_against_the_whole(q: float, p: float, r: float) -> None:
    """The variance of two thousand samples agrees with the formula; that of futures that change one way does not."""
    rng, futures, samples = np.random.default_rng(5), 1_000, 2_000
    inside = rng.binomial(futures, q, samples)
    part, others = rng.binomial(inside, p), rng.binomial(futures - inside, r)
    differences = part / inside - (part + others) / futures
    whole = q * p + (1 - q) * r
    said = noise(np.array([p]), np.array([whole]), np.array([q]), futures)[0]
    one_way = paired_noise(np.array([p - whole]), futures)[0]
    for variance, agrees in ((said, True), (one_way, False)):
        statistic = differences.var(ddof=1) * (samples - 1) / max(variance, 1e-12)
        tail = 2 * min(stats.chi2.cdf(statistic, samples - 1), stats.chi2.sf(statistic, samples - 1))
        assert (tail > 1e-7) == agrees


def test_made_so_and_known_of_the_same_are_compared() -> None:
    """A sign made so leaves .4, known to be so it is .8; of the cause both are .8."""
    sign, cause = suppose("ever sign", "do(sign)", "do(cause)", "ever cause").contrasts
    assert (sign.made.text, sign.known.text) == ("do(sign)", "ever sign")
    assert sign.difference.median == pytest.approx(-0.4, abs=0.01)
    assert (sign.rises, sign.falls, sign.differs) == (0.0, 1.0, True)
    assert (cause.made.text, cause.known.text) == ("do(cause)", "ever cause")
    assert cause.difference.median == pytest.approx(0, abs=0.01)
    assert (cause.rises, cause.falls, cause.differs) == (0.0, 0.0, False)


def test_what_speaks_of_other_things_or_has_no_answer_is_not_compared() -> None:
    assert suppose("do(sign)", "ever cause", "ever sign and ever cause").contrasts == ()
    assert suppose("do(sign)", "ever not sign", "sign at 2020").contrasts == (), (
        "the opposite; at one time only"
    )
    assert suppose("do(sign at 2020)", "sign at 2021", "ever sign by 2020").contrasts == ()
    assert len(suppose("do(sign at 2020)", "sign at 2020-12-31").contrasts) == 1, "the same step"
    assert len(suppose("do(not sign)", "not ever sign", "always not sign").contrasts) == 2, (
        "the same in other words"
    )
    two = "do(wide at 2020), do(not cause at 2020)", "(not cause) at 2020 and wide at 2020"
    (both,) = suppose(*two, "ever wide").contrasts
    assert (both.made.text, both.known.text) == two


def test_shares_of_time_are_compared_too() -> None:
    (contrast,) = suppose("do(sign)", "ever sign", outcome="share of time effect").contrasts
    assert contrast.differs
    assert contrast.difference.median < -0.3
