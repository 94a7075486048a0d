"""The model: variables, rules, lotteries and choices, numbered and ready to run in any reading."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from itertools import accumulate
from typing import TYPE_CHECKING, Literal

from estimative.places.source import NOWHERE, Span

if TYPE_CHECKING:
    from datetime import date

    from estimative.model.guards import Guard
    from estimative.places.calendar import Calendar
    from estimative.words.meaning import Meaning

# State at step t is the value of every variable; step 0 is as-of, and step k ends k steps later.


class Kind(Enum):
    """How a variable moves."""

    CONDITION = "condition"
    SCALE = "scale"
    LOTTERY = "lottery"
    CHOICE = "choice"
    DERIVED = "derived"
    """Holds exactly when its guard does, at the same step."""
    MEMORY = "memory"
    """Holds once its guard has held at this or an earlier step."""


@dataclass(frozen=True)
class Variable:
    """One thing that has a level at every step.

    Conditions, derived conditions and memories have the levels ``("no", "yes")``. `start` is the level
    at step 0, unless a rule with the effect `STARTS` lifts a condition to "yes" there. `guard` belongs
    to derived variables and memories. `part_of` names the interest or perspective it belongs to.
    """

    name: str
    kind: Kind
    levels: tuple[str, ...]
    start: int = 0
    norm: int | None = None
    guard: Guard | None = None
    part_of: str = ""
    says: str = ""
    span: Span = field(default=NOWHERE, compare=False, repr=False)

    @property
    def is_condition(self) -> bool:
        """Whether it holds or does not, rather than being at one of several levels."""
        return self.kind in {Kind.CONDITION, Kind.DERIVED, Kind.MEMORY}


class Effect(Enum):
    """What a rule does to its variable when it fires."""

    STARTS = "starts"
    """At step 0 only: the condition holds from the beginning."""
    BECOMES = "becomes"
    ENDS = "ends"
    RISES = "rises"
    FALLS = "falls"
    RETURNS = "returns"
    """One level towards the norm."""
    RECONSIDERS = "reconsiders"
    """The actor looks at the options again."""


Degree = Literal["slightly", "plainly", "greatly"]


@dataclass(frozen=True)
class Modifier:
    """While the guard holds, the log-odds of the rule's likelihood move by log(strength of degree) x sign."""

    guard: Guard
    degree: Degree
    sign: Literal[1, -1]


@dataclass(frozen=True)
class Crossing:
    """A trend's first passage of a threshold: the rule's hazard in each step comes from the data."""

    trend: str
    threshold: float
    rising: bool


@dataclass(frozen=True)
class Rule:
    """One way in which a variable changes.

    It may fire in the moves into steps `first` to `last` (included, counted from 1) from a state in
    which its guard holds. Its likelihood is spread over `length` steps: h = 1 - (1 - p)^(1/length).
    The guard contains the written ``when``, ``unless`` and ``requires``, and the condition's own
    ``requires``. `target` is the level of a jump (None: one level). `name` is unique and stable:
    it names the rule's dice.
    """

    name: str
    variable: int
    effect: Effect
    guard: Guard
    first: int
    last: int
    length: int
    meaning: Meaning | Crossing
    modifiers: tuple[Modifier, ...] = ()
    confidence: Literal["low", "moderate", "high"] | None = None
    target: int | None = None
    says: str = ""
    cites: tuple[str, ...] = ()
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True)
class Case:
    """One row of a lottery: weights of levels 1, 2, .. (None: this level takes what the others leave)."""

    name: str
    guard: Guard
    meanings: tuple[Meaning | None, ...]
    cites: tuple[str, ...] = ()
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True)
class Lottery:
    """Settles a variable: from level 0, when `guard` holds, to one of the levels 1.. of the first case.

    If no case matches, it stays unsettled. `name` names its dice.
    """

    name: str
    variable: int
    guard: Guard
    cases: tuple[Case, ...]


@dataclass(frozen=True)
class OptionEffect:
    """What an option does to an interest (by its number in `Choice.interests`) while the guard holds."""

    option: int
    interest: int
    sign: Literal["++", "+", "-", "--"]
    guard: Guard
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True)
class Choice:
    """An actor's decision: looked at again when rule number `reconsidered` fires.

    `ranking` lists ranks of interest numbers, most important first (several in one rank: either order);
    `reranked` gives other rankings, the first whose guard holds. `available[k]` guards option k.
    `conditions` are the distinct guards on which the decision depends, in a fixed order: a decision is
    a table over their truth values and the present option.
    """

    variable: int
    actor: str
    reconsidered: int
    interests: tuple[str, ...]
    ranking: tuple[tuple[int, ...], ...]
    reranked: tuple[tuple[Guard, tuple[tuple[int, ...], ...]], ...]
    effects: tuple[OptionEffect, ...]
    available: tuple[Guard, ...]
    conditions: tuple[Guard, ...]


@dataclass(frozen=True)
class Trend:
    """A fitted series and how it goes on: a random walk with drift, in logarithms where `log`.

    Parameters
    ----------
    dates, values
        The data used, oldest first, as written (not in logarithms).
    drift, scale
        Estimated change per year, and standard deviation of a year's change (of the logarithm if `log`).
    freedom
        Degrees of freedom of the scale: the number of changes less one.
    years
        Years that the data cover.
    ahead
        Years from the last value to the end of step 0, 1, .., shape (steps + 1,).
    """

    name: str
    dates: tuple[date, ...]
    values: tuple[float, ...]
    log: bool
    drift: float
    scale: float
    freedom: int
    years: float
    ahead: tuple[float, ...]
    unit: str = ""
    says: str = ""
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True)
class Model:
    """Everything that runs, without its numbers.

    Base variables come first; derived ones and memories follow in the order in which they are evaluated.
    """

    name: str
    calendar: Calendar
    standard: str
    variables: tuple[Variable, ...]
    rules: tuple[Rule, ...]
    lotteries: tuple[Lottery, ...] = ()
    choices: tuple[Choice, ...] = ()
    signals: tuple[int, ...] = ()
    """Numbers of the conditions that a signal has been seen; nothing else looks at them."""
    trends: tuple[Trend, ...] = ()

    def variable(self, name: str) -> int:
        """Number of the variable of this name."""
        return self.names[name]

    @property
    def offsets(self) -> tuple[int, ...]:
        """Where each variable's levels begin, if the levels of all stand in one row."""
        return tuple(accumulate((len(variable.levels) for variable in self.variables), initial=0))[:-1]

    @property
    def names(self) -> dict[str, int]:
        """Numbers of variables by name."""
        return {variable.name: number for number, variable in enumerate(self.variables)}
