"""Edits and their diffs, over several files and at their ends."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from estimative.places.edits import Edit, diff, edited
from estimative.places.source import Source

if TYPE_CHECKING:
    from pathlib import Path

ONE = Source("one.yaml", "a: likely\nb: unlikely\nc: x\nd: x\ne: likely")
TWO = Source("two.yaml", "f: likely\n")


def _edit(source: Source, old: str, new: str, at: int = 0) -> Edit:
    start = source.text.index(old, at)
    return Edit(source.span(start, start + len(old)), new)


def test_edits_do_not_move_each_other() -> None:
    edits = [_edit(ONE, "unlikely", "very unlikely"), _edit(ONE, "likely", "almost certain")]
    assert edited(ONE, edits) == "a: almost certain\nb: very unlikely\nc: x\nd: x\ne: likely"
    assert edited(TWO, edits) == TWO.text


def test_a_diff_of_two_files_can_be_applied(tmp_path: Path) -> None:
    edits = [
        _edit(ONE, "likely", "unlikely"),
        _edit(ONE, "likely", "likely too", 30),
        _edit(TWO, "likely", "y"),
    ]
    for source in (ONE, TWO):
        (tmp_path / source.name).write_text(source.text, "utf-8")
    subprocess.run(["git", "apply", "-p0", "-"], cwd=tmp_path, input=diff(edits), text=True, check=True)
    for source in (ONE, TWO):
        assert (tmp_path / source.name).read_text("utf-8") == edited(source, edits)


@pytest.mark.parametrize("end", ["\r", "\r\n", "\u2028", "\n"])
def test_a_diff_of_lines_with_other_ends_can_be_applied(end: str, tmp_path: Path) -> None:
    source = Source("one.yaml", end.join(["a: x", "b: likely", "c: x", "d: x", "e: x", "f: likely", ""]))
    edits = [_edit(source, "likely", "unlikely"), _edit(source, "likely", "y", 30)]
    path = tmp_path / source.name
    path.write_bytes(source.text.encode())
    subprocess.run(["git", "apply", "-p0", "-"], cwd=tmp_path, input=diff(edits).encode(), check=True)
    assert path.read_bytes().decode() == edited(source, edits)


def test_no_change_is_no_diff() -> None:
    assert diff([]) == ""
    assert diff([_edit(ONE, "likely", "likely")]) == ""
