"""Planted mistakes of moving: one wrong reading of each rule of the definition, put into the slow engine.

A mistake patches the engine, or gives back another trial. The comparison with the exact engine, on the
trial as it was, must notice it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from estimative.engine import slow, slow_moves
from estimative.model.guards import TRUE
from estimative.model.model import Crossing, Effect, Kind
from support.random_models import rule_table

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest
    from numpy.typing import NDArray

    from estimative.engine.request import Intervention
    from estimative.engine.slow_moves import Levels, Run, Truth
    from estimative.model.model import Lottery, Rule
    from support.random_models import Trial

    Integers = NDArray[np.int64]
    Mistake = Callable[[pytest.MonkeyPatch, Trial], Trial]


def _change_rules(trial: Trial, change: Callable[[Rule], Rule]) -> Trial:
    return replace(trial, model=replace(trial.model, rules=tuple(map(change, trial.model.rules))))


def _change_tables(trial: Trial, change: Callable[[Rule], Rule]) -> Trial:
    """Thresholds made from changed rules, where a rule is changed at all."""
    rows = tuple(
        table if change(rule) == rule else rule_table(change(rule), chances, trial.strengths)
        for table, rule, chances in zip(trial.tables.rules, trial.model.rules, trial.chances, strict=True)
    )
    return replace(trial, tables=replace(trial.tables, rules=rows))


# How all things move


def moves_one_after_the_other(patch: pytest.MonkeyPatch, trial: Trial) -> Trial:
    def advance(run: Run, state: Levels, step: int) -> tuple[Levels, Truth]:
        state = state.copy()
        for number in range(len(state)):
            fired = slow_moves.fire_all(run, state, step)
            state[number] = slow_moves.move(run, number, state, fired, step)
        slow_moves.intervene(run, state, step)
        slow_moves.derive(run, state, step)
        return state, fired

    patch.setattr(slow, "advance", advance)
    return trial


def derives_before_intervening(patch: pytest.MonkeyPatch, trial: Trial) -> Trial:
    intervene, derive = slow_moves.intervene, slow_moves.derive
    patch.setattr(slow_moves, "intervene", lambda *args: (derive(*args), intervene(*args)))
    patch.setattr(slow_moves, "derive", lambda *_: None)
    return trial


def drops_interventions(patch: pytest.MonkeyPatch, trial: Trial) -> Trial:
    patch.setattr(slow_moves, "made", lambda *_: None)
    return trial


def drops_interventions_on_what_is_derived(patch: pytest.MonkeyPatch, trial: Trial) -> Trial:
    made = slow_moves.made

    def only_base(run: Run, number: int, step: int) -> int | None:
        return made(run, number, step) if run.model.variables[number].guard is None else None

    patch.setattr(slow_moves, "made", only_base)
    return trial


def ends_interventions_a_step_early(_: pytest.MonkeyPatch, trial: Trial) -> Trial:
    def shorter(made: Intervention) -> Intervention:
        return replace(made, last=made.last - 1)

    return replace(
        trial, world=replace(trial.world, interventions=tuple(map(shorter, trial.world.interventions)))
    )


def takes_the_first_of_several_interventions(_: pytest.MonkeyPatch, trial: Trial) -> Trial:
    return replace(trial, world=replace(trial.world, interventions=trial.world.interventions[::-1]))


def keeps_rules_that_the_world_is_without(_: pytest.MonkeyPatch, trial: Trial) -> Trial:
    return replace(trial, world=replace(trial.world, without=frozenset()))


def forgets_starting_likelihoods(_: pytest.MonkeyPatch, trial: Trial) -> Trial:
    starts = {k for k, rule in enumerate(trial.model.rules) if rule.effect is Effect.STARTS}
    return replace(trial, world=replace(trial.world, without=trial.world.without | starts))


def starts_everything_at_the_lowest_level(_: pytest.MonkeyPatch, trial: Trial) -> Trial:
    lowest = tuple(replace(variable, start=0) for variable in trial.model.variables)
    return replace(trial, model=replace(trial.model, variables=lowest))


# Dice


def rules_share_their_dice(patch: pytest.MonkeyPatch, trial: Trial) -> Trial:
    dice = slow_moves.dice
    patch.setattr(slow_moves, "dice", lambda run, _, step: dice(run, "any", step))
    return trial


def steps_share_their_dice(patch: pytest.MonkeyPatch, trial: Trial) -> Trial:
    dice = slow_moves.dice
    patch.setattr(slow_moves, "dice", lambda run, name, _: dice(run, name, 1))
    return trial


# Rules


def ignores_guards(_: pytest.MonkeyPatch, trial: Trial) -> Trial:
    return _change_rules(trial, lambda rule: replace(rule, guard=TRUE))


def ignores_modifiers(patch: pytest.MonkeyPatch, trial: Trial) -> Trial:
    threshold = slow_moves.threshold

    def plain(run: Run, number: int, state: Levels, step: int) -> NDArray[np.uint64]:
        rules = tuple(replace(rule, modifiers=()) for rule in run.model.rules)
        return threshold(replace(run, model=replace(run.model, rules=rules)), number, state, step)

    patch.setattr(slow_moves, "threshold", plain)
    return trial


def reverses_the_sign_of_modifiers(_: pytest.MonkeyPatch, trial: Trial) -> Trial:
    def other(rule: Rule) -> Rule:
        return replace(
            rule, modifiers=tuple(replace(m, sign=1 if m.sign < 0 else -1) for m in rule.modifiers)
        )

    return _change_tables(trial, other)


def reads_masks_from_the_other_end(patch: pytest.MonkeyPatch, trial: Trial) -> Trial:
    mask = slow_moves.mask
    patch.setattr(slow_moves, "mask", lambda guards, state: mask(guards[::-1], state))
    return trial


def spreads_over_a_step_too_many(_: pytest.MonkeyPatch, trial: Trial) -> Trial:
    return _change_tables(trial, lambda rule: replace(rule, length=rule.length + 1))


def _change_windows(trial: Trial, first: int, last: int) -> Trial:
    def other(rule: Rule) -> Rule:
        at_start = rule.effect is Effect.STARTS or isinstance(rule.meaning, Crossing)
        return rule if at_start else replace(rule, first=rule.first + first, last=rule.last + last)

    return _change_rules(trial, other)


def opens_windows_a_step_late(_: pytest.MonkeyPatch, trial: Trial) -> Trial:
    return _change_windows(trial, 1, 0)


def closes_windows_a_step_early(_: pytest.MonkeyPatch, trial: Trial) -> Trial:
    return _change_windows(trial, 0, -1)


def closes_windows_a_step_late(_: pytest.MonkeyPatch, trial: Trial) -> Trial:
    return _change_windows(trial, 0, 1)


def keeps_the_first_hazard_of_a_series(_: pytest.MonkeyPatch, trial: Trial) -> Trial:
    rows = tuple(replace(table, thresholds=table.thresholds[:, :1]) for table in trial.tables.rules)
    return replace(trial, tables=replace(trial.tables, rules=rows))


def lets_only_the_first_rule_of_an_effect_act(patch: pytest.MonkeyPatch, trial: Trial) -> Trial:
    def first_fired(run: Run, fired: Truth, number: int, effect: Effect) -> Truth:
        mine = [
            k for k, rule in enumerate(run.model.rules) if rule.variable == number and rule.effect is effect
        ]
        return np.asarray(fired[mine[:1]].any(axis=0))

    patch.setattr(slow_moves, "any_fired", first_fired)
    return trial


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
    return _change_rules(trial, lambda rule: replace(rule, target=None))


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
    moves_one_after_the_other,
    derives_before_intervening,
    drops_interventions,
    drops_interventions_on_what_is_derived,
    ends_interventions_a_step_early,
    takes_the_first_of_several_interventions,
    keeps_rules_that_the_world_is_without,
    forgets_starting_likelihoods,
    starts_everything_at_the_lowest_level,
    rules_share_their_dice,
    steps_share_their_dice,
    ignores_guards,
    ignores_modifiers,
    reverses_the_sign_of_modifiers,
    reads_masks_from_the_other_end,
    spreads_over_a_step_too_many,
    opens_windows_a_step_late,
    closes_windows_a_step_early,
    closes_windows_a_step_late,
    keeps_the_first_hazard_of_a_series,
    lets_only_the_first_rule_of_an_effect_act,
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
