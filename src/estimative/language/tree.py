"""The tree of a YAML text: mappings, sequences and scalars, each with its place; every scalar is text."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from estimative.language.offsets import trace

if TYPE_CHECKING:
    from estimative.places.source import Span

Style = Literal["", "'", '"', "|", ">"]
"""How a scalar is written: plain, in single or double quotes, or as a block kept or folded."""


@dataclass(frozen=True)
class Scalar:
    """A value or a key: its text as YAML reads it, and where it stands, quotes included."""

    text: str
    span: Span
    style: Style = ""

    @cached_property
    def _offsets(self) -> tuple[int, ...]:
        return trace(self.span.text, self.text, self.style)

    def at(self, start: int, end: int) -> Span:
        """Place in the source of the characters `start` to `end` of the text.

        An empty range at the end of the text is the last character's place.
        """
        length = len(self.text)
        if self.span.end - self.span.start == length:
            return self.span.part(start, max(end, start)) if start or end != length else self.span
        offsets = self._offsets
        if not offsets:
            return self.span
        first = min(start, len(offsets) - 1)
        last = min(max(end - 1, first), len(offsets) - 1)
        return self.span.part(offsets[first], offsets[last] + 1)

    @property
    def inner(self) -> Span:
        """Place of the text alone, without its quotes."""
        return self.at(0, len(self.text))


@dataclass(frozen=True)
class Entry:
    """One key of a mapping and what stands under it."""

    key: Scalar
    value: Node


@dataclass(frozen=True)
class Mapping:
    """Keys and values in the order in which they are written; no key stands twice."""

    entries: tuple[Entry, ...]
    span: Span


@dataclass(frozen=True)
class Sequence:
    """A list of values."""

    items: tuple[Node, ...]
    span: Span


Node = Scalar | Mapping | Sequence


def is_empty(node: Node) -> bool:
    """Whether nothing is written: ``key:`` and then nothing, or an empty pair of quotes."""
    return isinstance(node, Scalar) and not node.text.strip()
