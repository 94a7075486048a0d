"""Problems with records (E07xx): every sentence about them is written here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from estimative.language.problems.values import a
from estimative.places.problem import Problem

if TYPE_CHECKING:
    from datetime import date

    from estimative.places.source import Span


def not_a_record(span: Span, found: str) -> Problem:
    """A record is a mapping: keys, each followed by a colon."""
    return Problem(
        "E0700", span, f"this file holds {found}, not the keys of a record", "begin with `record:` and its id"
    )


def record_of_another(span: Span, name: str, estimate: str) -> Problem:
    """What happened in one world says nothing of the names of another."""
    return Problem(
        "E0701",
        span,
        f"this record belongs to `{name}`, and the estimate is `{estimate}`",
        f"write `of: {estimate}` if it is meant for this one",
    )


def record_too_early(span: Span, as_of: date) -> Problem:
    """Nothing that the estimate foresees can have been recorded before it was written."""
    return Problem(
        "E0702",
        span,
        f"the record was closed before the estimate's as-of, {as_of}",
        "write the date up to which things were observed",
    )


def after_the_record(span: Span, closed: date, where: Span) -> Problem:
    """What is dated after the record was closed cannot have been observed."""
    return Problem(
        "E0703",
        span,
        f"this date is after the record was closed, on {closed}",
        "correct one of the two dates",
        ((where, "the record was closed here"),),
    )


def not_a_grade(span: Span, text: str, better: str) -> Problem:
    """A grade is how far a report is trusted, and without it every report would count as known."""
    hint = f"write `{better}`" if better else "write a letter A-F and a number 1-6: `B2`"
    shown = text if len(text) <= 40 else text[:37] + "..."
    return Problem("E0704", span, f"`{shown}` is not a grade", hint)


def not_a_share_of_right(span: Span, grade: str, text: str) -> Problem:
    """A report that is more often wrong than right would say the contrary of what it says."""
    shown = text if len(text) <= 40 else text[:37] + "..."
    return Problem(
        "E0705",
        span,
        f"`{shown}` does not say how often reports of the grade {grade} are right",
        "write a percentage from 50% (it says nothing) to 100% (it is known)",
    )


def not_a_signal(span: Span, name: str, kind: str) -> Problem:
    """A signal is what can be seen; what it is a sign of is recorded as a fact."""
    return Problem(
        "E0706",
        span,
        f"`{name}` is {a(kind)}, and an observation is of a signal",
        f"put it among the facts, with `what: {name}`"
        if kind == "condition"
        else "put it among the facts, with `what:`",
    )


def cannot_both_be_so(span: Span, name: str, other: str, first: Span) -> Problem:
    """Two reports that are both taken as known, and deny each other, leave no future that agrees with both."""
    return Problem(
        "E0707",
        span,
        f"`{name}` and `{other}` cannot both be so, and both are graded as known",
        "give the one that may be wrong a lower grade",
        ((first, f"`{other}` is here"),),
    )


def says_nothing_yet(span: Span, step: str) -> Problem:
    """What did not happen before the first step was over says nothing of any step."""
    return Problem(
        "W0708",
        span,
        f"no {step} of the estimate had ended by this date, so this report says nothing",
        "give a later date, or leave the report out",
    )


def deny_each_other(span: Span, name: str, other: str, first: Span) -> Problem:
    """Reports that deny each other are weighed by their grades; the analyst should know that there are two."""
    return Problem(
        "W0709",
        span,
        f"`{name}` and `{other}` cannot both be so",
        "each is weighed by its grade; take one out if it has been withdrawn",
        ((first, f"`{other}` is here"),),
    )


def ever_in_a_fact(span: Span) -> Problem:
    """A fact says by its own date whether it speaks of a moment or of all the time before."""
    return Problem("E0710", span, "`ever` cannot stand in a fact", "take it out and give the date with `by`")


def no_report(span: Span) -> Problem:
    """A record without a report changes nothing, which is seldom what it was written for."""
    return Problem(
        "E0711",
        span,
        "this record has no report",
        "put what was seen under `observations`, and what was so under `facts`",
    )


def signal_in_a_fact(span: Span, name: str) -> Problem:
    """That a signal was seen is an observation, which says by when and may say that it was not."""
    return Problem(
        "E0712",
        span,
        f"`{name}` is a signal, and a fact is of what can be so",
        f"put it among the observations, with `signal: {name}`",
    )
