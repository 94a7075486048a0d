"""Update: against the posterior of a chain worked out by hand; readings weighed; too little refused."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from scipy import stats

from estimative.questions.ask import Answer, ask
from estimative.questions.evidence import pattern_count
from estimative.questions.moved import moved
from estimative.questions.resampled import weigh_resampled
from estimative.questions.update import MOST_COUNTS, evidence_of, update
from estimative.words.lexicon import lexicon
from support.records import CHAIN, READERS, exactly, few, probability, record_of
from support.small import estimate_of, futures_of, query_of

if TYPE_CHECKING:
    from estimative.questions.futures import Futures
    from estimative.questions.update import Update

ERROR = 1e-6 / 40
"""This file's part of the suite's error budget, for each of its comparisons (fewer than 10 of some hundreds)."""

MOVES = np.array([[0.7, 0.3], [0.2, 0.8]])
SEEN = np.array([0.1, 0.6])
"""From peace and from war: what follows, and the probability that troops are first seen."""


def by_hand(seen_in: int, right: float) -> tuple[float, float]:
    """P(report), and P(war at the sixth year's end | report), of troops first seen in a year, right so often."""
    start = np.array([1.0, 0.0])
    unseen = np.diag(1 - SEEN) @ MOVES
    until = start @ np.linalg.matrix_power(unseen, seen_in - 1)
    so = until @ np.diag(SEEN) @ np.linalg.matrix_power(MOVES, 7 - seen_in)
    every = start @ np.linalg.matrix_power(MOVES, 6)
    report = right * so + (1 - right) * (every - so)
    return float(report.sum()), float(report[1] / report.sum())


@pytest.fixture(scope="module")
def chain() -> Futures:
    return futures_of(estimate_of(CHAIN, years=6), readings=32)


@pytest.mark.parametrize(("year", "grade", "right"), [(2, "A1", 1.0), (4, "B2", 0.85), (6, "C3", 0.68)])
def test_the_posterior_of_a_six_step_chain(chain: Futures, year: int, grade: str, right: float) -> None:
    record = record_of(
        f"observations: {{seen: {{signal: troops, seen: {2019 + year}, grade: {grade}}}}}", chain
    )
    query = probability("P(war at 2025)")
    expected = by_hand(year, right)
    exact = exactly(few(chain, 1), evidence_of(record, chain.model.calendar), [query])
    # Thresholds are multiples of 2**-32.
    assert float(exact.likelihood[0]) == pytest.approx(expected[0], abs=1e-8)
    assert float(exact.hits[0, 0] / exact.met[0, 0]) == pytest.approx(expected[1], abs=1e-8)
    found = update(chain, record, [query])
    assert found.refused is None
    assert not found.resampled
    after = found.outcomes[0].after
    assert after is not None
    # All readings are alike here: the mean of 32 is known to a sixth of the error of one.
    assert after.mean == pytest.approx(expected[1], abs=after.error)
    other = by_hand(year % 6 + 1, right)
    assert abs(float(exact.likelihood[0]) - other[0]) > 1e-3, "the twin: another year is another number"
    assert abs(float(exact.hits[0, 0] / exact.met[0, 0]) - other[1]) > 1e-3


def test_what_is_known_is_conditioned_on_to_the_future(chain: Futures) -> None:
    """With A1 alone the weights are 0 and 1: the same futures as a query's condition has."""
    record = record_of("facts: {calm: {what: war, not-by: 2022, grade: A1}}", chain)
    found = update(chain, record, [probability("P(war at 2025)")])
    (given,) = ask(chain, [query_of("P(war at 2025 | not ever war by 2022)")])
    assert isinstance(given, Answer)
    assert found.outcomes[0].values == pytest.approx(given.values, abs=1e-12)
    assert found.reports[0].after is not None
    assert found.reports[0].after.mean == pytest.approx(1, abs=1e-12)


LONG_PEACE = """\
facts:
  peace: {what: war, not-by: 2024, grade: A1}
  war: {what: war, at: 2025, grade: A1}
observations: {last: {signal: troops, seen: 2025, grade: A1}}
"""
"""Five years of peace and no troops; in the sixth troops are seen and war breaks out."""

AGREE, AT_LAST = (0.7 * 0.9) ** 5 * 0.1 * 0.3, 0.1 * 0.3
"""Share of futures that agree with all of it; and with the last year, of those that agree with the five before."""


def test_drawing_anew_reaches_what_hardly_any_future_agrees_with() -> None:
    """Of 8,192 futures 24 agree by themselves. Drawn anew on the way, 246 agree at last."""
    futures = futures_of(estimate_of(CHAIN, years=6), readings=32, futures=8_192)
    record = record_of(LONG_PEACE, futures)
    outcomes = [probability("P(ever war by 2024)"), probability("P(war at 2025)")]
    found = update(futures, record, outcomes)
    assert found.resampled
    assert found.refused is None
    assert AGREE * futures.futures < 100 < found.futures < AT_LAST * futures.futures
    assert [one.after.mean for one in found.outcomes if one.after] == pytest.approx([0, 1], abs=1e-12)
    # All readings are alike here, each with dice of its own.
    each = weigh_resampled(futures, evidence_of(record, futures.model.calendar), outcomes).likelihood
    error, largest = each.std(ddof=1) / np.sqrt(32), stats.t.isf(ERROR / 10 / 2, 31)
    assert abs(each.mean() - AGREE) < largest * error
    # A mean's error is 1.4 % of it, and two years in which troops might be seen make 23 %.
    assert abs(each.mean() - AGREE / 0.9**2) > largest * error, "the twin: what was not seen is forgotten"


def test_drawing_anew_cannot_make_up_for_the_last_report() -> None:
    """Nothing is left to be drawn after the last year, so of 512 futures only 15 bear the answer."""
    futures = futures_of(estimate_of(CHAIN, years=6), readings=32, futures=512)
    found = update(futures, record_of(LONG_PEACE, futures), [probability("P(war at 2025)")])
    assert found.resampled
    assert found.refused == "too few futures"
    assert found.futures < AT_LAST * futures.futures * 1.1


OUTCOMES = [
    probability(text)
    for text in (
        "P(ever famine)",
        "P(famine at 2022 | ever war)",
        "P(war at 2021 or bread is scarce at 2021)",
    )
]


@pytest.fixture(scope="module")
def readers() -> Futures:
    return futures_of(estimate_of(READERS), "readers", readings=64, futures=8_192)


def reported(readers: Futures, report: str) -> Update:
    return update(readers, record_of(f"facts: {{one: {{{report}}}}}", readers), OUTCOMES)


def test_a_report_that_says_nothing_leaves_everything_as_it_was(readers: Futures) -> None:
    found = reported(readers, "what: war, by: 2021, grade: F6")
    for one in found.outcomes:
        assert one.before.band is not None
        assert one.after is not None
        for name in ("median", "low", "high", "mean"):
            assert getattr(one.after, name) == pytest.approx(getattr(one.before.band, name), abs=1e-9)
    assert (round(found.readings, 6), round(found.futures, 6)) == (64, 8192)
    assert found.moved == ()


def test_what_all_readings_take_alike_never_moves(readers: Futures) -> None:
    """5 % is 5 % to everybody, whatever rounding does to its mean."""
    one_sided = np.where(readers.readings.likelihoods[:, 0] > 0.15, 1.0, 1e-3)
    found = moved(readers, one_sided, 40.0)
    assert "unlikely" in {one.name for one in found}
    assert "troops.if-not" not in {one.name for one in found}


def test_a_shift_is_shown_if_it_is_far_and_beyond_chance(readers: Futures) -> None:
    """Weights that rise with a word's number move its mean by just so many standard deviations."""
    taken = readers.readings.vocabulary.taken(lexicon("icd-203").named("unlikely"))
    scores = (taken - taken.mean()) / taken.std()

    def shift(far: float, effective: float) -> float | None:
        found = {one.name: one.shift for one in moved(readers, 1 + far * scores, effective)}
        return found.get("unlikely")

    assert shift(0.25, 10_000) == pytest.approx(0.25)
    assert shift(0.15, 10_000) is None, "beyond chance, but it makes no difference to anybody"
    assert shift(0.25, 100) is None, "far, but three standard errors are 0.3"


def test_the_world_speaks_for_readings_of_the_words(readers: Futures) -> None:
    """War came although it was unlikely: "unlikely" is to be read higher; had it not come, lower."""
    came = reported(readers, "what: war, by: 2020, grade: A1")
    stayed_away = reported(readers, "what: war, not-by: 2022, grade: A1")
    up = {one.name: one for one in came.moved}
    assert up["unlikely"].shift > 0.3
    assert up["unlikely"].after[1] > up["unlikely"].before[1]
    assert all(one.shift < 0 for one in stayed_away.moved if one.name == "unlikely")


def test_readings_are_weighed_by_their_probability_of_the_record(readers: Futures) -> None:
    found = reported(readers, "what: war, by: 2022, grade: A1")
    (war,) = ask(readers, [query_of("P(ever war by 2022)")])
    assert isinstance(war, Answer)
    assert found.weights == pytest.approx(war.values / war.values.sum(), abs=1e-12)
    assert found.likelihood == pytest.approx(war.values.mean())
    assert found.readings == pytest.approx(war.values.sum() ** 2 / (war.values**2).sum())


REFUSED = {
    "no future agrees": "facts: {a: {what: bread is enough, by: 2020, grade: B2}, b: {what: never, by: 2022, grade: A1}}",
    "too few futures": "facts: {a: {what: rare, by: 2020, grade: A1}}",
    "too few readings": "facts: {a: {what: tells, by: 2020, grade: A1}}",
}
RARE = """\
conditions:
  never: {becomes: {r: {likelihood: 0%, within: 3 years}}}
  rare: {becomes: {r: {likelihood: 1%, within: 3 years}}}
  tells: {becomes: {r: {likelihood: 0-100%, within: 1 year, requires: doubt}}}
  doubt: {starts: 100%}
scales:
  bread: {levels: [scarce, enough], starts: enough, falls: {bad: unlikely}}
"""


@pytest.mark.parametrize("reason", REFUSED)
def test_too_little_is_refused_and_said(reason: str) -> None:
    """Of 24 readings of 0-100 %, weighed in proportion, three quarters are left: 18."""
    futures = futures_of(estimate_of(RARE), readings=24, futures=1_024)
    found = update(futures, record_of(REFUSED[reason], futures), [probability("P(ever rare)")])
    assert found.refused == reason
    assert found.outcomes[0].after is None
    assert found.outcomes[0].before.band is not None
    assert found.moved == ()


def test_a_condition_that_the_evidence_leaves_too_few_futures_for_gets_no_answer(readers: Futures) -> None:
    record = record_of("facts: {peace: {what: war, not-by: 2022, grade: A1}}", readers)
    found = update(readers, record, [probability("P(ever famine | ever war)")])
    assert found.refused is None
    assert found.outcomes[0].before.band is not None
    assert found.outcomes[0].after is None


def test_a_world_that_is_made_so_has_no_record(readers: Futures) -> None:
    record = record_of("facts: {a: {what: war, by: 2020, grade: B2}}", readers)
    with pytest.raises(ValueError, match="made so"):
        update(readers, record, [probability("P(ever war | do(war))")])


def test_a_reading_is_ruled_out_by_far_less_than_the_mean() -> None:
    """Readings of 0-100 % are weighed in proportion: those below 2.5 % have a twentieth of the mean weight."""
    futures = futures_of(estimate_of(RARE), readings=200, futures=2_048)
    found = update(futures, record_of("facts: {a: {what: tells, by: 2020, grade: A1}}", futures), [])
    (tells,) = ask(futures, [query_of("P(ever tells by 2020)")])
    assert isinstance(tells, Answer)
    assert found.ruled_out == np.mean(tells.values < tells.values.mean() / 20)
    assert 0 < found.ruled_out < 0.06


def test_many_grades_are_weighed_step_by_step(readers: Futures) -> None:
    """Where patterns are too many to be counted, futures are weighed as they go: the same weights."""
    years = ("2020", "2021", "2022")
    grades = ("B2", "B3", "C2", "C3", "D2", "D3", "B4", "E3", "D4", "A3")
    reports = "".join(
        f"  r{number}: {{what: war, by: {years[number % 3]}, grade: {grade}}}\n"
        for number, grade in enumerate(grades)
    )
    some = replace(readers, futures=2_048)
    record = record_of("facts:\n" + reports, some)
    counts = pattern_count(evidence_of(record, some.model.calendar)) * (1 + 2 * (len(OUTCOMES) + len(grades)))
    assert counts > MOST_COUNTS
    found = update(some, record, OUTCOMES)
    assert found.resampled
    assert found.refused is None
