"""Readings: likelihoods become hazards, modifiers and lotteries become thresholds, names keep their numbers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pytest

from estimative.language.read import read_texts
from estimative.model.compile import compile_estimate
from estimative.model.guards import TRUE, Holds
from estimative.model.model import (
    Case,
    Crossing,
    Degree,
    Effect,
    Kind,
    Lottery,
    Model,
    Modifier,
    Rule,
    Trend,
    Variable,
)
from estimative.model.readings import hazard, read, reread, shares, shifts
from estimative.model.tables import SCALE, thresholds
from estimative.model.trends import hazards
from estimative.places.calendar import Calendar
from estimative.places.source import Source
from estimative.words.ladder import deserves
from estimative.words.meaning import Anything, Counted, Exactly, OneOf, Said, Within

if TYPE_CHECKING:
    from estimative.words.meaning import Meaning
    from estimative.words.vocabulary import Confidence, Lens

STEPS = 8
CALENDAR = Calendar.of(date(2020, 1, 1), 24, "quarter")
DEGREES: tuple[Degree, ...] = ("slightly", "plainly", "greatly")


def rule(
    name: str,
    meaning: Meaning,
    length: int = 1,
    modifiers: tuple[Modifier, ...] = (),
    confidence: Confidence | None = None,
) -> Rule:
    return Rule(
        name, 0, Effect.BECOMES, TRUE, 1, STEPS, length, meaning, modifiers=modifiers, confidence=confidence
    )


def model(*rules: Rule, standard: str = "icd-203", lotteries: tuple[Lottery, ...] = ()) -> Model:
    variables = (
        Variable("thing", Kind.CONDITION, ("no", "yes")),
        Variable("heir", Kind.LOTTERY, ("unsettled", "son", "general", "other")),
    )
    return Model("small", CALENDAR, standard, variables, rules, lotteries)


# -- words -------------------------------------------------------------------------------------------------


def test_two_and_four_likely_things_of_icd_203() -> None:
    """Likely is .55 to .80: two independent ones .3025 to .64, four in a row .0915 to .4096."""
    words = [Said("likely"), Said("probable"), Said("likely"), Said("probable")]
    readings = read(model(*(rule(f"r{n}", word) for n, word in enumerate(words))), "author", 1024, 7)
    assert np.array_equal(readings.likelihoods[:, 0], readings.likelihoods[:, 2])  # one person, one word
    assert not np.array_equal(readings.likelihoods[:, 0], readings.likelihoods[:, 1])
    for some, low, high in (([0, 2], 0.3025, 0.64), ([0, 1], 0.3025, 0.64), ([0, 1, 2, 3], 0.0915, 0.4096)):
        product = readings.likelihoods[:, some].prod(axis=1)
        assert product.min() >= low
        assert product.max() <= high
    squares = readings.likelihoods[:, 0] ** 2
    assert squares.min() < 0.31
    assert squares.max() > 0.63


def test_readers_go_beyond_the_range() -> None:
    """Twin of the above: as readers take it, likely leaves .55 to .80."""
    taken = read(model(rule("r", Said("likely"))), "readers", 1024, 7).likelihoods[:, 0]
    assert taken.min() < 0.55
    assert taken.max() > 0.80
    assert np.median(taken) == pytest.approx(0.75, abs=0.002)


def test_readings_say_which_words_numbers_deserve() -> None:
    readings = read(model(rule("r", Said("likely"))), "readers", 100, 7)
    assert readings.lens == "readers"
    assert deserves(readings.vocabulary, np.full(100, 0.6), "likely").all()
    assert not deserves(readings.vocabulary, np.full(100, 0.5), "likely").any()


# -- hazards and modifiers -------------------------------------------------------------------------------


def test_a_hazard_adds_up_to_its_likelihood() -> None:
    probability = np.array([0.0, 1e-6, 0.02, 0.5, 0.9975, 1.0])
    for length in (1, 4, 40):
        found = hazard(probability, length)
        assert 1 - (1 - found) ** length == pytest.approx(probability, abs=1e-9)
    assert hazard(probability, 1) == pytest.approx(probability, abs=1e-12)
    assert hazard(np.array([0.5]), 4)[0] != pytest.approx(0.125, abs=0.02)  # twin: not simply divided


def test_thresholds_of_a_plain_rule() -> None:
    """.36 over two steps is .2 a step; with no modifiers there is one mask."""
    table = read(model(rule("r", Exactly(0.36), length=2)), "readers", 4, 7).tables.rules[0].thresholds
    assert table.shape == (4, 1, 1)
    assert set(table.ravel().tolist()) == {int(np.floor(np.rint(0.2 * 2**40) / 2**40 * 2**32))}


def test_never_and_always_stay_what_they_are() -> None:
    both = tuple(Modifier(TRUE, "greatly", sign) for sign in (1, -1))
    readings = read(
        model(rule("no", Exactly(0.0), 4, both), rule("yes", Exactly(1.0), 4, both)), "readers", 8, 7
    )
    assert set(readings.tables.rules[0].thresholds.ravel().tolist()) == {0}
    assert set(readings.tables.rules[1].thresholds.ravel().tolist()) == {SCALE}


def test_modifiers_by_hand() -> None:
    """Even odds times the strengths of those that hold, divided by those that restrain."""
    modifiers = (
        Modifier(TRUE, "plainly", 1),
        Modifier(TRUE, "greatly", -1),
        Modifier(TRUE, "slightly", 1),
    )
    readings = read(model(rule("r", Exactly(0.5), 1, modifiers)), "readers", 64, 7)
    table = readings.tables.rules[0].thresholds[:, 0, :] / SCALE
    slightly, plainly, greatly = (readings.strengths[degree] for degree in DEGREES)
    odds = {
        0b000: np.ones(64),
        0b001: plainly,
        0b010: 1 / greatly,
        0b011: plainly / greatly,
        0b100: slightly,
        0b110: slightly / greatly,
        0b111: plainly * slightly / greatly,
    }
    for mask, expected in odds.items():
        assert table[:, mask] == pytest.approx(expected / (1 + expected), abs=1e-9)
    assert not np.allclose(table[:, 0b001], table[:, 0b100])  # twin: bits the other way round
    assert not np.allclose(table[:, 0b010], greatly / (1 + greatly))  # twin: the sign forgotten


def test_a_modifier_works_on_the_likelihood_and_not_on_the_hazard() -> None:
    """.5 over two steps, odds times k: k/(1+k) over two steps."""
    readings = read(model(rule("r", Exactly(0.5), 2, (Modifier(TRUE, "plainly", 1),))), "readers", 64, 7)
    k = readings.strengths["plainly"]
    found = readings.tables.rules[0].thresholds[:, 0, 1] / SCALE
    assert found == pytest.approx(1 - (1 - k / (1 + k)) ** 0.5, abs=1e-9)
    step = 1 - 0.5**0.5
    assert not np.allclose(found, k * step / (1 - step + k * step), atol=0.01)  # twin


def test_strengths_are_lognormal_about_their_medians() -> None:
    readings = read(model(), "readers", 4096, 7)
    for degree, median in zip(DEGREES, (1.5, 3.0, 9.0), strict=True):
        found = np.log(readings.strengths[degree])
        assert np.median(found) == pytest.approx(np.log(median), abs=1e-3)
        assert found.std() == pytest.approx(0.4, abs=1e-3)
    assert np.abs(np.corrcoef([np.log(readings.strengths[d]) for d in DEGREES]) - np.eye(3)).max() < 0.02


def test_shifts_have_one_column_a_mask() -> None:
    strengths = {degree: np.array([2.0]) for degree in DEGREES}
    eight = rule("r", Exactly(0.5), 1, tuple(Modifier(TRUE, "plainly", 1) for _ in range(8)))
    found = shifts(eight, strengths)
    assert found.shape == (1, 256)
    bits = [mask.bit_count() for mask in range(256)]
    assert found[0] == pytest.approx(np.array(bits) * np.log(2))


# -- lotteries ---------------------------------------------------------------------------------------------


def lottery(*rows: tuple[Meaning | None, ...]) -> Lottery:
    cases = tuple(Case(f"heir.settles.case-{number}", TRUE, row) for number, row in enumerate(rows))
    return Lottery("heir.settles", 1, TRUE, cases)


def test_a_lottery_is_normalised_and_the_rest_takes_what_is_left() -> None:
    """10, 20 and the rest: .1, .3, 1. 60, 60, 0: .5, 1, 1. 60, 50 and the rest: 6/11, 1, 1. Zeros: alike."""
    rows = (
        (Exactly(0.1), Exactly(0.2), None),
        (Exactly(0.6), Exactly(0.6), Exactly(0.0)),
        (Exactly(0.6), Exactly(0.5), None),
        (Exactly(0.0), Exactly(0.0), Exactly(0.0)),
        (None, Exactly(0.25), Exactly(0.25)),
    )
    readings = read(model(lotteries=(lottery(*rows),)), "readers", 3, 7)
    table = readings.tables.lotteries[0].thresholds
    assert table.shape == (3, 5, 3)
    expected = [[0.1, 0.3, 1], [0.5, 1, 1], [6 / 11, 1, 1], [1 / 3, 2 / 3, 1], [0.5, 0.75, 1]]
    assert table[0] / SCALE == pytest.approx(np.array(expected), abs=1e-9)
    assert (table[:, :, -1] == SCALE).all()
    assert (np.diff(table.astype(np.int64), axis=2) >= 0).all()


def test_words_of_a_lottery_are_the_persons_own() -> None:
    made = model(rule("r", Said("unlikely")), lotteries=(lottery((Said("unlikely"), Anything(), None)),))
    readings = read(made, "readers", 200, 7)
    found = shares(made.lotteries[0].cases[0], ("son", "general", "other"), readings.vocabulary)
    assert found.sum(axis=1) == pytest.approx(1)
    son, general = readings.likelihoods[:, 0], readings.columns["heir.settles.case-0.general:unknown"]
    total = np.maximum(son + general, 1)
    assert found[:, 0] == pytest.approx(son / total, abs=1e-9)


# -- choices and trends ------------------------------------------------------------------------------------

ESTIMATE = """\
estimate: small
title: A small estimate
as-of: 2020-01-01
horizon: 2 years
step: quarter
standard: icd-203
actors:
  ruler: {says: a ruler, interests: {peace: peace, power: power}}
