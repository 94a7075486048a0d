"""Estimative: check whether an estimate's bottom line follows from its parts, and what it hangs on.

From Python the tool is a handful of functions. `check` reads, `prepare` gives the futures, and every
question is a function of them:

    import estimative
    from pathlib import Path

    estimate = estimative.check(Path("harvest.yaml")).sound()
    futures = estimative.prepare(estimate)
    query = estimative.parse_query("P(ever shortage by 2027)")[0]
    answers = estimative.ask(futures, [query])
    estimative.display(answers, futures)  # in a notebook: drawn; with print: as text
    print(answers[0].band)
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from estimative.language.expressions import parse_query as parse_query
    from estimative.pipeline import Size as Size
    from estimative.pipeline import audit as audit
    from estimative.pipeline import check as check
    from estimative.pipeline import look as look
    from estimative.pipeline import prepare as prepare
    from estimative.questions.ask import ask as ask
    from estimative.questions.bounds import bounds as bounds
    from estimative.questions.choices import choices as choices
    from estimative.questions.claims import judge_claims as judge_claims
    from estimative.questions.compare import compare as compare
    from estimative.questions.flips import flips as flips
    from estimative.questions.forecast import forecast as forecast
    from estimative.questions.hinges import hinges as hinges
    from estimative.questions.paths import paths as paths
    from estimative.questions.repair import repair as repair
    from estimative.questions.trends import trends as trends
    from estimative.questions.update import update as update
    from estimative.questions.watch import watch as watch
    from estimative.questions.what_if import what_if as what_if
    from estimative.questions.why import why as why
    from estimative.record.events import reported as reported
    from estimative.record.read import read_record as read_record
    from estimative.show.notebook import display as display

_PLACES = {
    "Size": "pipeline",
    "ask": "questions.ask",
    "audit": "pipeline",
    "bounds": "questions.bounds",
    "check": "pipeline",
    "choices": "questions.choices",
    "compare": "questions.compare",
    "display": "show.notebook",
    "flips": "questions.flips",
    "forecast": "questions.forecast",
    "hinges": "questions.hinges",
    "judge_claims": "questions.claims",
    "look": "pipeline",
    "parse_query": "language.expressions",
    "paths": "questions.paths",
    "prepare": "pipeline",
    "read_record": "record.read",
    "repair": "questions.repair",
    "reported": "record.events",
    "trends": "questions.trends",
    "update": "questions.update",
    "watch": "questions.watch",
    "what_if": "questions.what_if",
    "why": "questions.why",
}
"""Where each name lives: it is imported when it is first used, so that importing the package costs nothing."""


def __getattr__(name: str) -> Any:  # noqa: ANN401 - any of the names above
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_PLACES[name]}"), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *_PLACES])
