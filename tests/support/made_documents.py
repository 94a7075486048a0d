"""Documents that cannot lie in a folder: PDFs that mean harm, files of great size. Each is made beside an estimate."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING
from unittest.mock import patch

from estimative.sources.opening import MAX_BYTES
from estimative.sources.pdf import Limits
from estimative.sources.tables.cells import MOST_ROWS
from support import pdfs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

TEXT = "A failed harvest is likely."


def press(folder: Path, content: bytes) -> None:
    """The document of the source `press`."""
    (folder / "documents").mkdir()
    (folder / "documents" / "press.pdf").write_bytes(content)


@contextmanager
def cannot_be_opened(folder: Path) -> Iterator[None]:
    """A file that may not be read."""
    press(folder, pdfs.pdf([TEXT]))
    opened = os.open

    def refusing(path: Path, flags: int) -> int:
        if path.name == "press.pdf":
            raise PermissionError(13, "Permission denied")
        return opened(path, flags)

    with patch("os.open", refusing):
        yield


@contextmanager
def too_large(folder: Path) -> Iterator[None]:
    """A file with one byte more than is read."""
    press(folder, b"")
    with (folder / "documents" / "press.pdf").open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    yield


@contextmanager
def encrypted(folder: Path) -> Iterator[None]:
    """A PDF that opens with a password only."""
    press(folder, pdfs.encrypted())
    yield


@contextmanager
def damaged(folder: Path) -> Iterator[None]:
    """A PDF that breaks off."""
    press(folder, pdfs.pdf([TEXT])[:200])
    yield


@contextmanager
def takes_too_long(folder: Path) -> Iterator[None]:
    """A PDF of forms that draw one another twice, forty deep; here reading stops after two seconds."""
    press(folder, pdfs.never_finishes())
    # A fast machine takes a gigabyte in two seconds, and would be stopped for that.
    with patch("estimative.sources.pdf.USUAL", Limits(seconds=2, memory=4_000_000_000)):
        yield


@contextmanager
def expands_too_far(folder: Path) -> Iterator[None]:
    """A PDF of a few kilobytes with a million letters on its page; here reading stops at ten thousand."""
    press(folder, pdfs.bomb(1))
    with patch("estimative.sources.pdf.USUAL", Limits(characters=10_000)):
        yield


@contextmanager
def only_images(folder: Path) -> Iterator[None]:
    """A PDF of three pages without a letter."""
    press(folder, pdfs.pdf(["", "", ""]))
    yield


@contextmanager
def pages_without_text(folder: Path) -> Iterator[None]:
    """A PDF whose second page is blank."""
    press(folder, pdfs.pdf([TEXT, "", "Prices may rise."]))
    yield


@contextmanager
def too_many_pages(folder: Path) -> Iterator[None]:
    """A PDF of three pages, where reading stops after two."""
    press(folder, pdfs.pdf([TEXT, "Prices may rise.", "The end."]))
    with patch("estimative.sources.pdf.USUAL", Limits(pages=2)):
        yield


@contextmanager
def table_too_large(folder: Path) -> Iterator[None]:
    """A table with one row more than is read."""
    (folder / "table.csv").write_text(
        "year,total,exports,imports\n" + "1960,2,1,1\n" * MOST_ROWS, encoding="utf-8"
    )
    yield


MADE_DOCUMENTS: dict[str, Callable[[Path], AbstractContextManager[None]]] = {
    made.__name__: made
    for made in (
        cannot_be_opened,
        too_large,
        encrypted,
        damaged,
        takes_too_long,
        expands_too_far,
        only_images,
        pages_without_text,
        too_many_pages,
        table_too_large,
    )
}
"""What makes the documents of a code, by the name of the code's function."""
