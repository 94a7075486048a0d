"""Problems with single values: dates, durations, windows, likelihoods, citations (E02xx)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from estimative.places.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from estimative.places.source import Span


def listed(names: Sequence[str], last: str = "or") -> str:
    """Names in a sentence: ```a`, `b` or `c```.

    >>> listed(["a", "b", "c"])
    '`a`, `b` or `c`'
    """
    quoted = [f"`{name}`" for name in names]
    return f" {last} ".join((", ".join(quoted[:-1]), quoted[-1])) if len(quoted) > 1 else "".join(quoted)


# -- likelihoods ------------------------------------------------------------------------------------------


def unknown_word(span: Span, word: str, standard: str, nearest: Sequence[str]) -> Problem:
    """A word that the standard does not have has no meaning that readers share."""
    whose = "ordinary usage" if standard == "ordinary" else f"the standard {standard}"
    hint = f"did you mean {listed(nearest)}?" if nearest else "`estimative words` lists the words"
    return Problem("E0201", span, f"`{word}` is not a word of likelihood in {whose}", hint)


def word_of_another_standard(
    span: Span, word: str, standard: str, others: Sequence[str], nearest: Sequence[str]
) -> Problem:
    """The same word can mean other numbers elsewhere, so an estimate keeps to one standard."""
    hint = f"write {listed(nearest)}" if nearest else ""
    if "ordinary" in others:
        hint += f"{', or ' if hint else 'write '}`standard: ordinary` for words outside any official scale"
    return Problem(
        "E0202",
        span,
        f"`{word}` is a word of {listed(others)}, and this estimate uses the words of {standard}",
        hint,
    )


def negated_word(span: Span, word: str, opposites: Sequence[str]) -> Problem:
    """Readers differ on what the denial of a word means, more than on any word that says it outright."""
    hint = f"write {listed(opposites)}" if opposites else "write the word that says it outright"
    return Problem("E0203", span, f"`not {word}` denies a word instead of giving one", hint)


def bare_number(span: Span, text: str) -> Problem:
    """A number without its sign can be a share or a percentage."""
    try:
        value = float(text.replace("_", ""))
    except ValueError:
        value = -1.0
    if 0 <= value <= 1:
        percent = f"{value * 100:.10g}%"
        hint = f"write `{percent}`" if value < 1 else "write `100%`, or `1%` if that is what you mean"
    else:
        hint = f"write `{value:g}%`" if 1 < value <= 100 else "write a percentage from 0% to 100%"
    return Problem("E0204", span, f"`{text}` says neither percent nor share", hint)


def over_hundred(span: Span, text: str) -> Problem:
    """No probability is above one."""
    return Problem("E0205", span, f"`{text}` is more than 100%", "write a percentage from 0% to 100%")


def range_backwards(span: Span, low: float, high: float) -> Problem:
    """A range that runs backwards may be a slip in either of its ends."""
    return Problem(
        "E0206",
        span,
        f"this range runs backwards: its low end, {low:g}%, is above its high end, {high:g}%",
        f"write `{high:g}-{low:g}%`",
    )


def more_hits_than_cases(span: Span, hits: int, cases: int) -> Problem:
    """A reference class cannot have more cases of a kind than cases."""
    return Problem(
        "E0207",
        span,
        f"{hits} of {cases} is more than all of them",
        f"write `{cases} of {hits}` if they are swapped",
    )


def no_cases(span: Span) -> Problem:
    """A reference class without cases says nothing."""
    return Problem(
        "E0208", span, "this reference class has no cases", "write `unknown` where nothing is known"
    )


def not_a_likelihood(span: Span, text: str) -> Problem:
    """Every rule needs a likelihood that a reading can turn into a number."""
    shown = text if len(text) <= 60 else text[:57] + "..."
    return Problem(
        "E0209",
        span,
        f"`{shown}` is not a likelihood",
        "write a word, `70%`, `20-40%`, `4 of 28`, alternatives such as `could / may well`, or `unknown`",
    )


def alternative_twice(span: Span, text: str) -> Problem:
    """Alternatives are taken equally often, so one that stands twice would count twice."""
    return Problem("E0210", span, f"the alternative `{text}` stands twice", "leave one out")


def too_many_cases(span: Span, limit: int) -> Problem:
    """No reference class is that large; it is rather a slip of the keyboard."""
    return Problem(
        "E0211", span, f"a reference class of more than {limit:,} cases is not read", "write a percentage"
    )


def rest_outside_lottery(span: Span) -> Problem:
    """`the rest` is what the other levels leave of one, and here there are no others."""
    return Problem(
        "E0212", span, "`the rest` can stand only among the levels of a lottery", "write a likelihood"
    )


# -- dates and durations ----------------------------------------------------------------------------------


def not_a_date(span: Span, text: str) -> Problem:
    """Dates are written one way, so that 03/04 is never read as April by one and March by another."""
    shown = text if len(text) <= 40 else text[:37] + "..."
    return Problem("E0213", span, f"`{shown}` is not a date", "write `1990`, `1990-03` or `1990-03-31`")


def year_out_of_reach(span: Span, year: int, first: int, last: int) -> Problem:
    """A year outside every plan is a slip of the keyboard."""
    return Problem("E0214", span, f"the year {year:04d} is out of reach", f"years run from {first} to {last}")


def no_such_month(span: Span, month: int) -> Problem:
    """A month that does not exist may be a day and a month swapped."""
    return Problem(
        "E0215",
        span,
        f"there is no month {month:02d}",
        "write the year, then the month, then the day: `1990-03-31`",
    )


def no_such_day(span: Span, month: date, day: int, days: int) -> Problem:
    """A day that does not exist may belong to the month before or after."""
    return Problem(
        "E0216",
        span,
        f"there is no {day:02d} in {month:%Y-%m}, which has {days} days",
        f"write `{month:%Y-%m}-{days}` for its last day",
    )


def not_a_duration(span: Span, text: str) -> Problem:
    """A window's length decides how fast a likelihood works."""
    shown = text if len(text) <= 40 else text[:37] + "..."
    return Problem(
        "E0217",
        span,
        f"`{shown}` is not a duration",
        "write a whole number of days, months, quarters or years: `18 months`",
    )


