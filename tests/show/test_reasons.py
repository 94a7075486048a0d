"""Why and what-if as blocks: what is said of made answers, checked without simulating."""

from __future__ import annotations

from dataclasses import replace
from io import StringIO
from typing import TYPE_CHECKING

import numpy as np
from rich.console import Console

from estimative.estimate.expressions import Named
from estimative.estimate.queries import Do, Probability
from estimative.questions.ask import Answer
from estimative.questions.bands import Band
from estimative.questions.traces import Link
from estimative.questions.what_if import Contrast, Shift, Supposition, WhatIf
from estimative.questions.why import Moment, Part, Path, Why
from estimative.show import blocks as shown_as
from estimative.show.blocks import Bullets, Mark, Paragraph, Picture, Table, plain
from estimative.show.figures import Intervals
from estimative.show.setting import Setting, speak_of
from estimative.show.telling import likelihood, pages, rule_says
from estimative.show.terminal import print_blocks
from estimative.show.what_if import Supposed, what_if_shown
from estimative.show.why import why_shown
from support.blocks import flat
from support.small import estimate_of, futures_of, query_of

if TYPE_CHECKING:
    from estimative.show.blocks import Shown

ESTIMATE = estimate_of(
    """\
sources:
  r: {title: A report, date: "1984-10", kind: report}
conditions:
  war: {says: War breaks out, becomes: {by-accident: {likelihood: likely, cites: r p.3 "as likely as not"}}}
  peace: {says: Peace holds, starts: yes, ends: {with-war: {likelihood: 4 of 28, when: war}}}
scales:
  tie:
    levels: [cold, cool, warm]
    starts: cold
    norm: cool
    rises: {a-visit: {likelihood: 20-40%, to: warm}}
    returns: {likelihood: likely / unlikely}
"""
)
MODEL = futures_of(ESTIMATE, readings=1, futures=64).model
SPEAK = speak_of("icd-203")
HERE = Setting("readers", 8, 100, 1)
BAND = Band(0.4, 0.2, 0.6, 0.41, 0.01)


def answer(band: Band | None = BAND) -> Answer:
    query = query_of("P(ever war)")
    assert isinstance(query, Probability)
    return Answer(query, "P(ever war)", np.full(8, 0.4), band, 800)


def said(shown: Shown) -> str:
    """All running text of an answer."""
    lines = [plain(block.words) for block in flat(shown.blocks) if isinstance(block, Paragraph)]
    for block in flat(shown.blocks):
        if isinstance(block, Bullets):
            lines += [plain(item) for item in block.items]
    return "\n".join(lines)


def table(shown: Shown) -> Table:
    return next(block for block in flat(shown.blocks) if isinstance(block, Table))


def test_a_rule_is_told_by_what_its_variable_says_and_what_it_does() -> None:
    told = {rule.name: rule_says(MODEL, number) for number, rule in enumerate(MODEL.rules)}
    assert told == {
        "war.becomes.by-accident": "War breaks out (by accident)",
        "peace.ends.with-war": "No longer: Peace holds (with war)",
        "tie.rises.a-visit": "tie rises to warm (a visit)",
        "tie.returns": "tie returns towards cool",
    }
    written = {rule.name: likelihood(rule) for rule in MODEL.rules}
    assert written["peace.ends.with-war"] == "4 of 28"
    assert written["tie.rises.a-visit"] == "20–40%"
    assert written["tie.returns"] == "likely / unlikely"
    assert pages(MODEL.rules[0]) == "r p.3"


FOUND = Why(
    answer(),
    hits=100,
    of=800,
    followed=10,
    looked=20,
    counted=50,
    parts=(Part(0, 0.9, 0.1, 1.0, 0.8), Part(1, 0.5, 0.4, 0.0, -0.1), Part(2, 0.2, 0.4, 0.0, None)),
    order=(Moment(1, 0, 0, 0.3, 0.1), Moment(0, 1, 1, 0.9, 0.1)),
    paths=(Path((Link(0, "war.becomes.by-accident", 1), Link(1, "peace.ends.with-war", 2)), 0.4),),
)


