"""The compiler: what is written becomes variables, rules and guards with the right numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from estimative.language.read import read_texts
from estimative.model.compile import compile_estimate
from estimative.model.guards import All, AtLeast, Guard, Holds, Not
from estimative.model.model import Effect, Kind, Model, Rule
from estimative.places.source import Source
from estimative.words.meaning import Counted, Exactly, Said

if TYPE_CHECKING:
    from estimative.estimate.nodes import Estimate
    from estimative.model.compile_guards import Names

HEAD = """\
estimate: small
title: A small estimate
as-of: 2020-01-01
horizon: 3 years
step: quarter
standard: icd-203
"""


def written(body: str) -> Estimate:
    estimate, problems = read_texts([Source("small.yaml", HEAD + body)])
    assert estimate is not None, problems
    return estimate


def compiled(body: str) -> tuple[Model, Names]:
    return compile_estimate(written(body))


def rule_with(window: str) -> Rule:
    model, _ = compiled(f"conditions:\n  x:\n    becomes:\n      r: {{likelihood: likely, {window}}}\n")
    return model.rules[0]


@pytest.mark.parametrize(
    ("window", "first", "last", "length"),
    [
        ("within: 1 year", 1, 12, 4),
        ("within: 7 months", 1, 12, 2),
        ("by: 2020-09", 1, 12, 3),
        ("by: 2020", 1, 12, 4),
        ("by: 2026", 1, 12, 28),  # the pace is that of seven years, whatever the horizon
        ("between: [2022, 2024]", 9, 12, 12),
        ("between: [2021, 2021]", 5, 8, 4),
        ("between: [2020-05-15, 2020-12-31]", 2, 4, 3),
        ("when: x", 1, 12, 12),
    ],
)
def test_a_window_counts_the_steps_that_end_inside_it(
    window: str, first: int, last: int, length: int
) -> None:
    rule = rule_with(window)
    assert (rule.first, rule.last, rule.length) == (first, last, length)


def test_a_rule_keeps_its_full_name_and_its_guard_gathers_all_that_is_required() -> None:
    model, names = compiled("""\
conditions:
  a: {}
  b: {}
  c: {}
  x:
    requires: c
    becomes:
      r: {likelihood: 4 of 28, when: a, unless: b}
    ends:
      r: {likelihood: 30%, when: a}
""")
    becomes, ends = model.rules
    assert (becomes.name, becomes.effect, becomes.meaning) == ("x.becomes.r", Effect.BECOMES, Counted(4, 28))
    assert (ends.name, ends.effect, ends.meaning) == ("x.ends.r", Effect.ENDS, Exactly(0.3))
    a, b, c = (Holds(names.numbers[name], frozenset({1})) for name in "abc")
    assert becomes.guard == All((a, c, Not(b)))
    assert ends.guard == a, "a condition's own `requires` is for coming to hold, not for ending"


def test_levels_of_a_scale_in_a_guard() -> None:
    model, names = compiled("""\
scales:
  tie:
    levels: [cold, cool, warm]
    starts: cool
    norm: cool
    returns: {likelihood: likely, within: 1 year}
    rises:
      thaw: {likelihood: unlikely, to: warm, heightened-by: [greatly x, slightly tie <= cool]}
conditions:
  x: {starts: unlikely}
  y:
    is: at least 2 of (tie >= cool, tie is not warm, x)
""")
    tie = names.numbers["tie"]
    assert model.variables[tie].norm == 1
    thaw = next(rule for rule in model.rules if rule.name == "tie.rises.thaw")
    assert thaw.target == 2
    assert [(m.degree, m.sign) for m in thaw.modifiers] == [("greatly", 1), ("slightly", 1)]
    assert thaw.modifiers[1].guard == Holds(tie, frozenset({0, 1}))
    starts = next(rule for rule in model.rules if rule.effect is Effect.STARTS)
    assert (starts.name, starts.meaning) == ("x.starts", Said("unlikely"))
    x = Holds(names.numbers["x"], frozenset({1}))
    expected: Guard = AtLeast(2, (Holds(tie, frozenset({1, 2})), Holds(tie, frozenset({0, 1})), x))
    assert model.variables[names.numbers["y"]].guard == expected


def test_what_is_derived_follows_what_it_looks_at() -> None:
    model, names = compiled("""\
conditions:
  third: {is: second and ever first}
  first: {is: ever base}
  second: {is: first or base}
  base: {becomes: {r: likely}}
""")
    kinds = [variable.kind for variable in model.variables]
    assert kinds.index(Kind.CONDITION) == 0
    assert kinds.count(Kind.MEMORY) == 2
    numbers = names.numbers
    assert numbers["first"] < numbers["second"] < numbers["third"]
    for number, variable in enumerate(model.variables):
        if variable.guard is not None:
            assert variable.kind in {Kind.DERIVED, Kind.MEMORY}
            assert number > 0


def test_a_lottery_names_every_level_and_leaves_the_rest() -> None:
    model, _ = compiled("""\
scales:
  heir:
    levels: [open, son, general, other]
    starts: open
    settles:
      when: x
      cases:
        ill: {when: y, levels: {son: unlikely, general: likely}}
        otherwise: {levels: {son: likely, other: the rest}}
conditions:
  x: {becomes: {r: likely}}
  y: {}
""")
    (lottery,) = model.lotteries
    assert lottery.name == "heir.settles"
    assert [case.meanings for case in lottery.cases] == [
        (Said("unlikely"), Said("likely"), Exactly(0.0)),
        (Said("likely"), Exactly(0.0), None),
    ]
    assert lottery.cases[1].guard == All()


def test_numbers_change_but_names_do_not_when_something_is_added() -> None:
    before, _ = compiled("conditions:\n  x: {becomes: {r: likely}}\n")
    after, _ = compiled("conditions:\n  a: {becomes: {r: likely}}\n  x: {becomes: {r: likely}}\n")
    assert {rule.name for rule in before.rules} < {rule.name for rule in after.rules}
