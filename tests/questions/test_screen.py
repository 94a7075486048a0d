"""Screens: as large as can be afforded, and what they foretell of all readings."""

from __future__ import annotations

import numpy as np
import pytest

from estimative.questions import screen as module
from estimative.questions.claims import judge_claims
from estimative.questions.margin import margins
from estimative.questions.ranges import asked
from estimative.questions.screen import first, prospect, screens, telling, weight
from support.small import estimate_of, futures_of

TEXT = """\
actors:
  north: {interests: {regime: stay, unity: unite}}
conditions:
  rare: {becomes: {r: {likelihood: 20%, within: 1 year}}}
  a: {part-of: regime, becomes: {r: {likelihood: likely / unlikely, within: 1 year}}}
  b: {part-of: unity, becomes: {r: {likelihood: likely, within: 1 year, when: rare}}}
  c: {is: a or b}
  sure: {starts: yes}
scales:
  heir: {levels: [open, son, other], starts: open, settles: {levels: {son: likely, other: likely / unlikely}}}
claims:
  word: {test: P(ever a) is likely}
  low: {test: P(ever a) is at most unlikely}
  certain: {test: P(ever sure) > 60%}
  absurd: {test: P(ever not sure) is at least likely}
  bound: {test: 60% < P(ever a)}
  if-so: {test: P(ever a | ever rare by 2020) > 50%}
  compare: {test: P(ever a) < P(ever b)}
  likeliest: {test: mode of heir at 2020 is son or other}
  son: {test: mode of heir at 2020 is son}
  first: {test: "unity matters most of (regime, unity) to P(ever c) by potential"}
  little: {test: "b does not matter to P(ever c) by potential"}
"""


def test_margins_are_above_zero_exactly_where_a_claim_holds() -> None:
    """For claims of every kind; otherwise a screen would look for the wrong thing."""
    estimate = estimate_of(TEXT)
    futures = futures_of(estimate, readings=128, futures=1024)
    kinds = 0
    for answer in judge_claims(futures, estimate.claims):
        found = margins(futures.readings, answer)
        tells = ~np.isnan(answer.holds)
        assert np.array_equal(np.isnan(found), ~tells), answer.claim.name
        assert np.array_equal(found[tells] >= 0, answer.holds[tells] == 1), answer.claim.name
        kinds += 0 < (answer.share or 0) < 1
        if answer.claim.test is not None and asked(answer.claim.test) is not None:
            assert np.abs(found[tells]).max() < 14
    assert kinds >= 5, "most of them hold in some readings and not in others"


def test_screens_grow_until_all_can_be_afforded(monkeypatch: pytest.MonkeyPatch) -> None:
    futures = futures_of(estimate_of(TEXT), readings=256, futures=1024)
    one = weight(futures)
    for affordable, expected in (
        (1, [(16, 128), (16, 128), (256, 1024)]),
        (64 * 128, [(64, 128), (256, 256), (256, 1024)]),
        (256 * 128, [(256, 128), (256, 1024)]),
        (256 * 1024, [(256, 1024)]),
    ):
        monkeypatch.setattr(module, "WORK", affordable * one)
        sizes = [(one_.readings.tables.readings, one_.futures) for one_ in screens(futures)]
        assert sizes == expected
    assert screens(futures)[-1] is futures
    small = first(futures, 16, 128)
    assert np.array_equal(small.readings.likelihoods, futures.readings.likelihoods[:16])


def test_a_condition_that_is_rare_needs_more_futures() -> None:
    """About 20 % of futures have it: with 1.25 x 100 / 20 % most readings can tell."""
    estimate = estimate_of(TEXT)
    answers = {a.claim.name: a for a in judge_claims(futures_of(estimate, futures=8192), estimate.claims)}
    assert telling(answers["word"]) == 128
    assert 576 <= telling(answers["if-so"]) <= 768
    few = {
        a.claim.name: a
        for a in judge_claims(futures_of(estimate, futures=telling(answers["if-so"])), estimate.claims)
    }
    assert few["if-so"].share is not None


def test_a_prospect_sees_what_moves_all_alike_and_what_moves_only_some() -> None:
    margins_ = np.tile([-0.4, 0.4, -0.8, 0.8], 25)
    alike = prospect(0.5, margins_, margins_[:16], margins_[:16] + 0.5)
    assert alike.likely == 0.75
    assert alike.shift == pytest.approx(0.5)
    assert alike.low <= 0.75 <= alike.high
    # Half of the readings took the other wording: only they move, and far enough.
    some = np.where(np.arange(16) % 4 == 2, 2.0, 0.0)
    apart = prospect(0.5, margins_, margins_[:16], margins_[:16] + some)
    assert apart.low <= 0.75 <= apart.high
    nothing = prospect(0.5, margins_, margins_[:16], margins_[:16])
    assert (nothing.low, nothing.likely, nothing.high) == (0.5, 0.5, 0.5)


def test_a_prospect_of_readings_that_cannot_tell_promises_nothing() -> None:
    known = np.array([0.1, -0.1, 0.3, np.nan])
    blind = np.full(4, np.nan)
    assert prospect(0.5, known, blind, known) == prospect(0.5, known, known, blind)
    assert prospect(0.5, known, blind, blind).high == 0.5


def test_prospects_hold_the_share_that_all_readings_have() -> None:
    """Of 40 random shifts seen on 32 of 1,024 readings at most one in ten is missed; twin: the opposite shift."""
    rng = np.random.default_rng(5)
    inside = opposite = 0
    for _ in range(40):
        base = rng.normal(rng.uniform(-1, 1), 0.7, 1024)
        by = rng.normal(rng.uniform(-1, 1), 0.3, 1024)
        true = float((base + by >= 0).mean())
        share = float((base >= 0).mean())
        found = prospect(share, base, base[:32], base[:32] + by[:32])
        inside += found.low <= true <= found.high
        wrong = prospect(share, base, base[:32], base[:32] - by[:32])
        opposite += wrong.low <= true <= wrong.high
    assert inside >= 36
    assert opposite < 30
