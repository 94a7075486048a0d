"""What is written in one value: dates, durations, likelihoods and citations, each from its text."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import TYPE_CHECKING, get_args

from estimative.estimate.values import (
    Alternatives,
    Citation,
    Duration,
    Likelihood,
    Moment,
    Percent,
    PercentRange,
    Tally,
    TheRest,
    Unit,
    Unknown,
    Word,
)
from estimative.language.problems import time as time_problems
from estimative.language.problems import values as problems
from estimative.places.problem import Problem

if TYPE_CHECKING:
    from estimative.language.tree import Scalar
    from estimative.places.source import Span

FIRST_YEAR, LAST_YEAR = 1000, 2999
"""Years that a date may have: four digits, and room for a horizon after them."""
MAX_MONTHS = 12 * 200
"""The longest duration that is read."""
MAX_CASES = 10**9
"""The largest reference class that is read."""

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_DURATION = re.compile(r"(\d{1,6})\s+(day|month|quarter|year)s?", re.ASCII)
_PERCENT = re.compile(r"(\d{1,3}(?:\.\d{1,12})?)\s*(?:%|per ?cent)", re.ASCII)
_PERCENT_RANGE = re.compile(
    r"(\d{1,3}(?:\.\d{1,12})?)\s*%?\s*(?:-|–|to)\s*(\d{1,3}(?:\.\d{1,12})?)\s*(?:%|per ?cent)", re.ASCII
)
_TALLY = re.compile(r"(\d{1,10})\s+(?:out\s+)?of\s+(\d{1,10})", re.ASCII)
_BARE = re.compile(r"[-+]?(\d[\d_]*\.?\d*|\.\d+)(e[-+]?\d+)?", re.ASCII | re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_](?:[^\W_]|[ '\u2019,/()-])*")
_CITATION = re.compile(
    r"(?P<source>[^\s\"]+)\s+pp?\.\s*(?P<pages>[0-9a-z]{1,12}(?:\s*[-–,]\s*[0-9a-z]{1,12})*)\s*(?:[\"“](?P<phrase>[^\"”]*)[\"”])?",
    re.ASCII | re.IGNORECASE,
)


def moment(text: str, span: Span) -> Moment | Problem:
    """A day, a month or a year.

    >>> from estimative.places import Source
    >>> moment("1990-02", Source("", "1990-02").span(0, 7)).last
    datetime.date(1990, 2, 28)
    """
    match = _DATE.fullmatch(text)
    if match is None:
        return time_problems.not_a_date(span, text)
    year, month, day = (int(part) if part else 0 for part in match.groups())
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return time_problems.year_out_of_reach(span, year, FIRST_YEAR, LAST_YEAR)
    if match[2] and not 1 <= month <= 12:
        return time_problems.no_such_month(span, month)
    if not match[2]:
        return Moment(date(year, 1, 1), date(year, 12, 31), span)
    days = monthrange(year, month)[1]
    if not match[3]:
        return Moment(date(year, month, 1), date(year, month, days), span)
    if not 1 <= day <= days:
        return time_problems.no_such_day(span, date(year, month, 1), day, days)
    return Moment(date(year, month, day), date(year, month, day), span)


def duration(text: str, span: Span) -> Duration | Problem:
    """A whole number of days, months, quarters or years: ``3 years``."""
    match = _DURATION.fullmatch(text)
    if match is None:
        return time_problems.not_a_duration(span, text)
    unit: Unit = next(unit for unit in get_args(Unit) if unit == match[2])
    length = Duration(int(match[1]), unit, span)
    if length.count == 0:
        return time_problems.no_duration(span)
    if length.months > MAX_MONTHS or (unit == "day" and length.count > MAX_MONTHS * 31):
        return time_problems.duration_too_long(span, MAX_MONTHS // 12)
    return length


def likelihood(scalar: Scalar) -> Likelihood | Problem:
    """A likelihood in any of its forms; whether a word is in the lexicon is checked elsewhere.

    >>> from estimative.language.tree import Scalar
    >>> from estimative.places import Source
    >>> likelihood(Scalar("could / 20-40%", Source("", "could / 20-40%").span(0, 14)))
    Alternatives(wordings=(Word(text='could'), PercentRange(low=0.2, high=0.4)))
    """
    if " / " not in scalar.text:
        return _plain_likelihood(scalar, 0, len(scalar.text))
    wordings = []
    start = 0
    for piece in scalar.text.split(" / "):
        wording = _plain_likelihood(scalar, start, start + len(piece))
        if isinstance(wording, Problem):
            return wording
        if wording in wordings:
            return problems.alternative_twice(wording.span, piece.strip())
        wordings.append(wording)
        start += len(piece) + len(" / ")
    return Alternatives(tuple(wordings), scalar.inner)


def level_likelihood(scalar: Scalar) -> Likelihood | TheRest | Problem:
    """A likelihood of a lottery's level, where ``the rest`` may stand too."""
    return TheRest(scalar.inner) if " ".join(scalar.text.split()) == "the rest" else likelihood(scalar)


