"""Files beside an estimate: nothing outside its folder, nothing but plain files, nothing without a limit."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from estimative.estimate.values import Text
from estimative.language import parquet as parquet_room
from estimative.language.data_files import MAX_BYTES, open_data
from estimative.language.series import SeriesKeys, read_series
from estimative.places.source import NOWHERE

if TYPE_CHECKING:
    from pathlib import Path

ROWS = "year,total\n1979,4.9\n1980,5.7\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An estimate's folder with a table in it, and a file outside that nobody may read."""
    inside = tmp_path / "estimate"
    (inside / "data").mkdir(parents=True)
    (inside / "trade.csv").write_text(ROWS)
    (inside / "data" / "arms.csv").write_text(ROWS)
    (tmp_path / "secret.csv").write_text("year,total\n1979,1\n")
    return inside


def code(folder: Path, name: str) -> str:
    """Code of the one problem with a file."""
    source, found = open_data(folder, name, NOWHERE)
    assert source is None
    (problem,) = found
    return problem.code


@pytest.mark.parametrize("name", ["trade.csv", "data/arms.csv"])
def test_a_file_in_the_folder_is_read(folder: Path, name: str) -> None:
    source, found = open_data(folder, name, NOWHERE)
    assert source is not None
    assert (source.text, found) == (ROWS, ())
    assert source.name == str(folder / name)


@pytest.mark.parametrize(
    "name",
    [
        "../secret.csv",
        "data/../../secret.csv",
        "/etc/passwd.csv",
        "~/secret.csv",
        "C:\\secret.csv",
        "c:secret.csv",
        "..\\secret.csv",
        "\\\\host\\share\\a.csv",
        "file:///etc/passwd.csv",
        "https://example.org/a.csv",
        "trade.csv\0.csv",
        "",
    ],
)
def test_nothing_outside_the_folder_is_named(folder: Path, name: str) -> None:
    assert code(folder, name) == "E0402"


def test_what_is_not_there_is_said_with_what_is_near(folder: Path) -> None:
    source, found = open_data(folder, "trad.csv", NOWHERE)
    assert source is None
    assert [problem.code for problem in found] == ["E0401"]
    assert "`trade.csv`" in found[0].hint


def test_in_a_folder_that_cannot_be_listed_nothing_is_near(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def closed(_folder: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "listdir", closed)
    assert code(folder, "trad.csv") == "E0401"
    assert code(folder, "a" * 300 + ".csv") == "E0405"


@pytest.mark.parametrize("kind", ["link", "folder", "pipe", "linked folder"])
def test_only_plain_files_are_read(folder: Path, kind: str) -> None:
    """A pipe would be waited for without end, were it opened."""
    name = "odd.csv"
    if kind == "link":
        (folder / name).symlink_to(folder.parent / "secret.csv")
    elif kind == "folder":
        (folder / name).mkdir()
    elif kind == "pipe":
        os.mkfifo(folder / name)
    else:
        (folder / "away").symlink_to(folder.parent)
        name = "away/secret.csv"
    assert code(folder, name) == "E0403"


def test_a_large_file_is_refused_and_one_at_the_limit_is_not(folder: Path) -> None:
    (folder / "large.csv").write_bytes(b"#" * (MAX_BYTES + 1))
    assert code(folder, "large.csv") == "E0404"
    (folder / "large.csv").write_bytes(b"#" * MAX_BYTES)
    assert open_data(folder, "large.csv", NOWHERE)[0] is not None


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"year,total\n1979,\xff\n", "E0405"),
        ("year\n".encode("utf-16"), "E0405"),
        (b"year,t\n1979,\0\n", "E0007"),
    ],
)
def test_what_is_not_text_is_refused(folder: Path, content: bytes, expected: str) -> None:
    (folder / "odd.csv").write_bytes(content)
    assert code(folder, "odd.csv") == expected


def test_other_kinds_of_files_are_refused(folder: Path) -> None:
    (folder / "trade.xlsx").write_text(ROWS)
    assert code(folder, "trade.xlsx") == "E0406"


# -- Parquet ----------------------------------------------------------------------------------------------


def as_parquet(columns: dict[str, Any], **more: object) -> bytes:
    """Columns as the bytes of a Parquet file."""
    pa = pytest.importorskip("pyarrow", reason="the extra `parquet` is not installed")
    from pyarrow import parquet  # noqa: PLC0415 - after the skip

    sink = io.BytesIO()
    parquet.write_table(pa.table(columns), sink, **more)
    return sink.getvalue()


