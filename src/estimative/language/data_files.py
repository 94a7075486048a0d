"""Data beside an estimate: opened inside its folder only, plain files only, and never without a limit."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from estimative.language.characters import check_characters
from estimative.language.nearest import nearest
from estimative.language.problems import data as problems
from estimative.places.plain_files import kind_at, names_in, read_plain
from estimative.places.problem import Problem
from estimative.places.source import Source

if TYPE_CHECKING:
    from pathlib import Path

    from estimative.places.source import Span

MAX_BYTES = 1 << 20
"""Size of a data file, as of every file of an estimate."""
ENDINGS = (".csv", ".parquet")

_OUTSIDE = re.compile(r"[a-zA-Z]:|[a-zA-Z][a-zA-Z0-9+.-]*://|~|/|.*\\|(?:.*/)?\.\.(?:/|\Z)", re.DOTALL)


def open_data(folder: Path, name: str, span: Span) -> tuple[Source | None, tuple[Problem, ...]]:
    """Text of a file in an estimate's folder, or what keeps it from being read; `span` is where it is named.

    A Parquet file is turned into CSV text by a child process, and read like one from there on.
    """
    if not name or "\0" in name or _OUTSIDE.match(name):
        return None, (problems.data_outside(span, name),)
    if not name.endswith(ENDINGS):
        return None, (problems.data_of_unknown_kind(span, name),)
    *above, last = PurePosixPath(name).parts
    inside = folder
    for part in above:
        inside /= part
        kind = kind_at(inside, follow=False)
        if kind not in {"folder", "file", ""}:
            return None, (problems.data_not_plain(span, name, kind),)
    path = inside / last
    content = read_plain(path, MAX_BYTES, follow=False)
    if isinstance(content, bytes):
        return _text(str(path), name, content, span)
    if content.kind:
        return None, (problems.data_not_plain(span, name, content.kind),)
    if content.size:
        return None, (problems.data_too_large(span, name, content.size, MAX_BYTES),)
    if content.is_missing:
        return None, (problems.data_not_found(span, name, _nearest(folder, name)),)
    return None, (problems.data_cannot_be_read(span, name, content.reason),)


def _text(path: str, name: str, content: bytes, span: Span) -> tuple[Source | None, tuple[Problem, ...]]:
    """Text of the bytes of a file, without characters that no table needs."""
    decode = _from_parquet if name.endswith(".parquet") else _from_csv
    source = decode(path, name, content, span)
    if isinstance(source, Problem):
        return None, (source,)
    refused = tuple(p for p in check_characters(source) if p.severity == "error")
    return (None if refused else source), refused


def _from_csv(path: str, name: str, content: bytes, span: Span) -> Source | Problem:
    try:
        return Source(path, content.decode("utf-8"))
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        return problems.data_cannot_be_read(span, name, f"line {line} is not in UTF-8")


def _from_parquet(path: str, name: str, content: bytes, span: Span) -> Source | Problem:
    """The CSV text of a Parquet file."""
    from estimative.language import parquet  # noqa: PLC0415 - few need it, and it needs much

    try:
        return Source(f"{path} (as CSV)", parquet.parquet_as_csv(content))
    except parquet.MissingExtraError:
        return problems.parquet_needs_extra(span, name)
    except parquet.UnreadableError as error:
        return problems.data_cannot_be_read(span, name, str(error))


def _nearest(folder: Path, name: str) -> tuple[str, ...]:
    """Data files in the folder whose names are near to this one."""
    there = [known for known in names_in(folder) if known.endswith(ENDINGS)]
    return nearest(name, there, most=3, least_alike=60)
