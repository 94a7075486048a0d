"""Answers in a notebook: the page's own tables and drawings, in the cell below the question."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

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
from estimative.questions.futures import ensure_futures
from estimative.questions.hinges import Hinges
from estimative.questions.overview import Overview
from estimative.questions.paths import Paths
from estimative.questions.repair import Repair, Undecided
from estimative.questions.trends import Trends
from estimative.questions.update import Update
from estimative.questions.watch import Watch
from estimative.questions.what_if import WhatIf
from estimative.questions.why import Why
from estimative.show.ask import Asked, ask_shown
from estimative.show.audit import audit_shown
from estimative.show.blocks import Shown, text
from estimative.show.bounds import Bounded, bounds_shown
from estimative.show.choices import choices_shown
from estimative.show.claims import Judged, claims_shown
from estimative.show.compare import compare_shown
from estimative.show.draw import style
from estimative.show.fields import complete
from estimative.show.flips import flips_shown
from estimative.show.forecast import forecast_shown
from estimative.show.future import future_shown
from estimative.show.hinges import Turned, hinges_shown
from estimative.show.markup import Html, tag
from estimative.show.page import markup
from estimative.show.paths import paths_shown
from estimative.show.repair import repair_shown
from estimative.show.run import Ran, run_shown
from estimative.show.setting import Setting, questions_say, speak_of
from estimative.show.terminal import print_blocks
from estimative.show.trends import trends_shown
from estimative.show.update import update_shown
from estimative.show.watch import watch_shown
from estimative.show.what_if import Supposed, what_if_shown
from estimative.show.why import why_shown

if TYPE_CHECKING:
    from estimative.estimate.nodes import Estimate
    from estimative.model.model import Model
    from estimative.questions.futures import Futures
    from estimative.show.setting import Speak

Whole = (
    Overview
    | Forecast
    | Choices
    | Trends
    | FutureTold
    | Audited
    | Flips
    | Repair
    | Undecided
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
        printed = io.StringIO()
        print_blocks(Console(file=printed, width=WIDTH, highlight=False), self.shown.blocks)
        return printed.getvalue()

    __repr__ = __str__


def display(answer: Whole | Each | Sequence[Each], futures: Futures) -> Display:
    """The answer to a question, or the several of `ask` and its like, of the futures that gave it.

    In a notebook, `display(ask(futures, ["P(ever riots)"]), futures)` draws what the command `ask` prints;
    `print` gives it as text.

    Raises
    ------
    TypeError
        For anything that is no answer, and for several that are not of one question.
    """
    ensure_futures(futures)
    estimate = futures.estimate
    with_ = With(Setting.of(futures), speak_of(estimate.standard), estimate, futures.model)
    if type(answer) in ALONE:
        return Display(complete(ALONE[type(answer)](answer, with_)))
    several = tuple(answer) if isinstance(answer, Sequence) and not isinstance(answer, str) else (answer,)
    if not several:
        return Display(NOTHING)
    kinds = {ALIKE.get(type(one), type(one)) for one in several}
    if len(kinds) == 1 and (kind := kinds.pop()) in SEVERAL:
        return Display(complete(SEVERAL[kind](several, with_)))
    raise TypeError(_refused(several))


NOTHING = Shown("nothing", "", (text("Nothing was asked."),))
"""What is shown of no answers at all."""


def _refused(several: Sequence[object]) -> str:
    """Why these cannot be displayed, and what can."""
    given = " and ".join(dict.fromkeys(type(one).__name__ for one in several))
    each = ", ".join(sorted(kind.__name__ for kind in (*SEVERAL, *ALIKE)))
    alone = ", ".join(sorted(kind.__name__ for kind in ALONE))
    return f"{given} cannot be displayed; what can are answers: {alone}; and one or several to one question: {each}"


@dataclass(frozen=True)
class With:
    """What an answer is shown with."""

    setting: Setting
    speak: Speak
    estimate: Estimate
    model: Model


Builder = Callable[[Any, With], Shown]

ALONE: dict[type, Builder] = {
    Overview: lambda one, w: run_shown(w.estimate, [Ran(w.setting, one.forecast, one.questions, one.claims)]),
    Forecast: lambda one, w: forecast_shown([one], w.setting, w.speak),
    Choices: lambda one, w: choices_shown(one, w.setting),
    Trends: lambda one, w: trends_shown(one, w.setting),
    FutureTold: lambda one, w: future_shown(one, w.setting),
    Audited: lambda one, _: audit_shown(one),
    Flips: lambda one, w: flips_shown(one, w.model, w.setting),
    Repair: lambda one, w: repair_shown(one, w.model, w.setting),
    Undecided: lambda one, w: repair_shown(one, w.model, w.setting),
    Paths: lambda one, w: paths_shown(one, w.model, w.setting, w.speak),
    Watch: lambda one, w: watch_shown(one, w.model, w.setting),
    Update: lambda one, w: update_shown(one, w.setting, w.speak, w.estimate, w.model),
    Comparison: lambda one, w: compare_shown(
        one, "the earlier version", "the later one", w.setting, questions_say(w.estimate)
    ),
}
"""How an answer is shown that stands alone."""

SEVERAL: dict[type, Builder] = {
    Answer: lambda several, w: ask_shown([Asked(w.setting, several)], w.speak),
    ClaimAnswer: lambda several, w: claims_shown([Judged(w.setting, several)], [], w.speak),
    Bounds: lambda several, w: bounds_shown([Bounded(w.setting, several)]),
    Hinges: lambda several, w: hinges_shown([Turned(w.setting, several)], w.model, w.estimate, w.speak, BARS),
    Why: lambda several, w: why_shown(
        several, w.model, w.setting, w.speak, RULES, says=questions_say(w.estimate)
    ),
    WhatIf: lambda several, w: what_if_shown(
        [Supposed(w.setting, several)], w.speak, questions_say(w.estimate)
    ),
}
"""How answers of one question are shown, each to something that was asked."""

ALIKE: dict[type, type] = {ModeAnswer: Answer, NotBounded: Bounds}
"""Answers of one question that differ in kind."""
