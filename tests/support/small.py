"""Small estimates from a few lines of text, ready to be asked."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from estimative.language.expressions import parse_query
from estimative.language.read import read_texts
from estimative.model.compile import compile_estimate
from estimative.model.readings import read, reread
from estimative.places.source import Source
from estimative.questions.futures import Futures

if TYPE_CHECKING:
    from collections.abc import Sequence

    from estimative.estimate.nodes import Estimate
    from estimative.estimate.queries import Query
    from estimative.model.rewording import Rewording
    from estimative.words.vocabulary import Lens

HEAD = """\
estimate: small
title: A small estimate
as-of: 2020-01-01
horizon: {years} years
step: {step}
standard: icd-203
"""


def estimate_of(body: str, years: int = 3, step: str = "year", standard: str = "icd-203") -> Estimate:
    """The estimate of some sections, of three yearly steps unless said otherwise."""
    text = HEAD.format(years=years, step=step).replace("icd-203", standard) + body
    estimate, problems = read_texts([Source("small.yaml", text)])
    errors = [problem for problem in problems if problem.severity == "error"]
    assert not errors
    assert estimate is not None
    return estimate


def query_of(text: str) -> Query:
    """A query as it would be typed."""
    query, problems = parse_query(text)
    assert query is not None, problems
    return query


def futures_of(
    estimate: Estimate,
    lens: Lens = "author",
    readings: int = 64,
    futures: int = 4_096,
    seed: int = 7,
) -> Futures:
    """Its futures."""
    model, names = compile_estimate(estimate, signals=True)
    return Futures(estimate, model, names, read(model, lens, readings, seed), seed, futures)


def reworded(futures: Futures, rewordings: Sequence[Rewording]) -> Futures:
    """The same readings and dice, with other words on some likelihoods: alone, and not beside others."""
    readings = reread(futures.readings, futures.model, {one.name: one.meaning for one in rewordings})
    return replace(futures, readings=readings, progress=None, counted={})
