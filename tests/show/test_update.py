"""An estimate in view of a record, as blocks: outcomes, reports, words, and what is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import estimative
from estimative.estimate.queries import Probability
from estimative.places.source import Source
from estimative.questions.update import Update, update
from estimative.record.read import read_record_text
from estimative.show.blocks import Mark, Paragraph, Part, Picture, Shown, Table, plain
from estimative.show.setting import Setting, speak_of
from estimative.show.update import likelihood_text, update_shown
from support.records import READERS, probability, record_of
from support.small import HEAD, estimate_of, futures_of

if TYPE_CHECKING:
    from pathlib import Path

    from estimative.questions.futures import Futures

QUESTIONS = (
    "questions: {hunger: {event: ever famine, says: People starve}, late: {event: bread is scarce at 2022}}\n"
)
SPEAK = speak_of("icd-203")
WAR = "facts: {war: {what: war, by: 2020, grade: A1, says: War broke out}, calm: {what: bread is scarce, at: 2021, grade: D3}}"


@pytest.fixture(scope="module")
def futures() -> Futures:
    return futures_of(estimate_of(READERS + QUESTIONS), "readers", readings=64, futures=4_096)


def found_in(futures: Futures, record: str) -> Update:
    asked = [probability("P(ever famine)"), probability("P(bread is scarce at 2022)")]
    return update(futures, record_of(record, futures), asked)


def shown_of(futures: Futures, record: str) -> Shown:
    return update_shown(
        found_in(futures, record), Setting.of(futures), SPEAK, futures.estimate, futures.model
    )


def tables(shown: Shown) -> dict[str, list[list[str]]]:
    """Cells of every table by the first head of its columns, freed from their roles."""
    parts = [
        part for block in shown.blocks for part in (block.blocks if isinstance(block, Part) else [block])
    ]
    return {
        table.columns[0].title: [
            [cell.text if isinstance(cell, Mark) else str(cell) for cell in row] for row in table.rows
        ]
        for table in parts
        if isinstance(table, Table)
    }


def said(shown: Shown) -> str:
    return "\n".join(plain(block.words) for block in shown.blocks if isinstance(block, Paragraph))


def test_outcomes_reports_and_words(futures: Futures) -> None:
    shown = shown_of(futures, WAR)
    opening = said(shown)
    assert "2 reports up to 2021-12-31" in opening
    assert "of 64 readings and, in a reading, on" in opening
    assert "all but ruled out" in opening or "No reading is ruled out" in opening
    found = tables(shown)
    (report, bread) = found["report"]
    assert report[0] == "War broke out (so by 2020)"
    assert (report[1], report[3]) == ("A1", "known")
    assert bread[0] == "bread is scarce (so at 2021)"
    (war, *_) = found["word"]
    assert war[0] == "“unlikely”"
    assert war[3] == "higher"
    assert any(isinstance(block, Picture) for block in shown.blocks)
    assert shown.facts["refused"] is None
    assert {row["part"] for row in shown.rows} == {"outcome", "report", "word"}
    assert {row["report"]: row["right"] for row in shown.rows if row["part"] == "report"} == {
        "war": 1,
        "calm": 0.6,
    }


def test_where_nothing_was_asked_it_says_what_to_write(futures: Futures) -> None:
    found = update(futures, record_of(WAR, futures), ())
    shown = update_shown(found, Setting.of(futures), SPEAK, futures.estimate, futures.model)
    assert "Name a QUERY, P(EVENT)." in said(shown)
    assert "Name a QUERY" not in said(shown_of(futures, WAR))


def test_an_outcome_is_called_what_its_question_says(futures: Futures) -> None:
    asked = [question.query for question in futures.estimate.questions]
    found = update(
        futures, record_of(WAR, futures), [query for query in asked if isinstance(query, Probability)]
    )
    shown = update_shown(found, Setting.of(futures), SPEAK, futures.estimate, futures.model)
    assert {row[0] for row in tables(shown)["outcome"]} == {"People starve", "P(bread is scarce at 2022)"}


@pytest.mark.parametrize(
    ("record", "reason", "says"),
    [
        (
            "facts: {a: {what: famine, by: 2020, grade: A1}, b: {what: war, not-by: 2022, grade: A1}}",
            "no future agrees",
            "Never so in any future: a.",
        ),
        (
            "facts: {a: {what: famine, by: 2021, grade: A1}, b: {what: bread is scarce, from: 2022, grade: A1}}",
            "too few futures",
            "fewer than 100 futures",
        ),
    ],
)
def test_what_is_refused_says_why_and_what_to_do(
    futures: Futures, record: str, reason: str, says: str
) -> None:
    shown = shown_of(futures, record)
    assert shown.facts["refused"] == reason
    assert "No answer. " in said(shown)
    assert says in said(shown)
    assert "More --futures" in said(shown)
    assert set(tables(shown)) == {"report"}, "the reports are shown, and no outcome"
    assert all("after_median" not in row or row["after_median"] is None for row in shown.rows)


def test_a_small_probability_keeps_its_size() -> None:
    assert [likelihood_text(p) for p in (0.5, 0.0021, 0.000_034)] == ["50%", "1 in 480", "1 in 29,000"]


def test_a_notebook_draws_it(futures: Futures) -> None:
    made = estimative.display(found_in(futures, WAR), futures)
    assert "<svg" in made._repr_html_()
    assert "War broke out" in str(made)


def test_a_threshold_is_told_with_its_number(tmp_path: Path) -> None:
    (tmp_path / "trade.csv").write_text(
        "year,value\n" + "".join(f"{year},{100 + (year % 3) * 40}\n" for year in range(2008, 2020)), "utf-8"
    )
    body = "trends: {trade: {says: Trade with the North, data: trade.csv}}\n"
    (tmp_path / "small.yaml").write_text(HEAD.format(years=3, step="year") + body, "utf-8")
    estimate = estimative.check(tmp_path).sound()
    record, problems = read_record_text(
        Source(
            "r.yaml",
            "{record: r, of: small, as-of: 2022, facts: {a: {what: trade >= 150, not-by: 2020, grade: B2}}}",
        ),
        estimate,
    )
    assert record is not None, problems
    futures = estimative.prepare(
        estimate, size=estimative.Size(16, 1024), queries=estimative.reported(record, estimate)
    )
    shown = update_shown(update(futures, record, []), Setting.of(futures), SPEAK, estimate, futures.model)
    assert tables(shown)["report"][0][0] == "Trade with the North: trade >= 150 (not so by 2020)"


def test_a_report_that_is_disbelieved_is_marked(futures: Futures) -> None:
    """A war that is unlikely, by a source that is seldom right, and a good one that knows of none."""
    record = "facts: {rumour: {what: war, by: 2020, grade: D3}, calm: {what: war, not-by: 2020, grade: A2, says: Calm}}"
    shown = shown_of(futures, record)
    (table,) = (b for b in shown.blocks if isinstance(b, Table) and b.columns[0].title == "report")
    rumour, calm = (row[3] for row in table.rows)
    assert isinstance(rumour, Mark)
    assert rumour.role == "mixed"
    assert isinstance(calm, str)
