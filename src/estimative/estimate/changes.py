"""Changes: what was added, removed or reworded between two versions of an estimate, by name, not by line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from estimative.estimate.nodes import Choice, Condition, Estimate, Rule, Scale

if TYPE_CHECKING:
    from collections.abc import Iterator

    from estimative.places.source import Span

Section = Literal[
    "header", "actors", "conditions", "scales", "choices", "trends", "signals", "claims", "questions"
]
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
Kind = Literal["added", "removed", "reworded"]
BACK: dict[Kind, Kind] = {"added": "removed", "removed": "added", "reworded": "reworded"}
"""What undoes a change."""

HEADER = ("as_of", "horizon", "step", "standard")
"""What the header says that can change an answer."""

SLOTS = ("becomes", "ends", "rises", "falls", "returns", "reconsidered")
"""Where a condition, scale or choice holds rules."""

Node = Any
"""An entry of a section: it has a `name` and a `span`."""


@dataclass(frozen=True)
class Detail:
    """One key whose value was reworded. A text is empty where nothing stood, or what cannot be quoted in a line."""

    key: str
    before: str
    after: str


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
        Full name: an entry, one of its rules, such as ``arms.rises.flow``, or a key of the header.
    before, after
        Where it stands in each version; None where it does not.
    details
        What was reworded in it.
    """

    kind: Kind
    section: Section
    name: str
    before: Span | None
    after: Span | None
    details: tuple[Detail, ...] = ()

    @property
    def undone(self) -> Change:
        """The change from the later version back to the earlier one."""
        return replace(self, kind=BACK[self.kind], before=self.after, after=self.before)


def changes(before: Estimate, after: Estimate) -> tuple[Change, ...]:
    """Every change that may matter, section by section, in the order of the later version; what was removed comes last.

    A change of a rule is told as such; a change of anything else in an entry is one change of the entry.
    """
    found = list(_header(before, after))
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
    if change.section == "header":
        key = change.name.replace("-", "_")
        header: dict[str, Any] = {key: getattr(after, key)}
        return replace(before, **header)
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


def _header(before: Estimate, after: Estimate) -> Iterator[Change]:
    """Yield the keys of the header that say something else."""
    for key in HEADER:
        was, now = getattr(before, key), getattr(after, key)
        if was != now:
            places = (getattr(was, "span", before.span), getattr(now, "span", after.span))
            detail = Detail(_written(key), _quoted(was), _quoted(now))
            yield Change("reworded", "header", _written(key), *places, (detail,))


def _within(section: Section, old: Node, new: Node) -> Iterator[Change]:
    """Yield the changes inside one entry that both versions have."""
    before, after = dict(_rules(old)), dict(_rules(new))
    for name, rule in after.items():
        if name not in before:
            yield Change("added", section, name, None, rule.span)
        elif rule != before[name]:
            details = tuple(_details(before[name], rule))
            yield Change("reworded", section, name, before[name].span, rule.span, details)
    yield from (
        Change("removed", section, name, before[name].span, None) for name in before if name not in after
    )
    if _with_rules(old, after) != new:
        yield Change("reworded", section, old.name, old.span, new.span, tuple(_details(old, new)))


def _details(old: Node, new: Node) -> Iterator[Detail]:
    """Yield the keys of two entries, or rules, that say something else; rules of an entry are changes of their own."""
    for one in fields(old):
        was, now = getattr(old, one.name), getattr(new, one.name)
        if was == now or not one.compare or one.name in SLOTS:
            continue
        if one.name == "window":
            yield from _details(was, now)
        else:
            yield Detail(_written(one.name), _quoted(was), _quoted(now))


def _written(field: str) -> str:
    """The key of a field, as an analyst writes it.

    >>> _written("is_"), _written("part_of")
    ('is', 'part-of')
    """
    return field.strip("_").replace("_", "-")


def _quoted(value: Node) -> str:
    """A value as it was written, on one line."""
    match value:
        case bool():
            return "yes" if value else "no"
        case str():
            return " ".join(value.split())
        case None:
            return ""
        case Sequence():
            return ", ".join(_quoted(one) for one in value)
        case _:
            return " ".join(value.span.text.split()) if is_dataclass(value) and hasattr(value, "span") else ""


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
