"""Problems with lotteries: scales that settle once (E025x)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from estimative.places.problem import Problem

if TYPE_CHECKING:
    from estimative.places.source import Span


def rest_twice(span: Span, first: Span) -> Problem:
    """The rest can be left to one level only, or it would be unclear how they share it."""
    return Problem(
        "E0250",
        span,
        "`the rest` stands twice in this lottery",
        "give one of them a likelihood",
        ((first, "the first one"),),
    )


def nothing_possible(span: Span) -> Problem:
    """A lottery in which nothing can come out cannot be drawn."""
    return Problem(
        "E0251", span, "every level of this lottery has 0%", "give at least one of them a likelihood"
    )


def case_never_reached(span: Span, name: str, always: str, first: Span) -> Problem:
    """The first case that holds counts, and a case without `when` always holds."""
    return Problem(
        "E0252",
        span,
        f"the case `{name}` is never reached, because `{always}` before it always holds",
        "put the case without `when` last",
        ((first, "this case has no `when`"),),
    )


def does_not_start_unsettled(span: Span, starts: str, first: str) -> Problem:
    """A lottery starts at its first level, which says that it has not settled yet."""
    return Problem(
        "E0253",
        span,
        f"a lottery starts at its first level, which is `{first}` here and means not settled yet",
        f"write `starts: {first}`, or put `{starts}` first",
    )


def settles_on_first(span: Span, level: str) -> Problem:
    """The first level of a lottery says that it has not settled, so it cannot be what comes out."""
    return Problem(
        "E0254",
        span,
        f"`{level}` means not settled yet, so it cannot come out of the lottery",
        "leave it out of the levels here",
    )
