"""What differs between two versions of an estimate, by name, and what each change did."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from estimative.estimate.changes import Detail, applied, changes
from estimative.language.read import read_estimate, read_texts
from estimative.places.source import Source
from estimative.questions.compare import Comparison, compare
from support.small import HEAD, estimate_of, futures_of, query_of

if TYPE_CHECKING:
    from pathlib import Path

    from estimative.estimate.nodes import Estimate

FIRE = """\
conditions:
  spark: {becomes: {r: {likelihood: 30%, within: 1 year}}, ends: {r: {likelihood: 90%, within: 1 year}}}
  dry: {becomes: {r: {likelihood: 30%, within: 1 year}}}
  noise: {becomes: {r: {likelihood: 30%, within: 1 year}}}
  fire: {becomes: {r: {likelihood: 95%, within: 1 year, when: spark and dry}}}
scales:
  alarm: {levels: [low, high], starts: low, rises: {r: {likelihood: 30%, within: 1 year, when: fire}}}
claims:
  safe: {says: It hardly burns, test: P(ever fire by 2023) is at most unlikely}
  quiet: {test: P(ever noise by 2020) is unlikely}
"""
"""Fire needs a spark in the dry; noise does nothing."""


@pytest.fixture(scope="module")
def fire() -> Estimate:
    return estimate_of(FIRE, years=6)


def drier(text: str = FIRE) -> str:
    return text.replace("dry: {becomes: {r: {likelihood: 30%", "dry: {becomes: {r: {likelihood: 90%")


def compared(fire: Estimate, later: str, *queries: str) -> Comparison:
    asked = [query_of(query) for query in queries or ("P(ever fire)",)]
    return compare(futures_of(fire, readings=8, futures=1_024), estimate_of(later, years=6), asked)


def test_a_removed_rule_is_undone_alone(fire: Estimate) -> None:
    """One change of two: the rule is gone, and all else is as it was."""
    later = estimate_of(drier().replace(", ends: {r: {likelihood: 90%, within: 1 year}}", ""), years=6)
    removed, reworded = changes(fire, later)
    assert (removed.kind, removed.name) == ("removed", "spark.ends.r")
    alone = applied(fire, later, removed)
    assert alone != fire
    assert changes(fire, alone) == (removed,)
    assert applied(alone, later, reworded) == later
    assert applied(later, fire, removed.undone).conditions[0] == fire.conditions[0]


def test_changes_are_told_by_name(fire: Estimate) -> None:
    after = estimate_of(drier().replace("  noise:", "  hum:").replace("P(ever noise", "P(ever hum"), years=6)
    found = changes(fire, after)
    assert [(change.kind, change.name) for change in found] == [
        ("reworded", "dry.becomes.r"),
        ("added", "hum"),
        ("removed", "noise"),
        ("reworded", "quiet"),
    ]
    assert found[0].details == (Detail("likelihood", "30%", "90%"),)
    assert found[3].details == (
        Detail("test", "P(ever noise by 2020) is unlikely", "P(ever hum by 2020) is unlikely"),
    )
    step = fire
    for change in found:
        step = applied(step, after, change)
    assert {c.name: c for c in step.conditions} == {c.name: c for c in after.conditions}
    for change in reversed(found):
        step = applied(step, fire, change.undone)
    assert changes(step, fire) == (), "undone, they lead back"
    assert changes(fire, fire) == ()


def test_the_order_of_the_text_is_no_change(fire: Estimate) -> None:
    lines = FIRE.splitlines(keepends=True)
    turned = "".join([lines[0], *lines[4:0:-1], *lines[5:]])
    assert turned != FIRE
    assert changes(fire, estimate_of(turned, years=6)) == ()


def test_what_was_reworded_in_a_rule_is_quoted(fire: Estimate) -> None:
    text = FIRE.replace(
        "{likelihood: 95%, within: 1 year, when: spark and dry}", "{likelihood: 95%, by: 2023}"
    )
    (change,) = changes(fire, estimate_of(text, years=6))
    assert change.details == (
        Detail("within", "1 year", ""),
        Detail("by", "", "2023"),
        Detail("when", "spark and dry", ""),
    )


def test_the_header_changes_answers_too(fire: Estimate) -> None:
    head = HEAD.format(years=4, step="year").replace("title: A small", "title: Another")
    after, _ = read_texts([Source("later.yaml", head + FIRE)])
    assert after is not None
    (change,) = changes(fire, after)
    assert (change.section, change.name) == ("header", "horizon")
    assert change.details == (Detail("horizon", "6 years", "4 years"),)
    found = compare(
        futures_of(fire, readings=8), after, [query_of("P(ever fire)"), query_of("P(fire at 2025)")]
    )
    assert found.alone[0].moved[0].difference is not None
    assert found.alone[0].moved[0].difference.median < -0.1
    assert found.unasked == ("P(fire at 2025)",), "beyond the later version's horizon"


def test_each_change_alone_and_all_together(fire: Estimate) -> None:
    found = compared(
        fire,
        drier().replace("noise: {becomes: {r: {likelihood: 30%", "noise: {becomes: {r: {likelihood: 90%"),
    )
    dry, noise = found.alone
    assert (dry.how, noise.how) == ("alone", "alone")
    assert dry.moved[0].difference is not None
    assert dry.moved[0].difference.median > 0.05
    assert noise.moved[0].difference is not None
    assert (noise.moved[0].difference.low, noise.moved[0].difference.high) == (0, 0), (
        "same dice, same futures"
    )
    assert found.together is not None
    assert found.together.moved[0].difference == dry.moved[0].difference
    # P(ever fire by 2023) goes from 31 % to 61 %, P(ever noise by 2020) from 30 % to 90 %; unlikely is 20-45 %.
    assert [(judged.before.share, judged.after.share) for judged in dry.claims] == [(1, 0), (1, 1)]
    assert [(judged.before.share, judged.after.share) for judged in noise.claims] == [(1, 1), (1, 0)]
    assert [judged.after.share for judged in found.together.claims] == [0, 0]


def test_a_change_that_cannot_stand_alone_is_taken_back_from_the_later_version(fire: Estimate) -> None:
    text = FIRE.replace("when: spark and dry", "when: spark and dry and wind")
    text = text.replace("scales:", "  wind: {becomes: {r: 50%}}\nscales:")
    found = compared(fire, text)
    how = {outcome.change.name: outcome for outcome in found.alone if outcome.change}
    assert {name: one.how for name, one in how.items()} == {"fire.becomes.r": "undone", "wind": "alone"}
    assert found.together is not None
    # All comes of the rule: without it nothing looks at the wind.
    assert how["fire.becomes.r"].moved[0].difference == found.together.moved[0].difference
    assert how["wind"].moved[0].difference is not None
    assert how["wind"].moved[0].difference.high == 0


def test_what_goes_only_together_is_said_to() -> None:
    """A level and the rule that goes to it take each other's place."""
    before = FIRE.replace("levels: [low, high]", "levels: [low, high, top]").replace(
        "when: fire}", "when: fire, to: top}"
    )
    after = FIRE.replace("levels: [low, high]", "levels: [low, high, peak]").replace(
        "when: fire}", "when: fire, to: peak}"
    )
    found = compared(estimate_of(before, years=6), after)
    assert {one.change.name: one.how for one in found.alone if one.change} == {
        "alarm": "not by itself",
        "alarm.rises.r": "not by itself",
    }


