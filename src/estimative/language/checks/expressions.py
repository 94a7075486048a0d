"""Checks of expressions: names, kinds, levels, and where words of time may stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from estimative.estimate import expressions as ex
from estimative.estimate.walk import parts
from estimative.language.nearest import nearest
from estimative.language.problems import expressions as problems
from estimative.language.problems import names as name_problems

if TYPE_CHECKING:
    from collections.abc import Iterator

    from estimative.language.checks.namespace import Namespace
    from estimative.places.problem import Problem
    from estimative.places.source import Span


def check_state(expression: ex.Expression, names: Namespace) -> Iterator[Problem]:
    """Yield what is wrong with an expression that is true or false at a time."""
    yield from check_parts(expression, names)
    for part in parts(expression):
        if isinstance(part, ex.Always | ex.At | ex.Before):
            yield problems.only_in_questions(
                part.span, {ex.Always: "always", ex.At: "at"}.get(type(part), "before")
            )
        elif isinstance(part, ex.Ever) and (part.since or part.by):
            yield problems.only_in_questions(part.span, "by" if part.by else "from")


def check_event(expression: ex.Expression, names: Namespace, horizon: str) -> Iterator[Problem]:
    """Yield what is wrong with an expression that is true or false of a whole future."""
    yield from check_parts(expression, names)
    yield from _times(expression, horizon)


def _times(expression: ex.Expression, horizon: str) -> Iterator[Problem]:
    """Yield the parts that say nothing of time, and those that say it twice."""
    match expression:
        case ex.Named() | ex.Compared():
            yield problems.without_time(expression.span, " ".join(expression.span.text.split()), horizon)
        case ex.Not(part):
            yield from _times(part, horizon)
        case ex.And(several) | ex.Or(several) | ex.AtLeast(_, several):
            for part in several:
                yield from _times(part, horizon)
        case ex.Ever(part) | ex.Always(part) | ex.At(part):
            yield from _time_twice(part)
        case ex.Before(first, second):
            yield from _time_twice(_without_ever(first))
            yield from _time_twice(_without_ever(second))


def _without_ever(expression: ex.Expression) -> ex.Expression:
    """``ever x before y`` says no more than ``x before y``."""
    plain = isinstance(expression, ex.Ever) and expression.since is None and expression.by is None
    return expression.part if plain and isinstance(expression, ex.Ever) else expression


def _time_twice(expression: ex.Expression) -> Iterator[Problem]:
    for part in parts(expression):
        if isinstance(part, ex.Ever | ex.Always | ex.At | ex.Before):
            text = " ".join(part.span.text.split())
            yield problems.time_within_time(part.span, text, before=isinstance(part, ex.Before))
            return


def check_parts(expression: ex.Expression, names: Namespace) -> Iterator[Problem]:
    """Yield what is wrong with the names and levels in an expression."""
    for part in parts(expression):
        if isinstance(part, ex.Named):
            yield from _named(part.name, part.span, names)
        elif isinstance(part, ex.Compared):
            yield from _compared(part, names)
        elif isinstance(part, ex.AtLeast):
            seen: set[ex.Expression] = set()
            for one in part.parts:
                if one in seen:
                    yield name_problems.part_twice(one.span, " ".join(one.span.text.split()))
                seen.add(one)


def _named(name: str, span: Span, names: Namespace) -> Iterator[Problem]:
    kind = names.kinds.get(name)
    if names.says_nothing_of(name) or kind == "condition":
        return
    if kind is None or kind == "signal":
        yield unknown(name, span, names)
    elif kind == "trend":
        yield name_problems.trend_needs_number(span, name)
    else:
        levels = names.levels[name]
        yield name_problems.needs_level(span, name, kind, f"{name} is {levels[-1] if levels else 'LEVEL'}")


def _compared(part: ex.Compared, names: Namespace) -> Iterator[Problem]:
    kind = names.kinds.get(part.name)
    if names.says_nothing_of(part.name) or kind == "trend":  # thresholds have a check of their own
        return
    if kind is None or kind == "signal":
        yield unknown(part.name, name_span(part), names)
    elif kind == "condition":
        yield name_problems.condition_compared(part.span, part.name)
    elif kind != "scale" and part.comparison not in {"is", "is not"}:
        yield name_problems.levels_without_order(part.span, part.name, kind)
    else:
        yield from check_level(part.value, part.value_span, part.name, names)


def check_level(level: str, span: Span, name: str, names: Namespace) -> Iterator[Problem]:
    """Yield a problem if a scale, lottery or choice has no such level or option."""
    levels = names.levels.get(name, ())
    if levels and level and level not in levels:
        kind = names.kinds[name]
        yield name_problems.no_such_level(span, level, f"the {kind} `{name}`", levels, nearest(level, levels))


def name_span(part: ex.Compared) -> Span:
    """Place of the name alone in a comparison."""
    if part.span.end - part.span.start <= len(part.name):
        return part.span
    return part.span.part(0, len(part.name))


def unknown(name: str, span: Span, names: Namespace) -> Problem:
    """The problem of a name that is not a variable of an expression."""
    if names.kinds.get(name) == "signal":
        return name_problems.not_a_condition(span, name, "a signal")
    if name in names.actors:
        return name_problems.not_a_condition(span, name, "an actor")
    if name in names.interests:
        return name_problems.not_a_condition(span, name, "an interest")
    known = [known for known, kind in names.kinds.items() if kind != "signal"]
    return name_problems.unknown_name(span, name, "condition, scale, choice or trend", nearest(name, known))
