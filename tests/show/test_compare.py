"""Two versions as blocks: what changed and how, what each change moved, and what all did together."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

import estimative
from estimative.questions.compare import Comparison, compare
from estimative.show.blocks import Mark, Paragraph, Shown, Table, plain
from estimative.show.compare import MOST, compare_shown
from estimative.show.setting import Setting
from support.small import estimate_of, futures_of, query_of

if TYPE_CHECKING:
    from estimative.questions.futures import Futures

BEFORE = """\
conditions:
  dry: {says: All is dry, becomes: {drought: {likelihood: 30%, within: 1 year}}}
  fire: {becomes: {r: {likelihood: 90%, within: 1 year, when: dry}}}
  noise: {becomes: {r: {likelihood: 30%, within: 1 year}}}
scales:
  smoke: {levels: [none, some], starts: none, rises: {r: {likelihood: 90%, within: 1 year, when: fire}}}
claims:
  safe: {says: It will hardly burn, test: P(ever fire by 2021) is at most unlikely}
  loud: {says: It is loud, test: P(ever noise) is likely}
questions:
  fires: {event: ever fire}
  noises: {event: ever noise}
  smokes: {ask: mode of smoke at 2022}
"""
AFTER = (
    BEFORE.replace("drought: {likelihood: 30%, within: 1 year}", "drought: {likelihood: 80%, within: 1 year}")
    .replace("when: dry}", "when: dry and hot}")
    .replace("  noise:", "  hot: {starts: yes}\n  noise:")
)


SAYS = {"P(ever fire)": "It burns"}


@pytest.fixture(scope="module")
def futures() -> Futures:
    return futures_of(estimate_of(BEFORE), readings=8, futures=1_024)


@pytest.fixture(scope="module")
def answer(futures: Futures) -> Comparison:
    asked = [question.query for question in futures.estimate.questions]
    return compare(futures, estimate_of(AFTER), asked)


@pytest.fixture(scope="module")
def shown(futures: Futures, answer: Comparison) -> Shown:
    return compare_shown(answer, "before.yaml", "after.yaml", Setting.of(futures), SAYS)


def rows(shown: Shown, title: str) -> list[list[str]]:
    """Cells of the table with a title, freed from their roles."""
    (table,) = (block for block in shown.blocks if isinstance(block, Table) and block.title.startswith(title))
    return [[cell.text if isinstance(cell, Mark) else str(cell) for cell in row] for row in table.rows]


def said(shown: Shown) -> str:
    return "\n".join(plain(block.words) for block in shown.blocks if isinstance(block, Paragraph))


def test_changes_with_what_was_reworded(shown: Shown) -> None:
    assert [row[:3] for row in rows(shown, "What changed")] == [
        ["reworded", "dry.becomes.drought", "likelihood: 30% → 80%"],
        ["reworded", "fire.becomes.r", "when: dry → dry and hot"],
        ["added condition", "hot", ""],
    ]
    assert all(row[3].startswith("small.yaml:") for row in rows(shown, "What changed"))


def test_what_each_change_moved(shown: Shown) -> None:
    dry, *others = rows(shown, "What each change did")
    assert dry[:2] == ["dry.becomes.drought", "mode of smoke at 2022"]
    assert dry[2] == "another level in 100%"
    assert others[0][1] == "It burns"
    assert others[0][2].startswith("+")
    assert others[1][1:] == ["It will hardly burn", "100% → 0% of readings: does not follow"]
    assert len(others) == 2
    assert "2 changes moved nothing: fire.becomes.r, hot." in said(shown)


def test_all_changes_together_with_what_stands(shown: Shown) -> None:
    modes, fires = rows(shown, "Outcomes")
    assert modes[:3] == ["mode of smoke at 2022", "none (100%)", "some (100%)"]
    assert fires[0] == "It burns"
    assert "1 other outcome did not move by a point." in said(shown)
    assert rows(shown, "Claims") == [["It will hardly burn", "follows, 100%", "does not follow, 0%"]]
    assert "1 other claim stands as before." in said(shown)


def test_machines_get_every_change_with_every_outcome_and_claim(shown: Shown) -> None:
    told = {(row["name"], row["part"], row.get("outcome", row.get("claim"))): row for row in shown.rows}
    assert len(told) == len(shown.rows) == 4 * (1 + 3 + 2)
    assert str(told["fire.becomes.r", "change", None]["where"]).startswith("small.yaml:")
    claim = told["dry.becomes.drought", "claim", "safe"]
    assert (claim["before_verdict"], claim["after_verdict"], claim["after_share"]) == (
        "follows",
        "does not follow",
        0,
    )
    fire = told["fire.becomes.r", "outcome", "P(ever fire)"]
    assert (fire["section"], fire["told"]) == ("conditions", "undone")
    assert fire["detail"] == "when: dry \N{RIGHTWARDS ARROW} dry and hot"
    # With every reading alike the medians' difference is the difference of medians.
    assert fire["after_median"] - fire["before_median"] == pytest.approx(fire["difference_median"])  # type: ignore[operator] # both are numbers
    mode = told["", "outcome", "mode of smoke at 2022"]
    assert mode["turned"] == 1
    assert mode["before_level"] != mode["after_level"]


def test_many_outcomes_of_one_change_are_cut(futures: Futures) -> None:
    asked = [query_of(f"P(ever fire by {year})") for year in (2021, 2022)]
    asked += [query_of(f"P(dry at {year})") for year in (2020, 2021, 2022)]
    after = BEFORE.replace("30%", "80%", 1).replace("says: It will hardly", "says: It can hardly")
    found = compare(futures, estimate_of(after), asked)
    told = rows(compare_shown(found, "a", "b", Setting.of(futures), {}), "What each change did")
    assert told[MOST][1] == "1 more outcome, less far"


def test_a_change_that_is_the_only_one_is_told_once(futures: Futures) -> None:
    found = compare(futures, estimate_of(BEFORE.replace("30%", "80%", 1)), [query_of("P(ever fire)")])
    blocks = compare_shown(found, "a", "b", Setting.of(futures), {}).blocks
    titles = [block.title for block in blocks if isinstance(block, Table)]
    assert [title.split(",")[0] for title in titles] == ["What changed", "Outcomes", "Claims"]


def test_nothing_changed_and_nothing_asked(futures: Futures, answer: Comparison) -> None:
    setting = Setting.of(futures)
    same = compare(futures, futures.estimate, [query_of("P(ever fire)")])
    assert "Nothing changed" in said(compare_shown(same, "a", "b", setting, {}))
    assert answer.together is not None
    bare = replace(answer, together=replace(answer.together, moved=(), claims=()), unasked=("P(ever x)",))
    assert "give a QUERY" in said(compare_shown(bare, "a", "b", setting, {}))
    assert "The later version cannot be asked: P(ever x)." in said(compare_shown(bare, "a", "b", setting, {}))


def test_a_notebook_draws_it(futures: Futures, answer: Comparison) -> None:
    assert "likelihood: 30%" in str(estimative.display(answer, futures))
