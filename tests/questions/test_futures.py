"""Futures: what is counted together is what would have been counted alone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from estimative import pipeline
from estimative.questions import futures as module
from support.small import estimate_of, futures_of, query_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from estimative.questions.futures import Futures

TEXT = """\
conditions:
  coup: {becomes: {r: {likelihood: unlikely, within: 1 year}}}
  war: {becomes: {r: {likelihood: likely, within: 1 year, when: coup}}}
  talks: {becomes: {t: {likelihood: likely, within: 2 years, unless: war}}}
scales:
  mood: {levels: [bad, good], starts: bad, rises: {m: {likelihood: likely, within: 2 years, when: coup}}}
"""
QUERIES = (
    "P(ever war)",
    "P(ever war | do(coup))",
    "P(ever war | ever talks, do(coup))",
    "P(ever talks | do(not war))",
    "P(ever talks | do(coup), do(war at 2022))",
    "share of time talks | do(coup)",
    "mode of mood at 2022 | do(coup)",
)


def answers(*, apart: bool) -> list[np.ndarray]:
    estimate = estimate_of(TEXT)
    futures = futures_of(estimate, readings=5, futures=300)
    asked = [query_of(text) for text in QUERIES]
    if apart:
        return [pipeline.ask(futures, [query])[0].values for query in asked]
    return [answer.values for answer in pipeline.ask(futures, asked)]


def test_queries_of_many_worlds_are_answered_as_if_each_were_asked_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """All worlds side by side, two at a time, and one by one."""
    alone = answers(apart=True)
    for beside in (module.BESIDE, 10, 1):
        monkeypatch.setattr(module, "BESIDE", beside)
        together = answers(apart=False)
        assert all(np.array_equal(a, b, equal_nan=True) for a, b in zip(alone, together, strict=True))
    assert len({found.tobytes() for found in alone}) == len(QUERIES), "the worlds differ"


@pytest.mark.parametrize("other", [lambda f: replace(f, futures=6400), lambda f: replace(f, seed=8)])
def test_what_was_counted_of_other_futures_is_not_taken(other: Callable[[Futures], Futures]) -> None:
    estimate, query = estimate_of(TEXT), query_of("P(ever war | do(coup))")
    few = futures_of(estimate, readings=5, futures=128)
    (first,) = pipeline.ask(few, [query])
    (after,) = pipeline.ask(other(few), [query])
    (anew,) = pipeline.ask(other(futures_of(estimate, readings=5, futures=128)), [query])
    assert np.array_equal(after.values, anew.values)
    assert not np.array_equal(after.values, first.values)
