"""Reading scales, and the lotteries among them."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from estimative.estimate.nodes import Case, Scale, Settlement
from estimative.estimate.values import Percent, Reference, TheRest
from estimative.language import values
from estimative.language.fields import Fields
from estimative.language.ids import check_id
from estimative.language.keys import TABLES, Form
from estimative.language.problems import lotteries as lottery_problems
from estimative.language.problems import names as problems
from estimative.language.problems import shape as shape_problems
from estimative.language.read_rules import read_rule, read_rules
from estimative.language.tree import Scalar, Sequence, is_empty
from estimative.language.unnamed import named
from estimative.places.problem import Problem

if TYPE_CHECKING:
    from estimative.estimate.values import Likelihood
    from estimative.language.tree import Entry, Node

MAX_LEVELS = 32
"""Levels of one scale and options of one choice."""


def read_scale(fields: Fields, name: str) -> Scale:
    """One scale; with ``settles`` it is a lottery and has no rules."""
    if not fields.has("settles") and fields.has("returns") and not fields.has("norm"):
        fields.found.append(
            shape_problems.missing_key(
                fields.key("returns"), "norm", fields.owner, "the level to which it returns"
            )
        )
    return Scale(
        name=name,
        levels=read_names(fields, "levels", "level"),
        starts=fields.reference("starts") or Reference("", fields.at),
        says=fields.text("says"),
        of=fields.reference("of"),
        part_of=fields.reference("part-of"),
        norm=fields.reference("norm"),
        returns=read_rule(fields, "returns"),
        rises=read_rules(fields, "rises", on_scale=True),
        falls=read_rules(fields, "falls", on_scale=True),
        settles=_settlement(fields),
        cites=fields.citations(),
        note=fields.text("note"),
        span=fields.at,
    )


def read_names(fields: Fields, key: str, what: str) -> tuple[Reference, ...]:
    """Names of levels or options: at least two, each once, each written as an id."""
    node = fields.node(key, Form.IDS)
    if node is None:
        return ()
    if not isinstance(node, Sequence):
        is_text = isinstance(node, Scalar)
        found, hint = ("one value", f"write `[{node.span.text}]`") if is_text else ("a group of keys", "")
        fields.found.append(shape_problems.wrong_shape(node.span, key, "a list is", found, hint))
        return ()
    names: dict[str, Reference] = {}
    for scalar in fields.some(node, key):
        name = check_id(scalar, fields.found, is_key=False)
        if name in names:
            fields.found.append(problems.twice_in_list(scalar.span, name, what))
        else:
            names[name] = Reference(name, scalar.inner)
    if len(node.items) < (2 if what == "level" else 1):  # a choice of one option has a check of its own
        fields.found.append(problems.too_few(node.span, f"{what}s", 2))
    if len(names) > MAX_LEVELS:
        fields.found.append(problems.too_many(node.span, f"{what}s", len(names), MAX_LEVELS))
    return tuple(names.values())


def _settlement(fields: Fields) -> Settlement | None:
    node = fields.node("settles", Form.SETTLES)
    if node is None:
        return None
    at = fields.key("settles")
    inner = Fields(node, TABLES["settlement"], f"the lottery of {fields.owner}", at, fields.found)
    when = inner.expression("when")
    if inner.has("cases"):
        entries = named(inner.mapping("cases", Form.CASES), TABLES["case"], "cases", fields.found)
        cases = tuple(_case(entry, fields.found) for entry in entries)
        _order(cases, fields.found)
        return Settlement(when, cases, at)
    levels = inner.node("levels", Form.LEVELS)
    if levels is None:
        return Settlement(when, (), at)
    case = Case("always", None, _levels(inner, levels), span=inner.key("levels"))
    return Settlement(when, (case,), at)


def _case(entry: Entry, found: list[Problem]) -> Case:
    name = check_id(entry.key, found)
    fields = Fields(entry.value, TABLES["case"], f"the case `{name}`", entry.key.span, found)
    node = fields.node("levels", Form.LEVELS)
    return Case(
        name=name,
        when=fields.expression("when"),
        levels=() if node is None else _levels(fields, node),
        cites=fields.citations(),
        note=fields.text("note"),
        span=entry.key.span,
    )


def _levels(fields: Fields, node: Node) -> tuple[tuple[Reference, Likelihood | TheRest], ...]:
    """How likely each level is; at most one takes the rest."""
    rows: list[tuple[Reference, Likelihood | TheRest]] = []
    for entry in fields.entries_of(node, "levels"):
        level = Reference(entry.key.text, entry.key.inner)
        if is_empty(entry.value):
            fields.found.append(shape_problems.nothing_here(entry.key.span, level.name))
            continue
        scalar = fields.one(entry.value, level.name)
        value = None if scalar is None else values.level_likelihood(scalar)
        if isinstance(value, Problem):
            fields.found.append(value)
        elif value is not None:
            rows.append((level, value))
    rest = [value.span for _, value in rows if isinstance(value, TheRest)]
    if len(rest) > 1:
        fields.found.append(lottery_problems.rest_twice(rest[1], rest[0]))
    elif rows and all(isinstance(value, Percent) and value.value == 0 for _, value in rows):
        fields.found.append(lottery_problems.nothing_possible(node.span))
    return tuple(rows)


def _order(cases: tuple[Case, ...], found: list[Problem]) -> None:
    """A case without ``when`` always holds, so what follows it never counts."""
    for case, following in pairwise(cases):
        if case.when is None:
            found.append(
                lottery_problems.case_never_reached(following.span, following.name, case.name, case.span)
            )
            return
