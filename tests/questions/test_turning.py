"""Dominated options, and single changes that turn a choice: by hand, and against every weight tried."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import product
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from estimative.model.choices import Judged
from estimative.model.guards import TRUE, Holds, Not
from estimative.model.model import Choice, Kind, Model, OptionEffect, Variable
from estimative.places.calendar import Calendar
from estimative.questions.choices import possible_masks
from estimative.questions.dominance import dominated, dominators
from estimative.questions.turning import HasEffect, IsAt, RanksAbove, as_of_state, mask_of, shares, turnings
from support.columns import independent

if TYPE_CHECKING:
    from numpy.typing import NDArray

X, Y = Holds(0, frozenset({1})), Holds(1, frozenset({2}))
EITHER = Holds(3, frozenset({1}))

CHOICE = Choice(
    variable=2,
    actor="ussr",
    reconsidered=0,
    interests=("leverage", "no-war", "cost"),
    ranking=((0,), (1,), (2,)),
    reranked=(),
    effects=(OptionEffect(1, 0, "+", TRUE), OptionEffect(1, 1, "--", Not(X)), OptionEffect(2, 2, "--", TRUE)),
    available=(TRUE, TRUE, TRUE),
    conditions=(X,),
)

MODEL = Model(
    "m",
    Calendar.of(date(1984, 10, 1), 120, "quarter"),
    "ordinary",
    (
        Variable("calm", Kind.CONDITION, ("no", "yes")),
        Variable("tie", Kind.SCALE, ("cool", "warm", "close"), 1),
        Variable("line", Kind.CHOICE, ("ban", "some", "all")),
        Variable("either", Kind.DERIVED, ("no", "yes"), guard=X),
    ),
    rules=(),
    choices=(CHOICE,),
)


column = independent(4000)

HELPS = replace(
    CHOICE,
    actor="town",
    interests=("calm", "pride", "bread"),
    effects=(OptionEffect(0, 1, "++", TRUE), OptionEffect(1, 0, "+", TRUE), OptionEffect(1, 2, "-", TRUE)),
    available=(TRUE, TRUE),
    conditions=(),
)
BAKES = replace(HELPS, variable=1, effects=(OptionEffect(1, 2, "+", TRUE),))
"""Another choice of the same actor, for which bread is at stake."""

WEIGHED = replace(
    MODEL,
    variables=(
        Variable("calm", Kind.CONDITION, ("no", "yes")),
        Variable("bakes", Kind.CHOICE, ("none", "some")),
        Variable("helps", Kind.CHOICE, ("none", "some")),
    ),
    choices=(HELPS, replace(BAKES, actor="village")),
)


def test_an_option_that_only_harms_is_dominated() -> None:
    """Option 2 harms cost and helps nothing; option 1 helps the first interest more than it may harm."""
    assert dominated(CHOICE, 0) == {2: 0}
    assert dominated(CHOICE, 1) == {0: 1, 2: 1}  # X holds: the harm of option 1 is gone


def test_by_hand_the_first_rank_decides_what_dominates() -> None:
    """A large gain for the first interest outweighs a large loss for the second, never the other way."""
    gain = replace(CHOICE, effects=(OptionEffect(1, 0, "++", TRUE), OptionEffect(1, 1, "--", TRUE)))
    assert dominators(gain, 0)[0] == (1,)
    small = replace(CHOICE, effects=(OptionEffect(1, 0, "+", TRUE), OptionEffect(1, 1, "--", TRUE)))
    assert dominators(small, 0)[0] == ()
    assert 0 not in dominators(small, 0)[1]
    tied = replace(gain, ranking=((0, 1), (2,)))
    assert 1 not in dominators(tied, 0)[0]
    assert 0 not in dominators(CHOICE, 0)[0]  # nothing is more than itself


SIGNS = st.sampled_from(["++", "+", "-", "--"])
EFFECT = st.builds(OptionEffect, st.integers(0, 2), st.integers(0, 2), SIGNS, st.just(TRUE))


@settings(max_examples=80, deadline=None, derandomize=True)
@given(
    st.lists(EFFECT, min_size=1, max_size=6, unique_by=lambda e: (e.option, e.interest)),
    st.sampled_from([((0,), (1,), (2,)), ((2,), (0, 1)), ((0, 1, 2),)]),
)
def test_dominance_is_what_thousands_of_readings_say(
    effects: list[OptionEffect], ranking: tuple[tuple[int, ...], ...]
) -> None:
    """Dominated: never better in any reading. Not dominated by any: better somewhere, near an extreme point."""
    choice = replace(CHOICE, effects=tuple(effects), ranking=ranking, conditions=())
    worth = Judged.of(choice, column).worth(0)
    corners = [
        Judged(choice, (weights,), np.full(len(weights), small))
        for weights, small in product([_extreme_weights(ranking)], (0.0, 1.0))
    ]
    for better, worse in product(range(3), range(3)):
        never = bool((worth[:, worse] <= worth[:, better] + 1e-9).all())
        at_corners = all((c.worth(0)[:, worse] <= c.worth(0)[:, better] + 1e-9).all() for c in corners)
        somewhere = bool((worth[:, worse] < worth[:, better] - 1e-9).any())
        if better in dominators(choice, 0)[worse]:
            assert never
            assert somewhere
        elif better != worse and somewhere:
            assert not at_corners


def _extreme_weights(ranking: tuple[tuple[int, ...], ...]) -> NDArray[np.float64]:
    """Equal weights on whole ranks and any part of the next, by plain enumeration."""
    rows = []
    for chosen in product((0, 1), repeat=3):
        taken = {number for number in range(3) if chosen[number]}
        opened = [bool(taken & set(rank)) for rank in ranking]
        whole = [set(rank) <= taken for rank in ranking]
        if taken and all(whole[k] for k in range(len(ranking)) if any(opened[k + 1 :])):
            rows.append([number in taken for number in range(3)])
    weights = np.array(rows, np.float64)
    return np.asarray(weights / weights.sum(axis=1, keepdims=True), np.float64)


def test_single_changes_that_turn_the_choice_come_first() -> None:
    found = turnings(MODEL, CHOICE, column)
    calm = next(turn for turn in found if turn.change == IsAt("calm", "yes"))
    assert calm.turns
    assert calm.after.tolist() == [0, 1, 0]
    assert [turn.turns for turn in found] == sorted((turn.turns for turn in found), reverse=True)
    without = next(turn for turn in found if turn.change == HasEffect("some", "no-war", "--", None))
    assert without.after.tolist() == [0, 1, 0]
    above = next(turn for turn in found if turn.change == RanksAbove("no-war", "leverage"))
    assert above.after[0] == 1  # the harm now weighs more and is larger
    for turn in found:
        assert turn.before.sum() == pytest.approx(1)
        assert turn.after.sum() == pytest.approx(1)
        assert (turn.before != turn.after).any()


def test_a_lottery_is_not_taken_back() -> None:
    """That it is not settled yet, once it is, is no change that anybody could make."""
    settled = Variable("vote", Kind.LOTTERY, ("open", "north", "south"), 1)
    model = replace(MODEL, variables=(settled, *MODEL.variables[1:]))
    tried = {turn.change for turn in turnings(model, replace(CHOICE, conditions=(X,)), column)}
    assert IsAt("vote", "south") in tried
    assert IsAt("vote", "open") not in tried


def test_a_change_is_tried_alone_and_what_is_derived_follows() -> None:
    assert as_of_state(MODEL) == (0, 1, 0, 0)
    assert as_of_state(MODEL, {0: 1}) == (1, 1, 0, 1)
    derived = replace(CHOICE, conditions=(X, EITHER), effects=(OptionEffect(1, 0, "+", EITHER),))
    found = {turn.change: turn.after.tolist() for turn in turnings(MODEL, derived, column)}
    assert found[IsAt("calm", "yes")] == found[IsAt("either", "yes")] == [0, 1, 0]
    assert mask_of(derived, as_of_state(MODEL, {0: 1})) == 3


def test_an_effect_left_out_leaves_no_idle_interest_in_the_weights() -> None:
    """As if it had not been written, an interest that is then at stake nowhere takes no part."""
    alone = replace(
        HELPS,
        interests=("calm", "pride"),
        ranking=((0,), (1,)),
        effects=tuple(effect for effect in HELPS.effects if effect.interest != 2),
    )
    expected = shares(Judged.of(alone, column), 0).tolist()
    assert after_bread(WEIGHED) == expected
    baked = replace(WEIGHED, choices=(HELPS, BAKES))
    idle = replace(HELPS, effects=alone.effects)
    assert after_bread(baked) == shares(Judged.of(idle, column), 0).tolist() != expected


def after_bread(model: Model) -> list[float]:
    """Shares of the options once the effect on bread is left out."""
    turns = {turn.change: turn for turn in turnings(model, HELPS, column)}
    after: list[float] = turns[HasEffect("some", "bread", "-", None)].after.tolist()
    return after


def test_shares_are_the_acceptabilities() -> None:
    assert shares(Judged.of(CHOICE, column), 1).tolist() == [0, 1, 0]
    now = shares(Judged.of(CHOICE, column), 0)
    assert now.sum() == pytest.approx(1)
    assert 0 < now[1] < 0.5


def test_masks_that_nothing_can_bring_about_are_left_out() -> None:
    """A scale is not at two levels at once."""
    close, warm = Y, Holds(1, frozenset({1}))
    both = replace(CHOICE, conditions=(X, close, warm))
    assert possible_masks(MODEL, both) == (0b000, 0b001, 0b010, 0b011, 0b100, 0b101)
