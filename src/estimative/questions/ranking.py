"""Ranking claims: how much each part of an estimate matters to an outcome, by a named measure.

A part is an interest, a perspective or an actor (everything whose `part-of` names it), a variable, or a
rule. Three measures, each per reading; what matters most by one need not by another:

*potential*
    the share of the outcome's probability that is lost without it: 1 - P(outcome without its rules) /
    P(outcome), with the same dice. What has no rules of its own is held so: no condition holds, no lottery
    is settled.
*volatility*
    the effect given that it happens: the largest change in the outcome's probability, up or down, that
    any one thing of the part would make if it were so from as-of on. Nobody asks how likely that is.
*variance*
    the share of the outcome's variance over futures that goes with whether anything of the part has
    happened: the squared correlation of the two.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from estimative.engine.request import Intervention, Request, World
from estimative.estimate.queries import DoesNotMatter, MattersMost, Probability, ShareOfTime
from estimative.model.ancestry import ancestors
from estimative.model.guards import All, Any, Guard, Holds, Not
from estimative.model.kept import Kept
from estimative.model.model import Effect, Kind
from estimative.questions.ask import hits_in_each, share_of
from estimative.questions.bands import summed_up
from estimative.questions.events import Monitors, concerned, world_of
from estimative.questions.screen import first

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from estimative.estimate.expressions import Expression
    from estimative.estimate.queries import Measure
    from estimative.model.model import Model
    from estimative.questions.bands import Band
    from estimative.questions.futures import Futures

    Array = NDArray[np.float64]
    Counted = tuple[Array, Array]
    """An outcome's probability in each reading, and the futures in which its condition was met."""

LITTLE = 0.05
"""What does not matter: by whatever measure, less than this."""

MOST_MADE = 3
"""Of each part, so many things are measured by volatility with all futures: those that moved the outcome most
with few."""

SCREEN_READINGS = 4
"""Readings that show what moves an outcome most: few, since what moves it in one moves it in most. By five seeds four
readings of the flagship pick as many of what 32 pick, with eight times the futures, as eight do: eleven of twelve."""

SCREEN_FUTURES, SCREEN_GIVEN = 128, 1024
"""Futures in each of them, and where only those tell that meet a condition. What moves the flagship's outcomes most
by 4,096 does so by 128, whoever reads it."""

Outcome = Probability | ShareOfTime

_MOVING = Kept[dict[str, list[Intervention]]]()
"""What moves outcomes most."""


@dataclass(frozen=True)
class Ranking:
    """What is measured: how much each of several names matters to an outcome, by a measure."""

    names: tuple[str, ...]
    outcome: Outcome
    measure: Measure

    @classmethod
    def of(cls, test: MattersMost | DoesNotMatter) -> Ranking:
        """What a claim asks to be measured."""
        names = (test.what,) if isinstance(test, DoesNotMatter) else test.among
        return cls(tuple(name.name for name in names), test.query, test.measure)


@dataclass(frozen=True)
class Measured:
    """How much one name matters.

    Parameters
    ----------
    values
        By the measure, per reading, shape (readings,): at most 1, and below 0 where the outcome is likelier
        without it; NaN where a reading cannot tell.
    band
        Summed up over the readings that can; None if fewer than half of them can.
    """

    values: Array
    band: Band | None

    @classmethod
    def of(cls, values: Array, noise: Array) -> Measured:
        """Values per reading, each with its Monte Carlo variance."""
        tells = ~np.isnan(values)
        enough = 2 * tells.sum() >= len(values)
        return cls(values, summed_up(values[tells], noise[tells]) if enough else None)


