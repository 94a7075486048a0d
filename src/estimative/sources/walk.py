"""Every citation of an estimate, with what cites it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from estimative.estimate.walk import rules

if TYPE_CHECKING:
    from collections.abc import Iterator

    from estimative.estimate.nodes import (
        Actor,
        Choice,
        Claim,
        Condition,
        Estimate,
        Question,
        Scale,
        Signal,
        Trend,
    )
    from estimative.estimate.values import Citation


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
