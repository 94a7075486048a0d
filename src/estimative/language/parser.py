"""The parser of expressions, queries and tests: it follows tables that were made of the grammar.

They are those of an LALR(1) parser. scripts/write_grammar.py has Lark make them, so nobody who reads an
estimate waits for Lark or for the grammar.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from estimative.places.problem import Bug

if TYPE_CHECKING:
    from collections.abc import Sequence

    from estimative.language.tokens import Token

Start = Literal["expression", "query", "test", "givens"]
"""What a text can be."""

TABLES = Path(__file__).with_name("grammar.json")

END = "$END"
"""The kind of what stands after the last token."""


class Branch(NamedTuple):
    """A part of a text that has a name in the grammar, with its parts; brackets around it are left out."""

    data: str
    children: list[Branch | Token | None]
    start: int
    end: int


class Rule(NamedTuple):
    """How the last `size` things that were read become one of the kind `origin`.

    `kept` are the children of its branch: the number of a part; for a part that has no name in the grammar
    and gives its children in its place, -1 less its number; None for what may stand there and does not.
    A rule that is `bare` makes no branch around an only child.
    """

    origin: str
    data: str
    size: int
    kept: list[int | None]
    bare: bool


class MisfitError(ValueError):
    """The token of this index does not fit; one of the kinds that are `accepted` would."""

    def __init__(self, index: int, accepted: frozenset[str]) -> None:
        super().__init__(f"token {index} is none of {sorted(accepted)}")
        self.index = index
        self.accepted = accepted


class _Tables(NamedTuple):
    """The rules; for each state, where each kind of token or part leads; first and last state of each start.

    It leads to the state of that number, or, where it is less than 0, to the rule of -1 less that number.
    """

    rules: tuple[Rule, ...]
    states: list[dict[str, int]]
    starts: dict[str, tuple[int, int]]


def parse(tokens: Sequence[Token], start: Start) -> Branch:
    """The tree of a text.

    Raises
    ------
    MisfitError
        At the first token that does not fit.
    """
    tables = _tables()
    reading = _Reading(tables, *tables.starts[start])
    for index, token in enumerate(tokens):
        state = reading.after(token.kind)
        if state is None:
            raise MisfitError(index, reading.accepted())
        reading.put(state, token, token.start, token.end)
    if reading.after(END) is None:
        raise MisfitError(len(tokens), reading.accepted())
    tree = reading.parts[-1]
    if isinstance(tree, Branch):
        return tree
    raise Bug(f"the grammar made {tree!r} of a whole text")


class _Reading:
    """What has been read of a text: the states on the way, and the parts, each with where it starts and ends.

    That is with the brackets around it, so that what it is a part of starts and ends there.
    """

    def __init__(self, tables: _Tables, first: int, last: int) -> None:
        self.tables = tables
        self.last = last
        self.states = [first]
        self.parts: list[Branch | Token | None] = []
        self.starts: list[int] = []
        self.ends: list[int] = []

    def after(self, kind: str) -> int | None:
        """The state after a token of this kind, when what it ends is put together; None where it does not fit."""
        rules, states, _ = self.tables
        while (state := states[self.states[-1]].get(kind)) is not None and state < 0:
            self.join(rules[~state])
            if kind == END and self.states[-1] == self.last:
                return self.last
        return state

    def join(self, rule: Rule) -> None:
        """Put together the last parts, by a rule."""
        if rule.size == 1 and rule.bare and rule.kept == [0]:  # most rules only give a part another name
            self.states[-1] = self.tables.states[self.states[-2]][rule.origin]
            return
        first = len(self.parts) - rule.size
        parts, start, end = self.parts[first:], self.starts[first], self.ends[-1]
        children: list[Branch | Token | None] = []
        for kept in rule.kept:
            if kept is None:
                children.append(None)
            elif kept >= 0:
                children.append(parts[kept])
            elif isinstance(part := parts[~kept], Branch):
                children.extend(part.children)
        bare = rule.bare and len(children) == 1
        del self.states[first + 1 :], self.parts[first:], self.starts[first:], self.ends[first:]
        state = self.tables.states[self.states[-1]][rule.origin]
        self.put(state, children[0] if bare else Branch(rule.data, children, start, end), start, end)

    def put(self, state: int, part: Branch | Token | None, start: int, end: int) -> None:
        """Go on to a state with one part more."""
        self.states.append(state)
        self.parts.append(part)
        self.starts.append(start)
        self.ends.append(end)

    def accepted(self) -> frozenset[str]:
        """The kinds of token that fit here."""
        kinds = self.tables.states[self.states[-1]]
        return frozenset(kind for kind in kinds if kind.isupper() and self.copy().after(kind) is not None)

    def copy(self) -> _Reading:
        """The same, to be tried out."""
        made = _Reading(self.tables, self.states[0], self.last)
        made.states, made.parts = self.states.copy(), self.parts.copy()
        made.starts, made.ends = self.starts.copy(), self.ends.copy()
        return made


@cache
def _tables() -> _Tables:
    made = json.loads(TABLES.read_text("utf-8"))
    return _Tables(tuple(Rule(*rule) for rule in made["rules"]), made["states"], made["starts"])
