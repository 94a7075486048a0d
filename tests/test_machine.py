"""What machines read: fields and columns that never change, all on their page, and all used."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import re
from collections import defaultdict
from typing import TYPE_CHECKING, get_args

import pytest

from estimative.doors import cli
from estimative.questions.bounds import Obstacle
from estimative.questions.settled import Idle
from estimative.show.blocks import Shown
from estimative.show.fields import FIELDS, WHOLE, columns, complete
from support.docs import ROOT, printed
from support.questions import OTHERS, QUESTIONS, WITHOUT_ANSWER

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from estimative.show.blocks import Facts

PAGE = (ROOT / "docs" / "machine.md").read_text("utf-8")
COMMANDS = [name for name in cli.FILES if name not in WITHOUT_ANSWER]
KINDS = {"words": ("standards", "words", "word"), "stage": ("model", "readings", "futures")}
"""Kinds of answers of commands that give several, in the order of the page."""

RICH = """\
estimate: rich
title: A small estimate with a little of everything that answers may hold
as-of: 2027
horizon: 2 years
step: quarter
standard: icd-203
sources: {memo: {title: A memo}}
conditions:
  rain: {says: It rains, becomes: {some-day: {likelihood: unlikely, within: 1 year, cites: memo p.1 "some rain"}}}
  flood: {says: The dyke breaks, becomes: {some-day: {likelihood: 0.00001%, within: 1 year}}}
  hail: {says: It hails, becomes: {some-day: {likelihood: likely, when: rain, cites: memo p.1 "some rain"}}}
scales:
  river: {levels: [low, middle, high], starts: low, rises: {swells: {likelihood: WORD, within: 1 year, when: rain}}}
claims:
  dry: {says: It stays dry, test: P(ever rain) is unlikely, cites: memo p.1 "some rain"}
  no-flood: {says: The dyke holds, test: P(ever flood) is almost no chance}
  low: {test: mode of river at 2028 is low}
  rain-first: {test: "rain matters most of (rain, hail) to P(ever river is high) by potential"}
  wetter: {test: "P(ever hail | do(rain)) > P(ever hail)"}
  open: {says: Nobody can tell, cites: memo p.1 "some rain"}
questions:
  high: {says: Does the river rise?, event: ever river is high}
  broken: {says: Does the dyke break?, event: ever flood}
  usual: {ask: mode of river at 2028}
