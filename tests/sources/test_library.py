"""The documents of sources in a folder: by file, by digest, by id."""

from __future__ import annotations

import os
import sys
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

from estimative.estimate.nodes import Document
from estimative.sources import library
from estimative.sources.library import find_file, open_source

if TYPE_CHECKING:
    from pathlib import Path


def test_a_named_file_comes_first_then_the_digest_then_the_id(tmp_path: Path) -> None:
    for name in ("press.txt", "scan 12.txt", "named.txt"):
        (tmp_path / name).write_text(name, encoding="utf-8")
    digest = sha256(b"scan 12.txt").hexdigest()
    by_file = find_file(Document("press", file="named.txt", digest=digest), tmp_path)
    by_digest = find_file(Document("press", digest=digest), tmp_path)
    by_id = find_file(Document("press", digest="0" * 64), tmp_path)
    nowhere = find_file(Document("other"), tmp_path)
    assert [path and path.name for path in (by_file, by_digest, by_id, nowhere)] == [
        "named.txt",
        "scan 12.txt",
        "press.txt",
        None,
    ]


def test_a_file_outside_the_folder_is_not_looked_for(tmp_path: Path) -> None:
    (tmp_path / "inside").mkdir()
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    assert find_file(Document("press", file="../secret.txt"), tmp_path / "inside") is None


def test_the_page_table_of_a_source_is_used(tmp_path: Path) -> None:
    path = tmp_path / "press.txt"
    path.write_text("one\ntwo\nthree\n", encoding="utf-8")
    paged, found = open_source(Document("press", pages=(("7", 1), ("8", 3))), path)
    assert paged is not None
    assert [page.name for page in paged.pages] == ["7", "8"]
    assert found == ()


def test_a_file_over_the_limit_is_not_read_for_its_digest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "scan.txt").write_bytes(b"12345")
    document = Document("press", digest=sha256(b"12345").hexdigest())
    monkeypatch.setattr(library, "MAX_BYTES", 5)
    assert find_file(document, tmp_path) == tmp_path / "scan.txt"
    monkeypatch.setattr(library, "MAX_BYTES", 4)
    assert find_file(document, tmp_path) is None


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such files")
def test_pipes_and_files_that_cannot_be_read_are_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.mkfifo(tmp_path / "a")
    (tmp_path / "b").write_bytes(b"closed")
    (tmp_path / "c").write_bytes(b"open")
    digest = sha256(b"open").hexdigest()
    opened = os.open

    def closed(path: Path, *more: int) -> int:
        if path.name == "b":
            raise PermissionError(13, "Permission denied")
        return opened(path, *more)

    monkeypatch.setattr(os, "open", closed)
    assert find_file(Document("press", digest=digest), tmp_path) == tmp_path / "c"
    assert find_file(Document("press", digest=digest), tmp_path / "nowhere") is None
