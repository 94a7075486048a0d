"""Why: what brought an outcome about, what it would lose without each rule, and by which paths it came."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from estimative.places.brief import Brief
from estimative.questions.ask import FEWEST_GIVEN, Answer, answer_of, by_world, hits_in, hits_in_each
from estimative.questions.tally import Course, Tally, places_of
from estimative.questions.traces import APART, Link, as_soon, traced_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from estimative.engine.request import World
    from estimative.estimate.queries import Probability
    from estimative.questions.futures import Futures

    Array = NDArray[np.float64]

ENOUGH = 2_000
"""Futures with the outcome that are followed; more would not move a share by more than a point or two."""

LEAST = 400
"""So many of each, where several outcomes are told at once: shares are then known to about 2 points."""

MOST_TRACED = 131_072
"""Futures followed at most in search of them."""

BLOCK = 2_048
"""Futures followed at a time."""

SEVERAL, FEW = 16, 4
"""Rules that are taken away one by one: those that are links in most futures followed, or set them most apart;
and where several outcomes are told at once."""

FEWEST = 256
"""Futures of each reading at least, in which it is counted what is lost without a rule."""

COMMON = 0.2
"""What happens in a smaller share of the outcome's futures has no place in their typical order."""

MOMENTS = 12
"""Events told in their order: those that set the outcome's futures most apart."""

PATHS = 6
"""Paths that are told."""


@dataclass(frozen=True)
class Part:
    """One rule's part in an outcome.

    Parameters
    ----------
    rule
        Its number in the model.
    fired
        Share of the outcome's futures in which it fired by the step at which the outcome was settled.
    otherwise
        Share of the other futures in which it fired as soon (see `traces.as_soon`).
    linked
        Share of the outcome's futures in which it is a link of the chain of causes.
    lost
        Share of the outcome's futures that are lost without the rule, with the same dice; None where it
        was not taken away, or too few futures have the outcome, or meet its condition without the rule, to say. Futures of all readings count
        alike, as in the other shares. A ranking claim by potential asks each reading by itself instead.
    """

    rule: int
    fired: float
    otherwise: float
    linked: float
    lost: float | None


@dataclass(frozen=True)
class Moment:
    """When something typically came about on the way.

    `step` is the median step, over the `share` of the outcome's futures in which it came about by the step at
    which the outcome was settled; `otherwise` is the share of the other futures in which it did as soon.
    """

    variable: int
    level: int
    step: int
    share: float
    otherwise: float


@dataclass(frozen=True)
class Path:
    """A chain of causes, each at its median step, earliest first."""

    links: tuple[Link, ...]
    share: float


@dataclass(frozen=True)
class Why(Brief):
    """What brought an outcome about.

    Parameters
    ----------
    answer
        Its probability.
    hits, of
        Futures with the outcome, of all that were counted.
    followed, looked
        Futures with the outcome that were followed step by step, of those looked at for them. Without
        any, only the answer is there.
    counted
        Futures of each reading in which it was counted what is lost without a rule.
    """

    answer: Answer
    hits: int
    of: int
    followed: int
    looked: int
    counted: int
    parts: tuple[Part, ...]
    order: tuple[Moment, ...]
    paths: tuple[Path, ...]


def why(
    futures: Futures, outcomes: Sequence[Probability], progress: Callable[[float], None] | None = None
) -> tuple[Why, ...]:
    """What brought outcomes about in the futures in which they happened, in their order.

    Shares are over futures followed in some readings, evenly among all; what is lost without a rule is
    counted over all readings. The more outcomes are asked at once, the less is followed of each.
    """
    found: dict[int, Why] = {}
    worlds = by_world(futures, outcomes)
    for place, ((world, _), numbers) in enumerate(worlds.items()):
        tell = _stage(progress, place, len(worlds))
        told = _World(futures, world, [outcomes[number] for number in numbers], tell)
        found.update(zip(numbers, told.why(), strict=True))
    return tuple(found[number] for number in range(len(outcomes)))


def _stage(progress: Callable[[float], None] | None, place: int, of: int) -> Callable[[float], None]:
    return lambda done: progress((place + done) / of) if progress is not None else None


