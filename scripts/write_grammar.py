"""Writes src/estimative/language/grammar.json, the parser's tables: Lark makes them of the grammar beside it.

Run it as ``python scripts/write_grammar.py``; a test fails where the file is not what it would write.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, get_args

from lark import Lark, Token
from lark.lexer import Lexer
from lark.parsers.lalr_analysis import LALR_Analyzer, Shift

from estimative.language import parser

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lark.grammar import Rule

    from estimative.language import tokens

GRAMMAR = parser.TABLES.with_suffix(".lark")


class ReadyTokens(Lexer):
    """Hands Lark tokens that are there already."""

    def __init__(self, lexer_conf: object) -> None:
        pass

    def lex(self, data: Sequence[tokens.Token]) -> Iterator[Token]:  # type: ignore[override] # lark asks for this form
        """The tokens as Lark's."""
        return (Token(token.kind, str(token), token.start, end_pos=token.end) for token in data)


def grammar() -> Lark:
    """The grammar as Lark parses it."""
    return Lark(
        GRAMMAR.read_text("utf-8"),
        parser="lalr",
        lexer=ReadyTokens,
        start=list(get_args(parser.Start)),
        maybe_placeholders=True,
        propagate_positions=True,
    )


def tables() -> str:
    """The tables, as the parser wants them."""
    conf = grammar().parser.parser_conf
    analysis = LALR_Analyzer(conf)
    analysis.compute_lalr()  # type: ignore[no-untyped-call] # Lark leaves it so
    table = analysis.parse_table
    numbers = {rule: number for number, rule in enumerate(conf.rules)}
    # Lark's numbers of states differ from run to run; these are in the order in which states are reached.
    order = [table.start_states[start] for start in conf.start]
    for state in order:
        for _, (action, to) in sorted(table.states[state].items()):
            if action is Shift and to not in order:
                order.append(to)
    new = {state: number for number, state in enumerate(order)}
    states = [
        {
            kind: new[to] if action is Shift else ~numbers[to]
            for kind, (action, to) in sorted(table.states[state].items())
        }
        for state in order
    ]
    starts = {start: (new[table.start_states[start]], new[table.end_states[start]]) for start in conf.start}
    made = {"rules": [as_kept(rule) for rule in conf.rules], "states": states, "starts": starts}
    return json.dumps(made, separators=(",", ":")) + "\n"


def as_kept(rule: Rule) -> parser.Rule:
    """A rule of Lark's as the parser wants it."""
    kept: list[int | None] = []
    number = 0
    for empty in rule.options.empty_indices or [False] * len(rule.expansion):
        if empty:
            kept.append(None)
            continue
        symbol = rule.expansion[number]
        nameless = symbol.name.startswith("_")
        if not symbol.is_term:
            kept.append(~number if nameless else number)
        elif not nameless:
            kept.append(number)
        number += 1
    bare = rule.options.expand1 and rule.alias is None
    return parser.Rule(rule.origin.name, rule.alias or rule.origin.name, len(rule.expansion), kept, bare)


def main() -> None:
    """Write the tables."""
    parser.TABLES.write_text(tables(), encoding="utf-8")
    print(f"{parser.TABLES.name}: {parser.TABLES.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
