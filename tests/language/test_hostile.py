"""Hostile and odd files: each has a stated outcome, and none is ever an exception.

Nothing is touched but the estimate's own folder: no program is run, nothing is written, nobody is called.
"""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from estimative.language.checks.queries import check_query
from estimative.language.read import parse_do, parse_query, parse_test, read_estimate
from estimative.places.excerpt import excerpt, to_json
from support.hostile import FILES, GOOD

if TYPE_CHECKING:
    from pathlib import Path

    from estimative.estimate.nodes import Estimate
    from estimative.places.problem import Problem


def outcome(found: tuple[Problem, ...]) -> set[str]:
    """Codes of the problems; printing them must not fail either."""
    for problem in found:
        text = excerpt(problem)
        assert not any(ord(character) < 32 and character != "\n" for character in text)
        assert len(text) < 3_000
    to_json(found)
    return {problem.code for problem in found}


@pytest.mark.parametrize("name", FILES)
def test_every_hostile_file_has_its_outcome(name: str, tmp_path: Path) -> None:
    content, codes = FILES[name]
    path = tmp_path / "estimate.yaml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass"))
    estimate, found = read_estimate(path)
    assert outcome(found) == codes
    assert (estimate is None) == any(code.startswith("E") for code in codes)


def test_the_list_is_long_enough() -> None:
    assert len(FILES) >= 100
    assert len({name.split()[0] for name in FILES}) >= 30


def test_odd_names_of_files_are_only_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("-rf", "a\nb.yaml", "CON.yml", "a;b.yaml", "日本.yaml"):
        path = tmp_path / name
        path.write_text(GOOD, encoding="utf-8")
        estimate, found = read_estimate(path)
        assert estimate is not None, found
        path.unlink()


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such files")
@pytest.mark.parametrize("kind", ["link", "pipe", "folder"])
def test_only_plain_files_of_a_folder_are_opened(kind: str, tmp_path: Path) -> None:
    folder = tmp_path / "estimate"
    folder.mkdir()
    (folder / "a.yaml").write_text(GOOD, encoding="utf-8")
    other = folder / "b.yaml"
    if kind == "link":
        (tmp_path / "secret").write_text("estimate: secret", encoding="utf-8")
        other.symlink_to(tmp_path / "secret")
    elif kind == "pipe":
        os.mkfifo(other)
    else:
        other.mkdir()
    estimate, found = read_estimate(folder)
    assert estimate is None
    assert outcome(found) == {"E0002"}
    assert "secret" not in "".join(problem.says for problem in found)


def test_a_device_is_not_read(tmp_path: Path) -> None:
    if os.path.exists("/dev/zero"):  # noqa: PTH110 - the name is given as an analyst would
        assert outcome(read_estimate(tmp_path / ".." / ".." / "dev" / "zero")[1]) <= {"E0001", "E0002"}


@pytest.fixture
def good(tmp_path: Path) -> Estimate:
    """An estimate to ask."""
    (tmp_path / "good.yaml").write_text(GOOD, encoding="utf-8")
    estimate, _ = read_estimate(tmp_path / "good.yaml")
    assert estimate is not None
    return estimate


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\0",
        "P",
        "P(",
        "P()",
        "P(|)",
        "P(ever x | )",
        "P(ever x by)",
        "P(ever x by 99999)",
        "P(ever x by 2022-13-45)",
        "P(ever x at at at)",
        "P(ever " + "(" * 5_000 + "x" + ")" * 5_000 + ")",
        "P(" + "not " * 3_000 + "ever x)",
        "mode of",
        "mode of x at 2022",
        "share of time",
        "do(x)",
        "P(ever x) is likely",
        "P(ever x) > 10%",
        "\U0001f600",
        "P(ever x\u202e)",
        "x" * 100_000,
        "P(ever x by \uff12\uff10\uff12\uff12)",
    ],
)
def test_odd_queries_are_problems(text: str, good: Estimate) -> None:
    query, found = parse_query(text)
    if query is not None:
        found = check_query(query, good)
    assert outcome(found)
    for parse in (parse_test, parse_do):
        outcome(parse(text)[1])


WATCHED = """
import sys
from pathlib import Path
from estimative.language.read import read_estimate
from estimative.places.excerpt import excerpt

folder = Path(sys.argv[1]).resolve()
files = sorted(folder.glob("*.yaml"))
for path in files:  # whatever is imported late is imported now
    for problem in read_estimate(path)[1]:
        excerpt(problem)
touched = []

def watch(event, args):
    if event == "open":
        path, mode, flags = args
        inside = isinstance(path, int) or Path(path).resolve().is_relative_to(folder)  # a number: opened above
        if not inside or any(letter in (mode or "r") for letter in "wax+") or flags & 3:
            touched.append((event, str(path), mode))
    elif event.split(".")[0] in {"socket", "subprocess", "os", "shutil", "ctypes", "exec", "compile", "import"}:
        if event not in {"os.listdir", "os.scandir"}:
            touched.append((event, str(args)[:200]))

sys.addaudithook(watch)
for path in files:
    for problem in read_estimate(path)[1]:
        excerpt(problem)
read_estimate(folder)
print(len(files), touched)
"""


def test_reading_touches_nothing_but_the_folder(tmp_path: Path) -> None:
    for number, (content, _) in enumerate(FILES.values()):
        path = tmp_path / f"{number:03}.yaml"
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass"))
    child = subprocess.run(
        [sys.executable, "-c", WATCHED, str(tmp_path)], capture_output=True, text=True, check=True
    )
    assert child.stdout.strip() == f"{len(FILES)} []"


def test_the_watch_sees_what_is_touched(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(GOOD, encoding="utf-8")
    meddling = WATCHED.replace("read_estimate(folder)", "open('/etc/hostname'); open(folder / 'x', 'w')")
    child = subprocess.run(
        [sys.executable, "-c", meddling, str(tmp_path)], capture_output=True, text=True, check=True
    )
    assert "/etc/hostname" in child.stdout
    assert "'w'" in child.stdout
