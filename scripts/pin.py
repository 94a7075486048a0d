"""Chooses the newest versions of everything the project needs, and pins them in constraints.txt.

Run it as ``make pin``: it installs the project with all its extras into a fresh environment and writes down what
came, by name and version only.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).parents[1]
HEAD = "# Versions that the project is developed with; `make pin` writes them anew.\n"


def main() -> None:
    """Write constraints.txt."""
    with tempfile.TemporaryDirectory() as place:
        venv.create(place, with_pip=True)
        python = Path(place) / "bin" / "python"
        pip = [str(python), "-m", "pip", "--disable-pip-version-check"]
        subprocess.run([*pip, "install", "--quiet", f"{ROOT}[dev,cluster,parquet]"], check=True)
        frozen = subprocess.run(
            [*pip, "freeze", "--exclude", "estimative"], check=True, capture_output=True, text=True
        )
    (ROOT / "constraints.txt").write_text(HEAD + frozen.stdout, "utf-8")
    sys.stdout.write(frozen.stdout)


if __name__ == "__main__":
    main()
