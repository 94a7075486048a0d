"""Repair: the smallest set of rewordings that makes a failing claim follow."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations, product
from typing import TYPE_CHECKING

from estimative.estimate.queries import DoesNotMatter, MattersMost
from estimative.estimate.walk import queries
from estimative.model.ancestry import ancestors
from estimative.model.rewording import Rewording, rewordings_of
from estimative.questions.claims import FOLLOWS, judge_claims
from estimative.questions.events import concerned
from estimative.questions.flips import reworded
from estimative.questions.ranking import Part
from estimative.questions.screen import screen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from estimative.estimate.nodes import Claim
    from estimative.questions.futures import Futures

MOST_WORDS = 3
"""A claim that needs more than so many words changed is not repaired but rewritten."""

MOST_STEPS = 3
"""Rungs that one word may move."""

PARTNERS = {1: 0, 2: 12, 3: 6}
"""Rules tried together, those that helped most alone, by the number of words changed."""

SLACK = 0.03
"""Shares on the screen are off by about so much: what comes as near as this is judged in full."""

MOST_TRIALS = 12
"""Sets of one size judged in full before the next size is looked at."""


@dataclass(frozen=True)
class Repair:
    """What would make a claim follow.

    Parameters
    ----------
    before, after
        Share of readings in which the claim holds, as written and reworded.
    rewordings
        The smallest set found: fewest words, then fewest steps, then the largest share; empty if the
        claim follows as it is; None if nothing within the limits repairs it.
    best
        If nothing repairs it: the set of rewordings that came nearest.
    tried
        Sets of rewordings looked at.
    """

    claim: Claim
    before: float
    after: float
    rewordings: tuple[Rewording, ...] | None
    best: tuple[Rewording, ...]
    tried: int


def repair(futures: Futures, claim: Claim, progress: Callable[[float], None] | None = None) -> Repair | None:
    """Smallest repair of a claim; None if too few readings can tell whether it holds.

    Every word that can have a part in the claim is moved a rung either way on the first readings and
    futures; those that help are moved further and put together, fewest first. What looks like a repair
    is judged by all readings and futures before it is one.
    """
    search = _Search(futures, claim, progress)
    if search.before is None:
        return None
    if search.before >= FOLLOWS:
        return Repair(claim, search.before, search.before, (), (), 0)
    for words in range(1, MOST_WORDS + 1):
        found = search.of_size(words)
        if found is not None:
            rewordings, share = found
            return Repair(claim, search.before, share, rewordings, rewordings, search.tried)
    best = max(search.shares, key=lambda tried: search.shares[tried], default=())
    after = search.judged(futures, best) if best else search.before
    return Repair(claim, search.before, search.before if after is None else after, None, best, search.tried)


class _Search:
    """One search for the repair of one claim."""

    def __init__(self, futures: Futures, claim: Claim, progress: Callable[[float], None] | None) -> None:
        self.futures = futures
        self.claim = claim
        self.progress = progress
        self.small = screen(futures)
        self.before = self.judged(futures, ())
        self.before_on_screen = self.judged(self.small, ()) or 0.0
        self.shares: dict[tuple[Rewording, ...], float] = {}
        self.tried = 0
        model = futures.model
        concerned = ancestors(model, concerned_by(futures, claim))
        self.rules = [n for n, rule in enumerate(model.rules) if rule.variable in concerned]

    def judged(self, futures: Futures, rewordings: Sequence[Rewording]) -> float | None:
        """Share of readings in which the claim holds with these rewordings."""
        worded = reworded(futures, rewordings) if rewordings else futures
        (answer,) = judge_claims(worded, [self.claim])
        return answer.share

    def of_size(self, words: int) -> tuple[tuple[Rewording, ...], float] | None:
        """The smallest repair by so many words, with the share it reaches."""
        promising = []
        candidates = list(self.singles() if words == 1 else self.together(words))
        for done, rewordings in enumerate(candidates, 1):
            share = self.on_screen(rewordings)
            if share + self.shift >= FOLLOWS - SLACK:
                promising.append(rewordings)
            if self.progress:
                self.progress((words - 1 + done / len(candidates)) / MOST_WORDS)
        promising.sort(key=lambda tried: (steps_of(tried), -self.shares[tried]))
        for rewordings in promising[:MOST_TRIALS]:
            share = self.judged(self.futures, rewordings) or 0.0
            if share >= FOLLOWS:
                return rewordings, share
        return None

    @property
    def shift(self) -> float:
        """What all readings say more than those on the screen."""
        return (self.before or 0.0) - self.before_on_screen

    def on_screen(self, rewordings: tuple[Rewording, ...]) -> float:
        """Share of the readings on the screen; tried once."""
        if rewordings not in self.shares:
            self.tried += 1
            self.shares[rewordings] = self.judged(self.small, rewordings) or 0.0
        return self.shares[rewordings]

    def singles(self) -> Iterator[tuple[Rewording, ...]]:
        """Yield each rule reworded alone, further in a direction only while that helps."""
        for rule in self.rules:
            for direction in (-1, 1):
                reached = self.before_on_screen
                for rewording in rewordings_of(self.futures.model, rule, direction, MOST_STEPS):
                    share = self.on_screen((rewording,))
                    if share <= reached:
                        break
                    reached = share
                    yield (rewording,)

    def together(self, words: int) -> Iterator[tuple[Rewording, ...]]:
        """Yield the rules that helped most alone, so many of them together."""
        best: dict[int, float] = {}
        for tried, share in self.shares.items():
            if len(tried) == 1 and share > self.before_on_screen:
                best[tried[0].rule] = max(best.get(tried[0].rule, 0.0), share)
        partners = sorted(best, key=lambda rule: -best[rule])[: PARTNERS[words]]
        alone = {
            rule: [tried[0] for tried in self.shares if len(tried) == 1 and tried[0].rule == rule]
            for rule in partners
        }
        helpful = {
            rule: [r for r in several if self.shares[(r,)] > self.before_on_screen]
            for rule, several in alone.items()
        }
        for rules in combinations(partners, words):
            yield from product(*(helpful[rule] for rule in rules))


def steps_of(rewordings: Iterable[Rewording]) -> int:
    """Rungs that words move in all.

    >>> steps_of([Rewording(0, "likely", 1), Rewording(4, "unlikely", -2)])
    3
    """
    return sum(abs(rewording.steps) for rewording in rewordings)


def concerned_by(futures: Futures, claim: Claim) -> frozenset[int]:
    """Numbers of the variables that a claim speaks of, or that belong to what it ranks."""
    test = claim.test
    found: set[int] = set()
    for query in queries(test) if test is not None else ():
        found |= concerned(futures.names, query)
    ranked = (*test.among, test.what) if isinstance(test, MattersMost) else ()
    ranked += (test.what,) if isinstance(test, DoesNotMatter) else ()
    for name in ranked:
        belongs = Part.of(futures, name.name)
        found |= {*belongs.variables, *(futures.model.rules[rule].variable for rule in belongs.rules)}
    return frozenset(found)
