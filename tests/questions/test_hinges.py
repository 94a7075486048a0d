"""Hinges: shares with a closed form, of words, rankings, data and readers; false hinges; and words that flip a claim."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from scipy.stats import binom, norm

from estimative.estimate.queries import Probability, ShareOfTime
from estimative.language.read import read_estimate
from estimative.model.compile import compile_estimate
from estimative.model.model import Crossing
from estimative.model.readings import read
from estimative.model.trends import passage
from estimative.questions import trial
from estimative.questions.claims import judge_claims
from estimative.questions.flips import flips
from estimative.questions.futures import Futures
from estimative.questions.hinges import Hinge, Hinges, hinges
from estimative.questions.leeways import Place
from estimative.questions.variance import LEVEL, Share, share
from estimative.words.survey import loadings
from support.small import estimate_of, futures_of, query_of, reworded

if TYPE_CHECKING:
    from pathlib import Path

    from estimative.words.vocabulary import Lens

BUDGET = 1e-6
"""How probable it is that one of the tests with luck in them fails though all is well."""

TWO = """\
conditions:
  wide: {becomes: {a: {likelihood: 10-90%, within: 3 years}}}
  narrow: {becomes: {b: {likelihood: 30-50%, within: 3 years}}}
  apart: {becomes: {c: {likelihood: 0-100%, within: 3 years}}}
"""
"""`wide` and `narrow` are drawn uniformly; `apart` has no part in either."""


def hinges_of(body: str, text: str, lens: Lens = "author", seed: int = 7, futures: int = 1_024) -> Hinges:
    query = query_of(text)
    assert isinstance(query, Probability | ShareOfTime)
    (found,) = hinges(futures_of(estimate_of(body), lens, 128, futures, seed), [query])
    return found


def by_name(found: Hinges) -> dict[str, Hinge]:
    return {hinge.leeway.name: hinge for hinge in found.hinges}


def agrees(share: Share, first: float, total: float) -> bool:
    """Whether both shares are as near as two margins, which is three standard errors and a quarter."""
    return (
        abs(share.first - first) <= 2 * share.first_margin
        and abs(share.total - total) <= 2 * share.total_margin
    )


def test_shares_of_a_product_are_those_of_the_closed_form() -> None:
    """P(both) = w n: E w = .5, var w = .8^2/12, E n = .4, var n = .2^2/12.

    First-order shares (E n)^2 var w / V = .906 and (E w)^2 var n / V = .0885 of
    V = (E n)^2 var w + (E w)^2 var n + var w var n.
    """
    wide, narrow = 0.8**2 / 12, 0.2**2 / 12
    whole = 0.16 * wide + 0.25 * narrow + wide * narrow
    found = hinges_of(TWO, "P(ever wide and ever narrow)")
    named = by_name(found)
    assert set(named) == {"wide.becomes.a", "narrow.becomes.b"}, "what is apart has no bar, by chance neither"
    more, less = named["wide.becomes.a"].share, named["narrow.becomes.b"].share
    assert agrees(more, 0.16 * wide / whole, (0.16 + narrow) * wide / whole)
    assert agrees(less, 0.25 * narrow / whole, (0.25 + wide) * narrow / whole)
    assert not agrees(less, 0, 0.25 * narrow / whole), "the twin"
    assert less.total_margin < 0.02
    assert found.spread == pytest.approx(whole**0.5, rel=0.05)
    assert found.alone == pytest.approx(1 - wide * narrow / whole, abs=2 * found.alone_margin)
    assert (found.looked_at, found.readings) == (2, 1024)


def test_a_swing_is_the_mean_of_either_end() -> None:
    """The lowest fifth of U(.1, .9) has mean .18, the highest .82; of what restrains, the other way round."""
    (hinge,) = hinges_of(TWO, "P(ever wide)").hinges
    assert (hinge.low, hinge.high) == pytest.approx((0.18, 0.82), abs=0.02)
    (hinge,) = hinges_of(TWO, "P(not ever wide)").hinges
    assert (hinge.low, hinge.high) == pytest.approx((0.82, 0.18), abs=0.02)


PROBABLE = "conditions:\n  rain: {becomes: {a: {likelihood: probable, within: 3 years}}}\n"


def test_what_readers_share_and_what_is_the_words_own() -> None:
    """In the standard's range a reader's number is uniform, with a normal score of which parts are common to words.

    Two such numbers whose scores correlate by r correlate by 6/pi asin(r/2): r is c for who has a part of the
    variance c in common, 1 - c for who shares all the rest.
    """
    found = hinges_of(PROBABLE, "P(ever rain)")
    named = by_name(found)
    common = loadings()["probable"]
    parts = {name: loading**2 for name, loading in common.items() if loading**2 > 0.01}
    assert len(parts) > 2
    for name, part in {**parts, "probable": 1 - sum(loading**2 for loading in common.values())}.items():
        alone, rest = (6 / np.pi * np.arcsin(r / 2) for r in (part, 1 - part))
        assert agrees(named[name].share, alone, 1 - rest)
    for name in parts:
        up = named[name].low < named[name].high
        assert up == (common[name] > 0), "the direction in which a part moves the word"
    assert not agrees(named["likely-words"].share, *(named["probable"].share.first,) * 2), "the twin"


GO = """\
actors: {us: {says: Washington, interests: {peace: keep the peace, trade: trade}}}
choices:
  line:
    actor: us
    options: [stay, go, fight]
    starts: stay
    reconsidered: {likelihood: 100%, within: 1 year}
    weighs: {go: {trade: "SIGN"}, fight: {peace: "--"}}
