"""Signs: what is proved to help or to harm, and what is not."""

from __future__ import annotations

import pytest

from estimative.estimate.queries import Probability
from estimative.model.part import part
from estimative.questions.events import Monitors, concerned
from estimative.questions.monotone import directions, wanted_by
from support.small import estimate_of, futures_of, query_of

TEXT = """\
conditions:
  a: {becomes: {r: likely}}
  b: {becomes: {r: {likelihood: likely, when: not a}}}
  c: {becomes: {r: {likelihood: likely, restrained-by: a}}}
  both: {is: a and b}
  either: {is: b or not a}
  nudged: {becomes: {r: {likelihood: likely, heightened-by: slightly a}}}
  ended: {becomes: {r: likely}, ends: {s: likely}}
scales:
  tone: {levels: [low, middle, high], starts: low, rises: {up: {likelihood: likely, when: a}}}
  leap: {levels: [low, middle, high], starts: low, rises: {up: likely, far: {likelihood: likely, to: high, when: a}}}
  swing: {levels: [low, high], starts: low, rises: {up: likely}, falls: {down: likely}}
"""


def signs_of(text: str) -> dict[str, int] | None:
    """The signs of what is asked, by name, of the part of the model that it hangs on."""
    futures = futures_of(estimate_of(TEXT), readings=2, futures=64)
    query = query_of(text)
    assert isinstance(query, Probability)
    model, names = part(futures.model, futures.names, concerned(futures.names, query))
    monitors = Monitors(names, model.calendar)
    event = monitors.event(query.event)
    found = directions(model, wanted_by(event, monitors.monitors))
    return None if found is None else {model.variables[number].name: sign for number, sign in found.items()}


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        ("P(ever a)", {"a": 1}),
        ("P(not ever a)", {"a": -1}),
        ("P(always not a)", {"a": -1}),
        ("P(ever b)", {"b": 1, "a": -1}),
        ("P(ever c)", {"c": 1, "a": -1}),
        ("P(b before a)", {"b": 1, "a": -1}),
        ("P(ever either)", {"either": 1, "b": 1, "a": -1}),
        ("P(ever tone >= middle)", {"tone": 1, "a": 1}),
        ("P(ever leap >= middle)", {"leap": 1, "a": 1}),
        ("P(ever tone < high)", {"tone": -1, "a": -1}),
    ],
)
def test_signs_are_carried_back(text: str, signs: dict[str, int]) -> None:
    assert signs_of(text) == signs


@pytest.mark.parametrize(
    "text",
    [
        "P(ever both)",  # a helps itself and keeps b from coming
        "P(ever a and not ever a)",
        "P(ever tone is middle)",  # neither up nor down
        "P(ever nudged)",  # for one reader in six what heightens slightly lowers
        "P(ever ended)",  # off again, so more of what puts it on may come too early
        "P(ever swing is high)",
    ],
)
def test_what_has_no_sign_is_not_proved(text: str) -> None:
    assert signs_of(text) is None
