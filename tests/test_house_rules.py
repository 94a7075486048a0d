"""The house rules that no linter knows: short files that say what they are for, and nothing private in them."""

from __future__ import annotations

import ast
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LONGEST = 400
TRACKED = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
FILES = [ROOT / name for name in TRACKED.stdout.splitlines() if (ROOT / name).is_file()]
PYTHON = [file for file in FILES if file.suffix == ".py"]


def _name(file: Path) -> str:
    return str(file.relative_to(ROOT))


@pytest.mark.parametrize("file", PYTHON, ids=_name)
def test_a_file_has_one_idea_and_says_which(file: Path) -> None:
    text = file.read_text("utf-8")
    assert text.count("\n") < LONGEST
    said = ast.get_docstring(ast.parse(text))
    assert said, "the first line says what the file is for"
    assert text.startswith(('"""', 'r"""'))
    assert said.splitlines()[0].endswith((".", "?", ":"))


@pytest.mark.parametrize(
    "file", [f for f in FILES if f.suffix in {".yaml", ".yml", ".toml", ".lark"}], ids=_name
)
def test_a_data_file_says_in_its_first_line_what_it_is_for(file: Path) -> None:
    """Broken estimates of the catalogue are inputs, byte for byte."""
    if "tests" in file.parts:
        pytest.skip("an input of a test")
    assert file.read_text("utf-8").lstrip("\ufeff").startswith(("#", "//"))
