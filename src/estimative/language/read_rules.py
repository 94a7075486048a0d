"""Reading rules: one way in which something changes, in its long form or as a likelihood alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from estimative.estimate.nodes import Rule, Window
from estimative.language.fields import Fields
from estimative.language.ids import check_id
from estimative.language.keys import TABLES, Form
from estimative.language.problems import names as name_problems
from estimative.language.problems import shape as problems
from estimative.language.tree import Node, Scalar, is_empty
from estimative.language.unnamed import named
from estimative.language.values import likelihood
from estimative.places.problem import Problem

if TYPE_CHECKING:
    from estimative.estimate.values import Confidence
    from estimative.places.source import Span

MAX_MODIFIERS = 8
"""Modifiers of one rule; the model holds a row for every mixture of them."""

_CONFIDENCE: dict[str, Confidence] = {"low": "low", "moderate": "moderate", "high": "high"}


def read_rules(fields: Fields, slot: str, *, on_scale: bool = False) -> tuple[Rule, ...]:
    """The rules under ``becomes``, ``ends``, ``rises`` or ``falls``, by name."""
    rules = []
    for entry in named(fields.mapping(slot, Form.RULES), TABLES["rule"], slot, fields.found):
        name = check_id(entry.key, fields.found)
        rules.append(_rule(entry.value, name, entry.key.span, fields.found, on_scale=on_scale))
    return tuple(rules)


def read_rule(fields: Fields, slot: str) -> Rule | None:
    """The one rule under ``returns`` or ``reconsidered``; its name is its slot."""
    node = fields.node(slot, Form.RULE)
    return None if node is None else _rule(node, slot, fields.key(slot), fields.found)


def _rule(node: Node, name: str, at: Span, found: list[Problem], *, on_scale: bool = False) -> Rule:
    if isinstance(node, Scalar):
        return _short_rule(node, name, at, found)
    fields = Fields(node, TABLES["rule"], f"the rule `{name}`", at, found)
    if fields.has("to") and not on_scale:
        found.append(problems.to_without_scale(fields.key("to"), name))
    heightened, restrained = fields.modifiers("heightened-by"), fields.modifiers("restrained-by")
    count = len(heightened) + len(restrained)
    if count > MAX_MODIFIERS:
        found.append(name_problems.too_many(at, "modifiers", count, MAX_MODIFIERS))
    confidence = fields.one_of("confidence")
    return Rule(
        name=name,
        likelihood=fields.likelihood(),
        window=_window(fields),
        when=fields.expression("when"),
        unless=fields.expression("unless"),
        requires=fields.expression("requires"),
        heightened_by=heightened,
        restrained_by=restrained,
        confidence=_CONFIDENCE[confidence] if confidence else None,
        to=fields.reference("to"),
        says=fields.text("says"),
        cites=fields.citations(),
        note=fields.text("note"),
        span=at,
    )


def _short_rule(scalar: Scalar, name: str, at: Span, found: list[Problem]) -> Rule:
    if is_empty(scalar):
        found.append(problems.nothing_here(at, name))
        return Rule(name, Fields.NOTHING, span=at)
    value = likelihood(scalar)
    if isinstance(value, Problem):
        found.append(value)
        value = Fields.NOTHING
    return Rule(name, value, span=at)


def _window(fields: Fields) -> Window:
    return Window(fields.duration("within"), fields.date("by"), fields.dates("between"))