"""


def test_a_ranking_that_decides_alone_makes_all_the_variance() -> None:
    """The weight of the second of two interests is uniform up to a half; a large effect decides above .05."""
    found = hinges_of(GO.replace("SIGN", "++"), "P(ever line is go)")
    (hinge,) = found.hinges
    assert (hinge.leeway.kind, hinge.leeway.name) == ("ranking", "us")
    assert agrees(hinge.share, 1, 1)
    assert found.spread == pytest.approx((0.9 * 0.1) ** 0.5, rel=0.1)
    assert (hinge.low, hinge.high) == pytest.approx((0.5, 1), abs=0.1), "half of the lowest fifth stays"


def test_a_ranking_and_a_small_effect_share_what_is_theirs_together() -> None:
    """Goes if s w > .05, s uniform up to 1, w up to a half: of s, with u = 2 w, go shares 1 - .1/s.

    E = .9 - .1 ln 10 = .6697, V = E (1 - E); what either makes by itself is .9 - .2 ln 10 + .09 - E^2.
    """
    mean = 0.9 - 0.1 * np.log(10)
    first = (0.9 - 0.2 * np.log(10) + 0.09 - mean**2) / (mean * (1 - mean))
    named = by_name(hinges_of(GO.replace("SIGN", "+"), "P(ever line is go)"))
    assert {hinge.leeway.kind for hinge in named.values()} == {"ranking", "effect"}
    for hinge in named.values():
        assert agrees(hinge.share, first, 1 - first)
        assert not agrees(hinge.share, first, first), "the twin: what both do together is in each total"


def test_strengths_are_leeways_of_their_own() -> None:
    """A lognormal factor on odds of 3 to 7: in the lowest fifth the log is .4 x 1.4 below that of 9."""
    found = hinges_of(
        """\
conditions:
  cause: {starts: yes}
  effect: {becomes: {a: {likelihood: 30%, within: 3 years, heightened-by: greatly cause}}}
