"""Records: read as written, and everything that is wrong with them said with its place."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from estimative.estimate.expressions import Compared, Named
from estimative.model.compile import calendar_of
from estimative.places.source import Source
from estimative.record.denials import MOST_NAMED
from estimative.record.events import event_of, reported
from estimative.record.read import read_record, read_record_text
from estimative.record.steps import Steps, steps_of
from support.small import estimate_of

if TYPE_CHECKING:
    from pathlib import Path

    from estimative.places.problem import Problem
    from estimative.record.report import Record, Report

ESTIMATE = estimate_of(
    """\
conditions:
  drought: {becomes: {some-spring: unlikely}}
scales:
  bread: {levels: [scarce, enough, plenty], starts: enough, falls: {bad: {likelihood: likely, when: drought}}}
signals:
  prices:
    of: drought
    if-so: {likelihood: likely, within: 1 year}
    if-not: {likelihood: unlikely, within: 1 year}
""",
    step="quarter",
)
"""Quarters from 2020-01-01 to 2022-12-31."""

HEAD = "record: r\nof: small\nas-of: 2021-06-30\n"


def read(body: str, head: str = HEAD) -> tuple[Record | None, tuple[Problem, ...]]:
    return read_record_text(Source("record.yaml", head + body), ESTIMATE)


def report_of(line: str) -> tuple[Report, Record]:
    """The one report of a record, from `what`, `signal`, dates and so on."""
    section = "observations" if "signal" in line else "facts"
    record, found = read(f"{section}:\n  one: {{{line}, grade: B2}}\n")
    assert record is not None, found
    return record.reports[0], record


def test_a_record_is_read_as_it_is_written() -> None:
    record, found = read(
        """\
title: The first year
sources: {times: {title: The Times}}
grades: {B2: 90%}
observations:
  doubled: {signal: prices, seen: 2020-05-14, grade: B2, says: Prices doubled, cites: times p.1 "bread at four"}
facts:
  bread-line: {what: bread <= scarce, since: 2020-08, grade: A1, note: It shows.}
