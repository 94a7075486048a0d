"""Hinges: shares of variance with a closed form, what may bear, and words that flip a claim."""

from __future__ import annotations

import pytest

from estimative.estimate.queries import Probability
from estimative.questions.claims import judge_claims
from estimative.questions.flips import flips
from estimative.questions.hinges import Hinge, Hinges, hinges
from estimative.questions.reworded import reworded
from support.small import estimate_of, futures_of, query_of

TWO = """\
conditions:
  wide: {becomes: {a: {likelihood: 10-90%, within: 3 years}}}
  narrow: {becomes: {b: {likelihood: 30-50%, within: 3 years}}}
  apart: {becomes: {c: {likelihood: 0-100%, within: 3 years}}}
"""
"""`wide` and `narrow` are drawn uniformly; `apart` has no part in either."""


def hinges_of(body: str, text: str, readings: int = 512) -> Hinges:
    query = query_of(text)
    assert isinstance(query, Probability)
    (found,) = hinges(futures_of(estimate_of(body), readings=readings), [query])
    return found


def by_name(found: Hinges) -> dict[str, Hinge]:
    return {hinge.name: hinge for hinge in found.hinges}


def test_shares_of_a_product_are_those_of_the_closed_form() -> None:
    """P(both) = w n: E w = .5, var w = .8^2/12, E n = .4, var n = .2^2/12.

    First-order shares (E n)^2 var w / V = .9245 and (E w)^2 var n / V = .0903... of
    V = (E n)^2 var w + (E w)^2 var n + var w var n.
    """
    wide, narrow = 0.8**2 / 12, 0.2**2 / 12
    whole = 0.16 * wide + 0.25 * narrow + wide * narrow
    found = hinges_of(TWO, "P(ever wide and ever narrow)")
    named = by_name(found)
    assert set(named) == {"wide.becomes.a", "narrow.becomes.b"}, "what is apart has no bar, by chance neither"
    assert named["wide.becomes.a"].first == pytest.approx(0.16 * wide / whole, abs=0.03)
    assert named["narrow.becomes.b"].first == pytest.approx(0.25 * narrow / whole, abs=0.03)
    assert named["wide.becomes.a"].total == pytest.approx((0.16 + narrow) * wide / whole, abs=0.03)
    assert named["wide.becomes.a"].first != pytest.approx(named["narrow.becomes.b"].first, abs=0.5), (
        "the twin"
    )
    assert found.spread == pytest.approx(whole**0.5, rel=0.05)
    assert found.unexplained < 0.03


def test_a_swing_is_the_mean_of_either_end() -> None:
    """The lowest fifth of U(.1, .9) has mean .18, the highest .82."""
    (hinge,) = hinges_of(TWO, "P(ever wide)").hinges
    assert hinge.low == pytest.approx(0.18, abs=0.01)
    assert hinge.high == pytest.approx(0.82, abs=0.01)


WORDS = """\
conditions:
  first: {becomes: {a: {likelihood: likely, within: 3 years}}}
  second: {becomes: {b: {likelihood: likely, within: 3 years, when: first}}}
  other: {becomes: {c: {likelihood: likely, within: 3 years}}}
claims:
  one-likely: {test: P(ever first) > 50%}
  even: {test: P(ever first) > 20%}
"""


def test_a_word_names_the_rules_on_which_it_stands_and_no_others() -> None:
    found = hinges_of(WORDS, "P(ever second)", readings=128)
    assert by_name(found)["likely"].rules == (0, 1)


def test_strengths_and_rankings_are_sources_of_their_own() -> None:
    found = hinges_of(
        """\
conditions:
  cause: {starts: yes}
  effect: {becomes: {a: {likelihood: 30%, within: 3 years, heightened-by: greatly cause}}}
""",
        "P(ever effect)",
        readings=128,
    )
    (hinge,) = found.hinges
    assert (hinge.source, hinge.name, hinge.rules) == ("strength", "greatly", (0,))


def test_readings_that_agree_have_no_hinges() -> None:
    found = hinges_of(
        "conditions:\n  a: {becomes: {x: {likelihood: 50%, within: 3 years}}}\n", "P(ever a)", 64
    )
    assert (found.hinges, found.spread) == ((), 0.0)


def test_a_word_one_rung_down_flips_the_claim_that_stands_on_it_alone() -> None:
    """In ICD 203 `likely` is over 55%, the next rung down, 45-55%, holds in no more than half of readings."""
    estimate = estimate_of(WORDS)
    futures = futures_of(estimate, readings=128, futures=2_048)
    found = flips(futures, estimate.claims)
    assert [answer.verdict for answer in found.before] == ["follows", "follows"]
    flipped = {flip.claim.name: flip for flip in found.flips}
    assert set(flipped) == {"one-likely"}
    flip = flipped["one-likely"]
    assert (flip.rewording.name, flip.rewording.steps) == ("first.becomes.a", -1)
    assert flip.verdict != "follows"
    (again,) = judge_claims(reworded(futures, [flip.rewording]), [flip.claim])
    assert again.share == flip.after
