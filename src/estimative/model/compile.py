"""The compiler: from an estimate that has been checked to the model that runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from estimative.estimate import values
from estimative.estimate.nodes import Window
from estimative.model.compile_choices import compile_choice
from estimative.model.compile_guards import NO_YES, Names, asks_of_signals, crossing_name
from estimative.model.compile_trends import compile_trend, nearer, starts_crossed
from estimative.model.guards import All, Holds, Not
from estimative.model.model import (
    Case,
    Choice,
    Crossing,
    Effect,
    Kind,
    Lottery,
    Model,
    Modifier,
    Rule,
    Trend,
    Variable,
)
from estimative.places.calendar import Calendar
from estimative.words.lexicon import Lexicon, lexicon
from estimative.words.meaning import Anything, Counted, Exactly, Meaning, OneOf, Said, Within

if TYPE_CHECKING:
    from collections.abc import Sequence

    from estimative.estimate import nodes
    from estimative.estimate.expressions import Expression
    from estimative.estimate.nodes import Estimate
    from estimative.estimate.queries import Query, Test


def calendar_of(estimate: Estimate) -> Calendar:
    """Steps and dates of an estimate."""
    return Calendar.of(estimate.as_of.first, estimate.horizon.months, estimate.step)


def meaning_of(likelihood: values.Likelihood, words: Lexicon) -> Meaning:
    """What a likelihood says, freed from how it was written.

    >>> meaning_of(values.PercentRange(0.2, 0.4), lexicon("icd-203"))
    Within(low=0.2, high=0.4)
    """
    match likelihood:
        case values.Word(text):
            entry = words.find(text)
            if entry is None:
                raise LookupError(text)
            return Said(entry.key)
        case values.Percent(value):
            return Exactly(value)
        case values.PercentRange(low, high):
            return Within(low, high)
        case values.Tally(hits, cases):
            return Counted(hits, cases)
        case values.Alternatives(wordings):
            return OneOf(tuple(meaning_of(wording, words) for wording in wordings))
        case values.Unknown():
            return Anything()


def compile_estimate(
    estimate: Estimate, queries: Sequence[Query | Test] = (), *, signals: bool = False
) -> tuple[Model, Names]:
    """Model of an estimate without errors, and the numbers that its names have in it.

    `queries` are asked besides the estimate's own claims and questions: a trend's threshold that only
    they mention becomes a variable too. With `signals`, or if something asked names one, so does each
    signal: it holds once it has been seen. Nobody's dice change by either, since dice go by name.
    """
    signals = signals or asks_of_signals(estimate, queries)
    compiler = _Compiler(estimate, Names.of(estimate, queries, signals=signals), signals=signals)
    return compiler.model(), compiler.names


class _Compiler:
    """One pass over one estimate; holds what has been compiled so far."""

    def __init__(self, estimate: Estimate, names: Names, *, signals: bool) -> None:
        self.estimate = estimate
        self.calendar = calendar_of(estimate)
        self.words = lexicon(estimate.standard)
        self.names = names
        self.signals = estimate.signals if signals else ()
        self.variables: list[Variable] = []
        self.rules: list[Rule] = []
        self.lotteries: list[Lottery] = []
        self.choices: list[Choice] = []

    def model(self) -> Model:
        estimate = self.estimate
        for condition in estimate.conditions:
            if condition.is_ is None:
                self.condition(condition)
        for scale in estimate.scales:
            self.scale(scale)
        for choice in estimate.choices:
            self.choice(choice)
        trends = {trend.name: compile_trend(trend, self.calendar) for trend in estimate.trends}
        for crossing in self.names.crossings.values():
            self.crossing(crossing, trends[crossing.trend])
        signals = tuple(self.signal(signal) for signal in self.signals)
        return Model(
            name=estimate.name,
            calendar=self.calendar,
            standard=estimate.standard,
            variables=(*self.variables, *self.names.last_variables()),
            rules=tuple(self.rules),
            lotteries=tuple(self.lotteries),
            choices=tuple(self.choices),
            trends=tuple(trends.values()),
            signals=signals,
        )

    def described(
        self,
        node: nodes.Condition | nodes.Scale | nodes.Choice,
        kind: Kind,
        levels: tuple[str, ...],
        *,
        start: int,
        norm: int | None = None,
    ) -> Variable:
        part_of = node.part_of.name if node.part_of else ""
        return Variable(node.name, kind, levels, start, norm, None, part_of, node.says, node.span)

    def condition(self, node: nodes.Condition) -> None:
        number = len(self.variables)
        starts = node.starts
        self.variables.append(self.described(node, Kind.CONDITION, NO_YES, start=int(starts is True)))
        if not isinstance(starts, bool):
            self.rules.append(
                Rule(
                    name=f"{node.name}.starts",
                    variable=number,
                    effect=Effect.STARTS,
                    guard=All(),
                    first=0,
                    last=0,
                    length=1,
                    meaning=meaning_of(starts, self.words),
                    says=node.says,
                    cites=cited(node.cites),
                    span=starts.span,
                )
            )
        for rule in node.becomes:
            self.rule(rule, number, f"{node.name}.becomes.{rule.name}", Effect.BECOMES, node.requires)
        for rule in node.ends:
            self.rule(rule, number, f"{node.name}.ends.{rule.name}", Effect.ENDS)

    def scale(self, node: nodes.Scale) -> None:
        number = len(self.variables)
        levels = tuple(level.name for level in node.levels)
        kind = Kind.SCALE if node.settles is None else Kind.LOTTERY
        norm = levels.index(node.norm.name) if node.norm else None
        start = levels.index(node.starts.name)
        self.variables.append(self.described(node, kind, levels, start=start, norm=norm))
        if node.returns is not None:
            self.rule(node.returns, number, f"{node.name}.returns", Effect.RETURNS)
        for rule in node.rises:
            self.rule(rule, number, f"{node.name}.rises.{rule.name}", Effect.RISES)
        for rule in node.falls:
            self.rule(rule, number, f"{node.name}.falls.{rule.name}", Effect.FALLS)
        if node.settles is not None:
            self.lottery(node.name, node.settles, number, levels)

    def lottery(self, name: str, node: nodes.Settlement, number: int, levels: tuple[str, ...]) -> None:
        cases = []
        for case in node.cases:
            weights = {level.name: likelihood for level, likelihood in case.levels}
            meanings: list[Meaning | None] = []
            for level in levels[1:]:
                likelihood = weights.get(level, values.Percent(0.0))
                meanings.append(
                    None if isinstance(likelihood, values.TheRest) else meaning_of(likelihood, self.words)
                )
            guard = self.names.optional_guard(case.when)
            full_name = f"{name}.settles.{case.name}"
            cases.append(Case(full_name, guard, tuple(meanings), cited(case.cites), case.span))
        guard = self.names.optional_guard(node.when)
        self.lotteries.append(Lottery(f"{name}.settles", number, guard, tuple(cases)))

    def choice(self, node: nodes.Choice) -> None:
        number = len(self.variables)
        options = tuple(option.name for option in node.options)
        self.variables.append(
            self.described(node, Kind.CHOICE, options, start=options.index(node.starts.name))
        )
        reconsidered = len(self.rules)
        self.rule(node.reconsidered, number, f"{node.name}.reconsidered", Effect.RECONSIDERS)
        self.choices.append(compile_choice(node, self.estimate, number, reconsidered, self.names.guard))

    def signal(self, node: nodes.Signal) -> int:
        """The condition that a signal has been seen: as likely as what it is of holds, or does not."""
        number = len(self.variables)
        says = node.says
        self.variables.append(Variable(node.name, Kind.CONDITION, NO_YES, says=says, span=node.span))
        holds = self.names.guard(node.of)
        for name, seen, guard in (("if-so", node.if_so, holds), ("if-not", node.if_not, Not(holds))):
            first, last, length = self.window(Window(within=seen.within))
            self.rules.append(
                Rule(
                    name=f"{node.name}.{name}",
                    variable=number,
                    effect=Effect.BECOMES,
                    guard=guard,
                    first=first,
                    last=last,
                    length=length,
                    meaning=meaning_of(seen.likelihood, self.words),
                    says=says,
                    cites=cited(node.cites),
                    span=seen.span,
                )
            )
        return number

    def crossing(self, crossing: Crossing, fitted: Trend) -> None:
        number = len(self.variables)
        name = crossing_name(crossing)
        trend = next(trend for trend in self.estimate.trends if trend.name == crossing.trend)
        start = int(starts_crossed(fitted, crossing))
        says = f"{trend.says}: {name}" if trend.says else ""
        self.variables.append(Variable(name, Kind.CONDITION, NO_YES, start=start, says=says, span=trend.span))
        before = nearer(fitted, crossing, self.names.crossings.values())
        reached = None if before is None else Holds(self.names.numbers[crossing_name(before)], frozenset({1}))
        self.rules.append(
            Rule(
                name=f"{name}.crosses",
                variable=number,
                effect=Effect.BECOMES,
                guard=reached or All(),
                first=1,
                last=self.calendar.steps,
                length=1,
                meaning=crossing,
                says=says,
                cites=cited(trend.cites),
                span=trend.span,
            )
        )

    def rule(
        self,
        node: nodes.Rule,
        number: int,
        name: str,
        effect: Effect,
        also: Expression | None = None,
    ) -> None:
        conditions = [self.names.guard(e) for e in (node.when, node.requires, also) if e is not None]
        if node.unless is not None:
            conditions.append(Not(self.names.guard(node.unless)))
        first, last, length = self.window(node.window)
        target = None
        if node.to is not None:
            target = self.variables[number].levels.index(node.to.name)
        self.rules.append(
            Rule(
                name=name,
                variable=number,
                effect=effect,
                guard=conditions[0] if len(conditions) == 1 else All(tuple(conditions)),
                first=first,
                last=last,
                length=length,
                meaning=meaning_of(node.likelihood, self.words),
                modifiers=(
                    *(Modifier(self.names.guard(m.when), m.degree, 1) for m in node.heightened_by),
                    *(Modifier(self.names.guard(m.when), m.degree, -1) for m in node.restrained_by),
                ),
                confidence=node.confidence,
                target=target,
                says=node.says or self.variables[number].says,
                cites=cited(node.cites),
                span=node.span,
            )
        )

    def window(self, window: Window) -> tuple[int, int, int]:
        """First and last step in which a rule may act, and the steps over which its likelihood is spread.

        The part of a window that lies after the horizon counts for the pace: nothing is hurried.
        """
        calendar = self.calendar
        if window.between is not None:
            first = max(1, calendar.first_from(window.between[0].first))
            last = calendar.steps_by(window.between[1].last)
            length = calendar.steps_between(window.between[0].first, window.between[1].last)
            return first, last, length
        if window.by is not None:
            length = calendar.steps_between(calendar.as_of, window.by.last)
            return 1, calendar.steps, length
        if window.within is not None:
            within = window.within
            days = within.count if within.unit == "day" else 0
            return 1, calendar.steps, calendar.steps_in(within.months, days)
        return 1, calendar.steps, calendar.steps


def cited(citations: Sequence[values.Citation]) -> tuple[str, ...]:
    """Citations as they are shown: ``r3159 p.31 "if present trends continue"``."""
    return tuple(f'{c.source} p.{", ".join(c.pages)} "{c.phrase}"' for c in citations)
