"""Blocks on a terminal: nothing of an analyst's text steers it, and narrow windows lose nothing that matters."""

from __future__ import annotations

import io
from datetime import date

import pytest
from rich.console import Console

from estimative.places import Problem, Source
from estimative.show.blocks import (
    Block,
    Column,
    Picture,
    Problems,
    Spark,
    Strip,
    Table,
    Verdict,
    text,
)
from estimative.show.figures import (
    Areas,
    Bar,
    Bars,
    Diagram,
    Figure,
    Grid,
    Interval,
    Intervals,
    Layer,
    Line,
    Lines,
    Node,
    Row,
    Swing,
    Tornado,
)
from estimative.show.terminal import print_blocks
from support.blocks import every_block

HOSTILE = "a\x1b[31mb\x07c\x9b2Jd\u202ee [bold]f[/bold]\r"


def printed(*blocks: Block, width: int = 80, colour: bool = False) -> str:
    stream = io.StringIO()
    print_blocks(Console(file=stream, width=width, force_terminal=colour, legacy_windows=False), blocks)
    return stream.getvalue()


@pytest.mark.parametrize("block", every_block(HOSTILE), ids=lambda block: type(block).__name__)
def test_no_text_of_an_analyst_steers_the_terminal(block: Block) -> None:
    shown = printed(block, width=200)
    assert not set(shown) & {"\x1b", "\x07", "\x9b", "\r", "\u202e"}
    assert "\\x1b" in shown


def test_the_twin_raw_text_would_have() -> None:
    assert set(HOSTILE) & {"\x1b", "\x07", "\x9b", "\r", "\u202e"}


def test_markup_is_text() -> None:
    assert "[bold]f[/bold]" in printed(text(HOSTILE), width=200)


def test_a_file_gets_no_spaces_at_the_ends_of_lines() -> None:
    table = Table((Column("a"), Column("b", "right")), (("one " * 30, "1"), ("two", "2")))
    lines = printed(table).splitlines()
    assert len(lines) > 3
    assert all(line == line.rstrip() for line in lines)


def test_colour_only_on_request() -> None:
    verdict = Verdict("follows", "good", "It holds")
    assert "\x1b[" not in printed(verdict)
    assert "\x1b[" in printed(verdict, colour=True)


def test_a_narrow_window_drops_what_may_be_dropped_and_keeps_the_rest() -> None:
    table = Table(
        (Column("claim"), Column("range", drop=True), Column("median", "right"), Column("strip", drop=True)),
        (("ever-so-long-a-name", "[20-45%]", "31% (12-54%)", Strip(0.12, 0.31, 0.54)),),
    )
    wide, narrow = printed(table, width=100), printed(table, width=40)
    assert "[20-45%]" in wide
    assert "●" in wide
    assert "[20-45%]" not in narrow
    assert "●" not in narrow
    assert "31% (12-54%)" in narrow
    assert "ever-so-long-a-name" in narrow
    assert "Not shown at this width: range." in narrow, "a drawing has its numbers beside it"
    assert "Not shown" not in wide


def test_verdicts_in_a_row_stand_together() -> None:
    shown = printed(Verdict("follows", "good", "One", 1.0), Verdict("does not follow", "bad", "Two", 0.02))
    assert [line.split()[0] for line in shown.splitlines()] == ["follows", "does"]
    assert "100%" in shown
    assert "2%" in shown


def test_the_first_line_of_a_problem_is_never_broken() -> None:
    source = Source("a.yaml", "likelihood: likly")
    says = "`likly` is not a word of likelihood in the standard icd-203, and this sentence goes on"
    shown = printed(Problems((Problem("E0201", source.span(12, 17), says),)), width=40)
    assert f"a.yaml:1:13: error[E0201]: {says}" in shown.splitlines()


