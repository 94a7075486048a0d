"""Writes src/estimative/language/grammar.json, the parser's tables, from the grammar beside it.

Run it as ``python scripts/write_grammar.py``; a test fails where the file is not what it would write.
"""

from __future__ import annotations

from pathlib import Path

from estimative.language.parser import TABLES, tables

FILE = Path(__file__).parents[1] / "src" / "estimative" / "language" / TABLES


def main() -> None:
    """Write the tables."""
    FILE.write_text(tables(), encoding="utf-8")
    print(f"{FILE.name}: {FILE.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
