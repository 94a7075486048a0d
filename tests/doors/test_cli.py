"""The command line as a whole: exit codes, what is printed, what is imported, and what is never done."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from estimative import pipeline
from estimative.doors import cli
from support.docs import printed

SOUND = """\
estimate: harvest
title: "Harvest <b>&</b> =1+1"
as-of: 2027
horizon: 2 years
step: quarter
standard: icd-203
conditions:
  rain: {says: "It rains [red]a lot[/red]", becomes: {some-day: {likelihood: 30%, within: 1 year}}}
  frost: {becomes: {some-night: {likelihood: unlikely}}}
scales:
  grain: {levels: [little, much], starts: much, falls: {rot: {likelihood: likely, within: 1 year, when: rain}}}
claims:
  dry: {says: It stays dry, test: P(ever rain) is unlikely}
  open: {says: Nobody can tell}
questions:
  rain-2027: {event: ever rain by 2027, says: =rain in 2027}
"""
SIZE = "--readings 64 --futures 2048"


@pytest.fixture(name="sound")
def sound_file(tmp_path: Path) -> Path:
    path = tmp_path / "harvest.yaml"
    path.write_text(SOUND, "utf-8")
    return path


@pytest.fixture(name="wrong")
def wrong_file(tmp_path: Path) -> Path:
    path = tmp_path / "wrong.yaml"
    path.write_text(SOUND.replace("likelihood: likely", "likelihood: likly"), "utf-8")
    return path


def test_a_sound_estimate_is_fine(sound: Path) -> None:
    assert printed(f"estimative check {sound}") == (
        0,
        "harvest: fine. 2 conditions, 1 scale, 3 rules, 2 claims, 1 question.\n",
    )


@pytest.mark.parametrize("command", ["check", "run", "forecast", "claims", "stage model", "future"])
def test_problems_give_exit_code_1_and_their_place(command: str, wrong: Path) -> None:
    code, output = printed(f"estimative {command} {wrong}")
    assert code == 1
    assert f"{wrong}:11:75: error[E0201]" in output
    assert "^^^^^" in output
    assert "Traceback" not in output


def test_problems_for_machines(wrong: Path) -> None:
    code, output = printed(f"estimative check {wrong} --format json")
    (problem,) = json.loads(output)
    assert code == 1
    assert (problem["code"], problem["line"], problem["column"]) == ("E0201", 11, 75)


@pytest.mark.parametrize(
    "arguments",
    ["", "no-such-command", "run", "run x --lens third", "words sort-of-likely-ish", "explain E99"],
)
def test_wrong_usage_gives_exit_code_2_and_a_way_out(arguments: str) -> None:
    code, output = printed(f"estimative {arguments}")
    assert code == 2
    assert "Try" in output or "Usage" in output


def test_a_file_that_is_not_there_is_a_problem() -> None:
    code, output = printed("estimative run no-such-file.yaml")
    assert code == 1
    assert "E0001" in output


def test_a_bug_gives_exit_code_3_one_line_and_a_request(sound: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: Path) -> pipeline.Checked:
        raise RuntimeError("the dice are lost")

    monkeypatch.setattr(pipeline, "check", broken)
    code, output = printed(f"estimative check {sound}")
    assert code == 3
    assert "the dice are lost" in output
    assert "please report it" in output
    assert "Traceback" not in output
    assert "Traceback" in printed(f"estimative --traceback check {sound}")[1]


def test_an_interrupt_is_not_a_bug(sound: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_: Path) -> pipeline.Checked:
        raise KeyboardInterrupt

    monkeypatch.setattr(pipeline, "check", interrupted)
    code, output = printed(f"estimative check {sound}")
    assert (code, output.strip()) == (130, "Stopped.")


def _alone(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "estimative", *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **environment},
        encoding="utf-8",
    )


def imported(*arguments: str) -> set[str]:
    """The modules that a command imports, from the start of Python on."""
    code = "import sys; from estimative.doors.cli import run; run(sys.argv[1:]); print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True)
    return set(run.stdout.splitlines()[-1].split())


def test_a_check_imports_only_what_reads_an_estimate(sound: Path) -> None:
    modules = imported("check", str(sound))
    assert "estimative.language.read" in modules
    heavy = {"numpy", "scipy", "numba", "rich", "lark", "rapidfuzz", "pypdfium2", "distributed"}
    never = {"subprocess", "statistics", "difflib", "importlib.resources", "importlib.metadata"}
    assert not modules & (heavy | never)
    rooms = {module.split(".")[1] for module in modules if module.startswith("estimative.")}
    read = {"arguments", "estimate", "language", "places", "sizes", "words"}
    assert rooms == {*read, "doors", "pipeline", "show"}


def test_the_check_of_a_trend_imports_no_more() -> None:
    assert not imported("check", "soviet-dprk-1984") & {"numpy", "rich", "subprocess", "statistics"}


def test_a_command_imports_its_own_file_only(sound: Path) -> None:
    files = {module for module in imported("check", str(sound)) if module.startswith("estimative.doors.")}
    assert files == {f"estimative.doors.{name}" for name in ("cli", "estimates", "options", "output")}


def test_every_command_of_a_file_stands_in_the_table() -> None:
    named = {file: names for files in cli.DOORS.values() for file, names in files.items()}
    for path in Path(cli.__file__).parent.glob("*.py"):
        module = import_module(f"estimative.doors.{path.stem}")
        commands = () if path.stem == "cli" else getattr(module, "commands", ())
        assert tuple(command.name for command in commands) == named.get(path.stem, ())


def test_a_misspelt_command_is_told_what_is_near() -> None:
    assert "check" in printed("estimative chek")[1]


def test_problems_of_a_run_go_to_the_error_stream(wrong: Path) -> None:
    run = _alone("run", str(wrong))
    assert (run.returncode, run.stdout) == (1, "")
    assert "E0201" in run.stderr


def test_no_colour_where_there_is_no_terminal(wrong: Path) -> None:
    run = _alone("check", str(wrong))
    assert "\x1b" not in run.stdout + run.stderr


def test_two_questions_may_ask_the_same_and_what_counting_never_finds_is_json_too(sound: Path) -> None:
    """One in ten million: hazards tell it exactly, and no number of futures would."""
    text = sound.read_text("utf-8").replace(
        "some-night: {likelihood: unlikely}", "some-night: {likelihood: 0.00001%}"
    )
    rare = "\n".join(f"  {name}: {{ask: P(ever frost), says: {name}}}" for name in ("one", "two"))
    sound.write_text(text + rare + "\n", "utf-8")
    code, output = printed(f"estimative run {sound} {SIZE} --format json")
    assert code == 0
    rows = [
        row
        for row in json.loads(output)["rows"]
        if row["part"] == "question" and row["query"] == "P(ever frost)"
    ]
    assert [(row["question"], row["says"], row["lens"]) for row in rows] == [
        ("one", "one", "readers"),
        ("two", "two", "readers"),
        ("one", "one", "author"),
        ("two", "two", "author"),
    ]
    assert {(row["from"], row["gain"]) for row in rows} == {("hazards", None)}


def test_a_run_prints_judgements_courses_and_verdicts(sound: Path) -> None:
    code, output = printed(f"estimative run {sound} {SIZE}")
    assert code == 0
    for words in ("=rain in 2027", "30%", "unlikely [20–45%]", "grain", "It stays dry", "not tested"):
        assert words in output


def test_json_has_everything_that_an_answer_must_carry(sound: Path) -> None:
    code, output = printed(
        f"estimative ask {sound} 'P(ever rain by 2027)' {SIZE} --lens author --format json"
    )
    (row,) = json.loads(output)["rows"]
    assert code == 0
    assert (row["query"], row["lens"], row["readings"], row["futures"]) == (
        "P(ever rain by 2027)",
        "author",
        64,
        2048,
    )
    # 30 % in every reading: 2,048 futures are uncertain by a point, the median of 64 readings by far less.
    assert row["median"] == pytest.approx(0.3, abs=0.006)
    assert row["standard_error"] == pytest.approx((0.3 * 0.7 / 2048) ** 0.5, rel=0.1)
    assert {"mean", "low", "high"} <= row.keys()
    assert (row["word"], row["range_low"], row["range_high"]) == ("unlikely", 0.2, 0.45)


def test_csv_holds_the_rows_and_no_formula(sound: Path) -> None:
    code, output = printed(f"estimative claims {sound} {SIZE} --lens author --format csv")
    claim, answer, untested = csv.DictReader(io.StringIO(output))
    assert code == 0
    assert (claim["claim"], answer["claim"], answer["query"]) == ("dry", "dry", "P(ever rain)")
    assert (untested["part"], untested["claim"]) == ("untested", "open")
    _, output = printed(f"estimative forecast {sound} {SIZE} --lens readers --format csv")
    rows = list(csv.DictReader(io.StringIO(output)))
    # The whole; two conditions and two levels at nine steps; whether each condition ever holds; what they are.
    assert len(rows) == 1 + 4 * 9 + 2 + 3


def test_two_lenses_stand_side_by_side_only_where_they_differ(sound: Path) -> None:
    _, same = printed(f"estimative ask {sound} 'P(ever rain)' {SIZE}")
    _, other = printed(f"estimative ask {sound} 'P(ever frost)' 'P(ever rain)' {SIZE}")
    assert "\n  lens author" not in same
    assert "within five points" in same
    # Readers take "unlikely" for 20 % in the middle, the directive for 20 to 45.
    assert other.count("\n  lens author") == 1
    assert "within five points" not in other


def test_a_query_that_cannot_be_asked_is_a_problem_with_its_place(sound: Path) -> None:
    code, output = printed(f"estimative ask {sound} 'P(ever rian)'")
    assert code == 1
    assert "query:1:8" in output
    assert "rain" in output


def test_the_report_is_one_file(sound: Path, tmp_path: Path) -> None:
    code, _ = printed(f"estimative run {sound} {SIZE} --html {tmp_path / 'out.html'}")
    page = (tmp_path / "out.html").read_text("utf-8")
    assert code == 0
    assert page.startswith("<!DOCTYPE html>")
    assert "Harvest &lt;b&gt;&amp;&lt;/b&gt; =1+1" in page
    assert "<script" not in page
    assert sorted(path.name for path in tmp_path.iterdir()) == ["harvest.yaml", "out.html"]


def test_a_new_estimate_can_be_run_and_is_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "the-strait.yaml"
    assert printed(f"estimative new {path}")[0] == 0
    assert printed(f"estimative check {path}")[0] == 0
    before = path.read_text("utf-8")
    assert printed(f"estimative new {path}")[0] == 2
    assert path.read_text("utf-8") == before


def test_the_schema_is_json() -> None:
    code, output = printed("estimative schema")
    assert code == 0
    assert json.loads(output)["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_a_code_is_explained() -> None:
    code, output = printed("estimative explain e0201")
    assert code == 0
    assert output.startswith("E0201: ")
    assert "## " not in output


def test_the_explanations_are_those_of_the_page() -> None:
    root = Path(cli.__file__).parents[3]
    packaged = (Path(cli.__file__).parent / "problems.md").read_text("utf-8")
    assert packaged == (root / "docs" / "problems.md").read_text("utf-8")


def test_there_are_no_more_futures_than_are_counted(sound: Path) -> None:
    code, output = printed(f"estimative future {sound} --reading 3000 --readings 4 --futures 64")
    assert code == 2
    assert "there are 4 readings, from 0 to 3; --readings 3001 would have 3000" in output
    code, output = printed(f"estimative future {sound} --reading 300000000 --readings 4 --futures 64")
    assert code == 2
    assert "there are 4 readings, from 0 to 3" in output
    assert "would have" not in output, "no run may have so many"
    code, output = printed(f"estimative future {sound} --future 64 --readings 4 --futures 64")
    assert code == 2
    assert "there are 64 futures, from 0 to 63" in output


def test_a_future_is_given_back(sound: Path) -> None:
    command = f"estimative future {sound} --lens readers --reading 3 --future 5"
    code, output = printed(command)
    assert code == 0
    assert "Future 5 of reading 3" in output
    assert printed(command) == (code, output)


@pytest.mark.parametrize("stage", ["model", "readings", "futures"])
def test_every_stage_can_be_printed(stage: str, sound: Path) -> None:
    code, output = printed(f"estimative stage {stage} {sound} {SIZE}")
    assert code == 0
    assert "rain" in output


def test_the_estimate_as_it_was_read_reads_again(sound: Path, tmp_path: Path) -> None:
    _, output = printed(f"estimative stage estimate {sound}")
    again = tmp_path / "again.yaml"
    again.write_text(output, "utf-8")
    assert pipeline.check(again).estimate == pipeline.check(sound).estimate


def test_words_of_a_standard_and_of_one_word() -> None:
    assert "readers inside" in printed("estimative words icd-203")[1]
    for name in ("ICD-203", "ICD 203", "PHIA"):
        assert "readers inside" in printed(f"estimative words {name}")[1]
    code, output = printed("estimative words likely --format json")
    assert code == 0
    parts = [row["part"] for row in json.loads(output)["rows"]]
    assert parts.count("reader") == 99
    assert parts.count("standard") == len(parts) - 99 > 0