def test_a_parquet_file_is_read_as_its_csv(folder: Path) -> None:
    (folder / "trade.parquet").write_bytes(as_parquet({"year": ["1979", "1980"], "total": [4.9, None]}))
    source, found = open_data(folder, "trade.parquet", NOWHERE)
    assert not found
    assert source is not None
    series, _, problems = read_series(source, SeriesKeys(Text("trade.parquet"), missing=(Text(""),)))
    assert not problems
    assert series is not None
    assert series.values == (4.9,)
    _, _, problems = read_series(source, SeriesKeys(Text("trade.parquet")))
    assert [(problem.code, problem.span.place.line) for problem in problems] == [("E0421", 3)]


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"year": [1979] * 150_001, "total": [1.0] * 150_001}, "150,001 rows of 2 columns"),
        ({f"c{number}": [1.0] * 201 for number in range(1_000)}, "201 rows of 1,000 columns"),
        ({"year": [1979], "total": [{"a": 1.0}]}, "neither text nor numbers nor dates"),
        ({"year": [1979], "total": [b"\xff\xfe"]}, "neither text nor numbers nor dates"),
        ({"year": [1979], "total": [[1.0, 2.0]]}, "lists"),
        ({"year": [1979] * 90, "total": ["x" * 200_000 + str(number) for number in range(90)]}, "bytes"),
    ],
)
def test_what_a_parquet_file_holds_is_looked_at_before_it_is_decoded(
    folder: Path, columns: dict[str, list[object]], said: str
) -> None:
    content = as_parquet(columns)
    assert len(content) <= MAX_BYTES
    (folder / "trade.parquet").write_bytes(content)
    source, found = open_data(folder, "trade.parquet", NOWHERE)
    assert source is None
    assert [problem.code for problem in found] == ["E0405"]
    assert said in found[0].says


@pytest.mark.parametrize("stored", [True, False], ids=["dictionaries", "plain columns"])
def test_a_value_that_is_stored_once_counts_in_every_row(folder: Path, *, stored: bool) -> None:
    pa = pytest.importorskip("pyarrow", reason="the extra `parquet` is not installed")
    rows = 20_000
    long = pa.DictionaryArray.from_arrays(pa.array([0] * rows, pa.int32()), pa.array(["x" * 1_000]))
    content = as_parquet({"year": ["1979"] * rows, "total": long}, store_schema=stored)
    assert len(content) < 5_000
    (folder / "trade.parquet").write_bytes(content)
    source, found = open_data(folder, "trade.parquet", NOWHERE)
    assert source is None
    assert [problem.code for problem in found] == ["E0405"]
    assert ("bytes of text" if stored else "at most 16,777,216 are read") in found[0].says


@pytest.mark.parametrize(
    ("value", "expected", "said"),
    [(b"\xff\xfe", "E0405", "a cell is not UTF-8"), (b"4\x1b[31m9", "E0007", "U+001B")],
)
def test_what_is_no_plain_text_in_a_parquet_file_is_refused(
    folder: Path, value: bytes, expected: str, said: str
) -> None:
    pa = pytest.importorskip("pyarrow", reason="the extra `parquet` is not installed")
    places = b"".join(number.to_bytes(4, "little") for number in (0, len(value)))
    cells = pa.Array.from_buffers(pa.string(), 1, [None, pa.py_buffer(places), pa.py_buffer(value)])
    (folder / "trade.parquet").write_bytes(as_parquet({"year": ["1979"], "total": cells}))
    source, found = open_data(folder, "trade.parquet", NOWHERE)
    assert source is None
    assert [problem.code for problem in found] == [expected]
    assert said in found[0].says


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such limits")
def test_the_child_limits_its_memory_and_its_time() -> None:
    content = as_parquet({"year": ["1979"], "total": [4.9]})
    program = (
        "import resource as r; from estimative.language import parquet; parquet.main();"
        "print(*(r.getrlimit(limit) for limit in (r.RLIMIT_AS, r.RLIMIT_CPU)))"
    )
    child = subprocess.run([sys.executable, "-c", program], input=content, capture_output=True, check=True)
    memory, seconds = (parquet_room.MAX_MEMORY,) * 2, (parquet_room.MAX_SECONDS,) * 2
    assert child.stdout.decode().splitlines()[-1] == f"{memory} {seconds}"


@pytest.mark.parametrize("at", [0, -12, -200])
def test_a_damaged_parquet_file_is_refused(folder: Path, at: int) -> None:
    """At its start, in its footer, and in the length of its footer."""
    content = bytearray(as_parquet({"year": ["1979", "1980"], "total": [4.9, 5.7]}))
    content[at : at + 8] = b"\x7f" * 8
    (folder / "trade.parquet").write_bytes(content)
    assert code(folder, "trade.parquet") == "E0405"


def test_without_the_extra_it_is_said_how_to_get_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing(_name: str) -> None:
        return None

    monkeypatch.setattr(parquet_room, "find_spec", nothing)
    (folder / "trade.parquet").write_bytes(b"PAR1")
    assert code(folder, "trade.parquet") == "E0407"


def test_the_child_takes_nothing_from_the_folder_it_is_started_in(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A module beside the estimate must not be mistaken for the library."""
    (folder / "pyarrow.py").write_text("open('ran', 'w').close()\n")
    (folder / "trade.parquet").write_bytes(as_parquet({"year": ["1979"], "total": [4.9]}))
    monkeypatch.chdir(folder)
    assert open_data(folder, "trade.parquet", NOWHERE)[0] is not None
    assert not (folder / "ran").exists()
