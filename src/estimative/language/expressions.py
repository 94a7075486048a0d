"""Expressions, queries and tests: from the words of one value to the records of the estimate."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from estimative.estimate import expressions as ex
from estimative.estimate import queries as qu
from estimative.language.build import Builder
from estimative.language.parser import Branch, MisfitError, Start, parse
from estimative.language.problems import expressions as problems
from estimative.language.syntax import explain, strange, too_many_brackets
from estimative.language.tokens import RESERVED, StrangeTextError, tokens
from estimative.language.tree import Scalar
from estimative.places.source import Source

if TYPE_CHECKING:
    from estimative.language.misfits import Place
    from estimative.places.problem import Problem

MAX_LENGTH = 10_000
"""Characters in one expression."""


_NAME = re.compile(r"[^\W\d_][\w-]*")
_MODIFIER = re.compile(r"\s*(slightly|greatly)\s+(?=\S)")


def parse_expression(scalar: Scalar, found: list[Problem], place: Place = "state") -> ex.Expression | None:
    """The expression that a value writes; what is wrong is added to `found`, as it is where it stands.

    >>> from estimative.language.tree import Scalar
    >>> from estimative.places import Source
    >>> parse_expression(Scalar("not a and b", Source("", "not a and b").span(0, 11)), [])
    And(parts=(Not(part=Named(name='a')), Named(name='b')))
    """
    text = scalar.text.strip()
    if _NAME.fullmatch(text) and text not in RESERVED:  # most are one name: no parser is needed
        return ex.Named(text, scalar.inner)
    tree = _tree(scalar, "expression", found, place)
    return None if tree is None else Builder(scalar, found).expression(tree)


def parse_modifier(scalar: Scalar, found: list[Problem]) -> ex.Modifier | None:
    """One entry of ``heightened-by``: an expression, with or without ``slightly`` or ``greatly`` before it."""
    match = _MODIFIER.match(scalar.text)
    if match is None:
        when = parse_expression(scalar, found, "modifier")
        return None if when is None else ex.Modifier(when, "plainly", scalar.inner)
    rest = Scalar(scalar.text[match.end() :], scalar.at(match.end(), len(scalar.text)))
    when = parse_expression(rest, found)
    degree: Literal["slightly", "greatly"] = "slightly" if match[1] == "slightly" else "greatly"
    return None if when is None else ex.Modifier(when, degree, scalar.inner)


def parse_query_in(scalar: Scalar, found: list[Problem]) -> qu.Query | None:
    """The query that a value writes: ``P(..)``, ``share of time ..`` or ``mode of ..``."""
    tree = _tree(scalar, "query", found, "query")
    return None if tree is None else Builder(scalar, found).query(tree)


def parse_test_in(scalar: Scalar, found: list[Problem]) -> qu.Test | None:
    """The test that a claim's value writes."""
    tree = _tree(scalar, "test", found, "test")
    return None if tree is None else Builder(scalar, found).test(tree)


def parse_query(text: str, name: str = "query") -> tuple[qu.Query | None, tuple[Problem, ...]]:
    """A query by itself, as it is asked on the command line.

    >>> parse_query("P(ever x by 1990)")[0].event.by.last
    datetime.date(1990, 12, 31)
    """
    found: list[Problem] = []
    query = parse_query_in(_line(text, name), found)
    return (None if found else query), tuple(found)


def parse_test(text: str, name: str = "test") -> tuple[qu.Test | None, tuple[Problem, ...]]:
    """A test by itself, as a claim has it."""
    found: list[Problem] = []
    test = parse_test_in(_line(text, name), found)
    return (None if found else test), tuple(found)


def parse_do(text: str, name: str = "do") -> tuple[tuple[qu.Do, ...], tuple[Problem, ...]]:
    """Interventions by themselves: ``do(x at 1987), do(not y)``."""
    given, do, found = parse_givens(text, name)
    if given is not None:
        found = (*found, problems.not_an_intervention(given.span))
    return (() if found else do), found


def parse_givens(
    text: str, name: str = "given"
) -> tuple[ex.Expression | None, tuple[qu.Do, ...], tuple[Problem, ...]]:
    """What is given and what is made so, by themselves, as they stand after the bar: ``ever x by 1987, do(y)``."""
    found: list[Problem] = []
    line = _line(text, name)
    tree = _tree(line, "givens", found, "givens")
    given, do = (None, ()) if tree is None else Builder(line, found).givens(tree)
    return given, do, tuple(found)


def _line(text: str, name: str) -> Scalar:
    return Scalar(text, Source(name, text).span(0, len(text)))


def _tree(scalar: Scalar, start: Start, found: list[Problem], place: Place) -> Branch | None:
    """Tree of a text, or a problem in `found` for the first place where it makes no sense."""
    if len(scalar.text) > MAX_LENGTH:
        found.append(problems.expression_too_long(scalar.at(0, 1), len(scalar.text), MAX_LENGTH))
        return None
    try:
        ready = tokens(scalar.text)
    except StrangeTextError as error:
        found.append(strange(error, scalar, place))
        return None
    if problem := too_many_brackets(scalar, ready):
        found.append(problem)
        return None
    try:
        return parse(ready, start)
    except MisfitError as error:
        found.append(explain(error, scalar, ready, place))
        return None