"""
    )
    assert found == ()
    assert record is not None
    observed, fact = record.reports
    assert observed.what == Named("prices")
    assert (observed.when, observed.date.first, observed.says) == (
        "seen",
        date(2020, 5, 14),
        "Prices doubled",
    )
    assert (observed.grade.right, fact.grade.right) == (0.9, 1)
    assert fact.what == Compared("bread", "<=", "scarce")
    assert observed.is_observation
    assert not fact.is_observation
    assert record.as_of.last == date(2021, 6, 30)


@pytest.mark.parametrize(
    ("line", "steps"),
    [
        # Step 1 ends on 2020-03-31, step 2 on 06-30, step 4 on 12-31, step 6 on 2021-06-30.
        ("signal: prices, seen: 2020-05-14", Steps((2, 2), never=(0, 1))),
        ("signal: prices, seen: 2020", Steps((1, 4), never=(0, 0))),
        ("signal: prices, seen-by: 2020-05-14", Steps((0, 2))),
        ("signal: prices, seen-by: 2020-06-30", Steps((0, 2))),
        ("signal: prices, not-seen-by: 2020-05-14", Steps(never=(0, 1))),
        ("signal: prices, not-seen-by: 2020-06-30", Steps(never=(0, 2))),
        ("what: drought, from: 2020-05", Steps((2, 2), never=(1, 1))),
        ("what: drought, since: 2020-05", Steps((2, 2), always=(2, 6), never=(1, 1))),
        ("what: drought, by: 2021", Steps((0, 8))),
        ("what: drought, not-by: 2021-05", Steps(never=(0, 5))),
        ("what: drought, at: 2020-05", Steps((1, 2))),
        ("what: drought, at: 2020-12-31", Steps((4, 4))),
        ("what: drought, at: 2020", Steps((4, 4))),
    ],
)
def test_dates_say_no_more_of_steps_than_they_must(line: str, steps: Steps) -> None:
    report, record = report_of(line)
    assert steps_of(report, record, calendar_of(ESTIMATE)) == steps


def test_an_event_has_its_dates_at_ends_of_steps() -> None:
    report, record = report_of("signal: prices, seen: 2020-05-14")
    event = event_of(report, record, calendar_of(ESTIMATE))
    (query,) = reported(record, ESTIMATE)
    assert query.event == event
    assert str(event).count("datetime.date(2020, 6, 30)") == 4, "by and from the end of the second quarter"
    assert str(event).count("datetime.date(2020, 3, 31)") == 2, "and not by the end of the first"


WRONG = {
    "signal: price, seen: 2020": ("E0110", "did you mean `prices`?"),
    "signal: drought, seen: 2020": ("E0706", "what: drought"),
    "signal: prices, seen: 2019": ("E0610", ""),
    "signal: prices, seen: 2023-05": ("E0610", ""),
    "signal: prices, seen: 2022-05": ("E0703", ""),
    "signal: prices, sen: 2020": ("E0050", "did you mean"),
    "signal: prices, seen: 2020, seen-by: 2021": ("E0056", "keep one"),
    "signal: prices": ("E0057", "seen"),
    "what: bread, by: 2020": ("E0111", "bread is plenty"),
    "what: bread >= a-lot, by: 2020": ("E0114", "`enough`"),
    "what: ever drought, by: 2020": ("E0710", "by"),
    "what: drougt, by: 2020": ("E0110", "did you mean `drought`?"),
    "what: drought and, by: 2020": ("E0240", ""),
    "what: drought, by: May 2020": ("E0213", ""),
    "what: prices, by: 2020": ("E0712", "signal: prices"),
    "what: drought and not prices, by: 2020": ("E0712", "signal: prices"),
}


@pytest.mark.parametrize("line", WRONG)
def test_what_is_wrong_with_a_report_is_one_problem_with_its_place(line: str) -> None:
    section = "observations" if line.startswith("signal") else "facts"
    record, found = read(f"{section}:\n  one: {{{line}, grade: B2}}\n")
    code, hint = WRONG[line]
    assert record is None
    assert code in {problem.code for problem in found}
    problem = next(problem for problem in found if problem.code == code)
    assert hint in problem.hint
    assert problem.span.place.line == 5


@pytest.mark.parametrize(
    ("head", "body", "code"),
    [
        (HEAD, "", "E0057"),
        (HEAD.replace("record: r\n", ""), "facts: {a: {what: drought, by: 2020, grade: B2}}", "E0051"),
        (HEAD.replace("of: small", "of: smal"), "facts: {a: {what: drought, by: 2020, grade: B2}}", "E0701"),
        (HEAD.replace("2021-06-30", "2019"), "facts: {a: {what: drought, by: 2020, grade: B2}}", "E0702"),
        (HEAD, "facts: {a: {what: drought, by: 2020}}", "E0051"),
        (HEAD, "facts: {a: {what: drought, by: 2020, grade: G2}}", "E0704"),
        (HEAD, "facts: {a: {what: drought, by: 2020, grade: B2}}\ngrades: {B2: likely}", "E0705"),
        (HEAD, "facts: {a: {what: drought, by: 2020, grade: B2}}\ngrades: {B2: 49%}", "E0705"),
        (HEAD, "facts: {a: {what: drought, by: 2020, grade: B2}}\ngrades: {Z9: 60%}", "E0704"),
        (HEAD, "facts: {a: {what: drought, by: 2020, grade: B2, cites: times p.1}}", "E0121"),
        (HEAD, "facts: {}", "E0711"),
        (HEAD, "observations: {}\nfacts: {}", "E0711"),
        (HEAD, "facts: {a: }", "E0052"),
        (HEAD, "facts: drought", "E0053"),
        (HEAD, "facts: {A: {what: drought, by: 2020, grade: B2}}", "E0101"),
        (HEAD, "facts: {a: &x {what: drought, by: 2020, grade: B2}}", "E0013"),
    ],
)
def test_what_is_wrong_with_a_record_is_said(head: str, body: str, code: str) -> None:
    record, found = read(body, head)
    assert record is None
    assert code in {problem.code for problem in found}


def test_one_id_for_an_observation_and_a_fact_is_a_problem() -> None:
    record, found = read(
        """observations: {one: {signal: prices, seen: 2020, grade: B2}}
