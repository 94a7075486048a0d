"""Update: outcomes in view of what has been reported, and which readings of the words still stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from estimative.estimate.queries import Probability
from estimative.places.brief import Brief
from estimative.questions.ask import FEWEST_GIVEN, Answer, answer_of, text_of
from estimative.questions.evidence import Evidence, Patterns, Weighed, pattern_count
from estimative.questions.moved import Moved, moved
from estimative.questions.resampled import weigh_resampled
from estimative.questions.weighted import effective, weighted_band
from estimative.record.events import event_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from estimative.places.calendar import Calendar
    from estimative.questions.bands import Band
    from estimative.questions.futures import Futures
    from estimative.record.report import Record, Report

    Array = NDArray[np.float64]

FEWEST_READINGS = 20
"""A band over fewer effective readings than these would be that of a handful of readers."""

FEWEST_FUTURES = FEWEST_GIVEN
"""Effective futures that a typical reading needs: as many as must meet a condition."""

MOST_COUNTS = 20_000
"""Counts of patterns up to which futures are counted by pattern; with more, they are weighed step by step."""

RULED_OUT = 1 / 20
"""A reading in which the reports are less probable than so many times their mean is all but ruled out."""

Refusal = Literal["no future agrees", "too few futures", "too few readings"]


@dataclass(frozen=True)
class Revised:
    """One outcome before and after.

    `after` is None where the weights leave too little; `values` are the probabilities after, per reading,
    NaN in readings that the evidence leaves without futures. Where no future that is left has it, `bound` is the
    probability that would have shown itself with 95 % confidence.
    """

    query: Probability
    text: str
    before: Answer
    values: Array
    after: Band | None
    bound: float | None = None


@dataclass(frozen=True)
class Believed:
    """One report: the probability that what it says is so, by the estimate alone and in view of all reports."""

    report: Report
    before: Band
    after: Band | None


@dataclass(frozen=True)
class Update(Brief):
    """An estimate in view of a record.

    Parameters
    ----------
    likelihood
        Probability of all reports together: mean over readings.
    weights
        Weight of each reading, in proportion to its own probability of the reports; they sum to one.
    readings, futures
        Effective number of readings, and of futures in a reading (mean over weighted readings).
    refused
        Why there is no answer; None where there is one.
    resampled
        Whether futures were weighed step by step, and drawn anew where their weight rested on few: too few agreed
        with the reports by themselves.
    ruled_out
        Share of the readings that the reports all but rule out.
    outcomes, reports, moved
        In the order in which they were asked; as recorded; the farthest first.
    """

    record: Record
    likelihood: float
    weights: Array
    readings: float
    futures: float
    refused: Refusal | None
    resampled: bool
    ruled_out: float
    outcomes: tuple[Revised, ...]
    reports: tuple[Believed, ...]
    moved: tuple[Moved, ...]


def evidence_of(record: Record, calendar: Calendar) -> tuple[Evidence, ...]:
    """What the reports of a record say, as events, in their order."""
    return tuple(
        Evidence(event_of(report, record, calendar), report.grade.right) for report in record.reports
    )


def update(futures: Futures, record: Record, outcomes: Sequence[Probability]) -> Update:
    """Outcomes in view of a record, the futures weighed by its reports.

    The futures must have been prepared for the record's events and the outcomes.

    Raises
    ------
    ValueError
        If an outcome is about a world in which something is made so: a record is of this world.
    """
    if any(query.do for query in outcomes):
        raise ValueError("a record is of the world as it is, not of one in which something is made so")
    evidence = evidence_of(record, futures.model.calendar)
    queries = [*outcomes, *(Probability(one.event, span=one.event.span) for one in evidence)]
    # Without evidence the same counts give the outcomes before it.
    few = pattern_count(evidence) * (1 + 2 * len(queries)) <= MOST_COUNTS
    patterns = Patterns(futures.names, futures.model.calendar, evidence if few else (), queries)
    counts = futures.count(patterns.request())
    met, hits = patterns.before(counts)
    answers = [answer_of(query, hits[:, n], met[:, n]) for n, query in enumerate(queries)]
    weighed = patterns.weigh(counts)
    resampled = not few or Standing.of(weighed).refused in {"no future agrees", "too few futures"}
    if resampled:
        weighed = weigh_resampled(futures, evidence, queries)
    standing = Standing.of(weighed)
    weights, refused = standing.weights, standing.refused
    revised = [
        _revised(query, answer, weighed, place, weights if refused is None else None)
        for place, (query, answer) in enumerate(zip(queries, answers, strict=True))
    ]
    believed = [
        Believed(report, one.before.band, one.after)
        for report, one in zip(record.reports, revised[len(outcomes) :], strict=True)
        if one.before.band is not None
    ]
    return Update(
        record=record,
        likelihood=float(weighed.likelihood.mean()),
        weights=weights,
        readings=standing.readings,
        futures=standing.futures,
        refused=refused,
        resampled=resampled,
        ruled_out=float(np.mean(weights < RULED_OUT / len(weights))),
        outcomes=tuple(revised[: len(outcomes)]),
        reports=tuple(believed),
        moved=() if refused is not None else moved(futures, weights, standing.readings),
    )


@dataclass(frozen=True)
class Standing:
    """What the weights leave: of each reading, in effective readings, in effective futures, and whether it is enough."""

    weights: Array
    readings: float
    futures: float
    refused: Refusal | None

    @classmethod
    def of(cls, weighed: Weighed) -> Standing:
        """Standing of weighed futures."""
        count, total = len(weighed.likelihood), weighed.likelihood.sum()
        if total <= 0:
            return cls(np.zeros(count), 0.0, 0.0, "no future agrees")
        weights = weighed.likelihood / total
        readings, futures = float(effective(weights)), float(weights @ weighed.effective)
        refused: Refusal | None = None
        if futures < FEWEST_FUTURES:
            refused = "too few futures"
        elif readings < min(FEWEST_READINGS, count):
            refused = "too few readings"
        return cls(weights, readings, futures, refused)


def _revised(
    query: Probability, before: Answer, weighed: Weighed, place: int, weights: Array | None
) -> Revised:
    """One outcome in view of the evidence; no band without weights, or where too few futures meet its condition."""
    met, hits = weighed.met[:, place], weighed.hits[:, place]
    # Sums of weights that are rounded may pass the whole by a little.
    values = np.where(met > 0, np.minimum(1.0, hits / np.where(met > 0, met, 1.0)), np.nan)
    after: Band | None = None
    at_most: float | None = None
    if weights is not None:
        # A reading speaks on a condition by its futures that meet it.
        share = np.divide(met, weighed.likelihood, out=np.zeros_like(met), where=weighed.likelihood > 0)
        many = weighed.effective * share
        if weights @ many >= FEWEST_FUTURES:
            after = weighted_band(values, weights, many)
            at_most = (
                None if hits.any() else 1 - 0.05 ** (1 / (float(effective(weights)) * float(weights @ many)))
            )
    return Revised(query, text_of(query), before, values, after, at_most)
