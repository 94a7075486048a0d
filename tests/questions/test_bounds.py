"""Exact bounds against closed forms, and against a grid where nothing is proved."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import numpy as np
import pytest

from estimative.estimate.queries import Probability
from estimative.model.part import part
from estimative.questions.ask import Answer, ask
from estimative.questions.bounds import Bounds, NotBounded, bounds
from estimative.questions.box import Box
from estimative.questions.claim_bounds import ClaimBounds, bound_claims
from estimative.questions.claims import judge_claims
from estimative.questions.events import concerned
from support.small import estimate_of, futures_of, query_of

if TYPE_CHECKING:
    from estimative.questions.futures import Futures
    from estimative.words.vocabulary import Lens

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
  once: {becomes: {r: {likelihood: 20%, between: [2020, 2020]}}, ends: {s: {likelihood: 100%, between: [2021, 2021]}}}
  wavering: {becomes: {r: likely / 10%}}
  helped: {becomes: {r: {likelihood: likely, heightened-by: funds}}}
  nudged: {becomes: {r: {likelihood: 20-40%, heightened-by: slightly drawn}}}
claims:
  together: {test: P(ever plant) is likely}
  together-or-more: {test: P(ever plant) is at least likely}
  modest: {test: P(ever plant) < 50%}
  two: {test: P(ever funds and ever site) is at most likely}
  less: {test: P(ever plant) < P(ever drawn)}
  smaller: {test: P(ever drawn) < P(ever funds)}
  once: {test: share of time (ever once) is unlikely}
  apart: {test: mode of tone at 2022 is low}
scales:
  tone: {levels: [low, high], starts: low, rises: {up: unlikely}}
  leap: {levels: [low, middle, high], starts: low, rises: {up: 20-40%, far: {likelihood: unlikely, to: high}}}
  vote: {levels: [open, north, south], starts: open, settles: {levels: {north: likely / 10%, south: the rest}}}
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
        ("P(vote is north at 2021)", 0.1, 0.8, False),
        # One word has one meaning: p (1 - p) for p from .55 to .8.
        ("P(ever funds and not ever site)", 0.16, 0.2475, False),
        ("P(ever funds | ever site)", 0.55, 0.8, False),
        ("P(ever plant | do(funds), do(site))", 0.3025, 0.64, True),
        ("P(ever tone is high)", 0.2, 0.45, True),
        ("share of time (ever once)", 0.2, 0.2, False),
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


@pytest.mark.parametrize(
    ("query", "proved"), [("P(ever nudged)", False), ("P(ever leap is high)", True), ("P(ever helped)", True)]
)
def test_no_point_of_a_grid_lies_outside(four: Futures, query: str, proved: bool) -> None:
    """What heightens slightly lowers for some readers: then the corners by sign are not the ends."""
    asked = query_of(query)
    assert isinstance(asked, Probability)
    model, names = part(four.model, four.names, concerned(four.names, asked))
    box = Box(model, names, "author", asked)
    grid = np.array(list(product(np.linspace(0, 1, 5), repeat=len(box.places))))
    values = box.values(grid)
    found = bounds(four, asked)
    assert isinstance(found, Bounds)
    assert found.proved is proved
    assert found.low == pytest.approx(values.min(), abs=EXACT)
    assert found.high == pytest.approx(values.max(), abs=EXACT)


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
    known = bound_claims(four, judge_claims(four, four.estimate.claims))
    found = {name: (one.holds, one.proved) for name, one in known.items() if isinstance(one, ClaimBounds)}
    assert found == {
        "together": ("in no reading", True),
        "together-or-more": ("in no reading", True),
        "modest": ("in every reading", True),
        "two": ("in every reading", True),
        "less": ("in some readings", True),
        "smaller": ("in every reading", True),
        "once": ("in every reading", False),
    }


STRICT = """\
conditions:
  a: {becomes: {r: {likelihood: likely, within: 3 years}}}
  b: {becomes: {r: {likelihood: likely, within: 3 years, when: a}}}
  c: {becomes: {r: {likelihood: likely, within: 3 years}}}
  big: {becomes: {r: {likelihood: likely, heightened-by: c}}}
  never: {becomes: {r: {likelihood: likely, when: a and not a}}}
