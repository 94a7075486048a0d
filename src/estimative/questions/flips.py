"""Flips: which single word, moved one rung along its standard's ladder, changes the verdict of a claim."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from scipy.stats import binom

from estimative.model.rewording import Rewording, likelihoods, rewordings
from estimative.places.brief import Brief
from estimative.questions.bearing import bearing
from estimative.questions.claims import ClaimAnswer, judge_alike, judge_claims, verdict_of, worlds
from estimative.questions.margin import margins
from estimative.questions.reworded import side_by_side
from estimative.questions.screen import prospect, screens, telling

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from estimative.estimate.nodes import Claim
    from estimative.questions.claims import Verdict
    from estimative.questions.futures import Futures

CLEAR = 0.05
"""A flip is clear if readings that it does not move would show as many on one side no more often than so."""


@dataclass(frozen=True)
class Flip:
    """A rewording that changes the verdict of a claim.

    Parameters
    ----------
    before, after
        Share of readings in which the claim holds, as written and with the rewording.
    won, lost
        Readings in which it holds only with the rewording, and only without it.
    """

    rewording: Rewording
    claim: Claim
    before: float
    after: float
    verdict: Verdict
    won: int
    lost: int

    @property
    def clear(self) -> bool:
        """Whether more readings moved than chance would move: an exact sign test of those that did.

        Readings meet the same dice before and after, so they are pairs (McNemar 1947, doi:10.1007/BF02295996).
        Below six that moved nothing is clear.
        """
        return bool(2 * binom.cdf(min(self.won, self.lost), self.won + self.lost, 0.5) <= CLEAR)


@dataclass(frozen=True)
class Flips(Brief):
    """The claims as they stand, in the order asked, and what flips them: those that move a claim most first."""

    before: tuple[ClaimAnswer, ...]
    flips: tuple[Flip, ...]


def flips(
    futures: Futures, claims: Sequence[Claim], progress: Callable[[float], None] | None = None
) -> Flips:
    """Single rewordings that flip a claim.

    Every likelihood that is a word is moved a rung down and up; of several wordings each is also tried alone.
    Likelihoods that cannot have a part in a claim are not tried for it. In a large estimate rewordings go over
    a screen of few readings and futures first; those that may lead to another verdict are judged by all, with
    the same dice.
    """
    judged = judge_claims(replace(futures, progress=None), claims)
    # Claims about the same worlds share their runs.
    groups: dict[tuple[frozenset[object], int], list[ClaimAnswer]] = {}
    for answer in judged:
        if answer.share is not None:
            groups.setdefault((worlds(answer.claim), answer.futures), []).append(answer)
    found: list[Flip] = []
    for place, base in enumerate(groups.values()):
        found += _Group(futures, base).flips(_part(progress, place, len(groups)))
    order = {claim.name: place for place, claim in enumerate(claims)}
    found.sort(key=lambda flip: (order[flip.claim.name], -abs(flip.after - flip.before)))
    return Flips(judged, tuple(found))


class _Group:
    """Claims that are judged by the same worlds, and what they are as written."""

    def __init__(self, futures: Futures, base: Sequence[ClaimAnswer]) -> None:
        self.base = base
        self.claims = [answer.claim for answer in base]
        full = replace(futures, futures=base[0].futures, progress=None)
        self.margins = [margins(full.readings, answer) for answer in base]
        *self.screens, self.full = screens(full, max(telling(answer) for answer in base))
        bears = frozenset[int]().union(*(bearing(futures, claim) for claim in self.claims))
        self.rewordings = [
            one
            for worded in likelihoods(futures.model)
            if worded.variable in bears
            for one in rewordings(worded, futures.model.standard, 1)
        ]

    def flips(self, tell: Callable[[float], None]) -> Iterator[Flip]:
        """Yield the flips of these claims."""
        left, stages = self.rewordings, len(self.screens) + 1
        for stage, screen in enumerate(self.screens):
            left = list(self.near(screen, left, _part(tell, stage, stages)))
        for one, answers in self.judged(self.full, left, _part(tell, stages - 1, stages)):
            for before, after in zip(self.base, answers, strict=True):
                if before.share is None or after.share is None or after.verdict is None:
                    continue
                if after.verdict != before.verdict:
                    won, lost = (int((after.holds - before.holds == way).sum()) for way in (1, -1))
                    yield Flip(one, before.claim, before.share, after.share, after.verdict, won, lost)

    def near(
        self, screen: Futures, tried: Sequence[Rewording], tell: Callable[[float], None]
    ) -> Iterator[Rewording]:
        """Yield the rewordings which a screen does not show to leave every claim its verdict."""
        before = [margins(screen.readings, answer) for answer in judge_alike(screen, self.claims)]
        for one, answers in self.judged(screen, tried, tell):
            for base, told, was, answer in zip(self.base, self.margins, before, answers, strict=True):
                now = margins(screen.readings, answer)
                found = prospect(base.share or 0.0, told, was, now)
                if any(verdict_of(share) != base.verdict for share in (found.low, found.high)):
                    yield one
                    break

    def judged(
        self, futures: Futures, tried: Sequence[Rewording], tell: Callable[[float], None]
    ) -> Iterator[tuple[Rewording, tuple[ClaimAnswer, ...]]]:
        """Yield each rewording with the claims' answers."""
        worded = side_by_side(futures, [(one,) for one in tried])
        for done, (one, with_it) in enumerate(zip(tried, worded, strict=True), 1):
            yield one, judge_alike(with_it, self.claims)
            tell(done / len(tried))


def _part(tell: Callable[[float], None] | None, place: int, of: int) -> Callable[[float], None]:
    """Progress of one of several pieces of work."""
    return lambda done: None if tell is None else tell((place + done) / of)
