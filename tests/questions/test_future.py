"""One future told is the one that was counted, and says what moved it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from estimative import pipeline
from estimative.engine.request import Request
from estimative.model.model import Kind
from estimative.questions.future import tell
from estimative.questions.stages import levels_counted, likelihoods_read

if TYPE_CHECKING:
    from estimative.questions.futures import Futures

TEXT = """\
estimate: told
title: Things that are told
as-of: 2027
horizon: 2 years
step: quarter
standard: icd-203
conditions:
  sure: {says: It comes at once, becomes: {at-once: {likelihood: 100%, within: 1 quarter}}}
  gone: {starts: "yes", ends: {at-once: {likelihood: 100%, within: 1 quarter, when: sure}}}
  both: {is: sure and not gone}
  maybe: {becomes: {one-way: {likelihood: 40%, within: 1 year}, another: {likelihood: 40%, within: 1 year}}}
scales:
  stair:
    levels: [low, middle, high]
    starts: low
    norm: low
    rises: {up: {likelihood: 100%, within: 1 quarter, unless: both}}
    returns: {likelihood: 100%, within: 1 quarter, when: both}
  lot: {levels: [open, left, right], starts: open, settles: {when: sure, levels: {left: 50%, right: 50%}}}
"""


@pytest.fixture(name="futures", scope="module")
def some_futures(tmp_path_factory: pytest.TempPathFactory) -> Futures:
    path = tmp_path_factory.mktemp("told") / "told.yaml"
    path.write_text(TEXT, "utf-8")
    estimate = pipeline.check(path).sound()
    return pipeline.prepare(estimate, "author", pipeline.Size(readings=4, futures=256, seed=7))


def test_what_is_certain_is_told_with_its_date_and_its_rule(futures: Futures) -> None:
    told = tell(futures, 1, 17)
    assert told.starts == (("gone", "yes"), ("stair", "low"), ("lot", "open"))
    said = [(h.date.isoformat(), h.name, h.before, h.after, h.rules) for h in told.happenings]
    sure = [line for line in said if line[1] in {"sure", "gone", "both", "stair"}]
    assert sure[:4] == [
        ("2027-03-31", "sure", "no", "yes", ("sure.becomes.at-once",)),
        ("2027-03-31", "stair", "low", "middle", ("stair.rises.up",)),
        ("2027-06-30", "gone", "yes", "no", ("gone.ends.at-once",)),
        ("2027-06-30", "stair", "middle", "high", ("stair.rises.up",)),
    ]
    assert ("2027-06-30", "both", "no", "yes", ()) in sure
    # `both` turns it round: it returns, and the rule that no longer acts is not named.
    assert ("2027-09-30", "stair", "high", "middle", ("stair.returns",)) in sure
    (lot,) = [h for h in told.happenings if h.kind is Kind.LOTTERY]
    assert (lot.before, lot.rules) == ("open", ())


def test_told_futures_are_those_that_are_counted(futures: Futures) -> None:
    told = [tell(futures, 2, number) for number in range(256)]
    happened = sum(any(h.name == "maybe" for h in one.happenings) for one in told)
    left = sum(any(h.after == "left" for h in one.happenings) for one in told)
    counts = futures.count(Request(levels=True))
    places = {
        (variable.name, level): counts.offsets[n] + k
        for n, variable in enumerate(futures.model.variables)
        for k, level in enumerate(variable.levels)
    }
    assert happened == counts.levels[2, -1, places["maybe", "yes"]]
    assert left == counts.levels[2, -1, places["lot", "left"]]
    assert 0 < happened < 256


def test_the_stages_say_what_was_read_and_counted(futures: Futures) -> None:
    read = {one.rule: one for one in likelihoods_read(futures)}
    assert (read["maybe.becomes.one-way"].low, read["maybe.becomes.one-way"].high) == pytest.approx(
        (0.4, 0.4)
    )
    counted = {(one.variable, one.level): one for one in levels_counted(futures)}
    assert counted["sure", "yes"].fewest == 256
    assert counted["sure", "no"].most == 0
    assert counted["maybe", "yes"].mean + counted["maybe", "no"].mean == 256
