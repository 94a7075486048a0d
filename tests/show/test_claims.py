"""Claims as blocks: what a ranking measured, and pages in the sentence."""

from __future__ import annotations

from functools import cache

from estimative import pipeline
from estimative.questions.bands import Band
from estimative.show.blocks import Shown, Verdict, plain
from estimative.show.claims import Judged, claim_pages, claims_shown, measure_text
from estimative.show.setting import Setting, speak_of
from support.small import estimate_of, futures_of

TEXT = """\
sources: {report: {title: A report}}
conditions:
  a: {becomes: {r: {likelihood: 60%, within: 1 year}}}
  b: {becomes: {r: {likelihood: 20%, within: 1 year}}}
  idle: {becomes: {r: likely}}
  war: {is: a or b}
claims:
  leads:
    says: A leads
    test: a matters most of (b, a) to P(ever war) by potential
    cites: [report p.vii "a leads", report p.9 "a does"]
  nothing: {says: Idle does nothing, test: idle does not matter to P(ever war) by volatility}
  word: {says: War is likely, test: P(ever war) is at least likely}
  more: {says: A makes war, test: P(ever war | do(a)) > P(ever war | do(not a))}
  no-less: {says: Idle makes no war, test: P(ever war | do(idle)) > P(ever war | do(not idle))}
"""


@cache
def shown() -> Shown:
    futures = futures_of(estimate_of(TEXT, years=1), readings=32, futures=4096)
    judged = [Judged(Setting.of(futures), pipeline.claims(futures))]
    return claims_shown(judged, (), speak_of("icd-203"))


def lines(says: str) -> list[str]:
    (verdict,) = (block for block in shown().blocks if isinstance(block, Verdict) and block.says == says)
    return [plain(line) for line in verdict.lines]


def test_a_ranking_says_by_which_measure_and_how_much_each_matters_most_first() -> None:
    """In one step, a .6 and b .2: .68 of war, without a .2, without b .6."""
    (line,) = (one for one in lines("A leads") if one.startswith("potential: "))
    first, second = line.removeprefix("potential: ").split(", ")
    assert first.startswith("a 7"), first
    assert second.startswith("b 1"), second
    assert not any("came out as" in one for one in lines("A leads")), (
        "it is not about the outcome's probability"
    )


def test_what_does_not_matter_is_shown_against_the_line() -> None:
    assert lines("Idle does nothing")[-1] == "volatility: idle 0% (0%); below 5% it does not matter"


def test_other_claims_say_what_came_out() -> None:
    assert any(one.startswith("came out as likely [55–80%]") for one in lines("War is likely"))


def test_what_is_compared_says_how_often_it_is_higher_and_how_often_the_same() -> None:
    """With the same dice nothing is otherwise where it bears on nothing."""
    assert lines("A makes war")[-1] == "the first is higher in 100% of readings, the same in 0%, lower in 0%"
    same, luck = lines("Idle makes no war")[-2:]
    assert same == "the first is higher in 0% of readings, the same in 100%, lower in 0%"
    assert luck.startswith("too close to call in 100% of readings by 256 futures")
    (row,) = (row for row in shown().rows if row.get("claim") == "no-less" and row["part"] == "claim")
    assert (row["higher"], row["same"], row["lower"]) == (0.0, 1.0, 0.0)


def test_machines_get_each_measure_as_a_row() -> None:
    rows = [row for row in shown().rows if "measure" in row]
    assert [(row["claim"], row["measure"], row["of"]) for row in rows] == [
        ("leads", "potential", "a"),
        ("leads", "potential", "b"),
        ("nothing", "volatility", "idle"),
    ]
    median = rows[0]["median"]
    assert isinstance(median, float)
    assert abs(median - (1 - 0.2 / 0.68)) < 0.02


def test_pages_are_named_with_their_source_unless_there_is_but_one() -> None:
    claim = estimate_of(TEXT).claims[0]
    assert claim_pages(claim) == "report p.vii, p.9"
    assert claim_pages(claim, "report") == "p.vii, p.9"
    assert claim_pages(estimate_of(TEXT).claims[1], "report") == ""


def test_what_stands_in_the_way_has_a_sign() -> None:
    assert measure_text(Band(-0.3, -0.5, 0.1, -0.3, 0.0)) == "−30% (−50 to 10%)"
