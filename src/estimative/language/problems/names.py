"""Problems with names: ids, what they refer to, and of what kind it is (E01xx)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from estimative.language.problems.values import a, listed
from estimative.places.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from estimative.places.source import Span

Place = tuple["Span", str]

HIDDEN_IN_ID = "E0104"
"""The code of an error that makes the general warning about hidden characters needless."""


# -- ids ------------------------------------------------------------------------------------------------


def not_an_id(span: Span, text: str, better: str) -> Problem:
    """One way to write a name means that nobody has to remember how it was written."""
    shown = text if len(text) <= 60 else text[:57] + "..."
    hint = (
        f"write `{better}`" if better else "write small letters, digits and hyphens, beginning with a letter"
    )
    return Problem("E0101", span, f"`{shown}` is not an id", hint)


def reserved_word(span: Span, word: str) -> Problem:
    """A word of the grammar cannot be a name, or an expression would have two meanings."""
    return Problem(
        "E0102",
        span,
        f"`{word}` is a word of the language and cannot be an id",
        f"write something like `{word}-it`" if word == "do" else f"write something like `the-{word}`",
    )


def id_too_long(span: Span, length: int, limit: int) -> Problem:
    """A name of this length is a sentence; it belongs under `says`."""
    return Problem(
        "E0103", span, f"this id has {length} characters; at most {limit} are allowed", "shorten it"
    )


def hidden_in_id(span: Span, name: str) -> Problem:
    """Two ids that look the same would be two things."""
    return Problem("E0104", span, f"this id contains a character that cannot be seen: {name}", "take it out")


def foreign_letter(span: Span, name: str, better: str) -> Problem:
    """A letter of another alphabet can look like one of ours, and then two ids that look the same differ."""
    return Problem(
        "E0105",
        span,
        f"this letter is not one of a-z: {name}",
        f"write `{better}`" if better else "write it with a-z",
    )


def declared_twice(span: Span, name: str, kind: str, first: Span, first_kind: str) -> Problem:
    """A name that means two things makes every sentence with it mean two things."""
    return Problem(
        "E0106",
        span,
        f"the {kind} `{name}` has the id of {a(first_kind)}",
        "give one of them another id",
        ((first, f"the {first_kind} is declared here"),),
    )


def twice_in_list(span: Span, name: str, what: str) -> Problem:
    """A level or option that stands twice cannot be told from itself."""
    return Problem("E0107", span, f"the {what} `{name}` stands twice in this list", "take one out")


def too_few(span: Span, what: str, wanted: int) -> Problem:
    """With one level nothing can move, and with one option nothing can be chosen."""
    return Problem("E0108", span, f"there are fewer than {wanted} {what} here", "add one")


def too_many(span: Span, what: str, count: int, limit: int) -> Problem:
    """A limit that a person could not keep in view anyway keeps the tables small."""
    return Problem(
        "E0109",
        span,
        f"there are {count} {what} here; at most {limit} are allowed",
        "put some of them together",
    )


# -- references -------------------------------------------------------------------------------------------


def unknown_name(span: Span, name: str, kind: str, nearest: Sequence[str]) -> Problem:
    """What is declared nowhere would silently never hold."""
    hint = f"did you mean {listed(nearest)}?" if nearest else "declare it, or take it out"
    return Problem("E0110", span, f"there is no {kind} `{name}`", hint)


def needs_level(span: Span, name: str, kind: str, example: str) -> Problem:
    """A scale or a choice is not true or false by itself; being at a level is."""
    return Problem(
        "E0111",
        span,
        f"the {kind} `{name}` is not true or false by itself",
        f"write something like `{example}`",
    )


def not_a_condition(span: Span, name: str, kind: str) -> Problem:
    """An expression speaks of what is so, not of who acts or of what is seen."""
    return Problem(
        "E0112",
        span,
        f"`{name}` is {kind}, and an expression speaks of conditions, scales, choices and trends",
        "use the condition behind it",
    )


def condition_compared(span: Span, name: str) -> Problem:
    """A condition has no levels: it holds or it does not."""
    return Problem(
        "E0113", span, f"`{name}` is a condition, which has no levels", f"write `{name}` or `not {name}`"
    )


def no_such_level(
    span: Span, level: str, owner: str, levels: Sequence[str], nearest: Sequence[str]
) -> Problem:
    """A level that the scale does not have is never reached."""
    hint = f"did you mean {listed(nearest)}?" if nearest else f"it has {listed(levels, 'and')}"
    return Problem("E0114", span, f"{owner} has no `{level}`", hint)


def levels_without_order(span: Span, name: str, kind: str) -> Problem:
    """Options, and outcomes of a lottery, have no order, so none is above another."""
    return Problem(
        "E0115",
        span,
        f"the {kind} `{name}` has no order, so nothing is above or below anything",
        "compare with `is` or `is not`",
    )


def trend_needs_number(span: Span, name: str) -> Problem:
    """A trend is a number, and passes a number."""
    return Problem(
        "E0116",
        span,
        f"`{name}` is a trend, which is compared with a number by `>=` or `<=`",
        f"write something like `{name} >= 3.5`",
    )


def ambiguous_interest(span: Span, name: str, actors: Sequence[str]) -> Problem:
    """Two actors can want things of the same name, and mean different things by it."""
    return Problem(
        "E0118",
        span,
        f"`{name}` is an interest of {listed(actors, 'and')}",
        f"write {listed([f'{actor}.{name}' for actor in actors])}",
    )


def cycle(span: Span, names: Sequence[str], others: Sequence[Place]) -> Problem:
    """What holds exactly when something else does cannot also be a reason for it."""
    round_trip = " needs ".join(f"`{name}`" for name in (*names, names[0]))
    return Problem(
        "E0120",
        span,
        f"these conditions are defined by one another: {round_trip}",
        "let one of them have rules (`becomes`) instead of `is`",
        tuple(others),
    )


def unknown_source(span: Span, name: str, nearest: Sequence[str]) -> Problem:
    """A citation whose source is not listed cannot be followed."""
    hint = f"did you mean {listed(nearest)}?" if nearest else "list it under `sources`"
    return Problem("E0121", span, f"there is no source `{name}`", hint)


def source_never_cited(span: Span, name: str) -> Problem:
    """A source that nothing cites may be a passage that was forgotten."""
    return Problem(
        "W0122", span, f"the source `{name}` is never cited", "cite it where it is used, or take it out"
    )


def needs_itself(span: Span, name: str, rule: str) -> Problem:
    """A condition that must hold before it can come to hold never does."""
    return Problem(
        "W0123",
        span,
        f"the rule `{rule}` needs `{name}` to hold already, so it never acts",
        "take it out of the expression",
    )


def part_twice(span: Span, text: str) -> Problem:
    """A part that stands twice in a gate counts twice."""
    return Problem("W0124", span, f"`{text}` stands twice in this list and counts twice", "take one out")


def never_holds(span: Span, name: str) -> Problem:
    """A condition that nothing brings about is a condition that was not finished, or a placeholder."""
    return Problem(
        "W0125",
        span,
        f"nothing ever makes `{name}` hold",
        "give it rules (`becomes`), a definition (`is`) or a start (`starts`)",
    )
