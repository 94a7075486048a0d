"""Streams and files that a command writes to: closed, broken, full, linked, or not there at all."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import click
import pytest

from estimative.doors.output import write_whole


def test_a_terminal_that_cannot_show_a_letter_ends_nothing() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "estimative.doors.cli", "words", "icd-203"],
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
    )
    assert run.returncode == 0
    assert b"very likely" in run.stdout


def test_a_reader_that_has_seen_enough_is_no_error() -> None:
    command = f"'{sys.executable}' -m estimative.doors.cli words ordinary | head -n 1"
    run = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command], capture_output=True, text=True, check=False
    )
    assert "Traceback" not in run.stderr
    assert "BrokenPipe" not in run.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
def test_an_answer_that_finds_no_room_is_said_to_be_lost() -> None:
    command = f"'{sys.executable}' -m estimative.doors.cli words ordinary > /dev/full"
    run = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert run.returncode == 1
    assert run.stderr.startswith("The answer could not be written: No space left on device.")


def test_a_command_leaves_at_once_and_leaves_nothing_undone() -> None:
    """What was to be done at the end is done, and all that was printed is there."""
    code = (
        "import atexit; from estimative.doors import cli; atexit.register(print, 'cleaned up');"
        "print('x' * 100_000); cli.main(['words', 'nowhere'])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert run.stdout.endswith("x\ncleaned up\n")
    assert len(run.stdout) > 100_000
    assert run.returncode != 0


def test_a_report_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    with pytest.raises(click.UsageError, match="cannot be written"):
        write_whole(tmp_path / "no-folder" / "out.html", "x")
