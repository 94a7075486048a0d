"""A source text, and a span in it that can say its line and column."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property


@dataclass(frozen=True, eq=False)
class Source:
    """A text with the name under which the analyst knows it.

    The text travels with every span, so an excerpt never needs the file again.
    """

    name: str
    text: str = field(repr=False)

    @cached_property
    def line_starts(self) -> tuple[int, ...]:
        r"""Offsets at which lines start; ``\n``, ``\r\n`` and a lone ``\r`` end a line."""
        starts = [0]
        text = self.text
        for index, character in enumerate(text):
            if character == "\n" or (character == "\r" and text[index + 1 : index + 2] != "\n"):
                starts.append(index + 1)
        return tuple(starts)

    def line_ends(self, number: int) -> tuple[int, int]:
        """Offsets of the start and the end of a line, counted from 1; what ends the line is not part of it."""
        starts, text = self.line_starts, self.text
        start = starts[number - 1]
        end = starts[number] if number < len(starts) else len(text)
        while end > start and text[end - 1] in "\r\n":
            end -= 1
        return start, end

    def line(self, number: int) -> str:
        """Text of a line, counted from 1, without its end."""
        start, end = self.line_ends(number)
        return self.text[start:end]

    def span(self, start: int = 0, end: int | None = None) -> Span:
        """Span from `start` to `end` (default: one character)."""
        return Span(self, start, start + 1 if end is None else end)


@dataclass(frozen=True)
class Place:
    """Where a reader finds something: file, line and column, both counted from 1."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True)
class Span:
    r"""Characters `start` (included) to `end` (excluded) of a source.

    >>> text = Source("a.yaml", "one\ntwo three")
    >>> str(text.span(8, 13).place), text.span(8, 13).text
    ('a.yaml:2:5', 'three')
    """

    source: Source
    start: int
    end: int

    @property
    def place(self) -> Place:
        """File, line and column of the first character."""
        starts = self.source.line_starts
        line = bisect_right(starts, self.start)
        return Place(self.source.name, line, self.start - starts[line - 1] + 1)

    @property
    def text(self) -> str:
        """Text that the span covers."""
        return self.source.text[self.start : self.end]

    def part(self, start: int, end: int) -> Span:
        """Span inside this one, by offsets from its start."""
        return Span(self.source, self.start + start, self.start + end)


NOWHERE = Source("", "").span(0, 0)
"""The span of what no text wrote: values built in code, and defaults."""