SIGNAL = """\
conditions: {fire: {starts: 30%}}
signals: {smoke: {of: fire, if-so: {likelihood: 90%, within: 1 year}, if-not: {likelihood: 5%, within: 1 year}}}
"""


def test_what_a_signal_says_matters_where_it_is_asked_of() -> None:
    after = SIGNAL.replace("5%", "60%")
    for query, moves in (("P(ever smoke)", True), ("P(ever fire)", False)):
        (alone,) = compared(estimate_of(SIGNAL, years=6), after, query).alone
        assert alone.change is not None
        assert alone.change.name == "smoke"
        (moved,) = alone.moved
        assert moved.difference is not None
        assert (moved.difference.median > 0.05) == moves


def test_a_difference_between_versions_is_freed_of_luck() -> None:
    """Every reader of numbers reads the same: the dice alone would make a band of six points of the difference."""
    before = estimate_of("conditions: {x: {starts: 30%}}\n", years=1)
    after = estimate_of("conditions: {x: {starts: 60%}}\n", years=1)
    found = compare(futures_of(before, readings=256, futures=512), after, [query_of("P(ever x)")])
    assert found.together is not None
    (moved,) = found.together.moved
    assert moved.difference is not None
    by_dice = 2 * 1.645 * (0.3 * 0.7 / 512) ** 0.5
    assert moved.difference.median == pytest.approx(0.3, abs=0.01)
    assert moved.difference.high - moved.difference.low < by_dice / 2


def test_a_series_and_the_date_up_to_which_it_is_known_may_go_only_together(tmp_path: Path) -> None:
    """Each by itself leaves one value up to as-of, from which nothing can be projected."""
    early, late = (
        "".join(f"{year}-12-31,{year % 7}\n" for year in years)
        for years in (range(2005, 2013), range(2012, 2020))
    )
    versions = []
    for name, as_of, rows in (("before", 2020, late), ("after", 2013, early)):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "trade.csv").write_text("date,v\n" + rows, "utf-8")
        body = "trends: {trade: {data: trade.csv, column: v}}\nconditions: {big: {becomes: {r: {likelihood: 30%, when: trade >= 30}}}}\n"
        text = HEAD.format(years=2, step="year").replace("2020-01-01", f"{as_of}-01-01") + body
        (folder / "estimate.yaml").write_text(text, "utf-8")
        estimate, _ = read_estimate(folder)
        assert estimate is not None
        versions.append(estimate)
    found = compare(futures_of(versions[0], readings=8, futures=64), versions[1], [query_of("P(ever big)")])
    assert {one.change.name: one.how for one in found.alone if one.change} == {
        "as-of": "undone",
        "trade": "alone",
    }


def test_the_most_frequent_level_is_an_outcome(fire: Estimate) -> None:
    found = compared(
        fire,
        drier(
            FIRE.replace(
                "likelihood: 30%, within: 1 year, when: fire", "likelihood: 99%, within: 1 year, when: fire"
            )
        ),
        "mode of alarm at 2025",
    )
    assert found.together is not None
    (moved,) = found.together.moved
    assert (moved.difference, moved.turned) == (None, 1)


def test_what_people_read_and_what_is_asked_moves_nothing_and_is_not_simulated(fire: Estimate) -> None:
    text = (
        FIRE.replace("says: It hardly burns", "says: It seldom burns")
        + "questions: {q: {event: ever fire}}\n"
    )
    done: list[float] = []
    found = compare(
        futures_of(fire, readings=8, futures=256),
        estimate_of(text, years=6),
        [query_of("P(ever fire)")],
        done.append,
    )
    assert [one.change.name for one in found.alone if one.change] == ["safe", "q"]
    assert len(done) == 2, "the two versions"
    assert compare(futures_of(fire, readings=8, futures=256), fire, [], done.append) == Comparison(
        (), None, ()
    )
    assert len(done) == 2
