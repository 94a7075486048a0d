"""What is settled without a number: it cannot happen, it always does, two things are the same, one bears on nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from estimative.estimate.queries import DoesNotMatter, Mode
from estimative.questions.ask import Answer, ask
from estimative.questions.settled import idle, same, settled
from support.small import estimate_of, futures_of, query_of

if TYPE_CHECKING:
    from estimative.questions.futures import Futures

TEXT = """\
conditions:
  a: {becomes: {r: likely}}
  b: {becomes: {r: {likelihood: likely, when: a}}}
  on: {starts: yes}
  off: {becomes: {r: {likelihood: likely, when: not on}}}
  c: {becomes: {r: {likelihood: likely, when: b and on}}}
  d: {becomes: {r: {likelihood: likely, when: a or c}}}
  both: {is: a and b}
  never: {is: off and on}
scales:
  tone: {levels: [low, middle, high], starts: low, rises: {up: {likelihood: likely, within: 1 year, when: a}}}
  flat: {levels: [low, high], starts: low}
  void: {levels: [open, left, right], starts: open, settles: {levels: {left: 0%, right: 0-0%}}}
claims:
  by-potential: {test: d does not matter to P(ever b) by potential}
  by-volatility: {test: d does not matter to P(ever b) by volatility}
  by-variance: {test: d does not matter to P(ever b) by variance}
  no-rules: {test: flat does not matter to P(ever off or ever flat is high) by potential}
  no-rules-but-held: {test: on does not matter to P(ever off) by potential}
  derived: {test: both does not matter to P(ever b) by potential}
  held: {test: on does not matter to P(ever off) by volatility}
  it-does: {test: a does not matter to P(ever b) by potential}
"""


@pytest.fixture(scope="module")
def small() -> Futures:
    return futures_of(estimate_of(TEXT), readings=64, futures=256)


@pytest.mark.parametrize(
    ("query", "value"),
    [
        ("P(ever off)", 0.0),
        ("P(ever a)", None),
        ("P(b at 2020)", 0.0),  # it looks at a in the step before, at as-of
        ("P(b at 2021)", None),
        ("P(ever on)", 1.0),
        ("P(always on)", 1.0),
        ("P(not ever off)", 1.0),
        ("P(ever off or ever on)", 1.0),
        ("P(tone is high at 2020)", 0.0),
        ("P(ever tone is high)", None),
        ("P(off before a)", 0.0),
        ("P(on before a)", None),  # it is, but nothing is proved of what comes first
        ("P(ever off | ever a)", 0.0),
        ("P(ever off | do(not on))", None),
        ("P(ever b | do(not a))", 0.0),
        ("share of time on", 1.0),
        ("share of time never | do(never at 2020-01)", 0.0),  # as-of is no step
        ("P(ever void is left)", None),  # a row of zeros leaves its levels alike
        ("share of time off", 0.0),
        ("share of time a", None),
    ],
)
def test_what_cannot_happen_and_what_cannot_fail_to(small: Futures, query: str, value: float | None) -> None:
    asked = query_of(query)
    assert not isinstance(asked, Mode)
    found = settled(small, asked)
    assert found == value
    (answer,) = ask(small, [asked])
    assert isinstance(answer, Answer)
    if found is not None:
        assert (answer.values == found).all()


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("P(ever b | do(d))", "P(ever b | do(not d))", True),  # d bears on nothing of b
        ("P(ever b | do(d))", "P(ever b)", True),
        ("P(ever off | do(on), do(a))", "P(ever off | do(on), do(not a))", True),
        ("P(ever d | do(not a), do(b))", "P(ever d | do(not a), do(not b))", False),
        ("P(ever d | do(a), do(c))", "P(ever d | do(a), do(not c))", True),  # a or c: a is enough
        ("P(ever b | do(a))", "P(ever b | do(not a))", False),
        ("P(ever b | do(d at 2021))", "P(ever b)", True),
        ("P(ever b | do(a at 2021))", "P(ever b)", False),
        ("P(ever a)", "P(ever b)", False),
        ("P(ever b by 2021)", "P(ever b)", False),
    ],
)
def test_two_worlds_that_do_not_differ_in_what_bears_on_it(
    small: Futures, one: str, other: str, alike: bool
) -> None:
    first, second = query_of(one), query_of(other)
    assert same(small, first, second) is alike
    if alike:
        left, right = ask(small, [first, second])
        assert (left.values == right.values).all()


def test_what_bears_on_nothing_cannot_matter(small: Futures) -> None:
    tests = {claim.name: claim.test for claim in small.estimate.claims}
    found = {name: idle(small, test) for name, test in tests.items() if isinstance(test, DoesNotMatter)}
    assert found == {
        "by-potential": "idle",
        "by-volatility": "idle",
        "by-variance": None,  # two things that have nothing to do with each other may still go together
        "no-rules": "no rules",  # nothing of it could be struck
        "no-rules-but-held": None,  # it may not have held from the start
        "derived": "idle",
        "held": None,  # but it could be made otherwise
        "it-does": None,
    }
