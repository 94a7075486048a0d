"""Planted mistakes about what all variables share: order, interventions, dice, and when rules fire."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from estimative.engine import slow, slow_moves
from estimative.model.guards import TRUE
from estimative.model.model import Crossing, Effect
from support.random_models import rule_table

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest
    from numpy.typing import NDArray

    from estimative.engine.request import Intervention
    from estimative.engine.slow_moves import Levels, Run, Truth
    from estimative.model.model import Rule
    from support.planted import Mistake
    from support.random_models import Trial

    Integers = NDArray[np.int64]


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
)
