"""Plain files: read whole within a limit, or the one reason why not; nothing is raised."""

from __future__ import annotations

import os
import stat
import sys
from typing import TYPE_CHECKING

import pytest

from estimative.places import plain_files
from estimative.places.plain_files import Unread, kind_at, names_in, read_plain

if TYPE_CHECKING:
    from pathlib import Path


def refuse(*_: object, **__: object) -> None:
    raise PermissionError(13, "Permission denied")


def test_a_plain_file_is_read_up_to_its_limit(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"12345")
    assert read_plain(tmp_path / "a", 5, follow=False) == b"12345"
    assert read_plain(tmp_path / "a", 4, follow=False) == Unread(size=5)


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such files")
def test_what_is_no_plain_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"12345")
    (tmp_path / "link").symlink_to(tmp_path / "a")
    (tmp_path / "circle").symlink_to(tmp_path / "circle")
    os.mkfifo(tmp_path / "pipe")
    assert read_plain(tmp_path / "link", 5, follow=True) == b"12345"
    for name, kind in {"link": "link", "circle": "link", "pipe": "pipe", ".": "folder"}.items():
        assert read_plain(tmp_path / name, 5, follow=False) == Unread(kind=kind)
        assert kind_at(tmp_path / name, follow=False) == kind
    assert read_plain(tmp_path / "pipe", 5, follow=True) == Unread(kind="pipe")
    assert kind_at(tmp_path / "link", follow=True) == kind_at(tmp_path / "a", follow=False) == "file"


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such files")
@pytest.mark.parametrize("came", ["pipe", "link"])
def test_what_comes_in_the_place_of_a_file_is_not_read(
    came: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "secret").write_bytes(b"secret")
    path = tmp_path / "a"
    if came == "pipe":
        os.mkfifo(path)
    else:
        path.symlink_to(tmp_path / "secret")
    seen = [stat.S_IFREG]
    kind = plain_files._kind

    def looked_at(status: os.stat_result) -> str:
        return "" if seen and seen.pop() else kind(status)

    monkeypatch.setattr(plain_files, "_kind", looked_at)
    found = read_plain(path, 10, follow=False)
    assert isinstance(found, Unread)
    assert found.kind == "pipe" or found.reason


def test_what_cannot_be_read_has_its_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a").write_bytes(b"12345")
    assert read_plain(tmp_path / "b", 5, follow=False) == Unread(is_missing=True)
    assert read_plain(tmp_path / "a" / "b", 5, follow=False) == Unread(is_missing=True)
    for name in ("a\0b", "a" * 5_000):
        assert isinstance(found := read_plain(tmp_path / name, 5, follow=False), Unread)
        assert found.reason
        assert kind_at(tmp_path / name, follow=True) == ""
    monkeypatch.setattr(os, "open", refuse)
    assert read_plain(tmp_path / "a", 5, follow=False) == Unread(reason="Permission denied")


def test_names_of_a_folder_are_in_order_and_none_where_it_is_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("b", "a"):
        (tmp_path / name).touch()
    assert names_in(tmp_path) == ("a", "b")
    assert names_in(tmp_path / "a") == names_in(tmp_path / "c") == ()
    monkeypatch.setattr(os, "listdir", refuse)
    assert names_in(tmp_path) == ()
