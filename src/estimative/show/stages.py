"""Stages of the pipeline as blocks: the model that runs, its readings, what was counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from estimative.show.blocks import STRIPS, Cell, Column, Facts, Mark, Shown, Strip, Table, text
from estimative.show.numerals import chance, chance_range, count, day, plural

if TYPE_CHECKING:
    from collections.abc import Sequence

    from estimative.model.model import Model, Rule, Variable
    from estimative.questions.stages import Counted, Read
    from estimative.show.setting import Setting


def model_shown(model: Model) -> Shown:
    """Every variable and rule of a model, numbered and with its window in steps."""
    calendar = model.calendar
    variables: list[tuple[Cell, ...]] = [
        (str(number), Mark(variable.name, "code"), variable.kind.value, _levels(variable))
        for number, variable in enumerate(model.variables)
    ]
    rules: list[tuple[Cell, ...]] = [
        (str(number), Mark(rule.name, "code"), rule.effect.value, _window(rule))
        for number, rule in enumerate(model.rules)
    ]
    blocks = (
        text(
            f"{model.name}: {plural(calendar.steps, calendar.step)} from {day(calendar.as_of)} "
            f"to {day(calendar.end)}."
        ),
        Table(
            (
                Column("no.", "right"),
                Column("variable"),
                Column("kind"),
                Column("levels (start in brackets)"),
            ),
            tuple(variables),
        ),
        Table(
            (
                Column("no.", "right"),
                Column("rule"),
                Column("effect"),
                Column("steps (spread over)", "right"),
            ),
            tuple(rules),
        ),
    )
    named: list[Facts] = [
        {
            "part": "variable",
            "number": number,
            "variable": variable.name,
            "kind": variable.kind.value,
            "levels": _levels(variable),
        }
        for number, variable in enumerate(model.variables)
    ]
    moving: list[Facts] = [
        {
            "part": "rule",
            "number": number,
            "rule": rule.name,
            "variable": model.variables[rule.variable].name,
            "effect": rule.effect.value,
            "first": rule.first,
            "last": rule.last,
            "length": rule.length,
        }
        for number, rule in enumerate(model.rules)
    ]
    facts: Facts = {
        "model": model.name,
        "steps": calendar.steps,
        "step": calendar.step,
        "from": day(calendar.as_of),
        "to": day(calendar.end),
    }
    return Shown("model", "The model", blocks, facts, (*named, *moving))


def _levels(variable: Variable) -> str:
    return ", ".join(
        f"[{level}]" if n == variable.start else level for n, level in enumerate(variable.levels)
    )


def _window(rule: Rule) -> str:
    return f"{rule.first} to {rule.last} ({rule.length})"


def readings_shown(read: Sequence[Read], setting: Setting) -> Shown:
    """What each likelihood was read as."""
    rows: list[tuple[Cell, ...]] = [
        (
            Mark(one.rule, "code"),
            f"{chance(one.median)} ({chance_range(one.low, one.high)})",
            Strip(one.low, one.median, one.high),
        )
        for one in read
    ]
    columns = (
        Column("rule"),
        Column("read as: median (90 % of readings)", "right"),
        STRIPS,
    )
    facts: tuple[Facts, ...] = tuple(
        {"part": "rule", "rule": one.rule, "low": one.low, "median": one.median, "high": one.high}
        for one in read
    )
    return Shown("readings", "Readings", (Table(columns, tuple(rows)), setting.foot), setting.facts, facts)


def futures_shown(counted: Sequence[Counted], setting: Setting) -> Shown:
    """How many futures are where at the horizon."""
    rows: list[tuple[Cell, ...]] = [
        (Mark(one.variable, "code"), one.level, f"{one.mean:,.1f}", count(one.fewest), count(one.most))
        for one in counted
    ]
    columns = (
        Column("variable"),
        Column("level at the end"),
        Column("futures of a reading: mean", "right"),
        Column("fewest", "right"),
        Column("most", "right"),
    )
    facts: tuple[Facts, ...] = tuple(
        {
            "part": "level",
            "variable": one.variable,
            "level": one.level,
            "mean": one.mean,
            "fewest": one.fewest,
            "most": one.most,
        }
        for one in counted
    )
    return Shown("futures", "Futures", (Table(columns, tuple(rows)), setting.foot), setting.facts, facts)
