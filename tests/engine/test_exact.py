"""The exact engine against closed forms, each worked out by hand."""

from __future__ import annotations

from math import comb
from typing import TYPE_CHECKING

import numpy as np
import pytest

from estimative.engine import exact, exact_chain
from estimative.engine.exact import TooLarge, run_exact
from estimative.engine.request import AS_WRITTEN, Intervention, Monitor, Request, Watch, World
from estimative.model.guards import TRUE, All, AtLeast, Not
from estimative.model.model import Effect, Kind
from support.chains import (
    at,
    choice,
    condition,
    levelled,
    lottery,
    made,
    model_of,
    rule,
    start,
    tables_of,
)

if TYPE_CHECKING:
    from estimative.engine.request import Counts
    from estimative.model.guards import Guard
    from estimative.model.model import Model

CLOSE = 1e-8
"""Hazards are whole 2**-32nds; this is far more than that can do in these chains."""


def levels_of(model: Model, hazards: list[float], variable: int, world: World = AS_WRITTEN) -> np.ndarray:
    """Probability of every level of one variable, shape (steps + 1, levels)."""
    counts = run_exact(model, tables_of(hazards), Request(levels=True), world)
    low = counts.offsets[variable]
    return np.asarray(counts.levels[0, :, low : low + len(model.variables[variable].levels)])


def event(model: Model, hazards: list[float], monitor: Monitor) -> float:
    counts = run_exact(model, tables_of(hazards), Request((monitor,), (at(0),)), AS_WRITTEN)
    return float(counts.events[0, 0])


def ever(guard: Guard, last: int = 99) -> Monitor:
    return Monitor(Watch.EVER, guard, 0, last)


# Conditions


def test_a_condition_that_comes_and_goes() -> None:
    a, b = 0.3, 0.2
    model = model_of(6, [condition("x")], [rule(0, Effect.BECOMES), rule(0, Effect.ENDS)])
    expected = [a / (a + b) * (1 - (1 - a - b) ** step) for step in range(7)]
    assert levels_of(model, [a, b], 0)[:, 1] == pytest.approx(expected, abs=CLOSE)


def test_a_first_time_is_geometric() -> None:
    h = 0.15
    model = model_of(6, [condition("x")], [rule(0, Effect.BECOMES)])
    counts = run_exact(model, tables_of([h]), Request(firsts=(at(0),)), AS_WRITTEN)
    expected = [0, *(h * (1 - h) ** (step - 1) for step in range(1, 7)), (1 - h) ** 6]
    assert counts.firsts[0, 0] == pytest.approx(expected, abs=CLOSE)


def test_a_likelihood_over_a_window_is_the_probability_of_firing_in_it() -> None:
    hazard = 1 - (1 - 0.7) ** (1 / 4)
    model = model_of(6, [condition("x")], [rule(0, Effect.BECOMES, first=2, last=5)])
    reached = levels_of(model, [hazard], 0)[:, 1]
    assert reached[1] == 0
    assert reached[5:] == pytest.approx([0.7, 0.7], abs=CLOSE)


def test_a_starting_likelihood() -> None:
    model = model_of(2, [condition("x")], [start(0), rule(0, Effect.ENDS)])
    assert levels_of(model, [0.6, 0.5], 0)[:, 1] == pytest.approx([0.6, 0.3, 0.15], abs=CLOSE)


def test_two_of_three_independent_conditions() -> None:
    h = 0.4
    model = model_of(1, [condition(name) for name in "xyz"], [rule(k, Effect.BECOMES) for k in range(3)])
    both = AtLeast(2, (at(0), at(1), at(2)))
    assert event(model, [h] * 3, ever(both)) == pytest.approx(comb(3, 2) * h**2 * (1 - h) + h**3, abs=CLOSE)


