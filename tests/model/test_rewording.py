"""Rewordings: rungs of a ladder, wordings alone, and what cannot be moved."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from estimative.model.rewording import Worded, likelihoods, rewordings
from estimative.words.lexicon import lexicon
from estimative.words.meaning import Anything, Counted, Exactly, Meaning, OneOf, Said, Within
from support.small import estimate_of, futures_of

if TYPE_CHECKING:
    from estimative.model.rewording import Rewording

LOTTERY = """\
conditions:
  plot: {starts: unlikely, becomes: {grows: {likelihood: likely / very likely, when: plot}}, ends: {fails: 40%}}
scales:
  heir:
    levels: [open, son, general, other]
    starts: open
    settles:
      cases:
        plotted: {when: plot, levels: {son: unlikely, general: likely / very likely}}
        otherwise: {levels: {son: likely, general: 10%, other: the rest}}
"""


def moved(meaning: Meaning, standard: str = "icd-203", most: int = 1) -> tuple[Rewording, ...]:
    return rewordings(Worded("a.becomes.b", 0, meaning), standard, most)


def said(meaning: Meaning, standard: str = "icd-203", most: int = 1) -> dict[str, tuple[int, int]]:
    """Steps and direction by the word that is then said."""
    return {
        one.meaning.word: (one.steps, one.direction)
        for one in moved(meaning, standard, most)
        if isinstance(one.meaning, Said)
    }


def test_a_word_moves_rung_by_rung_until_the_ladder_ends() -> None:
    assert said(Said("very likely"), most=3) == {
        "likely": (-1, -1),
        "almost certain": (1, 1),
        "roughly even chance": (-2, -1),
        "unlikely": (-3, -1),
    }
    assert said(Said("remote chance")) == {"very unlikely": (1, 1)}, "a synonym stands on the same rung"


def test_of_two_wordings_each_alone_then_beyond_both() -> None:
    """`remote` alone is less than both together, and nothing is below it on the ladder."""
    assert said(OneOf((Said("almost no chance"), Said("very unlikely")))) == {
        "almost no chance": (0, -1),
        "very unlikely": (0, 1),
        "unlikely": (1, 1),
    }
    order = [one.steps for one in moved(OneOf((Said("very likely"), Said("likely"))), most=2)]
    assert order == [0, 0, -1, 1, -2], "smallest first"


def test_of_three_wordings_the_middle_one_is_neither_more_nor_less() -> None:
    assert said(OneOf((Said("likely"), Said("unlikely"), Said("roughly even chance")))) == {
        "unlikely": (0, -1),
        "roughly even chance": (0, 0),
        "likely": (0, 1),
        "very unlikely": (-1, -1),
        "very likely": (1, 1),
    }


def test_a_word_that_is_far_apart_from_the_other_is_not_said_to_be_up() -> None:
    """One rung above the lowest of these is between them: it was once called `1 rung up`, and lowered them."""
    wordings = OneOf((Said("theoretical possibility"), Said("possible")))
    assert said(wordings, "ordinary")["theoretical possibility"] == (0, -1)
    assert said(wordings, "ordinary")["possible"] == (0, 1)
    words = lexicon("ordinary")
    between = {entry.key for entry in words.ladder[: words.rung(words.named("possible"))]}
    assert not between & (set(said(wordings, "ordinary")) - {"theoretical possibility"})


def test_numbers_stay_but_one_of_several_wordings_may_be_a_number() -> None:
    for number in (Exactly(0.3), Within(0.2, 0.4), Counted(4, 28), Anything()):
        assert moved(number) == ()
    found = moved(OneOf((Said("likely"), Within(0.2, 0.4))))
    assert [(one.meaning, one.steps, one.direction) for one in found] == [
        (Said("likely"), 0, 1),
        (Within(0.2, 0.4), 0, -1),
        (Said("very unlikely"), -1, -1),
        (Said("very likely"), 1, 1),
    ]
    assert [one.steps for one in moved(OneOf((Exactly(0.1), Exactly(0.2))))] == [0, 0]


def test_likelihoods_are_those_of_rules_and_of_lotteries_cases() -> None:
    model = futures_of(estimate_of(LOTTERY), readings=1, futures=64).model
    found = {one.name: (model.variables[one.variable].name, one.meaning) for one in likelihoods(model)}
    assert found == {
        "plot.starts": ("plot", Said("unlikely")),
        "plot.becomes.grows": ("plot", OneOf((Said("likely"), Said("very likely")))),
        "plot.ends.fails": ("plot", Exactly(0.4)),
        "heir.settles.plotted.son": ("heir", Said("unlikely")),
        "heir.settles.plotted.general": ("heir", OneOf((Said("likely"), Said("very likely")))),
        "heir.settles.plotted.other": ("heir", Exactly(0.0)),
        "heir.settles.otherwise.son": ("heir", Said("likely")),
        "heir.settles.otherwise.general": ("heir", Exactly(0.1)),
    }


@pytest.mark.parametrize("standard", ["icd-203", "nato", "ordinary"])
def test_up_is_more_and_down_is_less_by_the_middle_of_the_word(standard: str) -> None:
    words = lexicon(standard)
    for entry in words.ladder:
        rung = words.rung(entry)
        for one in moved(Said(entry.key), standard, 9):
            assert isinstance(one.meaning, Said)
            assert words.rung(words.named(one.meaning.word)) == rung + one.steps
            assert one.steps * one.direction > 0
