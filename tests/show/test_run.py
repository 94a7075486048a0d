"""What a run shows: judgements in words, lenses where they differ, verdicts, the report's parts."""

from __future__ import annotations

import shlex
from dataclasses import replace
from typing import TYPE_CHECKING

import click
import numpy as np
import pytest

from estimative import pipeline
from estimative.doors import cli
from estimative.estimate.expressions import Named
from estimative.estimate.queries import Probability
from estimative.questions.ask import Answer
from estimative.questions.bands import Band
from estimative.questions.claims import ClaimAnswer
from estimative.show.ask import Asked, ask_shown
from estimative.show.blocks import Beside, Mark, Part, Picture, Strip, Table, Verdict, plain
from estimative.show.claims import Judged, claims_shown
from estimative.show.figures import Areas, Diagram
from estimative.show.forecast import forecast_shown
from estimative.show.report import report_blocks
from estimative.show.run import Ran, run_shown
from estimative.show.setting import Setting, speak_of
from support.blocks import flat

if TYPE_CHECKING:
    from estimative.estimate.nodes import Estimate
    from estimative.show.blocks import Block

TEXT = """\
estimate: small
title: A small estimate
as-of: 2027
horizon: 2 years
step: quarter
standard: icd-203
sources: {memo: {title: A memo, authors: [A. Writer], date: 2026}}
conditions:
  already: {starts: "yes"}
  rain: {says: It rains, becomes: {some-day: {likelihood: unlikely, within: 1 year, cites: 'memo p.3 "some rain"'}}}
  flood: {becomes: {after-rain: {likelihood: 60%, within: 1 year, when: rain, heightened-by: slightly already}}}
scales:
  river: {says: How high it stands, levels: [low, high], starts: low, rises: {swells: {likelihood: 90%, when: rain}}}
claims:
  dry: {says: It stays dry, test: P(ever rain) is very unlikely, cites: 'memo p.4, 5 "dry"'}
  rare: {test: 'P(ever flood | ever rain by 2027-03) > 10%'}
  open: {says: Nobody can tell}
questions:
  rain-2027: {event: ever rain by 2027, says: Rain in 2027}
  usual: {ask: mode of river at 2028}
"""
SPEAK = speak_of("icd-203")
SETTING = Setting("readers", 3, 1000, 7)


@pytest.fixture(name="estimate", scope="module")
def the_estimate(tmp_path_factory: pytest.TempPathFactory) -> Estimate:
    path = tmp_path_factory.mktemp("small") / "small.yaml"
    path.write_text(TEXT, "utf-8")
    return pipeline.check(path).sound()


@pytest.fixture(name="ran", scope="module")
def both_lenses(estimate: Estimate) -> list[Ran]:
    queries = [question.query for question in estimate.questions]
    found = []
    for lens in pipeline.LENSES:
        futures = pipeline.prepare(estimate, lens, pipeline.Size(readings=64, futures=1024))
        found.append(
            Ran(
                Setting.of(futures),
                pipeline.forecast(futures),
                pipeline.ask(futures, queries),
                pipeline.claims(futures),
            )
        )
    return found


def part(blocks: tuple[Block, ...], title: str) -> Part:
    return next(block for block in blocks if isinstance(block, Part) and block.title == title)


def cells(table: Table) -> list[list[str]]:
    return [
        [cell.text if isinstance(cell, Mark) else cell if isinstance(cell, str) else "" for cell in row]
        for row in table.rows
    ]


def answer(estimate: Estimate, band: Band | None, met: int = 3000, bound: float | None = None) -> Answer:
    query = estimate.questions[0].query
    return Answer(query, "P(ever rain)", np.array([0.2, 0.3, 0.4]), band, met, bound)


def test_judgements_are_words_with_their_range_median_and_band(estimate: Estimate, ran: list[Ran]) -> None:
    shown = run_shown(estimate, ran)
    (table,) = part(shown.blocks, "Key judgements").blocks
    assert isinstance(table, Table)
    rows = cells(table)
    # Readers take "unlikely" for 20 % in the middle, the standard for 32: they differ by more than five points.
    assert rows[0][0] == "Rain in 2027"
    assert rows[1][0].strip() == "lens author"
    assert rows[1][1] == "unlikely [20–45%]"
    assert rows[2][:2] == ["mode of river at 2028", "low"]


