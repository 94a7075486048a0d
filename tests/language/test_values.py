"""Values: dates, durations, likelihoods and citations from their text."""

from __future__ import annotations

from datetime import date

import pytest

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
    Unknown,
    Word,
)
from estimative.language import values
from estimative.language.tree import Scalar
from estimative.places.problem import Problem
from estimative.places.source import Source


def scalar(text: str) -> Scalar:
    return Scalar(text, Source("t", text).span(0, len(text)))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("1990", (1990, 1, 1), (1990, 12, 31)),
        ("1990-02", (1990, 2, 1), (1990, 2, 28)),
        ("2024-02", (2024, 2, 1), (2024, 2, 29)),
        ("1900-02", (1900, 2, 1), (1900, 2, 28)),
        ("2000-02-29", (2000, 2, 29), (2000, 2, 29)),
        ("1990-12-31", (1990, 12, 31), (1990, 12, 31)),
    ],
)
def test_a_date_covers_its_days(text: str, first: tuple[int, int, int], last: tuple[int, int, int]) -> None:
    assert values.moment(text, scalar(text).span) == Moment(date(*first), date(*last))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("90", "E0213"),
        ("1990-3", "E0213"),
        ("1990/03", "E0213"),
        ("1990-03-31T00:00", "E0213"),
        ("March 1990", "E0213"),
        ("0999", "E0214"),
        ("3000", "E0214"),
        ("1990-13", "E0215"),
        ("1990-00", "E0215"),
        ("1990-02-29", "E0216"),
        ("1990-04-31", "E0216"),
        ("1990-04-00", "E0216"),
    ],
)
def test_other_dates_are_problems(text: str, code: str) -> None:
    found = values.moment(text, scalar(text).span)
    assert isinstance(found, Problem)
    assert found.code == code


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3 years", Duration(3, "year")),
        ("1 year", Duration(1, "year")),
        ("18 months", Duration(18, "month")),
        ("2  quarters", Duration(2, "quarter")),
        ("90 days", Duration(90, "day")),
        ("200 years", Duration(200, "year")),
        ("years", "E0217"),
        ("3", "E0217"),
        ("3.5 years", "E0217"),
        ("-1 years", "E0217"),
        ("3 weeks", "E0217"),
        ("0 months", "E0218"),
        ("201 years", "E0219"),
        ("2401 months", "E0219"),
        ("999999 days", "E0219"),
    ],
)
def test_durations(text: str, expected: Duration | str) -> None:
    found = values.duration(text, scalar(text).span)
    assert (found.code if isinstance(found, Problem) else found) == expected


LIKELIHOODS: list[tuple[str, Likelihood | TheRest | str]] = [
    ("likely", Word("likely")),
    ("Very  Likely", Word("Very Likely")),
    ("not inconceivable", Word("not inconceivable")),
    ("70%", Percent(0.7)),
    ("70 %", Percent(0.7)),
    ("70 percent", Percent(0.7)),
    ("0%", Percent(0.0)),
    ("100%", Percent(1.0)),
    ("12.5%", Percent(0.125)),
    ("20-40%", PercentRange(0.2, 0.4)),
    ("20%-40%", PercentRange(0.2, 0.4)),
    ("20 to 40%", PercentRange(0.2, 0.4)),
    ("20–40%", PercentRange(0.2, 0.4)),
    ("30-30%", PercentRange(0.3, 0.3)),
    ("4 of 28", Tally(4, 28)),
    ("4 out of 28", Tally(4, 28)),
    ("0 of 3", Tally(0, 3)),
    ("unknown", Unknown()),
    ("could / may well", Alternatives((Word("could"), Word("may well")))),
    ("a / b / 5-10%", Alternatives((Word("a"), Word("b"), PercentRange(0.05, 0.1)))),
    ("the rest", TheRest()),
    ("0.7", "E0204"),
    ("70", "E0204"),
    ("1/4", "E0209"),
    ("-70%", "E0209"),
    ("7O%", "E0209"),
    ("100.5%", "E0205"),
    ("20-140%", "E0205"),
    ("40-20%", "E0206"),
    ("5 of 4", "E0207"),
    ("0 of 0", "E0208"),
    ("1 of 9999999999", "E0211"),
    ("a / a", "E0210"),
    ("a / ", "E0209"),
    (" / a", "E0209"),
    ("a / the rest", "E0212"),
    ("likely!", "E0209"),
    ("", "E0209"),
]


@pytest.mark.parametrize(("text", "expected"), LIKELIHOODS, ids=[text for text, _ in LIKELIHOODS])
def test_likelihoods(text: str, expected: Likelihood | TheRest | str) -> None:
    found = values.level_likelihood(scalar(text))
    assert (found.code if isinstance(found, Problem) else found) == expected


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("1 in 20", "`1 of 20`"),
        ("1/20", "`1 of 20`"),
        ("<5%", "`0-5%`"),
        ("over 95%", "`95-100%`"),
        ("~30%", "`20-40%`"),
    ],
)
def test_other_ways_to_write_a_likelihood_are_translated(text: str, hint: str) -> None:
    found = values.likelihood(scalar(text))
    assert isinstance(found, Problem)
    assert hint in found.hint


def test_the_rest_stands_in_a_lottery_only() -> None:
    found = values.likelihood(scalar("the rest"))
    assert isinstance(found, Problem)
    assert found.code == "E0212"


def test_each_alternative_has_its_place() -> None:
    found = values.likelihood(scalar("could /  may well"))
    assert isinstance(found, Alternatives)
    assert [wording.span.text for wording in found.wordings] == ["could", "may well"]


@pytest.mark.parametrize(
    ("text", "source", "pages", "phrase"),
    [
        ('r3159 p.31 "if present trends continue"', "r3159", ("31",), "if present trends continue"),
        ("r3159 p.31", "r3159", ("31",), ""),
        ("r3159 p. 31", "r3159", ("31",), ""),
        ("r3159 pp.50-52", "r3159", ("50", "51", "52"), ""),
        ("r3159 pp.50–51", "r3159", ("50", "51"), ""),
        ("r3159 p.vii", "r3159", ("vii",), ""),
        ("r3159 pp.v-viii", "r3159", ("v", "viii"), ""),
        ('r3159 p.vi, 52 "a  b"', "r3159", ("vi", "52"), "a b"),
        ("r3159 p.3 “curly marks”", "r3159", ("3",), "curly marks"),
        ('r3159 p.3 "it\'s: here, or there"', "r3159", ("3",), "it's: here, or there"),
    ],
)
def test_citations(text: str, source: str, pages: tuple[str, ...], phrase: str) -> None:
    assert values.citation(scalar(text)) == Citation(source, pages, phrase)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("r3159", "E0231"),
        ("r3159 31", "E0231"),
        ("p.31", "E0231"),
        ('r3159 p.31 "open', "E0231"),
        ('r3159 p.31 "a" and more', "E0231"),
        ("r3159 p." + "9" * 5_000, "E0231"),
        ("r3159 pp.1-" + "9" * 5_000, "E0231"),
        ("r3159 pp.51-50", "E0232"),
        ("r3159 pp.1-900", "E0232"),
    ],
)
def test_other_citations_are_problems(text: str, code: str) -> None:
    found = values.citation(scalar(text))
    assert isinstance(found, Problem)
    assert found.code == code
