"""Ask: any query of the query language, answered per reading."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from estimative.engine.request import AS_WRITTEN, Counts, Request, World
from estimative.estimate.queries import Mode, Probability, Query, ShareOfTime
from estimative.model.guards import All, Holds
from estimative.places.brief import Brief
from estimative.questions.bands import Band, band, summed_up
from estimative.questions.events import Monitors, world_of
from estimative.questions.swaps import with_other_dice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Numbers = NDArray[np.float64] | NDArray[np.int64]

    from estimative.estimate.expressions import Expression
    from estimative.model.guards import Guard
    from estimative.questions.followed import Followed
    from estimative.questions.futures import Futures

AGAIN = 256
"""Futures of each reading that are counted twice where an answer is no probability."""

FEWEST_GIVEN = 100
"""A reading speaks on a condition only if at least so many of its futures meet it: error under 5 points."""


@dataclass(frozen=True)
class Answer(Brief):
    """A probability, or a share of time, per reading.

    Parameters
    ----------
    values
        In [0, 1], shape (readings,); NaN for readings in which too few futures meet the condition.
    band
        Summed up over the readings that speak; None if fewer than half of them do: then the condition
        is too rare in these futures for an answer.
    met
        Futures that meet the condition, over all readings (all futures, without a condition).
    bound
        Where nothing was hit: the probability that would have shown itself with 95 % confidence.
    followed
        Where the probability comes from hazards and not from hits, see `followed.follow_rare`.
    """

    query: Query
    text: str
    values: NDArray[np.float64]
    band: Band | None
    met: int
    bound: float | None = None
    followed: Followed | None = None


@dataclass(frozen=True)
class ModeAnswer(Brief):
    """Which level is the most frequent one, per reading.

    `values` has the probability of each level, shape (readings, levels), and `bands` sums it up; `modes`
    has the number of the level, shape (readings,); `shares` the share of readings with each level as
    their mode.
    """

    query: Mode
    text: str
    levels: tuple[str, ...]
    values: NDArray[np.float64]
    modes: NDArray[np.int64]
    shares: tuple[float, ...]
    bands: tuple[Band, ...]


def ask(futures: Futures, queries: Sequence[Query]) -> tuple[Answer | ModeAnswer, ...]:
    """Answers to queries, in their order; queries about the same world share one run."""
    worlds = by_world(futures, queries)
    runs = [
        (world, _Run(futures, [queries[number] for number in numbers], given))
        for (world, given), numbers in worlds.items()
    ]
    found = chain.from_iterable(_answers(futures, runs))
    answers = dict(zip(chain.from_iterable(worlds.values()), found, strict=True))
    return tuple(answers[number] for number in range(len(queries)))


def requests_as_written(futures: Futures, queries: Sequence[Query]) -> tuple[Request, ...]:
    """What `ask` will have counted of the world as written, in all futures alike."""
    return tuple(
        _Run(futures, [queries[number] for number in numbers], None).request
        for (world, given), numbers in by_world(futures, queries).items()
        if world == AS_WRITTEN and given is None
    )


def by_world(futures: Futures, queries: Sequence[Query]) -> dict[tuple[World, Expression | None], list[int]]:
    """Numbers of queries by what they make so, and by what must hold where steps are counted."""
    worlds: dict[tuple[World, Expression | None], list[int]] = {}
    for number, query in enumerate(queries):
        world = world_of(query.do, futures.names, futures.model.calendar)
        given = query.given if isinstance(query, ShareOfTime) else None
        worlds.setdefault((world, given), []).append(number)
    return worlds


def ask_in(
    futures: Futures, world: World, queries: Sequence[Probability | ShareOfTime]
) -> tuple[Answer, ...]:
    """Answers in one world, whatever the queries make so; their conditions must be the same."""
    (answers,) = ask_in_each(futures, [(world, queries)])
    return answers


def ask_in_each(
    futures: Futures, wanted: Sequence[tuple[World, Sequence[Probability | ShareOfTime]]]
) -> list[tuple[Answer, ...]]:
    """The same in each of several worlds, with the queries of each."""
    runs = [(world, _Run(futures, queries, _given(queries))) for world, queries in wanted]
    return [
        tuple(answer for answer in answers if isinstance(answer, Answer))
        for answers in _answers(futures, runs)
    ]


def _answers(futures: Futures, runs: Sequence[tuple[World, _Run]]) -> list[list[Answer | ModeAnswer]]:
    """Answers of each run in its world; what can be counted together is."""
    futures.count_together((run.request, world) for world, run in runs)
    return [run.answers(world) for world, run in runs]


def hits_in(
    futures: Futures, world: World, queries: Sequence[Probability | ShareOfTime]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Futures hit, and futures that met the condition, both of shape (queries, readings); as `ask_in`."""
    (hits,) = hits_in_each(futures, [(world, queries)])
    return hits


