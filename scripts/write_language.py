"""Writes the tables of keys in docs/language.md from the tables that the reader uses.

Run it as ``python scripts/write_language.py``; a test fails where the page is not what it would write.
"""

from __future__ import annotations

import re
from pathlib import Path

from estimative.language.keys import TABLES, Form, Table

PAGE = Path(__file__).parents[1] / "docs" / "language.md"

_PLACE = re.compile(r"(<!-- keys: (?P<name>[a-z-]+) -->\n).*?(<!-- end -->)", re.DOTALL)


def page(text: str) -> str:
    """The page with its tables of keys written anew."""
    return _PLACE.sub(lambda match: match[1] + _keys(TABLES[match["name"]]) + match[3], text)


def _keys(table: Table) -> str:
    """One table of keys, in Markdown."""
    lines = ["| key | value | |", "|---|---|---|"]
    for key in table.keys:
        form = key.form.value
        if key.words:
            form = ", ".join(f"`{word}`" for word in key.words)
        elif key.form is Form.SECTION:
            form = f"[{key.name}](#{_ANCHORS.get(key.name, key.name)})"
        needed = "**needed** " if key.required else ""
        lines.append(f"| `{key.name}` | {form} | {needed}{key.says} |")
    return "\n".join(lines) + "\n"


_ANCHORS = {
    "claims": "questions-and-claims",
    "questions": "questions-and-claims",
    "left-out": "what-is-left-out",
}
"""Headings of the page that are not called like their section."""


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
