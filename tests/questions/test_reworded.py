"""Reworded futures: many wordings run side by side are each as if run alone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from estimative.model.rewording import likelihoods, rewordings
from estimative.questions import reworded as module
from estimative.questions.claims import judge_claims
from estimative.questions.futures import Futures
from estimative.questions.reworded import side_by_side
from support.small import estimate_of, futures_of, reworded

if TYPE_CHECKING:
    import pytest

TEXT = """\
actors:
  north: {interests: {regime: stay, unity: unite}}
conditions:
  coup: {part-of: regime, becomes: {r: {likelihood: unlikely, within: 1 year}}}
  war: {part-of: regime, becomes: {r: {likelihood: likely / very likely, within: 1 year, when: coup}}}
  opening: {part-of: unity, becomes: {r: {likelihood: likely, heightened-by: coup}}}
  talks: {part-of: unity, becomes: {r: {likelihood: very unlikely, within: 1 year}}}
  change: {is: war or (opening and talks)}
scales:
  heir: {levels: [open, son, other], starts: open, settles: {when: coup, levels: {son: likely, other: unlikely}}}
claims:
  plain: {test: P(ever change) is at most unlikely}
  if-so: {test: P(ever change | ever coup) > P(ever change)}
  made: {test: "P(ever change | do(coup)) is likely"}
  likeliest: {test: mode of heir at 2021 is son}
  first: {test: "unity matters most of (regime, unity) to P(ever change) by potential"}
  moves: {test: "regime matters most of (regime, unity) to P(ever change) by volatility"}
  little: {test: "talks does not matter to P(ever war) by variance"}
"""


def test_neighbours_get_the_answers_that_they_would_get_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of every kind of claim, those among them that look at a screen of their own; in rows of three and a rest."""
    estimate = estimate_of(TEXT)
    futures = futures_of(estimate, readings=16, futures=512)
    monkeypatch.setattr(module, "ROWS", 48)
    singles = [one for said in likelihoods(futures.model) for one in rewordings(said, "icd-203", 1)]
    sets = [(), *((one,) for one in singles), (singles[0], singles[-1])]
    assert len(sets) > 6
    shares = set()
    for several, neighbour in zip(sets, side_by_side(futures, sets), strict=True):
        alone = judge_claims(reworded(futures, several), estimate.claims)
        beside = judge_claims(neighbour, estimate.claims)
        for one, other in zip(alone, beside, strict=True):
            assert np.array_equal(one.holds, other.holds, equal_nan=True), one.claim.name
            assert (one.share, one.futures) == (other.share, other.futures)
        shares.add(tuple(answer.share for answer in alone))
    assert len(shares) > 6, "the twin: wordings do differ, so no neighbour may get another's counts"


def test_neighbours_share_their_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    """One run for three wordings, and another for the one that is left; not one for each."""
    estimate = estimate_of(TEXT)
    futures = futures_of(estimate, readings=16, futures=256)
    monkeypatch.setattr(module, "ROWS", 48)
    ran: list[int] = []
    count = Futures.count

    def counted(self: Futures, *asked: object) -> object:
        ran.append(self.readings.tables.readings)
        return count(self, *asked)  # type: ignore[arg-type]  # as it came

    monkeypatch.setattr(Futures, "count", counted)
    for neighbour in side_by_side(futures, [(), (), (), ()]):
        judge_claims(neighbour, estimate.claims[:1])
    assert ran == [48, 16]


def test_neighbours_are_asked_of_fewer_futures_too() -> None:
    estimate = estimate_of(TEXT)
    futures = futures_of(estimate, readings=8, futures=512)
    for neighbour in side_by_side(futures, [(), ()]):
        few = judge_claims(replace(neighbour, futures=128), estimate.claims[:1])
        many = judge_claims(neighbour, estimate.claims[:1])
        assert (few[0].futures, many[0].futures) == (128, 512)
