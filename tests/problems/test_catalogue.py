"""Every problem is documented by an example, and says exactly what its example says.

With ESTIMATIVE_ACCEPT=1 in the environment the texts are written anew instead; read them before you keep them.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from estimative.places.excerpt import to_json
from support.catalogue import FOLDER, Code, as_text, codes, problems_in
from support.made_problems import MADE

ACCEPT = os.environ.get("ESTIMATIVE_ACCEPT") == "1"


@pytest.mark.parametrize("code", codes(), ids=lambda code: code.code)
def test_says_exactly_what_its_folder_says(
    code: Code, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if code.folder.exists():
        shutil.copytree(code.folder, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    if code.function in MADE:
        with MADE[code.function](Path()):
            found = problems_in(Path())
    else:
        found = problems_in(Path())
    text = as_text(found)
    expected = code.folder / "expected.txt"
    if ACCEPT:
        expected.parent.mkdir(exist_ok=True)
        expected.write_text(text, encoding="utf-8")
    assert text == expected.read_text(encoding="utf-8")
    assert {problem.code for problem in found} == {code.code}, "one mistake, one problem"
    assert code.code in to_json(found)


def test_every_folder_has_a_code() -> None:
    folders = {path.name for path in FOLDER.iterdir() if path.is_dir() and path.name[0] in "EWN"}
    assert folders == {code.folder.name for code in codes()}


def test_codes_are_unique_and_their_numbers_too() -> None:
    numbers = [code.code[1:] for code in codes()]
    assert len(numbers) == len(set(numbers))
    assert len(numbers) >= 60


@pytest.mark.parametrize("code", codes(), ids=lambda code: code.code)
def test_every_code_says_why_it_matters(code: Code) -> None:
    assert code.why.endswith(".")
    assert "\n" not in code.why
