"""Answers in a notebook: the page's own tables and drawings, in the cell below the question."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from rich.console import Console

from estimative.audit.audit import Audited
from estimative.questions.ask import Answer, ModeAnswer
from estimative.questions.bounds import Bounds, NotBounded
from estimative.questions.choices import Choices
from estimative.questions.claims import ClaimAnswer
from estimative.questions.compare import Comparison
from estimative.questions.flips import Flips
from estimative.questions.forecast import Forecast
from estimative.questions.future import FutureTold
from estimative.questions.hinges import Hinges
from estimative.questions.overview import Overview
from estimative.questions.paths import Paths
from estimative.questions.repair import Repair
from estimative.questions.trends import Trends
from estimative.questions.update import Update
from estimative.questions.watch import Watch
from estimative.questions.what_if import WhatIf
from estimative.questions.why import Why
from estimative.show.ask import Asked, ask_shown
from estimative.show.audit import audit_shown
from estimative.show.bounds import Bounded, bounds_shown
from estimative.show.choices import choices_shown
from estimative.show.claims import Judged, claims_shown
from estimative.show.compare import compare_shown
from estimative.show.draw import style
from estimative.show.flips import flips_shown
from estimative.show.forecast import forecast_shown
from estimative.show.future import future_shown
from estimative.show.hinges import Turned, hinges_shown
from estimative.show.markup import Html, tag
from estimative.show.page import markup
from estimative.show.paths import paths_shown
from estimative.show.repair import repair_shown
from estimative.show.run import Ran, run_shown
from estimative.show.setting import Setting, speak_of
from estimative.show.terminal import print_blocks
from estimative.show.trends import trends_shown
from estimative.show.update import update_shown
from estimative.show.watch import watch_shown
from estimative.show.what_if import Supposed, what_if_shown
from estimative.show.why import why_shown

if TYPE_CHECKING:
    from estimative.questions.futures import Futures
    from estimative.show.blocks import Shown

Kind = TypeVar("Kind")

Whole = (
    Overview
    | Forecast
    | Choices
    | Trends
    | FutureTold
    | Audited
    | Flips
    | Repair
    | Paths
    | Watch
    | Comparison
    | Update
)
"""An answer that stands alone."""

Each = Answer | ModeAnswer | Bounds | NotBounded | ClaimAnswer | Hinges | Why | WhatIf
"""An answer to one of several that were asked."""

BARS, RULES = 8, 12
"""Bars of a tornado, and rules of an outcome, that are shown."""

WIDTH = 100
"""Columns where a notebook shows text only."""


@dataclass(frozen=True)
class Display:
    """An answer as a notebook shows it: drawn where it can be, as text where not."""

    shown: Shown

    def _repr_html_(self) -> str:
        """For notebooks: the answer with a style that touches nothing outside it."""
        css = f".estimative {{ {style().replace(':root', '&')} }}"
        blocks = (markup(block) for block in self.shown.blocks)
        return tag("div", tag("style", Html(css)), *blocks, class_="estimative")

    def __str__(self) -> str:
        text = io.StringIO()
        print_blocks(Console(file=text, width=WIDTH, highlight=False), self.shown.blocks)
        return text.getvalue()

    __repr__ = __str__


def display(answer: Whole | Each | tuple[Each, ...], futures: Futures) -> Display:
    """The answer to a question, or the several of `ask` and its like, of the futures that gave it.

    In a notebook, `display(ask(futures, [query]), futures)` draws what the command `ask` prints; `print`
    gives it as text.

    Raises
    ------
    TypeError
        For anything that is no answer, and for several that are not of one question.
    """
    several = answer if isinstance(answer, tuple) else (answer,)
    shown = _whole(answer, futures) or _several(several, futures)
    if shown is None:
        raise TypeError(f"{type(several[0] if several else answer).__name__} cannot be displayed")
    return Display(shown)


def _whole(answer: object, futures: Futures) -> Shown | None:
    """An answer that stands alone; None for any other."""
    setting, speak = Setting.of(futures), speak_of(futures.estimate.standard)
    estimate, model = futures.estimate, futures.model
    match answer:
        case Overview(forecast, questions, claims):
            return run_shown(estimate, [Ran(setting, forecast, questions, claims)])
        case Forecast():
            return forecast_shown([answer], setting, speak)
        case Choices():
            return choices_shown(answer, setting)
        case Trends():
            return trends_shown(answer, setting)
        case FutureTold():
            return future_shown(answer, setting)
        case Audited():
            return audit_shown(answer)
        case Flips():
            return flips_shown(answer, model, setting)
        case Repair():
            return repair_shown(answer, model, setting)
        case Paths():
            return paths_shown(answer, model, setting, speak)
        case Watch():
            return watch_shown(answer, model, setting)
        case Update():
            return update_shown(answer, setting, speak, estimate, model)
        case Comparison():
            return compare_shown(answer, "the earlier version", "the later one", setting)
    return None


def _several(several: tuple[object, ...], futures: Futures) -> Shown | None:
    """Answers of one question, each to something that was asked; None where they are not of one."""
    setting, speak = Setting.of(futures), speak_of(futures.estimate.standard)
    estimate, model = futures.estimate, futures.model
    alike = {Answer: ModeAnswer, Bounds: NotBounded}
    kinds = {alike.get(type(one), type(one)) for one in several}
    if len(kinds) != 1:
        return None
    if asked := tuple(one for one in several if isinstance(one, Answer | ModeAnswer)):
        return ask_shown([Asked(setting, asked)], speak)
    if judged := _of(several, ClaimAnswer):
        return claims_shown([Judged(setting, judged)], [], speak)
    if turned := _of(several, Hinges):
        return hinges_shown([Turned(setting, turned)], model, estimate, speak, BARS)
    if bounded := tuple(one for one in several if isinstance(one, Bounds | NotBounded)):
        return bounds_shown([Bounded(setting, bounded)])
    if told := _of(several, Why):
        return why_shown(told, model, setting, speak, RULES)
    if supposed := _of(several, WhatIf):
        return what_if_shown([Supposed(setting, supposed)], speak)
    return None


def _of(several: tuple[object, ...], kind: type[Kind]) -> tuple[Kind, ...]:
    return tuple(one for one in several if isinstance(one, kind))
