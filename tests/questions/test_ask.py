"""Queries against closed forms: with fixed numbers every query has one right answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from scipy import stats

from estimative.questions.ask import Answer, ModeAnswer, ask
from estimative.questions.bands import band
from estimative.questions.claims import judge_claims
from estimative.questions.forecast import forecast
from support.small import estimate_of, futures_of, query_of

if TYPE_CHECKING:
    from estimative.questions.futures import Futures

ERROR = 1e-6 / 40
"""The suite's error budget, split over the comparisons of this file (fewer than 40)."""

COIN = """\
conditions:
  heads: {becomes: {toss: {likelihood: 50%, within: 1 year}}}
  late: {becomes: {after: {likelihood: 50%, within: 1 year, when: heads}}}
scales:
  ladder:
    levels: [low, middle, high]
    starts: low
    rises: {up: {likelihood: 50%, within: 1 year}}
"""
"""Over three years `heads` comes with 1/2 a year and stays; `late` with 1/2 a year once it holds."""


@pytest.fixture(scope="module")
def coin() -> Futures:
    return futures_of(estimate_of(COIN), readings=32)


def agrees(answer: object, expected: float) -> bool:
    """Whether the hits of all readings together are what the probability gives, by an exact test."""
    assert isinstance(answer, Answer)
    hits = round(float(np.nansum(answer.values)) * answer.met / len(answer.values))
    return bool(stats.binomtest(hits, answer.met, expected).pvalue > ERROR)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("P(ever heads)", 7 / 8),
        ("P(ever heads by 2020)", 1 / 2),
        ("P(heads at 2021)", 3 / 4),
        ("P(ever heads from 2021 by 2021)", 3 / 4),
        ("P(always heads from 2021)", 3 / 4),
        ("P(always not heads)", 1 / 8),
        ("P(ever late)", 1 / 2),
        ("P(heads before late)", 7 / 8),
        ("P(late before heads)", 0.0),
        ("P(ever heads and ever late)", 1 / 2),
        ("P(ever heads or ever ladder is high)", 1 - 1 / 8 * 1 / 2),
        ("P(at least 2 of (ever heads, ever late, ever ladder >= middle))", 1 / 2 + 3 / 8 * 7 / 8),
        ("P(ladder is high at 2022)", 1 / 2),
    ],
)
def test_events_over_time(coin: Futures, text: str, expected: float) -> None:
    (answer,) = ask(coin, [query_of(text)])
    assert agrees(answer, expected)
    assert expected == 0.0 or not agrees(answer, expected * 0.9), "the twin: a tenth off is seen"


def test_what_is_given_is_not_what_is_made_so(coin: Futures) -> None:
    """`late` given `heads` by 2020 and with it made so then are alike; `heads` given `late` is certain."""
    given, made, certain, barred = ask(
        coin,
        [
            query_of("P(ever late | ever heads by 2020)"),
            query_of("P(ever late | do(heads at 2020))"),
            query_of("P(ever heads by 2021 | ever late)"),
            query_of("P(ever late | do(not heads))"),
        ],
    )
    assert agrees(given, 3 / 4)
    assert agrees(made, 3 / 4)
    assert agrees(certain, 1)
    assert agrees(barred, 0)


def test_nothing_seen_is_a_bound_and_not_impossible(coin: Futures) -> None:
    (answer,) = ask(coin, [query_of("P(late before heads)")])
    assert isinstance(answer, Answer)
    futures = 32 * 4_096
    assert answer.bound == pytest.approx(3 / futures, rel=0.01), "the rule of three"


def test_a_condition_that_hardly_any_future_meets_gets_no_answer() -> None:
    rare = estimate_of("conditions:\n  rare: {becomes: {r: {likelihood: 0.1%, within: 3 years}}}\n")
    (answer,) = ask(futures_of(rare), [query_of("P(ever rare | ever rare by 2020)")])
    assert isinstance(answer, Answer)
    assert answer.band is None
    assert 0 < answer.met < 64 * 100


def test_share_of_time_and_mode(coin: Futures) -> None:
    share, mode = ask(coin, [query_of("share of time heads"), query_of("mode of ladder at 2022")])
    assert isinstance(share, Answer)
    # Holds 1/2, 3/4 and 7/8 of the time at the ends of three years; each term's variance is below 1/4.
    expected = (1 / 2 + 3 / 4 + 7 / 8) / 3
    assert float(share.values.mean()) == pytest.approx(expected, abs=6 * np.sqrt(0.25 / share.met))
    assert isinstance(mode, ModeAnswer)
    # low 1/8, middle 3/8, high 1/2
    assert mode.levels[int(np.argmax(mode.shares))] == "high"
    assert sum(mode.shares) == pytest.approx(1)


