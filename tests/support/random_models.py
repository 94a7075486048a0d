"""Random small models with everything that a model can have, for engines to be compared on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

import numpy as np

from estimative.engine.request import Intervention, Monitor, Request, Watch, World
from estimative.model.guards import TRUE, All, Any, AtLeast, Guard, Holds, Not
from estimative.model.model import (
    Case,
    Choice,
    Crossing,
    Effect,
    Kind,
    Lottery,
    Model,
    Modifier,
    OptionEffect,
    Rule,
    Variable,
)
from estimative.model.tables import SCALE, ChoiceTable, LotteryTable, RuleTable, Tables, thresholds
from estimative.places.calendar import Calendar
from estimative.words.meaning import Exactly

if TYPE_CHECKING:
    from collections.abc import Mapping

    from estimative.model.model import Degree

    Floats = np.typing.NDArray[np.float64]

YES = frozenset({1})
DEGREES: tuple[Degree, ...] = ("slightly", "plainly", "greatly")


@dataclass(frozen=True)
class Trial:
    """A model with its numbers and something to ask of it.

    `chances` are the rules' likelihoods, shape (rules, readings), and `strengths` the modifiers', so that
    a test can make the tables again with a mistake in them.
    """

    model: Model
    tables: Tables
    request: Request
    world: World
    chances: Floats
    strengths: Mapping[Degree, Floats]


def random_trial(seed: int) -> Trial:
    """The trial of a seed: always the same."""
    return _Maker(np.random.default_rng(seed)).trial()


def random_worlds(seed: int, count: int) -> tuple[Trial, tuple[World, ...]]:
    """The trial of a seed, and several worlds: as written, the trial's own, and others of the same model."""
    maker = _Maker(np.random.default_rng(seed))
    trial = maker.trial()
    return trial, (World(), trial.world, *(maker.world() for _ in range(count - 2)))


def rule_table(rule: Rule, chances: Floats, strengths: Mapping[Degree, Floats]) -> RuleTable:
    """Thresholds of a rule by the definition: log-odds moved by the modifiers, then spread over its steps.

    `chances` has one likelihood a reading. A first passage gets some other hazard at every step.
    """
    log_odds = np.log(chances) - np.log1p(-chances)
    columns = []
    for mask in range(1 << len(rule.modifiers)):
        shift = np.zeros_like(chances)
        for k, modifier in enumerate(rule.modifiers):
            if mask >> k & 1:
                shift += modifier.sign * np.log(strengths[modifier.degree])
        chance = 1 / (1 + np.exp(-log_odds - shift))
        columns.append(1 - (1 - chance) ** (1 / rule.length))
    hazard = np.stack(columns, axis=1)[:, None]
    if isinstance(rule.meaning, Crossing):
        pace = 1 + np.arange(rule.last - rule.first + 1) % 3
        hazard = 1 - (1 - hazard) ** pace[None, :, None]
    return RuleTable(thresholds(hazard))


