"""On what claims turn: a planted cause is named, chance is not, and what depends on nothing is left out."""

from __future__ import annotations

import numpy as np
import pytest

from estimative import pipeline
from estimative.audit.turns import basis, explained, turns
from support.small import estimate_of, futures_of

TEXT = """\
actors:
  north: {interests: {regime: stay in power, unity: unite the country}}
conditions:
  a: {becomes: {r: likely}}
  b: {becomes: {r: unlikely}}
  c: {becomes: {r: 20-80%}}
  d: {becomes: {r: 20-80%}}
  even: {becomes: {r: 50%}}
claims:
  on-a-word: {test: P(ever a) > 75%}
  on-a-range: {test: P(ever c) > 50%}
  between: {test: P(ever d) is roughly even chance}
  on-luck: {test: P(ever even) > 50%}
  on-nothing: {test: P(ever a) > 5%}
"""


def test_a_claim_turns_on_what_its_probability_was_drawn_from() -> None:
    futures = futures_of(estimate_of(TEXT), "author", readings=64, futures=4096)
    found = turns(futures, pipeline.claims(futures))
    assert {name: (turn.leeway.kind, turn.leeway.name) for name, turn in found.items()} == {
        "on-a-word": ("word", "likely"),
        "on-a-range": ("likelihood", "c.becomes.r"),
        # Holds in the middle of the range, and fails at both its ends.
        "between": ("likelihood", "d.becomes.r"),
    }
    assert all(0.2 < turn.share <= 1 for turn in found.values())
    assert found["on-a-range"].share > 0.9, "nothing else has a part in it"


@pytest.mark.parametrize("readings", [6, 10])
def test_few_readings_for_their_columns_say_nothing(readings: int) -> None:
    """Ten ranks would be fitted well by what they hang on, but by nearly anything else too."""
    futures = futures_of(estimate_of(TEXT), "author", readings=readings, futures=4096)
    assert turns(futures, pipeline.claims(futures)) == {}


def test_the_best_of_many_is_seldom_named_by_luck() -> None:
    """Of twenty claims that turn on dice, one or none: tests of each leeway by itself would name five."""
    text = "conditions:\n  even: {becomes: {r: 50%}}\n"
    text += "".join(f"  x{k}: {{becomes: {{r: 20-80%}}}}\n" for k in range(16))
    text += "claims:\n  on-luck: {test: P(ever even) > 50%}\n"
    estimate = estimate_of(text)
    named = 0
    for seed in range(20):
        futures = futures_of(estimate, "author", readings=16, futures=128, seed=seed)
        named += len(turns(futures, pipeline.claims(futures)))
    assert named <= 2


@pytest.mark.parametrize("columns", [1, 5])
def test_chance_is_as_probable_as_it_says(columns: int) -> None:
    """Of 400 fits to nothing, as many are below .05 as a binomial count may be (1 in 10 million beyond)."""
    rng = np.random.default_rng(1984)
    found = [explained(rng.random(48), basis(rng.standard_normal((columns, 48)))) for _ in range(400)]
    low = sum(chance < 0.05 for _, chance in found)
    assert 3 <= low <= 48
    assert abs(np.mean([share for share, _ in found])) < 0.02, "no share by luck alone, on average"


def test_a_fit_finds_what_was_planted() -> None:
    """Half of the variance of a sum is that of two of its four parts: found to two standard errors of luck."""
    rng = np.random.default_rng(7)
    columns = rng.standard_normal((4, 2000))
    share, chance = explained(
        columns[0] + columns[1] + np.sqrt(2) * rng.standard_normal(2000), basis(columns)
    )
    assert abs(share - 0.5) < 0.05
    assert chance < 1e-9
    assert abs(explained(columns[0], basis(columns[1:]))[0]) < 0.02, "the twin: without what was planted"
