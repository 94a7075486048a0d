"""Queries and tests: what can be asked of the futures, and what a claim says of the answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from estimative.places.source import NOWHERE, Span

if TYPE_CHECKING:
    from estimative.estimate.expressions import Expression
    from estimative.estimate.values import Moment, Reference


@dataclass(frozen=True)
class Do:
    """``do(x)``, ``do(not x)``, ``do(scale is level at D)``: the world in which this is made so.

    Without a date it is held so throughout; with one it is made so then, and goes on by its own rules.
    """

    name: str
    value: str
    at: Moment | None = None
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True)
class Probability:
    """``P(EVENT | GIVEN, do(..))``."""

    event: Expression
    given: Expression | None = None
    do: tuple[Do, ...] = ()
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True)
class ShareOfTime:
    """``share of time X``, optionally ``given`` and ``do``: mean share of the steps in which X holds."""

    holds: Expression
    given: Expression | None = None
    do: tuple[Do, ...] = ()
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True)
class Mode:
    """``mode of SCALE at D``: the level that most futures are at."""

    name: str
    at: Moment
    do: tuple[Do, ...] = ()
    span: Span = field(default=NOWHERE, compare=False, repr=False)


Query = Probability | ShareOfTime | Mode


# -- tests: what a claim says ------------------------------------------------------------------------------


@dataclass(frozen=True)
class ModeIs:
    """``mode of S at D is L``, or one of several levels: ``is L or M``."""

    mode: Mode
    levels: tuple[Reference, ...]
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True)
class IsWord:
    """``P(..) is WORD``, ``is at least WORD``, ``is at most WORD``."""

    query: Probability | ShareOfTime
    relation: Literal["is", "is at least", "is at most"]
    word: str
    word_span: Span = field(default=NOWHERE, compare=False, repr=False)
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True)
class Number:
    """A number to compare with: ``10%`` or ``0.1``."""

    value: float
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True)
class Compares:
    """``P(..) > P(..)``, ``P(..) < 10%``."""

    left: Probability | ShareOfTime | Number
    comparison: Literal[">=", ">", "<=", "<"]
    right: Probability | ShareOfTime | Number
    span: Span = field(default=NOWHERE, compare=False, repr=False)


Measure = Literal["potential", "volatility", "variance"]


@dataclass(frozen=True)
class MattersMost:
    """``X matters most of (X, Y, Z) to P(..) by MEASURE``."""

    what: Reference
    among: tuple[Reference, ...]
    query: Probability | ShareOfTime
    measure: Measure
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True)
class DoesNotMatter:
    """``X does not matter to P(..) by MEASURE``."""

    what: Reference
    query: Probability | ShareOfTime
    measure: Measure
    span: Span = field(default=NOWHERE, compare=False, repr=False)


Test = ModeIs | IsWord | Compares | MattersMost | DoesNotMatter
