"""The commands `read`, `coverage`, `sources` and `tables`, and `check --sources`."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import pytest

from support.docs import printed

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "river-brief"
BRIEF = EXAMPLE / "documents" / "brief.txt"
TRADE = EXAMPLE / "documents" / "trade.csv"


def rows(command: str) -> list[dict[str, str]]:
    code, output = printed(f"estimative {command} --format csv")
    assert code == 0, output
    return [row for row in csv.DictReader(io.StringIO(output)) if row["part"] != "whole"]


def test_read_lists_every_phrase() -> None:
    found = rows(f"read {BRIEF}")
    assert [(row["page"], row["phrase"], row["class"]) for row in found[:3]] == [
        ("1", "likely", "likelihood"),
        ("1", "if", "conditional"),
        ("1", "could well", "modal"),
    ]
    text = BRIEF.read_text("utf-8")
    stand = [text[int(row["start"]) : int(row["end"])].replace("-\n", "") for row in found]
    assert [" ".join(words.split()) for words in stand] == [row["phrase"] for row in found]
    assert {row["speaker"] for row in found} == {"authors", "the merchants of the north", "others"}


def test_read_one_class_on_one_page() -> None:
    found = rows(f"read {BRIEF} --class hedge --page 3")
    assert [row["phrase"] for row in found] == ["remains to be seen"]


def test_read_as_json() -> None:
    code, output = printed(f"estimative read {BRIEF} --format json")
    assert code == 0
    answer = json.loads(output)
    assert (answer["answer"], answer["document"], answer["passages"]) == ("read", "brief.txt", 8)
    assert [row["negated"] for row in answer["rows"] if row["phrase"] == "not inconceivable"] == [True]


def test_pages_can_be_said_on_the_command_line() -> None:
    assert {row["page"] for row in rows(f"read {BRIEF} --begins 12=5 --begins 14=20")} == {"12", "2", "14"}


@pytest.mark.parametrize("begins", ["12", "12=", "=5", "12=0", "12=x", "12=²", "12=" + "9" * 5_000])
def test_a_wrong_page_is_wrong_usage(begins: str) -> None:
    code, output = printed(f"estimative read {BRIEF} --begins {begins}")
    assert code == 2
    assert "PAGE=LINE" in output


def test_a_draft_passes_the_check(tmp_path: Path) -> None:
    out = tmp_path / "draft.yaml"
    code, output = printed(f"estimative read {BRIEF} --draft {out} --title 'A brief' --as-of 2024-04-01")
    assert code == 0
    assert str(out) in output
    code, output = printed(f"estimative check {out} --sources {BRIEF.parent}")
    assert code == 0
    assert "8 citations looked up" in output
    code, output = printed(f"estimative read {BRIEF} --draft {out}")
    assert (code, "there already" in output) == (2, True)


def test_a_document_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7 nothing")
    code, output = printed(f"estimative read {tmp_path / 'a.pdf'}")
    assert code == 1
    assert "E0505" in output


def test_coverage_counts_passages_and_writes_a_page(tmp_path: Path) -> None:
    out = tmp_path / "coverage.html"
    code, output = printed(f"estimative coverage {EXAMPLE} --document {BRIEF} --html {out}")
    assert code == 0
    assert "3 encoded, 2 left out" in " ".join(output.split())
    page = out.read_text("utf-8")
    assert "<svg" in page
    assert "<script" not in page
    states = [row["state"] for row in rows(f"coverage {EXAMPLE} --document {BRIEF}")]
    assert states == ["encoded", "left out", "encoded", "encoded", "left out", *["overlooked"] * 3]


def test_coverage_of_a_source_that_is_not_there() -> None:
    code, output = printed(f"estimative coverage {EXAMPLE} --document {BRIEF} --source press")
    assert code == 2
    assert "brief" in output


def test_sources_are_found_and_their_pages_listed() -> None:
    code, output = printed(f"estimative sources {EXAMPLE} --in {BRIEF.parent} --pages")
    assert code == 0
    assert "as cited" in output
    assert "3 printed" in output
    (row,) = rows(f"sources {EXAMPLE} --in {BRIEF.parent}")
    assert (row["source"], row["file"], row["as_cited"]) == ("brief", "brief.txt", "yes")


def test_a_changed_document_is_noticed(tmp_path: Path) -> None:
    shutil.copytree(EXAMPLE, tmp_path / "brief")
    path = tmp_path / "brief" / "documents" / "brief.txt"
    path.write_text(path.read_text("utf-8").replace("likely", "certain", 1), "utf-8")
    code, output = printed(f"estimative check {tmp_path / 'brief'} --sources {path.parent}")
    assert code == 0
    assert "W0521" in output
    assert "W0523" in output or "W0524" in output


def test_a_citation_to_a_page_that_does_not_exist_is_an_error(tmp_path: Path) -> None:
    shutil.copytree(EXAMPLE, tmp_path / "brief")
    path = tmp_path / "brief" / "estimate.yaml"
    path.write_text(path.read_text("utf-8").replace("brief p.1", "brief p.7", 1), "utf-8")
    folder = tmp_path / "brief" / "documents"
    assert printed(f"estimative check {tmp_path / 'brief'}")[0] == 0
    code, output = printed(f"estimative check {tmp_path / 'brief'} --sources {folder}")
    assert code == 1
    assert "E0522" in output
    assert "fine" not in output
    assert "river-brief: 4 conditions, 4 rules." in output
    code, output = printed(f"estimative check {tmp_path / 'brief'} --sources {folder} --format json")
    assert (code, json.loads(output)[0]["code"]) == (1, "E0522")


SAYS = "--says 'total = exports + imports' --says 'export_share = exports / total'"


def test_tables_propose_and_change_nothing() -> None:
    before = TRADE.read_bytes()
    found = rows(f"tables {TRADE} {SAYS}")
    doubtful = {
        (row["row"], row["column"]): row["best"] for row in found if row["state"] == "repair proposed"
    }
    assert doubtful == {
        ("1960", "export_share"): "35.7",
        ("1961", "total"): "326.4",
        ("1963", "imports"): "250.6",
    }
    assert TRADE.read_bytes() == before


def test_a_figure_quoted_from_a_table() -> None:
    code, output = printed(f"estimative tables {TRADE} {SAYS} --quoted 'export_share at 1964 is nearly 43'")
    assert code == 0
    assert "does not agree" in output


@pytest.mark.parametrize(
    ("options", "code", "words"),
    [
        ("--says 'total = exports * imports'", 1, "E0534"),
        ("--quoted 'exports in 1960'", 1, "E0537"),
        ("--page 1", 2, "--columns"),
        ("--page 1 --columns year,total,exports", 1, "E0539"),
    ],
)
def test_tables_asked_wrongly(options: str, code: int, words: str) -> None:
    found, output = printed(f"estimative tables {TRADE} {options}")
    assert found == code
    assert words in output
