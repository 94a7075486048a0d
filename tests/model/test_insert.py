"""Base variables put into a model leave everything else as it was."""

from __future__ import annotations

import numpy as np

from estimative.engine.request import Request, World
from estimative.engine.run import run
from estimative.engine.slow import run_slow
from estimative.model.guards import variables
from estimative.questions.choices import with_favourites
from support.small import estimate_of, futures_of

BODY = """\
actors:
  north: {interests: {calm: first, trade: second}}
conditions:
  drought: {becomes: {r: {likelihood: 50%, within: 1 year}}}
  remembered: {is: ever drought}
choices:
  line:
    actor: north
    options: [wait, buy]
    starts: wait
    reconsidered: {likelihood: likely, within: 1 year}
    weighs:
      buy: [{calm: "-"}, {when: remembered, calm: "++"}]
"""


def test_what_is_derived_moves_up_and_keeps_its_guards() -> None:
    before = futures_of(estimate_of(BODY), readings=4, futures=64).model
    after = with_favourites(futures_of(estimate_of(BODY), readings=4, futures=64)).model
    names = [variable.name for variable in after.variables]
    assert names == ["drought", "line", "favourite of line", "ever drought", "remembered"]
    for number, variable in enumerate(before.variables):
        if variable.guard is not None:
            moved = after.variables[names.index(variable.name)]
            assert moved.guard is not None
            seen = [before.variables[n].name for n in variables(variable.guard)]
            assert [after.variables[n].name for n in variables(moved.guard)] == seen, number


def test_the_engines_agree_and_the_rest_is_as_it_was() -> None:
    plain = futures_of(estimate_of(BODY), readings=8, futures=256)
    followed = with_favourites(plain)
    request = Request(levels=True)
    slow = run_slow(followed.model, followed.readings.tables, request, World(), seed=plain.seed, futures=256)
    fast = run(followed.model, followed.readings.tables, request, World(), seed=plain.seed, futures=256)
    assert np.array_equal(slow.levels, fast.levels)
    alone = plain.count(request)
    shared = followed.count(request)
    assert np.array_equal(alone.levels[:, :, :4], shared.levels[:, :-1, :4]), "drought and line"