def test_a_strip_stands_where_its_numbers_do(estimate: Estimate) -> None:
    shown = ask_shown([Asked(SETTING, (answer(estimate, Band(0.3, 0.2, 0.4, 0.3, 0.01)),))], SPEAK)
    table = shown.blocks[0]
    assert isinstance(table, Table)
    assert table.rows[0][3] == Strip(0.2, 0.3, 0.4)
    assert cells(table)[0][:3] == ["P(ever rain)", "unlikely [20–45%]", "30% (20–40%)"]
    assert shown.rows[0] == {
        "part": "answer",
        "query": "P(ever rain)",
        **SETTING.facts,
        "met": 3000,
        "bound": None,
        "from": "hits",
        "gain": None,
        "mean": 0.3,
        "median": 0.3,
        "low": 0.2,
        "high": 0.4,
        "standard_error": 0.01,
        "word": "unlikely",
        "range_low": 0.2,
        "range_high": 0.45,
    }


def test_what_is_too_rare_has_no_number_and_what_never_happened_has_a_bound(estimate: Estimate) -> None:
    rare = answer(estimate, None, met=12)
    assert isinstance(rare.query, Probability)
    few, rare = rare, replace(rare, query=replace(rare.query, given=Named("dry")))
    never = answer(estimate, Band(0, 0, 0, 0, 0), bound=1e-6)
    shown = ask_shown([Asked(SETTING, (rare, never, few))], SPEAK)
    table = shown.blocks[0]
    assert isinstance(table, Table)
    assert cells(table)[0][1:3] == ["too rare to say", "met in 12 futures of all readings"]
    assert cells(table)[2][1:3] == ["too few to say", "12 futures of all readings"]
    assert cells(table)[1][2] == "below 0.0001%"
    notes = " ".join(plain(block.words) for block in shown.blocks[1:] if hasattr(block, "words"))
    assert "The condition is met in fewer than 100 futures" in notes
    assert "A reading needs 100 futures for a probability" in notes
    assert "95 % confidence" in notes
    assert "median" not in shown.rows[0]


def test_claims_say_what_they_rest_on(estimate: Estimate) -> None:
    dry, _, untested = estimate.claims
    found = ClaimAnswer(dry, np.array([1.0, 0.0, 0.0]), 1 / 3, "depends on the reading", (), 1000)
    other = ClaimAnswer(dry, np.zeros(3), 0.0, "does not follow", (), 1000)
    judged = [Judged(SETTING, (found,)), Judged(Setting("author", 3, 1000, 7), (other,))]
    shown = claims_shown(judged, [untested], SPEAK)
    first, last = (block for block in shown.blocks if isinstance(block, Verdict))
    said = [plain(line) for line in first.lines]
    assert (first.word, first.role, first.share) == ("depends on the reading", "mixed", 1 / 3)
    assert said == [
        "dry  P(ever rain) is very unlikely",
        "memo pp.4, 5 “dry”",
        "Under the lens author: does not follow, 0% of readings",
    ]
    assert (last.word, last.says) == ("not tested", "Nobody can tell")
    assert [row.get("verdict") for row in shown.rows] == ["depends on the reading", "does not follow", None]
    assert [row["part"] for row in shown.rows] == ["claim", "claim", "untested"]
    assert shown.rows[0]["test"] == "P(ever rain) is very unlikely"
    assert shown.rows[0]["cites"] == "memo pp.4, 5 “dry”"


def test_machines_are_told_what_a_claims_queries_came_out_as(ran: list[Ran]) -> None:
    rows = claims_shown([Judged(ran[0].setting, ran[0].claims)], [], SPEAK).rows
    (answer,) = (row for row in rows if row["part"] == "answer" and row["claim"] == "dry")
    (found,) = ran[0].claims[0].answers
    assert isinstance(found, Answer)
    assert found.band is not None
    assert (answer["query"], answer["median"]) == (found.text, found.band.median)


