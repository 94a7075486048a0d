"""Ranking claims against closed forms: two independent causes of one outcome, with known shares."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from estimative.estimate.queries import DoesNotMatter, Probability
from estimative.questions import ranking
from estimative.questions.ask import Answer, ask
from estimative.questions.claims import judge_claims
from estimative.questions.ranking import LITTLE, MOST_MADE, Part, Ranking, measured
from estimative.questions.settled import idle
from support.small import estimate_of, futures_of, query_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from estimative.estimate.queries import Measure
    from estimative.questions.futures import Futures
    from estimative.questions.ranking import Measured
    from estimative.words.vocabulary import Lens

LENSES: tuple[Lens, ...] = ("author", "readers")

FOUR_SIGMA = 5.2
"""Standard errors allowed: beyond them lies 2e-7, for each of fewer than 5 comparisons."""

CAUSES = """\
actors:
  north: {interests: {regime: stay in power, unity: unite the country}}
  south: {interests: {growth: grow, unity: unite the country}}
conditions:
  coup: {part-of: regime, becomes: {r: {likelihood: 40%, within: 1 year}}}
  famine: {part-of: north.unity, becomes: {r: {likelihood: 20%, within: 1 year}}}
  sunshine: {part-of: growth, becomes: {r: {likelihood: 50%, within: 1 year}}}
  opening: {part-of: south.unity, starts: 30%}
  war: {is: coup or famine}
claims:
  coup-most: {test: "regime matters most of (regime, north.unity, growth) to P(ever war) by potential"}
  famine-most: {test: "north.unity matters most of (regime, north.unity, growth) to P(ever war) by potential"}
  sun-not: {test: sunshine does not matter to P(ever war) by volatility}
  coup-not: {test: coup does not matter to P(ever war) by variance}
"""
"""In one step: coup .4 and famine .2, so war .52."""

EXPECTED: dict[Measure, tuple[float, float, float]] = {
    "potential": (1 - 0.2 / 0.52, 1 - 0.4 / 0.52, 0.0),
    "volatility": (1 - 0.52, 1 - 0.52, 0.0),
    # Squared correlation of a cause q with the war p that always follows it: q (1 - p) / (p (1 - q)).
    "variance": (0.4 * 0.48 / (0.52 * 0.6), 0.2 * 0.48 / (0.52 * 0.8), 0.0),
}


@pytest.fixture(scope="module")
def causes() -> Futures:
    return futures_of(estimate_of(CAUSES, years=1), readings=64, futures=8192)


def outcome() -> Probability:
    query = query_of("P(ever war)")
    assert isinstance(query, Probability)
    return query


def found_in(futures: Futures, names: list[str], measure: Measure) -> dict[str, Measured]:
    (found,) = measured(futures, [Ranking(tuple(names), outcome(), measure)])
    return dict(found)


@pytest.mark.parametrize("measure", ["potential", "volatility", "variance"])
def test_two_causes_have_their_known_shares(causes: Futures, measure: Measure) -> None:
    found = found_in(causes, ["regime", "north.unity", "growth"], measure)
    for one, expected in zip(found.values(), EXPECTED[measure], strict=True):
        error = one.values.std() / np.sqrt(len(one.values))
        assert abs(one.values.mean() - expected) <= FOUR_SIGMA * error + 1e-3


@pytest.mark.parametrize("measure", ["potential", "volatility", "variance"])
def test_a_band_of_what_all_readings_take_alike_is_no_wider_than_luck(
    causes: Futures, measure: Measure
) -> None:
    """All likelihoods are numbers, so all that readings differ in is Monte Carlo error, and it is taken out."""
    found = found_in(causes, ["regime", "north.unity"], measure)
    for one, expected in zip(found.values(), EXPECTED[measure], strict=False):
        assert one.band is not None
        spread = np.quantile(one.values, 0.95) - np.quantile(one.values, 0.05)
        assert one.band.high - one.band.low < 0.6 * spread
        assert abs(one.band.median - expected) < spread


def test_a_claim_that_ranks_keeps_what_was_measured(causes: Futures) -> None:
    answers = {answer.claim.name: answer for answer in judge_claims(causes, causes.estimate.claims)}
    most = answers["coup-most"].measured
    assert most is not None
    assert list(most) == ["regime", "north.unity", "growth"]
    ahead = most["regime"].values - np.maximum(most["north.unity"].values, most["growth"].values)
    leads = answers["coup-most"].leads
    assert leads is not None
    assert np.array_equal(leads, ahead)
    little = answers["sun-not"].measured
    assert little is not None
    leads = answers["sun-not"].leads
    assert leads is not None
    assert np.array_equal(leads, LITTLE - little["sunshine"].values)


def test_what_nobody_can_tell_has_no_band() -> None:
    text = """\
conditions:
  a: {becomes: {r: 50%}}
  never: {becomes: {r: {likelihood: 50%, when: a and not a}}}
