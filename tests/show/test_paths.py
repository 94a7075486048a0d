"""Paths as blocks: sides of a scenario in words, sequences with dates, and what stands for machines."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from estimative.questions.ask import Answer
from estimative.questions.bands import Band
from estimative.questions.paths import Departure, Paths, Scenario, Sequence, Side
from estimative.show.blocks import Bullets, Heading, Paragraph, Picture, Table, plain
from estimative.show.figures import Lines, Point
from estimative.show.paths import paths_shown, side_text
from estimative.show.setting import Setting, speak_of
from estimative.show.terminal_figures import figure_blocks
from support.small import estimate_of, futures_of, query_of

MODEL = futures_of(
    estimate_of(
        """\
conditions:
  war: {says: War breaks out, becomes: {r: {likelihood: likely}}}
  peace: {says: Peace holds, starts: yes, ends: {r: {likelihood: likely}}}
scales:
  tie: {says: The tie, levels: [cold, cool], starts: cold, rises: {r: {likelihood: likely}}}
"""
    ),
    readings=1,
    futures=64,
).model
HERE = Setting("readers", 8, 100, 1)
SPEAK = speak_of("icd-203")
SCENARIO = Scenario((Side(0, 0, 2, 0.001), Side(2, 4, 4, 0.2)), 0.8, 0.6, 0.7, 0.5, box=2)
FOUND = Paths(
    answer=Answer(
        query_of("P(ever war)"), "P(ever war)", np.full(8, 0.4), Band(0.4, 0.2, 0.6, 0.41, 0.01), 800
    ),
    hits=60,
    looked=200,
    things=3,
    base=0.3,
    fresh_base=0.29,
    scenario=SCENARIO,
    tradeoff=((1.0, 0.3), (1.0, 0.4), (0.8, 0.6), (0.7, 0.5)),
    sequences=(
        Sequence((Departure(1, 0, 0.9, 0.2), Departure(0, 2, 0.8, 0.1)), 0.75),
        Sequence((), 0.25),
    ),
)


@pytest.mark.parametrize(
    ("side", "said"),
    [
        (Side(0, 0, 2, 0), "War breaks out by 2021-12"),
        (Side(0, 0, 3, 0), "War breaks out at some time"),
        (Side(0, 2, 2, 0), "War breaks out after 2020-12 and by 2021-12"),
        (Side(0, 2, 3, 0), "War breaks out after 2020-12"),
        (Side(0, 2, 4, 0), "War breaks out after 2020-12, if ever"),
        (Side(0, 0, 0, 0), "War breaks out: from the start"),
        (Side(0, 4, 4, 0), "War breaks out: never"),
        (Side(1, 0, 2, 0), "No longer: Peace holds by 2021-12"),
        (Side(1, 4, 4, 0), "Peace holds: throughout"),
        (Side(2, 0, 3, 0), "The tie leaves “cold” at some time"),
        (Side(2, 4, 4, 0), "The tie stays “cold”"),
    ],
)
def test_a_side_in_words(side: Side, said: str) -> None:
    assert side_text(side, MODEL) == said


def test_the_query_the_scenario_and_the_sequences_are_told() -> None:
    shown = paths_shown(FOUND, MODEL, HERE, SPEAK)
    assert shown.blocks[0] == Heading("P(ever war)", 3)
    said = [plain(block.words) for block in shown.blocks if isinstance(block, Paragraph)]
    assert "60 of 200 futures looked at one by one had it." in said
    assert "May be there by chance: The tie stays “cold”." in said
    sides, sequences = (block.items for block in shown.blocks if isinstance(block, Bullets))
    assert [plain(item) for item in sides] == ["War breaks out by 2021-12", "The tie stays “cold”"]
    assert [plain(item) for item in sequences] == [
        "75%: from the start No longer: Peace holds → 2021-12 War breaks out",
        "25%: nothing that sets them apart",
    ]
    (table,) = (block for block in shown.blocks if isinstance(block, Table))
    assert table.rows[-1] == ("of all futures, have the outcome", "30%", "29%")


def test_only_boxes_that_no_other_betters_are_drawn_and_heads_are_whole_percentages() -> None:
    shown = paths_shown(FOUND, MODEL, HERE, SPEAK)
    (picture,) = (block for block in shown.blocks if isinstance(block, Picture))
    assert isinstance(picture.figure, Lines)
    assert picture.figure.along == (0.8, 1.0)
    assert picture.figure.lines[0].values == (0.6, 0.4)
    assert picture.figure.point == Point(0.8, 0.6, "the scenario"), "the one that the table tells of"
    (table,) = figure_blocks(picture.figure, 80)
    assert isinstance(table, Table)
    assert [column.title for column in table.columns] == [
        "held of the outcome's futures",
        "course",
        "80%",
        "100%",
    ]


def test_machines_get_the_answer_sides_steps_and_boxes() -> None:
    shown = paths_shown(FOUND, MODEL, HERE, SPEAK)
    assert {"outcome": "P(ever war)", "median": 0.4, "base": 0.3, "fresh_base": 0.29}.items() <= dict(
        shown.facts
    ).items()
    assert shown.facts["fresh_density"] == 0.5
    sides, steps, boxes = (
        [row for row in shown.rows if row["part"] == part] for part in ("side", "sequence", "box")
    )
    assert [(row["variable"], row["after"], row["by"]) for row in sides] == [
        ("war", None, "2021-12-31"),
        ("tie", None, None),
    ]
    assert [(row["number"], row.get("variable"), row.get("date")) for row in steps] == [
        (1, "peace", "2019-12-31"),
        (1, "war", "2021-12-31"),
        (2, None, None),
    ]
    assert [(row["coverage"], row["density"]) for row in boxes] == list(FOUND.tradeoff)
    assert [row["chosen"] for row in boxes] == [False, False, True, False]
    assert shown.facts["refused"] is None


BARE = replace(FOUND, scenario=None, tradeoff=(), sequences=())


@pytest.mark.parametrize(
    ("found", "said", "refused"),
    [
        (replace(BARE, things=0), "Nothing can have a part in it", "nothing to follow"),
        (replace(BARE, hits=200), "There are no others to set them apart from.", "always the outcome"),
        (replace(BARE, hits=3), "They are too few to set them apart: 50 are needed.", "too few futures"),
        (BARE, "too much like the others", "too much alike"),
    ],
)
def test_why_there_is_no_scenario_is_said(found: Paths, said: str, refused: str) -> None:
    shown = paths_shown(found, MODEL, HERE, SPEAK)
    assert shown.facts["refused"] == refused
    assert any(said in plain(block.words) for block in shown.blocks if isinstance(block, Paragraph))


def test_sequences_that_tell_nothing_are_not_told() -> None:
    empty = replace(FOUND, sequences=tuple(replace(one, moments=()) for one in FOUND.sequences))
    for found, told in ((FOUND, True), (empty, False)):
        blocks = paths_shown(found, MODEL, HERE, SPEAK).blocks
        said = [plain(block.words) for block in blocks if isinstance(block, Paragraph)]
        assert any(one.startswith("Typical sequences") for one in said) == told
