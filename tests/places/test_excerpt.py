"""Excerpts: the caret stands under what is meant, and nothing of a text is hidden or acts on a terminal."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from estimative.places.excerpt import columns, excerpt, summary, to_json, visible
from estimative.places.problem import Problem
from estimative.places.source import NOWHERE, Source

if TYPE_CHECKING:
    from typing import SupportsIndex


def shown(text: str, start: int, end: int, width: int = 110) -> list[str]:
    """Lines of an excerpt about a part of a text."""
    return excerpt(Problem("E0001", Source("t", text).span(start, end), "so"), width).splitlines()


def test_the_layout() -> None:
    text = Source("a.yaml", "one: 1\ntwo: 2\n")
    problem = Problem("W0001", text.span(7, 10), "what", "do this", ((text.span(0, 3), "the other"),))
    assert excerpt(problem).splitlines() == [
        "a.yaml:2:1: warning[W0001]: what",
        "2 | two: 2",
        "  | ^^^",
        "Try: do this",
        "a.yaml:1:1: note: the other",
        "1 | one: 1",
        "  | ---",
    ]


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("abc def ghi", 4, 7),
        ("日本 def ghi", 3, 6),
        ("日本 語語 ghi", 3, 5),
        ("e\u0301e\u0301 def", 5, 8),
        ("\ta: def", 4, 7),
        ("a\tdef", 2, 5),
        ("😀😀 def", 3, 6),
        ("\x1b[31m def", 6, 9),
        ("a\u202eb def", 4, 7),
    ],
)
def test_the_caret_stands_under_what_is_meant(text: str, start: int, end: int) -> None:
    _, line, under = shown(text, start, end)
    ahead = under.index("^")
    marked = columns(visible(text[start:end]))
    assert under.count("^") == marked
    assert columns(line[: line.index(visible(text[start:end]))]) == ahead


def test_a_place_after_the_end_has_a_caret_too() -> None:
    assert shown("abc", 3, 4)[1:] == ["1 | abc", "  |    ^"]
    assert shown("abc\n", 4, 4)[1:] == ["2 |", "  | ^"]


def test_only_the_first_line_of_a_long_place_is_shown() -> None:
    assert shown("abc\ndef\n", 1, 7)[1:] == ["1 | abc", "  |  ^^"]


@pytest.mark.parametrize("start", [0, 5, 150, 500, 993])
@pytest.mark.parametrize("length", [1, 7, 300])
def test_long_lines_are_cut_around_the_caret(start: int, length: int) -> None:
    text = "".join(chr(ord("a") + n % 26) for n in range(1_000))
    end = min(start + length, 1_000)
    _, line, under = shown(text, start, end, width=60)
    body, mark = line[4:], under[4:]
    assert columns(body) <= 60
    assert len(mark) <= 60
    seen = body[mark.index("^") :][:4]
    assert text[start:end].startswith(seen.split("…")[0][: end - start])
    assert "…" in body


def test_a_line_of_a_million_wide_characters_is_cut_too() -> None:
    _, line, _ = shown("語" * 1_000_000, 500_000, 500_010)
    assert columns(line) <= 114


def test_long_sentences_are_cut() -> None:
    problem = Problem("E0001", Source("t", "x").span(0, 1), "a" * 10_000, "b" * 10_000)
    assert all(len(line) < 500 for line in excerpt(problem).splitlines())


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("plain", "plain"),
        ("\x1b[2J", "\\x1b[2J"),
        ("\r", "\\r"),
        ("\u202e", "\\u202e"),
        ("\u200b", "\\u200b"),
        ("\x9b31m", "\\x9b31m"),
        ("\u2028", "\\u2028"),
        ("\U000e0041", "\\U000e0041"),
        ("\t", "    "),
        ("👩\u200d🚀", "👩\u200d🚀"),
        ("é", "é"),
    ],
)
def test_nothing_is_hidden(text: str, seen: str) -> None:
    assert visible(text) == seen


def test_a_problem_of_no_text_has_no_excerpt() -> None:
    assert excerpt(Problem("E0001", NOWHERE, "so")).count("\n") == 0


def test_json_for_editors() -> None:
    text = Source("a.yaml", "日本: x\ny: [1,\n 2]\n")
    problem = Problem("E0001", text.span(9, 16), "what", "do", ((text.span(0, 2), "the other"),))
    (record,) = json.loads(to_json([problem]))
    assert record == {
        "code": "E0001",
        "severity": "error",
        "file": "a.yaml",
        "line": 2,
        "column": 4,
        "end_line": 3,
        "end_column": 4,
        "says": "what",
        "hint": "do",
        "see_also": [
            {"file": "a.yaml", "line": 1, "column": 1, "end_line": 1, "end_column": 3, "says": "the other"}
        ],
    }
    assert to_json([problem], indent=None).isascii()


def test_the_summary_counts() -> None:
    span = Source("t", "x").span(0, 1)
    found = [Problem(code, span, "so") for code in ("E0001", "W0001", "W0002", "N0001")]
    assert summary(found) == "1 error, 2 warnings, 1 note"
    assert summary([]) == "no problems"


def test_of_a_very_long_line_only_what_is_near_is_copied() -> None:
    class Watched(str):
        __slots__ = ()
        copied = 0

        def __getitem__(self, at: SupportsIndex | slice) -> str:
            piece = super().__getitem__(at)
            Watched.copied += len(piece)
            return piece

    source = Source("a", Watched("x: {" + "a: , " * 200_000 + "}"))
    assert source.line_starts == (0,)
    Watched.copied = 0
    said = excerpt(Problem("E0019", source.span(500_000, 500_001), "twice"))
    assert said.count("\n") == 2
    assert Watched.copied < 2_000
