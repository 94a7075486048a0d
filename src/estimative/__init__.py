"""Estimative: check whether an estimate's bottom line follows from its parts, and what it hangs on.

From Python the tool is a handful of functions, named as the commands are. `check` reads, `prepare` gives the
futures, and every question is a function of them (docs/python.md has them all):

    import estimative

    futures = estimative.prepare(estimative.check("harvest.yaml").sound())
    answers = estimative.ask(futures, ["P(ever shortage by 2027)"])
    estimative.display(answers, futures)  # in a notebook: drawn; with print: as text
    print(answers[0].band)
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from estimative.pipeline import Size as Size
    from estimative.pipeline import ask as ask
    from estimative.pipeline import audit as audit
    from estimative.pipeline import bounds as bounds
    from estimative.pipeline import check as check
    from estimative.pipeline import choices as choices
    from estimative.pipeline import claims as claims
    from estimative.pipeline import compare as compare
    from estimative.pipeline import flips as flips
    from estimative.pipeline import forecast as forecast
    from estimative.pipeline import future as future
    from estimative.pipeline import hinges as hinges
    from estimative.pipeline import look as look
    from estimative.pipeline import paths as paths
    from estimative.pipeline import prepare as prepare
    from estimative.pipeline import query as query
    from estimative.pipeline import read_record as read_record
    from estimative.pipeline import repair as repair
    from estimative.pipeline import reported as reported
    from estimative.pipeline import run as run
    from estimative.pipeline import supposition as supposition
    from estimative.pipeline import trends as trends
    from estimative.pipeline import update as update
    from estimative.pipeline import watch as watch
    from estimative.pipeline import what_if as what_if
    from estimative.pipeline import why as why
    from estimative.show.notebook import display as display

_PIPELINE = (
    "Size",
    "ask",
    "audit",
    "bounds",
    "check",
    "choices",
    "claims",
    "compare",
    "flips",
    "forecast",
    "future",
    "hinges",
    "look",
    "paths",
    "prepare",
    "query",
    "read_record",
    "repair",
    "reported",
    "run",
    "supposition",
    "trends",
    "update",
    "watch",
    "what_if",
    "why",
)

_PLACES = {**dict.fromkeys(_PIPELINE, "pipeline"), "display": "show.notebook"}
"""Where each name lives: it is imported when it is first used, so that importing the package costs nothing."""

__all__ = sorted(_PLACES)  # noqa: PLE0605 - the names stand above


def __getattr__(name: str) -> Any:  # noqa: ANN401 - any of the names above
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_PLACES[name]}"), name)


def __dir__() -> list[str]:
    return __all__


class _Package(ModuleType):
    """The package: its room `audit` has the name of a question, and whoever asks means the question."""

    @property
    def audit(self) -> Any:  # noqa: ANN401 - the function of that name above
        return __getattr__("audit")

    @audit.setter
    def audit(self, room: ModuleType) -> None:
        """Leave out what the import of the room would put here; `sys.modules` has it."""


sys.modules[__name__].__class__ = _Package
