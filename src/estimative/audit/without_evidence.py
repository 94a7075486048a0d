"""Something that may happen, with nothing cited for it.

What it does
    Where the estimate names sources, every condition, scale and choice must cite one of them, itself or on
    one of its rules. What is derived from others (`is:`) needs nothing of its own.
Why
    An estimate that can be checked says on what each of its parts rests. What rests on nothing may be
    sound judgement, and then a note should say that it is.
Example
    A condition with a likelihood and neither `cites` nor a note.
Instead
    Cite the page and a few words of it, or say in a `note` whose judgement it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from estimative.estimate.nodes import Condition, Scale
from estimative.places.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from estimative.audit.material import Material
    from estimative.estimate.nodes import Choice, Rule

CODE = "A0412"


def find(material: Material) -> Iterator[Problem]:
    """Yield what neither cites anything nor says in a note why."""
    estimate = material.estimate
    if not estimate.sources:
        return
    nodes: tuple[Condition | Scale | Choice, ...] = (
        *estimate.conditions,
        *estimate.scales,
        *estimate.choices,
    )
    for node in nodes:
        derived = isinstance(node, Condition) and node.is_ is not None
        if derived or node.cites or node.note or any(rule.cites or rule.note for rule in _rules(node)):
            continue
        if not _settled_by_citation(node):
            yield Problem(
                CODE,
                node.span,
                f"`{node.name}` rests on nothing that is cited",
                'cite it: `cites: SOURCE p.12 "a few words"`, or say in a `note` whose judgement it is',
            )


def _rules(node: Condition | Scale | Choice) -> tuple[Rule, ...]:
    if isinstance(node, Condition):
        return (*node.becomes, *node.ends)
    if isinstance(node, Scale):
        return (*node.rises, *node.falls, *((node.returns,) if node.returns else ()))
    return (node.reconsidered,)


def _settled_by_citation(node: Condition | Scale | Choice) -> bool:
    """Whether a lottery's cases, or the effects of a choice's options, cite something."""
    if isinstance(node, Scale):
        return node.settles is not None and any(case.cites or case.note for case in node.settles.cases)
    if isinstance(node, Condition):
        return False
    return any(effect.cites for option in node.options for effect in option.effects)
