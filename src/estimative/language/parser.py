"""The parser of expressions, queries and tests: from tables made ahead, or from the grammar itself."""

from __future__ import annotations

import json
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING, Literal, get_args

import lark
from lark import Lark
from lark.grammar import Rule
from lark.lexer import TerminalDef

from estimative.language.tokens import ReadyTokens

if TYPE_CHECKING:
    from collections.abc import Sequence

Start = Literal["expression", "query", "test", "givens"]
"""What a text can be."""

TABLES = "grammar.json"
"""The tables, written by scripts/write_grammar.py: reading them takes a twentieth of the time of making them."""

_HERE = files("estimative.language")


@cache
def parser() -> Lark:
    """The parser; it is made from the grammar where the tables are of another grammar or version of lark."""
    made = json.loads(_HERE.joinpath(TABLES).read_text(encoding="utf-8"), object_pairs_hook=_numbered)
    if made["of"] != origin():
        return build()
    made["data"]["options"]["lexer"] = ReadyTokens
    made["data"]["parser"]["lexer_conf"]["lexer_type"] = ReadyTokens
    return Lark.load(made)


def build() -> Lark:
    """The parser, made from the grammar."""
    return Lark(
        _grammar(),
        parser="lalr",
        lexer=ReadyTokens,
        start=list(get_args(Start)),
        maybe_placeholders=True,
        propagate_positions=True,
    )


def tables() -> str:
    """The parser's tables as JSON, with what they were made of."""
    data, memo = build().memo_serialize([TerminalDef, Rule])
    data["options"]["lexer"] = data["parser"]["lexer_conf"]["lexer_type"] = None
    return json.dumps({"of": origin(), "data": data, "memo": memo}, separators=(",", ":")) + "\n"


def origin() -> dict[str, str]:
    """What tables are made of: a version of lark and a grammar."""
    return {"lark": lark.__version__, "grammar": sha256(_grammar().encode()).hexdigest()}


def _grammar() -> str:
    return _HERE.joinpath("grammar.lark").read_text(encoding="utf-8")


def _numbered(pairs: Sequence[tuple[str, object]]) -> dict[str | int, object]:
    """A mapping whose keys are numbers again where JSON has made them texts."""
    return {int(key) if key.isdecimal() else key: value for key, value in pairs}
