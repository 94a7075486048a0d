"""Claims: whether each bottom line of the estimate follows from its parts, and in how many readings."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import numpy as np

from estimative.estimate.queries import Compares, DoesNotMatter, IsWord, MattersMost, ModeIs, Number
from estimative.estimate.walk import queries
from estimative.questions.ask import Answer, ModeAnswer, ask
from estimative.questions.ranking import ranks
from estimative.words.ladder import deserves

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from estimative.estimate.nodes import Claim
    from estimative.estimate.queries import Test
    from estimative.model.readings import Readings
    from estimative.questions.futures import Futures

FOLLOWS, DOES_NOT_FOLLOW = 0.9, 0.1
"""Shares of readings from which a claim follows, and up to which it does not."""

FEWEST_ELSEWHERE = 1_024
"""Futures of each reading in other worlds: a probability is then known to 1.6 points."""

COMPARISONS = {">=": np.greater_equal, ">": np.greater, "<=": np.less_equal, "<": np.less}

Verdict = Literal["follows", "depends on the reading", "does not follow"]


@dataclass(frozen=True)
class ClaimAnswer:
    """Whether a claim follows.

    Parameters
    ----------
    holds
        Shape (readings,): whether it holds in each; only readings that can tell.
    share
        Share of the readings in which it holds; None where too few of them can tell.
    verdict
        *follows* in 90 % of readings or more, *does not follow* in 10 % or fewer, else *depends on the
        reading*; None without a share.
    answers
        What the claim's queries came out as.
    """

    claim: Claim
    holds: NDArray[np.bool_]
    share: float | None
    verdict: Verdict | None
    answers: tuple[Answer | ModeAnswer, ...]


def verdict_of(share: float) -> Verdict:
    """Verdict of a share of readings.

    >>> verdict_of(0.9), verdict_of(0.5), verdict_of(0.1)
    ('follows', 'depends on the reading', 'does not follow')
    """
    if share >= FOLLOWS:
        return "follows"
    return "does not follow" if share <= DOES_NOT_FOLLOW else "depends on the reading"


def judge_claims(futures: Futures, claims: Sequence[Claim]) -> tuple[ClaimAnswer, ...]:
    """Answers to the claims that have a test, in their order; queries about one world share a run.

    What a claim says of the world as written is counted over all futures. A claim about other worlds,
    with something made so or left out, is judged by the first of them: each world is a run of its own.
    """
    tested = [(claim, claim.test) for claim in claims if claim.test is not None]
    found: dict[str, ClaimAnswer] = {}
    for size, elsewhere in ((futures, False), (first_futures(futures), True)):
        chosen = [(claim, test) for claim, test in tested if speaks_of_other_worlds(test) == elsewhere]
        asked = [() if ranks_something(test) else tuple(queries(test)) for _, test in chosen]
        answers = iter(ask(size, [query for several in asked for query in several]))
        for (claim, test), several in zip(chosen, asked, strict=True):
            found[claim.name] = _judge(size, claim, test, tuple(next(answers) for _ in several))
    return tuple(found[claim.name] for claim, _ in tested)


def first_futures(futures: Futures) -> Futures:
    """The first eighth of the futures of each reading, though not fewer than `FEWEST_ELSEWHERE`."""
    fewer = max(FEWEST_ELSEWHERE, futures.futures // 8)
    return replace(futures, futures=min(fewer, futures.futures))


def speaks_of_other_worlds(test: Test) -> bool:
    """Whether a test needs futures of a world that is not the one written."""
    return ranks_something(test) or any(query.do for query in queries(test))


def ranks_something(test: Test) -> bool:
    """Whether a test says how much a part of the estimate matters."""
    return isinstance(test, MattersMost | DoesNotMatter)


def _judge(
    futures: Futures, claim: Claim, test: Test, answers: tuple[Answer | ModeAnswer, ...]
) -> ClaimAnswer:
    if isinstance(test, MattersMost | DoesNotMatter):
        ranked = ranks(futures, test)
        tells = ~np.isnan(ranked)
        holds = ranked[tells] > 0
    else:
        tells = np.ones(futures.readings.tables.readings, bool)
        for answer in answers:
            if isinstance(answer, Answer):
                tells &= ~np.isnan(answer.values)
        holds = holds_in(futures.readings, test, answers)[tells]
    if 2 * len(holds) < len(tells):
        return ClaimAnswer(claim, holds, None, None, answers)
    share = float(holds.mean())
    return ClaimAnswer(claim, holds, share, verdict_of(share), answers)


def holds_in(readings: Readings, test: Test, answers: Sequence[Answer | ModeAnswer]) -> NDArray[np.bool_]:
    """Whether a test holds, per reading, given the answers to its queries in the order of `queries`."""
    values = iter(answer.values for answer in answers if isinstance(answer, Answer))
    match test, answers:
        case ModeIs(_, levels), [ModeAnswer() as mode]:
            return np.isin(mode.modes, [mode.levels.index(level.name) for level in levels])
        case IsWord(_, relation, word), _:
            return deserves(readings.vocabulary, next(values), word, relation)
        case Compares(left, comparison, right), _:
            first = left.value if isinstance(left, Number) else next(values)
            second = right.value if isinstance(right, Number) else next(values)
            return np.asarray(COMPARISONS[comparison](first, second))
    raise TypeError(type(test).__name__)