claims:
  none: {test: a does not matter to P(ever never) by potential}
"""
    futures = futures_of(estimate_of(text), readings=16, futures=256)
    (answer,) = judge_claims(futures, futures.estimate.claims)
    assert answer.verdict is None
    assert answer.measured is not None
    assert answer.measured["a"].band is None


def test_shares_of_another_outcome_are_refused_by_the_same_measure(causes: Futures) -> None:
    """The twin: swapped causes would not pass."""
    regime = found_in(causes, ["regime", "north.unity"], "potential")["regime"].values
    assert abs(regime.mean() - EXPECTED["potential"][1]) > FOUR_SIGMA * regime.std() / 8


def test_claims_that_rank_are_judged(causes: Futures) -> None:
    verdicts = {answer.claim.name: answer.verdict for answer in judge_claims(causes, causes.estimate.claims)}
    assert verdicts == {
        "coup-most": "follows",
        "famine-most": "does not follow",
        "sun-not": "follows",
        "coup-not": "does not follow",
    }


def test_what_cannot_bear_on_the_outcome_is_exactly_nothing(causes: Futures) -> None:
    for measure in ("potential", "volatility"):
        assert not found_in(causes, ["sunshine"], measure)["sunshine"].values.any()
    assert found_in(causes, ["sunshine"], "variance")["sunshine"].values.max() < LITTLE


@pytest.mark.parametrize(
    ("name", "variables"),
    [
        ("regime", ["coup"]),
        ("north.unity", ["famine"]),
        ("south.unity", ["opening"]),
        ("north", ["coup", "famine"]),
        ("south", ["sunshine", "opening"]),
        ("coup", ["coup"]),
    ],
)
def test_a_name_stands_for_what_belongs_to_it(causes: Futures, name: str, variables: list[str]) -> None:
    part = Part.of(causes, name)
    assert [causes.model.variables[number].name for number in part.variables] == variables
    assert {causes.model.rules[rule].name.partition(".")[0] for rule in part.rules} == set(variables)


def test_a_rule_stands_for_itself(causes: Futures) -> None:
    part = Part.of(causes, "coup.becomes.r")
    assert part.variables == ()
    assert [causes.model.rules[rule].name for rule in part.rules] == ["coup.becomes.r"]
    with pytest.raises(LookupError):
        Part.of(causes, "nothing")


def test_of_many_things_the_one_that_moves_most_is_measured() -> None:
    """More things than are measured in full; only the last of them moves the outcome."""
    idle = "".join(f"  x{k}: {{part-of: side, becomes: {{r: 50%}}}}\n" for k in range(MOST_MADE + 3))
    text = (
        "actors: {a: {interests: {side: a side, main: the main thing}}}\n"
        f"conditions:\n{idle}  key: {{part-of: side, becomes: {{r: 1%}}}}\n"
        f"  war: {{becomes: {{r: {{likelihood: 90%, when: key}}, s: 10%}}, requires: {' or '.join(f'not x{k}' for k in range(MOST_MADE + 3))}}}\n"
    )
    futures = futures_of(estimate_of(text, years=4), readings=16, futures=2048)
    effect = found_in(futures, ["side"], "volatility")["side"].values
    # Held from the start, the key leaves war 90% over the four years, beside 10% of its own.
    base = found_in(futures, ["key"], "volatility")["key"].values
    assert np.array_equal(effect, base)
    assert effect.min() > 0.5


STRUCK = """\
actors: {farm: {interests: {grain: have grain, gold: have gold}}}
conditions:
  frost: {becomes: {r: {likelihood: 40%, within: 1 year}}}
  thaw: {starts: yes}
  calm: {}
  shelter: {starts: yes, ends: {r: {likelihood: 50%, within: 1 year}}}
  quarrel: {part-of: grain, becomes: {r: {likelihood: 20%, within: 1 year}}}
  bad-year: {part-of: grain, is: frost}
  crisis: {is: (bad-year and thaw and not calm and tone is low) or quarrel}
  split: {is: vote is north or quarrel}
scales:
  tone: {levels: [low, high], starts: low}
  vote: {levels: [open, north, south], starts: open, settles: {levels: {north: 40%, south: the rest}}}
claims:
  unmoved: {test: tone does not matter to P(ever crisis) by potential}
  never: {test: calm does not matter to P(ever crisis) by potential}
