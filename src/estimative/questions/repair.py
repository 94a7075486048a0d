"""Repair: the smallest set of rewordings that makes a failing claim follow."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations, islice, product
from typing import TYPE_CHECKING

from estimative.estimate.queries import DoesNotMatter, MattersMost
from estimative.estimate.walk import likelihoods, queries
from estimative.model.ancestry import ancestors
from estimative.model.rewording import Rewording, rewordings_of
from estimative.places.edits import Edit, diff
from estimative.questions.claims import FOLLOWS, judge_claims
from estimative.questions.events import concerned
from estimative.questions.flips import reworded
from estimative.questions.margin import margin
from estimative.questions.ranking import Part
from estimative.questions.screen import screen

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from estimative.estimate.nodes import Claim
    from estimative.questions.futures import Futures

    Set = tuple[Rewording, ...]

MOST_WORDS = 3
"""A claim that needs more than so many words changed is not repaired but rewritten."""

MOST_STEPS = 3
"""Rungs that one word may move."""

SCREEN = 24, 512
"""Readings, and futures in each, on which every rewording is tried first."""

PARTNERS = 8
"""Rules that are tried together: those that helped most alone."""

MOST_TOGETHER = 60
"""Sets of one size that are tried: those that promise most by what their words did alone."""

SLACK = 0.1
"""Shares on the screen are off by about so much: what comes as near as this is judged in full."""

MOST_TRIALS = 6
"""Sets of one size that are judged in full before the next size is looked at."""


@dataclass(frozen=True)
class Repair:
    """What would make a claim follow.

    Parameters
    ----------
    before, after
        Share of readings in which the claim holds, as written and with the rewordings, by all readings
        and futures.
    rewordings
        The smallest set found: fewest words, then fewest steps, then the largest share. Empty if the
        claim follows as it is. Where nothing within the limits repairs it, the set that came nearest.
    repaired
        Whether the claim follows with them.
    tried
        Sets of rewordings looked at.
    diff
        The rewordings as a unified diff of the estimate's own text.
    """

    claim: Claim
    before: float
    after: float
    rewordings: Set
    repaired: bool
    tried: int
    diff: str


@dataclass(frozen=True)
class _Tried:
    """How a set of rewordings did on the screen."""

    share: float
    margin: float

    @property
    def order(self) -> tuple[float, float]:
        """More is better: first readings won over, then how near the others are."""
        return self.share, self.margin


def repair(futures: Futures, claim: Claim) -> Repair | None:
    """Smallest repair of a claim; None if too few readings can tell whether it holds.

    Every word that can have a part in the claim is moved a rung either way on a few readings and futures;
    those that bring the claim nearer are moved further and put together, fewest first. What looks like a
    repair is judged by all readings and futures before it is one. Words of lotteries stay as they are.
    """
    (answer,) = judge_claims(replace(futures, progress=None), [claim])
    if answer.share is None:
        return None
    search = _Search(futures, claim, answer.share)
    if search.before >= FOLLOWS:
        return search.answer((), search.before)
    for words in range(1, MOST_WORDS + 1):
        found = search.of_size(words)
        if found is not None:
            return search.answer(*found)
    best = max(search.tried, key=lambda tried: search.tried[tried].order)
    after = search.judged(best)
    return (
        search.answer(best, after)
        if after is not None and after > search.before
        else search.answer((), search.before)
    )


class _Search:
    """One search for the repair of one claim."""

    def __init__(self, futures: Futures, claim: Claim, before: float) -> None:
        self.futures = replace(futures, progress=None)
        self.claim = claim
        self.tell = futures.progress
        self.small = screen(futures, *SCREEN)
        self.before = before
        self.tried: dict[Set, _Tried] = {}
        self.as_written = self.on_screen(())
        related = ancestors(futures.model, concerned_by(futures, claim))
        self.rules = [n for n, rule in enumerate(futures.model.rules) if rule.variable in related]

    def judged(self, rewordings: Set) -> float | None:
        """Share of all readings in which the claim holds with these rewordings."""
        (answer,) = judge_claims(reworded(self.futures, rewordings), [self.claim])
        return answer.share

    def on_screen(self, rewordings: Set) -> _Tried:
        """How some rewordings do on the screen; tried once."""
        if rewordings not in self.tried:
            worded = reworded(self.small, rewordings)
            (answer,) = judge_claims(worded, [self.claim])
            self.tried[rewordings] = _Tried(answer.share or 0.0, margin(worded.readings, answer))
        return self.tried[rewordings]

    def of_size(self, words: int) -> tuple[Set, float] | None:
        """The smallest repair by so many words, with the share it reaches."""
        self.say(words, 0)
        sets = list(self.singles() if words == 1 else self.together(words))
        # All readings may see more or less of the claim than those of the screen.
        shift = self.before - self.as_written.share
        near = [tried for tried in sets if self.tried[tried].share + shift >= FOLLOWS - SLACK]
        near.sort(key=lambda tried: (steps_of(tried), -self.tried[tried].share, -self.tried[tried].margin))
        for tried in near[:MOST_TRIALS]:
            share = self.judged(tried) or 0.0
            if share >= FOLLOWS:
                return tried, share
        return None

    def singles(self) -> Iterator[Set]:
        """Yield each rule reworded alone: up, or else down, and further while that brings the claim nearer."""
        for done, rule in enumerate(self.rules):
            self.say(1, done / len(self.rules))
            for direction in (1, -1):
                reached = self.as_written
                for rewording in rewordings_of(self.futures.model, rule, direction, MOST_STEPS):
                    now = self.on_screen((rewording,))
                    if now.order <= reached.order:
                        break
                    reached = now
                    yield (rewording,)
                if reached is not self.as_written:
                    break

    def together(self, words: int) -> Iterator[Set]:
        """Yield sets of the rules that helped most alone, those first that promise most."""
        helpful: dict[int, list[Set]] = {}
        for tried, how in self.tried.items():
            if len(tried) == 1 and how.order > self.as_written.order:
                helpful.setdefault(tried[0].rule, []).append(tried)
        best = {rule: max(self.tried[one].order for one in several) for rule, several in helpful.items()}
        partners = sorted(best, key=lambda rule: best[rule], reverse=True)[:PARTNERS]
        sets = [
            several
            for rules in combinations(partners, words)
            for several in product(*(helpful[r] for r in rules))
        ]
        sets.sort(key=lambda several: -sum(self.tried[one].margin for one in several))
        for done, several in enumerate(islice(sets, MOST_TOGETHER)):
            self.say(words, done / min(len(sets), MOST_TOGETHER))
            united = tuple(rewording for one in several for rewording in one)
            self.on_screen(united)
            yield united

    def say(self, words: int, done: float) -> None:
        """Tell how far the search is."""
        if self.tell is not None:
            self.tell((words - 1 + done) / MOST_WORDS)

    def answer(self, rewordings: Set, after: float) -> Repair:
        """The answer of the search."""
        written = dict(likelihoods(self.futures.estimate))
        edits = [Edit(written[self.futures.model.rules[one.rule].name].span, one.word) for one in rewordings]
        repaired = after >= FOLLOWS
        return Repair(self.claim, self.before, after, rewordings, repaired, len(self.tried) - 1, diff(edits))


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
        found.update(Part.of(futures, name.name).all_variables(futures.model))
    return frozenset(found)