choices:
  arms:
    says: what it does
    actor: ruler
    options: [none, some]
    starts: none
    reconsidered: likely
    weighs: {some: {power: "++", peace: "-"}}
"""


def test_choices_are_decided_in_every_reading() -> None:
    estimate, problems = read_texts([Source("small.yaml", ESTIMATE)])
    assert estimate is not None, problems
    made, _ = compile_estimate(estimate)
    found = read(made, "readers", 300, 7).tables.choices[0].options
    assert found.shape == (300, 1, 2)
    assert 0 < found[:, 0, 0].mean() < 1  # peace comes first: some readings arm, some do not


def test_a_crossing_has_a_threshold_a_step_and_no_likelihood() -> None:
    trend = Trend(
        name="balance",
        dates=(date(2018, 1, 1), date(2019, 1, 1), date(2020, 1, 1)),
        values=(1.0, 2.0, 3.5),
        log=False,
        drift=1.25,
        scale=0.35,
        freedom=1,
        years=2.0,
        ahead=tuple(step / 4 for step in range(STEPS + 1)),
    )
    crosses = replace(rule("balance.crosses", Exactly(0.0)), meaning=Crossing("balance", 5.0, rising=True))
    made = replace(model(crosses), trends=(trend,))
    readings = read(made, "readers", 32, 7)
    table = readings.tables.rules[0].thresholds
    assert table.shape == (32, STEPS, 1)
    assert np.array_equal(table[:, :, 0], thresholds(hazards(made, crosses, readings.design.column)))
    assert table.max() > 0
    assert np.isnan(readings.likelihoods).all()


# -- names -------------------------------------------------------------------------------------------------

RULES = (
    rule("a", Said("likely"), 4, (Modifier(TRUE, "plainly", 1),)),
    rule("b", OneOf((Said("unlikely"), Exactly(0.3))), 2, confidence="low"),
    rule("c", Within(0.2, 0.6)),
    rule("d", Counted(4, 28)),
)


def test_adding_a_rule_and_taking_more_readings_leave_the_others_alone() -> None:
    small = read(model(*RULES[:2]), "readers", 128, 7)
    large = read(model(RULES[3], *RULES[:3]), "readers", 256, 7)
    for one, other in ((0, 1), (1, 2)):
        assert np.array_equal(small.tables.rules[one].thresholds, large.tables.rules[other].thresholds[:128])
    later = read(model(*RULES), "readers", 100, 7, first=60)
    whole = read(model(*RULES), "readers", 160, 7)
    assert np.array_equal(later.tables.numbers, np.arange(60, 160))
    for number in range(4):
        assert np.array_equal(
            later.tables.rules[number].thresholds, whole.tables.block(60, 160).rules[number].thresholds
        )


@pytest.mark.parametrize("lens", ["readers", "author"])
def test_the_first_of_many_readings_are_those_that_fewer_would_have_been(lens: Lens) -> None:
    made = model(
        *RULES,
        lotteries=(
            Lottery("heir.settles", 1, TRUE, (Case("x", TRUE, (Said("likely"), None, Exactly(0.1))),)),
        ),
    )
    few, first = read(made, lens, 40, 7), read(made, lens, 100, 7).first(40)
    assert np.array_equal(few.likelihoods, first.likelihoods)
    assert np.array_equal(few.tables.numbers, first.tables.numbers)
    assert few.columns.keys() == first.columns.keys()
    assert all(np.array_equal(one, first.columns[name]) for name, one in few.columns.items())
    assert all(np.array_equal(one, first.strengths[degree]) for degree, one in few.strengths.items())
    for one, other in zip(few.tables.rules, first.tables.rules, strict=True):
        assert np.array_equal(one.thresholds, other.thresholds)
    for drawn, again in zip(few.tables.lotteries, first.tables.lotteries, strict=True):
        assert np.array_equal(drawn.thresholds, again.thresholds)
    # What was not drawn yet is drawn for these alone.
    entry = few.vocabulary.lexicon.named("unlikely")
    assert np.array_equal(few.vocabulary.taken(entry), first.vocabulary.taken(entry))
    assert read(made, lens, 10, 7).first(40).tables.readings == 10


def test_another_name_or_seed_gives_other_numbers() -> None:
    found = read(model(RULES[2], replace(RULES[2], name="e")), "readers", 64, 7).likelihoods
    assert not np.array_equal(found[:, 0], found[:, 1])
    assert not np.array_equal(found, read(model(RULES[2], RULES[3]), "readers", 64, 8).likelihoods)


def test_rereading_is_reading_the_reworded_model() -> None:
    made = model(*RULES)
    reworded: dict[str, Meaning] = {"a": Said("unlikely"), "d": OneOf((Said("likely"), Anything()))}
    before = read(made, "readers", 64, 7)
    found = reread(before, made, reworded)
    rules = [replace(r, meaning=reworded.get(r.name, r.meaning)) for r in RULES]
    expected = read(model(*rules), "readers", 64, 7)
    for one, other in zip(found.tables.rules, expected.tables.rules, strict=True):
        assert np.array_equal(one.thresholds, other.thresholds)
    assert np.array_equal(found.likelihoods, expected.likelihoods)
    assert found.tables.rules[1] is before.tables.rules[1]
    assert not np.array_equal(found.tables.rules[0].thresholds, before.tables.rules[0].thresholds)


def test_rereading_a_lottery_is_reading_the_reworded_one() -> None:
    rows: tuple[tuple[Meaning | None, ...], ...] = (
        (Said("likely"), Said("unlikely"), None),
        (Exactly(0.2), None, Exactly(0.1)),
    )
    cases = tuple(Case(f"heir.settles.case-{number}", TRUE, row) for number, row in enumerate(rows))
    made = model(*RULES, lotteries=(Lottery("heir.settles", 1, TRUE, cases),))
    before = read(made, "readers", 64, 7)
    found = reread(before, made, {"heir.settles.case-0.general": Said("very likely")})
    other = replace(cases[0], meanings=(Said("likely"), Said("very likely"), None))
    expected = read(
        model(*RULES, lotteries=(Lottery("heir.settles", 1, TRUE, (other, cases[1])),)), "readers", 64, 7
    )
    (one,), (same,), (was,) = (r.tables.lotteries for r in (found, expected, before))
    assert np.array_equal(one.thresholds, same.thresholds)
    assert not np.array_equal(one.thresholds[:, 0], was.thresholds[:, 0])
    assert np.array_equal(one.thresholds[:, 1], was.thresholds[:, 1])
    assert all(a is b for a, b in zip(found.tables.rules, before.tables.rules, strict=True))


def test_columns_drawn_are_kept_by_name() -> None:
    names = set(read(model(*RULES), "readers", 8, 7).columns)
    assert {"word:likely", "word:unlikely", "readers:extremes", "strength:plainly"} <= names
    assert {"b:wording", "b:confidence", "c:range", "d:tally"} <= names
    assert "a:range" not in names


def test_thresholds_are_floors() -> None:
    table = read(model(RULES[2]), "readers", 50, 7)
    assert np.array_equal(
        table.tables.rules[0].thresholds[:, 0, 0], thresholds(hazard(table.likelihoods[:, 0], 1))
    )


def test_modifiers_guards_do_not_matter_to_the_table() -> None:
    """A table is over masks: whether a modifier holds is the engine's business."""
    one = rule("r", Exactly(0.4), 1, (Modifier(TRUE, "plainly", 1),))
    other = rule("r", Exactly(0.4), 1, (Modifier(Holds(0, frozenset({1})), "plainly", 1),))
    first, second = (read(model(r), "readers", 8, 7).tables.rules[0] for r in (one, other))
    assert np.array_equal(first.thresholds, second.thresholds)


def test_what_is_reworded_knows_what_was_written() -> None:
    """Also reworded twice, and of fewer readings."""
    made = model(*RULES)
    before = read(made, "readers", 64, 7)
    once = reread(before, made, {"a": Said("unlikely")})
    twice = reread(once.first(16), made, {"d": Said("unlikely")})
    assert before.as_written is before
    assert once.as_written is before
    fewer = read(made, "readers", 16, 7)
    assert np.array_equal(twice.as_written.likelihoods, fewer.likelihoods)
    assert not np.array_equal(twice.likelihoods, once.first(16).likelihoods)
