"""Checks of time: the horizon, the windows of rules, and the dates of questions."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from estimative.estimate import expressions as ex
from estimative.estimate.queries import Mode
from estimative.estimate.walk import parts, query_expressions, rules
from estimative.language.problems import time as problems
from estimative.places.calendar import MONTHS, Calendar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from estimative.estimate.nodes import Estimate, Window
    from estimative.estimate.queries import Query
    from estimative.estimate.values import Duration, Moment
    from estimative.places.problem import Problem

MAX_STEPS = 1_200
"""Steps of one estimate: a hundred years of months."""


def calendar_of(estimate: Estimate) -> Calendar | None:
    """Steps of an estimate; None where its horizon holds none, or too many."""
    months = estimate.horizon.months
    if not 1 <= months // MONTHS[estimate.step] <= MAX_STEPS:
        return None
    return Calendar.of(estimate.as_of.first, months, estimate.step)


def check_horizon(estimate: Estimate) -> Iterator[Problem]:
    """Yield what is wrong with the horizon."""
    horizon, step = estimate.horizon, estimate.step
    steps = horizon.months // MONTHS[step]
    if horizon.unit == "day":
        yield problems.horizon_in_days(horizon.span)
    elif steps < 1:
        yield problems.horizon_without_step(horizon.span, step)
    elif steps > MAX_STEPS:
        yield problems.too_many_steps(horizon.span, steps, MAX_STEPS)
    elif horizon.months % MONTHS[step]:
        yield problems.horizon_not_whole(horizon.span, step, steps)


def check_windows(estimate: Estimate, calendar: Calendar) -> Iterator[Problem]:
    """Yield the windows that lie outside the horizon or hold no step."""
    for _, rule in rules(estimate):
        yield from _window(rule.window, calendar)
    for signal in estimate.signals:
        for seen in (signal.if_so, signal.if_not):
            if seen.within is not None:
                yield from _within(seen.within, calendar)


def _window(window: Window, calendar: Calendar) -> Iterator[Problem]:
    if window.within is not None:
        yield from _within(window.within, calendar)
    if window.by is not None:
        if window.by.last < calendar.as_of:
            yield problems.window_outside_horizon(window.by.span, "this date", calendar.as_of, calendar.end)
        elif calendar.steps_by(window.by.last) < 1:
            yield problems.window_without_step(window.by.span, calendar.step, f"by {window.by.last}")
    if window.between is not None:
        yield from _between(*window.between, calendar)


def _within(within: Duration, calendar: Calendar) -> Iterator[Problem]:
    if calendar.steps_in(within.months, within.count if within.unit == "day" else 0) < 1:
        count = f"{within.count} {within.unit}{'s' * (within.count != 1)}"
        yield problems.window_without_step(within.span, calendar.step, f"within {count}")


def _between(start: Moment, end: Moment, calendar: Calendar) -> Iterator[Problem]:
    span = start.span.source.span(start.span.start, end.span.end)
    if end.last < calendar.as_of or start.first > calendar.end:
        yield problems.window_outside_horizon(span, "this window", calendar.as_of, calendar.end)
    elif max(1, calendar.first_from(start.first)) > calendar.steps_by(end.last):
        yield problems.window_without_step(span, calendar.step, f"from {start.first} to {end.last}")
    elif start.last < calendar.as_of:
        yield problems.window_starts_early(start.span, calendar.as_of)


def check_query_dates(query: Query, calendar: Calendar) -> Iterator[Problem]:
    """Yield the dates of a query of which the futures say nothing."""
    dates = [do.at for do in query.do if do.at is not None]
    for expression in query_expressions(query):
        for part in parts(expression):
            if isinstance(part, ex.At):
                dates.append(part.date)
            elif isinstance(part, ex.Ever | ex.Always):
                dates += [date for date in (part.since, part.by) if date is not None]
                yield from _period(part, calendar)
    if isinstance(query, Mode):
        dates.append(query.at)
    end = calendar.end + timedelta(days=1)  # ten years from 1 October are over on 1 October
    for date in dates:
        if date.first > end or date.last < calendar.as_of:
            yield problems.date_outside_horizon(date.span, calendar.as_of, calendar.end)


def _period(part: ex.Ever | ex.Always, calendar: Calendar) -> Iterator[Problem]:
    """Yield a problem for a time that ends before it begins, or holds no end of a step."""
    since, by = part.since, part.by
    if since is None or by is None:
        return
    span = since.span.source.span(since.span.start, by.span.end)
    if by.last < since.first:
        yield problems.time_backwards(span, since.first, by.last)
    elif since.first <= calendar.end and calendar.first_from(since.first) > calendar.steps_by(by.last):
        yield problems.window_without_step(span, calendar.step, f"from {since.first} to {by.last}")


def check_resolutions(estimate: Estimate, calendar: Calendar) -> Iterator[Problem]:
    """Yield the questions that are resolved before they could be known."""
    for question in estimate.questions:
        if question.resolves is None:
            continue
        if question.resolves.last < calendar.as_of:
            yield problems.resolved_before(question.resolves.span, calendar.as_of)
            continue
        ends = [
            part.by
            for expression in query_expressions(question.query)
            for part in parts(expression)
            if isinstance(part, ex.Ever | ex.Always) and part.by is not None
        ]
        for end in ends:
            if end.last > question.resolves.last:
                yield problems.resolved_too_early(question.resolves.span, end.last, end.span)
