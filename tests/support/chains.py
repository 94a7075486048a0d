"""Models of a few variables, put together by hand, whose probabilities can be worked out on paper."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from estimative.model.guards import TRUE, Guard, Holds
from estimative.model.model import Case, Choice, Effect, Kind, Lottery, Model, Rule, Variable
from estimative.model.tables import SCALE, ChoiceTable, LotteryTable, RuleTable, Tables, thresholds
from estimative.places.calendar import Calendar
from estimative.words.meaning import Exactly

if TYPE_CHECKING:
    from collections.abc import Sequence


def at(variable: int, *levels: int) -> Guard:
    """That a variable is at one of some levels; at "yes" where none are given."""
    return Holds(variable, frozenset(levels or (1,)))


def condition(name: str, *, start: int = 0) -> Variable:
    return Variable(name, Kind.CONDITION, ("no", "yes"), start)


def levelled(name: str, kind: Kind, levels: int, *, start: int = 0, norm: int | None = None) -> Variable:
    return Variable(name, kind, tuple(f"l{level}" for level in range(levels)), start, norm)


def made(name: str, kind: Kind, guard: Guard) -> Variable:
    """A derived condition or a memory."""
    return Variable(name, kind, ("no", "yes"), guard=guard)


def rule(
    variable: int,
    effect: Effect,
    guard: Guard = TRUE,
    *,
    first: int = 1,
    last: int = 99,
    target: int | None = None,
) -> Rule:
    """A rule, named by its variable, effect and target; its hazard comes with the tables."""
    name = f"{variable}.{effect.value}.{target}"
    return Rule(name, variable, effect, guard, first, last, 1, Exactly(0.5), target=target)


def start(variable: int) -> Rule:
    """The rule by which a condition may hold from the beginning."""
    return rule(variable, Effect.STARTS, first=0, last=0)


def lottery(variable: int, guard: Guard, *cases: Guard) -> Lottery:
    return Lottery(f"{variable}.settles", variable, guard, tuple(Case("case", case, ()) for case in cases))


def choice(variable: int, reconsidered: int, *conditions: Guard) -> Choice:
    return Choice(variable, "actor", reconsidered, (), (), (), (), (), conditions)


def model_of(
    steps: int,
    variables: Sequence[Variable],
    rules: Sequence[Rule] = (),
    lotteries: Sequence[Lottery] = (),
    choices: Sequence[Choice] = (),
) -> Model:
    """A model of so many monthly steps."""
    calendar = Calendar.of(date(2020, 1, 1), steps, "month")
    return Model(
        "chain", calendar, "ordinary", tuple(variables), tuple(rules), tuple(lotteries), tuple(choices)
    )


def tables_of(
    hazards: Sequence[float],
    lotteries: Sequence[Sequence[Sequence[float]]] = (),
    choices: Sequence[Sequence[Sequence[int]]] = (),
    readings: int = 1,
) -> Tables:
    """Equal readings: a hazard a rule, rows of probabilities a lottery, rows of options a choice."""
    cumulated = [np.cumsum(rows, axis=1) for rows in lotteries]
    for rows in cumulated:
        rows[:, -1] = 1
    return Tables(
        np.arange(readings),
        tuple(RuleTable(np.full((readings, 1, 1), round(hazard * SCALE), np.uint64)) for hazard in hazards),
        tuple(LotteryTable(np.stack([thresholds(rows)] * readings)) for rows in cumulated),
        tuple(ChoiceTable(np.stack([np.array(rows, np.uint8)] * readings)) for rows in choices),
    )
