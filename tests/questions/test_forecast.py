"""The forecast: what has a course, and in which order."""

from __future__ import annotations

from estimative.questions.forecast import forecast
from support.small import estimate_of, futures_of

FIRE = """\
conditions:
  spark: {becomes: {r: {likelihood: 30%, within: 1 year}}}
  dry: {becomes: {r: {likelihood: 30%, within: 1 year}}}
  fire: {is: spark and dry}
  burnt: {is: ever fire}
scales:
  alarm: {levels: [low, high], starts: low, rises: {r: {likelihood: 30%, within: 1 year, when: fire}}}
signals:
  smoke: {of: fire, if-so: {likelihood: 99%, within: 1 year}, if-not: {likelihood: 1%, within: 1 year}}
"""


def test_signals_and_memories_have_no_course() -> None:
    """They are in the model, for other questions; they are no part of what the analyst forecasts."""
    futures = futures_of(estimate_of(FIRE), readings=4, futures=64)
    assert "smoke" in {variable.name for variable in futures.model.variables}
    found = forecast(futures)
    assert [course.name for course in found.courses] == ["spark", "dry", "alarm", "fire", "burnt"]
    assert [course.ever is not None for course in found.courses] == [True, True, False, True, True]
    assert [len(course.levels) for course in found.courses] == [1, 1, 2, 1, 1]