def test_why_tells_rules_order_and_paths_with_dates() -> None:
    shown = why_shown([FOUND], MODEL, HERE, SPEAK, top=2)
    assert table(shown).rows == (
        ("War breaks out (by accident), “likely” [r p.3]", "90%", "10%", "80%"),
        ("No longer: Peace holds (with war), “4 of 28”", "50%", "40%", "gains 10%"),
    )
    order = [block for block in flat(shown.blocks) if isinstance(block, Table)][1]
    assert [row[:2] for row in order.rows] == [
        ("from the start", "No longer: Peace holds"),
        ("2020-12", "War breaks out"),
    ]
    words = said(shown)
    assert "40%  2020-12 War breaks out (by accident) → 2021-12 No longer: Peace holds (with war)" in words
    assert "1 more rule fired" in words
    assert "10 futures with the outcome were followed, of 20 looked at." in words
    assert "counted in 50 futures of every reading." in words


def test_a_link_says_whether_what_is_derived_holds_and_what_a_lottery_came_to() -> None:
    links = (Link(1, "peace", 1, 0), Link(2, "tie", 1, 2))
    shown = why_shown([replace(FOUND, paths=(Path(links, 0.4),))], MODEL, HERE, SPEAK, top=2)
    assert "2020-12 No longer: Peace holds → 2020-12 tie: warm" in said(shown)
    assert [row["level"] for row in shown.rows if row["part"] == "path"] == ["no", "warm"]


def test_why_gives_machines_rules_order_and_paths() -> None:
    shown = why_shown([FOUND], MODEL, HERE, SPEAK, top=1)
    (outcome,), rules, order, links = (
        [row for row in shown.rows if row["part"] == part] for part in ("outcome", "rule", "order", "path")
    )
    assert (outcome["followed"], outcome["looked"], outcome["counted"]) == (10, 20, 50)
    assert FOUND.answer.band is not None
    assert outcome["median"] == FOUND.answer.band.median
    assert [(row["rule"], row["pages"], row["lost_without"]) for row in rules] == [
        ("war.becomes.by-accident", "r p.3", 0.8),
        ("peace.ends.with-war", "", -0.1),
        ("tie.returns", "", None),
    ]
    assert [(row["variable"], row["level"], row["date"]) for row in order] == [
        ("peace", "no", "2019-12-31"),
        ("war", "yes", "2020-12-31"),
    ]
    assert [(row["number"], row["link"], row["rule"], row["date"]) for row in links] == [
        (1, 1, "war.becomes.by-accident", "2020-12-31"),
        (1, 2, "peace.ends.with-war", "2021-12-31"),
    ]


def test_a_column_of_why_in_which_nothing_stands_is_left_out() -> None:
    few = replace(FOUND, parts=(Part(0, 0.9, 0.1, 1.0, None),))
    shown = why_shown([few], MODEL, HERE, SPEAK, top=2)
    assert [column.title for column in table(shown).columns] == ["rule", "on the way", "otherwise"]
    assert "counted in 50 futures of every reading: too few had it to say." in said(shown)


def test_why_in_brief_has_the_first_rules_alone_and_says_what_is_left_out() -> None:
    shown = why_shown([FOUND, FOUND], MODEL, HERE, SPEAK, top=1, brief=True, left_out=["share of time war"])
    assert [len(block.rows) for block in flat(shown.blocks) if isinstance(block, Table)] == [1, 1]
    assert not any(isinstance(block, Bullets) for block in flat(shown.blocks))
    assert "The first 1 rule of each, from 10 of its futures or more." in said(shown)
    assert "Not told, since it is no event: share of time war." in said(shown)
    assert shown.facts == {"left_out": "share of time war"}
    assert {row["part"] for row in shown.rows} == {"outcome", "rule", "order", "path"}


def test_an_outcome_that_is_a_question_is_headed_by_it() -> None:
    says = {"P(ever war)": "Does war break out?"}
    for shown in (
        why_shown([FOUND], MODEL, HERE, SPEAK, top=2, says=says),
        what_if_shown([Supposed(HERE, (WHAT_IF,))], SPEAK, says),
    ):
        (part,) = [block for block in shown.blocks if isinstance(block, shown_as.Part)]
        assert part.title == "Does war break out?"
        assert "P(ever war)" in said(shown)


def test_why_of_what_cannot_be_followed_says_so() -> None:
    bare = replace(FOUND, hits=0, followed=0, looked=0, counted=0, parts=(), order=(), paths=())
    shown = why_shown([bare, replace(bare, hits=3)], MODEL, HERE, SPEAK, top=2)
    assert "None of 800 futures had it.\n" in said(shown)
    assert "3 of 800 futures had it: too few to follow." in said(shown)
    nothing = why_shown([replace(bare, hits=3, followed=3, looked=9)], MODEL, HERE, SPEAK, top=2)
    assert "No rule fired on the way: it is what there is where nothing happens." in said(nothing)


