"""Exact bounds against closed forms, and against a grid where nothing is proved."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from estimative.questions.ask import Answer, ask
from estimative.questions.bounds import Bounds, NotBounded, bounds
from estimative.questions.claim_bounds import bound_claims
from estimative.questions.claims import judge_claims
from support.small import estimate_of, futures_of, query_of

if TYPE_CHECKING:
    from estimative.questions.futures import Futures

EXACT = 1e-8
"""Likelihoods are whole parts of 2**32."""

FOUR = """\
conditions:
  funds: {becomes: {r: likely}}
  site: {becomes: {r: likely}}
  permit: {becomes: {r: likely}}
  staff: {becomes: {r: likely}}
  plant: {is: funds and site and permit and staff}
  loss: {becomes: {r: unlikely}, ends: {s: {likelihood: likely, within: 2 years}}}
  drawn: {becomes: {r: 20-40%}}
  open: {becomes: {r: unknown}}
  sure-not: {becomes: {r: 0%}}
  wavering: {becomes: {r: likely / 10%}}
  helped: {becomes: {r: {likelihood: likely, heightened-by: funds}}}
claims:
  together: {test: P(ever plant) is likely}
  together-or-more: {test: P(ever plant) is at least likely}
  modest: {test: P(ever plant) < 50%}
  two: {test: P(ever funds and ever site) is at most likely}
  less: {test: P(ever plant) < P(ever drawn)}
  smaller: {test: P(ever drawn) < P(ever funds)}
  apart: {test: mode of tone at 2022 is low}
scales:
  tone: {levels: [low, high], starts: low, rises: {up: unlikely}}
"""


@pytest.fixture(scope="module")
def four() -> Futures:
    return futures_of(estimate_of(FOUR), readings=256, futures=512)


@pytest.mark.parametrize(
    ("query", "low", "high", "proved"),
    [
        ("P(ever funds)", 0.55, 0.8, True),
        ("P(ever funds and ever site)", 0.3025, 0.64, True),
        ("P(ever plant)", 0.09150625, 0.4096, True),
        ("P(ever drawn)", 0.2, 0.4, True),
        ("P(ever open)", 0.0, 1.0, True),
        ("P(not ever funds)", 0.2, 0.45, True),
        ("P(ever wavering)", 0.1, 0.8, False),
        # One word has one meaning: p (1 - p) for p from .55 to .8.
        ("P(ever funds and not ever site)", 0.16, 0.2475, False),
        ("P(ever funds | ever site)", 0.55, 0.8, False),
        ("P(ever plant | do(funds), do(site))", 0.3025, 0.64, True),
        ("P(ever tone is high)", 0.2, 0.45, True),
    ],
)
def test_bounds_are_the_closed_form(four: Futures, query: str, low: float, high: float, proved: bool) -> None:
    found = bounds(four, query_of(query))
    assert isinstance(found, Bounds)
    assert found.proved is proved
    assert found.low == pytest.approx(low, abs=EXACT)
    assert found.high == pytest.approx(high, abs=EXACT)


def test_no_reading_of_any_lens_lies_outside(four: Futures) -> None:
    for lens in ("author", "readers"):
        futures = futures_of(four.estimate, lens, readings=256, futures=4096)
        for text in ("P(ever plant)", "P(ever loss)", "P(loss at 2022)", "share of time plant"):
            query = query_of(text)
            found, (answer,) = bounds(futures, query), ask(futures, [query])
            assert isinstance(found, Bounds)
            assert isinstance(answer, Answer)
            error = 6 * np.sqrt(0.25 / 4096)
            assert found.low - error <= answer.values.min()
            assert answer.values.max() <= found.high + error


def test_a_search_finds_what_a_grid_finds(four: Futures) -> None:
    """On with h, off again with e: not monotone by the signs, so it is searched."""
    found = bounds(four, query_of("P(loss at 2022)"))
    assert isinstance(found, Bounds)
    assert not found.proved
    values = []
    for become in np.linspace(0.2, 0.45, 26):
        for end in np.linspace(0.55, 0.8, 26):
            h, e = 1 - (1 - become) ** (1 / 3), 1 - (1 - end) ** (1 / 2)
            on = 0.0
            for _ in range(3):
                on = on * (1 - e) + (1 - on) * h
            values.append(on)
    assert found.low == pytest.approx(min(values), abs=1e-6)
    assert found.high == pytest.approx(max(values), abs=1e-6)


def test_one_word_in_two_opposite_parts(four: Futures) -> None:
    """In each year the first of two like things comes alone with h (1 - h)."""
    found = bounds(four, query_of("P(funds before site)"))
    assert isinstance(found, Bounds)
    h = 1 - (1 - np.linspace(0.55, 0.8, 2001)) ** (1 / 3)
    values = np.sum([h * (1 - h) * (1 - h) ** (2 * year) for year in range(3)], axis=0)
    assert found.low == pytest.approx(values.min(), abs=1e-6)
    assert found.high == pytest.approx(values.max(), abs=1e-6)


def test_what_has_no_end_is_said_to_be_cut(four: Futures) -> None:
    helped, plain = bounds(four, query_of("P(ever helped)")), bounds(four, query_of("P(ever funds)"))
    assert isinstance(helped, Bounds)
    assert isinstance(plain, Bounds)
    assert helped.tails
    assert helped.proved
    assert not plain.tails
    assert helped.low < 0.6
    assert helped.high > 0.8


def test_what_is_too_large_is_refused_plainly(four: Futures) -> None:
    assert isinstance(bounds(four, query_of("mode of tone at 2022")), NotBounded)
    never = bounds(four, query_of("P(ever funds | ever sure-not)"))
    assert isinstance(never, NotBounded)
    assert "cannot come about" in never.reason
    many = "conditions:\n" + "".join(f"  x{k}: {{becomes: {{r: likely}}}}\n" for k in range(12))
    many += f"  all: {{is: {' and '.join(f'x{k}' for k in range(12))}}}\n"
    refused = bounds(futures_of(estimate_of(many), readings=2, futures=64), query_of("P(ever all)"))
    assert isinstance(refused, NotBounded)
    assert "13 things" in refused.reason


def test_claims_hold_in_every_reading_or_in_none(four: Futures) -> None:
    found = {name: (one.holds, one.proved) for name, one in bound_claims(four, four.estimate.claims).items()}
    assert found == {
        "together": ("in no reading", True),
        "together-or-more": ("in no reading", True),
        "modest": ("in every reading", True),
        "two": ("in every reading", True),
        "less": ("in some readings", True),
        "smaller": ("in every reading", True),
    }


def test_readings_that_were_drawn_agree(four: Futures) -> None:
    limits = bound_claims(four, four.estimate.claims)
    for answer in judge_claims(four, four.estimate.claims):
        if answer.claim.name in limits and limits[answer.claim.name].holds == "in no reading":
            assert answer.share == 0
        if answer.claim.name == "modest":
            assert answer.share == 1