@dataclass(frozen=True)
class Part:
    """What belongs to a name: numbers of its variables and of its rules."""

    name: str
    variables: tuple[int, ...]
    rules: frozenset[int]

    def all_variables(self, model: Model) -> tuple[int, ...]:
        """Numbers of its variables; of a rule, that of the variable which it changes."""
        return self.variables or tuple({model.rules[rule].variable for rule in self.rules})

    def held_without(self, model: Model) -> dict[int, int]:
        """Levels of its variables that are not made by rules, in a world without it, by number.

        Derived conditions, and those that hold from the start, do not hold; a lottery is not settled. A scale
        without rules has no level that it would be without.
        """
        levels = {}
        for number in self.variables:
            known = model.variables[number]
            if known.kind is Kind.LOTTERY:
                levels[number] = known.start
            elif known.kind is Kind.DERIVED or (known.kind is Kind.CONDITION and known.start):
                levels[number] = 0
        return levels

    def without(self, model: Model, base: World) -> World:
        """The world without it. What that world makes so by hand stays so."""
        last = model.calendar.steps
        held = tuple(
            Intervention(number, level, 0, last) for number, level in self.held_without(model).items()
        )
        return World((*held, *base.interventions), base.without | self.rules)

    @classmethod
    def of(cls, futures: Futures, name: str) -> Part:
        """The part of an estimate that a name stands for.

        Raises
        ------
        LookupError
            If nothing belongs to it; checks of the language come first.
        """
        model = futures.model
        rules = frozenset(n for n, rule in enumerate(model.rules) if rule.name == name)
        if rules:
            return cls(name, (), rules)
        variables = tuple(
            n for n, v in enumerate(model.variables) if name == v.name or _belongs(futures, v.part_of, name)
        )
        if not variables:
            raise LookupError(name)
        moved = frozenset(n for n, rule in enumerate(model.rules) if rule.variable in variables)
        return cls(name, variables, moved)


def _belongs(futures: Futures, part_of: str, name: str) -> bool:
    """Whether `part-of: PART_OF` puts a variable under a name: itself, its last part, or its actor."""
    if not part_of:
        return False
    actor, _, interest = part_of.rpartition(".")
    if name in {part_of, interest}:
        return True
    owners = {a.name for a in futures.estimate.actors if any(i.name == interest for i in a.interests)}
    return name == actor or (not actor and owners == {name})


def measured(futures: Futures, rankings: Sequence[Ranking]) -> tuple[Mapping[str, Measured], ...]:
    """How much each name of each ranking matters to its outcome; all of them share their runs."""
    wanted = [_worlds(futures, ranking) for ranking in rankings]
    outcomes: dict[World, dict[Outcome, None]] = defaultdict(dict)
    for ranking, (base, worlds) in zip(rankings, wanted, strict=True):
        # Variance has its own count of the world as it is.
        if ranking.measure != "variance":
            for world in (base, *(world for several in worlds.values() for world in several)):
                outcomes[world][ranking.outcome] = None
    asked = [
        (world, [one for one in several if _counted_given(one) == given])
        for world, several in outcomes.items()
        for given in dict.fromkeys(_counted_given(one) for one in several)
    ]
    counted: dict[tuple[World, Outcome], Counted] = {}
    for (world, alike), (hits, met) in zip(asked, hits_in_each(futures, asked), strict=True):
        counted |= {(world, one): (share_of(h, m), m) for one, h, m in zip(alike, hits, met, strict=True)}
    return tuple(
        _variance(futures, ranking)
        if ranking.measure == "variance"
        else _measured(ranking, base, worlds, counted)
        for ranking, (base, worlds) in zip(rankings, wanted, strict=True)
    )


def _counted_given(outcome: Outcome) -> Expression | None:
    """Condition that decides in which futures steps are counted."""
    return outcome.given if isinstance(outcome, ShareOfTime) else None


def _worlds(futures: Futures, ranking: Ranking) -> tuple[World, dict[str, tuple[World, ...]]]:
    """The world in which a ranking speaks, and for each name the worlds with which it is compared."""
    base = world_of(ranking.outcome.do, futures.names, futures.model.calendar)
    parts = [Part.of(futures, name) for name in ranking.names]
    match ranking.measure:
        case "potential":
            return base, {part.name: (part.without(futures.model, base),) for part in parts}
        case "volatility":
            return base, {
                name: tuple(_with(base, one) for one in several)
                for name, several in _moving_most(futures, parts, base, ranking.outcome).items()
            }
        case "variance":
            return base, {part.name: () for part in parts}