def test_moves_are_simultaneous() -> None:
    """Two conditions that change places: neither sees what the other has become."""
    rules = [
        rule(k, effect, guard)
        for k in (0, 1)
        for effect, guard in ((Effect.BECOMES, at(1 - k)), (Effect.ENDS, Not(at(1 - k))))
    ]
    model = model_of(3, [condition("x", start=1), condition("y")], rules)
    assert levels_of(model, [1.0] * 4, 0)[:, 1].tolist() == [1, 0, 1, 0]


# Scales


def test_a_game_of_one_stake_against_one() -> None:
    """From the middle of three levels, held at both ends: the ruin of a gambler of whom rounds may be drawn."""
    up, down = 0.3, 0.5
    model = model_of(
        8,
        [levelled("s", Kind.SCALE, 3, start=1)],
        [rule(0, Effect.RISES, at(0, 1)), rule(0, Effect.FALLS, at(0, 1))],
    )
    won, lost = up * (1 - down), down * (1 - up)
    drawn = (1 - won - lost) ** 8
    expected = [lost / (won + lost) * (1 - drawn), drawn, won / (won + lost) * (1 - drawn)]
    assert levels_of(model, [up, down], 0)[-1] == pytest.approx(expected, abs=CLOSE)


def test_rises_alone_are_binomial() -> None:
    h = 0.35
    model = model_of(4, [levelled("s", Kind.SCALE, 5)], [rule(0, Effect.RISES)])
    expected = [comb(4, k) * h**k * (1 - h) ** (4 - k) for k in range(5)]
    assert levels_of(model, [h], 0)[-1] == pytest.approx(expected, abs=CLOSE)


def test_the_farthest_of_several_rises_counts() -> None:
    rules = [rule(0, Effect.RISES), rule(0, Effect.RISES, target=3), rule(0, Effect.RISES, target=2)]
    model = model_of(1, [levelled("s", Kind.SCALE, 4)], rules)
    expected = [0.5 * 0.8 * 0.9, 0.5 * 0.8 * 0.9, 0.8 * 0.1, 0.2]
    assert levels_of(model, [0.5, 0.2, 0.1], 0)[1] == pytest.approx(expected, abs=CLOSE)


@pytest.mark.parametrize(("begin", "expected"), [(0, [0, 1, 2, 2]), (2, [2, 2, 2, 2]), (4, [4, 3, 2, 2])])
def test_a_scale_returns_to_its_norm_and_stays(begin: int, expected: list[int]) -> None:
    model = model_of(3, [levelled("s", Kind.SCALE, 5, start=begin, norm=2)], [rule(0, Effect.RETURNS)])
    assert levels_of(model, [1.0], 0).argmax(axis=1).tolist() == expected


def test_a_return_and_a_fall_cancel() -> None:
    model = model_of(
        1, [levelled("s", Kind.SCALE, 3, start=1, norm=2)], [rule(0, Effect.RETURNS), rule(0, Effect.FALLS)]
    )
    assert levels_of(model, [0.4, 0.3], 0)[1] == pytest.approx([0.3 * 0.6, 0.54, 0.4 * 0.7], abs=CLOSE)


# Lotteries, choices, memories


def test_a_lottery_settles_once_by_the_first_case_that_holds() -> None:
    model = model_of(
        3,
        [condition("x"), levelled("l", Kind.LOTTERY, 3)],
        [start(0), rule(0, Effect.BECOMES)],
        [lottery(1, TRUE, at(0), TRUE)],
    )
    counts = run_exact(
        model, tables_of([0.25, 1.0], [[[0.1, 0.9], [0.6, 0.4]]]), Request(levels=True), AS_WRITTEN
    )
    settled = [0, 0.25 * 0.1 + 0.75 * 0.6, 0.25 * 0.9 + 0.75 * 0.4]
    assert counts.levels[0, 0, 2:].tolist() == [1, 0, 0]
    for step in (1, 3):
        assert counts.levels[0, step, 2:] == pytest.approx(settled, abs=CLOSE)