def hits_in_each(
    futures: Futures, wanted: Sequence[tuple[World, Sequence[Probability | ShareOfTime]]]
) -> list[tuple[NDArray[np.float64], NDArray[np.float64]]]:
    """The same in each of several worlds, with the queries of each."""
    runs = [_Run(futures, queries, _given(queries)) for _, queries in wanted]
    futures.count_together((run.request, world) for run, (world, _) in zip(runs, wanted, strict=True))
    found = []
    for run, (world, queries) in zip(runs, wanted, strict=True):
        counts = futures.count(run.request, world)
        each = [run.hits(query, place, counts) for query, place in zip(queries, run.places, strict=True)]
        hits, met = (np.array(several, np.float64) for several in zip(*each, strict=True))
        found.append((hits, met))
    return found


def _given(queries: Sequence[Probability | ShareOfTime]) -> Expression | None:
    return next((query.given for query in queries if isinstance(query, ShareOfTime)), None)


class _Run:
    """One run of the engine for queries about one world."""

    def __init__(self, futures: Futures, queries: Sequence[Query], given: Expression | None) -> None:
        self.futures = futures
        self.queries = queries
        monitors = Monitors(futures.names, futures.model.calendar)
        self.events: list[Guard] = []
        self.shares: list[Guard] = []
        self.places: list[int] = []
        for query in queries:
            match query:
                case Probability(event, condition):
                    self.places.append(len(self.events))
                    met = monitors.event(condition) if condition is not None else All()
                    self.events += [All((met, monitors.event(event))), met]
                case ShareOfTime(holds):
                    self.places.append(len(self.shares))
                    self.shares.append(futures.names.guard(holds))
                case Mode(name, at):
                    # An event for each level: counting all levels of everything would take twice as long.
                    self.places.append(len(self.events))
                    step, variable = futures.model.calendar.steps_by(at.last), futures.names.numbers[name]
                    self.events += [
                        monitors.at(Holds(variable, frozenset({level})), step)
                        for level in range(len(futures.names.levels[name]))
                    ]
        self.request = Request(
            events=tuple(self.events),
            given=monitors.event(given) if given is not None else None,
            shares=tuple(self.shares),
            monitors=monitors.monitors,
        )

    def answers(self, world: World) -> list[Answer | ModeAnswer]:
        counts = self.futures.count(self.request, world)
        again = self.few_again(world) if self.shares else counts
        return [
            self.answer(query, place, counts, again)
            for query, place in zip(self.queries, self.places, strict=True)
        ]

    def few_again(self, world: World) -> Counts:
        """The same counts of a few futures with other dice: by their difference errors are known."""
        tables = self.futures.readings.tables
        other = with_other_dice(tables, int(tables.numbers.max()) + 1)
        few = replace(
            self.futures,
            readings=replace(self.futures.readings, tables=other),
            futures=min(AGAIN, self.futures.futures),
            progress=None,  # They are so few that nobody waits for them.
        )
        return few.count(self.request, world)

    def answer(self, query: Query, place: int, counts: Counts, again: Counts) -> Answer | ModeAnswer:
        if isinstance(query, Mode):
            levels = self.futures.names.levels[query.name]
            share = counts.events[:, place : place + len(levels)] / counts.futures
            return mode_answer(query, levels, share, counts.futures)
        hits, met = self.hits(query, place, counts)
        if isinstance(query, Probability):
            return answer_of(query, hits, met)
        return answer_of(query, hits, met, noise_between((hits, met), self.hits(query, place, again)))

    def hits(self, query: Probability | ShareOfTime, place: int, counts: Counts) -> tuple[Numbers, Numbers]:
        """Futures that were hit, and those that met the condition, per reading."""
        if isinstance(query, Probability):
            return counts.events[:, place], counts.events[:, place + 1]
        met = counts.given if self.request.given is not None else np.full(len(counts.events), counts.futures)
        return counts.shares[:, place] / self.futures.model.calendar.steps, met


