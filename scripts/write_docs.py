"""Writes what is generated in the documentation: the reference of commands, printed examples, pictures.

Run it as ``make docs``; tests fail where a page is not what it would write.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))  # the examples lie with their tests

from support.docs import PAGES, commands_page, written  # noqa: E402 - after the path


def main() -> None:
    """Write every page again."""
    (ROOT / "docs" / "commands.md").write_text(commands_page(), "utf-8")
    for page in PAGES:
        if "```console" in page.read_text("utf-8"):
            with tempfile.TemporaryDirectory() as place:
                page.write_text(written(page, Path(place)), "utf-8")
            print(page.relative_to(ROOT))


if __name__ == "__main__":
    main()
