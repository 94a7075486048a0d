"""Checks: what is found, and what must not be; the catalogue has an example of every problem."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from estimative.estimate.walk import rules
from estimative.language.checks.queries import check_query
from estimative.language.read import parse_query, parse_test, read_texts
from estimative.places.source import Source
from estimative.questions.ranking import Part
from support.small import futures_of

if TYPE_CHECKING:
    from estimative.estimate.nodes import Estimate
    from estimative.places.problem import Problem

TEXT = """
estimate: tiny
title: A tiny estimate
as-of: 2020-01-01
horizon: 5 years
step: quarter
standard: icd-203
sources:
  fao: {title: The harvest}
actors:
  north: {interests: {regime: stay, trade: trade}}
  south: {interests: {trade: trade more}}
conditions:
  drought: {part-of: regime, becomes: {dry-spring: {likelihood: likely, cites: fao p.3}}}
  famine: {part-of: north.trade, is: drought and stocks is low}
scales:
  stocks: {levels: [low, fair, high], starts: fair, falls: {eaten: {likelihood: likely, when: drought, to: low}}}
  heir: {levels: [open, son, other], starts: open, settles: {levels: {son: likely, other: the rest}}}
choices:
  line:
    actor: north
    options: [wait, talk]
    starts: wait
    reconsidered: {likelihood: likely, within: 1 year}
    weighs: {talk: {trade: "+"}}
signals:
  prices: {of: famine, if-so: {likelihood: likely}, if-not: {likelihood: unlikely, within: 1 year}}
