"""Futures weighed step by step: what is watched on the way is what is counted at the end, future by future."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from estimative.questions.ask import Answer, ask
from estimative.questions.resampled import weigh_resampled
from support.records import READERS, probability
from support.small import estimate_of, futures_of

if TYPE_CHECKING:
    from estimative.questions.futures import Futures


@pytest.fixture(scope="module")
def readers() -> Futures:
    return futures_of(estimate_of(READERS), "readers", readings=8, futures=1_024)


@pytest.mark.parametrize(
    "text",
    [
        "P(ever war)",
        "P(always bread is enough by 2021)",
        "P((bread is scarce) before war)",
        "P(war before (bread is scarce))",
        "P(ever famine from 2021 | (bread is scarce) before war)",
    ],
)
def test_without_reports_it_counts_the_same_futures(readers: Futures, text: str) -> None:
    (counted,) = ask(readers, [probability(text)])
    assert isinstance(counted, Answer)
    weighed = weigh_resampled(readers, (), [probability(text)])
    assert (weighed.likelihood == 1).all()
    assert weighed.hits[:, 0] / weighed.met[:, 0] == pytest.approx(counted.values, abs=1e-12)
    assert 0 < counted.values.max() < 1


def test_the_first_to_come_is_not_any_that_comes(readers: Futures) -> None:
    """The twin: in some futures war comes after bread has become scarce."""
    before, ever = (
        weigh_resampled(readers, (), [probability(text)]).hits
        for text in ("P(war before (bread is scarce))", "P(ever war)")
    )
    assert (before <= ever).all()
    assert np.any(before < ever)
