"""Weights respect a ranking, and decisions follow from them: closed forms, enumeration, invariance."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations, product
from math import comb
from typing import TYPE_CHECKING, Literal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from estimative.model import choices
from estimative.model.choices import MARGIN, Judged, decide, preferred, ranked_weights
from estimative.model.guards import TRUE, Guard, Holds, Not
from estimative.model.model import Choice, OptionEffect
from support.columns import independent

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Sign = Literal["++", "+", "-", "--"]

ERROR = 1e-9
"""Chance of a false alarm allowed to each comparison; some forty are made here."""

X, Y = Holds(0, frozenset({1})), Holds(1, frozenset({1}))


def choice(
    effects: dict[tuple[int, int], Sign],
    interests: int,
    options: int = 2,
    ranking: tuple[tuple[int, ...], ...] | None = None,
) -> Choice:
    """Choice whose effects always hold, by (option, interest)."""
    return Choice(
        variable=0,
        actor="ussr",
        reconsidered=0,
        interests=tuple(f"interest-{number}" for number in range(interests)),
        ranking=ranking or tuple((number,) for number in range(interests)),
        reranked=(),
        effects=tuple(OptionEffect(o, i, sign, TRUE) for (o, i), sign in effects.items()),
        available=(TRUE,) * options,
        conditions=(),
    )


def share_is(taken: NDArray[np.bool_], expected: float) -> bool:
    """Whether a share of independent readings is what it should be, by an exact binomial test."""
    return float(stats.binomtest(int(taken.sum()), len(taken), expected).pvalue) > ERROR


def means_are(weights: NDArray[np.float64], expected: list[float]) -> bool:
    """Whether mean weights lie within the normal bound of their own standard error."""
    error = weights.std(axis=0) / np.sqrt(len(weights))
    bound = stats.norm.isf(ERROR / 2)
    return bool((np.abs(weights.mean(axis=0) - expected) < bound * error).all())


CENTROIDS = {
    3: [0.6111, 0.2778, 0.1111],
    4: [0.5208, 0.2708, 0.1458, 0.0625],
}
"""Rank-order centroid weights as published (Barron and Barrett 1996), to four places."""


@pytest.mark.parametrize("interests", [3, 4])
def test_mean_weights_are_the_rank_order_centroid(interests: int) -> None:
    plain = choice({}, interests)
    weights = ranked_weights("ussr", plain.interests, plain.ranking, independent(40_000), 40_000)
    assert np.allclose(weights.sum(axis=1), 1, atol=1e-9)
    assert (np.diff(weights, axis=1) <= 0).all()
    assert means_are(weights, CENTROIDS[interests])
    assert not means_are(
        np.sort(stats.uniform.rvs(size=weights.shape, random_state=1))[:, ::-1], CENTROIDS[interests]
    )


def test_weights_are_uniform_on_the_ordered_simplex() -> None:
    """The least of n weights exceeds t with probability (1 - n t)^(n - 1), and the largest is known too."""
    readings = 20_000
    plain = choice({}, 4)
    weights = ranked_weights("ussr", plain.interests, plain.ranking, independent(readings), readings)

    def largest_below(t: float) -> float:
        # Inclusion and exclusion over the weights that exceed t [Devroye, chapter V].
        return float(sum((-1) ** k * comb(4, k) * max(0.0, 1 - k * t) ** 3 for k in range(5)))

    for t in (0.02, 0.05, 0.1):
        assert share_is(weights[:, 3] > t, (1 - 4 * t) ** 3)
    for t in (0.4, 0.55, 0.8):
        assert share_is(weights[:, 0] <= t, largest_below(t))
    # The twin: normalised sorted uniforms respect the order too, and are not uniform.
    crooked = -np.sort(-np.random.default_rng(1).random((readings, 4)), axis=1)
    crooked /= crooked.sum(axis=1, keepdims=True)
    assert not share_is(crooked[:, 3] > 0.05, (1 - 4 * 0.05) ** 3)


def test_interests_of_one_rank_take_either_order() -> None:
    readings = 20_000
    tied = choice({}, 3, ranking=((0,), (1, 2)))
    weights = ranked_weights("ussr", tied.interests, tied.ranking, independent(readings), readings)
    assert share_is(weights[:, 1] > weights[:, 2], 0.5)
    assert (weights[:, 0] >= weights[:, 1:].max(axis=1)).all()
    roc = CENTROIDS[3]
    assert means_are(weights, [0.61111, (roc[1] + roc[2]) / 2, (roc[1] + roc[2]) / 2])


def test_two_interests_have_a_closed_form(monkeypatch: pytest.MonkeyPatch) -> None:
    """With w uniform on [1/2, 1], s uniform on [0, 1] and no margin, s w > 1 - w has probability 1 - log 2.

    P(s > (1 - w) / w) is the mean of 1 - (1 - w) / w = 2 - 1 / w, with density 2 on [1/2, 1]: 2 - 2 log 2.
    The margin of m takes the mean of (1 - w + m) / w instead, cut at 1.
    """
    readings = 40_000
    helps_first = choice({(1, 0): "+", (1, 1): "--"}, 2)
    low = (1 + MARGIN) / 2  # below it s would have to exceed one
    # The integral of 2 (1 - (1 - w + m) / w) = 2 (2 - (1 + m) / w) over [low, 1].
    expected = 4 * (1 - low) + 2 * (1 + MARGIN) * np.log(low)
    assert share_is(decide(helps_first, independent(readings))[:, 0, 0] == 1, float(expected))
    monkeypatch.setattr(choices, "MARGIN", 0.0)
    taken = decide(helps_first, independent(readings))[:, 0, 0] == 1
    assert share_is(taken, float(2 - 2 * np.log(2)))
    assert not share_is(taken, float(expected))


def test_acceptabilities_agree_with_an_enumeration_of_orderings() -> None:
    """An option's share under one rank of three is the mean of its shares under the six orders."""
    readings = 12_000
    effects: dict[tuple[int, int], Sign] = {
        (1, 0): "++",
        (1, 1): "--",
        (1, 2): "+",
        (2, 2): "++",
        (2, 0): "-",
    }
    open_to = np.ones(3, np.bool_)
    tied = choice(effects, 3, options=3, ranking=((0, 1, 2),))
    best = preferred(Judged.of(tied, independent(readings)).worth(0), open_to)
    shares = []
    for seed, order in enumerate(permutations(range(3)), 100):
        strict = replace(tied, ranking=tuple((number,) for number in order))
        chosen = preferred(Judged.of(strict, independent(readings, seed)).worth(0), open_to)
        shares.append(np.bincount(chosen, minlength=3))
    ordered = np.sum(shares, axis=0)
    table = np.stack([np.bincount(best, minlength=3), ordered])
    assert stats.chi2_contingency(table).pvalue > ERROR
    # The twin: one order alone is something else.
    assert stats.chi2_contingency(np.stack([table[0], shares[0]]) + 1).pvalue < ERROR