claims:
  over-the-least: {test: P(ever a) > 55%}
  from-the-least: {test: P(ever a) >= 55%}
  under-the-most: {test: P(ever a) < 80%}
  up-to-the-most: {test: P(ever a) <= 80%}
  over-the-most: {test: P(ever a) > 80%}
  under-the-least: {test: 55% > P(ever a)}
  from-under-the-least: {test: 55% <= P(ever a)}
  part: {test: P(ever b) < P(ever a)}
  part-or-same: {test: P(ever b) <= P(ever a)}
  whole: {test: P(ever b) > P(ever a)}
  alike: {test: P(ever a) >= P(ever a | do(not b))}
  unlike: {test: P(ever a) > P(ever a | do(not b))}
  nothing: {test: P(ever never) <= P(ever big)}
"""


def test_a_strict_sign_is_not_met_by_what_only_reaches_it() -> None:
    """`likely` is 55 to 80 %, ends included."""
    futures = futures_of(estimate_of(STRICT), readings=64, futures=512)
    known = bound_claims(futures, judge_claims(futures, futures.estimate.claims))
    found = {name: (one.holds, one.because) for name, one in known.items() if isinstance(one, ClaimBounds)}
    assert found == {
        "over-the-least": ("in some readings", "bounds"),
        "from-the-least": ("in every reading", "bounds"),
        "under-the-most": ("in some readings", "bounds"),
        "up-to-the-most": ("in every reading", "bounds"),
        "over-the-most": ("in no reading", "bounds"),
        # Likelihoods are rounded down, so the least reading of all may be a hair below.
        "under-the-least": ("in some readings", "bounds"),
        "from-under-the-least": ("in every reading", "bounds"),
        "part": ("in every reading", "bounds"),
        "part-or-same": ("in every reading", "bounds"),
        "whole": ("in no reading", "bounds"),
        "alike": ("in every reading", "same"),
        "unlike": ("in no reading", "same"),
        "nothing": ("in every reading", "bounds"),
    }


ORDINARY = """\
conditions:
  hardly: {becomes: {r: 0-1%}}
  surely: {becomes: {r: 99-100%}}
  middle: {becomes: {r: 30-60%}}
claims:
  hardly-likely: {test: P(ever hardly) is likely}
  hardly-at-most: {test: P(ever hardly) is at most unlikely}
  surely-at-least: {test: P(ever surely) is at least likely}
  middle-even: {test: P(ever middle) is about even}
"""


@pytest.mark.parametrize("lens", ["author", "readers"])
def test_a_ladder_of_ones_own_has_limits_too(lens: Lens) -> None:
    estimate = estimate_of(ORDINARY, standard="ordinary")
    futures = futures_of(estimate, lens, readings=64, futures=512)
    known = bound_claims(futures, judge_claims(futures, futures.estimate.claims))
    found = {name: one.holds for name, one in known.items() if isinstance(one, ClaimBounds) and one.proved}
    assert found == {
        "hardly-likely": "in no reading",
        "hardly-at-most": "in every reading",
        "surely-at-least": "in every reading",
        "middle-even": "in some readings",
    }


def test_what_is_held_needs_no_reasons_and_what_stays_no_watching() -> None:
    many = "conditions:\n" + "".join(f"  x{k}: {{becomes: {{r: likely}}}}\n" for k in range(12))
    many += "".join(f"  y{k}: {{starts: yes}}\n" for k in range(12))
    many += f"  all: {{is: {' and '.join(f'x{k}' for k in range(12))}}}\n"
    many += f"  calm: {{is: {' and '.join(f'y{k}' for k in range(12))}}}\n"
    many += "  war: {becomes: {r: {likelihood: likely, when: all and calm}}}\n"
    futures = futures_of(estimate_of(many), readings=2, futures=64)
    assert isinstance(bounds(futures, query_of("P(ever war)")), NotBounded)
    found = bounds(futures, query_of("P(ever war | do(all))"))
    assert isinstance(found, Bounds)
    assert found.low == pytest.approx(0.55, abs=EXACT)
    assert found.high == pytest.approx(0.8, abs=EXACT)
    never = bounds(futures, query_of("P(ever war | do(not x3))"))
    assert isinstance(never, Bounds)
    assert (never.low, never.high, never.proved) == (0.0, 0.0, True)


def test_readings_that_were_drawn_agree(four: Futures) -> None:
    answers = judge_claims(four, four.estimate.claims)
    limits = bound_claims(four, answers)
    for answer in answers:
        known = limits[answer.claim.name]
        if isinstance(known, ClaimBounds) and known.holds == "in no reading":
            assert answer.share == 0
        if answer.claim.name == "modest":
            assert answer.share == 1
