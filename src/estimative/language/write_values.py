"""Values, expressions, queries and tests as an analyst writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from estimative.estimate import expressions as ex
from estimative.estimate import queries as qu
from estimative.estimate import values
from estimative.places.problem import Bug

if TYPE_CHECKING:
    from collections.abc import Sequence

    from estimative.estimate.values import Citation, Duration, Likelihood, Moment, TheRest

DIGITS = 15
"""Digits after the point of a number: no more are read."""


def moment(value: Moment) -> str:
    """A date: a year, a month or a day.

    >>> from datetime import date
    >>> moment(values.Moment(date(1990, 2, 1), date(1990, 2, 28)))
    '1990-02'
    """
    if value.first == value.last:
        return value.first.isoformat()
    whole_year = (value.first.month, value.first.day, value.last.month) == (1, 1, 12)
    return f"{value.first:%Y}" if whole_year else f"{value.first:%Y-%m}"


def duration(value: Duration) -> str:
    """A duration: ``3 years``."""
    return f"{value.count} {value.unit}{'s' * (value.count != 1)}"


def likelihood(value: Likelihood | TheRest) -> str:
    """A likelihood in its form.

    >>> likelihood(values.Alternatives((values.Word("could"), values.PercentRange(0.2, 0.4))))
    'could / 20-40%'
    """
    match value:
        case values.Word(text):
            return text
        case values.Percent(share):
            return f"{_percent(share)}%"
        case values.PercentRange(low, high):
            return f"{_percent(low)}-{_percent(high)}%"
        case values.Tally(hits, cases):
            return f"{hits} of {cases}"
        case values.Alternatives(wordings):
            return " / ".join(likelihood(wording) for wording in wordings)
        case values.Unknown():
            return "unknown"
        case values.TheRest():
            return "the rest"


def _percent(share: float) -> str:
    """A share in percent, with as few digits as give it back."""
    text = _in_parts(share, 100)
    if text is None:
        raise Bug(f"{share!r} is no percentage that can be written")
    return text


def number(value: float) -> str:
    """A number to compare with: in percent, or as it is where that is shorter.

    >>> number(0.29), number(0.007), number(0.00001)
    ('29%', '0.007', '0.001%')
    """
    percent, plain = _in_parts(value, 100), _in_parts(value, 1)
    texts = [*([f"{percent}%"] if percent is not None else []), *([plain] if plain is not None else [])]
    if not texts:
        raise Bug(f"{value!r} is no number that can be written")
    return min(texts, key=len)


def _in_parts(value: float, parts: int) -> str | None:
    """A value in such parts of one, with as few digits as give it back; None where as many as are read do not."""
    for digits in range(DIGITS + 1):
        text = f"{value * parts:.{digits}f}"
        if float(text) / parts == value:
            return text
    return None


def citation(value: Citation) -> str:
    """A citation: ``r3159 p.31 "if present trends continue"``."""
    pages = ("p." if len(value.pages) == 1 else "pp.") + ", ".join(value.pages)
    return f"{value.source} {pages}" + (f' "{value.phrase}"' if value.phrase else "")


# -- expressions ------------------------------------------------------------------------------------------


def expression(value: ex.Expression) -> str:
    """An expression, with brackets only where its meaning needs them.

    >>> expression(ex.And((ex.Or((ex.Named("a"), ex.Named("b"))), ex.Not(ex.Named("c")))))
    '(a or b) and not c'
    """
    match value:
        case ex.Named(name):
            return name
        case ex.Compared(name, comparison, level):
            return f"{name} {comparison} {level}"
        case ex.Not(part):
            return f"not {expression(part) if isinstance(part, ex.Not) else _atom(part)}"
        case ex.And(parts):
            return " and ".join(
                expression(part) if isinstance(part, ex.Not) else _atom(part) for part in parts
            )
        case ex.Or(parts):
            return " or ".join(
                expression(part) if isinstance(part, ex.Not | ex.And) else _atom(part) for part in parts
            )
        case ex.AtLeast(count, parts):
            return f"at least {count} of ({', '.join(expression(part) for part in parts)})"
        case ex.Ever(part, since, by):
            return f"ever {_atom(part)}{_dates(since, by)}"
        case ex.Always(part, since, by):
            return f"always {_atom(part)}{_dates(since, by)}"
        case ex.At(part, date):
            return f"{_atom(part)} at {moment(date)}"
        case ex.Before(first, second):
            return f"{_atom(first)} before {_atom(second)}"


def _atom(value: ex.Expression) -> str:
    text = expression(value)
    return text if isinstance(value, ex.Named | ex.Compared | ex.AtLeast) else f"({text})"


def _dates(since: Moment | None, by: Moment | None) -> str:
    return (f" from {moment(since)}" if since else "") + (f" by {moment(by)}" if by else "")


def modifier(value: ex.Modifier) -> str:
    """One entry of ``heightened-by``."""
    return ("" if value.degree == "plainly" else f"{value.degree} ") + expression(value.when)


# -- queries and tests ------------------------------------------------------------------------------------


def query(value: qu.Query) -> str:
    """A query."""
    match value:
        case qu.Probability(event, given, do):
            return f"P({expression(event)}{_givens(given, do)})"
        case qu.ShareOfTime(holds, given, do):
            return f"share of time ({expression(holds)}){_givens(given, do)}"
        case qu.Mode(name, at, do):
            return f"mode of {name} at {moment(at)}{_givens(None, do)}"


def _givens(given: ex.Expression | None, do: Sequence[qu.Do]) -> str:
    parts = [intervention(one) for one in do]
    if given is not None:
        parts.append(expression(given))
    return f" | {', '.join(parts)}" if parts else ""


def intervention(value: qu.Do) -> str:
    """One intervention: ``do(not x at 1987)``."""
    made = {"yes": value.name, "no": f"not {value.name}"}.get(value.value, f"{value.name} is {value.value}")
    return f"do({made}{f' at {moment(value.at)}' if value.at else ''})"


def test(value: qu.Test) -> str:
    """A test of a claim."""
    match value:
        case qu.ModeIs(mode, levels):
            return f"{query(mode)} is {' or '.join(level.name for level in levels)}"
        case qu.IsWord(asked, relation, word):
            return f"{_closed(asked)} {relation} {word}"
        case qu.Compares(left, comparison, right):
            return f"{_side(left)} {comparison} {_side(right)}"
        case qu.MattersMost(what, among, asked, measure):
            names = ", ".join(one.name for one in among)
            return f"{what.name} matters most of ({names}) to {_closed(asked)} by {measure}"
        case qu.DoesNotMatter(what, asked, measure):
            return f"{what.name} does not matter to {_closed(asked)} by {measure}"


def _closed(asked: qu.Probability | qu.ShareOfTime) -> str:
    """A query that ends in a bracket, so that a word can follow."""
    if isinstance(asked, qu.ShareOfTime) and (asked.given is not None or asked.do):
        text = f"share of time ({expression(asked.holds)}) | "
        given = [intervention(do) for do in asked.do]
        return text + ", ".join([*given, *([f"({expression(asked.given)})"] if asked.given else [])])
    return query(asked)


def _side(value: qu.Probability | qu.ShareOfTime | qu.Number) -> str:
    return number(value.value) if isinstance(value, qu.Number) else _closed(value)