def test_options_that_help_one_interest_each_follow_the_first_rank() -> None:
    """Each of three is best in a third of the readings of one rank, and the first alone once it leads."""
    readings = 20_000
    everyone = choice({(0, 0): "++", (1, 1): "++", (2, 2): "++"}, 3, options=3, ranking=((0, 1, 2),))
    best = preferred(Judged.of(everyone, independent(readings)).worth(0), np.ones(3, np.bool_))
    assert all(share_is(best == option, 1 / 3) for option in range(3))
    ahead = replace(everyone, ranking=((0,), (1, 2)))
    assert (preferred(Judged.of(ahead, independent(readings)).worth(0), np.ones(3, np.bool_)) == 0).all()


SIGNS: tuple[Sign, ...] = ("++", "+", "-", "--")


@st.composite
def any_choice(draw: st.DrawFn) -> Choice:
    """A choice of up to four options and interests, with conditions on effects, availability and ranking."""
    interests, options = draw(st.integers(1, 4)), draw(st.integers(2, 4))
    guards: st.SearchStrategy[Guard] = st.sampled_from([TRUE, X, Y, Not(X)])
    effects = draw(
        st.lists(
            st.builds(
                OptionEffect,
                st.integers(0, options - 1),
                st.integers(0, interests - 1),
                st.sampled_from(SIGNS),
                guards,
            ),
            max_size=8,
        )
    )
    order = draw(st.permutations(range(interests)))
    plain = choice({}, interests, options, ranking=tuple((number,) for number in order))
    available = (TRUE, *draw(st.lists(guards, min_size=options - 1, max_size=options - 1)))
    other = tuple((number,) for number in reversed(order))
    return replace(
        plain, effects=tuple(effects), available=available, conditions=(X, Y), reranked=((Y, other),)
    )


