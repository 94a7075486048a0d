"""The parser's tables are of the present grammar, and it parses by them what Lark parses by the grammar."""

from __future__ import annotations

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any, get_args

import lark
import pytest
from lark.exceptions import UnexpectedToken

from estimative.language import parser
from estimative.language.tokens import Token, tokens

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import ModuleType

SCRIPT = Path(__file__).parents[2] / "scripts" / "write_grammar.py"

STARTS: tuple[parser.Start, ...] = get_args(parser.Start)

TEXTS: dict[parser.Start, tuple[str, ...]] = {
    "expression": (
        "a",
        "not a and b or c",
        "((a) and (b or (c)))",
        "at least 2 of (a, s is low)",
        "at least 2 of ()",
        "ever a by 1990",
        "(a) before (b)",
        "a b",
        "(",
        "and",
        "",
    ),
    "query": ("P(ever a | do(b at 1990), c at 1991)", "mode of s at 1990", "share of time (a)", "P(a", "a"),
    "test": (
        "P(ever a) is likely",
        "mode of s at 1990 is low or high",
        "a matters most of (a, b.c) to P(ever c) by variance",
        "1 > P(ever a)",
        "is",
    ),
    "givens": ("do(a), do(not b), do(s is low at 1990), (a or b)", "do("),
}

WALKS = 1_500
"""Texts that are made by taking what the parser accepts, and now and then something else."""


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = spec_from_file_location("write_grammar", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def peer(script: ModuleType) -> lark.Lark:
    made = script.grammar()
    assert isinstance(made, lark.Lark)
    return made


def test_the_tables_are_of_this_grammar(script: ModuleType) -> None:
    assert parser.TABLES.read_text("utf-8") == script.tables(), "run scripts/write_grammar.py"


def ours(ready: Sequence[Token], start: parser.Start) -> object:
    """The tree of some tokens, or what was expected at the first mistake."""
    try:
        return plain(parser.parse(ready, start))
    except parser.MisfitError as error:
        return error.index, error.accepted


def theirs(peer: lark.Lark, ready: Sequence[Token], start: parser.Start) -> object:
    """The same from Lark."""
    try:
        return plain(peer.parse(ready, start=start))
    except UnexpectedToken as error:
        ended = error.token.type == parser.END
        starts = [token.start for token in ready]
        return len(ready) if ended else starts.index(error.token.start_pos or 0), error.accepts


def plain(part: Any) -> object:
    """A tree of either as tuples: what it is, its children, where it starts and ends."""
    match part:
        case parser.Branch(data, children, start, end):
            return data, [plain(child) for child in children], start, end
        case lark.Tree():
            meta = part.meta
            return str(part.data), [plain(child) for child in part.children], meta.start_pos, meta.end_pos
        case Token():
            return part.kind, str(part), part.start, part.end
        case lark.Token():
            return part.type, str(part), part.start_pos, part.end_pos
    return part


@pytest.mark.parametrize(
    ("start", "text"), [(start, text) for start, texts in TEXTS.items() for text in texts]
)
def test_texts_are_parsed_as_lark_parses_them(peer: lark.Lark, start: parser.Start, text: str) -> None:
    ready = tokens(text)
    assert ours(ready, start) == theirs(peer, ready, start)


@pytest.mark.parametrize("start", STARTS)
def test_whatever_the_tokens_both_agree(peer: lark.Lark, start: parser.Start) -> None:
    random = Random(start)  # noqa: S311 - a fixed seed for a test
    whole = 0
    for _ in range(WALKS):
        ready = walk(random, start)
        found = ours(ready, start)
        assert found == theirs(peer, ready, start)
        whole += isinstance(found, tuple) and isinstance(found[0], str)
    assert WALKS / 4 < whole < WALKS


def walk(random: Random, start: parser.Start) -> list[Token]:
    """Tokens that mostly follow the grammar."""
    tables = parser._tables()
    kinds = sorted({kind for state in tables.states for kind in state if kind.isupper()} - {parser.END})
    reading = parser._Reading(tables, *tables.starts[start])
    ready: list[Token] = []
    while len(ready) < 60:
        accepted = reading.accepted()
        if parser.END in accepted and random.random() < 0.3:
            break
        fitting = sorted(accepted - {parser.END})
        # What closes is preferred, so that texts come to an end.
        closing = [kind for kind in fitting if kind in {"_CLOSE", "NAME"}]
        choice = closing if closing and random.random() < 0.4 else fitting
        kind = random.choice(kinds if not choice or random.random() < 0.02 else choice)
        at = 3 * len(ready)
        ready.append(Token(kind, "xy", at, at + 2))
        state = reading.after(kind)
        if state is None:
            break
        reading.put(state, ready[-1], at, at + 2)
    return ready
