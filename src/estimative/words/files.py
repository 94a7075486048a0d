"""Reading of the package's own small tables: CSV with comment lines, TOML."""

from __future__ import annotations

import csv
import tomllib
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "data"


def rows(name: str) -> list[dict[str, str]]:
    """Rows of one of the tables, by column; lines that begin with # are left out.

    >>> [row["word"] for row in rows("standards/nato.csv")][:2]
    ['highly unlikely', 'unlikely']
    """
    with (FOLDER / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(line for line in lines if not line.startswith("#")))


@cache
def about(name: str) -> dict[str, dict[str, str]]:
    """Sections of ``sources.toml`` or ``standards.toml``: what is said about each source or standard."""
    with (FOLDER / name).open("rb") as file:
        return tomllib.load(file)
