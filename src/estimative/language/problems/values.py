"""Problems with single values: dates, durations, windows, likelihoods, citations (E02xx)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from estimative.language.problems.almost import with_window
from estimative.places.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from estimative.places.source import Span


_ALMOST = (
    (re.compile(r"(\w[\w ]*\w) ?\((\d+(?:-\d+)?%)\)"), r"\1 / \2"),
    (re.compile(r"(\d+) in (\d+)|(\d+)/(\d+)"), r"\1\3 of \2\4"),
    (re.compile(r"(?:<=?|under|below|less than|at most) ?(\d+)%"), r"0-\1%"),
    (re.compile(r"(?:>=?|over|above|more than|at least) ?(\d+)%"), r"\1-100%"),
)
"""Forms that people write, and what they mean here."""


_CITED = re.compile(r"([a-z][\w-]*),?\s+(?:pp?\.?|pages?)?\s*(\d{1,5}),?(?:\s+(.*)|)", re.IGNORECASE)
"""A citation with its signs amiss: its source, its page, and what is quoted."""


def listed(names: Sequence[str], last: str = "or") -> str:
    """Names in a sentence: ```a`, `b` or `c```.

    >>> listed(["a", "b", "c"])
    '`a`, `b` or `c`'
    """
    quoted = [f"`{name}`" for name in names]
    return f" {last} ".join((", ".join(quoted[:-1]), quoted[-1])) if len(quoted) > 1 else "".join(quoted)


def a(noun: str) -> str:
    """A noun with its article.

    >>> a("condition"), a("observation")
    ('a condition', 'an observation')
    """
    return f"an {noun}" if noun[:1] in "aeiou" else f"a {noun}"


# -- likelihoods ------------------------------------------------------------------------------------------


def unknown_word(
    span: Span, word: str, standard: str, nearest: Sequence[str], alternatives: Sequence[str] = ()
) -> Problem:
    """A word that the standard does not have has no meaning that readers share."""
    whose = "ordinary usage" if standard == "ordinary" else f"the standard {standard}"
    hint = f"did you mean {listed(nearest)}?" if nearest else "`estimative words` lists the words"
    if meant := with_window(word):
        hint = f"give the window a key of its own: `{meant}`"
    elif alternatives:
        hint = f"write `{' / '.join(alternatives)}`, with a blank on both sides"
    return Problem("E0201", span, f"`{word}` is not a word of likelihood in {whose}", hint)


def word_of_another_standard(
    span: Span, word: str, standard: str, others: Sequence[str], alike: Sequence[str]
) -> Problem:
    """The same word can mean other numbers elsewhere, so an estimate keeps to one standard."""
    hint = f"readers take {listed(alike)} much the same" if alike else ""
    if "ordinary" in others:
        hint += f"{'; ' if hint else ''}`standard: ordinary` has words outside any official scale"
    return Problem(
        "E0202",
        span,
        f"`{word}` is a word of {listed(others, 'and')}, and this estimate uses the words of {standard}",
        hint,
    )


def negated_word(span: Span, wording: str, meant: Sequence[str]) -> Problem:
    """Readers differ on what the denial of a word means, more than on any word that says it outright."""
    return Problem(
        "E0203", span, f"`{wording}` denies a word instead of giving one", f"write {listed(meant)}"
    )


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
    return Problem("E0204", span, f"`{text}` could be a share or a percentage", hint)


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
    hint = "write a word, `70%`, `20-40%`, `4 of 28`, alternatives such as `could / may well`, or `unknown`"
    for pattern, meant in _ALMOST:
        if match := pattern.fullmatch(text):
            hint = f"write `{match.expand(meant)}`"
    if apart := with_window(text):
        hint = f"give the window a key of its own: `{apart}`"
    return Problem("E0209", span, f"`{shown}` is not a likelihood", hint)


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
    hint = 'write SOURCE p.PAGE "a few words", such as `r3159 p.31 "if present trends continue"`'
    if match := _CITED.fullmatch(" ".join(span.text.split())):
        phrase = (match[3] or "").strip("\"'\u201c\u201d\u2018\u2019 ")
        hint = f"write `{match[1]} p.{match[2]}" + (f' "{phrase}"`' if phrase else "`")
    return Problem("E0231", span, "this is not a citation", hint)


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


def unknown_standard(span: Span, name: str, known: Sequence[str], near: Sequence[str]) -> Problem:
    """The same word has other numbers in other standards, so an estimate says whose words it uses."""
    hint = f"did you mean {listed(near)}?" if near else f"it takes {listed(known)}"
    return Problem("E0234", span, f"there is no standard `{name}`", hint)


def not_a_digest(span: Span) -> Problem:
    """A digest with a letter wrong fits no document."""
    return Problem(
        "E0235",
        span,
        "this is not a SHA-256 digest: 64 digits and letters a to f",
        "`sha256sum FILE` writes it",
    )


def not_a_count(span: Span, text: str, page: str) -> Problem:
    """A page table counts lines, or pages of the file, from 1."""
    return Problem(
        "E0236",
        span,
        f"page {page} cannot begin at `{text}`",
        "write the number of the line at which it begins",
    )
