"""Changes: what was added, removed or reworded between two versions of an estimate, by name, not by line."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any, Literal

from estimative.estimate.nodes import Choice, Condition, Estimate, Rule, Scale
from estimative.places.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator

    from estimative.places.source import Span

Section = Literal["actors", "conditions", "scales", "choices", "trends", "signals", "claims", "questions"]
SECTIONS: tuple[Section, ...] = (
    "actors",
    "conditions",
    "scales",
    "choices",
    "trends",
    "signals",
    "claims",
    "questions",
)
SLOTS = ("becomes", "ends", "rises", "falls", "returns", "reconsidered")
"""Where a condition, scale or choice holds rules."""

Node = Any
"""An entry of a section: it has a `name` and a `span`."""


@dataclass(frozen=True)
class Change:
    """One difference between two versions.

    Parameters
    ----------
    kind
        What happened to it.
    section
        In which section it stands.
    name
        Full name: an entry, or one of its rules, such as ``arms.rises.flow``.
    before, after
        Where it stands in each version; None where it does not.
    """

    kind: Literal["added", "removed", "reworded"]
    section: Section
    name: str
    before: Span | None
    after: Span | None


def changes(before: Estimate, after: Estimate) -> tuple[Change, ...]:
    """Every change, section by section, in the order of the later version; what was removed comes last.

    A change of a rule is told as such; a change of anything else in an entry is one change of the entry.
    """
    found: list[Change] = []
    for section in SECTIONS:
        old = {node.name: node for node in getattr(before, section)}
        new = {node.name: node for node in getattr(after, section)}
        for name, node in new.items():
            if name not in old:
                found.append(Change("added", section, name, None, node.span))
            elif node != old[name]:
                found += _within(section, old[name], node)
        found += [Change("removed", section, name, old[name].span, None) for name in old if name not in new]
    return tuple(found)


def applied(before: Estimate, after: Estimate, change: Change) -> Estimate:
    """The earlier version with one change made to it."""
    entry = change.name.partition(".")[0]
    old: dict[str, Node] = {node.name: node for node in getattr(before, change.section)}
    new: dict[str, Node] = {node.name: node for node in getattr(after, change.section)}
    if entry == change.name:
        if change.kind == "removed":
            del old[entry]
        elif change.kind == "added":
            old[entry] = new[entry]
        else:
            # Rules that changed are changes of their own.
            old[entry] = _with_rules(new[entry], dict(_rules(old[entry])))
    else:
        rules = dict(_rules(old[entry]))
        rules.pop(change.name, None)
        rules |= {name: rule for name, rule in _rules(new[entry]) if name == change.name}
        old[entry] = _with_rules(old[entry], rules)
    section: dict[str, Any] = {change.section: tuple(old.values())}
    return replace(before, **section)


def _within(section: Section, old: Node, new: Node) -> Iterator[Change]:
    """Yield the changes inside one entry that both versions have."""
    before, after = dict(_rules(old)), dict(_rules(new))
    for name, rule in after.items():
        if name not in before:
            yield Change("added", section, name, None, rule.span)
        elif rule != before[name]:
            yield Change("reworded", section, name, before[name].span, rule.span)
    yield from (
        Change("removed", section, name, before[name].span, None) for name in before if name not in after
    )
    if _with_rules(old, after) != new:
        yield Change("reworded", section, old.name, old.span, new.span)


def _rules(node: Node) -> Iterator[tuple[str, Rule]]:
    if not isinstance(node, Condition | Scale | Choice):
        return
    for slot in SLOTS:
        held = getattr(node, slot, None)
        if isinstance(held, tuple):
            yield from ((f"{node.name}.{slot}.{rule.name}", rule) for rule in held)
        elif held is not None:
            yield f"{node.name}.{slot}", held


def _with_rules(node: Node, rules: dict[str, Rule]) -> Node:
    """The entry with other rules in its slots."""
    if not isinstance(node, Condition | Scale | Choice):
        return node
    slots: dict[str, Any] = {}
    for slot in {field.name for field in fields(node)} & set(SLOTS):
        head = f"{node.name}.{slot}"
        if slot in {"returns", "reconsidered"}:
            slots[slot] = rules.get(head)
        else:
            slots[slot] = tuple(rule for name, rule in rules.items() if name.startswith(head + "."))
    return replace(node, **slots)
