"""Which events contain others, by their form."""

from __future__ import annotations

import pytest

from estimative.audit.implication import Implication
from estimative.estimate.queries import Probability
from support.small import estimate_of, query_of

TEXT = """\
conditions:
  a: {becomes: {r: likely}}
  b: {becomes: {r: likely}}
  both: {is: a and b}
  some: {is: a or b}
scales:
  tone: {levels: [low, middle, high], starts: low, rises: {up: likely}}
"""


def holds(one: str, other: str, made: frozenset[str] = frozenset()) -> bool:
    first, second = query_of(f"P({one})"), query_of(f"P({other})")
    assert isinstance(first, Probability)
    assert isinstance(second, Probability)
    return Implication(estimate_of(TEXT), made).holds(first.event, second.event)


@pytest.mark.parametrize(
    ("part", "whole"),
    [
        ("ever a", "ever a"),
        ("ever a and ever b", "ever a"),
        ("ever a", "ever a or ever b"),
        ("ever (a and b)", "ever b"),
        ("ever both", "ever a"),
        ("ever a", "ever some"),
        ("ever both", "ever some"),
        ("ever a by 2020", "ever a by 2021"),
        ("ever a by 2020", "ever a"),
        ("ever a from 2021", "ever a"),
        ("a at 2021", "ever a"),
        ("a at 2021", "ever a by 2021"),
        ("a at 2021-06", "ever a from 2020 by 2020"),  # the state of the year that has ended by then
        ("ever a from 2021-06 by 2022-06", "ever a from 2021"),
        ("both at 2021", "a at 2021"),
        ("always a", "always a by 2021"),
        ("always a from 2020", "always a from 2021"),
        ("ever tone is high", "ever tone >= middle"),
        ("ever tone > middle", "ever tone is not low"),
        ("not ever a", "not ever both"),
    ],
)
def test_the_whole_contains_the_part_and_not_the_other_way_round(part: str, whole: str) -> None:
    assert holds(part, whole)
    assert part == whole or not holds(whole, part)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ever a", "ever b"),
        ("ever a by 2021", "ever a by 2020"),
        ("ever a", "a at 2021"),
        ("a at 2020", "a at 2021"),
        ("a at 2021-06", "ever a from 2021-06"),  # what begins then is the year that ends after
        ("a at 2021-06", "ever a from 2021-01"),
        ("ever a and ever b", "ever both"),  # each has held, but perhaps not together
        ("ever tone is middle", "ever tone is high"),
        ("not ever both", "not ever a"),
    ],
)
def test_what_does_not_contain_it_is_not_said_to(one: str, other: str) -> None:
    assert not holds(one, other)


def test_what_is_the_same_step_is_the_same_time() -> None:
    assert holds("a at 2021-03", "a at 2021-06")
    assert holds("a at 2021-06", "a at 2021-03")


def test_what_is_made_so_is_not_what_it_is_derived_from() -> None:
    assert not holds("ever both", "ever a", frozenset({"both"}))
    assert holds("ever both", "ever a", frozenset({"some"}))
    assert not holds("ever a", "ever some", frozenset({"some"}))
