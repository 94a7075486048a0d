"""Problems with expressions, queries and tests: their grammar, and what cannot be asked (E06xx, E02xx)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from estimative.language.problems.values import a, listed
from estimative.places.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from estimative.places.source import Span

_SIGNS = {
    "=": "is",
    "==": "is",
    "!=": "is not",
    "≥": ">=",
    "≤": "<=",
    "=>": ">=",
    "=<": "<=",
    "&": "and",
    "&&": "and",
    "!": "not",
    "¬": "not",
}


def does_not_fit(span: Span, text: str, expected: str, after: str, hint: str = "") -> Problem:
    """An expression is a sentence with a fixed grammar, so that it can mean one thing only."""
    where = f" after `{after}`" if after else ""
    found = f"`{text}` stands there" if text else "the text ends"
    return Problem("E0240", span, f"I expected {expected}{where}, and {found}", hint)


def strange_character(span: Span, text: str) -> Problem:
    """Expressions are written in words, with a few signs."""
    meant = _SIGNS.get(text) or _SIGNS.get(text[:1], "")
    return Problem(
        "E0241", span, f"`{text[:1]}` has no meaning in an expression", f"write `{meant}`" if meant else ""
    )


def empty_gate(span: Span) -> Problem:
    """A gate without parts never opens, or always, and nobody means either."""
    return Problem(
        "E0242", span, "this `at least .. of` names nothing", "put conditions between the brackets"
    )


def gate_count(span: Span, count: str, parts: int) -> Problem:
    """A gate that asks for more than it has never opens, and one that asks for none is always open."""
    return Problem("E0243", span, f"`at least {count}` of {parts}: the number must be from 1 to {parts}")


def expression_too_long(span: Span, length: int, limit: int) -> Problem:
    """Nobody can check an expression of this length."""
    return Problem(
        "E0244",
        span,
        f"this expression has {length:,} characters; at most {limit:,} are read",
        "name its parts as conditions with `is:`",
    )


def expression_too_deep(span: Span, limit: int) -> Problem:
    """Nobody can check an expression with so many brackets."""
    return Problem(
        "E0245",
        span,
        f"this expression has more than {limit} brackets and words such as `not`",
        "name its parts as conditions with `is:`",
    )


def not_a_query(span: Span, what: str) -> Problem:
    """What is asked must say what is to be counted."""
    if what == "test":
        return Problem(
            "E0601",
            span,
            "this is not a test of a claim",
            "write `P(ever x) is likely`, `mode of SCALE at DATE is LEVEL`, `P(..) > P(..)` or `x matters most of (x, y) to P(..) by potential`",
        )
    return Problem(
        "E0601",
        span,
        "this is not a query",
        "write `P(ever x)`, `mode of SCALE at DATE` or `share of time x`",
    )


def test_without_verdict(span: Span) -> Problem:
    """A query by itself is a question; a claim says what the answer is."""
    return Problem(
        "E0602",
        span,
        "this says what is asked, and not what the claim is",
        "add `is WORD`, `< 10%` or `> P(..)`",
    )


def share_needs_brackets(span: Span) -> Problem:
    """Without brackets, `x is likely` would compare x with a level called likely."""
    return Problem(
        "E0603",
        span,
        "it is not clear where `share of time` ends",
        "put what it counts in brackets: `share of time (x) is likely`",
    )


def only_numbers(span: Span) -> Problem:
    """A claim about two numbers says nothing about the world."""
    return Problem("E0604", span, "this compares two numbers", "put a query on one side")


def number_out_of_range(span: Span, text: str) -> Problem:
    """A probability lies between 0 and 1."""
    return Problem("E0605", span, f"`{text}` is not a probability", "write a percentage from 0% to 100%")


def unknown_measure(span: Span, text: str, measures: Sequence[str]) -> Problem:
    """What matters most depends on the measure, so a claim must name one."""
    return Problem("E0606", span, f"`{text}` is not a measure", f"write {listed(measures)}")


def mode_given(span: Span) -> Problem:
    """A mode is taken over all futures of a world."""
    return Problem(
        "E0607",
        span,
        "a mode can be asked in another world (`do`), not given something",
        "ask `P(.. | ..)` of each level instead",
    )


def not_an_intervention(span: Span) -> Problem:
    """To make something so and to learn that it is so are two things."""
    return Problem("E0608", span, "this says what is so, not what is made so", "write `do(..)` around it")


def number_for_a_word(span: Span, text: str) -> Problem:
    """A word of likelihood follows `is`; numbers are compared."""
    return Problem(
        "E0609",
        span,
        f"`{text}` is not a word of likelihood",
        "compare a number by `<`, `<=`, `>` or `>=`: `P(ever x) < 20%`",
    )


def only_in_questions(span: Span, word: str) -> Problem:
    """A rule looks only at the present; its window says when it may act."""
    return Problem(
        "E0246",
        span,
        f"`{word}` speaks of a whole future, and this expression speaks of one moment",
        "use `ever x` for what has held by now; dates belong in the rule's window",
    )


def without_time(span: Span, text: str, horizon: str) -> Problem:
    """A probability is of something that happens in a future, and this says nothing of when."""
    return Problem(
        "E0614",
        span,
        f"`{text}` says nothing of time",
        f"write `ever {text}` or `{text} at {horizon}`"
        if " " not in text
        else f"write `ever ({text})` or `({text}) at {horizon}`",
    )


def time_within_time(span: Span, text: str, *, before: bool) -> Problem:
    """A time inside another time has no meaning that people agree on."""
    hint = (
        f"write `{text}` alone: it speaks of the whole future"
        if before
        else "say it with `and`, or name it as a condition with `is:`"
    )
    return Problem("E0615", span, "this speaks of a time inside another time", hint)


def mode_of_wrong_kind(span: Span, name: str, kind: str) -> Problem:
    """A mode is the level that is taken most often, so there must be levels."""
    return Problem(
        "E0616",
        span,
        f"`{name}` is {a(kind)}, which has no levels",
        f"ask for `P({name} at DATE)`" if kind == "condition" else "",
    )


def cannot_be_made_so(span: Span, name: str, kind: str) -> Problem:
    """What can be made so is what the futures hold: conditions, scales and choices."""
    hint = "make the condition behind it so"
    if kind == "trend":
        hint = (
            f"name a threshold as a condition, such as `{name}-high: {{is: {name} >= 3.5}}`, and make that so"
        )
    return Problem("E0617", span, f"`{name}` is {a(kind)}, and cannot be made so", hint)


def comparison_made_so(span: Span, name: str, relation: str, value: str) -> Problem:
    """What is made so is one state of a variable; a comparison leaves open which."""
    text = " ".join(span.text.split())
    if not value[:1].isdigit() and value[:1] != "-":
        says = f"`{text}` leaves open which level of `{name}` is made so"
        return Problem("E0620", span, says, f"write `do({name} is {value})`")
    condition = f"{name}-{'high' if '>' in relation else 'low'}"
    return Problem(
        "E0620",
        span,
        f"a trend cannot be made so, and `{text}` is a threshold of one",
        f"name it as a condition, such as `{condition}: {{is: {name} {relation} {value}}}`,"
        f" and make that so: `do({condition})`",
    )


def time_made_so(span: Span, word: str, name: str) -> Problem:
    """To make something so is to hold it from the start, or to bring it about at a date."""
    return Problem(
        "E0621",
        span,
        f"`{word}` speaks of a whole future, and what is made so is one state",
        f"write `do({name})`, held so from the start, or `do({name} at DATE)`, so from that date on",
    )


def nothing_belongs(span: Span, name: str, written: str = "") -> Problem:
    """A claim about what matters compares the variables and rules that belong to a name."""
    return Problem(
        "E0618",
        span,
        f"nothing in the estimate is part of `{name}`" + (f", but of `{written}`" if written else ""),
        f"write `{written}`, as under `part-of`"
        if written
        else f"write `part-of: {name}` where it belongs, or name a variable or a rule",
    )


def moves_nothing(span: Span, name: str, kind: str) -> Problem:
    """What matters is a variable on which others hang: a condition, a scale, a choice."""
    if kind == "trend":
        says = f"`{name}` is a trend, and a trend matters through its thresholds"
        condition = f"{name}-high: {{is: {name} >= 3.5}}"
        return Problem("E0622", span, says, f"name a condition, such as `{condition}`, and write its name")
    says = f"`{name}` is {a(kind)}; nothing looks at a signal, so it moves nothing"
    return Problem("E0622", span, says, "write the condition that it is a sign of")


def share_by_variance(span: Span) -> Problem:
    """The variance is that of an event, which comes about in a future or does not."""
    return Problem(
        "E0623",
        span,
        "by variance it is asked what goes with an event, and a share of time is none",
        "ask about `P(..)`, or measure it `by potential` or `by volatility`",
    )


def not_among(span: Span, name: str) -> Problem:
    """What is said to matter most must be one of those that are compared."""
    return Problem(
        "E0619", span, f"`{name}` is not among those that it is compared with", "add it to the list"
    )


def compared_with_nothing(span: Span, name: str) -> Problem:
    """What matters most matters more than something else."""
    return Problem(
        "E0624", span, f"`{name}` is compared with nothing else", "add another name to the list in brackets"
    )
