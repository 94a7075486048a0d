"""Compare: what each change between two versions of an estimate did to each outcome and claim."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import numpy as np

from estimative.estimate.changes import Change, applied, changes
from estimative.estimate.queries import ShareOfTime
from estimative.estimate.walk import state_expressions
from estimative.language.checks.choices import check_choices
from estimative.language.checks.namespace import Namespace
from estimative.language.checks.queries import check_query
from estimative.language.checks.references import check_references
from estimative.language.checks.time import check_windows
from estimative.language.checks.trends import check_projected, check_thresholds
from estimative.language.checks.words import check_words
from estimative.model.compile import calendar_of, compile_estimate
from estimative.model.compile_guards import asks_of_signals
from estimative.model.readings import read
from estimative.places.brief import Brief
from estimative.questions.ask import Answer, ModeAnswer, ask, text_of
from estimative.questions.claims import ClaimAnswer, judge_claims
from estimative.questions.luck import paired_noise
from estimative.questions.what_if import difference_band

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from estimative.estimate.nodes import Estimate
    from estimative.estimate.queries import Query, Test
    from estimative.places.problem import Problem
    from estimative.questions.bands import Band
    from estimative.questions.futures import Futures

How = Literal["alone", "undone", "not by itself"]
"""A change made to the earlier version; taken back from the later one; or neither, since others go with it."""

FOR_PEOPLE = frozenset({"says", "note", "cites"})
"""Keys that are read by people only."""


@dataclass(frozen=True)
class Moved:
    """What became of an outcome.

    Parameters
    ----------
    before, after
        Its answers without the change and with it.
    difference
        Of a probability, per reading; None where there is no answer.
    turned
        Share of readings in which the most frequent level is another; None for a probability.
    """

    before: Answer | ModeAnswer
    after: Answer | ModeAnswer
    difference: Band | None
    turned: float | None = None


@dataclass(frozen=True)
class Judged:
    """What became of a claim: whether it follows without the change, and with it."""

    before: ClaimAnswer
    after: ClaimAnswer


@dataclass(frozen=True)
class Outcome:
    """What one change, or all together, did.

    Parameters
    ----------
    change
        The change; None for all of them together: from the earlier version to the later.
    how
        By which two versions it is told. *Alone*: the earlier one, and with the change. *Undone*, where it
        cannot stand alone: the later one without the change, and as it is. *Not by itself*: neither can be.
    moved
        Outcomes, in the order in which they were asked.
    claims
        Claims that both versions make, in the order of the earlier one.
    """

    change: Change | None
    how: How
    moved: tuple[Moved, ...]
    claims: tuple[Judged, ...]


@dataclass(frozen=True)
class Comparison(Brief):
    """Two versions: what changed, what each change did by itself, and what all did together.

    `unasked` are outcomes that the later version knows nothing of.
    """

    alone: tuple[Outcome, ...]
    together: Outcome | None
    unasked: tuple[str, ...]


def compare(
    futures: Futures,
    after: Estimate,
    outcomes: Sequence[Query],
    progress: Callable[[float], None] | None = None,
) -> Comparison:
    """What came of the changes from the estimate of `futures` to a later version, with the same dice.

    Outcomes are asked of both versions; claims are those that both make.
    """
    before = futures.estimate
    found = changes(before, after)
    asked = [query for query in outcomes if not _wrong(after, query)]
    unasked = tuple(text_of(query) for query in outcomes if _wrong(after, query))
    if not found:
        return Comparison((), None, unasked)
    made = {claim.name for claim in after.claims}
    claims = [claim.name for claim in before.claims if claim.name in made]
    done = 0

    def answered(version: Estimate) -> _Answered:
        nonlocal done
        answers = _Answered.of(futures, version, asked, claims)
        done += 1
        if progress:
            progress(min(1.0, done / (len(found) + 2)))
        return answers

    first, last = answered(before), answered(after)
    signals = asks_of_signals(before, asked) or asks_of_signals(after, asked)
    alone = []
    for change in found:
        one, other = applied(before, after, change), applied(after, before, change.undone)
        if unread(change, signals):
            alone.append(_outcome(change, "alone", first, first))
        elif sound(one, asked):
            alone.append(_outcome(change, "alone", first, answered(one)))
        elif sound(other, asked):
            alone.append(_outcome(change, "undone", answered(other), last))
        else:
            alone.append(Outcome(change, "not by itself", (), ()))
    return Comparison(tuple(alone), _outcome(None, "alone", first, last), unasked)


def unread(change: Change, signals: bool) -> bool:
    """Whether no answer can hang on a change: of questions, of words for people, of a claim that only one version makes.

    Nor on one of signals, unless `signals` says that something which is asked names one.
    """
    reworded = change.kind == "reworded"
    if reworded and change.section != "header" and {detail.key for detail in change.details} <= FOR_PEOPLE:
        return True
    match change.section:
        case "signals":
            return not signals
        case "claims":
            return not reworded
        case section:
            return section == "questions"


def sound(estimate: Estimate, asked: Sequence[Query]) -> bool:
    """Whether an estimate put together from two sound versions is sound itself, and knows what is asked of it."""
    as_of = estimate.as_of.first
    thresholds = {trend.name: trend for trend in estimate.trends}
    problems = [
        *check_references(estimate, Namespace.of(estimate)),
        *check_choices(estimate),
        *check_words(estimate, estimate.span),
        *check_windows(estimate, calendar_of(estimate)),
        *(problem for trend in estimate.trends for problem in check_projected(trend, as_of)),
        *check_thresholds(state_expressions(estimate), thresholds, as_of),
    ]
    tests = [claim.test for claim in estimate.claims if claim.test is not None]
    queries = [*asked, *tests, *(question.query for question in estimate.questions)]
    return not _errors(problems) and not any(_wrong(estimate, query) for query in queries)


def _wrong(estimate: Estimate, asked: Query | Test) -> bool:
    return _errors(check_query(asked, estimate))


def _errors(problems: Sequence[Problem]) -> bool:
    return any(problem.severity == "error" for problem in problems)


@dataclass(frozen=True)
class _Answered:
    """What one version says to everything that is asked."""

    answers: tuple[Answer | ModeAnswer, ...]
    claims: tuple[ClaimAnswer, ...]

    @classmethod
    def of(
        cls, futures: Futures, version: Estimate, queries: Sequence[Query], names: Sequence[str]
    ) -> _Answered:
        changed = of(futures, version, queries)
        claims = {claim.name: claim for claim in version.claims}
        return cls(ask(changed, queries), judge_claims(changed, [claims[name] for name in names]))


def of(futures: Futures, estimate: Estimate, queries: Sequence[Query] = ()) -> Futures:
    """The futures of another version of an estimate: same lens, size, seed and dice."""
    model, names = compile_estimate(estimate, queries)
    numbers = futures.readings.tables.numbers
    readings = read(model, futures.readings.lens, len(numbers), futures.seed, int(numbers[0]))
    return replace(futures, estimate=estimate, model=model, names=names, readings=readings, progress=None)


def _outcome(change: Change | None, how: How, before: _Answered, after: _Answered) -> Outcome:
    moved = tuple(_moved(old, new) for old, new in zip(before.answers, after.answers, strict=True))
    now = {answer.claim.name: answer for answer in after.claims}
    # A claim that has a test in one version only cannot be compared.
    claims = tuple(Judged(was, now[was.claim.name]) for was in before.claims if was.claim.name in now)
    return Outcome(change, how, moved, claims)


def _moved(before: Answer | ModeAnswer, after: Answer | ModeAnswer) -> Moved:
    if isinstance(before, ModeAnswer) and isinstance(after, ModeAnswer):
        levels = [np.array(answer.levels)[answer.modes] for answer in (before, after)]
        return Moved(before, after, None, float(np.mean(levels[0] != levels[1])))
    if not isinstance(before, Answer) or not isinstance(after, Answer):
        raise TypeError(f"{type(before).__name__} and {type(after).__name__} cannot be compared")
    difference = after.values - before.values
    clear = difference[~np.isnan(difference)]
    if before.band is None or after.band is None or not len(clear):
        return Moved(before, after, None)
    luck = paired_noise(clear, after.met / max(1, len(after.values)))
    # Of a share of time, which has any value in a future, no least is known.
    least = np.zeros_like(luck) if isinstance(after.query, ShareOfTime) else luck
    return Moved(before, after, difference_band(clear, least, luck))
