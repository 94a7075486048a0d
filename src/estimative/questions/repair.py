"""Repair: the smallest set of rewordings that makes a failing claim follow."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations, groupby, islice, product
from typing import TYPE_CHECKING

import numpy as np

from estimative.estimate import walk
from estimative.estimate.values import Alternatives
from estimative.model.compile import meaning_of
from estimative.model.rewording import Rewording, likelihoods, rewordings
from estimative.places.brief import Brief
from estimative.places.edits import Edit, diff
from estimative.questions.bearing import bearing
from estimative.questions.claims import FOLLOWS, judge_alike, judge_claims, worlds
from estimative.questions.margin import margins
from estimative.questions.reworded import side_by_side
from estimative.questions.screen import Prospect, prospect, screens, telling, weight
from estimative.words.lexicon import lexicon
from estimative.words.meaning import Said

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from estimative.estimate.nodes import Claim
    from estimative.estimate.values import Likelihood
    from estimative.questions.claims import ClaimAnswer
    from estimative.questions.futures import Futures

    Set = tuple[Rewording, ...]

MOST_WORDS = 3
"""A claim that needs more than so many words changed is not repaired but rewritten."""

MOST_STEPS = 3
"""Rungs that one word may move."""

WORK = 40_000_000_000
"""Futures times steps times variables and rules that sets of one size may take at first: some seconds."""

MOST_SETS = 5_000
"""Sets of one size that are tried at most, however small the estimate."""

TRIALS = 2
"""Sets of one size and as many steps that are judged in full, those first that promise most on the screen."""

MOST_FINER = 60
"""Sets of one size and as many steps that go over the finer screen, those first that promise most."""


@dataclass(frozen=True)
class Repair(Brief):
    """What would make a claim follow.

    Parameters
    ----------
    before, after
        Share of readings in which the claim holds, as written and with the rewordings, by all readings
        and futures.
    rewordings
        The smallest set found: fewest words, then fewest steps, then what promised most. Empty if the
        claim follows as it is. Where nothing within the limits repairs it, the set that came nearest.
    repaired
        Whether the claim follows with them.
    tried
        Sets of rewordings looked at.
    complete
        Whether those were all that come before the answer (all there are, where nothing repairs it), and each
        was judged by all readings and futures: then nothing smaller does it.
    diff
        The rewordings as a unified diff of the estimate's own text.
    """

    claim: Claim
    before: float
    after: float
    rewordings: Set
    repaired: bool
    tried: int
    complete: bool
    diff: str


@dataclass(frozen=True)
class Undecided(Brief):
    """Too few readings can tell whether a claim holds, so that nothing is repaired: more futures may."""

    claim: Claim


def repair(futures: Futures, claim: Claim) -> Repair | Undecided:
    """Smallest repair of a claim, if readings can tell whether it holds.

    Sets of rewordings are tried in the order of their size: fewest words (three at most), then fewest
    rungs (three at most for one word). In a small estimate each is judged in full. In a large one sets go
    over a screen of few readings and futures first, and of pairs and triples only those of the words
    that alone bring the claim nearest are tried; what looks like a repair is judged by all readings and
    futures before it is one.
    """
    (answer,) = judge_claims(replace(futures, progress=None), [claim])
    if answer.share is None:
        return Undecided(claim)
    search = _Search(futures, answer)
    if answer.share >= FOLLOWS:
        return search.answer((), answer.share)
    for words in range(1, MOST_WORDS + 1):
        found = search.of_size(words)
        if found is not None:
            return search.answer(*found)
    return search.answer(*search.nearest())


class _Search:
    """One search for the repair of one claim."""

    def __init__(self, futures: Futures, base: ClaimAnswer) -> None:
        self.tell = futures.progress
        self.base = base
        self.claim = base.claim
        model = futures.model
        full = replace(futures, futures=base.futures, progress=None)
        related = bearing(futures, self.claim)
        choices = {
            one.name: rewordings(one, model.standard, MOST_STEPS)
            for one in likelihoods(model)
            if one.variable in related
        }
        self.choices = {name: several for name, several in choices.items() if several}
        self.tried: dict[Set, Prospect] = {}
        every = sum(_count(list(self.choices.values()), words) for words in range(1, MOST_WORDS + 1))
        self.complete = every <= self.affordable(full)
        self.screens = (full,) if self.complete else screens(full, telling(base))
        self.full = len(self.screens) - 1
        self.margins = [
            margins(one.readings, judge_alike(one, [self.claim])[0]) for one in self.screens[: self.full]
        ]
        self.margins.append(margins(full.readings, base))

    def affordable(self, screen: Futures) -> int:
        """Sets of one size that may be tried on so many readings and futures."""
        cost = weight(screen) * screen.readings.tables.readings * screen.futures
        return min(MOST_SETS, WORK // (cost * max(1, len(worlds(self.claim)))))

    def of_size(self, words: int) -> tuple[Set, float] | None:
        """The smallest repair by so many words, with the share it reaches."""
        sets = self.sets(words)
        for done, (several, found) in enumerate(self.looked_at(0, sets)):
            self.tried[several] = found
            self.say(words, done / len(sets))
        near = [several for several in sets if self.tried[several].high >= FOLLOWS]
        near.sort(key=lambda several: (steps_of(several), *(-one for one in self.promise(several))))
        if self.full == 0:
            return next(((several, self.tried[several].likely) for several in near), None)
        for _, alike in groupby(near, steps_of):
            seen = self.finer(list(islice(alike, MOST_FINER)))
            held = [several for several, found in seen if found.high >= FOLLOWS]
            for several, found in self.looked_at(self.full, held[:TRIALS]):
                if found.likely >= FOLLOWS:
                    return several, found.likely
        return None

    def finer(self, sets: Sequence[Set]) -> list[tuple[Set, Prospect]]:
        """Sets as the finest screen has them, those first that promise most."""
        found = [(several, self.tried[several]) for several in sets]
        for screen in range(1, self.full):
            found = list(self.looked_at(screen, sets))
        return sorted(found, key=lambda pair: (pair[1].likely, pair[1].shift), reverse=True)

    def nearest(self) -> tuple[Set, float]:
        """What comes nearest, with the share it reaches; nothing, where nothing wins a reading."""
        best = self.finer(sorted(self.tried, key=self.promise, reverse=True)[:MOST_FINER])[:TRIALS]
        found: list[tuple[Set, float]] = [((), self.base.share or 0.0)]
        found += [
            (several, full.likely) for several, full in self.looked_at(self.full, [one for one, _ in best])
        ]
        return max(found, key=lambda pair: pair[1])

    def looked_at(self, screen: int, sets: Sequence[Set]) -> Iterator[tuple[Set, Prospect]]:
        """Yield each set with what a screen says of it; the last of the screens is everything."""
        before = self.margins[screen]
        for several, futures in zip(sets, side_by_side(self.screens[screen], sets), strict=True):
            (answer,) = judge_alike(futures, [self.claim])
            after = margins(futures.readings, answer)
            if screen < self.full:
                yield several, prospect(self.base.share or 0.0, self.margins[self.full], before, after)
            else:
                share = answer.share or 0.0
                yield several, Prospect(share, share, share, _mean(after - before))

    def promise(self, several: Set) -> tuple[float, float]:
        """More is better: first readings won over, then how near the others are."""
        found = self.tried[several]
        return found.likely, found.shift

    def sets(self, words: int) -> list[Set]:
        """Sets of so many rewordings to try, the fewest steps first; of equals those that promise most."""
        if words == 1:
            return [(one,) for several in self.choices.values() for one in several]
        offered = list(self.choices.values())
        most = self.affordable(self.screens[0])
        if _count(offered, words) > most:
            offered = self.helpful()
            while _count(offered, words) > most:
                offered.pop()
        united = [several for rules in combinations(offered, words) for several in product(*rules)]
        alone = {several: sum(self.tried[one,].shift for one in several) for several in united}
        return sorted(united, key=lambda several: (steps_of(several), -alone[several]))

    def helpful(self) -> list[Set]:
        """For each likelihood the rewordings that alone bring the claim nearer; those first that do most."""
        found = []
        for several in self.choices.values():
            better = tuple(one for one in several if self.tried[one,].shift > 0)
            if better:
                found.append(better)
        return sorted(found, key=lambda several: max(self.promise((one,)) for one in several), reverse=True)

    def say(self, words: int, done: float) -> None:
        """Tell how far the search is."""
        if self.tell is not None:
            self.tell((words - 1 + done) / MOST_WORDS)

    def answer(self, several: Set, after: float) -> Repair:
        """The answer of the search."""
        estimate = self.screens[0].estimate
        written, standard = dict(walk.likelihoods(estimate)), estimate.standard
        edits = [Edit(written[one.name].span, _text(written[one.name], one, standard)) for one in several]
        return Repair(
            self.claim,
            self.base.share or 0.0,
            after,
            several,
            after >= FOLLOWS,
            len(self.tried),
            self.complete,
            diff(edits),
        )


def steps_of(several: Sequence[Rewording]) -> int:
    """Rungs that words move in all.

    >>> steps_of([Rewording("a", Said("likely"), 1, 1), Rewording("b", Said("unlikely"), -2, -1)])
    3
    """
    return sum(abs(one.steps) for one in several)


def _count(offered: Sequence[Set], words: int) -> int:
    """How many sets take one rewording of each of so many likelihoods.

    >>> one = Rewording("a", Said("likely"), 1, 1)
    >>> _count([(one,), (one, one), (one, one, one)], 2)
    11
    """
    found = [1] + [0] * words
    for several in offered:
        for size in range(words, 0, -1):
            found[size] += found[size - 1] * len(several)
    return found[words]


def _text(written: Likelihood, one: Rewording, standard: str) -> str:
    """What is to stand in the estimate: a wording that is written already stays as it is written."""
    for wording in written.wordings if isinstance(written, Alternatives) else ():
        if meaning_of(wording, lexicon(standard)) == one.meaning:
            return wording.span.text
    return one.meaning.word if isinstance(one.meaning, Said) else ""


def _mean(moved: NDArray[np.float64]) -> float:
    known = moved[np.isfinite(moved)]
    return float(known.mean()) if len(known) else 0.0
