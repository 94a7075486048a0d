"""What signs tell: published values of the information of a question, and estimates whose signs are known."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from estimative.questions.bands import HIGH, LOW, drawn_in
from estimative.questions.information import NATS, counted, information, log_ratios
from estimative.questions.watch import Sign, Watch, watch
from support.records import probability
from support.small import estimate_of, futures_of

if TYPE_CHECKING:
    from estimative.questions.futures import Futures

LARGEST = 6.7
"""Standard errors that none of the 40 numbers compared here exceeds by chance: 1e-6 / 40 / 40."""


@pytest.mark.parametrize(
    ("prior", "given", "chance", "expected"), [(0.1, 0.02, 0.01, 2.2420e-4), (0.3, 0.2, 0.5, 0.0104914)]
)
def test_the_information_of_a_question(prior: float, given: float, chance: float, expected: float) -> None:
    """U, U|c, c as published, base-10 logarithms; U given not-c follows from them."""
    otherwise = (prior - chance * given) / (1 - chance)
    found = information(prior, [given, otherwise], [chance, 1 - chance])
    assert found == pytest.approx(expected, rel=1e-4)
    # The same from counts so large that chance adds nothing.
    joint = np.array([[chance * given, (1 - chance) * otherwise], [chance * (1 - given), 0]])
    joint[1, 1] = 1 - joint.sum()
    assert float(counted(1e12 * joint)) == pytest.approx(found, rel=1e-6)


def test_a_sign_that_is_always_right_tells_all_there_is_to_know() -> None:
    everything = -(0.25 * np.log10(0.25) + 0.75 * np.log10(0.75))
    assert float(counted(np.diag([0.25e9, 0.75e9]))) == pytest.approx(everything)
    assert information(0.25, [1, 0], [0.25, 0.75]) == pytest.approx(everything)


@pytest.mark.parametrize("patterns", [2, 8])
def test_counts_of_what_has_nothing_to_do_with_each_other_tell_nothing(patterns: int) -> None:
    """The mean over 4,000 tables of 600 futures; as they are counted, they seem to tell something."""
    cells, each = 2 * patterns, 600
    tables = np.random.default_rng(1984).multinomial(each, np.full(cells, 1 / cells), size=4_000)
    found = counted(tables.reshape(-1, patterns, 2).astype(float))
    error = found.std() / np.sqrt(len(found))
    # The next term of the expansion: the sum of 1/p over cells, by 12 n^2 (Harris 1975).
    assert abs(found.mean()) < LARGEST * error + NATS * cells**2 / (12 * each**2)
    as_counted = found + NATS * (patterns - 1) / (2 * each)
    assert as_counted.mean() > 2 * LARGEST * error, "the twin"


START = """\
conditions:
  root: {starts: 30%}
  spy: {becomes: {finds: {likelihood: 100%, within: 1 year, when: root}}, of: king}
signals:
  sign: {of: root, if-so: {likelihood: 60%, within: 1 year}, if-not: {likelihood: 10%, within: 1 year}}
actors: {king: {interests: {rule: to rule, riches: to be rich}}}
"""
"""What is so from the start, a sign of it, and what somebody thinks of it."""


ORDERED = """\
conditions:
  talks: {becomes: {r: {likelihood: 30%, within: 1 year}}}
  war: {becomes: {r: {likelihood: 30%, within: 1 year, unless: talks}}}
  peace: {becomes: {r: {likelihood: 20%, within: 1 year, when: talks}, s: {likelihood: 5%, within: 1 year}}}