facts: {one: {what: drought, by: 2020, grade: B2}}
"""
    )
    assert record is None
    assert [problem.code for problem in found] == ["E0106"]


@pytest.mark.parametrize(
    ("one", "two", "denied"),
    [
        ("seen: 2020-05", "seen: 2020-11", True),
        ("seen: 2020-05", "seen-by: 2020-06-30", False),
        ("seen: 2020-05", "not-seen-by: 2020-03-31", False),
        ("seen: 2020-05", "not-seen-by: 2020-06-30", True),
        ("seen-by: 2020-03", "not-seen-by: 2020-09", True),
        ("not-seen-by: 2020-06-30", "seen: 2020-05", True),
        ("not-seen-by: 2020-03-31", "seen: 2020-05", False),
    ],
)
def test_reports_that_deny_each_other_are_told(one: str, two: str, denied: bool) -> None:
    for grades, code in (("A1", "E0707"), ("B2", "W0709")):
        body = f"observations:\n  one: {{signal: prices, {one}, grade: {grades}}}\n"
        record, found = read(body + f"  two: {{signal: prices, {two}, grade: {grades}}}\n")
        assert [problem.code for problem in found] == ([code] if denied else [])
        assert (record is None) == (denied and grades == "A1")


def test_each_report_is_set_against_all_before_it() -> None:
    grades = ("A1", "B2", "A1")
    reports = [f"  by-{n}: {{signal: prices, seen-by: 2020-03, grade: {g}}}\n" for n, g in enumerate(grades)]
    reports += ["  never: {signal: prices, not-seen-by: 2020-09, grade: A1}\n"]
    reports += ["  other: {signal: prices, seen-by: 2020-03, grade: B2}\n"]
    found = read("observations:\n" + "".join(reports))[1]
    assert [(problem.code, problem.see_also[0][0].text) for problem in found] == [
        ("E0707", "by-0"),
        ("E0707", "by-2"),
        ("W0709", "by-1"),
        ("W0709", "never"),
    ]


def test_of_many_reports_that_are_denied_the_first_are_named() -> None:
    reports = "".join(f"  by-{n}: {{signal: prices, seen-by: 2020-03, grade: B2}}\n" for n in range(40))
    reports += "  never: {signal: prices, not-seen-by: 2020-09, grade: B2}\n"
    assert len(read("observations:\n" + reports)[1]) == MOST_NAMED


def test_a_file_is_read_and_a_folder_is_not(tmp_path: Path) -> None:
    file = tmp_path / "record.yaml"
    file.write_text(HEAD + "facts: {a: {what: drought, by: 2020, grade: B2}}\n", encoding="utf-8")
    record, found = read_record(file, ESTIMATE)
    assert record is not None
    assert found == ()
    assert [problem.code for problem in read_record(tmp_path, ESTIMATE)[1]] == ["E0002"]
    assert [problem.code for problem in read_record(tmp_path / "none.yaml", ESTIMATE)[1]] == ["E0001"]
    file.write_text("- drought\n", encoding="utf-8")
    assert [problem.code for problem in read_record(file, ESTIMATE)[1]] == ["E0700"]


def test_an_estimate_in_the_place_of_a_record_is_one_problem(tmp_path: Path) -> None:
    file = tmp_path / "estimate.yaml"
    file.write_text("estimate: x\ntitle: X\nhorizon: 2 years\nconditions: {a: {starts: yes}}\n", "utf-8")
    (problem,) = read_record(file, ESTIMATE)[1]
    assert (problem.code, problem.says) == ("E0700", "this file holds an estimate, not the keys of a record")
