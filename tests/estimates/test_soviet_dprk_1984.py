"""The flagship estimate: complete, cited, true to its tables and its report, with gates that hold."""

from __future__ import annotations

import csv
import re
from dataclasses import fields
from typing import TYPE_CHECKING

import numpy as np
import pytest

from estimative import pipeline
from estimative.engine.request import Intervention, Request, World
from estimative.engine.run import run
from estimative.engine.slow import run_slow
from estimative.estimate.values import Unknown
from estimative.estimate.walk import citations, rules
from estimative.model.compile import compile_estimate
from estimative.model.guards import Holds
from estimative.model.readings import read
from estimative.pipeline import Size
from estimative.questions.ask import Answer
from estimative.sources.citations import check_citations
from estimative.sources.coverage import coverage
from support.report import FLAGSHIP, flagship, needs_report, report, report_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from estimative.estimate.nodes import Choice, Condition, Rule, Scale

OURS = re.compile(
    r"\bours\b|by definition|by its meaning|as above|no likelihood|does not (?:say|name)|not whether",
    re.IGNORECASE,
)
PAGES = {"cover", "iii", "v", "vi", "vii", "viii", "ix", *map(str, range(1, 54))}
NARRATIVE = [FLAGSHIP / "README.md", *sorted((FLAGSHIP / "narrative").glob("*.md"))]
WORDS_OF_THE_LANGUAGE = {
    "unknown", "slightly", "given", "within", "by", "between", "ever", "returns", "interests", "reranked-when",
}  # fmt: skip


def test_it_reads_without_a_single_problem() -> None:
    assert pipeline.check(FLAGSHIP).problems == ()


def test_it_holds_what_a_whole_report_holds() -> None:
    estimate = flagship()
    assert len(estimate.conditions) + len(estimate.scales) + len(estimate.choices) >= 160
    assert len(list(rules(estimate))) >= 150
    assert len(estimate.signals) >= 25
    assert {choice.name for choice in estimate.choices} == {
        "arms-line", "economic-input", "succession-stance", "risk-line",
        "bid-for-moscow", "concessions", "orientation", "use-of-opening", "us-platform",
    }  # fmt: skip
    outcomes = next(scale for scale in estimate.scales if scale.name == "succession").levels
    assert {level.name for level in outcomes} >= {
        "smooth", "coalition", "agreed-other", "military", "turmoil-outcome", "something-else",
    }  # fmt: skip


def test_all_thirty_claims_are_there_and_all_but_two_are_tested() -> None:
    numbered = {number for claim in flagship().claims for number in re.findall(r"\bC\d\d\b", claim.note)}
    tested = {
        number
        for claim in flagship().claims
        if claim.test is not None
        for number in re.findall(r"\bC\d\d\b", claim.note)
    }
    assert numbered == {f"C{n:02d}" for n in range(1, 31)}
    assert numbered - tested == {"C28", "C29"}


@pytest.mark.parametrize(("name", "rule"), list(rules(flagship())), ids=lambda value: str(value)[:50])
def test_every_rule_cites_the_report_or_says_that_its_word_is_ours(name: str, rule: Rule) -> None:
    assert rule.cites or OURS.search(rule.note), name
    if isinstance(rule.likelihood, Unknown):
        assert rule.note, f"{name}: why is it unknown?"


def test_every_variable_belongs_to_an_interest_or_a_perspective() -> None:
    estimate = flagship()
    parted: tuple[Condition | Scale | Choice, ...] = (
        *estimate.conditions,
        *estimate.scales,
        *estimate.choices,
    )
    assert [one.name for one in parted if one.part_of is None] == []


def test_citations_name_pages_that_the_report_has() -> None:
    assert {page for _, citation in citations(flagship()) for page in citation.pages} <= PAGES


def _names() -> Iterator[str]:
    estimate = flagship()
    for section in (
        estimate.actors, estimate.conditions, estimate.scales, estimate.choices, estimate.trends,
        estimate.signals, estimate.claims, estimate.questions,
    ):  # fmt: skip
        yield from (one.name for one in section)
    yield from (name for name, _ in rules(estimate))
    yield from (f"{condition.name}.starts" for condition in estimate.conditions)
    for scale in estimate.scales:
        if scale.settles is not None:
            yield from (f"{scale.name}.settles.{case.name}" for case in scale.settles.cases)


@pytest.mark.parametrize("file", NARRATIVE, ids=lambda file: file.name)
def test_the_narrative_names_only_what_exists(file: Path) -> None:
    known = {*_names(), *WORDS_OF_THE_LANGUAGE, *(path.name for path in FLAGSHIP.iterdir())}
    named = set(re.findall(r"`([a-z][a-z0-9-]*(?:\.[a-z0-9-]+)*)`", file.read_text("utf-8")))
    assert named - known <= {"code", "a.becomes.b"}
    assert len(named & known) >= 5


