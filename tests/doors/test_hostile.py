"""Commands under odd names and with very many problems: answered, never a crash."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import pytest

from estimative.doors.output import write_whole
from support.docs import printed
from support.hostile import HEADER

if TYPE_CHECKING:
    from pathlib import Path


def test_of_very_many_problems_the_first_are_printed_and_errors_before_all(tmp_path: Path) -> None:
    path = tmp_path / "many.yaml"
    notes = "".join(f"  n{number}: {{starts: yes, says: ''}}\n" for number in range(300))
    path.write_text(f"{HEADER}conditions:\n{notes}  x: {{is: nowhere}}\n", "utf-8")
    code, output = printed(f"estimative check {path}")
    assert code == 1
    assert (output.count("warning["), output.count("error[")) == (99, 1)
    assert "\n... and 201 more.\n\n1 error, 300 warnings." in output
    assert len(json.loads(printed(f"estimative check {path} --format json")[1])) == 301


def test_a_name_that_is_no_text_is_written_with_a_sign_for_it(tmp_path: Path) -> None:
    # What Linux takes for a name can be any bytes; Python hands over those that are no letters as halves of pairs.
    write_whole(tmp_path / "out.yaml", "title: \udcff")
    assert (tmp_path / "out.yaml").read_text("utf-8") == "title: \ufffd"
    assert [path.name for path in tmp_path.iterdir()] == ["out.yaml"]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere names are text")
def test_an_estimate_can_be_begun_under_any_name(tmp_path: Path) -> None:
    new, document, draft = (tmp_path / name for name in ("\udcff.yaml", "\udcfe.txt", "d.yaml"))
    document.write_text("It may rain.\n", "utf-8")
    assert printed(f"estimative new {new}")[0] == 0
    assert printed(f"estimative read {document} --draft {draft}")[0] == 0
    for path in (new, draft):
        assert printed(f"estimative check {path}")[0] == 0
    assert not list(tmp_path.glob(".*"))


@pytest.mark.parametrize("command", ["check", "new", "schema"])
def test_a_name_longer_than_any_system_allows_is_no_crash(command: str, tmp_path: Path) -> None:
    code, _ = printed(f"estimative {command} {tmp_path / ('a' * 300)}")
    assert code in {1, 2}
