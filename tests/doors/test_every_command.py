"""All commands alike: each is a question or not, and each answer can be had as a page, whole by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import estimative
from estimative.doors import cli
from support.docs import printed
from support.html import asks_for_nothing, read
from support.questions import EXAMPLES, OTHERS, QUESTIONS, WITHOUT_ANSWER, Question

if TYPE_CHECKING:
    from pathlib import Path


def test_every_command_is_among_them() -> None:
    known = [*(question.command for question in QUESTIONS), *OTHERS, *WITHOUT_ANSWER]
    assert sorted(known) == sorted(cli.FILES), "tests/support/questions.py has every command once"


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.command)
def test_a_question_is_answered_on_a_page_of_its_own(question: Question, tmp_path: Path) -> None:
    made = page(question.line(tmp_path), tmp_path)
    assert asks_for_nothing(made)
    title = estimative.check(EXAMPLES / question.example).sound().title
    texts = read(made).texts
    assert any(words.endswith(title) for words in texts), "the page says which estimate was asked"
    assert question.command == "run" or any(f"estimative {question.command}." in text for text in texts[-3:])


@pytest.mark.parametrize("line", [line for lines in OTHERS.values() for line in lines])
def test_what_is_no_question_has_a_page_too(line: str, tmp_path: Path) -> None:
    made = page(f"estimative {line}", tmp_path)
    assert asks_for_nothing(made)
    assert f": estimative {line.split(maxsplit=1)[0]}.</p></footer>" in made


def page(line: str, folder: Path) -> str:
    """The page that a command writes beside what it prints."""
    code, output = printed(f"{line} --html {folder / 'page.html'}")
    assert code == 0, output
    assert f"Page: {folder / 'page.html'}" in output.replace("\n", "")
    made = (folder / "page.html").read_text("utf-8")
    elements = [name for name, _ in read(made).elements]
    assert elements.count("h1") == 1
    assert {"p", "table"} & set(elements[elements.index("h1") :])
    return made


def test_a_page_that_cannot_be_written_is_said_before_anything_is_simulated(tmp_path: Path) -> None:
    code, output = printed(f"estimative run {EXAMPLES / 'harvest'} --html {tmp_path / 'none' / 'page.html'}")
    assert code == 2
    assert "there is no folder" in output


def test_the_text_of_an_estimate_has_no_page(tmp_path: Path) -> None:
    code, output = printed(
        f"estimative stage estimate {EXAMPLES / 'harvest'} --html {tmp_path / 'page.html'}"
    )
    assert code == 2
    assert "has no other form" in output
