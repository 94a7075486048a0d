"""An estimate itself as blocks: what it is about, its rules with their sources, what influences what."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Literal

from estimative.estimate.walk import rules
from estimative.show.blocks import Block, Cell, Column, Mark, Table, Words
from estimative.show.figures import Diagram, Edge, Node
from estimative.show.numerals import plural
from estimative.show.plain import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from estimative.estimate.nodes import Estimate, Rule, Window
    from estimative.estimate.values import Citation
    from estimative.places.source import Span
    from estimative.questions.influences import Influence


def citation(cite: Citation) -> str:
    """A citation on one line.

    >>> from estimative.estimate.values import Citation
    >>> citation(Citation("r3159", ("50", "51"), "most likely prospect"))
    'r3159 pp.50, 51 “most likely prospect”'
    """
    pages = f" {'pp' if len(cite.pages) > 1 else 'p'}.{', '.join(cite.pages)}" if cite.pages else ""
    return f"{cite.source}{pages}" + (f" “{cite.phrase}”" if cite.phrase else "")


def subtitle(estimate: Estimate) -> tuple[Words, ...]:
    """When, how far and in whose words."""
    horizon = f"{plural(estimate.horizon.count, estimate.horizon.unit)}"
    return (
        "As of ",
        Mark(estimate.as_of.first.isoformat(), "strong"),
        f", {horizon} ahead, {estimate.step} by {estimate.step}; words of likelihood: ",
        Mark(estimate.standard, "strong"),
        ".",
    )


def rules_table(estimate: Estimate) -> Table:
    """Every rule as it was written, with its source."""
    rows: list[tuple[Cell, ...]] = [
        (
            Mark(name, "code"),
            Mark(_written(rule.likelihood.span), "strong"),
            _window(rule.window),
            _guards(rule),
            Mark("; ".join(citation(cite) for cite in rule.cites), "quiet"),
        )
        for name, rule in rules(estimate)
    ]
    titles = ("rule", "likelihood", "time", "condition", "source")
    return Table(tuple(Column(title) for title in titles), tuple(rows))


def _written(span: Span) -> str:
    return one_line(span.text)


def _window(window: Window) -> str:
    if window.within is not None:
        return f"within {plural(window.within.count, window.within.unit)}"
    if window.by is not None:
        return f"by {_written(window.by.span)}"
    if window.between is not None:
        return f"{_written(window.between[0].span)} to {_written(window.between[1].span)}"
    return ""


def _guards(rule: Rule) -> str:
    """When a rule may act, and what moves it."""
    several = (("when", rule.when), ("unless", rule.unless), ("requires", rule.requires))
    parts = [f"{word} {_written(guard.span)}" for word, guard in several if guard is not None]
    for word, modifiers in (("heightened by", rule.heightened_by), ("restrained by", rule.restrained_by)):
        if modifiers:
            parts.append(f"{word} {', '.join(_written(modifier.span) for modifier in modifiers)}")
    return "; ".join(parts)


def sources_blocks(estimate: Estimate) -> tuple[Block, ...]:
    """The sources and how often each is cited."""
    cited = Counter(cite.source for _, rule in rules(estimate) for cite in rule.cites)
    rows: list[tuple[Cell, ...]] = [
        (
            Mark(source.name, "code"),
            "; ".join(part for part in (source.title, ", ".join(source.authors), source.date) if part),
            str(cited[source.name]),
        )
        for source in estimate.sources
    ]
    return (Table((Column("source"), Column("title"), Column("cited by rules", "right")), tuple(rows)),)


def diagram(estimate: Estimate, found: Sequence[Influence], title: str) -> Diagram:
    """What influences what; only variables that influence something or are influenced."""
    touched = {name for influence in found for name in (influence.source, influence.target)}
    return Diagram(
        title,
        tuple(node for node in _nodes(estimate) if node.name in touched),
        tuple(Edge(influence.source, influence.target, influence.sign) for influence in found),
    )


def _nodes(estimate: Estimate) -> list[Node]:
    nodes = []
    for condition in estimate.conditions:
        kind: Literal["condition", "derived"] = "condition" if condition.is_ is None else "derived"
        part = condition.part_of.name if condition.part_of is not None else ""
        nodes.append(Node(condition.name, kind, condition.says, part))
    nodes += [
        Node(scale.name, "scale" if scale.settles is None else "lottery", scale.says)
        for scale in estimate.scales
    ]
    nodes += [Node(choice.name, "choice", choice.says) for choice in estimate.choices]
    nodes += [Node(trend.name, "trend", trend.says) for trend in estimate.trends]
    nodes += [Node(signal.name, "signal", signal.says) for signal in estimate.signals]
    return nodes
