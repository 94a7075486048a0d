"""A part of a model gives the same futures as the whole, and leaves out what it does not hang on."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from estimative.model.ancestry import ancestors
from estimative.model.part import part
from estimative.model.readings import read
from estimative.questions.ask import Answer, ask
from estimative.questions.events import concerned
from support.small import estimate_of, futures_of, query_of

TEXT = """\
actors: {x: {interests: {one: the first, two: the second}}}
conditions:
  a: {becomes: {r: likely}}
  b: {becomes: {r: {likelihood: likely, when: ever a, heightened-by: not z}}}
  z: {starts: unlikely}
  d: {is: b and tone >= middle}
  idle: {becomes: {r: {likelihood: likely, when: d}}}
scales:
  tone: {levels: [low, middle, high], starts: low, rises: {up: {likelihood: likely, when: a}}}
  lot: {levels: [open, left, right], starts: open, settles: {when: a, levels: {left: likely, right: the rest}}}
choices:
  line:
    actor: x
    options: [stay, go]
    starts: stay
    reconsidered: {likelihood: likely, when: lot is left}
    weighs: {go: [{when: b, one: "++"}, {two: "-"}]}
"""


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("P(ever a)", {"a"}),
        ("P(ever d)", {"a", "b", "z", "d", "tone", "ever a"}),
        ("P(ever lot is left)", {"a", "lot"}),
        ("P(ever line is go)", {"a", "b", "z", "lot", "line", "ever a"}),
    ],
)
def test_a_part_has_what_it_hangs_on_and_the_same_futures(query: str, names: set[str]) -> None:
    whole = futures_of(estimate_of(TEXT), readings=8, futures=512)
    asked = query_of(query)
    model, known = part(whole.model, whole.names, concerned(whole.names, asked))
    assert {variable.name for variable in model.variables} == names
    readings = read(model, "author", 8, whole.seed)
    small = replace(whole, model=model, names=known, readings=readings)
    (one,), (other,) = ask(whole, [asked]), ask(small, [asked])
    assert isinstance(one, Answer)
    assert isinstance(other, Answer)
    assert np.array_equal(one.values, other.values)


def test_everything_is_its_own_ancestor_and_descendants_are_none() -> None:
    whole = futures_of(estimate_of(TEXT), readings=2, futures=64)
    numbers = whole.names.numbers
    assert ancestors(whole.model, [numbers["idle"]]) >= {numbers["idle"], numbers["d"], numbers["tone"]}
    assert numbers["idle"] not in ancestors(whole.model, [numbers["d"]])