""",
        "P(ever effect)",
    )
    (hinge,) = found.hinges
    assert (hinge.leeway.kind, hinge.leeway.name) == ("strength", "greatly")
    assert hinge.leeway.places == (Place("rule", 0),)
    assert agrees(hinge.share, 1, 1)
    odds = 3 / 7 * 9 * np.exp(0.4 * norm.ppf(np.linspace(0.0005, 0.1995, 200)))
    assert hinge.low == pytest.approx((odds / (1 + odds)).mean(), abs=0.01)


TRADE = """\
estimate: trade
title: Trade
as-of: 1984-10-01
horizon: 5 years
step: quarter
standard: ordinary
conditions: {open: {starts: 20-80%}}
trends: {trade: {data: trade.csv, log: yes}}
questions: {both: {event: ever trade >= 800 and ever open}}
"""
ROWS = "year,total\n1978,378\n1979,492\n1980,572\n1981,529\n1982,681\n1983,587\n"


def test_what_data_leave_open_is_one_leeway(tmp_path: Path) -> None:
    """Drift and scatter together: a product of first passage with a range, whose moments are at hand."""
    (tmp_path / "trade.csv").write_text(ROWS)
    (tmp_path / "estimate.yaml").write_text(TRADE)
    estimate, problems = read_estimate(tmp_path)
    assert estimate is not None, problems
    model, names = compile_estimate(estimate)
    (question,) = estimate.questions
    assert isinstance(question.query, Probability)
    futures = Futures(estimate, model, names, read(model, "author", 128, 5), 5, 1_024)
    named = by_name(hinges(futures, [question.query])[0])
    crossing = next(rule.meaning for rule in model.rules if isinstance(rule.meaning, Crossing))
    many = read(model, "author", 4096, 6).design
    passed = passage(model.trends[0], crossing, many.column, model.trends[0].ahead)[:, -1]
    p, of_p, q, of_q = passed.mean(), passed.var(), 0.5, 0.6**2 / 12
    whole = q**2 * of_p + p**2 * of_q + of_p * of_q
    assert named["trade"].leeway.kind == "data"
    assert len(named["trade"].leeway.columns) == 2
    assert agrees(named["trade"].share, q**2 * of_p / whole, (q**2 + of_q) * of_p / whole)
    assert agrees(named["open.starts"].share, p**2 * of_q / whole, (p**2 + of_p) * of_q / whole)
    assert not agrees(named["open.starts"].share, q**2 * of_p / whole, of_p), "the twin"


COINS = """\
conditions:
  coin: {starts: 50%}
  other: {starts: 10-90%}
  wide: {starts: 20-80%}
"""
FAIR = "(ever coin and not ever other or not ever coin and ever other)"


def null_hinges(text: str, name: str) -> int:
    """In how many of 40 seeds something that only shuffles futures is a hinge."""
    return sum(name in by_name(hinges_of(COINS, text, seed=seed)) for seed in range(40))


@pytest.mark.parametrize("text", [f"P({FAIR})", f"P({FAIR} and ever wide)", f"P(ever wide | {FAIR})"])
def test_what_changes_futures_but_no_probability_is_no_hinge(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fair coin's agreement with another is even whatever the other; twin: one set of dice for both changes."""
    monkeypatch.setattr(trial, "WORK", 1 << 15)
    assert binom.sf(null_hinges(text, "other.starts") - 1, 40, LEVEL) > BUDGET
    if "wide" in text:
        monkeypatch.setattr(
            "estimative.questions.hinges.share", lambda outcome, once, _: share(outcome, once, once)
        )
        assert binom.sf(null_hinges(text, "other.starts") - 1, 40, LEVEL) < BUDGET


