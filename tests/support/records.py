"""Records of small estimates, and the exact update that simulated ones are compared with."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from estimative.engine.exact import run_exact
from estimative.engine.request import World
from estimative.estimate.queries import Probability
from estimative.places.source import Source
from estimative.questions.evidence import Patterns
from estimative.record.read import read_record_text
from support.small import query_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from estimative.questions.evidence import Evidence, Weighed
    from estimative.questions.futures import Futures
    from estimative.record.report import Record

CHAIN = """\
conditions:
  war:
    becomes: {outbreak: {likelihood: 30%, within: 1 year}}
    ends: {peace: {likelihood: 20%, within: 1 year}}
signals:
  troops:
    of: war
    if-so: {likelihood: 60%, within: 1 year}
    if-not: {likelihood: 10%, within: 1 year}
"""
"""Yearly steps of war and peace, and a sign of it; readings are all alike."""

READERS = """\
conditions:
  war: {becomes: {outbreak: {likelihood: unlikely, within: 3 years}}}
  famine:
    becomes: {hunger: {likelihood: likely, within: 2 years, when: war, heightened-by: bread is scarce}}
scales:
  bread: {levels: [scarce, enough], starts: enough, falls: {bad: {likelihood: unlikely, within: 1 year}}}
signals:
  troops: {of: war, if-so: {likelihood: likely, within: 1 year}, if-not: {likelihood: 5%, within: 1 year}}
"""
"""Three yearly steps in words."""

REPORTS = """\
observations:
  troops-seen: {signal: troops, seen: 2021, grade: B2}
facts:
  war: {what: war, by: 2020, grade: A1}
  bread: {what: bread is scarce, at: 2020, grade: C3}
  famine: {what: famine, by: 2022, grade: B2}
  nothing: {what: bread is scarce, by: 2022, grade: F6}
"""
"""Of the readers' world: two of one grade, one of another, one that is known and one that says nothing."""


def record_of(body: str, futures: Futures) -> Record:
    """The record of an estimate from its sections, closed at the horizon."""
    head = f"record: r\nof: {futures.estimate.name}\nas-of: {futures.model.calendar.end}\n"
    record, problems = read_record_text(Source("record.yaml", head + body), futures.estimate)
    assert record is not None, problems
    return record


def probability(text: str) -> Probability:
    """A query as it would be typed, for the probability of an event."""
    query = query_of(text)
    assert isinstance(query, Probability)
    return query


def few(futures: Futures, count: int) -> Futures:
    """The first of the readings: the exact engine takes them one by one."""
    tables = futures.readings.tables.block(0, count)
    return replace(futures, readings=replace(futures.readings, tables=tables))


def exactly(futures: Futures, evidence: Sequence[Evidence], queries: Sequence[Probability]) -> Weighed:
    """What the exact engine gives in place of counts."""
    patterns = Patterns(futures.names, futures.model.calendar, evidence, queries)
    return patterns.weigh(run_exact(futures.model, futures.readings.tables, patterns.request(), World()))
