"""All checks of an estimate that has been read, one after the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from estimative.estimate.walk import queries as queries_in
from estimative.estimate.walk import query_expressions, state_expressions
from estimative.language.checks.choices import check_choices, check_ranking
from estimative.language.checks.citations import check_citations, check_never_cited
from estimative.language.checks.namespace import Namespace
from estimative.language.checks.queries import check_asked
from estimative.language.checks.references import check_never_holds, check_references
from estimative.language.checks.time import calendar_of, check_horizon, check_resolutions, check_windows
from estimative.language.checks.words import check_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from estimative.estimate.nodes import Estimate
    from estimative.estimate.queries import Query, Test
    from estimative.language.series import Row
    from estimative.places.problem import Problem
    from estimative.places.source import Span


@dataclass(frozen=True)
class Context:
    """What the checks need beside the estimate.

    `broken` names variables whose record could not be read, `lost` the sections that could not, `rows` holds the rows of each trend's data,
    `standard` is the place of the standard's name, `dated` says whether the steps are known, and `whole` whether everything
    could be read, so that what is missing is missing in the estimate itself.
    """

    broken: frozenset[str]
    lost: frozenset[str]
    rows: Mapping[str, tuple[Row, ...]]
    standard: Span
    dated: bool
    whole: bool


def check_estimate(estimate: Estimate, context: Context) -> Iterator[Problem]:
    """Yield what is wrong with an estimate as a whole, part by part."""
    names = Namespace.of(estimate, context.broken, context.lost)
    calendar = calendar_of(estimate) if context.dated else None
    yield from check_references(estimate, names)
    yield from check_citations(estimate, names)
    if context.whole:
        yield from check_never_cited(estimate)
        yield from check_never_holds(estimate)
    yield from check_words(estimate, context.standard)
    yield from check_choices(estimate, whole=context.whole)
    for actor in estimate.actors:
        yield from check_ranking(actor.ranking, actor, actor.span)
    asked = _asked(estimate)
    for one in asked:
        yield from check_asked(one, names, calendar)
    if context.dated:
        yield from check_horizon(estimate)
    if calendar is not None:
        yield from check_windows(estimate, calendar)
        yield from check_resolutions(estimate, calendar)
    if estimate.trends and context.dated:
        yield from _trends(estimate, asked, context)


def _asked(estimate: Estimate) -> list[Query | Test]:
    """What the claims and questions ask."""
    tests = [claim.test for claim in estimate.claims if claim.test is not None]
    return [*tests, *(question.query for question in estimate.questions)]


def _trends(estimate: Estimate, asked: list[Query | Test], context: Context) -> Iterator[Problem]:
    from estimative.language.checks.trends import (  # noqa: PLC0415 - few estimates have any
        check_series,
        check_thresholds,
    )

    as_of = estimate.as_of.first
    for trend in estimate.trends:
        yield from check_series(trend, context.rows[trend.name], as_of)
    in_queries = (e for one in asked for query in queries_in(one) for e in query_expressions(query))
    expressions = (*state_expressions(estimate), *in_queries)
    yield from check_thresholds(expressions, {trend.name: trend for trend in estimate.trends}, as_of)
