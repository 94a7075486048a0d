"""Names that were forgotten: keys of a rule, a case or a record where the name of one should stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from estimative.language.problems import shape as problems
from estimative.language.tree import Mapping, Scalar, Sequence, is_empty

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Sequence as Several

    from estimative.language.keys import Table
    from estimative.language.tree import Entry, Node
    from estimative.places.problem import Problem

LONGEST = 48
"""Characters of one value that are repeated in what is to be written instead."""


def named(entries: Several[Entry], table: Table, slot: str, found: list[Problem]) -> tuple[Entry, ...]:
    """The entries that have names of their own; keys of the table that stand in their place are one problem.

    ``becomes: {likelihood: unlikely, within: 6 months}`` has no rule in it, and a likelihood that stands
    before such keys (``load: unlikely`` and then ``within: 6 months``) belongs to them.
    """
    stray = [entry for entry in entries if entry.key.text in table.names]
    if not stray:
        return tuple(entries)
    first = stray[0]
    own = [entry for entry in entries if entry.key.text not in table.names]
    if _is_record(first.value, table):
        key = first.key.text
        found.append(problems.named_like_key(first.key.span, table.name, key))
        return tuple(own)
    beside, short = "", _before(first, entries, table)
    pairs = [(entry.key.text, entry.value) for entry in stray]
    if short is not None:
        beside, pairs = short.key.text, [("likelihood", short.value), *pairs]
        own.remove(short)
    better = f"{slot}: {{{beside or 'some-name'}: {_in_braces(pairs)}}}"
    found.append(problems.without_name(first.key.span, table.name, first.key.text, beside, better))
    return tuple(own)


def with_names(node: Node, slot: str) -> str:
    """How a list is written where names are due: each entry of it with a name and a colon."""
    if not isinstance(node, Sequence):
        return f"write each with a name: `{slot}: {{some-name: ..}}`"
    first = node.items[0] if node.items else None
    if not isinstance(first, Mapping) or not first.entries:
        return f"write each with a name instead of a hyphen: `{slot}: {{some-name: ..}}`"
    if _holds_keys(first.entries[0].value):
        return "take the hyphens out: each has a name already"
    pairs = [(entry.key.text, entry.value) for entry in first.entries]
    return f"write each with a name instead of a hyphen: `{slot}: {{some-name: {_in_braces(pairs)}}}`"


def _holds_keys(node: Node) -> bool:
    """Whether keys stand there, or were to stand there, so that what is before them is a name."""
    return isinstance(node, Mapping) or is_empty(node)


def _is_record(node: Node, table: Table) -> bool:
    """Whether a whole record stands there, so that its key was meant as a name."""
    return isinstance(node, Mapping) and any(entry.key.text in table.names for entry in node.entries)


def _before(first: Entry, entries: Several[Entry], table: Table) -> Entry | None:
    """A rule in its short form right before the first stray key, which lacks a likelihood."""
    at = entries.index(first)
    if not at or "likelihood" not in table.names or any(e.key.text == "likelihood" for e in entries):
        return None
    short = entries[at - 1]
    return short if isinstance(short.value, Scalar) and not is_empty(short.value) else None


def _in_braces(pairs: Iterable[tuple[str, Node]]) -> str:
    return "{" + ", ".join(f"{key}: {_inline(value)}" for key, value in pairs) + "}"


def _inline(node: Node) -> str:
    """A node on one line, as it may stand inside ``{..}``; what is long is cut to two points."""
    if isinstance(node, Mapping):
        text = _in_braces((entry.key.text, entry.value) for entry in node.entries)
    elif isinstance(node, Sequence):
        text = "[" + ", ".join(map(_inline, node.items)) + "]"
    elif node.style in {"'", '"'}:
        text = " ".join(node.span.text.split())
    else:
        text = " ".join(node.text.split())
        if any(sign in text for sign in (",", "[", "]", "{", "}", ": ", " #")):
            text = "'" + text.replace("'", "''") + "'"
    return text if len(text) <= LONGEST else ".."