"""
"""In one step: frost .4 and a quarrel .2, so a crisis .52; and so is the vote north, or a quarrel."""


@pytest.fixture(scope="module")
def struck() -> Futures:
    return futures_of(estimate_of(STRUCK, years=1), readings=64, futures=8192)


@pytest.mark.parametrize(
    ("name", "asked", "potential"),
    [
        ("bad-year", "P(ever crisis)", 1 - 0.2 / 0.52),  # derived: it never holds
        ("thaw", "P(ever crisis)", 1 - 0.2 / 0.52),  # it held from the start
        ("vote", "P(ever split)", 1 - 0.2 / 0.52),  # a lottery: never settled
        ("grain", "P(ever crisis)", 1.0),  # what has rules and what has none
        ("bad-year", "P(ever crisis | do(bad-year))", 0.0),  # made so whatever its reasons
        ("shelter", "P(shelter at 2020)", 1.0),  # it held from the start, whatever rules end it
        ("calm", "P(ever crisis)", 0.0),  # it never holds as it is
        ("tone", "P(ever crisis)", 0.0),  # no level is that of a scale without its rules
    ],
)
def test_what_has_no_rules_of_its_own_is_struck_too(
    struck: Futures, name: str, asked: str, potential: float
) -> None:
    query = query_of(asked)
    assert isinstance(query, Probability)
    (found,) = measured(struck, [Ranking((name,), query, "potential")])
    values = found[name].values
    error = values.std() / np.sqrt(len(values))
    assert abs(values.mean() - potential) <= FOUR_SIGMA * error + 1e-9


def test_where_nothing_can_be_struck_it_is_said(struck: Futures) -> None:
    tests = [claim.test for claim in struck.estimate.claims]
    assert [idle(struck, test) for test in tests if isinstance(test, DoesNotMatter)] == ["no rules"] * 2


HINDERED = """\
conditions:
  guard: {becomes: {r: {likelihood: 50%, within: 1 year}}}
  theft: {becomes: {r: {likelihood: 30%, within: 1 year, unless: guard}}}
claims:
  idle: {test: guard does not matter to P(ever theft) by potential}
"""
"""In two steps: theft .3 and then, where no guard has come, .3 of the rest: .405; without guards .51."""


def test_what_stands_in_the_way_matters() -> None:
    futures = futures_of(estimate_of(HINDERED, years=2), readings=64, futures=8192)
    (answer,) = judge_claims(futures, futures.estimate.claims)
    assert answer.measured is not None
    assert answer.measured["guard"].band is not None
    assert abs(answer.measured["guard"].band.median - (1 - 0.51 / 0.405)) < 0.02
    assert answer.verdict == "does not follow"


RARE = """\
conditions:
  war: {becomes: {r: {likelihood: 20%, heightened-by: greatly tension is high}}}
  peace: {becomes: {r: 10%}}
scales:
  tension:
    levels: [low, middle, high]
    starts: middle
    rises: {up: 30%}
    falls: {down: 30%}
"""


def test_a_world_in_which_nothing_can_be_told_says_nothing_against_the_others() -> None:
    """Held low, tension never meets the condition; held high, it always does."""
    futures = futures_of(estimate_of(RARE), readings=32, futures=4096)
    query = query_of("P(ever war | always tension >= middle)")
    held = query_of("P(ever war | do(tension is high))")
    assert isinstance(query, Probability)
    (found,) = measured(futures, [Ranking(("tension",), query, "volatility")])
    high, base = (answer.values for answer in ask(futures, [held, query]) if isinstance(answer, Answer))
    assert np.array_equal(found["tension"].values, np.abs(high - base))


@pytest.mark.parametrize("measure", ["potential", "volatility"])
def test_the_error_is_that_of_the_futures_that_met_the_condition(measure: Measure) -> None:
    futures = futures_of(estimate_of(RARE), readings=32, futures=8192)
    query = query_of("P(ever war | ever peace)")
    assert isinstance(query, Probability)
    (found,) = measured(futures, [Ranking(("tension",), query, measure)])
    one = found["tension"]
    assert one.band is not None
    met = 0.1 * futures.futures
    values = one.values[~np.isnan(one.values)]
    (answer,) = ask(futures, [query])
    assert isinstance(answer, Answer)
    hits = met * answer.values if measure == "potential" else met
    expected = np.sqrt((np.abs(values * (1 - values)) / hits).mean())
    assert one.band.error == pytest.approx(expected, rel=0.1)


def test_variance_counts_nothing_that_it_does_not_use(
    causes: Futures, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []

    def hits(_: Futures, wanted: Sequence[object]) -> list[object]:
        asked.extend(wanted)
        return []

    monkeypatch.setattr(ranking, "hits_in_each", hits)
    assert found_in(causes, ["regime"], "variance")["regime"].band is not None
    assert asked == []


def test_what_lowers_the_outcome_moves_it_too() -> None:
    """A guard from the start leaves no theft."""
    futures = futures_of(estimate_of(HINDERED, years=2), readings=16, futures=4096)
    query = query_of("P(ever theft)")
    assert isinstance(query, Probability)
    (found,) = measured(futures, [Ranking(("guard",), query, "volatility")])
    (answer,) = ask(futures, [query])
    assert isinstance(answer, Answer)
    assert np.array_equal(found["guard"].values, answer.values)