def test_a_choice_goes_by_its_table_from_the_present_option() -> None:
    """Options a, b, c: from a to c and from c to b while x holds; otherwise the actor stays."""
    model = model_of(
        2,
        [condition("x", start=1), levelled("c", Kind.CHOICE, 3)],
        [rule(1, Effect.RECONSIDERS)],
        choices=[choice(1, 0, at(0))],
    )
    counts = run_exact(
        model, tables_of([0.5], choices=[[[0, 1, 2], [2, 1, 1]]]), Request(levels=True), AS_WRITTEN
    )
    assert counts.levels[0, 1, 2:] == pytest.approx([0.5, 0, 0.5], abs=CLOSE)
    assert counts.levels[0, 2, 2:] == pytest.approx([0.25, 0.25, 0.5], abs=CLOSE)


def test_a_memory_keeps_what_a_derived_condition_forgets() -> None:
    variables = [condition("x", start=1), made("is", Kind.DERIVED, at(0)), made("was", Kind.MEMORY, at(0))]
    model = model_of(2, variables, [rule(0, Effect.ENDS)])
    assert levels_of(model, [0.5], 1)[:, 1] == pytest.approx([1, 0.5, 0.25], abs=CLOSE)
    assert levels_of(model, [0.5], 2)[:, 1] == pytest.approx([1, 1, 1], abs=CLOSE)


# What is asked


def race(x: float, y: float) -> tuple[Model, list[float]]:
    variables = [condition("x"), condition("y")]
    return model_of(5, variables, [rule(0, Effect.BECOMES), rule(1, Effect.BECOMES)]), [x, y]


def test_before_is_won_only_by_an_earlier_step() -> None:
    x, y = 0.3, 0.2
    neither = (1 - x) * (1 - y)
    expected = x * (1 - y) * (1 - neither**5) / (1 - neither)
    found = event(*race(x, y), Monitor(Watch.BEFORE, at(0), 0, 5, at(1)))
    assert found == pytest.approx(expected, abs=CLOSE)


def test_always_ends_with_the_first_miss() -> None:
    model = model_of(5, [condition("x", start=1)], [rule(0, Effect.ENDS)])
    assert event(model, [0.1], Monitor(Watch.ALWAYS, at(0), 1, 4)) == pytest.approx(0.9**4, abs=CLOSE)


@pytest.mark.parametrize(("last", "expected"), [(0, 0.0), (1, 0.3), (2, 1 - 0.7**2)])
def test_ever_counts_to_its_last_step(last: int, expected: float) -> None:
    model = model_of(3, [condition("x")], [rule(0, Effect.BECOMES)])
    assert event(model, [0.3], ever(at(0), last)) == pytest.approx(expected, abs=CLOSE)


def posterior() -> Counts:
    """A cause (0.2) and a sign, seen a step later with 0.9 under it and 0.1 without; given that it is seen."""
    model = model_of(
        2,
        [condition("cause"), condition("sign")],
        [start(0), rule(1, Effect.BECOMES, at(0), last=1), rule(1, Effect.BECOMES, Not(at(0)), last=1)],
    )
    request = Request(
        monitors=(Monitor(Watch.EVER, at(0), 0, 0), ever(at(1))),
        events=(at(0), All((at(0), at(1)))),
        given=at(1),
        shares=(at(0), at(1)),
        levels=True,
        firsts=(at(0), at(1)),
    )
    return run_exact(model, tables_of([0.2, 0.9, 0.1]), request, AS_WRITTEN)


SEEN = 0.2 * 0.9 + 0.8 * 0.1


def test_a_posterior_is_the_ratio_of_two_events() -> None:
    counts = posterior()
    assert counts.given[0] == pytest.approx(SEEN, abs=CLOSE)
    assert counts.events[0] == pytest.approx([0.2, 0.18], abs=CLOSE)
    assert counts.events[0, 1] / counts.given[0] == pytest.approx(0.18 / 0.26, abs=CLOSE)


