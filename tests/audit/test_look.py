"""A look through a lens: what never happens is found by few futures first, and counted with the claims."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unittest.mock import patch

from estimative import pipeline
from estimative.audit.look import look
from estimative.audit.never import never, unseen
from estimative.engine.request import Monitor, Watch
from estimative.engine.run import run
from estimative.model.guards import Holds
from support.small import estimate_of, futures_of

if TYPE_CHECKING:
    from estimative.questions.futures import Futures

TEXT = """\
conditions:
  a: {becomes: {r: likely}}
  rare: {becomes: {r: 0.2%}}
  idle: {becomes: {r: {likelihood: likely, when: a and not a}}}
claims:
  one: {test: P(ever a) > 20%}
  other: {test: P(ever a) > P(ever rare)}
"""


def small(readings: int, futures: int) -> Futures:
    return futures_of(estimate_of(TEXT), readings=readings, futures=futures)


def ever(futures: Futures, name: str) -> Monitor:
    return Monitor(Watch.EVER, Holds(futures.names.numbers[name], frozenset({1})), 0, 3)


def test_what_few_futures_show_is_not_asked_of_all() -> None:
    futures = small(256, 1024)
    watched = [ever(futures, name) for name in ("a", "rare", "idle")]
    assert ever(futures, "a") not in unseen(futures, watched)
    assert ever(futures, "idle") in unseen(futures, watched)
    assert never(futures, watched) == (ever(futures, "idle"),)
    assert never(futures, ()) == ()


def test_a_small_run_is_not_screened() -> None:
    futures = small(64, 64)
    watched = tuple(ever(futures, name) for name in ("a", "idle"))
    assert unseen(futures, watched) == watched


def test_claims_and_what_never_happens_share_one_run() -> None:
    with patch("estimative.questions.futures.run", wraps=run) as counted:
        seen = look(small(64, 256))
    assert counted.call_count == 1
    assert [one.holds.tolist() for one in seen.claims] == [
        one.holds.tolist() for one in pipeline.claims(small(64, 256))
    ]
    assert ever(seen.futures, "idle") in seen.never
    assert ever(seen.futures, "a") not in seen.never