YEARS = tuple(date(1984 + k, 9, 30) for k in range(11))
FIGURES: tuple[tuple[Figure, str], ...] = (
    (
        Areas("tie", YEARS, (Layer("cool", (0.75,) * 11), Layer("warm", (0.25,) * 11))),
        "75%",
    ),
    (Areas("never", YEARS[:2], (Layer("cool", (1.0, 1.0)), Layer("warm", (0.0, 0.0)))), "<1%"),
    (Lines("held", (0.5, 1.0), (Line("sure", (0.9, 0.4)),), along_percent=True, along_unit="held"), "100%"),
    (Lines("ever", YEARS, (Line("x", (0.5,) * 11, (0.2,) * 11, (0.8,) * 11),)), "50% (20–80%)"),
    (Lines("price", (1.0, 2.0), (Line("x", (float("nan"), 12.5)),), percent=False, unit="dollars"), "12.5"),
    (Intervals("words", (Row("likely", (Interval("", 0.55, 0.8),)),)), "55–80%"),
    (Bars("hinges", (Bar("word", -0.2), Bar("rule", 0.4))), "−20"),
    (
        Tornado(
            "turns", 0.02, (Swing("a word", "in: a sentence (r p.1)", 0.01, 0.03, (0.4, 0.1), (0.5, 0.1)),)
        ),
        "a word in: a sentence (r p.1)",
    ),
    (Grid("signals", ("a", "b"), ("1984", "1985"), ((0.0, 1.0), (None, 0.5))), "██"),
    (Diagram("influences", (Node("a", "condition"),), ()), "1 box, 0 arrows"),
)


@pytest.mark.parametrize(("figure", "said"), FIGURES, ids=lambda value: type(value).__name__)
def test_a_figure_says_its_numbers_where_nothing_is_drawn(figure: Figure, said: str) -> None:
    shown = printed(Picture(figure, "What it shows"))
    assert said in shown
    assert "What it shows" in shown
    assert max(map(len, shown.splitlines())) <= 80


def test_a_swing_of_a_rare_outcome_has_a_line_of_its_own() -> None:
    """From 1 to 3 per cent is the whole line, not a dot at its left end."""
    swing = Swing("a word", "", 0.03, 0.01, (0.4, 0.1), (0.5, 0.1))
    head, row = printed(Picture(Tornado("turns", 0.02, (swing,)))).splitlines()[1:]
    assert "1% · · · · · · · · 3%" in head
    assert row.rstrip().endswith("3.0% → 1.0%  ━━━━━━━━━━●━━━━━━━━━━")


def test_a_bar_stands_below_its_sentence_where_there_is_no_room_beside() -> None:
    swing = Swing("a word", "in: " + "a long sentence " * 4, 0.01, 0.03, (0.4, 0.1), (0.5, 0.1))
    for width, beside in ((80, False), (110, True)):
        lines = printed(Picture(Tornado("turns", 0.02, (swing,))), width=width).splitlines()
        (bar,) = [line for line in lines if "━" in line]
        assert ("1.0% → 3.0%" in bar) == beside
        assert bar.startswith("━") == (not beside)


def test_no_column_of_words_vanishes_beside_wide_numbers() -> None:
    table = Table(
        (Column("outcome"), Column("a", "right"), Column("b", "right")), (("war", "1" * 40, "2" * 40),)
    )
    assert "war" in printed(table, width=80)


def test_the_highest_level_stands_on_top() -> None:
    shown = printed(Picture(FIGURES[0][0]))
    assert shown.index("warm") < shown.index("cool")


def test_a_grid_shows_its_first_and_last_column_however_little_room_there_is() -> None:
    values = (1.0, *[0.0] * 98, 1.0)
    shown = printed(Picture(Grid("g", ("row",), tuple(map(str, range(100))), (values,))), width=40)
    cells = shown.splitlines()[-1].split(maxsplit=1)[1]
    assert cells.startswith("██")
    assert cells.rstrip().endswith("██")
    assert len(cells) <= 40


def test_a_spark_in_a_cell_follows_its_course() -> None:
    assert "▁▅█" in printed(Table((Column(""),), ((Spark((0, 0.5, 1)),),)))