def test_only_futures_that_meet_what_is_given_are_counted() -> None:
    counts = posterior()
    # At as-of already, a cause counts only with the futures in which its sign will be seen.
    assert counts.levels[0, 0] == pytest.approx([SEEN - 0.18, 0.18, SEEN, 0], abs=CLOSE)
    assert counts.shares[0] == pytest.approx([2 * 0.18, 2 * SEEN], abs=CLOSE)
    assert counts.firsts[0, 0] == pytest.approx([0.18, 0, 0, SEEN - 0.18], abs=CLOSE)
    assert counts.firsts[0, 1] == pytest.approx([0, SEEN, 0, 0], abs=CLOSE)


def test_nothing_given_counts_every_future() -> None:
    model, hazards = race(0.3, 0.2)
    counts = run_exact(model, tables_of(hazards, readings=2), Request(shares=(TRUE,)), AS_WRITTEN)
    assert counts.given == pytest.approx([1, 1], abs=CLOSE)
    assert counts.shares[:, 0] == pytest.approx([5, 5], abs=CLOSE)
    assert counts.levels.shape == (2, 6, 0)


# Worlds


def test_what_is_done_at_a_step_goes_on_by_its_own_rules() -> None:
    model = model_of(3, [condition("x")], [rule(0, Effect.ENDS)])
    happens = World((Intervention(0, 1, 1, 1),))
    assert levels_of(model, [0.5], 0, happens)[:, 1] == pytest.approx([0, 1, 0.5, 0.25], abs=CLOSE)
    held = World((Intervention(0, 1, 0, 3),))
    assert levels_of(model, [0.5], 0, held)[:, 1] == pytest.approx([1, 1, 1, 1], abs=CLOSE)


def test_what_is_done_to_a_derived_condition_replaces_its_guard() -> None:
    variables = [condition("x"), made("d", Kind.DERIVED, at(0)), made("m", Kind.MEMORY, at(1))]
    model = model_of(2, variables, [rule(0, Effect.BECOMES, at(1))])
    world = World((Intervention(1, 1, 1, 1),))
    assert levels_of(model, [0.5], 0, world)[:, 1] == pytest.approx([0, 0, 0.5], abs=CLOSE)
    assert levels_of(model, [0.5], 1, world)[:, 1] == pytest.approx([0, 1, 0.5], abs=CLOSE)
    assert levels_of(model, [0.5], 2, world)[:, 1] == pytest.approx([0, 1, 1], abs=CLOSE)


def test_a_world_without_a_rule() -> None:
    model, hazards = race(0.3, 0.2)
    world = World(without=frozenset({0}))
    assert levels_of(model, hazards, 0, world)[-1, 1] == 0
    assert levels_of(model, hazards, 1, world)[-1, 1] == pytest.approx(1 - 0.8**5, abs=CLOSE)


# Sizes


def test_thirteen_conditions_are_enumerated_and_fourteen_refused() -> None:
    assert run_exact(model_of(1, [condition("x")] * 13), tables_of([]), Request(), AS_WRITTEN).given[0] == 1
    with pytest.raises(
        TooLarge, match=r"^16384 joint states, and the exact engine enumerates at most 8192$"
    ) as refused:
        run_exact(model_of(1, [condition("x")] * 14), tables_of([]), Request(), AS_WRITTEN)
    assert (refused.value.size, refused.value.limit) == (16384, 8192)


def test_too_many_memories_of_monitors_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exact, "CELLS", 15)
    model, hazards = race(0.3, 0.2)
    request = Request(monitors=(ever(at(0)), ever(at(1))))
    with pytest.raises(TooLarge, match="16 joint states with what is watched"):
        run_exact(model, tables_of(hazards), request, AS_WRITTEN)


def test_too_many_transitions_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exact_chain, "TRANSITIONS", 8)
    model, hazards = race(0.3, 0.2)
    with pytest.raises(TooLarge, match="9 transitions in one step"):
        run_exact(model, tables_of(hazards), Request(), AS_WRITTEN)


def test_transitions_that_are_not_kept_are_computed_again(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = posterior()
    monkeypatch.setattr(exact_chain, "KEPT", 0)
    assert np.array_equal(posterior().levels, kept.levels)