"""
"""Talks keep off war and bring peace."""


def signs_of(futures: Futures, found: Watch) -> dict[str, Sign]:
    return {futures.model.variables[sign.variable].name: sign for sign in found.signs}


def test_probabilities_ratio_and_information_by_date() -> None:
    """Seen within t years with 1 - .4^t if so and 1 - .9^t if not; the ratio is that of the two."""
    futures = futures_of(estimate_of(START, years=6), readings=32)
    found = watch(futures, probability("P(root at 2025)"))
    years = np.arange(7)
    so, not_so = 1 - 0.4**years, 1 - 0.9**years
    sign = signs_of(futures, found)["sign"]
    # Readings are all alike: 32 of them are one of 131,072 futures.
    for seen, expected, many in ((sign.seen, so, 0.3 * 32 * 4096), (sign.alarm, not_so, 0.7 * 32 * 4096)):
        error = np.sqrt(expected * (1 - expected) / many) + 1e-12
        assert (np.abs(seen - expected) <= LARGEST * error).all()
        assert (np.abs(seen - expected[::-1]) > LARGEST * error)[[0, 1, 5, 6]].all(), "the twin"
    # The worst known: 10 % of 2,867 futures in each reading, so 1.3 % for the median of 32.
    assert sign.ratio[1:] == pytest.approx(so[1:] / not_so[1:], rel=0.1)
    weights = [np.array([0.3 * p + 0.7 * q, 1 - 0.3 * p - 0.7 * q]) for p, q in zip(so, not_so, strict=True)]
    given = [0.3 * np.array([p, 1 - p]) / np.maximum(w, 1e-12) for p, w in zip(so, weights, strict=True)]
    told = [information(0.3, list(each), list(many)) for each, many in zip(given, weights, strict=True)]
    assert sign.information == pytest.approx(told, abs=3e-3)
    assert sign.best == int(np.argmax(told)) == 3
    assert (sign.signal, sign.for_rival, sign.only_seems) == (True, False, False)
    assert sign.false_alarms == float(sign.alarm[3])
    assert found.prior == pytest.approx(0.3, abs=0.01)
    assert found.most == pytest.approx(information(0.3, [1, 0], [0.3, 0.7]), abs=0.01)


def test_what_somebody_thinks_cannot_be_seen() -> None:
    futures = futures_of(estimate_of(START, years=6), readings=4)
    assert set(signs_of(futures, watch(futures, probability("P(root at 2020)")))) == {"sign"}
    mind = futures_of(estimate_of(START.replace(", of: king", ""), years=6), readings=4)
    assert set(signs_of(mind, watch(mind, probability("P(root at 2020)")))) == {"sign", "spy"}


CLOCK = """\
conditions:
  cause: {starts: 50%}
  first: {becomes: {r: {likelihood: 100%, within: 1 year, when: cause}}}
  blow: {becomes: {r: {likelihood: 100%, within: 1 year, when: first}}}
  echo: {becomes: {r: {likelihood: 100%, within: 1 year, when: blow}}}
  calm: {becomes: {r: {likelihood: 100%, within: 1 year, unless: cause}}}
  peace: {becomes: {r: {likelihood: 100%, within: 1 year, when: calm}}}
"""
"""Everything comes a year after what it comes of: cause, first, blow, echo; or else calm and peace."""


def test_how_far_ahead_and_how_often_too_late() -> None:
    futures = futures_of(estimate_of(CLOCK, years=5), readings=8, futures=1_024)
    found = signs_of(futures, watch(futures, probability("P(ever blow)")))
    assert {name: sign.lead.steps for name, sign in found.items() if not sign.for_rival} == pytest.approx(
        {"cause": 2, "first": 1, "echo": np.nan}, nan_ok=True
    )
    assert {name: sign.lead.missed for name, sign in found.items() if not sign.for_rival} == {
        "cause": 0,
        "first": 0,
        "echo": 1,
    }
    assert found["calm"].for_rival
    assert np.isnan(found["calm"].lead.missed), "what does not happen has no date"


def test_no_sign_is_read_when_it_is_too_late() -> None:
    """The echo of the blow is perfect a year after; by the last date on which the blow may come it tells nothing."""
    futures = futures_of(estimate_of(CLOCK, years=5), readings=8, futures=1_024)
    by_then = signs_of(futures, watch(futures, probability("P(ever blow by 2021)")))["echo"]
    assert (by_then.best, by_then.only_seems) == (0, True)
    assert by_then.information[3] > 0.25, "the twin: at the horizon it would"


def test_a_sign_of_the_rival_has_its_lead_on_the_rival() -> None:
    futures = futures_of(estimate_of(CLOCK, years=5), readings=8, futures=1_024)
    found = signs_of(futures, watch(futures, probability("P(ever blow)"), probability("P(ever peace)")))
    calm, first = found["calm"], found["first"]
    assert (calm.for_rival, first.for_rival) == (True, False)
    assert (calm.lead.steps, calm.lead.missed, calm.false_alarms) == (1, 0, 0)
    assert (first.lead.steps, first.lead.missed, first.false_alarms) == (1, 0, 0)


MISLEADING = """\
conditions:
  storm: {starts: 50%}
  gulls: {becomes: {inland: {likelihood: 0-100%, within: 1 year, when: storm}, fed: {likelihood: 50%, within: 1 year, unless: storm}}}
  glass: {becomes: {falls: {likelihood: 60%, within: 1 year, when: storm}, again: {likelihood: 40%, within: 1 year, unless: storm}}}
  cat: {becomes: {asleep: {likelihood: 30%, within: 1 year}}}
