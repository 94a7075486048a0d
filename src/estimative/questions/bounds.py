"""Bounds: the least and the most that a probability can be, however the words of a small estimate are read.

A reading is a point in a box: for each word a place in its range, for each range of numbers a place in it,
and so on. Over this box the exact engine is asked for the lowest and the highest probability. Where more
of each likelihood can only help or only harm (`estimative.questions.monotone`), two corners of the box
give them, and that is proved. Elsewhere they are searched for: at every corner, then from the best ones
by L-BFGS-B (SciPy's). What cannot come about, or cannot fail to, is proved whatever its size.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from math import prod
from typing import TYPE_CHECKING, Literal

import numpy as np
from scipy.optimize import minimize

from estimative.engine.exact import TooLarge
from estimative.estimate.queries import Mode, Probability, ShareOfTime
from estimative.model.ancestry import ancestors
from estimative.model.model import Crossing, Kind
from estimative.model.part import part
from estimative.places.brief import Brief
from estimative.questions.box import Box
from estimative.questions.cut import folded, held, lasting
from estimative.questions.events import concerned, world_of
from estimative.questions.reach import reach
from estimative.questions.settled import settled

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from numpy.typing import NDArray

    from estimative.estimate.queries import Query
    from estimative.model.compile_guards import Names
    from estimative.model.model import Model, Rule
    from estimative.questions.futures import Futures

    Array = NDArray[np.float64]

    Asked = Probability | ShareOfTime

MOST_STATES = 1 << 9
"""Joint states of a part that is still bounded: nine conditions that can change."""

MOST_THINGS = 40
"""Things among which those that can change are still looked for."""

MOST_PLACES = 8
"""Words whose places are still searched together; a part that is proved monotone may have any number."""

MOST_STEPS = 1 << 13
"""Steps of all states, at all corners and with all alternative wordings, that a search may take: a second or two."""

RESTARTS = 2
"""Corners from which a search goes on."""


@dataclass(frozen=True)
class Bounds(Brief):
    """The least and the most that a query can come to.

    Parameters
    ----------
    low, high
        In [0, 1].
    proved
        Whether no reading can lie beyond; else the bounds are what a search found.
    tails
        Whether something that has no end takes part (a modifier's strength, a confidence, a tally): of
        that only the 1st to the 99th of a hundred readings count.
    """

    query: Asked
    low: float
    high: float
    proved: bool
    tails: bool


Obstacle = Literal["choice", "trend", "things", "words", "kind", "given"]
"""What stands in the way of bounds: an actor's choice, a trend, too many things or words, that it is no probability,
or something given that cannot come about in every reading."""


@dataclass(frozen=True)
class NotBounded(Brief):
    """Why a query has no bounds here: the obstacle, and a clause that says it."""

    query: Query
    obstacle: Obstacle
    reason: str


def bounds(futures: Futures, query: Query) -> Bounds | NotBounded:
    """The least and the most that a query can come to, over the ranges of the lens of these futures.

    Through the lens `author` a word lies in its standard's range, through `readers` between the 1st and the
    99th of a hundred readers. A word has one meaning wherever it stands, as it has for one reader.
    """
    found = bounds_of_part(futures, query)
    if isinstance(found, Bounds) or isinstance(query, Mode):
        return found
    sure = settled(futures, query)
    return found if sure is None else Bounds(query, sure, sure, proved=True, tails=False)


def bounds_of_part(futures: Futures, query: Query) -> Bounds | NotBounded:
    """The same where the part concerned is small, and only there."""
    if isinstance(query, Mode):
        return NotBounded(query, "kind", "a mode is a level, not a probability")
    small = _part(futures, query)
    if isinstance(small, NotBounded):
        return small
    try:
        return _bounded(Box(*small, futures.readings.lens, query))
    except TooLarge as reason:
        return NotBounded(query, "things", str(reason))


def _part(futures: Futures, query: Asked) -> tuple[Model, Names] | NotBounded:
    """The part of the model that bears on a query, if it is small."""
    model, names = futures.model, futures.names
    kept = lasting(world_of(query.do, names, model.calendar), model.calendar.steps)
    wanted = concerned(names, query)
    related = ancestors(model, wanted, kept)
    if len(related) > MOST_THINGS:
        return NotBounded(query, *_too_large(model, related))
    # What is held needs no reasons, and what cannot change no watching.
    model, names = part(held(model, kept), names, wanted)
    found = reach(model, world_of(query.do, names, model.calendar))
    model, names = part(folded(model, found), names, concerned(names, query))
    if model.choices or _hangs_on_trend(model.rules) or _states(model) > MOST_STATES:
        return NotBounded(query, *_too_large(model, range(len(model.variables))))
    return model, names


def _too_large(model: Model, related: Collection[int]) -> tuple[Obstacle, str]:
    """Why a part of a model is too large."""
    if any(choice.variable in related for choice in model.choices):
        return "choice", "it hangs on an actor's choice"
    if _hangs_on_trend(rule for rule in model.rules if rule.variable in related):
        return "trend", "it hangs on a trend, whose course has no bounds"
    return "things", f"it hangs on {len(related)} things, too many to be enumerated"


def _hangs_on_trend(rules: Iterable[Rule]) -> bool:
    return any(isinstance(rule.meaning, Crossing) for rule in rules)


def _states(model: Model) -> int:
    """Joint states of what moves by itself."""
    return prod(len(v.levels) for v in model.variables if v.kind is not Kind.DERIVED)


def _bounded(box: Box) -> Bounds | NotBounded:
    query = box.query
    signs = box.signs()
    if signs is not None:
        most = np.array([1.0 if sign > 0 else 0.0 for sign in signs])
        low, high = box.values(np.array([1 - most, most]))
        return Bounds(query, float(low), float(high), proved=True, tails=box.tails)
    if len(box.places) > MOST_PLACES:
        return NotBounded(
            query, "words", f"it turns on {len(box.places)} words, too many to be searched together"
        )
    if prod(box.wordings) << len(box.places) > MOST_STEPS // (_states(box.model) * box.model.calendar.steps):
        return NotBounded(
            query, "words", f"{len(box.places)} words in so many states are too many to be searched together"
        )
    found = [_searched(box, wordings) for wordings in product(*(range(count) for count in box.wordings))]
    if np.isnan(found).any():
        return NotBounded(query, "given", "what is given cannot come about in every reading")
    low, high = min(low for low, _ in found), max(high for _, high in found)
    return Bounds(query, low, high, proved=False, tails=box.tails)


def _searched(box: Box, wordings: Sequence[int]) -> tuple[float, float]:
    """The least and the most that a search finds with some wordings."""

    def values(points: Array) -> Array:
        return box.values(points, wordings)

    corners = np.array(list(product((0.0, 1.0), repeat=len(box.places))))
    at = values(corners)
    if np.isnan(at).any():
        return np.nan, np.nan
    order = np.argsort(at)
    least = _descended(values, corners[order[:RESTARTS]])
    most = _descended(lambda points: -values(points), corners[order[::-1][:RESTARTS]])
    return min(least, float(at.min())), max(-most, float(at.max()))


def _descended(values: Callable[[Array], Array], starts: Array) -> float:
    """Lowest value found from some corners, each drawn in a little so that it can be left."""
    if not starts.size:
        return float(values(starts)[0])
    limits = [(0.0, 1.0)] * starts.shape[1]

    def value(point: Array) -> float:
        return float(values(point[None])[0])

    ends = (minimize(value, start, method="L-BFGS-B", bounds=limits) for start in 0.5 + 0.8 * (starts - 0.5))
    return min(float(end.fun) for end in ends)