def no_duration(span: Span) -> Problem:
    """Nothing can happen in no time."""
    return Problem("E0218", span, "this duration is zero", "write how long it may take")


def duration_too_long(span: Span, years: int) -> Problem:
    """A duration beyond every plan is a slip of the keyboard."""
    return Problem("E0219", span, f"this is longer than {years} years", "write a shorter duration")


def between_backwards(span: Span, first: date, last: date) -> Problem:
    """A window that ends before it starts may be a slip in either of its dates."""
    return Problem(
        "E0220", span, f"this window ends on {last}, before it starts on {first}", "swap its dates"
    )


def window_outside_horizon(span: Span, what: str, first: date, last: date) -> Problem:
    """A rule whose window lies outside the horizon can never act, so its likelihood would say nothing."""
    return Problem(
        "E0221",
        span,
        f"{what} lies outside the horizon, which runs from {first} to {last}",
        "move the window, or make the horizon longer",
    )


def window_without_step(span: Span, step: str, what: str) -> Problem:
    """A rule acts at the ends of steps, and no step ends in this window."""
    return Problem(
        "E0222", span, f"no {step} ends {what}", f"make the window longer, or the step shorter than a {step}"
    )


def window_starts_early(span: Span, as_of: date) -> Problem:
    """The likelihood is spread over the part of the window that is still to come."""
    return Problem(
        "W0223",
        span,
        f"this window starts before the estimate's date, {as_of}",
        "its likelihood is spread over what is left of it",
    )


def several_windows(span: Span, keys: Sequence[str], first: Span) -> Problem:
    """Two windows would leave open which of them the likelihood is spread over."""
    return Problem(
        "E0224",
        span,
        f"a rule has one window, and this one has {listed(keys, 'and')}",
        "keep one of them",
        ((first, "the first one"),),
    )


def horizon_in_days(span: Span) -> Problem:
    """Steps are months, quarters or years, so a horizon is counted in them too."""
    return Problem("E0225", span, "the horizon is counted in days", "write it in months, quarters or years")


def horizon_without_step(span: Span, step: str) -> Problem:
    """A horizon shorter than a step holds no future."""
    return Problem(
        "E0226", span, f"the horizon is shorter than one {step}", "make it longer, or the step shorter"
    )


def too_many_steps(span: Span, steps: int, limit: int) -> Problem:
    """Every step is simulated in every future."""
    return Problem(
        "E0227",
        span,
        f"this horizon has {steps:,} steps; at most {limit:,} are simulated",
        "make the horizon shorter, or the step longer",
    )


def horizon_not_whole(span: Span, step: str, steps: int) -> Problem:
    """What follows the last whole step is not simulated."""
    return Problem(
        "W0228",
        span,
        f"the horizon is not a whole number of steps: it is cut to {steps} {step}{'s' * (steps != 1)}",
        f"make it a whole number of {step}s",
    )


# -- words of the schema ------------------------------------------------------------------------------------


def not_one_of(span: Span, key: str, text: str, words: Sequence[str], nearest: str) -> Problem:
    """These few words mean fixed things, and another word would mean nothing."""
    hint = f"did you mean `{nearest}`?" if nearest else ""
    return Problem("E0229", span, f"`{text}` cannot stand under `{key}`, which takes {listed(words)}", hint)


def not_an_effect(span: Span, text: str) -> Problem:
    """Effects are signs, because a report argues directions and never sizes."""
    return Problem(
        "E0230", span, f"`{text}` is not an effect", 'write one of "++", "+", "0", "-", "--", in quotes'
    )


# -- citations ------------------------------------------------------------------------------------------


def not_a_citation(span: Span) -> Problem:
    """A citation that can be followed by a program can be checked by one."""
    return Problem(
        "E0231",
        span,
        "this is not a citation",
        'write SOURCE p.PAGE "a few words", such as `r3159 p.31 "if present trends continue"`',
    )


def pages_backwards(span: Span) -> Problem:
    """Pages that run backwards may be a slip in either of them."""
    return Problem(
        "E0232",
        span,
        f"the pages `{span.text}` run backwards, or over more than 50 pages",
        "write the lower page first",
    )


def phrase_too_long(span: Span, count: int, limit: int) -> Problem:
    """A phrase is there to find the passage by; the sentence itself stays in its source."""
    return Problem(
        "W0233",
        span,
        f"this phrase has {count} words; up to {limit} are enough to find a passage by",
        "keep the words that are rare",
    )
