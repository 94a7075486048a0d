"""Close calls: where other dice might tell otherwise, a verdict says so, and where they cannot it does not."""

from __future__ import annotations

import pytest

from estimative.questions.claims import judge_claims
from support.small import estimate_of, futures_of

BODY = """\
conditions:
  border: {{starts: 45%}}
  other: {{starts: 45%}}
  clear: {{starts: 30%}}
  war: {{becomes: {{rare: {{likelihood: 0.2%, within: 1 year, restrained-by: pact}}, often: {{likelihood: 30%, within: 1 year}}}}}}
  pact: {{becomes: {{r: {{likelihood: 50%, within: 1 year}}}}}}
  idle: {{becomes: {{r: {{likelihood: 50%, within: 1 year}}}}}}
scales:
  even: {{levels: [open, left, right], starts: open, settles: {{levels: {{left: 50%, right: 50%}}}}}}
  uneven: {{levels: [open, left, right], starts: open, settles: {{levels: {{left: 80%, right: 20%}}}}}}
claims:
  c: {{test: {test}}}
"""


@pytest.mark.parametrize(
    ("test", "close"),
    [
        ("P(border at 2020) is unlikely", True),
        ("P(border at 2020) >= 45%", True),
        ("P(clear at 2020) is unlikely", False),
        ("P(clear at 2020) < 45%", False),
        ("share of time (border) is unlikely", True),
        ("P(ever war | do(pact)) < P(ever war)", True),
        ("P(ever war | do(idle)) < P(ever war)", True),
        ("P(ever war | do(idle)) <= P(ever war)", False),
        ("P(clear at 2020) < P(border at 2020)", False),
        ("P(border at 2020) < P(other at 2020)", True),
        ("P(other at 2020) > P(border at 2020)", True),
        ("P(border at 2020) > P(border at 2020 | ever idle by 2020)", True),
        ("P(border at 2020 | ever idle by 2020) < P(border at 2020)", True),
        ("share of time (border) < share of time (other)", True),
        ("mode of even at 2022 is left", True),
        ("mode of uneven at 2022 is left", False),
        ("mode of even at 2022 is left or right", False),
    ],
)
def test_a_number_on_its_border_is_a_close_call_and_one_away_from_it_is_not(test: str, close: bool) -> None:
    """All likelihoods are numbers, so every reading is alike, and whatever sets them apart is luck."""
    futures = futures_of(estimate_of(BODY.format(test=test)), readings=64, futures=2_048)
    (answer,) = judge_claims(futures, futures.estimate.claims)
    assert (answer.close > 0.9) == close
    assert answer.may_be_luck == close


def test_more_futures_make_a_close_call_clear() -> None:
    body = BODY.format(test="P(clear at 2020) < 32%")
    shares = []
    for futures in (256, 16_384):
        few = futures_of(estimate_of(body), readings=64, futures=futures)
        (answer,) = judge_claims(few, few.estimate.claims)
        shares.append(answer.close)
    assert shares[0] > 0.9
    assert shares[1] < 0.1


def test_close_calls_on_both_sides_shift_a_share_by_little() -> None:
    """Readings from 20 to 45 %: a few are near the border of 32.5 %, some above and some below, and half are below."""
    body = "conditions: {x: {starts: unlikely}}\nclaims: {c: {test: P(x at 2020) < 32.5%}}\n"
    futures = futures_of(estimate_of(body), readings=256, futures=4_096)
    (answer,) = judge_claims(futures, futures.estimate.claims)
    assert 0.05 < answer.close < 0.2
    assert answer.share == pytest.approx(0.5, abs=0.05)
    assert not answer.may_be_luck
