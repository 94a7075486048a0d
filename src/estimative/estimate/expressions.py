"""Expressions: true or false at a time (in rules) or of a whole future (in questions)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from estimative.places.source import NOWHERE, Span

if TYPE_CHECKING:
    from estimative.estimate.values import Moment

Comparison = Literal["is", "is not", ">=", ">", "<=", "<"]


@dataclass(frozen=True)
class Named:
    """``x``: the condition x holds."""

    name: str
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True)
class Compared:
    """``scale >= level``, ``choice is option``, ``trend >= 3.5``: `value` is kept as it is written."""

    name: str
    comparison: Comparison
    value: str
    span: Span = field(default=NOWHERE, compare=False, repr=False)
    value_span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True)
class Not:
    """``not x``."""

    part: Expression
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True)
class And:
    """``x and y``."""

    parts: tuple[Expression, ...]
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True)
class Or:
    """``x or y``."""

    parts: tuple[Expression, ...]
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True)
class AtLeast:
    """``at least 2 of (a, b, c)``."""

    count: int
    parts: tuple[Expression, ...]
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True)
class Ever:
    """``ever x``: in a rule, x has held by now; in a question, ``ever x from D by D``."""

    part: Expression
    since: Moment | None = None
    by: Moment | None = None
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True)
class Always:
    """``always x from D by D``: x holds at every step of the span of time (questions only)."""

    part: Expression
    since: Moment | None = None
    by: Moment | None = None
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True)
class At:
    """``x at D``: x holds on that date (questions only)."""

    part: Expression
    date: Moment
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True)
class Before:
    """``x before y``: x comes to hold while y has not held yet (questions only)."""

    first: Expression
    second: Expression
    span: Span = field(default=NOWHERE, compare=False, repr=False)


Expression = Named | Compared | Not | And | Or | AtLeast | Ever | Always | At | Before
"""A rule may use all but `Always`, `At`, `Before` and the dates of `Ever`."""


@dataclass(frozen=True)
class Modifier:
    """One entry of ``heightened-by`` or ``restrained-by``: an expression, slightly, plainly or greatly."""

    when: Expression
    degree: Literal["slightly", "plainly", "greatly"] = "plainly"
    span: Span = field(default=NOWHERE, compare=False, repr=False)
