"""The box of readings: every way to read a small model, as places of its words in their ranges."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from estimative.engine.exact import run_exact
from estimative.engine.request import Request
from estimative.estimate.queries import ShareOfTime
from estimative.model.design import Design
from estimative.model.guards import All
from estimative.model.readings import drawn_from
from estimative.model.rewording import likelihoods
from estimative.questions.events import Monitors, world_of
from estimative.questions.monotone import TAIL, directions, wanted_by
from estimative.words.lexicon import lexicon
from estimative.words.meaning import OneOf, Said
from estimative.words.vocabulary import WORD, Lens, Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from estimative.estimate.queries import Probability
    from estimative.model.compile_guards import Names
    from estimative.model.guards import Guard
    from estimative.model.model import Model, Rule
    from estimative.model.readings import Readings
    from estimative.words.lexicon import Entry

    Array = NDArray[np.float64]

STRENGTH = "strength:"


class Placed(Vocabulary):
    """A vocabulary in which each word lies at a place of its own in its range, ends included."""

    def position(self, entry: Entry) -> Array:
        """Place of each word in its range, in [0, 1]."""
        return self.column(WORD + entry.key)


@dataclass(frozen=True)
class Box:
    """All readings of a small model, asked for one probability.

    A point has one coordinate in [0, 1] for each of `places`: a word, a range, a modifier's strength.
    """

    model: Model
    names: Names
    lens: Lens
    query: Probability | ShareOfTime

    @cached_property
    def _columns(self) -> tuple[str, ...]:
        """Names of all that a reading of the model draws, but for strengths of modifiers that it has not."""
        design = Design(0, np.arange(1))
        self._read(design, 1)
        used = {STRENGTH + modifier.degree for rule in self.model.rules for modifier in rule.modifiers}
        return tuple(name for name in design.drawn if not name.startswith(STRENGTH) or name in used)

    @property
    def places(self) -> tuple[str, ...]:
        """What a point has coordinates for, by name."""
        return tuple(name for name in self._columns if not name.endswith(":wording"))

    @cached_property
    def wordings(self) -> tuple[int, ...]:
        """How many wordings each likelihood with alternatives has."""
        meanings = {f"{one.name}:wording": one.meaning for one in likelihoods(self.model)}
        several = (meanings[name] for name in self._columns if name.endswith(":wording"))
        return tuple(len(one.meanings) for one in several if isinstance(one, OneOf))

    @property
    def tails(self) -> bool:
        """Whether something that has no end takes part."""
        return any(_has_no_end(name) for name in self._columns)

    def values(self, points: Array, wordings: Sequence[int] = ()) -> Array:
        """What is asked at each point, shape (points,), with one choice of wordings."""
        count = len(points)
        drawn = {STRENGTH + degree: np.full(count, 0.5) for degree in ("slightly", "plainly", "greatly")}
        for place, name in enumerate(self.places):
            drawn[name] = points[:, place]
            if _has_no_end(name):
                drawn[name] = TAIL + (1 - 2 * TAIL) * points[:, place]
        chosen = [name for name in self._columns if name.endswith(":wording")]
        for name, wording, of in zip(chosen, wordings, self.wordings, strict=True):
            drawn[name] = np.full(count, (wording + 0.5) / of)
        tables = self._read(Design(0, np.arange(count), drawn), count).tables
        world = world_of(self.query.do, self.names, self.model.calendar)
        counts = run_exact(self.model, tables, self._request, world)
        with np.errstate(invalid="ignore", divide="ignore"):
            if isinstance(self.query, ShareOfTime):
                return np.asarray(counts.shares[:, 0] / self.model.calendar.steps / counts.given)
            return np.asarray(counts.events[:, 0] / counts.events[:, 1])

    def signs(self) -> tuple[int, ...] | None:
        """For each place, whether more of it can only help (1) or harm (-1); None where that is not proved."""
        if self.query.given is not None or self.wordings:
            return None
        found = directions(self.model, self._wanted())
        if found is None:
            return None
        by_place: dict[str, set[int]] = {name: set() for name in self.places}
        for rule in self.model.rules:
            sign = found.get(rule.variable, 0)
            for name, times in self._stands_on(rule):
                by_place[name].add(sign * times)
        if any({1, -1} <= signs for signs in by_place.values()):
            return None
        return tuple(-1 if -1 in signs else 1 for signs in by_place.values())

    def _wanted(self) -> Iterator[tuple[Guard, int]]:
        if isinstance(self.query, ShareOfTime):
            yield self._request.shares[0], 1
        else:
            yield from wanted_by(self._request.events[0], self._request.monitors)

    def _stands_on(self, rule: Rule) -> Iterator[tuple[str, int]]:
        """Yield the places on which a rule's likelihood stands, and whether it rises or falls with them."""
        yield from ((name, 1) for name in self.places if name.startswith(f"{rule.name}:"))
        if isinstance(rule.meaning, Said):
            yield WORD + rule.meaning.word, 1
        for modifier in rule.modifiers:
            yield STRENGTH + modifier.degree, modifier.sign

    def _read(self, design: Design, count: int) -> Readings:
        return drawn_from(
            self.model, design, Placed(lexicon(self.model.standard), self.lens, count, design.column)
        )

    @cached_property
    def _request(self) -> Request:
        monitors = Monitors(self.names, self.model.calendar)
        given = None if self.query.given is None else monitors.event(self.query.given)
        if isinstance(self.query, ShareOfTime):
            shares = (self.names.guard(self.query.holds),)
            return Request(monitors=monitors.monitors, given=given, shares=shares)
        met = All() if given is None else given
        happens = monitors.event(self.query.event)
        return Request(monitors=monitors.monitors, events=(All((happens, met)), met))


def _has_no_end(name: str) -> bool:
    return name.startswith(STRENGTH) or name.endswith((":confidence", ":tally"))