"""


def test_a_sign_that_speaks_for_either_as_it_is_read_only_seems_to_tell() -> None:
    """Gulls tell a lot to every reader, but not the same; the glass tells all the same; the cat tells nothing."""
    futures = futures_of(estimate_of(MISLEADING, years=1), readings=64, futures=512)
    found = signs_of(futures, watch(futures, probability("P(storm at 2020)")))
    gulls, glass, cat = found["gulls"], found["glass"], found["cat"]
    assert gulls.only_seems
    assert not glass.only_seems
    assert gulls.information[1] > glass.information[1] > 10 * cat.information[1]
    assert gulls.ratio_low[1] < 0.3
    assert gulls.ratio_high[1] > 1.6
    assert (glass.ratio_low[1], glass.ratio_high[1]) == pytest.approx((1.5, 1.5), abs=0.2)


EITHER = """\
conditions:
  storm: {starts: 50%}
  gulls: {becomes: {inland: {likelihood: 40-100%, within: 1 year, when: storm}, fed: {likelihood: 50%, within: 1 year, unless: storm}}}
  cat: {becomes: {asleep: {likelihood: 30%, within: 1 year}}}
"""


def test_either_the_band_or_the_mean_makes_a_sign_seem() -> None:
    """Gulls speak for a storm to most readers, and against it to some; to all alike the cat says nothing."""
    futures = futures_of(estimate_of(EITHER, years=1), readings=64, futures=4_096, seed=3)
    found = signs_of(futures, watch(futures, probability("P(storm at 2020)")))
    gulls, cat = found["gulls"], found["cat"]
    assert gulls.ratio_low[1] < 0.95
    assert gulls.ratio[1] > 1.2, "the mean can be told from 1"
    assert gulls.only_seems
    assert 1 < cat.ratio_low[cat.best] < 1.02, "a band of nothing but a mean, which is by luck what it is"
    assert cat.only_seems


def test_monte_carlo_error_alone_makes_no_sign_seem() -> None:
    """The twin: of 1,024 readings of 200 futures each, many have the sign the wrong way round."""
    came = rivals = np.full(1_024, 200.0)
    dice = np.random.default_rng(7)
    seen, alarm = (dice.binomial(200, share, 1_024).astype(np.float64) for share in (0.52, 0.48))
    values, noise = log_ratios(seen, alarm, came, rivals)
    low, high = np.quantile(values, (LOW, HIGH))
    assert low < 0 < high
    clean = np.quantile(drawn_in(values, noise), (LOW, HIGH))
    assert np.exp(clean) == pytest.approx(0.52 / 0.48, abs=0.06)
    assert clean[0] > 0


TWICE = """\
actors: {king: {}}
conditions:
  storm: {starts: 50%, of: king}
  blow: {becomes: {late: {likelihood: 100%, between: [2021, 2021], when: storm}}}
  glass: {becomes: {falls: {likelihood: 70%, between: [2020, 2020], when: storm}, again: {likelihood: 20%, between: [2020, 2020], unless: storm}}}
  hand: {is: glass}
  dial: {is: glass}
  gulls: {becomes: {inland: {likelihood: 60%, between: [2020, 2020], when: storm}, fed: {likelihood: 30%, between: [2020, 2020], unless: storm}}}
  bones: {becomes: {ache: {likelihood: 60%, between: [2020, 2020], when: storm}, old: {likelihood: 35%, between: [2020, 2020], unless: storm}}}
"""


def test_the_best_three_do_not_repeat_each_other() -> None:
    """The three that tell most alone are one and the same."""
    futures = futures_of(estimate_of(TWICE, years=2), readings=8)
    found = watch(futures, probability("P(ever blow)"))
    names = [futures.model.variables[sign.variable].name for sign in found.signs]
    assert set(names[:3]) == {"glass", "hand", "dial"}
    assert found.together is not None
    best = {futures.model.variables[number].name for number in found.together.variables}
    assert best >= {"gulls", "bones"}
    # Given the storm or its absence the three are seen independently of each other.
    seen = np.array([[0.7, 0.6, 0.6], [0.2, 0.3, 0.35]])
    patterns = np.array(np.meshgrid(*[[1, 0]] * 3, indexing="ij")).reshape(3, -1)
    each = np.prod(np.where(patterns[None], seen[:, :, None], 1 - seen[:, :, None]), axis=1)
    assert found.together.information == pytest.approx(float(counted(1e12 * each.T / 2)), abs=0.01)
    alone = found.signs[0].information[found.signs[0].best]
    assert found.together.information > alone + 0.01


NO_WARNING = """\
  wreck: {becomes: {r: {likelihood: 100%, within: 1 year, when: blow}}}
  omen: {becomes: {r: {likelihood: 0-100%, between: [2020, 2020], when: storm}, s: {likelihood: 50%, between: [2020, 2020], unless: storm}}}
