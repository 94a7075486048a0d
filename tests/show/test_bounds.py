"""Bounds as they are shown: lens by lens where they differ, drawn, and with the reason where there are none."""

from __future__ import annotations

from estimative.questions.bounds import Bounds, NotBounded
from estimative.show.blocks import Mark, Shown, Strip, Table, plain
from estimative.show.bounds import Bounded, bounds_shown
from estimative.show.setting import Setting
from support.small import query_of

RAIN, SNOW = query_of("P(ever rain)"), query_of("P(ever snow)")
READERS, AUTHOR = Setting("readers", 64, 256, 7), Setting("author", 64, 256, 7)


def bound(low: float, high: float, *, proved: bool = True, tails: bool = False) -> Bounds:
    return Bounds(RAIN, low, high, proved, tails)  # type: ignore[arg-type] # a probability


def shown(*answers: tuple[Setting, Bounds | NotBounded]) -> Shown:
    return bounds_shown([Bounded(setting, (answer,)) for setting, answer in answers])


def rows(found: Shown) -> list[list[object]]:
    table = found.blocks[0]
    assert isinstance(table, Table)
    return [[cell.text if isinstance(cell, Mark) else cell for cell in row] for row in table.rows]


def said(found: Shown) -> str:
    return " ".join(plain(block.words) for block in found.blocks if hasattr(block, "words"))


def test_lenses_stand_below_each_other_with_their_limits_drawn() -> None:
    found = shown((READERS, bound(0.07, 0.66)), (AUTHOR, bound(0.2, 0.4, proved=False)))
    assert rows(found) == [
        ["P(ever rain)", "readers", "7–66%", Strip(0.07, None, 0.66), "proved"],
        ["", "author", "20–40%", Strip(0.2, None, 0.4), "as far as a search found"],
    ]
    assert "have no end" not in said(found)
    assert [(row["lens"], row["low"], row["proved"], row["reason"]) for row in found.rows] == [
        ("readers", 0.07, True, ""),
        ("author", 0.2, False, ""),
    ]


def test_what_both_lenses_say_is_said_once() -> None:
    missing = NotBounded(SNOW, "choice", "it hangs on an actor's choice")
    found = shown((READERS, missing), (AUTHOR, missing))
    assert rows(found) == [["P(ever snow)", "all", "", "", "not bounded: it hangs on an actor's choice"]]
    assert [(row["lens"], row["low"]) for row in found.rows] == [("readers", None), ("author", None)]


def test_what_has_no_end_is_marked_and_explained() -> None:
    found = shown((READERS, bound(0.1, 0.2, tails=True)))
    assert rows(found)[0][-1] == "proved *"
    assert "have no end" in said(found)
