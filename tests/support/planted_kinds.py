"""Planted mistakes about how conditions, scales, lotteries, choices and memories move."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from estimative.engine import slow_moves
from estimative.model.guards import TRUE
from estimative.model.model import Effect, Kind

if TYPE_CHECKING:
    import pytest
    from numpy.typing import NDArray

    from estimative.engine.slow_moves import Levels, Run, Truth
    from estimative.model.model import Lottery, Rule
    from support.planted import Mistake
    from support.random_models import Trial

    Integers = NDArray[np.int64]


# Conditions


def _everywhere(_: Rule, state: Levels) -> Truth:
    return np.ones(state.shape[1:], np.bool_)


def ends_what_is_only_beginning(patch: pytest.MonkeyPatch, trial: Trial) -> Trial:
    def move(run: Run, number: int, state: Levels, fired: Truth) -> Levels:
        becomes = slow_moves.any_fired(run, fired, number, Effect.BECOMES) & (state[number] == 0)
        ends = slow_moves.any_fired(run, fired, number, Effect.ENDS)
        return np.asarray(((state[number] == 1) | becomes) & ~ends, np.uint8)

    patch.setattr(slow_moves, "able", _everywhere)
    patch.setattr(slow_moves, "move_condition", move)
    return trial


def begins_again_what_is_ending(patch: pytest.MonkeyPatch, trial: Trial) -> Trial:
    def move(run: Run, number: int, state: Levels, fired: Truth) -> Levels:
        becomes = slow_moves.any_fired(run, fired, number, Effect.BECOMES)
        ends = slow_moves.any_fired(run, fired, number, Effect.ENDS)
        return np.asarray(((state[number] == 1) & ~ends) | becomes, np.uint8)

    patch.setattr(slow_moves, "able", _everywhere)
    patch.setattr(slow_moves, "move_condition", move)
    return trial


# Scales


def lets_rises_win_over_falls(patch: pytest.MonkeyPatch, trial: Trial) -> Trial:
    def settle(_: Integers, highest: Integers, lowest: Integers, up: Truth, _down: Truth) -> Levels:
        return np.where(up, highest, lowest).astype(np.uint8)

    patch.setattr(slow_moves, "settle_directions", settle)
    return trial


def cancels_only_rules_that_can_move(patch: pytest.MonkeyPatch, trial: Trial) -> Trial:
    settle = slow_moves.settle_directions

    def settle_moved(level: Integers, highest: Integers, lowest: Integers, _: Truth, _down: Truth) -> Levels:
        return settle(level, highest, lowest, highest > level, lowest < level)

    patch.setattr(slow_moves, "settle_directions", settle_moved)
    return trial


def ignores_jumps(_: pytest.MonkeyPatch, trial: Trial) -> Trial:
    rules = tuple(replace(rule, target=None) for rule in trial.model.rules)
    return replace(trial, model=replace(trial.model, rules=rules))


def lets_rises_lower(patch: pytest.MonkeyPatch, trial: Trial) -> Trial:
    """A jump goes to its level from above too."""
    goal, settle = slow_moves.goal, slow_moves.settle_directions

    def anywhere(rule: Rule, level: Integers, levels: int, norm: int | None) -> Integers:
        return goal(rule, level, levels, norm) if rule.target is None else np.full_like(level, rule.target)

    def settle_any(level: Integers, highest: Integers, lowest: Integers, up: Truth, down: Truth) -> Levels:
        return settle(level, np.where(highest > level, highest, lowest), lowest, up, down)

    patch.setattr(slow_moves, "goal", anywhere)
    patch.setattr(slow_moves, "settle_directions", settle_any)
    return trial


def takes_the_nearest_goal(patch: pytest.MonkeyPatch, trial: Trial) -> Trial:
    """One level, whatever was jumped to, as soon as a plain rule of the same direction fires too."""
    fire_all = slow_moves.fire_all

    def nearest(run: Run, state: Levels, step: int) -> Truth:
        fired = fire_all(run, state, step)
        for k, rule in enumerate(run.model.rules):
            for other, plain in enumerate(run.model.rules):
                same = plain.variable == rule.variable and plain.effect is rule.effect
                if same and rule.target is not None and plain.target is None:
                    fired[k] &= ~fired[other]
        return fired

    patch.setattr(slow_moves, "fire_all", nearest)
    return trial


def returns_away_from_the_norm(patch: pytest.MonkeyPatch, trial: Trial) -> Trial:
    goal, rises, falls = slow_moves.goal, slow_moves.rises, slow_moves.falls

    def away(rule: Rule, level: Integers, levels: int, norm: int | None) -> Integers:
        to = goal(rule, level, levels, norm)
        return np.clip(2 * level - to, 0, levels - 1) if rule.effect is Effect.RETURNS else to

    def swapped(rule: Rule, level: Integers, norm: int | None) -> Truth:
        return (falls if rule.effect is Effect.RETURNS else rises)(rule, level, norm)

    def swapped_too(rule: Rule, level: Integers, norm: int | None) -> Truth:
        return (rises if rule.effect is Effect.RETURNS else falls)(rule, level, norm)

    patch.setattr(slow_moves, "goal", away)
    patch.setattr(slow_moves, "rises", swapped)
    patch.setattr(slow_moves, "falls", swapped_too)
    return trial


# Lotteries, choices, memories


def draws_lotteries_again(patch: pytest.MonkeyPatch, trial: Trial) -> Trial:
    def always_open(lottery: Lottery, state: Levels) -> Truth:
        return slow_moves.holds(lottery.guard, state)

    patch.setattr(slow_moves, "open_lottery", always_open)
    return trial


def ignores_the_guard_of_a_lottery(_: pytest.MonkeyPatch, trial: Trial) -> Trial:
    lotteries = tuple(replace(lottery, guard=TRUE) for lottery in trial.model.lotteries)
    return replace(trial, model=replace(trial.model, lotteries=lotteries))


def takes_the_last_case_that_holds(_: pytest.MonkeyPatch, trial: Trial) -> Trial:
    lotteries = tuple(replace(lottery, cases=lottery.cases[::-1]) for lottery in trial.model.lotteries)
    rows = tuple(replace(table, thresholds=table.thresholds[:, ::-1]) for table in trial.tables.lotteries)
    model = replace(trial.model, lotteries=lotteries)
    return replace(trial, model=model, tables=replace(trial.tables, lotteries=rows))


def takes_the_last_case_if_none_holds(_: pytest.MonkeyPatch, trial: Trial) -> Trial:
    lotteries = tuple(
        replace(lottery, cases=(*lottery.cases[:-1], replace(lottery.cases[-1], guard=TRUE)))
        for lottery in trial.model.lotteries
    )
    return replace(trial, model=replace(trial.model, lotteries=lotteries))


def chooses_without_looking_again(patch: pytest.MonkeyPatch, trial: Trial) -> Trial:
    def move(run: Run, number: int, state: Levels, _: Truth) -> Levels:
        which = next(k for k, choice in enumerate(run.model.choices) if choice.variable == number)
        return slow_moves.decide(run, which, state)

    patch.setattr(slow_moves, "move_choice", move)
    return trial


def ignores_the_present_option(_: pytest.MonkeyPatch, trial: Trial) -> Trial:
    rows = tuple(
        replace(table, options=np.repeat(table.options[:, :, :1], table.options.shape[2], axis=2))
        for table in trial.tables.choices
    )
    return replace(trial, tables=replace(trial.tables, choices=rows))


def forgets(patch: pytest.MonkeyPatch, trial: Trial) -> Trial:
    patch.setattr(slow_moves, "remember", lambda _, now: now)
    return trial


def remembers_only_from_the_first_step(patch: pytest.MonkeyPatch, trial: Trial) -> Trial:
    derive = slow_moves.derive

    def derive_later(run: Run, state: Levels, step: int) -> None:
        before = state.copy()
        derive(run, state, step)
        for number, variable in enumerate(run.model.variables):
            if step == 0 and variable.kind is Kind.MEMORY:
                state[number] = before[number]

    patch.setattr(slow_moves, "derive", derive_later)
    return trial


MISTAKES: tuple[Mistake, ...] = (
    ends_what_is_only_beginning,
    begins_again_what_is_ending,
    lets_rises_win_over_falls,
    cancels_only_rules_that_can_move,
    ignores_jumps,
    lets_rises_lower,
    takes_the_nearest_goal,
    returns_away_from_the_norm,
    draws_lotteries_again,
    ignores_the_guard_of_a_lottery,
    takes_the_last_case_that_holds,
    takes_the_last_case_if_none_holds,
    chooses_without_looking_again,
    ignores_the_present_option,
    forgets,
    remembers_only_from_the_first_step,
)