@pytest.mark.parametrize(("text", "leeways"), [("P(ever wide)", 1), ("P(ever wide and ever narrow)", 2)])
def test_of_several_leeways_each_must_be_rarer_by_chance(
    text: str, leeways: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What one of a hundred shows by chance is a hinge where it was asked about alone, and not among a hundred."""

    def by_luck(*given: Any) -> Share:
        return replace(share(*given), chance=0.6 * LEVEL)

    monkeypatch.setattr("estimative.questions.hinges.share", by_luck)
    found = hinges_of(TWO, text)
    assert found.looked_at == leeways
    assert len(found.hinges) == (1 if leeways == 1 else 0)


def test_a_condition_leaves_shares_as_they_are_where_it_has_nothing_to_do_with_the_outcome() -> None:
    (hinge,) = hinges_of(COINS, "P(ever wide | ever coin)").hinges
    assert hinge.leeway.name == "wide.starts"
    assert agrees(hinge.share, 1, 1)


TIME = """\
conditions:
  on: {becomes: {a: {likelihood: 45-55%, within: 1 year}}, ends: {b: {likelihood: 50%, within: 1 year}}}
"""


def test_a_share_of_time_has_less_error_than_a_probability() -> None:
    """On for p / (p + .5) of the time in the long run, which p from .45 to .55 moves by .0144 (standard deviation).

    The error that p(1 - p)/M would give a probability, .022 here, would leave nothing of it.
    """
    query = query_of("share of time on")
    assert isinstance(query, ShareOfTime)
    futures = futures_of(estimate_of(TIME, years=40), readings=128, futures=512)
    (found,) = hinges(futures, [query])
    (hinge,) = found.hinges
    assert agrees(hinge.share, 1, 1)
    assert found.spread == pytest.approx(0.0144, rel=0.15)


LOTTERY = """\
conditions: {calm: {starts: 50%}}
scales:
  heir:
    levels: [open, son, brother]
    starts: open
    settles: {levels: {son: likely, brother: the rest}}
"""


def test_a_word_that_stands_in_a_lottery_alone_names_its_cell() -> None:
    found = hinges_of(LOTTERY, "P(heir is son at 2022)")
    assert by_name(found)["likely"].leeway.places == (Place("lottery", 0, ((0, 1),)),)


MANY = """\
conditions:
  small: {starts: likely}
  large: {starts: likely}
  idle: {starts: likely}
  out: {becomes: {a: {likelihood: 100%, within: 1 year, when: large or small and rare}}}
  rare: {starts: 5%}
"""


def test_places_come_in_the_order_in_which_they_matter() -> None:
    """`small` comes first in the text, but matters one time in twenty; `idle` has no part."""
    likely = by_name(hinges_of(MANY, "P(ever out)"))["likely"]
    assert likely.leeway.places == (Place("rule", 1), Place("rule", 0))


def test_hinges_do_not_hang_on_how_many_readings_were_run_before() -> None:
    query = query_of("P(ever wide and ever narrow)")
    assert isinstance(query, Probability)
    few, many = (
        hinges(futures_of(estimate_of(TWO), readings=count, futures=256), [query])[0] for count in (16, 256)
    )
    assert [hinge.share for hinge in few.hinges] == [hinge.share for hinge in many.hinges]


def test_outcomes_in_several_worlds_are_answered_in_their_order() -> None:
    queries = [query_of(text) for text in ("P(ever wide)", "P(ever wide | do(wide))", "P(ever narrow)")]
    asked = [query for query in queries if isinstance(query, Probability)]
    found = hinges(futures_of(estimate_of(TWO), readings=16, futures=256), asked)
    assert [[hinge.leeway.name for hinge in one.hinges] for one in found] == [
        ["wide.becomes.a"],
        [],
        ["narrow.becomes.b"],
    ]


def test_readings_that_agree_have_no_hinges() -> None:
    found = hinges_of("conditions:\n  a: {becomes: {x: {likelihood: 50%, within: 3 years}}}\n", "P(ever a)")
    assert (found.hinges, found.spread, found.looked_at) == ((), None, 0)


def test_a_condition_that_hardly_any_future_meets_has_no_hinges() -> None:
    found = hinges_of(COINS + "  never: {starts: 0.1%}\n", "P(ever wide | ever never)")
    assert found.answer.band is None
    assert (found.hinges, found.spread) == ((), None)


WORDS = """\
conditions:
  first: {becomes: {a: {likelihood: likely, within: 3 years}}}
  second: {becomes: {b: {likelihood: likely, within: 3 years, when: first}}}
  other: {becomes: {c: {likelihood: likely, within: 3 years}}}
claims:
  one-likely: {test: P(ever first) > 50%}
  even: {test: P(ever first) > 20%}
"""


def test_a_word_names_the_rules_on_which_it_stands_and_no_others() -> None:
    (word,) = (hinge for hinge in hinges_of(WORDS, "P(ever second)").hinges if hinge.leeway.kind == "word")
    assert word.leeway.name == "likely"
    assert set(word.leeway.places) == {Place("rule", 0), Place("rule", 1)}


def test_a_word_one_rung_down_flips_the_claim_that_stands_on_it_alone() -> None:
    """In ICD 203 `likely` is over 55%, the next rung down, 45-55%, holds in no more than half of readings."""
    estimate = estimate_of(WORDS)
    futures = futures_of(estimate, readings=128, futures=2_048)
    found = flips(futures, estimate.claims)
    assert [answer.verdict for answer in found.before] == ["follows", "follows"]
    flipped = {flip.claim.name: flip for flip in found.flips}
    assert set(flipped) == {"one-likely"}
    flip = flipped["one-likely"]
    assert (flip.rewording.name, flip.rewording.steps) == ("first.becomes.a", -1)
    assert flip.verdict != "follows"
    (again,) = judge_claims(reworded(futures, [flip.rewording]), [flip.claim])
    assert again.share == flip.after
