"""Claims: whether each bottom line of the estimate follows from its parts, and in how many readings."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import numpy as np

from estimative.estimate.queries import Compares, DoesNotMatter, MattersMost, Mode
from estimative.estimate.walk import queries
from estimative.places.brief import Brief
from estimative.questions.ask import Answer, ModeAnswer, ask
from estimative.questions.holding import close_calls, holds_in
from estimative.questions.ranking import Measured, Ranking, leads, measured

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from estimative.estimate.nodes import Claim
    from estimative.estimate.queries import Query, Test
    from estimative.questions.futures import Futures

FOLLOWS, DOES_NOT_FOLLOW = 0.9, 0.1
"""Shares of readings from which a claim follows, and up to which it does not."""

MANY = 0.5
"""Share of readings that are close calls from which on their readings may all be alike."""

FEW = 128
"""Futures in each reading of a world that is made otherwise, at least: a probability is then known to four points, and
words are wider than that, and parts of an estimate farther apart."""

FEWEST = 256
"""The same where two probabilities are compared, since little may make the difference, or only some futures tell."""

Verdict = Literal["follows", "depends on the reading", "does not follow"]


@dataclass(frozen=True)
class ClaimAnswer(Brief):
    """Whether a claim follows.

    Parameters
    ----------
    holds
        Shape (readings,): 1 where it holds, 0 where it does not, NaN where a reading cannot tell.
    share
        Share of the readings in which it holds; None where too few of them can tell.
    verdict
        *follows* in 90 % of readings or more, *does not follow* in 10 % or fewer, else *depends on the
        reading*; None without a share.
    answers
        What the claim's queries came out as.
    futures
        Futures in each reading by which it was judged.
    close
        Share of the readings in which other dice might tell otherwise: see `holding.close_calls`.
    leads
        Of a ranking, by how much it holds (above 0) in each reading: see `ranking.leads`.
    measured
        Of a ranking, how much each name matters by the claim's measure.
    """

    claim: Claim
    holds: NDArray[np.float64]
    share: float | None
    verdict: Verdict | None
    answers: tuple[Answer | ModeAnswer, ...]
    futures: int
    close: float = 0.0
    leads: NDArray[np.float64] | None = None
    measured: Mapping[str, Measured] | None = None

    @property
    def may_be_luck(self) -> bool:
        """Whether the verdict may be another with other dice.

        Close calls fall either way, and so shift the share by twice the deviation of as many fair coins; but
        where they are half of all readings or more, readings may be alike, and all of them on one side.
        """
        if self.share is None:
            return False
        coins = float(np.sqrt(self.close / max(1, (~np.isnan(self.holds)).sum())))
        by = self.close if self.close >= MANY else coins
        return verdict_of(self.share - by) != verdict_of(self.share + by)

    @property
    def compared(self) -> Compared | None:
        """How two probabilities compare that the claim puts against each other; None of any other claim."""
        values = [answer.values for answer in self.answers if isinstance(answer, Answer)]
        if not isinstance(self.claim.test, Compares) or len(values) != 2 or self.share is None:
            return None
        ahead = (values[0] - values[1])[~np.isnan(self.holds)]
        return Compared(float((ahead > 0).mean()), float((ahead == 0).mean()), float((ahead < 0).mean()))


@dataclass(frozen=True)
class Compared:
    """Shares of readings in which the first of two probabilities is higher than the second, the same, and lower.

    With the same dice two worlds are the same, to the last future, wherever what is made otherwise in one of
    them bears on nothing.
    """

    higher: float
    same: float
    lower: float


def verdict_of(share: float) -> Verdict:
    """Verdict of a share of readings.

    >>> verdict_of(0.9), verdict_of(0.5), verdict_of(0.1)
    ('follows', 'depends on the reading', 'does not follow')
    """
    if share >= FOLLOWS:
        return "follows"
    return "does not follow" if share <= DOES_NOT_FOLLOW else "depends on the reading"


def judge_claims(futures: Futures, claims: Sequence[Claim]) -> tuple[ClaimAnswer, ...]:
    """Answers to the claims that have a test, in their order; all their queries share their runs.

    Claims about worlds that are made otherwise (``do``, rankings) are judged by fewer futures: all such worlds of
    the estimate together take half as many as the world as it is written, but each at least `FEW`, and `FEWEST` for
    what needs more. So a claim is judged alike whether it is asked alone or not. The answer says how many.
    """
    tested = [claim for claim in claims if claim.test is not None]
    others = {world for claim in (*futures.estimate.claims, *tested) for world in worlds(claim)}
    each = futures.futures // 2 // max(len(others), 1) // 64 * 64  # whole words of the engine

    def size_for(claim: Claim) -> int:
        if not worlds(claim):
            return futures.futures
        return min(futures.futures, max(FEW if _is_plain(claim) else FEWEST, each))

    sizes = [size_for(claim) for claim in tested]
    found: dict[int, ClaimAnswer] = {}
    stages = sorted(set(sizes), reverse=True)
    for stage, size in enumerate(stages):
        numbers = [number for number, one in enumerate(sizes) if one == size]
        group = replace(futures.stage(stage, len(stages)), futures=size)
        answers = judge_alike(group, [tested[number] for number in numbers])
        found.update(zip(numbers, (_with_close_calls(group, answer) for answer in answers), strict=True))
    return tuple(found[number] for number in range(len(tested)))


def _with_close_calls(futures: Futures, answer: ClaimAnswer) -> ClaimAnswer:
    test = answer.claim.test
    if test is None or answer.share is None:
        return answer
    close = close_calls(futures.readings, test, answer.answers, futures.futures)
    return replace(answer, close=float(close[~np.isnan(answer.holds)].mean()))


def _is_plain(claim: Claim) -> bool:
    """Whether a claim asks for one thing only, in every future."""
    asked = _queries(claim)
    return len(asked) == 1 and (isinstance(asked[0], Mode) or asked[0].given is None)


def queries_as_written(claims: Sequence[Claim]) -> tuple[Query, ...]:
    """Queries of the claims that are judged by the world as it is written, in the order in which they are asked."""
    return tuple(query for claim in claims if not worlds(claim) for query in _queries(claim))


def worlds(claim: Claim) -> frozenset[object]:
    """What a claim makes otherwise than it is written; empty for one about the world as written."""
    if isinstance(claim.test, MattersMost):
        return frozenset(claim.test.among)
    if isinstance(claim.test, DoesNotMatter):
        return frozenset((claim.test.what,))
    return frozenset(query.do for query in _queries(claim) if query.do)


def _queries(claim: Claim) -> tuple[Query, ...]:
    return () if claim.test is None else tuple(queries(claim.test))


def judge_alike(futures: Futures, claims: Sequence[Claim]) -> tuple[ClaimAnswer, ...]:
    """The same, each by all futures whatever it is about."""
    tested = [(claim, claim.test) for claim in claims if claim.test is not None]
    asked = [tuple(queries(test)) for _, test in tested]
    ranked = [test for _, test in tested if isinstance(test, MattersMost | DoesNotMatter)]
    stages = 2 if ranked else 1
    answers = iter(ask(futures.stage(0, stages), [query for several in asked for query in several]))
    rankings = iter(measured(futures.stage(1, stages), [Ranking.of(test) for test in ranked]))
    found = []
    for (claim, test), several in zip(tested, asked, strict=True):
        each = tuple(next(answers) for _ in several)
        if isinstance(test, MattersMost | DoesNotMatter):
            ranking = next(rankings)
            ahead = leads(test, ranking)
            holds = np.where(np.isnan(ahead), np.nan, ahead > 0)
            one = replace(_answer(futures, claim, holds, each), leads=ahead, measured=ranking)
        else:
            one = _answer(futures, claim, _holds(futures, test, each), each)
        found.append(one)
    return tuple(found)


def _holds(futures: Futures, test: Test, answers: tuple[Answer | ModeAnswer, ...]) -> NDArray[np.float64]:
    """Whether a test of probabilities or modes holds in each reading; NaN where it cannot tell."""
    holds = holds_in(futures.readings, test, answers).astype(np.float64)
    for answer in answers:
        if isinstance(answer, Answer):
            holds[np.isnan(answer.values)] = np.nan
    return holds


def _answer(
    futures: Futures,
    claim: Claim,
    holds: NDArray[np.float64],
    answers: tuple[Answer | ModeAnswer, ...],
) -> ClaimAnswer:
    tells = ~np.isnan(holds)
    if 2 * tells.sum() < len(holds):
        return ClaimAnswer(claim, holds, None, None, answers, futures.futures)
    share = float(holds[tells].mean())
    return ClaimAnswer(claim, holds, share, verdict_of(share), answers, futures.futures)