def _measured(
    ranking: Ranking,
    base: World,
    worlds: Mapping[str, Sequence[World]],
    counted: Mapping[tuple[World, Outcome], Counted],
) -> dict[str, Measured]:
    as_it_is, met = counted[base, ranking.outcome]
    found = {}
    for name, several in worlds.items():
        if not several:
            found[name] = Measured.of(np.zeros_like(as_it_is), np.zeros_like(as_it_is))
            continue
        others, met_in = (
            np.array(each) for each in zip(*(counted[w, ranking.outcome] for w in several), strict=True)
        )
        with np.errstate(invalid="ignore", divide="ignore"):
            if ranking.measure == "potential":
                effects, hits = 1 - others / as_it_is, as_it_is * np.minimum(met, met_in)
                effects[:, as_it_is == 0] = np.nan
            else:
                effects, hits = np.abs(others - as_it_is), np.minimum(met, met_in)
            # A world in which a reading cannot tell says nothing against the others.
            most = np.where(np.isnan(effects), -np.inf, effects).argmax(axis=0)[None]
            values, hits = (np.take_along_axis(each, most, axis=0)[0] for each in (effects, hits))
            # With the same dice, about such a share of these futures differs.
            found[name] = Measured.of(values, np.abs(values * (1 - values)) / hits)
    return found


def leads(test: MattersMost | DoesNotMatter, found: Mapping[str, Measured]) -> Array:
    """By how much a ranking claim holds, above 0, or fails, per reading; NaN where a reading cannot tell.

    How far ahead of the next the part is by the measure, or how far below what matters. That something does not
    matter fails as well where it stood in the way; what matters most is what helped most.
    """
    if isinstance(test, DoesNotMatter):
        return LITTLE - np.abs(found[test.what.name].values)
    others = np.array([one.values for name, one in found.items() if name != test.what.name])
    return np.asarray(found[test.what.name].values - others.max(axis=0))


def _moving_most(
    futures: Futures, parts: Sequence[Part], base: World, outcome: Outcome
) -> dict[str, list[Intervention]]:
    """Of each part what moves the outcome most, as few futures of the estimate as it is written show."""
    model = futures.model
    each = SCREEN_FUTURES if outcome.given is None else SCREEN_GIVEN
    small = first(futures, SCREEN_READINGS, each)
    count, names = small.readings.tables.readings, tuple(part.name for part in parts)
    key = futures.readings.lens, futures.seed, count, small.futures, names, base, outcome

    def picked() -> dict[str, list[Intervention]]:
        # Not as it may have been reworded: of many rewordings all are measured alike.
        return _picked(replace(small, readings=small.readings.as_written), parts, base, outcome)

    return _MOVING.of(model, key, picked)


def _picked(
    small: Futures, parts: Sequence[Part], base: World, outcome: Outcome
) -> dict[str, list[Intervention]]:
    related = ancestors(small.model, concerned(small.names, outcome))
    made = {part.name: _interventions(small.model, part, related) for part in parts}
    crowded = [name for name, several in made.items() if len(several) > MOST_MADE]
    if not crowded or sum(map(len, made.values())) <= MOST_MADE * len(parts):
        return made
    effects = iter(_effects(small, [one for name in crowded for one in made[name]], base, outcome))
    for name in crowded:
        mean = np.array([np.nan_to_num(next(effects)).mean() for _ in made[name]])
        made[name] = [made[name][place] for place in np.argsort(-mean, kind="stable")[:MOST_MADE]]
    return made


