"""Checks of a record against its estimate: names, dates, citations, and reports that deny each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from estimative.estimate import expressions as ex
from estimative.estimate.walk import parts
from estimative.language.checks.expressions import check_state
from estimative.language.checks.namespace import Namespace
from estimative.language.checks.time import calendar_of
from estimative.language.checks.trends import check_thresholds
from estimative.language.nearest import nearest
from estimative.language.problems import names as name_problems
from estimative.language.problems import time as time_problems
from estimative.record import problems
from estimative.record.denials import denials
from estimative.record.steps import Steps, steps_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from estimative.estimate.nodes import Estimate
    from estimative.places.calendar import Calendar
    from estimative.places.problem import Problem
    from estimative.record.report import Record, Report


def check_record(record: Record, estimate: Estimate) -> Iterator[Problem]:
    """Yield what is wrong with a record of an estimate that has no errors."""
    names, calendar = Namespace.of(estimate), calendar_of(estimate)
    if record.estimate and record.estimate != estimate.name:
        yield problems.record_of_another(record.span, record.estimate, estimate.name)
        return
    if record.as_of.last < estimate.as_of.first:
        yield problems.record_too_early(record.as_of.span, estimate.as_of.first)
        return
    for report in record.reports:
        yield from _what(report, estimate, names)
        if calendar is not None:
            yield from _date(report, record, calendar)
    yield from _citations(record, estimate)
    if calendar is not None:
        yield from denials(record, calendar)


def _what(report: Report, estimate: Estimate, names: Namespace) -> Iterator[Problem]:
    what = report.what
    if report.is_observation and isinstance(what, ex.Named):
        kind = names.kinds.get(what.name)
        if kind is None:
            signals = [name for name, known in names.kinds.items() if known == "signal"]
            yield name_problems.unknown_name(what.span, what.name, "signal", nearest(what.name, signals))
        elif kind != "signal":
            yield problems.not_a_signal(what.span, what.name, kind)
        return
    seen = [
        part for part in parts(what) if isinstance(part, ex.Named) and names.kinds.get(part.name) == "signal"
    ]
    if seen:
        yield from (problems.signal_in_a_fact(part.span, part.name) for part in seen)
        return
    found = [*check_state(what, names)]
    found += [
        problems.ever_in_a_fact(part.span)
        for part in parts(what)
        if isinstance(part, ex.Ever) and part.since is None and part.by is None
    ]
    yield from found
    if estimate.trends and not found:
        trends = {trend.name: trend for trend in estimate.trends}
        yield from check_thresholds([what], trends, estimate.as_of.first)


def _date(report: Report, record: Record, calendar: Calendar) -> Iterator[Problem]:
    date = report.date
    if date.last < calendar.as_of or date.first > calendar.end:
        yield time_problems.date_outside_horizon(date.span, calendar.as_of, calendar.end)
    elif date.first > record.as_of.last:
        yield problems.after_the_record(date.span, record.as_of.last, record.as_of.span)
    elif steps_of(report, record, calendar) == Steps(never=(0, 0)):
        yield problems.says_nothing_yet(date.span, calendar.step)


def _citations(record: Record, estimate: Estimate) -> Iterator[Problem]:
    known = dict.fromkeys(source.name for source in (*record.sources, *estimate.sources))
    for report in record.reports:
        for citation in report.cites:
            if citation.source not in known:
                near = nearest(citation.source, known)
                yield name_problems.unknown_source(citation.span, citation.source, near)
