"""Checks of queries and tests: events in time, modes, interventions, claims of rank."""

from __future__ import annotations

from typing import TYPE_CHECKING

from estimative.estimate import queries as qu
from estimative.estimate.walk import queries, query_expressions
from estimative.language.checks.expressions import check_event, check_level, check_state, unknown
from estimative.language.checks.namespace import Namespace
from estimative.language.checks.time import calendar_of, check_query_dates
from estimative.language.checks.words import check_verdict
from estimative.language.nearest import nearest
from estimative.language.problems import expressions as problems
from estimative.language.problems import names as name_problems

if TYPE_CHECKING:
    from collections.abc import Iterator

    from estimative.estimate.nodes import Estimate
    from estimative.estimate.values import Reference
    from estimative.places.calendar import Calendar
    from estimative.places.problem import Problem


def check_query(query: qu.Query | qu.Test, estimate: Estimate) -> tuple[Problem, ...]:
    """What is wrong with a query or a test that is asked of an estimate without errors."""
    found = [*check_asked(query, Namespace.of(estimate), calendar_of(estimate))]
    found += check_verdict(query, estimate.standard)
    if estimate.trends:
        from estimative.language.checks.trends import check_thresholds  # noqa: PLC0415 - few have any

        expressions = (e for one in queries(query) for e in query_expressions(one))
        trends = {trend.name: trend for trend in estimate.trends}
        found += check_thresholds(expressions, trends, estimate.as_of.first)
    return tuple(found)


def check_asked(asked: qu.Query | qu.Test, names: Namespace, calendar: Calendar | None) -> Iterator[Problem]:
    """Yield what is wrong with a query or a test; its dates are checked where the calendar is known."""
    for query in queries(asked):
        yield from _query(query, names, f"{calendar.end:%Y-%m}" if calendar else "DATE")
        if calendar is not None:
            yield from check_query_dates(query, calendar)
    match asked:
        case qu.ModeIs(mode, levels):
            if _has_levels(mode.name, names):
                for level in levels:
                    yield from check_level(level.name, level.span, mode.name, names)
        case qu.MattersMost(what, among, outcome, measure):
            for one in among:
                yield from _subject(one, names)
            if what.name not in {one.name for one in among}:
                yield problems.not_among(what.span, what.name)
            elif len({one.name for one in among}) == 1:
                yield problems.compared_with_nothing(what.span, what.name)
            yield from _measure(outcome, measure)
        case qu.DoesNotMatter(what, outcome, measure):
            yield from _subject(what, names)
            yield from _measure(outcome, measure)
        case _:
            pass


def _query(query: qu.Query, names: Namespace, horizon: str) -> Iterator[Problem]:
    asking = names.of_questions()
    match query:
        case qu.Probability(event, given):
            yield from check_event(event, asking, horizon)
            if given is not None:
                yield from check_event(given, asking, horizon)
        case qu.ShareOfTime(holds, given):
            yield from check_state(holds, asking)
            if given is not None:
                yield from check_event(given, asking, horizon)
        case qu.Mode(name):
            yield from _mode(query, name, names)
    for do in query.do:
        yield from _do(do, names)


def _mode(query: qu.Mode, name: str, names: Namespace) -> Iterator[Problem]:
    kind = names.kinds.get(name)
    if names.says_nothing_of(name) or _has_levels(name, names):
        return
    if kind is None:
        known = [known for known in names.kinds if _has_levels(known, names)]
        yield name_problems.unknown_name(query.span, name, "scale or choice", nearest(name, known))
    else:
        yield problems.mode_of_wrong_kind(query.span, name, kind)


def _has_levels(name: str, names: Namespace) -> bool:
    return names.kinds.get(name) in {"scale", "lottery", "choice"}


def _do(do: qu.Do, names: Namespace) -> Iterator[Problem]:
    kind = names.kinds.get(do.name)
    if names.says_nothing_of(do.name):
        return
    if kind is None:
        yield unknown(do.name, do.span, names)
    elif kind in {"trend", "signal"}:
        yield problems.cannot_be_made_so(do.span, do.name, kind)
    elif kind == "condition":
        if do.value not in {"yes", "no"}:
            yield name_problems.condition_compared(do.span, do.name)
    elif do.value in {"yes", "no"} and do.value not in names.levels[do.name]:
        levels = names.levels[do.name]
        example = f"do({do.name} is {levels[-1] if levels else 'LEVEL'})"
        yield name_problems.needs_level(do.span, do.name, kind, example)
    else:
        yield from check_level(do.value, do.span, do.name, names)


def _subject(what: Reference, names: Namespace) -> Iterator[Problem]:
    """Yield a problem if a name stands for nothing that can matter."""
    name = what.name
    kind = names.kinds.get(name)
    if kind in {"trend", "signal"}:
        yield problems.moves_nothing(what.span, name, kind)
        return
    if names.says_nothing_of(name) or kind is not None or name in names.rules or name in names.belongs:
        return
    if "actors" in names.lost:
        return
    actor, dot, interest = name.rpartition(".")
    owners = names.interests.get(interest, ())
    if dot and actor in owners:
        yield problems.nothing_belongs(what.span, name, interest if interest in names.belongs else "")
    elif name in names.actors or owners:
        ours = [one for one in names.belongs if one.startswith(f"{name}.") or one.endswith(f".{name}")]
        if not ours and not (name in names.actors and _has_parts(name, names)):
            yield problems.nothing_belongs(what.span, name)
    else:
        known = [*names.kinds, *names.rules, *names.interests, *names.actors]
        yield name_problems.unknown_name(
            what.span, name, "interest, actor, variable or rule", nearest(name, known)
        )


def _measure(outcome: qu.Probability | qu.ShareOfTime, measure: qu.Measure) -> Iterator[Problem]:
    """Yield a problem if an outcome cannot be measured so."""
    if measure == "variance" and isinstance(outcome, qu.ShareOfTime):
        yield problems.share_by_variance(outcome.span)


def _has_parts(actor: str, names: Namespace) -> bool:
    """Whether something belongs to an interest of an actor."""
    return any(actor in owners and interest in names.belongs for interest, owners in names.interests.items())
