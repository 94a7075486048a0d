"""Flips: which single word, moved one rung along its standard's ladder, changes the verdict of a claim."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from estimative.estimate.queries import DoesNotMatter, MattersMost
from estimative.estimate.walk import queries
from estimative.model.readings import reread
from estimative.model.rewording import Rewording, single_rewordings
from estimative.questions.bearing import bearing
from estimative.questions.claims import ClaimAnswer, judge_claims, verdict_of
from estimative.questions.screen import screen

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from estimative.estimate.nodes import Claim
    from estimative.questions.claims import Verdict
    from estimative.questions.futures import Futures

NEAR = 0.03
"""A rewording whose shift on the screen would bring a claim so near to another verdict is judged in full."""


@dataclass(frozen=True)
class Flip:
    """A rewording that changes the verdict of a claim."""

    rewording: Rewording
    claim: Claim
    share: float
    verdict: Verdict


@dataclass(frozen=True)
class Flips:
    """The claims as they stand, in the order asked, and what flips them: those that move a claim most first."""

    before: tuple[ClaimAnswer, ...]
    flips: tuple[Flip, ...]


def flips(
    futures: Futures, claims: Sequence[Claim], progress: Callable[[float], None] | None = None
) -> Flips:
    """Single rewordings that flip a claim.

    Words of rules that cannot have a part in a claim are not tried for it. All others are tried on the
    first readings and futures; those that come near to another verdict are then judged by all readings
    and futures, with the same dice.
    """
    small = screen(futures)
    judged = judge_claims(futures, claims)
    base = {answer.claim.name: answer for answer in judged}
    before_on_screen = {answer.claim.name: answer for answer in judge_claims(small, claims)}
    found: list[Flip] = []
    bears = {claim.name: bearing(futures, claim) for claim in claims}
    rewordings = list(single_rewordings(futures.model))
    for done, rewording in enumerate(rewordings, 1):
        variable = futures.model.rules[rewording.rule].variable
        concerned = [claim for claim in claims if variable in bears[claim.name]]
        near = [
            answer.claim
            for answer in judge_claims(reworded(small, [rewording]), concerned)
            if _may_flip(answer, before_on_screen[answer.claim.name], base[answer.claim.name])
        ]
        for answer in judge_claims(reworded(futures, [rewording]), near) if near else ():
            before = base[answer.claim.name]
            if answer.verdict and answer.share is not None and answer.verdict != before.verdict:
                found.append(Flip(rewording, answer.claim, answer.share, answer.verdict))
        if progress:
            progress(done / len(rewordings))
    order = {claim.name: place for place, claim in enumerate(claims)}
    found.sort(
        key=lambda flip: (order[flip.claim.name], -abs(flip.share - (base[flip.claim.name].share or 0)))
    )
    return Flips(judged, tuple(found))


def takes_long(claim: Claim) -> bool:
    """Whether a claim speaks of other worlds, with something made so or left out: each is a run of its own."""
    if claim.test is None:
        return False
    ranks = isinstance(claim.test, MattersMost | DoesNotMatter)
    return ranks or any(query.do for query in queries(claim.test))


def reworded(futures: Futures, rewordings: Sequence[Rewording]) -> Futures:
    """The same readings and dice, with other words on some rules."""
    meanings = {rewording.rule: rewording.meaning for rewording in rewordings}
    return replace(futures, readings=reread(futures.readings, futures.model, meanings), progress=None)


def _may_flip(on_screen: ClaimAnswer, before_on_screen: ClaimAnswer, before: ClaimAnswer) -> bool:
    """Whether the shift seen on the screen would give the claim another verdict in full, or nearly."""
    if on_screen.share is None or before_on_screen.share is None or before.share is None:
        return False
    shift = on_screen.share - before_on_screen.share
    reach = (before.share + shift - NEAR, before.share + shift + NEAR)
    return shift != 0 and any(verdict_of(share) != before.verdict for share in reach)