def _plain_likelihood(
    scalar: Scalar, start: int, end: int
) -> Word | Percent | PercentRange | Tally | Unknown | Problem:
    written = scalar.text[start:end]
    start += len(written) - len(written.lstrip())
    text = " ".join(written.split())
    span = scalar.at(start, start + len(written.strip()))
    if text == "unknown":
        return Unknown(span)
    if text == "the rest":
        return problems.rest_outside_lottery(span)
    if match := _PERCENT.fullmatch(text):
        value = float(match[1]) / 100
        return Percent(value, span) if value <= 1 else problems.over_hundred(span, text)
    if match := _PERCENT_RANGE.fullmatch(text):
        return _percent_range(float(match[1]), float(match[2]), text, span)
    if match := _TALLY.fullmatch(text):
        return _tally(int(match[1]), int(match[2]), span)
    if _BARE.fullmatch(text):
        return problems.bare_number(span, text)
    if _WORD.fullmatch(text):
        return Word(text, span)
    return problems.not_a_likelihood(span, text)


def _percent_range(low: float, high: float, text: str, span: Span) -> PercentRange | Problem:
    if max(low, high) > 100:
        return problems.over_hundred(span, text)
    if low > high:
        return problems.range_backwards(span, low, high)
    return PercentRange(low / 100, high / 100, span)


def _tally(hits: int, cases: int, span: Span) -> Tally | Problem:
    if cases == 0:
        return problems.no_cases(span)
    if hits > cases:
        return problems.more_hits_than_cases(span, hits, cases)
    if cases > MAX_CASES:
        return problems.too_many_cases(span, MAX_CASES)
    return Tally(hits, cases, span)


def citation(scalar: Scalar) -> Citation | Problem:
    r"""``SOURCE p.PAGE "a few words"``; the words may be left out.

    >>> from estimative.language.tree import Scalar
    >>> from estimative.places import Source
    >>> text = 'r3159 p.vi, 50-51 "holding action"'
    >>> citation(Scalar(text, Source("", text).span(0, len(text)))).pages
    ('vi', '50', '51')
    """
    match = _CITATION.fullmatch(scalar.text.strip())
    if match is None or match["source"].endswith(","):
        return problems.not_a_citation(scalar.inner)
    start = len(scalar.text) - len(scalar.text.lstrip())
    pages = _pages(match["pages"])
    if not pages:
        span = scalar.at(start + match.start("pages"), start + match.end("pages"))
        return problems.pages_backwards(span)
    phrase = " ".join((match["phrase"] or "").split())
    return Citation(match["source"], pages, phrase, scalar.inner)


def _pages(text: str) -> tuple[str, ...]:
    """Page names in order; a run of arabic pages is written out. None where a run goes backwards."""
    if text.isdigit():  # most citations are of one page
        return (str(int(text)),)
    pages: list[str] = []
    for piece in re.split(r"\s*,\s*", text):
        first, *rest = re.split(r"\s*[-–]\s*", piece)
        last = rest[-1] if rest else first
        if first.isdigit() and last.isdigit():
            if not int(first) <= int(last) <= int(first) + 50:
                return ()
            pages.extend(str(page) for page in range(int(first), int(last) + 1))
        else:
            pages.extend((first, last) if rest else (first,))
    return tuple(pages)