"""
SIZE = "--readings 32 --futures 512"
MORE = {
    "run": "FILE",
    "claims": "FILE",
    "ask": "FILE 'mode of river at 2028' 'P(ever river is high)' 'P(ever flood)' 'P(ever rain and ever flood)'",
    "audit": "FILE",
    "hinges": "FILE",
    "why": "FILE",
    "what-if": "FILE 'P(ever flood)' 'P(ever rain and ever flood)' --do hail",
    "paths": "FILE 'P(ever flood)'",
    "watch": "FILE 'P(ever river is high)' --against 'P(ever flood)'",
    "compare": "FILE LATER",
    "update": "FILE --record RECORD",
    "future": "FILE",
    "bounds": "FILE 'P(ever rain)' 'mode of river at 2028'",
}
"""Further command lines, for what not every answer holds."""

SEEN = """\
record: seen
title: What was seen
of: rich
as-of: 2027-06-30
facts: {spring: {what: rain, by: 2027-06, grade: A1}}
"""

SILENT = {
    *{f"{kind}: gain" for kind in ("run answer", "run question", "claims answer", "ask answer")},
    *{f"{kind} outcome: gain" for kind in ("hinges", "why", "what-if")},
    *{"run question: bound", "paths whole: gain", "paths side: after", "why path: level"},
    *{"choices option: dominated_by", "trends threshold: three_quarters_by", "update outcome: after_bound"},
    *{"tables quote: misread", "tables quote: elsewhere", "word whole: reason"},
}
"""Fields that have nothing to say in so small examples."""


def lines(command: str, folder: Path) -> Iterator[str]:
    """Command lines that together show every field."""
    for question in QUESTIONS:
        if question.command == command:
            yield question.line(folder)
    for line in OTHERS.get(command, ()):
        yield f"estimative {line}"
    if command in MORE:
        first = RICH.replace("WORD", "likely")
        later = re.sub(
            r"^  (flood|no-flood|broken):.*\n", "", RICH.replace("WORD", "almost certain"), flags=re.MULTILINE
        )
        words = MORE[command]
        for name, text in (("FILE", first), ("LATER", later), ("RECORD", SEEN)):
            (folder / f"{name}.yaml").write_text(text, "utf-8")
            words = words.replace(name, str(folder / f"{name}.yaml"))
        yield f"estimative {command} {words} {SIZE}"


def printed_rows(line: str) -> tuple[str, list[Facts]]:
    """The kind of an answer and its rows, the whole among them."""
    code, output = printed(f"{line} --format json")
    assert code == 0, output
    answer = json.loads(output[output.index("{") :])
    rows = answer.pop("rows")
    kind = answer.pop("answer")
    says = any(value is not None for value in answer.values())
    return kind, [*([{"part": WHOLE, **answer}] if says else []), *rows]


def found(command: str, folder: Path) -> dict[tuple[str, str], set[str]]:
    """The fields of each kind of answer and each part that say anything, over all command lines."""
    fields: dict[tuple[str, str], set[str]] = defaultdict(set)
    for line in lines(command, folder):
        kind, rows = printed_rows(line)
        for row in rows:
            part = str(row["part"])
            assert tuple(row) == ("part", *FIELDS[kind][part])
            fields[kind, part] |= {name for name, value in row.items() if value is not None}
    return fields


def groups() -> dict[str, list[str]]:
    """The groups of fields that are named as one."""
    known = {
        match[1]: re.findall(r"`(\w+)`", match[2])
        for match in re.finditer(r"^\| \*(\w+)\* \| (`lens`.*?|`mean`.*?|`met`.*?) \|", PAGE, re.MULTILINE)
    }
    for when in ("before", "after"):
        known[when] = [f"{when}_{name}" for name in known["band"]]
    return known


def documented(page: str, command: str) -> list[dict[str, tuple[str, ...]]]:
    """The tables of fields that the page has of a command: fields by part, both as they come."""
    section = page.split(f"\n### estimative {command}\n", 1)[1].split("\n### ", 1)[0].split("\n## ", 1)[0]
    tables: list[dict[str, tuple[str, ...]]] = []
    for table in section.split("| row | fields | |\n|---|---|---|\n")[1:]:
        fields: dict[str, tuple[str, ...]] = {}
        for row, names in re.findall(r"^\| ([^|]+) \| ([^|]+) \|", table.split("\n\n", 1)[0], re.MULTILINE):
            if copied := re.search(r"as in `([\w-]+)`", names):
                (other,) = documented(page, copied[1])
                fields |= {part: other[part] for part in row.split(", ")}
                continue
            part = row.strip("*")
            for name, group in re.findall(r"`(\w+)`|\*(\w+)\*", names):
                fields[part] = (*fields.get(part, ()), *([name] if name else groups()[group]))
        tables.append(fields)
    return tables


@pytest.mark.parametrize("command", COMMANDS)
def test_the_page_names_every_field_in_the_order_of_columns(command: str) -> None:
    kinds = KINDS.get(command, (command,))
    assert documented(PAGE, command) == [FIELDS[kind] for kind in kinds]
    for kind, fields in zip(kinds, documented(PAGE, command), strict=True):
        assert [*fields] == [*FIELDS[kind]], "parts come in one order too"


def test_the_twin_a_page_that_forgets_or_invents_a_field_is_found_out() -> None:
    for wrong in (
        PAGE.replace("`query`, `lens`, `low`", "`query`, `low`"),
        PAGE.replace("`tails`, `reason`", "`tails`, `reason`, `mood`"),
        PAGE.replace("`tails`, `reason`", "`reason`, `tails`"),
    ):
        assert wrong != PAGE
        assert documented(wrong, "bounds") != [FIELDS["bounds"]]


def test_every_kind_of_answer_is_that_of_a_command() -> None:
    assert sorted(FIELDS) == sorted(kind for command in COMMANDS for kind in KINDS.get(command, (command,)))


@pytest.mark.parametrize("command", COMMANDS)
def test_every_field_says_something_somewhere(command: str, tmp_path: Path) -> None:
    there = found(command, tmp_path)
    silent = {
        f"{kind} {part}: {name}"
        for kind in KINDS.get(command, (command,))
        for part, names in FIELDS[kind].items()
        for name in names
        if name not in there[kind, part]
    }
    assert silent <= SILENT


def test_the_page_names_every_reason_of_bounds() -> None:
    section = PAGE.split("\n### estimative audit\n", 1)[1].split("\n### ", 1)[0]
    known, unknown = section.split("Values of `bounds_because`")[1].split("Where `bounds` is `null`")
    for text, values in ((known, ("bounds", "same", *get_args(Idle))), (unknown, get_args(Obstacle))):
        rows = re.findall(r"^\| (`.*`) \|", text, re.MULTILINE)
        assert sorted(re.findall("`(.*?)`", " ".join(rows))) == sorted(values)


def table_of(line: str) -> list[dict[str, str]]:
    """The rows of an answer as CSV, its first line read as names."""
    return list(csv.DictReader(io.StringIO(table_text(line))))


def table_text(line: str) -> str:
    """An answer as CSV, and nothing besides."""
    code, output = printed(f"{line} --format csv")
    assert code == 0, output
    return output


@pytest.mark.parametrize("command", ["ask", "choices", "paths", "repair", "update", "why"])
def test_csv_has_the_whole_and_the_rows_of_json(command: str, tmp_path: Path) -> None:
    (line, *_) = lines(command, tmp_path)
    kind, rows = printed_rows(line)
    table = table_of(line)
    assert len(table) == len(rows)
    for one, other in zip(table, rows, strict=True):
        assert tuple(one) == columns(kind)
        for name in one.keys() - other.keys():
            assert not one[name]
        for name, value in other.items():
            if isinstance(value, float):
                assert float(one[name]) == value
            else:
                assert (value is None) == (one[name] == "")


BARE = """\
estimate: bare
title: An estimate in which nothing can be told apart
as-of: 2027
horizon: 1 year
step: quarter
standard: icd-203
conditions: {rain: {says: It rains, becomes: {some-day: {likelihood: likely, within: 1 year}}}}
claims:
  wet:
    says: >
      It rains

      for long
    test: P(ever rain) is likely
