"""Bad input that cannot lie in a folder: links, pipes, files of great size. Each is made in an empty folder."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING
from unittest.mock import patch

from support.made_documents import MADE_DOCUMENTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

HEADER = """estimate: tiny
title: A tiny estimate
as-of: 2020-01-01
horizon: 5 years
step: quarter
standard: icd-203
"""
TREND = HEADER + "trends:\n  rain: {says: Rain in spring, data: rain.csv}\n"
CONDITION = "conditions:\n  drought: {starts: yes}\n"


@contextmanager
def no_such_file(folder: Path) -> Iterator[None]:  # noqa: ARG001 - the file is what is not made
    """A name that no file has."""
    yield


@contextmanager
def not_a_plain_file(folder: Path) -> Iterator[None]:
    """A pipe in the place of a file; a link or a device inside a folder is refused likewise."""
    os.mkfifo(folder / "estimate.yaml")
    yield


@contextmanager
def folder_without_estimate(folder: Path) -> Iterator[None]:
    """A folder with notes only."""
    (folder / "estimate").mkdir()
    (folder / "estimate" / "notes.md").write_text("# Notes\n", encoding="utf-8")
    yield


@contextmanager
def file_too_large(folder: Path) -> Iterator[None]:
    """A file with one byte more than is read."""
    (folder / "estimate.yaml").write_text("#" * ((1 << 20) + 1), encoding="utf-8")
    yield


@contextmanager
def cannot_be_read(folder: Path) -> Iterator[None]:
    """A link to itself."""
    (folder / "estimate.yaml").symlink_to("estimate.yaml")
    yield


@contextmanager
def too_many_parts(folder: Path) -> Iterator[None]:
    """A list of fifty thousand letters."""
    text = HEADER + "note:\n" + "- a\n" * 50_000
    (folder / "estimate.yaml").write_text(text, encoding="utf-8")
    yield


@contextmanager
def too_many_files(folder: Path) -> Iterator[None]:
    """A folder with a hundred and one files."""
    (folder / "estimate").mkdir()
    for number in range(101):
        (folder / "estimate" / f"{number}.yaml").write_text(HEADER, encoding="utf-8")
    yield


@contextmanager
def expression_too_long(folder: Path) -> Iterator[None]:
    """A condition defined by a thousand others."""
    names = " or ".join(f"reason-{number}" for number in range(1_000))
    text = f"{HEADER}{CONDITION}  famine:\n    is: {names}\n"
    (folder / "estimate.yaml").write_text(text, encoding="utf-8")
    yield


@contextmanager
def data_not_plain(folder: Path) -> Iterator[None]:
    """A link in the place of a file of data."""
    (folder / "estimate.yaml").write_text(TREND, encoding="utf-8")
    (folder / "rain.csv").symlink_to("/etc/hostname")
    yield


@contextmanager
def data_too_large(folder: Path) -> Iterator[None]:
    """A file of data with one byte more than is read."""
    (folder / "estimate.yaml").write_text(TREND, encoding="utf-8")
    (folder / "rain.csv").write_text("#" * ((1 << 20) + 1), encoding="utf-8")
    yield


@contextmanager
def parquet_needs_extra(folder: Path) -> Iterator[None]:
    """A Parquet file where the library that reads it is not installed."""
    (folder / "estimate.yaml").write_text(TREND.replace(".csv", ".parquet"), encoding="utf-8")
    (folder / "rain.parquet").write_bytes(b"PAR1")
    with patch("estimative.language.parquet.find_spec", return_value=None):
        yield


@contextmanager
def too_many_rows(folder: Path) -> Iterator[None]:
    """A table with twenty thousand and one rows."""
    (folder / "estimate.yaml").write_text(TREND, encoding="utf-8")
    (folder / "rain.csv").write_text("year,millimetres\n" + "2000,50\n" * 20_001, encoding="utf-8")
    yield


MADE: dict[str, Callable[[Path], AbstractContextManager[None]]] = MADE_DOCUMENTS | {
    made.__name__: made
    for made in (
        no_such_file,
        not_a_plain_file,
        folder_without_estimate,
        file_too_large,
        cannot_be_read,
        too_many_parts,
        too_many_files,
        expression_too_long,
        data_not_plain,
        data_too_large,
        parquet_needs_extra,
        too_many_rows,
    )
}
"""What makes the bad input of a code, by the name of the code's function."""
