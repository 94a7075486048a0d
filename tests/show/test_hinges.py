"""Hinges as blocks: what bars and sentences say of made answers, checked without simulating."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from estimative.estimate.nodes import Question
from estimative.estimate.queries import Probability
from estimative.questions.ask import Answer
from estimative.questions.bands import Band
from estimative.questions.hinges import Hinge, Hinges
from estimative.questions.leeways import Leeway, Place
from estimative.questions.variance import Share
from estimative.show.blocks import Bullets, Mark, Paragraph, Part, Picture, plain, text
from estimative.show.figures import Tornado
from estimative.show.hinges import Turned, hinges_shown
from estimative.show.leeways import SORTS, leeway_name
from estimative.show.setting import Setting, speak_of
from estimative.words.survey import loadings
from support.blocks import flat
from support.small import estimate_of, futures_of, query_of

if TYPE_CHECKING:
    from estimative.questions.leeways import Kind
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
  heir:
    says: Who follows
    levels: [open, son, brother]
    starts: open
    settles: {cases: {at-once: {levels: {son: unknown, brother: unlikely}, cites: r p.7 "who follows"}}}
actors:
  us: {says: Washington, interests: {trade: trade, calm: calm}, ranking: [[trade, calm]]}
choices:
  line:
    says: What Washington does
    actor: us
    options: [wait, talk]
    starts: wait
    reconsidered: {likelihood: likely, confidence: low}
    weighs: {talk: {trade: "+", calm: "-"}}
    cites: r p.5 "its line"
"""
)
MODEL = futures_of(ESTIMATE, readings=1, futures=64).model
SPEAK = speak_of("icd-203")
HERE, THERE = Setting("readers", 8, 100, 1), Setting("author", 8, 100, 1)
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


def hinge(kind: Kind, name: str, *places: Place, total: float = 0.6) -> Hinge:
    return Hinge(Leeway(kind, name, (), places), Share(0.5, 0.04, total, 0.05, 0.0), 0.3, 0.55)


def turned(found: Hinges, setting: Setting = HERE) -> Turned:
    return Turned(setting, (found,))


def hinges(*found: Hinge, looked_at: int = 9, band: Band | None = BAND, readings: int = 256) -> Hinges:
    return Hinges(answer(band), found, 0.1, 0.75, 0.06, looked_at, readings)


def tornado(shown: Shown) -> Tornado:
    (figure,) = (block.figure for block in flat(shown.blocks) if isinstance(block, Picture))
    assert isinstance(figure, Tornado)
    return figure


def test_every_bar_names_its_sentence_and_its_page() -> None:
    found = hinges(
        hinge("word", "likely", Place("rule", 0), Place("rule", 2)),
        hinge("reader", "possibilities", Place("rule", 0)),
        hinge("likelihood", "peace.ends.with-war", Place("rule", 1)),
        hinge("likelihood", "heir.settles.at-once.son", Place("lottery", 0, ((0, 1),))),
        hinge("word", "unlikely", Place("lottery", 0, ((0, 2),))),
        hinge("ranking", "us", Place("choice", 0)),
    )
    shown = hinges_shown([turned(found)], MODEL, ESTIMATE, SPEAK, top=9)
    assert [(one.name, one.where) for one in tornado(shown).swings] == [
        ("“likely”", "in: War breaks out (by accident) (r p.3) + 1 more"),
        ("how high a reader takes mere possibilities (“could”, “might”)", ""),
        ("4 of 28", "in: No longer: Peace holds (with war)"),
        ("an unknown likelihood", "in: Who follows: son (at once) (r p.7)"),
        ("“unlikely”", "in: Who follows: brother (at once) (r p.7)"),
        ("weights of the interests of us", "in: What Washington does (r p.5)"),
    ]
    assert tornado(shown).base == BAND.mean
    words = said(shown)
    assert "“likely” also in: tie returns towards cool." in words
    assert "nor which comes first, trade or calm" in words
    outcome, *rows = shown.rows
    assert (outcome["part"], outcome["mean"], outcome["looked_at"]) == ("outcome", BAND.mean, found.looked_at)
    assert rows[3]["places"] == "heir.settles"
    assert rows[0]["where"] == "in: War breaks out (by accident) (r p.3) + 1 more"


def test_every_sort_of_words_that_the_survey_knows_has_a_name() -> None:
    assert {factor for leaning in loadings().values() for factor in leaning} == set(SORTS)


def test_what_a_single_likelihood_leaves_open_is_said() -> None:
    assert leeway_name(Leeway("likelihood", "a", (), (Place("rule", 2),)), MODEL) == (
        "which of “likely” or “unlikely”"
    )
    assert leeway_name(Leeway("likelihood", "a", (), (Place("rule", 4),)), MODEL) == (
        "“likely” with low confidence"
    )


def test_what_is_left_over_and_what_another_lens_says() -> None:
    likely = hinge("word", "likely", Place("rule", 0), total=1.04)
    found = hinges(likely, hinge("reader", "possibilities"))
    shown = hinges_shown([turned(found), turned(found, THERE)], MODEL, ESTIMATE, SPEAK, top=1)
    words = said(shown)
    assert "differ by 10 points" in words
    assert "75% ±6 comes of single things" in words
    assert "1 smaller bar not shown" in words
    assert "7 other things looked at" in words
    assert "Under the lens author readings differ by 10 points, most by “likely” (100%)." in words
    assert "shares are rough" not in words
    (swing,) = tornado(shown).swings
    assert swing.said == "30% → 55%"
    assert [(row.get("name"), row["lens"]) for row in shown.rows][:4] == [
        (None, "readers"),
        ("likely", "readers"),
        ("possibilities", "readers"),
        (None, "author"),
    ]


def test_few_readings_are_warned_of_and_many_outcomes_said_to_be_cut_short() -> None:
    found = hinges(hinge("word", "likely", Place("rule", 0)), readings=40)
    words = said(hinges_shown([turned(found)], MODEL, ESTIMATE, SPEAK, top=3, brief=True))
    assert "Only 40 readings" in words
    assert "shares are rough" in words
    assert "At most 3 bars for each outcome" in words


def test_an_outcome_without_hinges_says_why() -> None:
    def words(found: Hinges) -> str:
        return said(hinges_shown([turned(found)], MODEL, ESTIMATE, SPEAK, top=3))

    never = replace(answer(), bound=1e-4, values=np.zeros(8))
    assert "There are too few futures to say: more --futures help." in words(hinges(band=None))
    found = hinges(band=None)
    asked = replace(found.answer, query=query_of("P(ever war | ever war)"))
    assert "Its condition is too rare in these futures" in words(replace(found, answer=asked))
    assert "Shares are of the outcome's variance" not in words(found), "there is no bar to explain"
    assert "None of 800 futures had it (below 0.01%): too rare" in words(replace(hinges(), answer=never))
    assert "Nothing that readings take differently" in words(hinges(looked_at=0))
    assert "readings agree on it" in words(replace(hinges(), spread=None))
    assert "no single thing stands out" in words(hinges())


def test_a_question_is_headed_by_what_it_says() -> None:
    estimate = replace(ESTIMATE, questions=(Question("q", query_of("P(ever war)"), "Will there be war?"),))
    shown = hinges_shown([turned(hinges())], MODEL, estimate, SPEAK, top=3)
    (outcome,) = (block for block in shown.blocks if isinstance(block, Part))
    assert outcome.title == "Will there be war?"
    assert outcome.blocks[0] == text(Mark("P(ever war)", "quiet"))
