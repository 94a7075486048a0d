"""The YAML guard: from a text to a tree of texts, refusing on the way whatever a plain estimate never needs.

It walks the parser's events one by one, so a hostile file is refused before anything is built from it:
no anchors, aliases, tags, merge keys, directives or second documents; limits on depth and on size.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

import yaml

from estimative.language.characters import check_characters, name_of, refused_in
from estimative.language.commas import Pair, join_split
from estimative.language.problems import reading as problems
from estimative.language.tree import Entry, Mapping, Node, Scalar, Sequence, Style, is_empty
from estimative.language.yaml_errors import explain
from estimative.places.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from estimative.places.problem import Problem
    from estimative.places.source import Source

MAX_DEPTH = 32
"""Mappings and lists inside one another; the deepest place that the language has a use for is 10."""
MAX_NODES = 50_000
"""Keys, values, mappings and lists in one text."""
MAX_KEY = 64
"""Characters in a key."""
MAX_REFUSALS = 50
"""Refusals of one kind of text are all of a kind: more than these are not listed."""


def read_tree(source: Source) -> tuple[Node | None, tuple[Problem, ...]]:
    """Tree of one YAML text, and what is wrong with it; no tree where it cannot be trusted.

    >>> from estimative.places.source import Source
    >>> tree, found = read_tree(Source("a.yaml", "x: [on, 017]"))
    >>> [item.text for item in tree.entries[0].value.items], found
    (['on', '017'], ())
    """
    found = list(check_characters(source))
    if any(problem.severity == "error" for problem in found):
        return None, tuple(found)
    builder = _Builder(source, found)
    try:
        node = builder.document()
    except yaml.MarkedYAMLError as error:
        found.append(explain(error, source))
        node = None
    except _StopReadingError:
        node = None
    if builder.refused:
        node = None
    return node, tuple(found)


_STYLES: dict[str, Style] = {"'": "'", '"': '"', "|": "|", ">": ">"}


class _StopReadingError(Exception):
    """A problem has been noted after which the rest of the text says nothing."""


class _Builder:
    """Builds the tree of one text from the parser's events."""

    def __init__(self, source: Source, found: list[Problem]) -> None:
        self.source = source
        self.found = found
        self.refused = 0
        self.nodes = 0
        self.length = len(source.text)
        self.start = 1 if source.text.startswith("\ufeff") else 0
        parser = yaml.CSafeLoader(source.text[self.start :])  # for its events: no constructor is ever called
        self.events: Iterator[yaml.Event] = iter(parser.get_event, None)

    def document(self) -> Node:
        """The one document of the text."""
        node: Node | None = None
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                if event.version or event.tags:
                    self.stop(problems.directive(self.span(event)))
                if node is not None:
                    self.stop(problems.second_document(self.span(event)))
            elif isinstance(event, yaml.NodeEvent):
                node = self.node(event, 1)
        if node is None or is_empty(node):
            self.stop(problems.empty_text(self.source.span(0, 0)))
        return node

    def node(self, event: yaml.Event, depth: int) -> Node:
        """What starts with this event."""
        self.nodes += 1
        if self.nodes > MAX_NODES:
            self.stop(problems.too_many_parts(self.span(event), MAX_NODES))
        if isinstance(event, yaml.ScalarEvent):
            return self.scalar(event)
        span = self.span(event)
        if not isinstance(event, yaml.CollectionStartEvent):
            self.refuse(problems.alias(span))
            return Scalar("", span)
        if event.anchor is not None:
            self.refuse(problems.anchor(self.word(span)))
        if depth > MAX_DEPTH:
            self.stop(problems.too_deep(span, MAX_DEPTH))
        if event.tag is not None:
            self.refuse(problems.tag(self.word(span)))
        if isinstance(event, yaml.MappingStartEvent):
            return self.mapping(event, depth)
        return self.sequence(event, depth)

    def scalar(self, event: yaml.ScalarEvent) -> Scalar:
        """A text."""
        span, text, style = self.span(event), event.value, event.style
        if event.anchor is not None:
            self.refuse(problems.anchor(self.word(span)))
        if event.tag is not None:
            self.refuse(problems.tag(self.word(span)))
        if style == '"' and (escaped := refused_in(text)):
            self.refuse(problems.character_refused(span, name_of(escaped)))
        return Scalar(text, span, _STYLES.get(style or "", ""))

    def sequence(self, start: yaml.CollectionStartEvent, depth: int) -> Sequence:
        items: list[Node] = []
        for event in self.events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            items.append(self.node(event, depth + 1))
        if start.flow_style:
            loose: list[Pair] = [(None, item) for item in items]
            joined, split = join_split(loose, self.source)
            self.found.extend(problems.split_by_comma(span) for span in split)
            return Sequence(tuple(item for _, item in joined), self.brackets(start, event))
        return Sequence(tuple(items), self.around(start, items))

    def mapping(self, start: yaml.CollectionStartEvent, depth: int) -> Mapping:
        pairs: list[Pair] = []
        for event in self.events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key = self.node(event, depth + 1)
            if not isinstance(key, Scalar):
                self.stop(problems.key_is_not_text(key.span))
            pairs.append((key, self.node(next(self.events), depth + 1)))
        if start.flow_style:
            pairs, split = join_split(pairs, self.source)
            self.found.extend(problems.split_by_comma(span) for span in split)
            return Mapping(self.entries(pairs), self.brackets(start, event))
        return Mapping(
            self.entries(pairs),
            self.around(start, [node for pair in pairs for node in pair if node is not None]),
        )

    def entries(self, pairs: list[tuple[Scalar | None, Node]]) -> tuple[Entry, ...]:
        """The pairs as entries; of a key that stands twice the first is kept."""
        first: dict[str, Scalar] = {}
        entries = []
        for key, value in pairs:
            if key is None:  # only in lists
                continue
            if key.text == "<<" and not key.style:
                self.refuse(problems.merge_key(key.span))
            elif key.text in first:
                self.found.append(problems.duplicate_key(key.span, key.text, first[key.text].span))
            else:
                if len(key.text) > MAX_KEY:
                    self.found.append(problems.key_too_long(key.span, len(key.text), MAX_KEY))
                first[key.text] = key
                entries.append(Entry(key, value))
        return tuple(entries)

    def span(self, event: yaml.Event) -> Span:
        """Place of an event; a parser's mark counts characters after the byte order mark."""
        start, end = event.start_mark, event.end_mark
        if start is None or end is None:  # only events that were made by hand
            return self.source.span(0, 0)
        first, last = start.index + self.start, end.index + self.start
        return Span(self.source, min(first, self.length), min(last, self.length))

    def brackets(self, start: yaml.Event, end: yaml.Event) -> Span:
        """Place of a mapping or list in brackets."""
        return self.source.span(self.span(start).start, self.span(end).end)

    def around(self, start: yaml.Event, inside: list[Node]) -> Span:
        """Place of a mapping or list without brackets: from its first part to its last, where any is written."""
        first = next((node.span for node in inside if node.span.end > node.span.start), None)
        if first is None:
            return self.span(start)
        last = next(node.span for node in reversed(inside) if node.span.end > node.span.start)
        return self.source.span(first.start, last.end)

    def word(self, span: Span) -> Span:
        """The first word at a place: the anchor or tag itself, without what follows it."""
        text = self.source.text
        end = span.start
        while end < len(text) and not text[end].isspace():
            end += 1
        return self.source.span(span.start, end)

    def refuse(self, problem: Problem) -> None:
        """Note something that is never read, and go on to look for more of it."""
        self.refused += 1
        self.found.append(problem)
        if self.refused >= MAX_REFUSALS:
            raise _StopReadingError

    def stop(self, problem: Problem) -> NoReturn:
        """Note something after which the rest of the text says nothing, and stop."""
        self.found.append(problem)
        raise _StopReadingError
