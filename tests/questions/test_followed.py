"""Rare outcomes in an answer: reckoned from hazards where that helps, and said where their rarity sits."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from estimative.engine.request import Intervention, World
from estimative.estimate.queries import Probability
from estimative.questions.ask import Answer, ask
from estimative.questions.followed import ENOUGH, follow_rare, outcome_of
from estimative.show.ask import Asked, ask_shown
from estimative.show.blocks import Paragraph, Table, plain
from estimative.show.setting import Setting, speak_of
from support.small import estimate_of, futures_of, query_of

if TYPE_CHECKING:
    from estimative.questions.futures import Futures

RARE = """\
conditions:
  storm: {becomes: {wind: {likelihood: 0.01%, within: 3 years}}}
  flood: {is: storm}
  doubt: {becomes: {hint: {likelihood: 0.02%, within: 3 years}}}
  panic: {becomes: {spread: {likelihood: 70%, within: 1 year, when: doubt}}}
  never: {becomes: {nothing: {likelihood: 0%, within: 3 years}}}
  rain: {becomes: {clouds: {likelihood: 40%, within: 3 years}}}
  both: {is: storm and rain}
scales:
  ladder:
    levels: [low, middle, high]
    starts: low
    rises: {up: {likelihood: 0.3%, within: 3 years}}
"""


@pytest.fixture(scope="module")
def rare() -> Futures:
    return futures_of(estimate_of(RARE), readings=8, futures=2_048)


def followed(futures: Futures, text: str) -> Answer:
    (answer,) = follow_rare(futures, ask(futures, [query_of(text)]))
    assert isinstance(answer, Answer)
    return answer


def yearly(likelihood: float, years: int = 3) -> float:
    return float(1 - (1 - likelihood) ** (1 / years))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("P(ever storm)", 1e-4),
        ("P(ever flood)", 1e-4),
        ("P(ever storm by 2020)", yearly(1e-4)),
        ("P(ever ladder >= middle)", 0.003),
        ("P(ever storm | do(rain))", 1e-4),
    ],
)
def test_what_is_rare_by_itself_is_known_to_the_last_digit(rare: Futures, text: str, expected: float) -> None:
    """No future in thousands has it, or a handful: its hazards add up to its probability in every one of them."""
    answer = followed(rare, text)
    # A future that has it adds nothing after: so much may be luck.
    luck = 5 * np.sqrt(expected / ENOUGH)
    assert answer.values == pytest.approx(np.full(8, expected), rel=luck)
    assert answer.band is not None
    assert answer.band.error < expected / 100
    assert answer.bound is None
    assert answer.followed is not None
    assert answer.followed.used
    assert answer.followed.own
    assert answer.followed.futures == ENOUGH


def test_what_is_rare_for_its_causes_is_said_to_be(rare: Futures) -> None:
    """`panic` comes about quickly once there is doubt; there hardly ever is."""
    many = replace(rare, futures=20_480)
    answer = followed(many, "P(ever panic)")
    assert answer.followed is not None
    assert not answer.followed.own
    assert not answer.followed.used, "a twentieth of the futures were followed, and tell less than all hits"
    (counted,) = ask(many, [query_of("P(ever panic)")])
    assert isinstance(counted, Answer)
    assert (answer.values == counted.values).all()
    assert (answer.band, answer.bound) == (counted.band, counted.bound)


@pytest.mark.parametrize(
    "text",
    [
        "P(ever rain)",
        "P(storm at 2022)",
        "P(ever storm | ever rain)",
        "P(ever both)",
        "P(always storm)",
        "P(ever storm from 2021)",
    ],
)
def test_other_answers_stay_as_they_are(rare: Futures, text: str) -> None:
    (before,) = ask(rare, [query_of(text)])
    assert follow_rare(rare, [before]) == (before,)


def test_what_cannot_be_keeps_its_bound(rare: Futures) -> None:
    answer = followed(rare, "P(ever never)")
    assert answer.followed is None
    assert answer.bound is not None
    assert 0 < answer.bound < 0.001


def test_a_derived_condition_that_is_made_so_is_no_longer_what_it_is_derived_from(rare: Futures) -> None:
    query = query_of("P(ever flood)")
    assert isinstance(query, Probability)
    storm, flood = (rare.names.numbers[name] for name in ("storm", "flood"))
    for world, expected in ((World(), storm), (World((Intervention(flood, 0, 0, 3),)), flood)):
        outcome = outcome_of(rare, query, world)
        assert outcome is not None
        assert outcome.variable == expected


def test_it_is_shown_with_its_digits_and_where_the_rarity_sits(rare: Futures) -> None:
    answers = tuple(followed(rare, text) for text in ("P(ever storm)", "P(ever rain)"))
    table, note, *_ = ask_shown([Asked(Setting.of(rare), answers)], speak_of("icd-203")).blocks
    assert isinstance(table, Table)
    assert re.fullmatch(r"0\.0100?% \(0\.0100?–0\.0100?%\)", str(table.rows[0][2]))
    assert str(table.rows[1][2]).startswith("40%")
    assert isinstance(note, Paragraph)
    assert "Its rarity sits in its own rules" in plain(note.words)
