"""Writes what is generated in the documentation: pages from tables, printed examples, pictures.

Run it as ``make docs``, or with the names of pages to write only their examples; tests fail where a page is
not what it would write.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))  # the examples lie with their tests

from support.docs import PAGES, commands_page, written  # noqa: E402 - after the path

OTHERS = sorted(path for path in Path(__file__).parent.glob("write_*.py") if path.name != Path(__file__).name)
"""Scripts beside this one that write a page or a picture each."""


def main(names: list[str]) -> None:
    """Write every page again, or the examples of some."""
    if not names:
        for script in OTHERS:
            subprocess.run([sys.executable, script], check=True)
        (ROOT / "docs" / "commands.md").write_text(commands_page(), "utf-8")
    for page in PAGES:
        if "```console" in page.read_text("utf-8") and (not names or page.name in names):
            with tempfile.TemporaryDirectory() as place:
                page.write_text(written(page, Path(place)), "utf-8")
            print(page.relative_to(ROOT))


if __name__ == "__main__":
    main(sys.argv[1:])