"""


def test_what_is_no_warning_is_not_watched_together() -> None:
    """Wreckage tells all there is to know, after the blow; the omen tells every reader something, but not the same."""
    futures = futures_of(estimate_of(TWICE + NO_WARNING, years=3), readings=32)
    found = watch(futures, probability("P(ever blow)"))
    signs = signs_of(futures, found)
    wreck, omen, bones = signs["wreck"], signs["omen"], signs["bones"]
    assert found.signs[0] == wreck
    assert (wreck.too_late, wreck.only_seems) == (True, False)
    assert (omen.too_late, omen.only_seems) == (False, True)
    assert omen.information[omen.best] > bones.information[bones.best]
    assert found.together is not None
    assert not {wreck.variable, omen.variable} & set(found.together.variables)
    assert bones.variable in found.together.variables


def test_no_part_of_what_is_asked_is_a_sign_of_it() -> None:
    """Neither what must come first nor what it must come before, nor what must be so for it to count."""
    futures = futures_of(estimate_of(ORDERED), readings=8)
    found = signs_of(futures, watch(futures, probability("P(peace before war)")))
    assert set(found) == {"talks"}


def test_a_sign_is_read_while_what_is_asked_may_still_come_about() -> None:
    """Talks go on being seen for as long as the condition runs, which tells nothing any more."""
    futures = futures_of(estimate_of(ORDERED, years=6), readings=8)
    (alone,) = watch(futures, probability("P(ever peace by 2021)")).signs[:1]
    (given,) = watch(futures, probability("P(ever peace by 2021 | ever war by 2025)")).signs[:1]
    assert max(alone.best, given.best) <= 2


def test_why_there_may_be_no_signs() -> None:
    alone = futures_of(estimate_of("conditions: {x: {becomes: {r: unlikely}}}\n"), readings=4, futures=256)
    assert watch(alone, probability("P(ever x)")).refused == "nothing to watch"
    rare = futures_of(estimate_of(START, years=6), readings=4, futures=256)
    found = watch(rare, probability("P(root at 2020 and not root at 2021)"))
    assert (found.refused, found.signs, found.readings) == ("never the outcome", (), 0)


BOTH = """\
conditions:
  left: {starts: 50%}
  right: {starts: 50%}
  whole: {is: left and right}
"""


def test_only_futures_that_meet_the_condition_count() -> None:
    """Among those with the left, the left tells nothing and the right all; in a world where it is made so as well."""
    futures = futures_of(estimate_of(BOTH, years=1), readings=8, futures=1_024)
    free = signs_of(futures, watch(futures, probability("P(whole at 2020)")))
    assert free["left"].information[0] == pytest.approx(free["right"].information[0], abs=0.02)
    for text in ("P(whole at 2020 | left at 2020)", "P(whole at 2020 | do(left))"):
        found = watch(futures, probability(text))
        signs = signs_of(futures, found)
        assert found.prior == pytest.approx(0.5, abs=0.05)
        assert signs["right"].information[0] == pytest.approx(found.most)
        assert "left" not in signs or signs["left"].only_seems


def test_the_same_futures_count_whatever_the_threads() -> None:
    futures = futures_of(estimate_of(MISLEADING, years=1), readings=8, futures=512)
    one, two = (
        watch(replace(futures, threads=threads), probability("P(storm at 2020)")) for threads in (1, 2)
    )
    assert [sign.best for sign in one.signs] == [sign.best for sign in two.signs]
    assert one.most == two.most


FIRE = """\
conditions:
  spark: {becomes: {r: {likelihood: 30%, within: 1 year}}, ends: {r: {likelihood: 90%, within: 1 year}}}
  dry: {becomes: {r: {likelihood: 30%, within: 1 year}}}
  fire: {becomes: {r: {likelihood: 95%, within: 1 year, when: spark and dry}}}
signals:
  smoke: {of: fire, if-so: {likelihood: 99%, within: 1 year}, if-not: {likelihood: 1%, within: 1 year}}
  rumour: {of: fire, if-so: {likelihood: 20%, within: 1 year}, if-not: {likelihood: 20%, within: 1 year}}
"""


def test_smoke_tells_and_a_rumour_does_not() -> None:
    futures = futures_of(estimate_of(FIRE, years=6), readings=32)
    found = watch(futures, probability("P(ever fire by 2023)"))
    signs = signs_of(futures, found)
    smoke, rumour = signs["smoke"], signs["rumour"]
    assert smoke.information[smoke.best] > 20 * rumour.information[rumour.best]
    assert not smoke.only_seems
    # A rumour is heard within t years with 1 - .8^t whatever happens.
    years = np.arange(7)
    assert rumour.seen == pytest.approx(1 - 0.8**years, abs=0.02)
    assert rumour.alarm == pytest.approx(1 - 0.8**years, abs=0.02)
