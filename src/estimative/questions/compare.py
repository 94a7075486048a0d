"""Compare: what each change between two versions of an estimate did to each outcome and claim."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from estimative.estimate.changes import Change, applied, changes
from estimative.model.compile import compile_estimate
from estimative.model.readings import read
from estimative.questions.ask import Answer, ask
from estimative.questions.claims import ClaimAnswer, judge_claims
from estimative.questions.what_if import difference_band

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from estimative.estimate.nodes import Claim, Estimate
    from estimative.estimate.queries import Query
    from estimative.questions.bands import Band
    from estimative.questions.futures import Futures


@dataclass(frozen=True)
class Moved:
    """What an outcome or a claim became: its answer, and the difference per reading to the earlier version."""

    answer: Answer
    difference: Band | None


@dataclass(frozen=True)
class Outcome:
    """What one change alone, or all together, did.

    Parameters
    ----------
    change
        The change; None for all of them together: the later version.
    moved
        Outcomes, in the order in which they were asked.
    claims
        Claims that both versions make, in the order of the earlier one.
    runs
        False where the change cannot stand alone, since it needs another; then nothing else is told.
    """

    change: Change | None
    moved: tuple[Moved, ...]
    claims: tuple[ClaimAnswer, ...]
    runs: bool = True


@dataclass(frozen=True)
class Comparison:
    """Two versions: what changed, what each change did by itself, and what all did together."""

    before: tuple[Answer, ...]
    claims_before: tuple[ClaimAnswer, ...]
    alone: tuple[Outcome, ...]
    together: Outcome


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
    made = {claim.name for claim in after.claims}
    claims = [claim for claim in before.claims if claim.name in made]
    base, judged = _answers(futures, outcomes), judge_claims(futures, claims)
    found = changes(before, after)
    alone = []
    for done, change in enumerate(found, 1):
        alone.append(_outcome(futures, change, applied(before, after, change), base, claims))
        if progress:
            progress(done / (len(found) + 1))
    together = _outcome(futures, None, after, base, claims)
    return Comparison(base, judged, tuple(alone), together)


def _outcome(
    futures: Futures,
    change: Change | None,
    estimate: Estimate,
    base: tuple[Answer, ...],
    claims: Sequence[Claim],
) -> Outcome:
    queries = [answer.query for answer in base]
    try:
        changed = of(futures, estimate, queries)
    except LookupError:
        # A name that only another change brings, or that this one takes away.
        return Outcome(change, (), (), runs=False)
    moved = tuple(_moved(old, new) for old, new in zip(base, _answers(changed, queries), strict=True))
    by_name = {claim.name: claim for claim in estimate.claims}
    return Outcome(change, moved, judge_claims(changed, [by_name.get(claim.name, claim) for claim in claims]))


def of(futures: Futures, estimate: Estimate, queries: Sequence[Query] = ()) -> Futures:
    """The futures of another version of an estimate: same lens, size, seed and dice.

    Raises
    ------
    LookupError
        If the version speaks of something that it does not declare.
    """
    model, names = compile_estimate(estimate, queries)
    numbers = futures.readings.tables.numbers
    readings = read(model, futures.readings.lens, len(numbers), futures.seed, int(numbers[0]))
    return replace(futures, estimate=estimate, model=model, names=names, readings=readings, progress=None)


def _answers(futures: Futures, queries: Sequence[Query]) -> tuple[Answer, ...]:
    return tuple(answer for answer in ask(futures, queries) if isinstance(answer, Answer))


def _moved(old: Answer, new: Answer) -> Moved:
    difference = new.values - old.values
    clear = difference[~np.isnan(difference)]
    if old.band is None or new.band is None:
        return Moved(new, None)
    return Moved(new, difference_band(clear, new.met / max(1, len(new.values))))
