"""Streams and files that a command writes to: closed, broken, full, linked, or not there at all."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from pathlib import Path

import click
import pytest

from estimative.doors.output import write_whole
from support.docs import printed

SMALL = """\
estimate: small
title: Rain
as-of: 2027
horizon: 1 year
step: quarter
standard: icd-203
conditions: {rain: {becomes: {some-day: {likelihood: 30%}}}}
"""


def test_a_terminal_that_cannot_show_a_letter_ends_nothing() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "estimative", "words", "icd-203"],
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
    )
    assert run.returncode == 0
    assert b"very likely" in run.stdout


def closed_at_once(*arguments: str, error: bool = False) -> subprocess.CompletedProcess[str]:
    """A command whose output, or both streams, go to a pipe that nobody reads any more."""
    read, write = os.pipe()
    os.close(read)
    with os.fdopen(write, "w") as pipe:
        return subprocess.run(
            [sys.executable, "-m", "estimative", *arguments],
            stdout=pipe,
            stderr=pipe if error else subprocess.PIPE,
            text=True,
            check=False,
        )


@pytest.mark.parametrize(
    "arguments",
    [
        ("words", "icd-203"),  # printed by Rich
        ("words", "icd-203", "--format", "json"),  # by Click
        ("check", "soviet-dprk-1984"),
        ("--help",),
        ("words", "--help"),
    ],
    ids=" ".join,
)
def test_a_reader_that_has_seen_enough_is_no_error(arguments: tuple[str, ...]) -> None:
    run = closed_at_once(*arguments)
    assert (run.returncode, run.stderr) == (0, "")


def test_what_went_wrong_is_known_by_the_exit_code_where_nobody_listens(tmp_path: Path) -> None:
    assert closed_at_once("no-such-command", error=True).returncode == 2
    assert closed_at_once("run", str(tmp_path / "nothing.yaml"), error=True).returncode == 1
    assert closed_at_once("words", "icd-203", error=True).returncode == 0


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-", "<&- >&- 2>&-"])
def test_a_stream_that_was_closed_before_is_no_error(closed: str) -> None:
    def code(arguments: str) -> int:
        command = f"'{sys.executable}' -m estimative {arguments} {closed}"
        run = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
        assert "Traceback" not in run.stderr
        return run.returncode

    assert [code(arguments) for arguments in ("words icd-203", "check nothing", "nothing")] == [0, 1, 2]


def test_progress_of_a_run_has_nowhere_to_go(tmp_path: Path) -> None:
    (tmp_path / "small.yaml").write_text(SMALL, "utf-8")
    command = f"'{sys.executable}' -m estimative ask small.yaml 'P(ever rain)' --futures 64 --html out.html >&- 2>&-"
    run = subprocess.run(["bash", "-c", command], cwd=tmp_path, check=False)
    assert run.returncode == 0
    assert "Rain" in (tmp_path / "out.html").read_text("utf-8")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
def test_an_answer_that_finds_no_room_is_said_to_be_lost() -> None:
    command = f"'{sys.executable}' -m estimative words ordinary > /dev/full"
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


def test_a_link_is_followed_and_who_may_read_the_file_stays_as_it_is(tmp_path: Path) -> None:
    kept, link, new = tmp_path / "kept.html", tmp_path / "link.html", tmp_path / "new.html"
    kept.write_text("old", "utf-8")
    kept.chmod(0o600)
    link.symlink_to(kept)
    write_whole(link, "new")
    assert link.is_symlink()
    assert kept.read_text("utf-8") == "new"
    assert kept.stat().st_mode & 0o777 == 0o600
    dangling = tmp_path / "dangling.html"
    dangling.symlink_to(new)
    write_whole(dangling, "newer")
    assert (dangling.is_symlink(), new.read_text("utf-8")) == (True, "newer")
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "dangling.html",
        "kept.html",
        "link.html",
        "new.html",
    ]


def test_what_is_no_ordinary_file_is_written_to_as_it_stands(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE, text=True) as reader:
        write_whole(pipe, "a page")
        assert reader.communicate()[0] == "a page"
    assert pipe.is_fifo()
    assert [path.name for path in tmp_path.iterdir()] == ["pipe"]


def test_a_file_that_cannot_be_put_in_its_place_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(click.UsageError, match="No space left on device"):
        write_whole(tmp_path / "out.html", "x")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["''", "-"])
@pytest.mark.parametrize("command", ["words icd-203 --html", "new", "schema"])
def test_a_file_to_be_written_has_a_name(command: str, name: str, tmp_path: Path) -> None:
    run = subprocess.run(
        ["bash", "-c", f"'{sys.executable}' -m estimative {command} {name}"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 2
    assert "a file has a name" in run.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_page_is_not_written_over_the_answer(tmp_path: Path) -> None:
    command = f"'{sys.executable}' -m estimative words icd-203 --html out > out"
    run = subprocess.run(["bash", "-c", command], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert run.returncode == 2
    assert "'out' is where the answer is printed" in run.stderr


@pytest.fixture(name="folder")
def folder_with_work_in_it(tmp_path: Path) -> Path:
    """A folder with an estimate, data, and what leads to them."""
    (tmp_path / "small.yaml").write_text(SMALL, "utf-8")
    (tmp_path / "price.csv").write_text("year,price\n", "utf-8")
    (tmp_path / "link.html").symlink_to("small.yaml")
    (tmp_path / "old.HTML").write_text("old", "utf-8")
    (tmp_path / "page").symlink_to("old.HTML")
    for name in ("old.htm", "old.diff", "old.schema.json"):
        (tmp_path / name).write_text("old", "utf-8")
    return tmp_path


PAGE, DIFF, SCHEMA = "run small.yaml --futures 64 --html", "repair small.yaml c --diff", "schema"
"""Commands that write a file besides what they print."""


@pytest.mark.parametrize(
    ("command", "out", "says"),
    [
        (
            PAGE,
            "small.yaml",
            "'small.yaml' is there already and not named as a page; name a file that ends in .html",
        ),
        (PAGE, "price.csv", "'price.csv' is there already and not named as a page"),
        (PAGE, "link.html", "small.yaml', which is there already and not named as a page"),
        (PAGE, "old.diff", "not named as a page"),
        (
            DIFF,
            "small.yaml",
            "is there already and not named as a diff; name a file that ends in .diff or .patch",
        ),
        (DIFF, "old.htm", "not named as a diff"),
        (SCHEMA, "small.yaml", "is there already and not named as a schema; name a file that ends in .json"),
        (SCHEMA, "link.html", "not named as a schema"),
    ],
)
def test_what_is_of_another_kind_is_not_written_over(command: str, out: str, says: str, folder: Path) -> None:
    before = {path: path.read_bytes() for path in folder.iterdir()}
    with contextlib.chdir(folder):
        code, output = printed(f"estimative {command} {out}")
    assert code == 2
    assert says in output
    assert {path: path.read_bytes() for path in folder.iterdir()} == before


@pytest.mark.parametrize("out", ["old.HTML", "old.htm", "page", "new"])
def test_a_page_replaces_a_page_and_a_new_file_has_any_name(out: str, folder: Path) -> None:
    with contextlib.chdir(folder):
        code, _ = printed(f"estimative words icd-203 --html {out}")
    assert code == 0
    assert (folder / out).read_text("utf-8").startswith("<!DOCTYPE html>")


@pytest.mark.parametrize("out", ["old.schema.json", "new"])
def test_a_schema_replaces_a_schema(out: str, folder: Path) -> None:
    with contextlib.chdir(folder):
        assert printed(f"estimative schema {out}")[0] == 0
    assert (folder / out).read_text("utf-8").startswith("{")


def test_a_page_may_go_to_a_device() -> None:
    assert printed("estimative words icd-203 --html /dev/null")[0] == 0
    assert Path("/dev/null").is_char_device()
