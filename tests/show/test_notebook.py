"""In a notebook an answer is drawn, and its style stays inside it."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

import estimative
from estimative.estimate.queries import Probability
from estimative.questions.claims import ClaimAnswer
from support.docs import printed
from support.html import read
from support.questions import QUESTIONS, Question

if TYPE_CHECKING:
    from pathlib import Path

    from estimative.questions.futures import Futures

TEXT = """\
estimate: small
title: A small estimate
as-of: 2027
horizon: 1 year
step: quarter
standard: icd-203
conditions: {rain: {says: "It <b>rains</b>", becomes: {some-day: {likelihood: 30%}}}}
scales: {river: {levels: [low, high], starts: low, rises: {swells: {likelihood: likely, when: rain}}}}
claims: {dry: {says: It stays dry, test: P(ever rain) is unlikely}}
"""


@pytest.fixture(name="futures", scope="module")
def some_futures(tmp_path_factory: pytest.TempPathFactory) -> Futures:
    path: Path = tmp_path_factory.mktemp("small") / "small.yaml"
    path.write_text(TEXT, "utf-8")
    return estimative.prepare(estimative.check(path).sound(), size=estimative.Size(readings=64, futures=1024))


def test_answers_are_drawn_and_can_be_printed(futures: Futures) -> None:
    query, _ = estimative.query(futures.estimate, "P(ever rain)")
    assert query is not None
    shown = estimative.display(estimative.ask(futures, [query]), futures)
    assert "<svg" in shown._repr_html_()
    assert "unlikely [20–45%]" in str(shown)
    assert repr(shown) == str(shown)


def test_hinges_are_drawn_as_a_tornado(futures: Futures) -> None:
    query, _ = estimative.query(futures.estimate, "P(ever river is high)")
    assert isinstance(query, Probability)
    made = estimative.display(estimative.hinges(futures, [query]), futures)._repr_html_()
    assert 'aria-label="What it turns on: P(ever river is high)"' in made
    assert "in: river rises (swells)" in made


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.command)
def test_every_answer_can_be_displayed_and_says_what_its_command_says(
    question: Question, tmp_path: Path
) -> None:
    answer, futures = question.asked(tmp_path)
    made = estimative.display(answer, futures)  # type: ignore[arg-type] # every kind of answer there is
    code, output = printed(f"{question.line(tmp_path)} --format json")
    assert code == 0, output
    command = json.loads(output[output.index("{") :])
    assert made.shown.kind == command["answer"] == question.command
    assert [dict(row) for row in made.shown.rows] == command["rows"]
    html = made._repr_html_()
    assert html.startswith('<div class="estimative">')
    assert len(read(html).texts) > 3
    assert "<p>" in html or "<table>" in html


def test_the_twin_other_futures_say_something_else(tmp_path: Path) -> None:
    question = next(question for question in QUESTIONS if question.command == "ask")
    answer, futures = replace(question, futures=2_048).asked(tmp_path)
    _, output = printed(f"{question.line(tmp_path)} --format json")
    rows = estimative.display(answer, futures).shown.rows  # type: ignore[arg-type] # answers of `ask`
    assert [dict(row) for row in rows] != json.loads(output)["rows"]


def test_the_style_touches_nothing_outside(futures: Futures) -> None:
    made = estimative.display(estimative.forecast(futures), futures)._repr_html_()
    style = re.search(r"<style>(.*?)</style>", made, re.DOTALL)
    assert style
    assert style[1].startswith(".estimative {")
    assert style[1].count("{") == style[1].count("}")
    assert ":root" not in style[1]
    assert "It &lt;b&gt;rains&lt;/b&gt;" in made


def test_any_sequence_of_answers_is_shown_also_an_empty_one(futures: Futures) -> None:
    answers = estimative.ask(futures, ["P(ever rain)", "P(ever river is high)"])
    assert str(estimative.display(list(answers), futures)) == str(estimative.display(answers, futures))
    for empty in (estimative.ask(futures, []), list[ClaimAnswer]()):
        nothing = estimative.display(empty, futures)
        assert str(nothing).strip() == "Nothing was asked."
        assert "Nothing was asked." in nothing._repr_html_()


def test_what_is_no_answer_is_refused(futures: Futures) -> None:
    with pytest.raises(TypeError, match="ClaimAnswer and Forecast cannot"):
        estimative.display((*estimative.claims(futures), estimative.forecast(futures)), futures)  # type: ignore[arg-type] # on purpose
    with pytest.raises(
        TypeError, match=r"NoneType cannot be displayed; what can are answers: .*Watch; .*Answer"
    ):
        estimative.display(None, futures)  # type: ignore[arg-type] # on purpose
