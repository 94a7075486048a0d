"""Walks over an estimate: every rule, every expression and its parts, every citation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from estimative.estimate import expressions as ex
from estimative.estimate import queries as qu
from estimative.estimate.values import TheRest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from estimative.estimate.nodes import (
        Actor,
        Choice,
        Claim,
        Condition,
        Estimate,
        Question,
        Rule,
        Scale,
        Signal,
        Trend,
    )
    from estimative.estimate.values import Citation, Likelihood


def parts(expression: ex.Expression) -> Iterator[ex.Expression]:
    """Yield an expression and everything in it, from the outside in.

    >>> [type(part).__name__ for part in parts(ex.Not(ex.Named("x")))]
    ['Not', 'Named']
    """
    yield expression
    match expression:
        case ex.Not(part) | ex.Ever(part) | ex.Always(part) | ex.At(part):
            yield from parts(part)
        case ex.And(several) | ex.Or(several) | ex.AtLeast(_, several):
            for part in several:
                yield from parts(part)
        case ex.Before(first, second):
            yield from parts(first)
            yield from parts(second)
        case ex.Named() | ex.Compared():
            pass


def rules(estimate: Estimate) -> Iterator[tuple[str, Rule]]:
    """Yield every rule with its full name, such as ``rok-superior.becomes.if-trends-continue``."""
    for condition in estimate.conditions:
        for rule in condition.becomes:
            yield f"{condition.name}.becomes.{rule.name}", rule
        for rule in condition.ends:
            yield f"{condition.name}.ends.{rule.name}", rule
    for scale in estimate.scales:
        if scale.returns is not None:
            yield f"{scale.name}.returns", scale.returns
        for rule in scale.rises:
            yield f"{scale.name}.rises.{rule.name}", rule
        for rule in scale.falls:
            yield f"{scale.name}.falls.{rule.name}", rule
    for choice in estimate.choices:
        yield f"{choice.name}.reconsidered", choice.reconsidered


def likelihoods(estimate: Estimate) -> Iterator[tuple[str, Likelihood]]:
    """Yield every likelihood with the full name of what it stands on.

    A rule's name, ``x.starts`` of a condition, ``scale.settles.case.level`` of a lottery, ``signal.if-so``
    of a signal.
    """
    for condition in estimate.conditions:
        if not isinstance(condition.starts, bool):
            yield f"{condition.name}.starts", condition.starts
    yield from ((name, rule.likelihood) for name, rule in rules(estimate))
    for scale in estimate.scales:
        for case in scale.settles.cases if scale.settles is not None else ():
            for level, likelihood in case.levels:
                if not isinstance(likelihood, TheRest):
                    yield f"{scale.name}.settles.{case.name}.{level.name}", likelihood
    for signal in estimate.signals:
        yield f"{signal.name}.if-so", signal.if_so.likelihood
        yield f"{signal.name}.if-not", signal.if_not.likelihood


def rule_expressions(rule: Rule) -> Iterator[ex.Expression]:
    """Yield the expressions of one rule."""
    yield from (e for e in (rule.when, rule.unless, rule.requires) if e is not None)
    for modifier in (*rule.heightened_by, *rule.restrained_by):
        yield modifier.when


def state_expressions(estimate: Estimate) -> Iterator[ex.Expression]:
    """Yield every expression that is true or false at a time: all but those of claims and questions."""
    for _, rule in rules(estimate):
        yield from rule_expressions(rule)
    for condition in estimate.conditions:
        yield from (e for e in (condition.requires, condition.is_) if e is not None)
    for scale in estimate.scales:
        if scale.settles is not None:
            when = (scale.settles.when, *(case.when for case in scale.settles.cases))
            yield from (e for e in when if e is not None)
    for choice in estimate.choices:
        for option in choice.options:
            if option.available_when is not None:
                yield option.available_when
            yield from (effect.when for effect in option.effects if effect.when is not None)
        yield from (reranking.when for reranking in choice.reranked)
    yield from (signal.of for signal in estimate.signals)


def queries(test: qu.Query | qu.Test | qu.Number) -> Iterator[qu.Query]:
    """Yield the queries in a test; a query yields itself."""
    match test:
        case qu.Probability() | qu.ShareOfTime() | qu.Mode():
            yield test
        case qu.ModeIs(mode):
            yield mode
        case qu.IsWord(query) | qu.MattersMost(query=query) | qu.DoesNotMatter(query=query):
            yield query
        case qu.Compares(left, _, right):
            yield from queries(left)
            yield from queries(right)
        case qu.Number():
            pass


def query_expressions(query: qu.Query) -> Iterator[ex.Expression]:
    """Yield the expressions of a query."""
    match query:
        case qu.Probability(event, given):
            yield from (e for e in (event, given) if e is not None)
        case qu.ShareOfTime(holds, given):
            yield from (e for e in (holds, given) if e is not None)
        case qu.Mode():
            pass


def citations(estimate: Estimate) -> Iterator[tuple[str, Citation]]:
    """Yield every citation with the name of what cites: a record's id, a rule's full name.

    What is left out on purpose is not cited, and not among them.
    """
    for name, cites in _cites(estimate):
        for citation in cites:
            yield name, citation


def _cites(estimate: Estimate) -> Iterator[tuple[str, tuple[Citation, ...]]]:
    records: tuple[Actor | Condition | Scale | Choice | Trend | Signal | Claim | Question, ...] = (
        *estimate.actors,
        *estimate.conditions,
        *estimate.scales,
        *estimate.choices,
        *estimate.trends,
        *estimate.signals,
        *estimate.claims,
        *estimate.questions,
    )
    for record in records:
        yield record.name, record.cites
    for name, rule in rules(estimate):
        yield name, rule.cites
    for scale in estimate.scales:
        for case in () if scale.settles is None else scale.settles.cases:
            yield f"{scale.name}.settles.{case.name}", case.cites
    for choice in estimate.choices:
        yield from _choice_cites(choice)


def _choice_cites(choice: Choice) -> Iterator[tuple[str, tuple[Citation, ...]]]:
    for option in choice.options:
        for effect in option.effects:
            yield f"{choice.name}.weighs.{option.name}.{effect.interest.name}", effect.cites
    for reranking in choice.reranked:
        yield f"{choice.name}.reranked-when.{reranking.name}", reranking.cites
