"""Problems as people read them (line, excerpt, caret, hint) and as editors do (JSON)."""

from __future__ import annotations

import json
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from estimative.places.problem import Problem
    from estimative.places.source import Span

WIDTH = 110
"""Columns of an excerpt's text; longer lines are cut around the caret."""
MAX_SAID = 400
"""Columns of a sentence; what an analyst wrote can be of any length, and is quoted in it."""
_CUT = "…"
_TAB = "    "
_ESCAPED = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
"""Characters of these categories are shown by their number: they are unseen, or move what is seen."""
_KEPT = {"\u200d", "\u00ad"}
"""Joiners of pictures and soft hyphens are harmless, and take no room."""


def excerpt(problem: Problem, width: int = WIDTH) -> str:
    """A problem as text, without a line end: place, what is wrong, the line with a caret, what to do.

    >>> from estimative.places import Problem, Source
    >>> text = Source("a.yaml", "range: 90-20%")
    >>> print(excerpt(Problem("E0206", text.span(7, 13), "this range runs backwards", "write `20-90%`")))
    a.yaml:1:8: error[E0206]: this range runs backwards
    1 | range: 90-20%
      |        ^^^^^^
    Try: write `20-90%`
    """
    place = visible(str(problem.span.place))
    lines = [f"{place}: {problem.severity}[{problem.code}]: {told(problem.says)}"]
    lines += marked_line(problem.span, "^", width)
    if problem.hint:
        lines.append(f"Try: {told(problem.hint)}")
    for span, words in problem.see_also:
        lines.append(f"{visible(str(span.place))}: note: {visible(words)}")
        lines += marked_line(span, "-", width)
    return "\n".join(lines)


def summary(problems: Sequence[Problem]) -> str:
    """How many problems there are of each severity.

    >>> summary([])
    'no problems'
    """
    counts = [
        (sum(problem.severity == severity for problem in problems), severity)
        for severity in ("error", "warning", "note")
    ]
    said = [f"{count:,} {severity}{'s' * (count != 1)}" for count, severity in counts if count]
    return ", ".join(said) or "no problems"


def to_json(problems: Sequence[Problem], *, indent: int | None = 2) -> str:
    """Problems as a JSON list: code, severity, file, line, column, end, says, hint, see_also.

    Lines and columns are counted from 1, in characters; the end is the place after the last character.
    """
    return json.dumps([as_record(problem) for problem in problems], indent=indent)


def as_record(problem: Problem) -> dict[str, object]:
    """A problem as plain values."""
    return {
        "code": problem.code,
        "severity": problem.severity,
        **_record(problem.span),
        "says": problem.says,
        "hint": problem.hint,
        "see_also": [{**_record(span), "says": words} for span, words in problem.see_also],
    }


def _record(span: Span) -> dict[str, object]:
    place, end = span.place, span.part(span.end - span.start, span.end - span.start).place
    return {
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "end_line": end.line,
        "end_column": end.column,
    }


def told(text: str) -> str:
    """A sentence about a problem, without what cannot be seen, and cut where it is very long."""
    return _fit(visible(text[: 2 * MAX_SAID]), MAX_SAID)


def visible(text: str) -> str:
    r"""A text in which nothing is hidden: what cannot be seen is written as ``\u202e``, tabs as blanks.

    >>> visible("a\tb\x1b[31m")
    'a    b\\x1b[31m'
    """
    return "".join(_shown_as(character) for character in text)


def _shown_as(character: str) -> str:
    if character == "\t":
        return _TAB
    if unicodedata.category(character) in _ESCAPED and character not in _KEPT:
        return character.encode("unicode_escape", "backslashreplace").decode()
    return character


def columns(text: str) -> int:
    """Columns that a visible text takes on a terminal: wide characters take two, marks none.

    >>> columns("日本"), columns("e\u0301")
    (4, 1)
    """
    return sum(_columns(character) for character in text)


def _columns(character: str) -> int:
    if character in _KEPT or unicodedata.category(character) in {"Mn", "Me"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1


def marked_line(span: Span, mark: str, width: int = WIDTH) -> list[str]:
    """The line of a span and the line under it that marks it; nothing for a text without lines."""
    source, place = span.source, span.place
    text, start = source.text, span.start
    if not text or text.isspace():
        return []
    opens, closes = source.line_ends(place.line)
    end = min(start + max(span.end - start, 1), max(closes, start + 1))
    most = 4 * width  # of a very long line only what is near can be seen, and only that is copied
    before, marked = text[max(start - most, opens) : start], text[start : min(end, closes, start + most)]
    after = text[end : min(closes, end + most)]
    before, marked, after = _cut(visible(before), visible(marked), visible(after), width)
    number = str(place.line)
    under = " " * columns(before) + mark * max(columns(marked), 1)
    return [f"{number} | {before}{marked}{after}".rstrip(), f"{' ' * len(number)} | {under}"]


def _cut(before: str, marked: str, after: str, width: int) -> tuple[str, str, str]:
    """The three parts of a line, cut so that they fit: the marked part first, then what is around it."""
    if columns(before) + columns(marked) + columns(after) <= width:
        return before, marked, after
    room = width - columns(marked)
    if room < 2:  # the marked part fills the line, and its own end is cut
        before = before and _CUT
        return before, _fit(marked, width - columns(before)), ""
    ahead = min(columns(after), max(room // 3, room - columns(before)))
    return _fit(before[::-1], room - ahead)[::-1], marked, _fit(after, ahead)


def _fit(text: str, room: int) -> str:
    """As much of the beginning of a text as fits, with a sign where it is cut."""
    if columns(text) <= room or not room:
        return text if room else ""
    kept = ""
    taken = 1
    for character in text:
        taken += _columns(character)
        if taken > room:
            break
        kept += character
    return kept + _CUT
