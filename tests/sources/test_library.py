"""The documents of sources in a folder: by file, by digest, by id."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from estimative.estimate.nodes import Document
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
