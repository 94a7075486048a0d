"""Where an expression, a query or a test stops making sense, in plain words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from estimative.language.misfits import STATES, Misfit, meant, own_problem
from estimative.language.parser import END
from estimative.language.problems import expressions as problems

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    from estimative.language.misfits import Place
    from estimative.language.parser import MisfitError
    from estimative.language.tokens import StrangeTextError, Token
    from estimative.language.tree import Scalar
    from estimative.places.problem import Problem

MAX_DEPTH = 64
"""Brackets and words such as `not` in one expression; a condition with `is:` can name a part of it."""

_DEEPER = {"_OPEN", "NOT", "EVER", "ALWAYS"}

_AFTER = {
    "IS": "a level or an option",
    "RELATION": "a level or a number",
    "MODE_OF": "the name of a scale",
    "_AT": "a date",
    "_BY": "a date",
    "_FROM": "a date",
    "AT_LEAST": "a number and `of`",
    "DO": "`(`",
    "PROBABILITY": "`(`",
    "_MATTERS_MOST_OF": "`(` and the names to compare",
}
"""What is expected after a token where that says more than what the grammar would take."""

_NAMES = {
    "NAME": "a name",
    "NUMBER": "a number",
    "DATE": "a date",
    "IS": "`is`",
    "_AND": "`and`",
    "_OR": "`or`",
    "_AT": "`at`",
    "_BY": "`by`",
    "_OF": "`of`",
    "_TO": "`to`",
    "_OPEN": "`(`",
    "_CLOSE": "`)`",
    "_COMMA": "a comma",
    "RELATION": "a comparison",
    "WORDING": "a word of likelihood",
    "PROBABILITY": "`P(`",
    "_MATTERS_MOST_OF": "`matters most of`",
}
"""What the tokens are called where one of a few is expected."""

_QUERY = {"PROBABILITY", "SHARE_OF_TIME", "MODE_OF"}
_ASKING = {*_QUERY, "_MATTERS_MOST_OF", "_DOES_NOT_MATTER_TO"}
_ASKS = re.compile(r"\bP\s*\(|\b(share\s+of\s+time|mode\s+of|matters?)\b")
"""What a text has that asks something, however badly."""
_DATED = {"_AT", "_BEFORE"}
"""What cannot follow where an expression speaks of one moment."""


def too_many_brackets(scalar: Scalar, ready: Sequence[Token]) -> Problem | None:
    """A problem for a text that is nested deeper than people can read."""
    deeper = [token for token in ready if token.kind in _DEEPER]
    if len(deeper) <= MAX_DEPTH:
        return None
    last = deeper[MAX_DEPTH]
    return problems.expression_too_deep(scalar.at(last.start, last.end), MAX_DEPTH)


def explain(error: MisfitError, scalar: Scalar, ready: Sequence[Token], place: Place) -> Problem:
    """One problem for the first token that does not fit."""
    # After a whole text the parser accepts nothing more, not even its end.
    misfit = Misfit(scalar, ready, error.index, error.accepted or frozenset({END}), place)
    before, token, expected = misfit.before, misfit.token, misfit.accepted
    last = before.end if before else 0
    at = scalar.at(max(last - 1, 0), last) if token is None else scalar.at(token.start, token.end)
    if place in {"query", "test"} and (error.index == 0 or not any(one.kind in _ASKING for one in ready)):
        return problems.not_a_query(scalar.inner, place)
    if place == "test" and _compares_share(ready, error.index):
        return problems.share_needs_brackets(at)
    if place == "test" and token is None and _is_query(expected):
        return problems.test_without_verdict(at)
    if (own := own_problem(misfit)) is not None:
        return own
    if place in STATES:
        expected = expected - _DATED
    what = _what(expected, before)
    return problems.does_not_fit(at, str(token or ""), what, str(before or ""), meant(misfit))


def strange(error: StrangeTextError, scalar: Scalar, place: Place) -> Problem:
    """The problem of a character that starts no token; a sentence in plain words is no query at all."""
    if place in {"query", "test"} and not _ASKS.search(scalar.text):
        return problems.not_a_query(scalar.inner, place)
    at = scalar.at(error.offset, error.offset + 1)
    return problems.strange_character(at, scalar.text[error.offset :][:2])


def _is_query(expected: AbstractSet[str]) -> bool:
    """Whether a whole query stands there, so that only what it is compared with is missing."""
    return {"RELATION", "IS"} & expected != set() and END not in expected and "NAME" not in expected


def _compares_share(ready: Sequence[Token], index: int) -> bool:
    """Whether ``share of time x is WORD`` reads ``x is WORD`` as a comparison of x."""
    if ready[0].kind != "SHARE_OF_TIME":
        return False
    return any(token.kind in {"IS", "RELATION"} for token in ready[1 : index + 1])


def _what(expected: AbstractSet[str], before: Token | None) -> str:
    """What could stand there."""
    if before is not None and before.kind in _AFTER:
        return _AFTER[before.kind]
    if "NOT" in expected and "NAME" in expected:
        return "a condition"
    if "PROBABILITY" in expected:
        return "`P(..)` or `share of time ..`"
    names = [_NAMES[kind] for kind in _NAMES if kind in expected]
    names = names[:4]
    if END in expected:
        names = [*names[:3], "the end"]
    return " or ".join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else "".join(names)