def noise_between(one: tuple[Numbers, Numbers], other: tuple[Numbers, Numbers]) -> NDArray[np.float64]:
    """Monte Carlo variance of hits per future that met a condition, from a second estimate with dice of its own.

    Two estimates differ by the errors of both, which go with one over the futures of each. Right on average,
    per reading; where the second one has no futures, the mean of the others.

    >>> found = noise_between((np.array([30.0]), np.array([100])), (np.array([40.0]), np.array([100])))
    >>> found.round(6).tolist()
    [0.005]
    """
    (hits, met), (few_hits, few) = one, other
    both = (met > 0) & (few > 0)
    noise = np.full(len(met), np.nan)
    difference = hits[both] / met[both] - few_hits[both] / few[both]
    noise[both] = difference**2 * few[both] / (met[both] + few[both])
    return np.where(both, noise, noise[both].mean() if both.any() else 0.0)


def answer_of(query: Query, hits: Numbers, met: Numbers, noise: NDArray[np.float64] | None = None) -> Answer:
    """Answer from the futures that were hit among those that met the condition, per reading.

    `noise` is the Monte Carlo variance of each reading's number, where it is not that of a probability.
    """
    values = share_of(hits, met)
    speaks = ~np.isnan(values)
    enough = 2 * speaks.sum() >= len(met)
    total = float(met.sum())
    return Answer(
        query=query,
        text=text_of(query),
        values=values,
        band=_band(values[speaks], met[speaks], None if noise is None else noise[speaks]) if enough else None,
        met=int(total),
        bound=1 - 0.05 ** (1 / total) if total and not hits.any() else None,
    )


def share_of(hits: Numbers, met: Numbers) -> NDArray[np.float64]:
    """Share of the futures that met the condition which were hit, per reading; NaN where too few met it.

    >>> share_of(np.array([30, 3]), np.array([120, 12]))
    array([0.25,  nan])
    """
    return np.asarray(np.divide(hits, met, out=np.full(len(met), np.nan), where=met >= FEWEST_GIVEN))


def _band(values: NDArray[np.float64], met: Numbers, noise: NDArray[np.float64] | None) -> Band:
    return band(values, met) if noise is None else summed_up(values, noise)


def mode_answer(
    query: Mode, levels: tuple[str, ...], values: NDArray[np.float64], futures: int
) -> ModeAnswer:
    """Answer about the most frequent level, from the probability of each, shape (readings, levels)."""
    modes = values.argmax(axis=1)
    return ModeAnswer(
        query=query,
        text=text_of(query),
        levels=levels,
        values=values,
        modes=modes,
        shares=tuple(float(np.mean(modes == level)) for level in range(len(levels))),
        bands=tuple(band(values[:, level], futures) for level in range(len(levels))),
    )


def text_of(query: Query) -> str:
    """The query on one line, as it was written; an event of a question as it would be asked for: ``P(ever x)``."""
    text = " ".join(query.span.text.split())
    bare = isinstance(query, Probability) and text and not re.match(r"P\s*\(", text)
    return f"P({text})" if bare else text
