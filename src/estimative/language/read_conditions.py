"""Reading conditions and signals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from estimative.estimate.expressions import Named
from estimative.estimate.nodes import Condition, Seen, Signal
from estimative.language.fields import Fields
from estimative.language.keys import TABLES, Form
from estimative.language.problems.shape import wrong_shape
from estimative.language.read_rules import read_rules

if TYPE_CHECKING:
    from estimative.estimate.values import Likelihood

_YES_NO = {"yes": True, "no": False}

_BOOLEANS = {"true": "yes", "on": "yes", "yes": "yes", "false": "no", "off": "no", "no": "no"}
"""What other files have for these, with capitals or without."""


def read_condition(fields: Fields, name: str) -> Condition:
    """One condition; with ``is`` it has no rules of its own."""
    return Condition(
        name=name,
        says=fields.text("says"),
        of=fields.reference("of"),
        part_of=fields.reference("part-of"),
        starts=_starts(fields),
        becomes=read_rules(fields, "becomes"),
        ends=read_rules(fields, "ends"),
        requires=fields.expression("requires"),
        is_=fields.expression("is"),
        cites=fields.citations(),
        note=fields.text("note"),
        span=fields.at,
    )


def _starts(fields: Fields) -> bool | Likelihood:
    scalar = fields.scalar("starts", Form.START)
    if scalar is None:
        return False
    text = scalar.text.strip()
    if text in _YES_NO:
        return _YES_NO[text]
    if text.lower() in _BOOLEANS:
        wanted, meant = "yes, no or a likelihood is", _BOOLEANS[text.lower()]
        fields.found.append(wrong_shape(scalar.span, "starts", wanted, f"`{text}`", f"write `{meant}`"))
        return False
    return fields.likelihood("starts")


def read_signal(fields: Fields, name: str) -> Signal:
    """One signal: seen or not in each window."""
    return Signal(
        name=name,
        of=fields.expression("of") or Named("", fields.at),
        if_so=_seen(fields, "if-so"),
        if_not=_seen(fields, "if-not"),
        says=fields.text("says"),
        cites=fields.citations(),
        note=fields.text("note"),
        span=fields.at,
    )


def _seen(fields: Fields, key: str) -> Seen:
    node = fields.node(key, Form.SEEN)
    if node is None:
        return Seen(Fields.NOTHING)
    inner = Fields(node, TABLES["seen"], f"`{key}`", fields.key(key), fields.found)
    return Seen(inner.likelihood(), inner.duration("within"), inner.at)
