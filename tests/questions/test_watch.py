"""What signs tell: published values of the information of a question, and closed forms."""

from __future__ import annotations

import numpy as np
import pytest

from estimative.questions.watch import information, median_step, mutual


@pytest.mark.parametrize(
    ("prior", "given", "chance", "expected"), [(0.1, 0.02, 0.01, 2.2420e-4), (0.3, 0.2, 0.5, 0.0104914)]
)
def test_the_information_of_a_question(prior: float, given: float, chance: float, expected: float) -> None:
    """U, U|c, c as published, base-10 logarithms; U given not-c follows from them."""
    otherwise = (prior - chance * given) / (1 - chance)
    found = information(prior, [given, otherwise], [chance, 1 - chance])
    assert found == pytest.approx(expected, rel=1e-4)
    # The same from the other side: how the answer depends on the outcome.
    seen, alarm = chance * given / prior, chance * (1 - given) / (1 - prior)
    assert float(mutual(np.array(prior), np.array(seen), np.array(alarm))) == pytest.approx(found)


def test_a_sign_that_is_always_right_tells_all_there_is_to_know() -> None:
    everything = -(0.25 * np.log10(0.25) + 0.75 * np.log10(0.75))
    assert float(mutual(np.array(0.25), np.array(1.0), np.array(0.0))) == pytest.approx(everything)
    assert information(0.25, [1, 0], [0.25, 0.75]) == pytest.approx(everything)


def test_a_sign_that_is_as_likely_either_way_tells_nothing() -> None:
    assert float(mutual(np.array(0.25), np.array(0.6), np.array(0.6))) == pytest.approx(0)


def test_the_median_step_is_of_those_that_have_one() -> None:
    assert median_step(np.array([0, 1.0, 1.0, 1.0, 100.0])) == 2
    assert np.isnan(median_step(np.array([0, 0, 5.0])))
