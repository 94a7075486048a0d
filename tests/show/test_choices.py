"""Choices as blocks: what is said of options, beliefs and turning points."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from estimative.questions.choices import ChoiceAnswer, Choices, OptionAnswer
from estimative.questions.turning import HasEffect, IsAt, RanksAbove, Turn
from estimative.show.blocks import Mark, Paragraph, Part, Picture, Table, plain
from estimative.show.choice_rows import change_text
from estimative.show.choices import MOST_TURNS, choices_shown
from estimative.show.figures import Areas
from estimative.show.setting import Setting

SETTING = Setting("readers", 200, 100, 1984)

BAN = OptionAnswer(
    name="ban",
    available=True,
    acceptability=0.6,
    taken=0.7,
    central=np.array([0.8, 0.2]),
    small=0.4,
    dominated_by=None,
    always_dominated=False,
)
SOME = replace(BAN, name="some", acceptability=0.4, taken=0.3, central=np.array([0.7, 0.3]), small=0.6)
ALL = replace(BAN, name="all", acceptability=0.0, taken=0.0, central=None, small=None, dominated_by="some")

HELD = Turn(IsAt("granted", "yes"), np.array([0.6, 0.4, 0]), np.array([0.1, 0.9, 0]), 1, turns=True)
SWAP = Turn(RanksAbove("cost", "say"), np.array([0.6, 0.4, 0]), np.array([0.5, 0.5, 0]), 0, turns=False)

LINE = ChoiceAnswer(
    name="line",
    says="What arms Moscow lets Pyongyang have",
    actor="ussr",
    starts="ban",
    interests=("say", "cost"),
    centroid=np.array([0.75, 0.25]),
    small=0.5,
    options=(BAN, SOME, ALL),
    dates=(date(1984, 9, 30), date(1985, 9, 30)),
    acceptability=np.array([[0.6, 0.4, 0], [0.2, 0.8, 0]]),
    in_force=np.array([[1, 0, 0], [0.5, 0.5, 0]]),
    turns=(HELD, SWAP),
    never_changes=False,
)


def blocks_of(one: ChoiceAnswer) -> tuple[Part, list[Table]]:
    shown = choices_shown(Choices("readers", 200, 100, (one,)), SETTING)
    (part,) = (block for block in shown.blocks if isinstance(block, Part))
    return part, [block for block in part.blocks if isinstance(block, Table)]


def texts(part: Part) -> str:
    return " ".join(plain(block.words) for block in part.blocks if isinstance(block, Paragraph))


def test_a_choice_is_summed_up_in_a_sentence() -> None:
    part, _ = blocks_of(LINE)
    assert "At as-of ussr has ban and in 60% of readings stays with ban." in texts(part)
    moves = replace(LINE, options=(replace(BAN, acceptability=0.1), replace(SOME, acceptability=0.9), ALL))
    assert "in 90% of readings would move to some; in 70% it would stay" in texts(blocks_of(moves)[0])


def test_options_are_shown_with_what_is_odd_about_them() -> None:
    _, (options, *_) = blocks_of(LINE)
    assert options.rows[0][:4] == ("ban", "60%", "70%", "20%")
    remark = options.rows[2][4]
    assert isinstance(remark, Mark)
    assert remark.text == "at as-of dominated: no weights in this order prefer it to some"
    for other, says in (
        (replace(ALL, always_dominated=True), "always dominated"),
        (replace(ALL, dominated_by=None), "preferred in no reading"),
        (replace(ALL, available=False), "cannot be taken at as-of"),
    ):
        _, (options, *_) = blocks_of(replace(LINE, options=(BAN, SOME, other)))
        remark = options.rows[2][4]
        assert isinstance(remark, Mark)
        assert says in remark.text


def test_beliefs_are_shown_beside_those_of_all_readings() -> None:
    _, (_, beliefs, _) = blocks_of(LINE)
    assert beliefs.rows == (
        ("all readings", "0.75", "0.25", "0.50"),
        ("ban", "0.80", "0.20", "0.40"),
        ("some", "0.70", "0.30", "0.60"),
    )


def test_turning_points_say_what_turns_and_what_only_moves() -> None:
    _, (*_, turns) = blocks_of(LINE)
    assert turns.rows[0] == ("granted held", Mark("turns", "strong"), "some", "40% → 90%", "60% → 10%")
    assert turns.rows[1][:2] == ("cost ranked above say", Mark("moves", "quiet"))
    many = replace(LINE, turns=(HELD,) * 30)
    assert len(blocks_of(many)[1][-1].rows) == MOST_TURNS
    assert "No single change moves any reading" in texts(blocks_of(replace(LINE, turns=()))[0])


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (IsAt("granted", "no"), "granted did not hold"),
        (IsAt("tie", "allied"), "tie were allied"),
        (HasEffect("some", "cost", "-", None), "some had no effect on cost (now -)"),
        (HasEffect("some", "cost", "-", "--"), "some were -- for cost (now -)"),
    ],
)
def test_every_change_has_its_words(change: IsAt | HasEffect, says: str) -> None:
    assert change_text(replace(HELD, change=change)) == says


def test_both_courses_are_drawn() -> None:
    part, _ = blocks_of(LINE)
    figures = [block.figure for block in part.blocks if isinstance(block, Picture)]
    assert [figure.title for figure in figures] == ["line: preferred", "line: in force"]
    assert isinstance(figures[0], Areas)
    assert [layer.shares for layer in figures[0].layers] == [(0.6, 0.2), (0.4, 0.8), (0, 0)]


def test_a_choice_that_never_changes_is_marked() -> None:
    assert "No reading ever changes it" in texts(blocks_of(replace(LINE, never_changes=True))[0])
    assert "No reading ever changes it" not in texts(blocks_of(LINE)[0])


def test_machines_get_options_weights_changes_and_courses() -> None:
    shown = choices_shown(Choices("readers", 200, 100, (LINE,)), SETTING)
    names = ("option", "weight", "change", "course")
    parts = {name: [row for row in shown.rows if row["part"] == name] for name in names}
    assert sum(map(len, parts.values())) == len(shown.rows)
    assert [row["option"] for row in parts["option"]] == ["ban", "some", "all"]
    assert parts["option"][1]["acceptability_at_horizon"] == 0.8
    weights = {(row["option"], row["interest"]): row["weight"] for row in parts["weight"]}
    assert weights["some", "cost"] == 0.3
    assert ("", "cost") in weights
    assert ("all", "cost") not in weights
    turned = [row for row in parts["change"] if row["change"] == "granted held"]
    assert [(row["option"], row["before"], row["after"]) for row in turned[:2]] == [
        ("ban", 0.6, 0.1),
        ("some", 0.4, 0.9),
    ]
    ends = [row["acceptability"] for row in parts["course"] if row["option"] == "some"]
    assert ends == [0.4, 0.8]
    assert shown.facts["seed"] == 1984


def test_an_estimate_without_choices_says_so() -> None:
    shown = choices_shown(Choices("readers", 200, 100, ()), SETTING)
    assert any(isinstance(b, Paragraph) and "no choices" in plain(b.words) for b in shown.blocks)