@settings(max_examples=60, deadline=None, derandomize=True)
@given(any_choice())
def test_a_decision_takes_what_is_available_and_worth_more(one: Choice) -> None:
    column = independent(30)
    taken = decide(one, column)
    judged = Judged.of(one, column)
    assert taken.shape == (30, 4, len(one.available))
    for mask, present in product(range(4), range(len(one.available))):
        open_to = choices.available(one, mask)
        worth = judged.worth(mask)
        for reading in range(30):
            after = taken[reading, mask, present]
            assert open_to[after]  # the first option always is
            gain = worth[reading, after] - worth[reading, present]
            if after != present and open_to[present]:
                assert gain > MARGIN
            best = worth[reading][open_to].max()
            if open_to[present] and after == present:
                assert best - worth[reading, present] <= MARGIN
            elif after != present:
                assert worth[reading, after] == best


@settings(max_examples=40, deadline=None, derandomize=True)
@given(any_choice())
def test_the_table_of_worths_is_exact(one: Choice) -> None:
    """Built up condition by condition it equals, to the bit, the sum of the effects that hold under each mask."""
    judged = Judged.of(one, independent(40))
    table = judged.worths(slice(10, 30))
    for mask in range(4):
        assert (table[:, mask] == judged.worth(mask)[10:30]).all()


@settings(max_examples=30, deadline=None, derandomize=True)
@given(any_choice())
def test_acceptabilities_sum_to_one(one: Choice) -> None:
    worth = Judged.of(one, independent(50)).worth(1)
    best = preferred(worth, choices.available(one, 1))
    assert np.bincount(best, minlength=len(one.available)).sum() == 50


def test_renaming_the_interests_changes_names_only() -> None:
    """Names name columns: with the columns renamed too, every decision stays."""
    one = choice({(1, 0): "+", (1, 1): "--", (1, 2): "+"}, 3)
    other = replace(one, actor="r", interests=("a", "b", "c"))
    column = independent(500)
    names = {
        f"interests:r:{new}": f"interests:ussr:{old}" for new, old in zip("abc", one.interests, strict=True)
    }
    taken = decide(other, lambda name: column(names.get(name, name)))
    assert (taken == decide(one, column)).all()


def test_an_option_that_is_not_available_is_left_for_the_best_that_is() -> None:
    """X makes option 1 possible; without X an actor who has it goes to the best of the others."""
    one = replace(
        choice({(1, 0): "++", (2, 0): "+"}, 1, options=3), available=(TRUE, X, TRUE), conditions=(X,)
    )
    taken = decide(one, independent(200))
    assert set(taken[:, 1, 0]) == {1}
    assert set(taken[:, 0, 1]) == {2}
    nothing = replace(one, available=(X, X, X))
    assert [set(decide(nothing, independent(50))[:, 0, present]) for present in range(3)] == [{0}, {1}, {2}]


def test_a_reranking_puts_other_interests_first() -> None:
    """Option 1 helps the first interest and harms the second as much: it is taken until they change places."""
    one = replace(
        choice({(1, 0): "++", (1, 1): "--"}, 2), reranked=((Not(X), ((1,), (0,))),), conditions=(X,)
    )
    taken = decide(one, independent(400))
    weights = ranked_weights("ussr", one.interests, one.ranking, independent(400), 400)
    clear = weights[:, 0] - weights[:, 1] > MARGIN
    assert (taken[:, 1, 0] == clear).all()
    assert (taken[:, 0, 0] == 0).all()


def test_small_effects_are_smaller_than_large_ones_and_shared_by_all_choices() -> None:
    first = Judged.of(choice({(1, 0): "+"}, 2), independent(1000))
    second = Judged.of(choice({(1, 0): "-"}, 2), independent(1000))
    assert (first.small == second.small).all()
    assert all((a == b).all() for a, b in zip(first.weights, second.weights, strict=True))
    assert ((first.small > 0) & (first.small < 1)).all()
    assert stats.kstest(first.small, "uniform").pvalue > ERROR
