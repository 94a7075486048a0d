"""Writes the rules on the page of the audit from the rules' docstrings and the examples in tests/audit.

Run it as ``python scripts/write_audit.py``; a test fails where the page is not what it would write.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))  # the examples lie with their test

from support.audits import PAGE, page  # noqa: E402 - after the path


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), "utf-8")


if __name__ == "__main__":
    main()