def _rows(file: str) -> list[dict[str, str]]:
    lines = (FLAGSHIP / file).read_text("utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def test_soviet_trade_adds_up_in_every_row() -> None:
    """Table 2: exports and imports make the total; the balance is ours."""
    for row in _rows("soviet-trade.csv"):
        exports, imports = float(row["exports"]), float(row["imports"])
        assert float(row["total"]) == pytest.approx(exports + imports, abs=0.051), row["year"]
        assert float(row["balance"]) == pytest.approx(exports - imports, abs=1e-9), row["year"]


def test_northern_trade_gives_its_own_shares() -> None:
    """Table 1: part / total is the printed share, but where the print itself does not fit (see the file)."""
    doubtful = {("1969", "china"), ("1976", "ussr")}
    checked = 0
    for row in _rows("northern-trade.csv"):
        for part in ("ussr", "china"):
            if row["total"] == "N.A." or not row[part] or (row["year"], part) in doubtful:
                continue
            share = row[f"{part}-share"]
            digits = len(share.partition(".")[2])
            assert round(100 * float(row[part]) / float(row["total"]), digits) == float(share), row["year"]
            checked += 1
    assert checked == 35


@needs_report
def test_every_citation_is_found_in_the_report() -> None:
    path = report_path()
    assert path is not None
    checked = check_citations(flagship(), path.parent)
    assert checked.unchecked == 0
    assert checked.count("found") >= 0.97 * len(checked.resolved)
    assert [
        one.citation.phrase for one in checked.resolved if one.grade in {"not found", "no such page"}
    ] == []


@needs_report
def test_estimative_passages_are_encoded_or_left_out_on_purpose() -> None:
    found = coverage(flagship(), "r3159", report())
    assert found.accounted >= 0.95
    assert found.count("encoded") > 5 * found.count("left out")
    assert found.whole_pages == 0, "nothing is left out by the page"


@pytest.fixture(scope="module")
def probability() -> Callable[[str], float]:
    """The mean probability over a few readings."""
    estimate = flagship()
    futures = pipeline.prepare(estimate, "readers", Size(readings=32, futures=128))

    def asked(query: str) -> float:
        read, problems = pipeline.query(estimate, query)
        assert read is not None, problems
        (answer,) = pipeline.ask(futures, [read])
        assert isinstance(answer, Answer)
        return float(answer.values.mean())

    return asked


def test_nothing_transforms_the_tie_while_every_gate_is_shut(probability: Callable[[str], float]) -> None:
    """The report's gate, page 24; a Soviet occupation by invitation is the one thing beside it."""
    changed = "ever relationship is transformed"
    assert probability(f"P({changed} and not ever major-change-possible)") == 0.0
    assert probability(f"P({changed})") > 0.0


def test_aid_alone_never_brings_a_bargain(probability: Callable[[str], float]) -> None:
    """Pages 40-41: money without backing for reunification, and without arms."""
    held = "do(economic-input is maximum-exchange), do(risk-line is lip-service), do(arms-line is ban)"
    other_ways = "ever turmoil or ever soviet-help-essential"
    assert probability(f"P(ever relationship >= transformed and not ({other_ways}) | {held})") == 0.0
    assert probability(f"P(ever relationship >= transformed and not ({other_ways}))") > 0.0


def test_the_norm_is_cool_and_chinese(probability: Callable[[str], float]) -> None:
    assert probability("P(relationship <= improved at 1986)") > 0.9
    assert probability("share of time (alignment <= china-leaning)") > 0.9
    assert (
        probability("P(alignment >= tilted-to-moscow at 1992 | do(alignment is turned-to-moscow at 1986))")
        < 0.5
    )


def test_the_fast_engine_gives_the_slow_ones_futures() -> None:
    """To the bit: every level of every variable at every step, with things made so and rules left out."""
    model, names = compile_estimate(flagship(), signals=True)
    tables = read(model, "readers", 2, 1984).tables
    granted, superiority, risk = (
        names.numbers[name] for name in ("facilities-granted", "superiority-lost", "risk-line")
    )
    request = Request(levels=True, firsts=(Holds(granted, frozenset({1})),))
    made = (Intervention(superiority, 1, 0, 40), Intervention(risk, 2, 4, 4))
    world = World(made, frozenset({0, 7, 90}))
    fast = run(model, tables, request, world, seed=1984, futures=70)
    slow = run_slow(model, tables, request, world, seed=1984, futures=70)
    for field in fields(fast):
        assert np.array_equal(getattr(fast, field.name), getattr(slow, field.name)), field.name
