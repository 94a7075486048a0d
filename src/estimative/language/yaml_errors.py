"""What the YAML parser says, in an analyst's words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from estimative.language.problems import reading as problems

if TYPE_CHECKING:
    import yaml

    from estimative.places.problem import Problem
    from estimative.places.source import Source, Span


_KEY = re.compile(r"[\w-]+")


def explain(error: yaml.MarkedYAMLError, source: Source) -> Problem:
    """One problem for the place at which the text stops being YAML."""
    shift = 1 if source.text.startswith("\ufeff") else 0
    at = _index(error.problem_mark, shift)
    opened = _index(error.context_mark, shift) if error.context_mark else at
    says, context = error.problem or "", error.context or ""
    here = _place(source, at)
    if _tab_in_indentation(source, here):
        return problems.tab_as_indentation(_tab(source, here))
    if "quoted scalar" in context and "end of stream" in says:
        return problems.quote_never_closed(source.span(opened))
    if "escape" in says or "hexdecimal" in says:
        return problems.unknown_escape(source.span(at, at + 2))
    if "mapping values are not allowed" in says:
        return _colon(source, here)
    if "simple key" in context:
        return problems.line_without_colon(_line(source, opened))
    if "flow" in context:
        return problems.bracket_never_closed(_bracket(source, opened, at), here)
    if "anchor" in context or "alias" in context or "cannot start any token" in says:
        start = opened if "scanning" in context and error.context_mark else at
        return problems.character_starts_nothing(source.span(start), source.text[start : start + 1])
    if "<document start>" in says:
        ended = any(source.line(number).startswith("...") for number in range(1, here.place.line))
        return problems.second_document(here) if ended else problems.does_not_line_up(here)
    if "block mapping" in context or "block collection" in context or "block sequence" in says:
        return problems.does_not_line_up(here)
    return problems.not_yaml(here, says)


def _bracket(source: Source, opened: int, at: int) -> Span:
    """The bracket that is still open: where the parser says, or the last one before the end of the text."""
    text = source.text
    if text[opened : opened + 1] not in {"[", "{"}:
        opened = max(text.rfind("[", 0, at), text.rfind("{", 0, at), 0)
    return source.span(opened)


def _colon(source: Source, colon: Span) -> Problem:
    """A colon where none is expected: inside a sentence, or after a key that does not line up."""
    place = colon.place
    before = source.line(place.line)[: place.column - 1]
    if not _KEY.fullmatch(before.strip()):
        return problems.colon_in_text(colon)
    above = next((n for n in range(place.line - 1, 0, -1) if source.line(n).strip()), 0)
    if above and ":" not in source.line(above):
        return problems.line_without_colon(_line(source, source.line_starts[above - 1]))
    start = source.line_starts[place.line - 1] + len(before) - len(before.lstrip())
    return problems.does_not_line_up(source.span(start, colon.start))


def _index(mark: object, shift: int) -> int:
    return int(getattr(mark, "index", 0)) + shift


def _place(source: Source, index: int) -> Span:
    """One character at an index; at the end of the text, the last character that is not a line end."""
    if index < len(source.text):
        return source.span(index)
    end = len(source.text.rstrip("\r\n"))
    return source.span(max(end - 1, 0), end)


def _line(source: Source, index: int) -> Span:
    """What is written on the line of an index."""
    place = source.span(min(index, max(len(source.text) - 1, 0))).place
    start = source.line_starts[place.line - 1]
    text = source.line(place.line)
    indent = len(text) - len(text.lstrip())
    return source.span(start + indent, start + max(len(text.rstrip()), indent + 1))


def _tab_in_indentation(source: Source, span: Span) -> bool:
    line = source.line(span.place.line)
    return "\t" in line[: len(line) - len(line.lstrip())]


def _tab(source: Source, span: Span) -> Span:
    line = span.place.line
    return source.span(source.line_starts[line - 1] + source.line(line).index("\t"))