class _Maker:
    """Makes one trial."""

    def __init__(self, rng: np.random.Generator) -> None:
        self.rng = rng
        self.steps = self.between(2, 6)
        self.readings = self.between(1, 2)
        self.variables: list[Variable] = []
        self.rules: list[Rule] = []
        self.lotteries: list[Lottery] = []
        self.choices: list[Choice] = []

    # Draws

    def between(self, low: int, high: int) -> int:
        return int(self.rng.integers(low, high + 1))

    def often(self, chance: float) -> bool:
        return bool(self.rng.random() < chance)

    def leaf(self, seen: int) -> Guard:
        """That one of the first `seen` variables is at some of its levels."""
        number = self.between(0, seen - 1)
        levels = len(self.variables[number].levels)
        some = self.rng.permutation(levels)[: self.between(1, levels - 1)]
        return Holds(number, frozenset(int(level) for level in some))

    def guard(self, seen: int, depth: int = 2) -> Guard:
        if depth == 0 or self.often(0.4):
            return self.leaf(seen)
        parts = tuple(self.guard(seen, depth - 1) for _ in range(self.between(2, 3)))
        match self.between(0, 3):
            case 0:
                return Not(parts[0])
            case 1:
                return All(parts)
            case 2:
                return Any(parts)
            case _:
                return AtLeast(self.between(1, len(parts)), parts)

    def loose(self) -> Guard:
        """A guard over all variables, or none."""
        return self.guard(len(self.variables)) if self.often(0.6) else TRUE

    # The model

    def trial(self) -> Trial:
        self.declare()
        for number in range(len(self.variables)):
            self.rules_of(number)
        model = Model(
            "random",
            Calendar.of(date(1984, 10, 1), 3 * self.steps, "quarter"),
            "ordinary",
            tuple(self.variables),
            tuple(self.rules),
            tuple(self.lotteries),
            tuple(self.choices),
        )
        chances = np.clip(self.rng.beta(0.8, 0.8, (len(self.rules), self.readings)), 1e-9, 1 - 1e-9)
        strengths = {
            degree: middle * self.rng.lognormal(0, 0.4, self.readings)
            for degree, middle in zip(DEGREES, (1.5, 3.0, 9.0), strict=True)
        }
        tables = Tables(
            self.rng.choice(1000, self.readings, replace=False).astype(np.int64),
            tuple(self.some_rule_table(rule, chances[k], strengths) for k, rule in enumerate(self.rules)),
            tuple(self.lottery_table(lottery) for lottery in self.lotteries),
            tuple(self.choice_table(choice) for choice in self.choices),
        )
        return Trial(model, tables, self.request(), self.world(), chances, strengths)

    def declare(self) -> None:
        """Variables of random kinds, few enough for all joint states to be visited."""
        size = 1
        for number in range(self.between(2, 4)):
            kind = (Kind.CONDITION, Kind.SCALE, Kind.LOTTERY, Kind.CHOICE)[self.between(0, 3)]
            levels = 2 if kind is Kind.CONDITION else self.between(2 + (kind is not Kind.CHOICE), 4)
            size *= levels
            if size <= 100:
                self.variables.append(self.base(number, kind, levels))
        for number in range(self.between(0, 3)):
            kind = Kind.MEMORY if self.often(0.5) else Kind.DERIVED
            guard = self.guard(len(self.variables))
            self.variables.append(Variable(f"made-{number}", kind, ("no", "yes"), guard=guard))

    def base(self, number: int, kind: Kind, levels: int) -> Variable:
        name = f"{kind.value}-{number}"
        if kind is Kind.CONDITION:
            return Variable(name, kind, ("no", "yes"), start=int(self.often(0.3)))
        start = 0 if kind is Kind.LOTTERY else self.between(0, levels - 1)
        norm = self.between(0, levels - 1) if kind is Kind.SCALE else None
        return Variable(name, kind, tuple(f"l{level}" for level in range(levels)), start=start, norm=norm)

    def rules_of(self, number: int) -> None:
        match self.variables[number].kind:
            case Kind.CONDITION:
                if self.often(0.4):
                    self.rules.append(self.start_rule(number))
                for k in range(self.between(1, 2)):
                    self.rule(number, Effect.BECOMES, k)
                for k in range(self.between(0, 2)):
                    self.rule(number, Effect.ENDS, k)
            case Kind.SCALE:
                for effect, most in ((Effect.RISES, 3), (Effect.FALLS, 3), (Effect.RETURNS, 1)):
                    for k in range(self.between(0, most)):
                        self.rule(number, effect, k)
            case Kind.LOTTERY:
                self.lottery(number)
            case Kind.CHOICE:
                self.choice(number)
            case Kind.DERIVED | Kind.MEMORY:
                pass

    def start_rule(self, number: int) -> Rule:
        name = f"{self.variables[number].name}.starts"
        return Rule(name, number, Effect.STARTS, TRUE, 0, 0, 1, Exactly(0.5))

    def rule(self, number: int, effect: Effect, k: int) -> None:
        name = f"{self.variables[number].name}.{effect.value}.{k}"
        first = 1 if self.often(0.7) else self.between(1, self.steps)
        last = self.steps if self.often(0.7) else self.between(first, self.steps)
        modifiers = tuple(
            Modifier(self.guard(len(self.variables), 1), DEGREES[self.between(0, 2)], self.sign())
            for _ in range(self.between(0, 3) if self.often(0.5) else 0)
        )
        jumps = effect in {Effect.RISES, Effect.FALLS} and self.often(0.4)
        target = self.between(0, len(self.variables[number].levels) - 1) if jumps else None
        meaning = Crossing("series", 1.0, rising=True) if self.often(0.2) else Exactly(0.5)
        length = self.between(1, self.steps)
        self.rules.append(
            Rule(name, number, effect, self.loose(), first, last, length, meaning, modifiers, target=target)
        )

    def sign(self) -> Literal[1, -1]:
        return 1 if self.often(0.5) else -1

    def lottery(self, number: int) -> None:
        variable = self.variables[number]
        levels = len(variable.levels) - 1
        guards = [self.guard(len(self.variables), 1) for _ in range(self.between(0, 2))]
        if self.often(0.7):
            guards.append(TRUE)
        cases = tuple(
            Case(f"case-{k}", guard, (Exactly(0.5),) * levels) for k, guard in enumerate(guards or [TRUE])
        )
        self.lotteries.append(Lottery(f"{variable.name}.settles", number, self.loose(), cases))

    def choice(self, number: int) -> None:
        variable = self.variables[number]
        conditions = tuple(self.guard(len(self.variables), 1) for _ in range(self.between(0, 3)))
        effects = tuple(OptionEffect(1, 0, "+", condition) for condition in conditions)
        available = (TRUE,) * len(variable.levels)
        reconsidered = len(self.rules)
        self.rule(number, Effect.RECONSIDERS, 0)
        self.choices.append(
            Choice(number, "actor", reconsidered, ("one",), ((0,),), (), effects, available, conditions)
        )

    # The numbers

    def some_rule_table(self, rule: Rule, chances: Floats, strengths: Mapping[Degree, Floats]) -> RuleTable:
        """Now and then a rule that never or always fires."""
        table = rule_table(rule, chances, strengths)
        if not self.often(0.1):
            return table
        return RuleTable(np.full_like(table.thresholds, self.rng.choice([0, SCALE])))

    def lottery_table(self, lottery: Lottery) -> LotteryTable:
        levels = len(self.variables[lottery.variable].levels) - 1
        weights = self.rng.dirichlet(np.full(levels, 0.7), (self.readings, len(lottery.cases)))
        table = thresholds(np.minimum(weights.cumsum(axis=2), 1))
        table[:, :, -1] = SCALE
        return LotteryTable(table)

    def choice_table(self, choice: Choice) -> ChoiceTable:
        options = len(self.variables[choice.variable].levels)
        shape = (self.readings, 1 << len(choice.conditions), options)
        return ChoiceTable(self.rng.integers(0, options, shape).astype(np.uint8))

    # The question

    def request(self) -> Request:
        seen = len(self.variables)
        monitors = tuple(self.monitor() for _ in range(self.between(1, 4)))
        over = [Holds(number, YES) for number in range(len(monitors))]
        given = Any((over[-1], Not(over[0]))) if self.often(0.3) else over[-1]
        return Request(
            monitors,
            (*over, All(tuple(over)), AtLeast(2, tuple(over)), Not(over[0])),
            given if self.often(0.5) else None,
            tuple(self.guard(seen) for _ in range(2)),
            levels=True,
            firsts=tuple(self.guard(seen) for _ in range(2)),
        )

    def monitor(self) -> Monitor:
        seen = len(self.variables)
        first = self.between(0, self.steps)
        last = self.between(first, self.steps)
        watch = list(Watch)[self.between(0, 2)]
        rival = self.guard(seen) if watch is Watch.BEFORE else None
        return Monitor(watch, self.guard(seen), first, last, rival)

    def world(self) -> World:
        interventions = []
        while self.often(0.5):
            number = self.between(0, len(self.variables) - 1)
            level = self.between(0, len(self.variables[number].levels) - 1)
            first = self.between(0, self.steps)
            interventions.append(Intervention(number, level, first, self.between(first, self.steps)))
        without = [number for number in range(len(self.rules)) if self.often(0.08)]
        return World(tuple(interventions), frozenset(without))
