"""Why and what-if as blocks: what is said of made answers, checked without simulating."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from estimative.estimate.queries import Probability
from estimative.questions.ask import Answer
from estimative.questions.bands import Band
from estimative.questions.what_if import Shift, Supposition, WhatIf
from estimative.questions.why import Moment, Part, Path, Why
from estimative.show.blocks import Bullets, Paragraph, Picture, Table, plain
from estimative.show.figures import Intervals
from estimative.show.setting import Setting, speak_of
from estimative.show.telling import likelihood, pages, rule_says
from estimative.show.what_if import Supposed, what_if_shown
from estimative.show.why import why_shown
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
    lines = [plain(block.words) for block in shown.blocks if isinstance(block, Paragraph)]
    for block in shown.blocks:
        if isinstance(block, Bullets):
            lines += [plain(item) for item in block.items]
    return "\n".join(lines)


def table(shown: Shown) -> Table:
    return next(block for block in shown.blocks if isinstance(block, Table))


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


def test_why_tells_rules_order_and_paths_with_dates() -> None:
    found = Why(
        answer(),
        followed=10,
        traced=20,
        parts=(Part(0, 0.9, 0.1, 1.0, 0.8), Part(1, 0.5, 0.4, 0.0, -0.1), Part(2, 0.2, 0.4, 0.0, None)),
        order=(Moment(0, 1, 1.0, 0.9, 0.1),),
        paths=(Path(((0, "war.becomes.by-accident", 1.0), (1, "peace.ends.with-war", 2.0)), 0.4),),
    )
    shown = why_shown([found], MODEL, HERE, SPEAK, top=2)
    rows = table(shown).rows
    assert [row[-1] for row in rows] == ["80%", "gains 10%"]
    words = said(shown)
    assert "40%  2020-12 War breaks out (by accident) → 2021-12 No longer: Peace holds (with war)" in words
    assert "1 more" in words
    assert [row["lost_without"] for row in shown.rows] == [0.8, -0.1, None]


def test_why_of_what_never_happened_says_so() -> None:
    shown = why_shown([Why(answer(), 0, 500, (), (), ())], MODEL, HERE, SPEAK, top=2)
    assert "None of 500 futures looked at had it." in said(shown)


def test_what_if_stands_beside_the_base_with_its_difference() -> None:
    query = query_of("P(ever war | ever peace, do(war))")
    assert isinstance(query, Probability)
    made, known = Supposition("do(war)", do=query.do), Supposition("ever peace", given=query.given)
    shifts = (
        Shift(made, answer(Band(0.7, 0.6, 0.8, 0.7, 0.01)), Band(0.3, 0.2, 0.4, 0.3, 0.01), 1.0, 0.0),
        Shift(known, answer(None), None, 0.0, 0.0),
    )
    shown = what_if_shown([Supposed(HERE, (WhatIf(answer(), shifts),))], SPEAK)
    rows = table(shown).rows
    assert [row[0] for row in rows] == ["", "made so", "known"]
    assert rows[1][4] == "+30 (+20 to +40)"
    assert rows[1][5] == "100% / 0%"
    assert rows[2][4] == ""
    assert "Made so: put so from outside" in said(shown)
    (picture,) = (block for block in shown.blocks if isinstance(block, Picture))
    assert isinstance(picture.figure, Intervals)
    assert [[one.median for one in row.intervals] for row in picture.figure.rows] == [[0.4, 0.7]]
    assert [row.get("difference_median") for row in shown.rows] == [None, 0.3, None]