"""
WET = "'P(ever rain)'"


@pytest.mark.parametrize(
    ("words", "refused"),
    [
        (f"watch FILE {WET}", "nothing to watch"),
        (f"paths FILE {WET}", "nothing to follow"),
        ("trends FILE", None),
        (f"compare FILE FILE {WET}", None),
        ("choices FILE", None),
    ],
)
def test_an_answer_without_rows_has_its_columns_and_its_whole(
    words: str, refused: str | None, tmp_path: Path
) -> None:
    (tmp_path / "bare.yaml").write_text(BARE, "utf-8")
    line = f"estimative {words.replace('FILE', str(tmp_path / 'bare.yaml'))} --readings 32"
    line += "" if words.startswith("trends") else " --futures 512"
    kind, _ = printed_rows(line)
    head, *rows = csv.reader(io.StringIO(table_text(line)))
    assert tuple(head) == columns(kind)
    assert [row[0] for row in rows] == ["whole"]
    assert table_of(line)[0].get("refused") == refused


def test_columns_are_the_same_whatever_is_answered(tmp_path: Path) -> None:
    """A query too rare for a median has the column all the same, and one without modes those of modes."""
    (tmp_path / "rich.yaml").write_text(RICH.replace("WORD", "likely"), "utf-8")
    ask = f"estimative ask {tmp_path / 'rich.yaml'} {SIZE} --lens author"
    rare, often = (table_of(f"{ask} '{query}'") for query in ("P(ever rain | ever flood)", "P(ever rain)"))
    assert [*rare[0]] == [*often[0]] == [*columns("ask")]
    assert (rare[0]["median"], rare[0]["mode_share"]) == ("", "")
    assert often[0]["median"]


@pytest.mark.parametrize("command", ["run", "claims", "audit", "flips", "compare"])
def test_what_is_written_on_several_lines_is_told_on_one(command: str, tmp_path: Path) -> None:
    (tmp_path / "bare.yaml").write_text(BARE, "utf-8")
    (tmp_path / "later.yaml").write_text(BARE.replace("likelihood: likely", "likelihood: unlikely"), "utf-8")
    more = f"{tmp_path / 'later.yaml'} {WET}" if command == "compare" else ""
    _, rows = printed_rows(f"estimative {command} {tmp_path / 'bare.yaml'} {more} {SIZE}")
    said = {row["says"] for row in rows if row["part"] == "claim"}
    assert said == {"It rains for long"}


def test_a_field_that_the_table_lacks_is_not_dropped_in_silence() -> None:
    with pytest.raises(ValueError, match="mood"):
        complete(Shown("ask", "", (), {}, ({"part": "answer", "mood": "glad"},)))
    with pytest.raises(ValueError, match="mood"):
        complete(Shown("ask", "", (), {"mood": "glad"}))


def test_a_text_is_never_empty() -> None:
    (row,) = complete(Shown("future", "", (), {}, ({"part": "start", "variable": "", "after": "no"},))).rows
    assert row == {"part": "start", "variable": None, "after": "no"}


@pytest.mark.parametrize("command", ["run", "audit", "claims"])
def test_only_check_tells_problems_as_json(command: str, tmp_path: Path) -> None:
    (tmp_path / "wrong.yaml").write_text(BARE.replace("likelihood: likely", "likelihood: maybe so"), "utf-8")
    stream = io.StringIO()
    with contextlib.redirect_stdout(stream), contextlib.redirect_stderr(io.StringIO()) as errors:
        code = cli.run([command, str(tmp_path / "wrong.yaml"), "--format", "json"])
    assert (code, stream.getvalue()) == (1, "")
    assert "wrong.yaml:" in errors.getvalue()
    code, output = printed(f"estimative check {tmp_path / 'wrong.yaml'} --format json")
    assert code == 1
    assert json.loads(output)[0]["severity"] == "error"