MADE, KNOWN = Supposition("do(war)"), Supposition("ever peace", given=Named("peace"))
WHAT_IF = WhatIf(
    answer(),
    (
        Shift(
            replace(MADE, do=(Do("war", "yes"),)),
            answer(Band(0.7, 0.6, 0.8, 0.7, 0.01)),
            Band(0.3, 0.2, 0.4, 0.3, 0.01),
            1.0,
            0.0,
        ),
        Shift(
            KNOWN, replace(answer(None), met=648, query=query_of("P(ever war | ever peace)")), None, 0.0, 0.0
        ),
    ),
    (Contrast(MADE, KNOWN, Band(0.1, 0.05, 0.2, 0.1, 0.02), 0.9, 0.1, differs=True),),
)


def test_what_if_stands_beside_the_base_with_its_difference() -> None:
    shown = what_if_shown([Supposed(HERE, (WHAT_IF,))], SPEAK)
    rows = table(shown).rows
    assert [row[0] for row in rows] == ["as written", "made so: do(war)", "known: ever peace"]
    assert rows[1][3:] == ("70% (60–80%)", "+30 (+20 to +40)", "100% / 0%")
    assert rows[2][3:] == (Mark("too rare to say", "mixed"), "", "")
    words = said(shown)
    assert "Made so: put so from outside" in words
    assert "Too rare to say: ever peace is met in 81 futures of a reading, and 100 are needed." in words
    (picture,) = (block for block in flat(shown.blocks) if isinstance(block, Picture))
    assert isinstance(picture.figure, Intervals)
    assert picture.figure.title == "P(ever war) under each supposition", (
        "not the name of what stands above it"
    )
    assert [[one.median for one in row.intervals] for row in picture.figure.rows] == [[0.4, 0.7]]
    assert [row.get("difference_median") for row in shown.rows] == [None, 0.3, None, 0.1]


def test_what_is_made_so_is_never_too_rare_but_the_futures_may_be_too_few() -> None:
    few = WhatIf(answer(None), (replace(WHAT_IF.shifts[0], answer=answer(None)),))
    words = said(what_if_shown([Supposed(HERE, (few,))], SPEAK))
    assert "Too few to say: 100 futures of a reading are needed." in words
    assert "is met in" not in words


def test_what_is_too_rare_in_most_readings_is_not_said_to_lack_futures_on_average() -> None:
    rare = replace(WHAT_IF.shifts[1], answer=replace(answer(None), met=8 * 120))
    shown = what_if_shown([Supposed(HERE, (WhatIf(answer(), (rare,)),))], SPEAK)
    assert "met in fewer than 100 futures of most readings, though 120 on average." in said(shown)


def test_made_so_and_known_are_compared_in_a_sentence() -> None:
    (contrast,) = WHAT_IF.contrasts
    shown = what_if_shown([Supposed(HERE, (WHAT_IF,))], SPEAK)
    pair = "P(.. | do(war)) against P(.. | ever peace), +10 (+5 to +20), up / down in 90% / 10%."
    assert f"Made so and known differ: {pair}" in said(shown)
    assert shown.rows[-1]["kind"] == "made so against known"
    assert (shown.rows[-1]["supposed"], shown.rows[-1]["against"]) == ("do(war)", "ever peace")
    alike = replace(WHAT_IF, contrasts=(replace(contrast, differs=False),))
    shown = what_if_shown([Supposed(HERE, (alike,))], SPEAK)
    assert f"Made so and known do not differ by more than luck: {pair}" in said(shown)


def test_what_if_splits_no_name_on_eighty_columns() -> None:
    """The range of the word goes, the word stays."""
    shift = WHAT_IF.shifts[0]
    long = replace(shift, supposition=replace(shift.supposition, text="do(superiority-lost)"))
    console = Console(width=80, file=StringIO(), color_system=None)
    print_blocks(console, what_if_shown([Supposed(HERE, (WhatIf(answer(), (long,)),))], SPEAK).blocks)
    assert isinstance(console.file, StringIO)
    printed = console.file.getvalue()
    for whole in ("do(superiority-lost)", "likely", "+30 (+20 to +40)", "100% / 0%"):
        assert whole in printed
    assert "[55" not in printed
