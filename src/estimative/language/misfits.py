"""What to write instead where an expression, a query or a test stops making sense."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from estimative.language.parser import END
from estimative.language.problems import expressions as problems
from estimative.language.tokens import KEYWORDS
from estimative.words.lexicon import standards_with

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    from estimative.language.tokens import Token
    from estimative.language.tree import Scalar
    from estimative.places.problem import Problem

Place = Literal["state", "modifier", "event", "query", "test", "givens"]
"""Where a text stands: in a rule or a definition, where no date can; among modifiers; as an event; or on its own."""

STATES = ("state", "modifier")
"""Places that speak of one moment."""

MEASURES = "`by potential`, `by volatility` or `by variance`"

_TIME = {"since", "until", "till", "after", "in", "within", "during"}
"""Words of time that people write and the language does not have."""
_DEGREE = re.compile(r"\w+ly|very|quite|rather|much|more|less|somewhat")
"""What people write before a condition to say how much it matters."""
_LONGEST_WORD = 4
"""Words in a word of likelihood."""


@dataclass(frozen=True)
class Misfit:
    """The token that does not fit, None at the end of the text; what stands before it, and what would fit."""

    scalar: Scalar
    ready: Sequence[Token]
    index: int
    accepted: AbstractSet[str]
    place: Place

    @property
    def token(self) -> Token | None:
        """The token that does not fit."""
        return self.ready[self.index] if self.index < len(self.ready) else None

    @property
    def before(self) -> Token | None:
        """The token before it."""
        return self.ready[self.index - 1] if self.index else None

    def kinds(self, first: int, last: int) -> list[str]:
        """Kinds of some tokens, counted from the one that does not fit."""
        return [token.kind for token in self.ready[max(self.index + first, 0) : self.index + last]]

    def text(self, first: int, last: int) -> str:
        """What is written from one token to another, of all that are read."""
        return " ".join(self.scalar.text[self.ready[first].start : self.ready[last].end].split())


def own_problem(misfit: Misfit) -> Problem | None:
    """The problem of a slip that is known by itself: what cannot be made so, a date where none can stand."""
    token = misfit.token
    if token is None:
        return None
    if _do_before(misfit) is not None:
        return _not_made(misfit, token)
    dated = token.kind in {"_BY", "_FROM"} or (
        token.kind in {"NUMBER", "DATE"} and misfit.kinds(-1, 0) == ["_BEFORE"]
    )
    if misfit.place in STATES and (dated or (token in _TIME and misfit.kinds(-1, 0) == ["NAME"])):
        word = misfit.before if token.kind in {"NUMBER", "DATE"} else token
        return problems.only_in_questions(misfit.scalar.at(token.start, token.end), str(word))
    return None


def _do_before(misfit: Misfit) -> int | None:
    """Index of the `do` in whose brackets the token stands, right after a name or before any."""
    for index in range(misfit.index - 1, max(misfit.index - 6, -1), -1):
        if misfit.ready[index].kind == "DO":
            return index
        if misfit.ready[index].kind == "_CLOSE":
            return None
    return None


def _not_made(misfit: Misfit, token: Token) -> Problem | None:
    """The problem of something that `do(..)` cannot make so, where it is a comparison or speaks of time."""
    name = misfit.ready[misfit.index - 1]
    if token.kind in {"EVER", "ALWAYS"} and misfit.index + 1 < len(misfit.ready):
        span = misfit.scalar.at(token.start, token.end)
        return problems.time_made_so(span, str(token), str(misfit.ready[misfit.index + 1]))
    compared = token.kind == "RELATION" and name.kind == "NAME" and misfit.index + 1 < len(misfit.ready)
    if compared:
        span = misfit.scalar.at(name.start, misfit.ready[misfit.index + 1].end)
        return problems.comparison_made_so(span, str(name), str(token), str(misfit.ready[misfit.index + 1]))
    if token.kind == "NUMBER" and name.kind == "IS":
        name = misfit.ready[misfit.index - 2]
        return problems.comparison_made_so(
            misfit.scalar.at(name.start, token.end), str(name), ">=", str(token)
        )
    return None


def meant(misfit: Misfit) -> str:
    """What to write instead; empty where nothing can be told."""
    for hint in (
        _in_brackets,
        _word_of_the_language,
        _of_claims,
        _probability,
        _time,
        _two_names,
        _comma,
        _end,
    ):
        if said := hint(misfit):
            return said
    return ""


def _in_brackets(misfit: Misfit) -> str:
    """Inside ``do(..)`` one thing is made so, from a date on."""
    token, opened = misfit.token, _do_before(misfit)
    if token is None or opened is None or opened + 2 >= misfit.index:
        return ""
    name = misfit.text(opened + 2, misfit.index - 1)
    if token.kind in {"_AND", "_OR", "_COMMA"}:
        return f"write one for each: `do({name}), do(..)`"
    if token.kind in {"_BY", "_FROM", "_BEFORE"}:
        return f"write `do({name} at DATE)`: so from that date on"
    return ""


def _word_of_the_language(misfit: Misfit) -> str:
    """Words of the language are written small."""
    for token in (misfit.token, misfit.before):
        if token is not None and token not in KEYWORDS and token.lower() in KEYWORDS:
            return f"write `{token.lower()}` instead of `{token}`"
    return ""


def _of_claims(misfit: Misfit) -> str:
    kinds = {token.kind for token in misfit.ready}
    if {"_MATTERS_MOST_OF", "_DOES_NOT_MATTER_TO"} & kinds and "_BY" in misfit.accepted:
        return f"say how it is measured: {MEASURES}"
    if misfit.token in {"matter", "matters"} and misfit.before is not None:
        return f"write `{misfit.before} matters most of ({misfit.before}, OTHER) to P(..) by potential`"
    if misfit.token in {"does", "doesn"} and misfit.before is not None:
        return f"write `{misfit.before} does not matter to P(..) by potential`"
    if "MODE_OF" in misfit.kinds(-2, 0) and misfit.accepted == {"_AT"}:
        return f"say when: `{misfit.text(misfit.index - 2, misfit.index - 1)} at DATE`"
    return ""


def _probability(misfit: Misfit) -> str:
    """A probability is asked of what an expression says."""
    if misfit.token is None or misfit.token.kind != "PROBABILITY":
        return ""
    inner = _inside(misfit)
    if misfit.place == "event" and misfit.index == 0:
        return f"write `event: {inner}`, or `ask: P({inner})`"
    return f"write `{inner}` without `P( )`: an expression says what holds, not how likely it is"


def _inside(misfit: Misfit) -> str:
    """What stands in the brackets after the token."""
    depth, first = 0, misfit.index + 2
    for index, token in enumerate(misfit.ready[misfit.index + 1 :], start=misfit.index + 1):
        depth += (token.kind == "_OPEN") - (token.kind == "_CLOSE")
        if depth == 0:
            return misfit.text(first, index - 1) if index > first else ".."
    return ".."


def _time(misfit: Misfit) -> str:
    """Where dates can stand, they follow `at`, or what begins with `ever`."""
    token, before = misfit.token, misfit.before
    if token is None or before is None or misfit.place in STATES:
        return ""
    if token.kind in {"_BY", "_FROM"} or token in _TIME:
        return f"write `ever {before} by DATE`, `ever {before} from DATE by DATE` or `{before} at DATE`"
    if token.kind in {"NUMBER", "DATE"} and before.kind == "_BEFORE":
        return "write `ever x by DATE`; `before` stands between two conditions"
    return ""


def _two_names(misfit: Misfit) -> str:
    """Two names side by side: a degree, a likelihood, a name of two words, or a lost `and`."""
    if misfit.kinds(-1, 1) != ["NAME", "NAME"]:
        return ""
    words = misfit.scalar.text.split()
    for count in range(min(_LONGEST_WORD, len(words) - 1), 0, -1):
        likelihood = " ".join(words[:count])
        if misfit.index <= count and standards_with(likelihood):
            return (
                f"write `{' '.join(words[count:])}` alone; how likely something is stands under `likelihood`"
            )
    before, token = misfit.ready[misfit.index - 1], misfit.ready[misfit.index]
    if misfit.place == "modifier" and misfit.index == 1 and _DEGREE.fullmatch(before):
        rest = misfit.text(1, len(misfit.ready) - 1)
        return f"write `greatly {rest}` or `slightly {rest}`; there are no other degrees"
    return f"write `{before} and {token}` or `{before} or {token}`, or `{before}-{token}` if it is one name"


def _comma(misfit: Misfit) -> str:
    if misfit.token is None or misfit.token.kind != "_COMMA":
        return ""
    if misfit.kinds(-1, 2) == ["NUMBER", "_COMMA", "NUMBER"]:
        return f"write `{misfit.ready[misfit.index - 1]}.{misfit.ready[misfit.index + 1]}`: a comma is no decimal point"
    return "join them by `and` or `or`"


def _end(misfit: Misfit) -> str:
    """What an unfinished text lacks, and what is too much."""
    token, before = misfit.token, misfit.before
    if token is not None and token.kind == "_CLOSE" and END in misfit.accepted:
        return "take it out, or open a bracket before it"
    if token is None and "_CLOSE" in misfit.accepted:
        return "add `)` where the bracket ends"
    if before is None:
        return ""
    if before.kind in {"_AND", "_OR", "NOT", "EVER", "ALWAYS"}:
        return f"write a condition after `{before}`, or take `{before}` out"
    if before.kind == "IS" and misfit.kinds(-2, -1) == ["NAME"]:
        return f"write `{misfit.ready[misfit.index - 2]} is LEVEL`, with one of its levels or options"
    return ""