def _interventions(model: Model, part: Part, related: frozenset[int]) -> list[Intervention]:
    """Everything of a part that can bear on an outcome, held at each level that it does not start at."""
    last = model.calendar.steps
    return [
        Intervention(variable, level, 0, last)
        for variable in sorted(set(part.all_variables(model)) & related)
        for level in _other_levels(model, variable)
    ]


def _with(world: World, one: Intervention) -> World:
    return replace(world, interventions=(*world.interventions, one))


def _effects(futures: Futures, made: Sequence[Intervention], base: World, outcome: Outcome) -> Array:
    """How far each intervention moves the outcome, shape (interventions, readings)."""
    worlds = [base, *(_with(base, one) for one in made)]
    counted = hits_in_each(futures, [(world, [outcome]) for world in worlds])
    before, *moved = (share_of(hits[0], met[0]) for hits, met in counted)
    return np.abs(np.array(moved) - before)


def _other_levels(model: Model, variable: int) -> tuple[int, ...]:
    """Levels to which a variable may come: all but its start, and that too where it starts so by chance."""
    known = model.variables[variable]
    chance = any(rule.variable == variable and rule.effect is Effect.STARTS for rule in model.rules)
    return tuple(level for level in range(len(known.levels)) if chance or level != known.start)


def _variance(futures: Futures, ranking: Ranking) -> dict[str, Measured]:
    outcome, parts = ranking.outcome, [Part.of(futures, name) for name in ranking.names]
    if not isinstance(outcome, Probability):
        raise TypeError("the variance over futures is that of an event")
    calendar = futures.model.calendar
    monitors = Monitors(futures.names, calendar)
    happens = monitors.event(outcome.event)
    met: Guard = monitors.event(outcome.given) if outcome.given is not None else All()
    events: list[Guard] = [met, All((met, happens))]
    for part in parts:
        some = Any(tuple(monitors.ever(moved) for moved in _happening(futures.model, part)))
        events += [All((met, some)), All((met, some, happens))]
    request = Request(monitors=monitors.monitors, events=tuple(events))
    counts = futures.count(request, world_of(outcome.do, futures.names, calendar))
    met_in = counts.events[:, 0]
    share = counts.events[:, 1:] / np.maximum(met_in[:, None], 1)
    p = share[:, 0]
    found = {}
    for place, part in enumerate(parts):
        squared, noise = _goes_with(p, share[:, 1 + 2 * place], share[:, 2 + 2 * place])
        # What never or always happens goes with nothing.
        values = np.where(p * (1 - p) > 0, np.nan_to_num(squared), np.nan)
        found[part.name] = Measured.of(values, np.nan_to_num(noise) / np.maximum(met_in, 1))
    return found


def _goes_with(p: Array, q: Array, both: Array) -> tuple[Array, Array]:
    """Squared correlation of two events, and its variance times the futures that it was counted in.

    By the influence function of a correlation [1]_: x y - r (x^2 + y^2) / 2 for standardised x and y, over the
    four ways in which the two can turn out.

    References
    ----------
    .. [1] S. J. Devlin, R. Gnanadesikan, J. R. Kettenring, Robust estimation and outlier detection with
       correlation coefficients, Biometrika 62 (1975) 531-545, doi:10.1093/biomet/62.3.531.
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        spread_p, spread_q = np.sqrt(p * (1 - p)), np.sqrt(q * (1 - q))
        r = (both - p * q) / (spread_p * spread_q)
        variance = np.zeros_like(r)
        for first, second, chance in (
            (1, 1, both),
            (1, 0, p - both),
            (0, 1, q - both),
            (0, 0, 1 - p - q + both),
        ):
            x, y = (first - p) / spread_p, (second - q) / spread_q
            variance += chance * (x * y - r * (x**2 + y**2) / 2) ** 2
        return r**2, 4 * r**2 * variance


def _happening(model: Model, part: Part) -> tuple[Guard, ...]:
    """What it means that something of a part has happened: a variable has left its start."""
    return tuple(Not(Holds(n, frozenset({model.variables[n].start}))) for n in part.all_variables(model))