def test_what_has_ever_held_may_be_asked_for_a_share_of_time() -> None:
    """Heads come with 1/2 a year and go at once: they have come by the ends of three years 1/2, 3/4, 7/8 of the time."""
    body = "conditions: {heads: {becomes: {r: {likelihood: 50%, within: 1 year}}, ends: {r: {likelihood: 100%, within: 1 year}}}}\n"
    asked = "claims: {c: {test: share of time (ever heads) is likely}}\n"
    futures = futures_of(estimate_of(body + asked))
    (ever,) = ask(futures, [query_of("share of time (ever heads)")])
    assert isinstance(ever, Answer)
    error = np.sqrt(0.25 / ever.met)
    assert float(ever.values.mean()) == pytest.approx((1 / 2 + 3 / 4 + 7 / 8) / 3, abs=6 * error)
    (now,) = ask(futures, [query_of("share of time heads")])
    assert isinstance(now, Answer)
    assert float(now.values.mean()) < 0.5, "the twin"
    (claim,) = judge_claims(futures, futures.estimate.claims)
    assert claim.verdict == "follows"


def test_the_forecast_is_what_the_queries_say(coin: Futures) -> None:
    found = forecast(coin)
    heads = found.course("heads")
    (at_end, ever) = ask(coin, [query_of("P(heads at 2022)"), query_of("P(ever heads)")])
    assert isinstance(at_end, Answer)
    assert isinstance(ever, Answer)
    assert heads.levels[0].at_end == at_end.band
    assert heads.ever == ever.band
    ladder = found.course("ladder")
    assert sum(level.at_end.mean for level in ladder.levels) == pytest.approx(1)
    assert [str(day) for day in found.dates] == ["2019-12-31", "2020-12-31", "2021-12-31", "2022-12-31"]


CLAIMS = """\
conditions:
  a: {becomes: {r: {likelihood: likely, within: 3 years}}}
  b: {becomes: {r: {likelihood: likely, within: 3 years}}}
  c: {becomes: {r: {likelihood: likely, within: 3 years}}}
  d: {becomes: {r: {likelihood: likely, within: 3 years}}}
claims:
  one: {test: P(ever a) is likely}
  all-four: {test: P(ever a and ever b and ever c and ever d) is likely}
  two: {test: P(ever a and ever b) is at least unlikely}
  less: {test: P(ever a and ever b) < P(ever a)}
  small: {test: P(ever a and ever b and ever c and ever d) < 45%}
"""


def test_four_likely_things_are_not_likely_together() -> None:
    """ICD 203: likely is 55-80 %; two of them .3025-.64, four .0915-.4096, below 55 % in every reading."""
    estimate = estimate_of(CLAIMS)
    answers = {answer.claim.name: answer for answer in judge_claims(futures_of(estimate), estimate.claims)}
    assert answers["all-four"].share == 0
    assert answers["all-four"].verdict == "does not follow"
    assert {answers[name].verdict for name in ("two", "less", "small")} == {"follows"}
    (four,) = answers["all-four"].answers
    assert isinstance(four, Answer)
    assert four.values.min() > 0.0915 - 0.03
    assert four.values.max() < 0.4096 + 0.04
    one = answers["one"].share
    assert one is not None
    assert one > 0.9


def test_a_share_of_time_keeps_the_band_that_its_readings_give_it() -> None:
    """On for p / (p + .5) of the time in the long run, with p from .45 to .55: 90 % of readings at .476 to .522.

    Twin: p(1 - p)/M is the error of a probability and would leave nothing of it.
    """
    body = """\
conditions:
  on: {becomes: {a: {likelihood: 45-55%, within: 1 year}}, ends: {b: {likelihood: 50%, within: 1 year}}}
"""
    futures = futures_of(estimate_of(body, years=40), readings=512, futures=512)
    (answer,) = ask(futures, [query_of("share of time on")])
    assert isinstance(answer, Answer)
    assert answer.band is not None
    assert (answer.band.low, answer.band.high) == pytest.approx((0.476, 0.522), abs=0.003)
    assert answer.band.error == pytest.approx(0.0035, rel=0.15), (
        "steps are nearly independent: (.25/40/512)^.5"
    )
    mistaken = band(answer.values, 512)
    assert mistaken.high - mistaken.low < 0.01, "the twin"
