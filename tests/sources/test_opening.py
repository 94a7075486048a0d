"""Documents opened: text in its encodings, and files that are none."""

from __future__ import annotations

import os
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

from estimative.sources import opening
from estimative.sources.opening import open_document
from support import pdfs
from support.printed import book

if TYPE_CHECKING:
    from pathlib import Path


def codes(path: Path) -> list[str]:
    document, found = open_document(path)
    assert (document is None) == any(problem.severity == "error" for problem in found)
    return [problem.code for problem in found]


def written(folder: Path, content: bytes) -> Path:
    path = folder / "a.txt"
    path.write_bytes(content)
    return path


def test_a_text_keeps_its_digest(tmp_path: Path) -> None:
    content = book(range(1, 9)).encode()
    document, found = open_document(written(tmp_path, content))
    assert found == ()
    assert document is not None
    assert document.digest == sha256(content).hexdigest()
    assert [page.name for page in document.pages] == [str(number) for number in range(1, 9)]


@pytest.mark.parametrize(
    ("encoding", "expected"),
    [("utf-8", []), ("utf-8-sig", []), ("utf-16", []), ("cp1252", ["W0510"])],
)
def test_encodings(tmp_path: Path, encoding: str, expected: list[str]) -> None:
    text = "Caf\N{LATIN SMALL LETTER E WITH ACUTE} may open.\n" + book(range(1, 9))
    document, found = open_document(written(tmp_path, text.encode(encoding)))
    assert document is not None
    assert document.source.text == text
    assert [problem.code for problem in found] == expected


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "E0502"),
        (b" \n\n ", "E0502"),
        (b"PK\x03\x04 a Word file", "E0503"),
        (b"\x89PNG and so on", "E0503"),
        (b"{\\rtf1 text}", "E0503"),
        (b"text\x00with zeros", "E0503"),
        (pdfs.encrypted(), "E0504"),
    ],
    ids=["empty", "blank", "zip", "image", "rtf", "zeros", "locked"],
)
def test_what_is_no_document(tmp_path: Path, content: bytes, code: str) -> None:
    assert codes(written(tmp_path, content)) == [code]


def test_a_pdf_is_known_by_its_beginning_not_by_its_name(tmp_path: Path) -> None:
    document, _ = open_document(written(tmp_path, b"junk before\n" + pdfs.pdf(["It may rain."])))
    assert document is not None
    assert document.source.text == "It may rain."


def test_a_missing_file(tmp_path: Path) -> None:
    assert codes(tmp_path / "nothing.txt") == ["E0500"]


def test_a_folder_and_a_pipe_are_no_documents(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert codes(tmp_path) == ["E0500"]
    assert codes(tmp_path / "pipe") == ["E0500"]


def test_a_name_with_a_zero_byte(tmp_path: Path) -> None:
    assert codes(tmp_path / "a\0b") == ["E0500"]


def test_a_file_at_the_limit_is_read_and_one_past_it_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "MAX_BYTES", 100)
    assert codes(written(tmp_path, b"a" * 100)) == ["W0511"]
    assert codes(written(tmp_path, b"a" * 101)) == ["E0501"]
