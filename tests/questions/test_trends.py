"""Trends asked of readings: fans and thresholds in closed form, and the same in simulated futures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from scipy import stats

from estimative.engine.request import Request, World
from estimative.engine.slow import paths_slow
from estimative.language.read import read_estimate
from estimative.model.compile import compile_estimate
from estimative.model.readings import read
from estimative.questions.futures import Futures
from estimative.questions.trends import SHARES, trends

if TYPE_CHECKING:
    from pathlib import Path

ERROR = 1e-9

TEXT = """\
estimate: trade
title: Trade
as-of: 1984-10-01
horizon: 5 years
step: quarter
standard: ordinary
conditions:
  buys: {becomes: {can-pay: {likelihood: likely, when: trade >= 800}}}
  begs: {becomes: {cannot-pay: {likelihood: likely, when: trade <= 300}}}
trends:
  trade: {data: trade.csv, log: yes, unit: Mrub}
questions:
  far: {event: ever trade >= 1200}
  past: {event: ever trade >= 500}
"""

ROWS = "year,total\n" + "\n".join(
    f"{year},{value}"
    for year, value in zip(
        range(1976, 1984), (300.5, 328.7, 378.1, 491.8, 572.1, 529, 681, 587.4), strict=True
    )
)
"""Soviet-North Korean trade in million rubles: report 3159, table 2, p. 12."""


@pytest.fixture
def futures(tmp_path: Path) -> Futures:
    (tmp_path / "trade.csv").write_text(ROWS)
    (tmp_path / "estimate.yaml").write_text(TEXT)
    estimate, found = read_estimate(tmp_path)
    assert estimate is not None, found
    assert [problem.code for problem in found if problem.severity != "note"] == ["W0439"]
    model, names = compile_estimate(estimate)
    return Futures(estimate, model, names, read(model, "author", 300, 5), 5, 256)


def test_every_threshold_that_is_named_is_answered(futures: Futures) -> None:
    (one,) = trends(futures).trends
    assert [threshold.name for threshold in one.thresholds] == [
        "trade >= 800",
        "trade <= 300",
        "trade >= 1200",
        "trade >= 500",
    ]
    assert [threshold.crossed for threshold in one.thresholds] == [False, False, False, True]
    far, near = one.thresholds[2], one.thresholds[0]
    assert (far.overall <= near.overall).all()
    for threshold in one.thresholds:
        assert (np.diff(threshold.overall) >= 0).all()
        assert (threshold.low <= threshold.median).all()
        assert (threshold.median <= threshold.high).all()
    assert one.thresholds[3].dates == (one.ahead[0],) * 3
    assert far.dates[2] is None
    half = near.dates[1]
    assert half is not None
    step = one.ahead.index(half)
    assert near.overall[step] >= 0.5 > near.overall[step - 1]


def test_the_fan_is_the_t_distribution_around_the_drift(futures: Futures) -> None:
    (one,) = trends(futures).trends
    years = (one.ahead[-1] - one.dates[-1]).days / 365.25
    span = (one.dates[-1] - one.dates[0]).days / 365.25
    middle = np.log(587.4) + one.drift * years
    expected = stats.t.ppf(SHARES, df=6, loc=middle, scale=one.scale * np.sqrt(years + years**2 / span))
    assert np.log(one.fan[:, -1]) == pytest.approx(expected, rel=1e-9)


def test_futures_cross_as_the_closed_form_says(futures: Futures) -> None:
    """Per reading the probability is known, so the total count has a known mean and at most binomial spread."""
    model = futures.model
    counts = futures.count(Request(levels=True))
    (one,) = trends(futures).trends
    for threshold in one.thresholds:
        plane = counts.offsets[model.variable(threshold.name)] + 1
        for step in (4, 12, 20):
            crossed = int(counts.levels[:, step, plane].sum())
            total = counts.futures * len(counts.levels)
            assert stats.binomtest(crossed, total, min(float(threshold.overall[step]), 1)).pvalue > ERROR
    # The twin: a year late is found out.
    near = one.thresholds[0]
    late = int(counts.levels[:, 16, counts.offsets[model.variable(near.name)] + 1].sum())
    total = counts.futures * len(counts.levels)
    assert stats.binomtest(late, total, float(near.overall[20])).pvalue < ERROR


def test_in_no_future_is_a_farther_threshold_reached_first(futures: Futures) -> None:
    model, tables = futures.model, futures.readings.tables
    near, far = model.variable("trade >= 800"), model.variable("trade >= 1200")
    for row in range(5):
        states = paths_slow(model, tables, row, World(), seed=5, futures=range(256)).states
        held_near, held_far = states[:, near] == 1, states[:, far] == 1
        assert held_far.any()
        assert not (held_far & ~held_near).any()
