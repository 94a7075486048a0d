"""Answers in a notebook: the page's own tables and drawings, in the cell below the question."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.console import Console

from estimative.questions.ask import Answer, ModeAnswer
from estimative.questions.choices import Choices
from estimative.questions.claims import ClaimAnswer
from estimative.questions.compare import Comparison
from estimative.questions.forecast import Forecast
from estimative.questions.future import FutureTold
from estimative.questions.hinges import Hinges
from estimative.questions.trends import Trends
from estimative.questions.update import Update
from estimative.questions.watch import Watch
from estimative.show.ask import Asked, ask_shown
from estimative.show.choices import choices_shown
from estimative.show.claims import Judged, claims_shown
from estimative.show.compare import compare_shown
from estimative.show.draw import style
from estimative.show.forecast import forecast_shown
from estimative.show.future import future_shown
from estimative.show.hinges import Turned, hinges_shown
from estimative.show.markup import Html, tag
from estimative.show.page import markup
from estimative.show.setting import Setting, speak_of
from estimative.show.terminal import print_blocks
from estimative.show.trends import trends_shown
from estimative.show.update import update_shown
from estimative.show.watch import watch_shown

if TYPE_CHECKING:
    from estimative.questions.futures import Futures
    from estimative.show.blocks import Shown

One = (
    Forecast
    | Choices
    | Trends
    | FutureTold
    | Watch
    | Update
    | Comparison
    | Answer
    | ModeAnswer
    | ClaimAnswer
    | Hinges
)
"""An answer that can be displayed."""

BARS = 8
"""Bars of a tornado."""

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


def display(answer: One | tuple[One, ...], futures: Futures) -> Display:
    """An answer, or the several of `ask`, `judge_claims` or `hinges`, of the futures that gave it.

    In a notebook, `display(ask(futures, [query]), futures)` draws the answer; `print` gives it as text.

    Raises
    ------
    TypeError
        For anything else.
    """
    setting, speak = Setting.of(futures), speak_of(futures.estimate.standard)
    match answer:
        case Forecast():
            return Display(forecast_shown([answer], setting, speak))
        case Choices():
            return Display(choices_shown(answer, setting))
        case Trends():
            return Display(trends_shown(answer, setting))
        case FutureTold():
            return Display(future_shown(answer, setting))
        case Watch():
            return Display(watch_shown(answer, futures.model, setting))
        case Update():
            return Display(update_shown(answer, setting, speak, futures.estimate, futures.model))
        case Comparison():
            return Display(compare_shown(answer, "the earlier version", "the later one", setting))
    several = answer if isinstance(answer, tuple) else (answer,)
    claims = tuple(one for one in several if isinstance(one, ClaimAnswer))
    turned = tuple(one for one in several if isinstance(one, Hinges))
    answers = tuple(one for one in several if isinstance(one, Answer | ModeAnswer))
    if claims and len(claims) == len(several):
        return Display(claims_shown([Judged(setting, claims)], [], speak))
    if answers and len(answers) == len(several):
        return Display(ask_shown([Asked(setting, answers)], speak))
    if turned and len(turned) == len(several):
        found = [Turned(setting, turned)]
        return Display(hinges_shown(found, futures.model, futures.estimate, speak, BARS))
    raise TypeError(f"{type(several[0] if several else answer).__name__} cannot be displayed")