"""


def read(text: str) -> tuple[Estimate | None, tuple[Problem, ...]]:
    return read_texts([Source("t.yaml", text)])


def codes(text: str) -> list[str]:
    return [problem.code for problem in read(text)[1]]


@pytest.fixture(name="estimate")
def an_estimate() -> Estimate:
    estimate, found = read(TEXT)
    assert not found
    assert estimate is not None
    return estimate


def test_a_good_estimate_has_no_problems(estimate: Estimate) -> None:
    assert estimate.conditions[1].is_ is not None


ASKED: list[tuple[str, list[str]]] = [
    ("P(ever drought)", []),
    ("P(ever drought by 2020-03)", []),
    ("P(ever drought by 2024-12-31)", []),
    ("P(ever drought by 2025-01)", []),  # five years from 1 January are over on 1 January
    ("P(ever drought by 2025-02)", ["E0610"]),
    ("P(ever drought by 2019)", ["E0610"]),
    ("P(drought at 2020)", []),
    ("P(drought at 2025)", []),
    ("P(drought at 2026)", ["E0610"]),
    ("P(ever drought from 2021 by 2022)", []),
    ("P(ever drought from 2022 by 2021)", ["E0611"]),
    ("P(ever drought from 2021-01 by 2021-02)", ["E0222"]),
    ("P(ever drought from 2021-01 by 2021-03)", []),
    ("P(drought)", ["E0614"]),
    ("P(ever drought and famine)", ["E0614"]),
    ("P(ever (drought and famine))", []),
    ("P(ever drought | famine)", ["E0614"]),
    ("P(ever drought | famine at 2021)", []),
    ("P(ever ever drought)", ["E0615"]),
    ("P(ever drought before famine)", ["E0615"]),
    ("P((ever drought) before (ever famine))", []),
    ("P(drought before famine)", []),
    ("P(ever (drought before famine))", ["E0615"]),
    ("P(ever stocks is low)", []),
    ("P(ever stocks)", ["E0111"]),
    ("P(ever stocks is empty)", ["E0114"]),
    ("P(ever stocks >= fair)", []),
    ("P(ever heir is son)", []),
    ("P(ever heir >= son)", ["E0115"]),
    ("P(ever line is talk)", []),
    ("P(ever line > wait)", ["E0115"]),
    ("P(ever drought is yes)", ["E0113"]),
    ("P(ever prices)", []),
    ("P(ever drought | ever prices by 2021)", []),
    ("P(ever drought | do(prices))", ["E0617"]),
    ("P(ever prices is yes)", ["E0113"]),
    ("P(ever north)", ["E0112"]),
    ("P(ever regime)", ["E0112"]),
    ("P(ever nothing-of-the-kind)", ["E0110"]),
    ("share of time drought", []),
    ("share of time (drought and ever famine)", []),
    ("share of time (drought at 2021)", ["E0246"]),
    ("mode of stocks at 2022", []),
    ("mode of heir at 2022", []),
    ("mode of line at 2022", []),
    ("mode of drought at 2022", ["E0616"]),
    ("mode of prices at 2022", ["E0616"]),
    ("mode of stoks at 2022", ["E0110"]),
    ("mode of stocks at 2030", ["E0610"]),
    ("P(ever famine | do(drought))", []),
    ("P(ever famine | do(not drought at 2021))", []),
    ("P(ever famine | do(famine))", []),
    ("P(ever famine | do(stocks is low at 2021), do(line is talk))", []),
    ("P(ever famine | do(stocks))", ["E0111"]),
    ("P(ever famine | do(stocks is empty))", ["E0114"]),
    ("P(ever famine | do(drought is wet))", ["E0113"]),
    ("P(ever famine | do(prices))", ["E0617"]),
    ("P(ever famine | do(drougt))", ["E0110"]),
    ("P(ever famine | do(drought at 2030))", ["E0610"]),
]


@pytest.mark.parametrize(("text", "expected"), ASKED, ids=[text for text, _ in ASKED])
def test_queries(text: str, expected: list[str], estimate: Estimate) -> None:
    query, found = parse_query(text)
    assert not found
    assert query is not None
    assert [problem.code for problem in check_query(query, estimate)] == expected


CLAIMED: list[tuple[str, list[str]]] = [
    ("P(ever drought) is likely", []),
    ("P(ever drought) is at most very unlikely", []),
    ("P(ever drought) is liekly", ["E0201"]),
    ("P(ever drought) is not likely", ["E0203"]),
    ("P(ever drought) is realistic possibility", ["E0202"]),
    ("mode of stocks at 2022 is low or fair", []),
    ("mode of stocks at 2022 is empty", ["E0114"]),
    ("regime matters most of (regime, north.trade) to P(ever famine) by potential", []),
    ("north matters most of (north, regime) to P(ever famine) by variance", []),
    (
        "drought.becomes.dry-spring matters most of (drought.becomes.dry-spring, stocks) to P(ever famine) by variance",
        [],
    ),
    ("trade matters most of (trade, regime) to P(ever famine) by variance", []),
    ("south matters most of (south, regime) to P(ever famine) by variance", ["E0618"]),
    ("south.trade matters most of (south.trade, regime) to P(ever famine) by variance", ["E0618"]),
    ("north.regime matters most of (north.regime, stocks) to P(ever famine) by variance", ["E0618"]),
    ("prices matters most of (prices, drought) to P(ever famine) by variance", ["E0622"]),
    ("prices does not matter to P(ever famine) by potential", ["E0622"]),
    ("drought does not matter to share of time famine by variance", ["E0623"]),
    ("drought does not matter to share of time famine by volatility", []),
    ("drought matters most of (drought, drought) to P(ever famine) by potential", ["E0624"]),
    ("regime matters most of (trade, drought) to P(ever famine) by variance", ["E0619"]),
    ("regimes does not matter to P(ever famine) by variance", ["E0110"]),
    ("drought.becomes.wet-spring does not matter to P(ever famine) by variance", ["E0110"]),
]


def test_whatever_a_check_lets_through_has_a_part_that_can_matter(estimate: Estimate) -> None:
    futures = futures_of(estimate, readings=2, futures=64)
    names = [
        *("north", "south", "regime", "trade", "north.regime", "north.trade", "south.trade", "fao"),
        *("drought", "famine", "stocks", "heir", "line", "prices", "heir.settles"),
        *(name for name, _ in rules(estimate)),
    ]
    sound = []
    for name in names:
        test, _ = parse_test(f"{name} does not matter to P(ever famine) by potential")
        assert test is not None
        if not check_query(test, estimate):
            sound.append(Part.of(futures, name).name)
    assert len(sound) == 12


@pytest.mark.parametrize(("text", "expected"), CLAIMED, ids=[text for text, _ in CLAIMED])
def test_tests_of_claims(text: str, expected: list[str], estimate: Estimate) -> None:
    test, found = parse_test(text)
    assert not found
    assert test is not None
    assert [problem.code for problem in check_query(test, estimate)] == expected


CHANGED: list[tuple[str, str, list[str]]] = [
    ("part-of: regime", "part-of: north", []),
    ("part-of: regime", "part-of: trade", ["E0118"]),
    ("part-of: regime", "part-of: south.trade", []),
    ("part-of: regime", "part-of: south.regime", ["E0110"]),
    ("part-of: regime", "part-of: regim", ["E0110"]),
    ("part-of: regime", "of: north", []),
    ("part-of: regime", "of: norht", ["E0110"]),
    ("actor: north", "actor: norht", ["E0110"]),
    ("to: low", "to: empty", ["E0114"]),
    ("starts: fair", "starts: full", ["E0114"]),
    ("starts: wait", "starts: stop", ["E0114"]),
    ("starts: open", "starts: son", ["E0253"]),
    ("starts: fair", "starts: fair, norm: high, returns: likely", []),
    ("starts: fair", "starts: fair, returns: likely", ["E0051"]),
    ("starts: fair", "starts: fair, norm: higher, returns: likely", ["E0114"]),
    ("cites: fao p.3", "within: 3 months, cites: fao p.3", []),
    ("cites: fao p.3", "within: 80 days, cites: fao p.3", ["E0222"]),
    ("cites: fao p.3", "within: 90 days, cites: fao p.3", ["E0222"]),  # the first quarter of 2020 has 91
    ("cites: fao p.3", "within: 91 days, cites: fao p.3", []),
    ("cites: fao p.3", "within: 90 years, cites: fao p.3", []),
    ("cites: fao p.3", "by: 2020-03, cites: fao p.3", []),
    ("cites: fao p.3", "by: 2020-02, cites: fao p.3", ["E0222"]),
    ("cites: fao p.3", "by: 2030, cites: fao p.3", []),
    ("cites: fao p.3", "by: 2019, cites: fao p.3", ["E0221"]),
    ("cites: fao p.3", "between: [2020, 2030], cites: fao p.3", []),
    ("cites: fao p.3", "between: [2018, 2030], cites: fao p.3", ["W0223"]),
    ("cites: fao p.3", "between: [2018, 2019], cites: fao p.3", ["E0221"]),
    ("cites: fao p.3", "between: [2025, 2026], cites: fao p.3", ["E0221"]),
    ("cites: fao p.3", "between: [2021-01, 2021-02], cites: fao p.3", ["E0222"]),
    ("cites: fao p.3", "between: [2019-12, 2021], cites: fao p.3", ["W0223"]),
    ("cites: fao p.3", "within: 1 year, by: 2021, between: [2021, 2022], cites: fao p.3", ["E0056", "E0056"]),
    ("likelihood: unlikely, within: 1 year", "likelihood: unlikely, within: 1 month", ["E0222"]),
    ("as-of: 2020-01-01", "as-of: 2020-03", []),
    ("horizon: 5 years", "horizon: 20 quarters", []),
    ("horizon: 5 years", "horizon: 1200 months", []),
    ("horizon: 5 years", "horizon: 31 months", ["W0228"]),
    ("step: quarter", "step: week", ["E0229"]),  # and nothing of windows, whose steps are not known
    ("horizon: 5 years", "horizon: 5 jahre", ["E0217"]),
    ("as-of: 2020-01-01", "as-of: 2020-02-30", ["E0216"]),
    ("standard: icd-203", "standard: icd", ["E0234"]),
]


@pytest.mark.parametrize(("old", "new", "expected"), CHANGED, ids=[new for _, new, _ in CHANGED])
def test_one_change(old: str, new: str, expected: list[str]) -> None:
    assert TEXT.count(old) == 1
    assert codes(TEXT.replace(old, new)) == expected


def test_nested_conditions_are_no_cycle() -> None:
    text = TEXT + "claims: {c: {says: C}}\n"
    assert codes(text.replace("  famine:", "  a: {is: famine or b}\n  b: {is: famine}\n  famine:")) == []


def test_each_ring_of_definitions_is_one_problem() -> None:
    rings = "  a: {is: b}\n  b: {is: a}\n  c: {is: ever d}\n  d: {is: not c}\n  e: {is: a}\n  famine:"
    found = read(TEXT.replace("  famine:", rings))[1]
    assert [problem.code for problem in found] == ["E0120", "E0120"]
    assert "`a` needs `b` needs `a`" in found[0].says


@pytest.mark.parametrize("word", ["when", "cites"])
def test_keys_among_effects_are_no_interests(word: str) -> None:
    assert codes(TEXT.replace("trade: trade more", f"{word}: something")) == ["E0102"]
