"""The overview: the forecast, the estimate's own questions and its claims, with the world as written run once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from estimative.engine.request import AS_WRITTEN
from estimative.places.brief import Brief
from estimative.questions.ask import ask, requests_as_written
from estimative.questions.claims import judge_claims, queries_as_written
from estimative.questions.followed import follow_rare
from estimative.questions.forecast import forecast, request_of

if TYPE_CHECKING:
    from estimative.questions.ask import Answer, ModeAnswer
    from estimative.questions.claims import ClaimAnswer
    from estimative.questions.forecast import Forecast
    from estimative.questions.futures import Futures


@dataclass(frozen=True)
class Overview(Brief):
    """What an estimate says under one lens; questions and claims in their order."""

    forecast: Forecast
    questions: tuple[Answer | ModeAnswer, ...]
    claims: tuple[ClaimAnswer, ...]


def overview(futures: Futures) -> Overview:
    """Everything that an estimate asks and claims, and the course of all its variables."""
    estimate = futures.estimate
    asked = [question.query for question in estimate.questions]
    written = [
        request_of(futures.model),
        *requests_as_written(futures, asked),
        *requests_as_written(futures, queries_as_written(estimate.claims)),
    ]
    futures.stage(0, 3).count_together((request, AS_WRITTEN) for request in written)
    asking = futures.stage(1, 3)
    answers = follow_rare(asking, ask(asking, asked))
    return Overview(forecast(asking), answers, judge_claims(futures.stage(2, 3), estimate.claims))
