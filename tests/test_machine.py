"""The page on JSON and CSV names every field that a command prints, and none that it does not."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import defaultdict
from typing import TYPE_CHECKING

import pytest

from estimative.doors import cli
from support.docs import ROOT, printed
from support.questions import OTHERS, QUESTIONS, WITHOUT_ANSWER

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

PAGE = (ROOT / "docs" / "machine.md").read_text("utf-8")
COMMANDS = [name for name in cli.FILES if name not in WITHOUT_ANSWER]

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
  hail: {says: It hails, becomes: {some-day: {likelihood: likely, when: rain, cites: memo p.1 "some rain"}}}
scales:
  river: {levels: [low, middle, high], starts: low, rises: {swells: {likelihood: WORD, within: 1 year, when: rain}}}
claims:
  dry: {says: It stays dry, test: P(ever rain) is unlikely}
  low: {test: mode of river at 2028 is low}
  rain-first: {test: "rain matters most of (rain, hail) to P(ever river is high) by potential"}
  wetter: {test: "P(ever hail | do(rain)) > P(ever hail)"}
  open: {says: Nobody can tell}
questions:
  high: {event: ever river is high}
  usual: {ask: mode of river at 2028}
"""
SIZE = "--readings 32 --futures 512"
MORE = {
    "run": "FILE",
    "claims": "FILE",
    "ask": "FILE 'mode of river at 2028' 'P(ever river is high)'",
    "audit": "FILE",
    "hinges": "FILE",
    "why": "FILE",
    "compare": "FILE LATER",
    "future": "FILE",
    "bounds": "FILE 'P(ever rain)'",
}
"""Further command lines, for what not every answer holds."""


def lines(command: str, folder: Path) -> Iterator[str]:
    """Command lines that together show every field."""
    for question in QUESTIONS:
        if question.command == command:
            yield question.line(folder)
    for line in OTHERS.get(command, ()):
        yield f"estimative {line}"
    if command in MORE:
        for name, word in (("first.yaml", "likely"), ("later.yaml", "almost certain")):
            (folder / name).write_text(RICH.replace("WORD", word), "utf-8")
        words = MORE[command].replace("FILE", str(folder / "first.yaml"))
        yield f"estimative {command} {words.replace('LATER', str(folder / 'later.yaml'))} {SIZE}"


def found(command: str, folder: Path) -> dict[str, set[str]]:
    """The fields of the whole and of each kind of row, over all command lines."""
    fields: dict[str, set[str]] = defaultdict(set)
    for line in lines(command, folder):
        code, output = printed(f"{line} --format json")
        assert code == 0, output
        answer = json.loads(output[output.index("{") :])
        fields["whole"] |= answer.keys() - {"answer", "rows"}
        for row in answer["rows"]:
            fields[row.get("part", "row")] |= row.keys() - {"part"}
    return {part: names for part, names in fields.items() if names}


def groups() -> dict[str, list[str]]:
    """The groups of fields that are named as one."""
    known = {
        match[1]: re.findall(r"`(\w+)`", match[2])
        for match in re.finditer(r"^\| \*(\w+)\* \| (`lens`.*?|`mean`.*?|`met`.*?) \|", PAGE, re.MULTILINE)
    }
    for when in ("before", "after"):
        known[when] = [f"{when}_{name}" for name in known["band"]]
    return known


def documented(page: str, command: str) -> dict[str, set[str]]:
    """What the page says that a command prints."""
    fields: dict[str, set[str]] = defaultdict(set)
    section = page.split(f"\n### estimative {command}\n", 1)[1].split("\n### ", 1)[0].split("\n## ", 1)[0]
    for row, names in re.findall(r"^\| ([^|]+) \| ([^|]+) \|", section, re.MULTILINE):
        if row == "row" and names == "fields":
            continue
        if copied := re.search(r"as in `([\w-]+)`", names):
            for part in row.split(", "):
                fields[part] |= documented(page, copied[1])[part]
            continue
        part = row.strip("*")
        fields[part].update(re.findall(r"`(\w+)`", names))
        for group in re.findall(r"\*(\w+)\*", names):
            fields[part].update(groups()[group])
    return {part: names for part, names in fields.items() if names}


@pytest.mark.parametrize("command", COMMANDS)
def test_the_page_names_the_fields_that_the_command_prints(command: str, tmp_path: Path) -> None:
    assert difference(documented(PAGE, command), found(command, tmp_path)) == []


def difference(said: Mapping[str, set[str]], there: Mapping[str, set[str]]) -> list[str]:
    """What is printed and not named, and what is named and never printed."""
    parts = sorted(said.keys() | there.keys())
    return [
        f"{part}: {name} is {'not on the page' if name in there.get(part, ()) else 'never printed'}"
        for part in parts
        for name in sorted(said.get(part, set()) ^ there.get(part, set()))
    ]


def test_the_twin_a_page_that_forgets_or_invents_a_field_is_found_out(tmp_path: Path) -> None:
    there = found("bounds", tmp_path)
    for wrong, says in (
        (PAGE.replace("`query`, `lens`, `low`", "`query`, `low`"), "row: lens is not on the page"),
        (PAGE.replace("`tails`, `reason`", "`tails`, `reason`, `mood`"), "row: mood is never printed"),
    ):
        assert wrong != PAGE
        assert difference(documented(wrong, "bounds"), there) == [says]


def test_csv_has_the_rows_of_json(tmp_path: Path) -> None:
    (line, *_) = lines("choices", tmp_path)
    rows = json.loads(printed(f"{line} --format json")[1])["rows"]
    table = list(csv.DictReader(io.StringIO(printed(f"{line} --format csv")[1])))
    assert len(table) == len(rows)
    assert {name for row in table for name in row} == {name for row in rows for name in row}
    for one, other in zip(table, rows, strict=True):
        for name, value in other.items():
            if isinstance(value, float):
                assert float(one[name]) == value