class _World:
    """Outcomes in one world: their futures are followed, and their rules taken away, together."""

    def __init__(
        self,
        futures: Futures,
        world: World,
        outcomes: Sequence[Probability],
        tell: Callable[[float], None],
    ) -> None:
        self.futures, self.world, self.outcomes, self.tell = futures, world, outcomes, tell
        self.enough = max(LEAST, ENOUGH // len(outcomes))
        self.several = SEVERAL if len(outcomes) == 1 else FEW

    def why(self) -> Iterator[Why]:
        """Yield what brought each outcome about."""
        counting = replace(self.futures, progress=lambda done: self.tell(done / 3))
        hits, met = hits_in(counting, self.world, self.outcomes)
        tallies = self._followed(hits)
        parts = [sorted(_parts(tally), key=_promise, reverse=True) for tally in tallies]
        taken = [[part.rule for part in several[: self.several]] for several in parts]
        counted, lost = self._lost(taken)
        for place, (outcome, tally) in enumerate(zip(self.outcomes, tallies, strict=True)):
            told = [replace(part, lost=lost.get((place, part.rule))) for part in parts[place]]
            yield Why(
                answer=answer_of(outcome, hits[place], met[place]),
                hits=int(hits[place].sum()),
                of=int(met[place].sum()),
                followed=tally.hits,
                looked=tally.looked,
                counted=counted,
                parts=tuple(sorted(told, key=lambda part: (-(part.lost or 0.0), -_promise(part)))),
                order=_order(tally),
                paths=_paths(tally),
            )

    def _followed(self, hits: Array) -> list[Tally]:
        """Tallies of as many futures of readings evenly among all as it takes for enough with each outcome."""
        futures = self.futures
        rows = traced_rows(futures.readings.tables.readings)
        with np.errstate(divide="ignore"):
            wanted = np.ceil(self.enough * futures.futures / hits[:, rows].sum(axis=1))
        each = np.where(
            np.isinf(wanted), 0, np.minimum(wanted, min(futures.futures, MOST_TRACED // len(rows)))
        )
        places = places_of(futures.model)
        tallies = [Tally(futures, outcome, places) for outcome in self.outcomes]
        for done, row in enumerate(rows, 1):
            for start in range(0, int(each.max()), BLOCK):
                block = range(start, min(start + BLOCK, int(each.max())))
                course = Course.of(futures.trace(row, block, self.world), places)
                for tally, most in zip(tallies, each.tolist(), strict=True):
                    if most > start:
                        tally.add(course, int(most) - start)
            self.tell((1 + done / len(rows)) / 3)
        return tallies

    def _lost(self, taken: Sequence[Sequence[int]]) -> tuple[int, Mapping[tuple[int, int], float]]:
        """Futures of each reading counted, and what each outcome loses without each of its rules.

        All rules together are taken away in about as many futures as there are: what is lost is a ratio
        with the same dice, which far fewer futures give than a band over readings needs.
        """
        rules = sorted({rule for several in taken for rule in several})
        if not rules:
            return 0, {}
        each = min(self.futures.futures, max(FEWEST, self.futures.futures // len(rules)))
        fewer = replace(self.futures, futures=each, progress=lambda done: self.tell((2 + done) / 3))
        concerned = {rule: [n for n, several in enumerate(taken) if rule in several] for rule in rules}
        worlds = [replace(self.world, without=self.world.without | {rule}) for rule in rules]
        asked = [[self.outcomes[place] for place in places] for places in concerned.values()]
        with_it, *without = hits_in_each(
            fewer, [(self.world, self.outcomes), *zip(worlds, asked, strict=True)]
        )
        lost: dict[tuple[int, int], float] = {}
        for (rule, places), hits in zip(concerned.items(), without, strict=True):
            for number, place in enumerate(places):
                base = _pooled(with_it, place)
                # Without the rule the outcome's condition may never be met: then nothing is known of it.
                if with_it[0][place].sum() >= FEWEST_GIVEN and hits[1][number].sum() >= FEWEST_GIVEN:
                    lost[place, rule] = 1 - _pooled(hits, number) / base
        return each, lost


def _pooled(counts: tuple[Array, Array], place: int) -> float:
    """Share of the futures of all readings that have an outcome, of those that meet its condition."""
    hits, met = counts
    return float(hits[place].sum() / max(1.0, met[place].sum()))


def _promise(part: Part) -> float:
    """How likely something is lost without a rule: it is a link, or sets the outcome's futures apart."""
    return max(part.linked, part.fired - part.otherwise)


def _parts(tally: Tally) -> Iterator[Part]:
    """Yield the part of each rule that can have one and fired on the way."""
    if not tally.hits:
        return
    links: Counter[str] = Counter()
    for key, several in tally.chains.items():
        links.update(dict.fromkeys({by for _, by, _ in key}, len(several)))
    fired = 1 - tally.steps_fired[:, -1] / tally.hits
    otherwise = as_soon(tally.elsewhere_fired, tally.settled)
    for number, rule in enumerate(tally.model.rules):
        if fired[number] and rule.variable in tally.bears:
            linked = links[rule.name] / tally.hits
            yield Part(number, float(fired[number]), float(otherwise[number]), linked, None)


def _order(tally: Tally) -> tuple[Moment, ...]:
    """What sets the outcome's futures apart, in the order of its median dates."""
    if not tally.hits:
        return ()
    share = 1 - tally.steps_arrived[:, -1] / tally.hits
    otherwise = as_soon(tally.elsewhere_arrived, tally.settled)
    found = [
        Moment(variable, level, _median(steps[:-1]), float(here), float(there))
        for (variable, level), steps, here, there in zip(
            tally.places, tally.steps_arrived, share, otherwise, strict=True
        )
        if variable in tally.bears and here >= COMMON and here - there >= APART
    ]
    found.sort(key=lambda moment: moment.otherwise - moment.share)
    return tuple(sorted(found[:MOMENTS], key=lambda moment: (moment.step, -moment.share)))


def _paths(tally: Tally) -> tuple[Path, ...]:
    common = Counter({key: len(several) for key, several in tally.chains.items() if key})
    return tuple(
        Path(
            tuple(
                Link(variable, by, _median(np.bincount(steps)), level)
                for (variable, by, level), steps in zip(key, np.array(tally.chains[key]).T, strict=True)
            ),
            many / tally.hits,
        )
        for key, many in common.most_common(PATHS)
    )


def _median(counts: NDArray[np.int64]) -> int:
    """Median step, from futures by step: one at which something came about, not the middle between two.

    >>> _median(np.array([0, 2, 0, 1, 1]))
    1
    """
    return int(np.searchsorted(counts.cumsum(), counts.sum() / 2))
