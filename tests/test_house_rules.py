"""The house rules that no linter knows: short files that say what they are for, and nothing private in them."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LONGEST = 400
TRACKED = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
FILES = [ROOT / name for name in TRACKED.stdout.splitlines() if (ROOT / name).is_file()]
PYTHON = [file for file in FILES if file.suffix == ".py"]
DATA = [
    file
    for file in FILES
    if file.suffix in {".yaml", ".yml", ".toml", ".lark"} and ROOT / "tests" not in file.parents
]
"""Files of the project itself; broken estimates in tests are inputs, byte for byte."""


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


@pytest.mark.parametrize("file", DATA, ids=_name)
def test_a_data_file_says_in_its_first_line_what_it_is_for(file: Path) -> None:
    assert file.read_text("utf-8").lstrip("\ufeff").startswith(("#", "//"))


def test_nothing_is_left_for_later() -> None:
    words = [
        first + last
        for first, last in (("TO", "DO"), ("FIX", "ME"), ("XX", "X"), ("NotImplemented", "Error"))
    ]
    for file in PYTHON:
        text = file.read_text("utf-8")
        assert not [word for word in words if word in text], _name(file)


def test_every_silenced_rule_has_its_reason_beside_it() -> None:
    silenced = re.compile(r"#\s*(?:noqa|type:\s*ignore)(?::\s*[A-Z0-9, ]+|\[[a-z, -]+\])?(.*)")
    for file in PYTHON:
        for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
            found = silenced.search(line)
            assert not found or len(found[1].strip(" -#")) >= 5, f"{_name(file)}:{number}"
