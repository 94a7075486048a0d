"""The files of an estimate: one file, or all YAML files directly in a folder, plain files only."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from estimative.language.problems import reading as problems
from estimative.places.plain_files import kind_at, read_plain
from estimative.places.source import Source

if TYPE_CHECKING:
    from estimative.places.problem import Problem

SHIPPED = Path(__file__).parents[1] / "estimates"
"""Folder of the estimates that come with the package."""

MAX_BYTES = 1 << 20
"""Size of one file."""
MAX_FILES = 100
"""Files of one estimate."""
ENDINGS = (".yaml", ".yml")


def open_estimate(path: Path) -> tuple[tuple[Source, ...], Path, tuple[Problem, ...]]:
    """Texts of an estimate's files in the order of their names, its folder, and what could not be read.

    A link is followed where the analyst names it, and refused inside a folder.
    """
    nowhere = Source(_name(path), "").span(0, 0)
    if kind_at(path, follow=True) != "folder":
        source, found = _open(path, follow=True)
        return (() if source is None else (source,)), path.parent, found
    try:
        paths = sorted(p for p in path.iterdir() if p.suffix in ENDINGS and not p.name.startswith("."))
    except OSError as error:
        return (
            (),
            path,
            (problems.cannot_be_read(nowhere, str(path), (error.strerror or str(error)).lower()),),
        )
    if not paths:
        return (), path, (problems.folder_without_estimate(nowhere, str(path)),)
    if len(paths) > MAX_FILES:
        return (), path, (problems.too_many_files(nowhere, len(paths), MAX_FILES),)
    opened = [_open(inside, follow=False) for inside in paths]
    sources = tuple(source for source, _ in opened if source is not None)
    return sources, path, tuple(problem for _, found in opened for problem in found)


def decode(name: str, content: bytes) -> tuple[Source | None, tuple[Problem, ...]]:
    """Text of the bytes of a file, which must be UTF-8."""
    empty = Source(name, "").span(0, 0)
    if len(content) > MAX_BYTES:
        return None, (problems.file_too_large(empty, MAX_BYTES),)
    if content[:2] in {b"\xff\xfe", b"\xfe\xff"} or b"\x00" in content[:4]:
        return None, (problems.not_utf8(empty, "it looks like UTF-16 or UTF-32"),)
    try:
        return Source(name, content.decode("utf-8")), ()
    except UnicodeDecodeError as error:
        before = Source(name, content[: error.start].decode("utf-8") + "\ufffd")
        span = before.span(len(before.text) - 1)
        return None, (problems.not_utf8(span, f"the byte {content[error.start]:#04x} makes no letter here"),)


def _open(path: Path, *, follow: bool) -> tuple[Source | None, tuple[Problem, ...]]:
    """Text of one file, or what keeps it from being read."""
    nowhere, name = Source(_name(path), "").span(0, 0), str(path)
    content = read_plain(path, MAX_BYTES, follow=follow)
    if isinstance(content, bytes):
        return decode(_name(path), content)
    if content.kind:
        return None, (problems.not_a_plain_file(nowhere, name, content.kind),)
    if content.size:
        return None, (problems.file_too_large(nowhere, MAX_BYTES),)
    if content.is_missing:
        return None, (problems.no_such_file(nowhere, name),)
    return None, (problems.cannot_be_read(nowhere, name, content.reason.lower()),)


def _name(path: Path) -> str:
    """A file's path as it was given; of a shipped one from the estimate's own name on, wherever it is installed."""
    return str(path.relative_to(SHIPPED)) if path.is_relative_to(SHIPPED) else str(path)
