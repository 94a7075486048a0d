"""The estimate as it was written: frozen records, each with its place in the text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from estimative.places.source import NOWHERE, Span

if TYPE_CHECKING:
    from estimative.estimate.expressions import Expression, Modifier
    from estimative.estimate.queries import Query, Test
    from estimative.estimate.series import Series
    from estimative.estimate.values import (
        Citation,
        Confidence,
        Duration,
        Likelihood,
        Moment,
        Reference,
        TheRest,
    )


@dataclass(frozen=True)
class Document:
    """One of the `sources`: what is cited.

    `file` and `digest` (SHA-256) say which file its citations were checked against, and `pages` at which
    line of it (in a PDF: at which page of the file) a page begins, for pages that are not found by themselves.
    """

    name: str
    title: str = ""
    authors: tuple[str, ...] = ()
    date: str = ""
    kind: str = ""
    file: str = ""
    digest: str = ""
    pages: tuple[tuple[str, int], ...] = ()
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True)
class Interest:
    """What an actor wants; interests stand in order of importance."""

    name: str
    says: str
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True)
class Actor:
    """Someone with ranked interests.

    `ranking` holds the interests' names by rank, most important first; two names in one rank mean
    either order.
    """

    name: str
    says: str = ""
    interests: tuple[Interest, ...] = ()
    ranking: tuple[tuple[str, ...], ...] = ()
    cites: tuple[Citation, ...] = ()
    note: str = ""
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True)
class Window:
    """When a rule may act: `within` a duration, `by` a date, or `between` two dates; at most one is given."""

    within: Duration | None = None
    by: Moment | None = None
    between: tuple[Moment, Moment] | None = None


@dataclass(frozen=True)
class Rule:
    """One way in which something changes."""

    name: str
    likelihood: Likelihood
    window: Window = Window()
    when: Expression | None = None
    unless: Expression | None = None
    requires: Expression | None = None
    heightened_by: tuple[Modifier, ...] = ()
    restrained_by: tuple[Modifier, ...] = ()
    confidence: Confidence | None = None
    to: Reference | None = None
    says: str = ""
    cites: tuple[Citation, ...] = ()
    note: str = ""
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True)
class Condition:
    """Something that holds or does not.

    `starts` is True, False, or a likelihood. With `is_` it is derived: it holds exactly when that does.
    """

    name: str
    says: str = ""
    of: Reference | None = None
    part_of: Reference | None = None
    starts: bool | Likelihood = False
    becomes: tuple[Rule, ...] = ()
    ends: tuple[Rule, ...] = ()
    requires: Expression | None = None
    is_: Expression | None = None
    cites: tuple[Citation, ...] = ()
    note: str = ""
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True)
class Case:
    """One row of a lottery: how likely each level is, where `when` holds (None: always)."""

    name: str
    when: Expression | None
    levels: tuple[tuple[Reference, Likelihood | TheRest], ...]
    cites: tuple[Citation, ...] = ()
    note: str = ""
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True)
class Settlement:
    """``settles``: when `when` first holds, one level is drawn by the first case that matches."""

    when: Expression | None
    cases: tuple[Case, ...]
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True)
class Scale:
    """Ordered levels, or, with `settles`, a lottery whose first level (`starts`) means not settled yet."""

    name: str
    levels: tuple[Reference, ...]
    starts: Reference
    says: str = ""
    of: Reference | None = None
    part_of: Reference | None = None
    norm: Reference | None = None
    returns: Rule | None = None
    rises: tuple[Rule, ...] = ()
    falls: tuple[Rule, ...] = ()
    settles: Settlement | None = None
    cites: tuple[Citation, ...] = ()
    note: str = ""
    span: Span = field(default=NOWHERE, compare=False, repr=False)


EffectSign = Literal["++", "+", "0", "-", "--"]


@dataclass(frozen=True)
class Effect:
    """What an option does to one interest of the actor, against the first option, while `when` holds."""

    interest: Reference
    sign: EffectSign
    when: Expression | None = None
    cites: tuple[Citation, ...] = ()
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True)
class Option:
    """One of a choice's options, with its effects; `available_when` None means always."""

    name: str
    effects: tuple[Effect, ...] = ()
    available_when: Expression | None = None
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True)
class Reranking:
    """``reranked-when``: while `when` holds, the actor's interests stand in another order."""

    name: str
    when: Expression
    ranking: tuple[tuple[str, ...], ...]
    cites: tuple[Citation, ...] = ()
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True)
class Choice:
    """An actor's options, and what each does to the actor's ranked interests."""

    name: str
    actor: Reference
    options: tuple[Option, ...]
    starts: Reference
    reconsidered: Rule
    says: str = ""
    part_of: Reference | None = None
    reranked: tuple[Reranking, ...] = ()
    cites: tuple[Citation, ...] = ()
    note: str = ""
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True)
class Trend:
    """A number over time: data beside the estimate and how it goes on."""

    name: str
    series: Series
    says: str = ""
    unit: str = ""
    projection: Literal["random-walk"] = "random-walk"
    log: bool = False
    cites: tuple[Citation, ...] = ()
    note: str = ""
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True)
class Seen:
    """How likely a signal is seen over a window, if what it is of is so (or is not)."""

    likelihood: Likelihood
    within: Duration | None = None
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True)
class Signal:
    """An observable sign of something."""

    name: str
    of: Expression
    if_so: Seen
    if_not: Seen
    says: str = ""
    cites: tuple[Citation, ...] = ()
    note: str = ""
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True)
class Claim:
    """A bottom line of the estimate, to be tested. A claim without a test is kept, and said to be untested."""

    name: str
    says: str = ""
    test: Test | None = None
    cites: tuple[Citation, ...] = ()
    note: str = ""
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True)
class Question:
    """What is asked, and by when it will be known."""

    name: str
    query: Query
    says: str = ""
    resolves: Moment | None = None
    cites: tuple[Citation, ...] = ()
    note: str = ""
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True)
class LeftOut:
    """Passages of a source that the estimate leaves out on purpose, and why."""

    name: str
    reason: str
    cites: tuple[Citation, ...] = ()
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True)
class Estimate:
    """All that was written, in the order in which it was written."""

    name: str
    title: str
    as_of: Moment
    horizon: Duration
    step: Literal["month", "quarter", "year"]
    standard: str
    note: str = ""
    sources: tuple[Document, ...] = ()
    actors: tuple[Actor, ...] = ()
    conditions: tuple[Condition, ...] = ()
    scales: tuple[Scale, ...] = ()
    choices: tuple[Choice, ...] = ()
    trends: tuple[Trend, ...] = ()
    signals: tuple[Signal, ...] = ()
    claims: tuple[Claim, ...] = ()
    questions: tuple[Question, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    span: Span = field(default=NOWHERE, compare=False)

    def __repr__(self) -> str:
        return f"Estimate({self.name}: {self.title})"