def test_a_run_counts_its_verdicts(estimate: Estimate, ran: list[Ran]) -> None:
    blocks = part(run_shown(estimate, ran).blocks, "Do the estimate's claims follow from it?").blocks
    assert plain(blocks[0].words).startswith("2 claims can be tested: ")  # type: ignore[union-attr]  # a paragraph
    assert [b.says for b in blocks if isinstance(b, Verdict)] == ["It stays dry", "rare", "Nobody can tell"]


def test_every_picture_of_a_forecast_adds_up(ran: list[Ran]) -> None:
    shown = forecast_shown([one.forecast for one in ran], ran[0].setting, SPEAK)
    (beside,) = part(shown.blocks, "Over time").blocks
    assert isinstance(beside, Beside)
    (picture,) = beside.pictures
    assert isinstance(picture.figure, Areas)
    for shares in zip(*(layer.shares for layer in picture.figure.layers), strict=True):
        assert sum(shares) == pytest.approx(1)
    says, other = picture.caption.split(". ", 1)
    assert says == "How high it stands"
    assert other.startswith("Under the lens author, at the end: low ")
    alone = forecast_shown([ran[0].forecast], ran[0].setting, SPEAK)
    assert "How high it stands" in [
        block.caption for block in flat(alone.blocks) if isinstance(block, Picture)
    ]


def test_what_holds_from_the_start_is_no_forecast(ran: list[Ran]) -> None:
    shown = forecast_shown([one.forecast for one in ran], ran[0].setting, SPEAK)
    table, note = part(shown.blocks, "What may have happened by 2028-12-31").blocks
    assert isinstance(table, Table)
    names = [row[0] for row in cells(table)]
    assert "already" not in names
    assert names.index("rain") < names.index("flood")
    assert "already" in plain(note.words)  # type: ignore[union-attr]  # a paragraph


def test_the_report_has_all_its_parts(estimate: Estimate, ran: list[Ran]) -> None:
    blocks = report_blocks(estimate, ran, pipeline.influences(estimate))
    assert [block.title for block in blocks if isinstance(block, Part)] == [
        "Key judgements",
        "Do the estimate's claims follow from it?",
        "Over time",
        "What may have happened by 2028-12-31",
        "What holds when",
        "What influences what",
        "The rules and their sources",
        "Where to go from here",
        "How to read this",
    ]
    assert isinstance(part(blocks, "Over time").blocks[0], Beside)
    picture = part(blocks, "What influences what").blocks[1]
    assert isinstance(picture, Picture)
    assert isinstance(picture.figure, Diagram)
    assert {(edge.source, edge.target) for edge in picture.figure.edges} == {
        ("rain", "flood"),
        ("already", "flood"),
        ("rain", "river"),
    }
    rules = part(blocks, "The rules and their sources").blocks[0]
    assert isinstance(rules, Table)
    assert cells(rules)[0] == [
        "rain.becomes.some-day",
        "unlikely",
        "within 1 year",
        "",
        "memo p.3 “some rain”",
    ]
    assert cells(rules)[1][3] == "when rain; heightened by slightly already"


def test_the_report_names_the_commands_that_answer_what_it_hangs_on(
    estimate: Estimate, ran: list[Ran]
) -> None:
    def offered(one: Ran) -> list[str]:
        blocks = report_blocks(estimate, [one], pipeline.influences(estimate))
        table = part(blocks, "Where to go from here").blocks[1]
        assert isinstance(table, Table)
        return [row[1] for row in cells(table)]

    commands = offered(ran[0])
    assert 'estimative hinges FILE "P(ever rain by 2027)"' in commands
    # What is offered depends on the verdicts: a claim that depends on the reading may be flipped.
    dry = ran[0].claims[0]
    assert dry.verdict == "depends on the reading"
    assert "estimative flips FILE dry" in commands
    assert not [command for command in commands if "repair" in command]
    failed = replace(ran[0], claims=(replace(dry, share=0.0, verdict="does not follow"),))
    assert "estimative repair FILE dry" in offered(failed)
    assert not [command for command in offered(failed) if "flips" in command]
    for command in [*commands, *offered(failed)]:
        _, name, *arguments = shlex.split(command)
        # It raises where there is no such command, option or argument. Outside its group a command would learn
        # another option for help, and keep it.
        group = click.Context(cli.estimative, **cli.estimative.context_settings)
        cli.estimative.commands[name].make_context(name, arguments, parent=group)
