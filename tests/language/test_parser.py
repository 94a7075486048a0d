"""The parser's tables are of the present grammar, and parse what the grammar parses."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import lark
import pytest
from lark.exceptions import UnexpectedToken

from estimative.language import parser
from estimative.language.tokens import tokens

if TYPE_CHECKING:
    from collections.abc import Iterator

FILE = Path(parser.__file__).with_name(parser.TABLES)

TEXTS: dict[parser.Start, tuple[str, ...]] = {
    "expression": (
        "a",
        "not a and b or c",
        "at least 2 of (a, s is low)",
        "ever a by 1990",
        "a b",
        "(",
        "and",
    ),
    "query": ("P(ever a | do(b at 1990), c at 1991)", "mode of s at 1990", "share of time a", "P(a", "a"),
    "test": (
        "P(ever a) is likely",
        "a matters most of (a, b) to P(ever c) by variance",
        "1 > P(ever a)",
        "is",
    ),
    "givens": ("do(a), do(not b)", "do("),
}


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    parser.parser.cache_clear()
    yield
    parser.parser.cache_clear()


def test_the_tables_are_of_this_grammar() -> None:
    of = json.loads(FILE.read_text(encoding="utf-8"))["of"]
    assert of["grammar"] == parser.origin()["grammar"], "run scripts/write_grammar.py"


def outcome(made: lark.Lark, text: str, start: parser.Start) -> object:
    """The tree of a text, or what was expected at its first mistake."""
    try:
        return made.parse(tokens(text), start=start)
    except UnexpectedToken as error:
        return error.token, error.accepts


@pytest.mark.parametrize(
    ("start", "text"), [(start, text) for start, texts in TEXTS.items() for text in texts]
)
def test_tables_and_grammar_parse_alike(start: parser.Start, text: str) -> None:
    assert outcome(parser.parser(), text, start) == outcome(parser.build(), text, start)


def test_tables_of_another_version_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    built: list[lark.Lark] = []

    def build() -> lark.Lark:
        built.append(original())
        return built[0]

    original = parser.build
    monkeypatch.setattr(parser, "build", build)
    monkeypatch.setattr(lark, "__version__", "0.0.0")
    assert parser.parser().parse(tokens("a"), start="expression").data == "named"
    assert len(built) == 1
