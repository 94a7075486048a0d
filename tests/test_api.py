"""The package's own names: every question is there, under one name everywhere, and cheap until it is used."""

from __future__ import annotations

import ast
import inspect
import pydoc
import re
import subprocess
import sys
from pathlib import Path

import pytest

import estimative
from estimative import pipeline
from estimative.doors import cli
from support.docs import PAGES, ROOT, examples
from support.questions import OTHERS, QUESTIONS, WITHOUT_ANSWER, Question

COMMANDS = [name for name in cli.FILES if name not in OTHERS and name not in WITHOUT_ANSWER]
"""The questions, by the table of commands."""

PAGE = (ROOT / "docs" / "python.md").read_text("utf-8")
TABLE = {
    match[1]: (match[2], match[3], match[4])
    for match in re.finditer(
        r"^\|[^|]+\| `([\w-]+)` \| `(\w+)\(([\w, ]+)\)` \|[^|]+\| \[[^]]+\]\(([\w.-]+)\) \|$",
        PAGE,
        re.MULTILINE,
    )
}
"""Function, arguments and page of each question, by its command, as the page says."""

SESSIONS = "\n".join(
    example.text for page in PAGES for example in examples(page) if example.language == "python"
)
CONSOLES = {
    page.name: "\n".join(example.text for example in examples(page) if example.language == "console")
    for page in PAGES
}


def test_the_page_has_every_question_and_nothing_else() -> None:
    assert sorted(TABLE) == sorted(COMMANDS)
    assert sorted(question.command for question in QUESTIONS) == sorted(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_question_has_one_name_everywhere(command: str) -> None:
    name = command.replace("-", "_")
    function, arguments, _ = TABLE[command]
    assert function == name
    assert getattr(estimative, name) is getattr(pipeline, name)
    assert ", ".join(inspect.signature(getattr(estimative, name)).parameters) == arguments


@pytest.mark.parametrize("command", COMMANDS)
def test_a_question_has_a_page_and_examples(command: str) -> None:
    function, _, page = TABLE[command]
    assert f"$ estimative {command} " in CONSOLES[page], "its page shows its command"
    assert re.search(rf"\bestimative\.{function}\(", SESSIONS), "a session in Python asks it"


@pytest.mark.parametrize("name", sorted(estimative._PLACES))
def test_every_name_leads_to_something_documented(name: str) -> None:
    assert name in dir(estimative)
    assert getattr(estimative, name).__doc__
    assert name == "display" or name in {"Size", *vars(pipeline)}
    assert re.search(rf"`(estimative\.)?{name}\b", PAGE) or f"estimative.{name}(" in PAGE, "the page names it"


def test_help_lists_every_name_with_what_it_answers() -> None:
    page = pydoc.plain(pydoc.render_doc(estimative))
    for name in estimative._PLACES:
        assert re.search(rf"^    (class )?{name}\(", page, re.MULTILINE), name
    assert "Which claims follow" in page
    assert alone("from estimative import *; print(callable(ask), callable(audit))") == "True True"


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.command)
def test_an_answer_stands_on_a_line_or_two(question: Question, tmp_path: Path) -> None:
    answer, futures = question.asked(tmp_path)
    for one in answer if isinstance(answer, tuple) else (answer,):
        assert repr(one).startswith(f"{type(one).__name__}(")
        assert "\n" not in repr(one)
        assert len(repr(one)) < 600
    size = f"64 readings x {question.futures:,} futures"
    assert repr(futures) == f"Futures({question.example}, readers, {size}, seed 1984)"


def test_what_was_read_stands_on_a_line(tmp_path: Path) -> None:
    checked = estimative.check("soviet-dprk-1984")
    assert repr(checked) == f"Checked(estimate={checked.estimate!r}, problems=())"
    assert repr(checked.estimate).startswith("Estimate(soviet-dprk-1984: ")
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text("estimate: wrong\n" + "# a long file\n" * 1_000, "utf-8")
    assert "a long file" not in repr(estimative.check(wrong).problems)


def test_a_question_may_have_the_name_of_a_room() -> None:
    # The import of the room `estimative.audit` would put the room in the question's place.
    code = (
        "import estimative; first = estimative.audit; import estimative.audit.audit; import sys;"
        "print(first is estimative.audit, callable(first), sys.modules['estimative.audit'].__name__)"
    )
    assert alone(code) == "True True estimative.audit"


def test_importing_the_package_imports_nothing_else() -> None:
    heavy = ("numpy", "numba", "lark", "rich", "estimative.pipeline")
    assert alone(f"import sys, estimative; print([m for m in {heavy} if m in sys.modules])") == "[]"


def alone(code: str) -> str:
    """What code prints in a Python of its own."""
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return run.stdout.strip()


def test_a_wrong_name_is_an_ordinary_attribute_error() -> None:
    with pytest.raises(AttributeError, match="forcast"):
        getattr(estimative, "forcast")  # noqa: B009 - a wrong name on purpose


def asked_directly(text: str) -> list[str]:
    """Functions of the rooms of questions that a command's file imports when it runs, and that the pipeline has."""
    rooms = ("estimative.questions.", "estimative.audit.", "estimative.sources.", "estimative.record.")
    names = {"ask", "judge_claims", "tell", "overview", *(command.replace("-", "_") for command in COMMANDS)}
    tree = ast.parse(text)
    types = {
        id(node)
        for block in ast.walk(tree)
        if isinstance(block, ast.If) and ast.unparse(block.test) == "TYPE_CHECKING"
        for node in ast.walk(block)
    }
    return [
        f"{node.module}.{one.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and id(node) not in types
        for one in node.names
        if node.module and node.module.startswith(rooms) and one.name in names
    ]


@pytest.mark.parametrize("path", sorted(Path(cli.__file__).parent.glob("*.py")), ids=lambda path: path.stem)
def test_commands_ask_through_the_pipeline(path: Path) -> None:
    assert asked_directly(path.read_text("utf-8")) == []


def test_the_twin_a_command_that_asks_by_itself_is_seen() -> None:
    text = "def why():\n    from estimative.questions.why import why as found_why\n"
    assert asked_directly(text) == ["estimative.questions.why.why"]
