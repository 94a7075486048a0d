"""Problems with choices and the interests that they weigh (E033x, W033x)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from estimative.language.problems.values import listed
from estimative.places.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from estimative.places.source import Span


def not_an_interest(
    span: Span, interest: str, actor: str, nearest: Sequence[str], others: Sequence[str]
) -> Problem:
    """A choice follows from what its own actor wants, not from what others want."""
    if nearest:
        hint = f"did you mean {listed(nearest)}?"
    elif others:
        hint = f"it is an interest of {listed(others, 'and')}; name what it is to `{actor}`"
    else:
        hint = f"add it to the interests of `{actor}`, at its place in their order"
    return Problem("E0331", span, f"`{interest}` is not an interest of `{actor}`", hint)


def no_interests(span: Span, actor: str) -> Problem:
    """Without interests nothing speaks for one option rather than another."""
    return Problem(
        "E0332", span, f"the actor `{actor}` has no interests to weigh", "list them in order of importance"
    )


def no_effects(span: Span, choice: str) -> Problem:
    """If no option serves or harms anything, the actor has no reason ever to move."""
    return Problem(
        "E0333",
        span,
        f"no option of `{choice}` has an effect on an interest",
        'say under `weighs` what an option does: `leverage: "+"`',
    )


def option_without_effects(span: Span, option: str, first: str) -> Problem:
    """An option without effects is worth as much as the first, so a tie decides against it."""
    return Problem(
        "W0334",
        span,
        f"`{option}` has no effects, so it is worth as much as `{first}` and is never preferred to it",
        "say what it does, or take it out",
    )


def too_many_conditions(span: Span, choice: str, count: int, limit: int) -> Problem:
    """A decision is kept as a table over its conditions, and each doubles the table."""
    return Problem(
        "E0335",
        span,
        f"`{choice}` hangs on {count} conditions; at most {limit} are allowed",
        "put several together in a condition with `is:`, or leave out those that matter least",
    )


def ranking_is_not_whole(span: Span, actor: str, left_out: Sequence[str], extra: Sequence[str]) -> Problem:
    """A ranking that leaves an interest out does not say whether it comes last or no longer counts."""
    if extra:
        says = f"this ranking names {listed(extra, 'and')}, which `{actor}` does not have, or twice"
    else:
        says = f"this ranking of the interests of `{actor}` leaves out {listed(left_out, 'and')}"
    return Problem("E0336", span, says, "name each interest once; those of one rank in brackets")


def same_effect_twice(span: Span, option: str, interest: str, first: Span) -> Problem:
    """Effects on one interest add up, so the same one written twice counts double."""
    return Problem(
        "W0337",
        span,
        f"`{option}` already has an effect on `{interest}` under the same condition; the two add up",
        "keep one of them",
        ((first, "the first one"),),
    )


def one_option(span: Span, choice: str) -> Problem:
    """With one option there is nothing to choose."""
    return Problem("E0338", span, f"`{choice}` has one option only", "add what else the actor could do")


def first_option_not_always(span: Span, option: str) -> Problem:
    """If no option is available the actor stays where it is, which is seldom meant."""
    return Problem(
        "W0339",
        span,
        f"no option is available in every case, not even the first, `{option}`",
        "let one option be available always; with none available the actor stays where it is",
    )
