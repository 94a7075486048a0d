"""Evidence: counted by pattern or taken in step by step, it gives the exact posterior, reading by reading."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from math import prod
from typing import TYPE_CHECKING

import numpy as np
import pytest
from scipy import stats

from estimative.estimate.expressions import And, Named, Not
from estimative.questions.evidence import Evidence, Patterns, pattern_count
from estimative.questions.resampled import Swarm, weigh_resampled
from estimative.questions.update import evidence_of
from support.records import READERS, REPORTS, exactly, few, probability, record_of
from support.small import estimate_of, futures_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from estimative.estimate.expressions import Expression
    from estimative.questions.evidence import Weighed
    from estimative.questions.futures import Futures

    Floats = np.ndarray[tuple[int, ...], np.dtype[np.float64]]

READINGS, SEEDS = 2, 48

COMPARED = 2 * READINGS * 7
"""Numbers that simulated updating is compared in, by two methods."""

LARGEST = float(stats.t.isf(1e-6 / 40 / (2 * COMPARED), SEEDS - 1))
"""Standard errors that none of them exceeds by chance; a fortieth of the suite's error budget is this file's."""

QUERIES = [
    probability(text)
    for text in ("P(famine at 2021)", "P(ever war by 2020)", "P(ever famine | ever bread is scarce)")
]


@pytest.fixture(scope="module")
def readers() -> Futures:
    """With 48 times 2,048 futures the twins' mistakes lie 22 standard errors off and more; `LARGEST` is 7.6."""
    return few(futures_of(estimate_of(READERS), "readers", futures=2_048), READINGS)


@pytest.fixture(scope="module")
def evidence(readers: Futures) -> tuple[Evidence, ...]:
    return evidence_of(record_of(REPORTS, readers), readers.model.calendar)


@pytest.fixture(scope="module")
def exact(readers: Futures, evidence: tuple[Evidence, ...]) -> Weighed:
    return exactly(readers, evidence, QUERIES)


def test_patterns_are_those_that_the_weight_depends_on(evidence: tuple[Evidence, ...]) -> None:
    assert pattern_count(evidence) == 3 * 2, "what is known and what says nothing do not count"


def test_counting_by_pattern_is_the_sum_over_all_that_may_be_true(
    readers: Futures, evidence: tuple[Evidence, ...], exact: Weighed
) -> None:
    """The definition: each truth of all reports is a pattern of its own, weighed report by report."""
    truths = tuple(product((True, False), repeat=len(evidence)))
    weights = [
        prod(one.right if yes else 1 - one.right for one, yes in zip(evidence, truth, strict=True))
        for truth in truths
    ]
    possible = [(truth, weight) for truth, weight in zip(truths, weights, strict=True) if weight]
    asked = [
        replace(query, event=And((query.event, *both)), given=given)
        for truth, _ in possible
        for both in [_both(evidence, truth)]
        for query in QUERIES
        for given in [And((*both, *(() if query.given is None else (query.given,))))]
    ]
    plain = exactly(readers, (), asked)
    each = np.array([weight for _, weight in possible])
    for name in ("met", "hits"):
        found = getattr(plain, name).reshape(READINGS, len(possible), len(QUERIES))
        expected = np.einsum("rtq,t->rq", found, each)
        assert getattr(exact, name) == pytest.approx(expected, abs=1e-12)
        mixed = np.einsum("rtq,t->rq", found, each[::-1])
        assert np.abs(getattr(exact, name) - mixed).max() > 1e-3, (
            "the twin: weights that are mixed up are seen"
        )
    assert exact.likelihood == pytest.approx(exact.met[:, 0], abs=1e-12)


def _both(evidence: tuple[Evidence, ...], truth: tuple[bool, ...]) -> tuple[Expression, ...]:
    """That just these reports are true."""
    return tuple(one.event if yes else Not(one.event) for one, yes in zip(evidence, truth, strict=True))


def counted(futures: Futures, evidence: tuple[Evidence, ...]) -> Weighed:
    patterns = Patterns(futures.names, futures.model.calendar, evidence, QUERIES)
    return patterns.weigh(futures.count(patterns.request()))


def drawn_anew(futures: Futures, evidence: tuple[Evidence, ...]) -> Weighed:
    return weigh_resampled(futures, evidence, QUERIES)


WAYS = [counted, drawn_anew]


def numbers(weighed: Weighed) -> Floats:
    """Likelihood, and weights met and hit: linear in the weights, so without any bias."""
    return np.concatenate([weighed.likelihood[:, None], weighed.met, weighed.hits], axis=1)


def deviation(way: Callable[..., Weighed], futures: Futures, evidence: object, exact: Weighed) -> float:
    """The largest deviation of the mean over seeds, in its standard errors."""
    found = np.stack([numbers(way(replace(futures, seed=seed), evidence)) for seed in range(SEEDS)])
    error = found.std(axis=0, ddof=1) / np.sqrt(SEEDS)
    return float((np.abs(found.mean(axis=0) - numbers(exact)) / error).max())


@pytest.mark.parametrize("way", WAYS)
def test_simulated_updating_agrees_with_exact_updating(
    way: Callable[..., Weighed], readers: Futures, evidence: tuple[Evidence, ...], exact: Weighed
) -> None:
    assert deviation(way, readers, evidence, exact) < LARGEST
    forgotten = evidence[:3] + evidence[4:]
    assert deviation(way, readers, forgotten, exact) > 2 * LARGEST, "the twin: the famine is forgotten"


def test_what_was_seen_goes_on_with_those_who_saw_it(
    readers: Futures, evidence: tuple[Evidence, ...], exact: Weighed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The twin of drawing anew: memories that stay behind are seen."""
    as_it_is = Swarm.draw_anew
    drawn = []

    def forgetful(swarm: Swarm, many: float, chance: float) -> None:
        held = swarm.held
        as_it_is(swarm, many, chance)
        swarm.held = held
        drawn.append(many)

    monkeypatch.setattr(Swarm, "draw_anew", forgetful)
    assert deviation(drawn_anew, readers, evidence, exact) > 2 * LARGEST
    assert len(drawn) >= READINGS * SEEDS, "futures are drawn anew in every reading"


def test_where_none_is_drawn_anew_both_ways_are_one(readers: Futures) -> None:
    """The same futures with the same weights."""
    body = (
        "facts: {bread: {what: bread is scarce, at: 2020, grade: D2}, war: {what: war, by: 2021, grade: D3}}"
    )
    weak = evidence_of(record_of(body, readers), readers.model.calendar)
    one, two = counted(readers, weak), drawn_anew(readers, weak)
    for name in ("likelihood", "effective", "met", "hits"):
        assert getattr(one, name) == pytest.approx(getattr(two, name), rel=1e-12)
    assert (one.effective < readers.futures).all()


def test_the_number_of_threads_changes_nothing(readers: Futures, evidence: tuple[Evidence, ...]) -> None:
    one, two = (drawn_anew(replace(readers, threads=threads), evidence) for threads in (1, 3))
    assert (numbers(one) == numbers(two)).all()
    assert (one.effective == two.effective).all()


def test_a_report_that_is_more_often_wrong_than_right_is_no_evidence() -> None:
    with pytest.raises(ValueError, match="1/2"):
        Evidence(Named("x"), 0.4)
