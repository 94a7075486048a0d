"""Reach: which levels each variable can be at, step by step, in whatever reading; so what can never happen.

Every variable is followed by itself: where several are looked at together, each is taken to be at any level that
it can be at by itself. So nothing that can happen is missed, and what is found impossible is proved; not all that
is impossible is found.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product
from math import prod
from typing import TYPE_CHECKING

from estimative.engine.request import AS_WRITTEN
from estimative.model.guards import All, Any, AtLeast, Guard, Holds, Not, is_true, mapped, variables
from estimative.model.model import Effect, Kind
from estimative.words.meaning import Exactly, OneOf, Within

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from estimative.engine.request import World
    from estimative.model.model import Choice, Crossing, Lottery, Model, Rule
    from estimative.words.meaning import Meaning

Levels = frozenset[int]
"""Some of a variable's levels; of a guard's truth, 1 for true and 0 for false."""

State = Sequence[Levels]
"""At which levels each variable can be."""

TOGETHER = 1 << 4
"""Joint levels of what a guard looks at that are still gone through one by one."""

WORLDS = 64
"""Worlds that are remembered: the same are asked about through each lens."""

YES = frozenset({1})


@dataclass(frozen=True)
class Reach:
    """What can come about.

    Parameters
    ----------
    states
        For each step from 0 on, at which levels each variable can be.
    acts
        Numbers of the rules that can move something.
    fires
        Numbers of the rules that can fire, be it where there is nothing to move.
    derived
        Guards of what is derived, by its number; not of what is made so.
    """

    states: tuple[State, ...]
    acts: frozenset[int]
    fires: frozenset[int]
    derived: Mapping[int, Guard]

    def ever(self, variable: int) -> Levels:
        """Levels at which a variable can be at some step."""
        return frozenset().union(*(state[variable] for state in self.states))

    def can(self, guard: Guard, first: int, last: int) -> bool:
        """Whether a guard can be true at some step from `first` to `last`."""
        seen = Looked.at(guard, self.derived)
        return any(1 in seen.truths(state) for state in self.states[max(first, 0) : last + 1])


def is_nothing(meaning: Meaning | Crossing | None) -> bool:
    """Whether a likelihood is 0 in every reading.

    >>> is_nothing(Exactly(0.0)), is_nothing(Within(0.0, 0.1)), is_nothing(OneOf((Exactly(0.0), Within(0.0, 0.0))))
    (True, False, True)
    """
    match meaning:
        case Exactly(value):
            return value == 0
        case Within(_, high):
            return high == 0
        case OneOf(meanings):
            return all(is_nothing(one) for one in meanings)
    return False


@dataclass(frozen=True)
class Looked:
    """A guard as it is written and with what is derived written out; what it said of states is remembered."""

    ways: tuple[tuple[Guard, tuple[int, ...]], ...]
    _known: dict[tuple[Levels, ...], Levels] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def at(cls, guard: Guard, derived: Mapping[int, Guard]) -> Looked:
        """A guard, where so much is derived."""
        ways = dict.fromkeys((guard, written_out(guard, derived)))
        return cls(tuple((way, tuple(sorted(set(variables(way))))) for way in ways))

    def truths(self, state: State) -> Levels:
        """Whether it can be false (0) and can be true (1): so much that is excluded one way or another is."""
        key = tuple(state[number] for _, looked in self.ways for number in looked)
        if key not in self._known:
            found = (truths(way, state, looked) for way, looked in self.ways)
            self._known[key] = frozenset({0, 1}).intersection(*found)
        return self._known[key]


def truths(guard: Guard, state: State, looked: Sequence[int]) -> Levels:
    """Whether a guard that looks at some variables can be false (0) and can be true (1).

    >>> once, either = Holds(0, YES), (frozenset({0, 1}),)
    >>> sorted(truths(once, either, [0])), sorted(truths(All((once, Not(once))), either, [0]))
    ([0, 1], [0])
    """
    if prod(len(state[number]) for number in looked) > TOGETHER:
        return _apart(guard, state)
    found = set()
    levels = [0] * len(state)
    for several in product(*(state[number] for number in looked)):
        for number, level in zip(looked, several, strict=True):
            levels[number] = level
        found.add(int(is_true(guard, levels)))
        if len(found) > 1:
            break
    return frozenset(found)


def _apart(guard: Guard, state: State) -> Levels:
    """The same, with the parts of a guard taken as if they had nothing to do with each other."""
    match guard:
        case Holds(variable, levels):
            inside, outside = state[variable] & levels, state[variable] - levels
            return frozenset(({1} if inside else set()) | ({0} if outside else set()))
        case Not(part):
            return frozenset(1 - truth for truth in _apart(part, state))
        case All(parts):
            needed = len(parts)
        case Any(parts):
            needed = 1
        case AtLeast(needed, parts):
            pass
    each = [_apart(part, state) for part in parts]
    most, least = sum(1 in one for one in each), sum(one == YES for one in each)
    return frozenset(({1} if most >= needed else set()) | ({0} if least < needed else set()))


def written_out(guard: Guard, derived: Mapping[int, Guard]) -> Guard:
    """A guard with what is derived written out.

    >>> written_out(Holds(2, frozenset({0})), {2: Holds(0, YES)})
    Not(part=Holds(variable=0, levels=frozenset({1})))
    """

    def leaf(holds: Holds) -> Guard:
        if holds.variable not in derived or len(holds.levels) != 1:
            return holds
        inner = written_out(derived[holds.variable], derived)
        return inner if 1 in holds.levels else Not(inner)

    return mapped(guard, leaf)


@lru_cache(maxsize=WORLDS)
def reach(model: Model, world: World = AS_WRITTEN) -> Reach:
    """What can come about in a world, over all readings and futures."""
    walk = _Walk(model, world)
    states = [walk.first()]
    for step in range(1, model.calendar.steps + 1):
        # Where nothing was new and no window opens or shuts, nothing will be.
        still = step > 1 and states[-1] == states[-2] and step not in walk.turns
        states.append(states[-1] if still else walk.after(states[-1], step))
    return Reach(tuple(states), frozenset(walk.acts), frozenset(walk.fires), walk.derived)


class _Walk:
    """One step after another, from what can be to what can come of it."""

    def __init__(self, model: Model, world: World) -> None:
        self.model = model
        self.world = world
        made = {one.variable for one in world.interventions}
        self.derived = {
            number: variable.guard
            for number, variable in enumerate(model.variables)
            if variable.kind is Kind.DERIVED and variable.guard is not None and number not in made
        }
        self.acts: set[int] = set()
        self.fires: set[int] = set()
        self._guards = [None if v.guard is None else self._look(v.guard) for v in model.variables]
        self._ways = {
            number: self._ways_of(rule)
            for number, rule in enumerate(model.rules)
            if number not in world.without and not is_nothing(rule.meaning)
        }
        for choice in model.choices:
            if choice.reconsidered in self._ways:
                self._ways[choice.reconsidered] = self._options(choice)
        self._whens = {number: self._look(model.rules[number].guard) for number in self._ways}
        self._cases = [case for lottery in model.lotteries for case in self._cases_of(lottery)]
        edges = [(rule.first, rule.last) for rule in model.rules]
        edges += [(one.first, one.last) for one in world.interventions]
        self.turns = {step for first, last in edges for step in (first, last + 1)}

    def _look(self, *guards: Guard) -> Looked:
        """Guards together, with what is derived."""
        return Looked.at(guards[0] if len(guards) == 1 else All(guards), self.derived)

    def _ways_of(self, rule: Rule) -> list[tuple[Levels, Looked]]:
        """Where a rule can move its variable, each with when."""
        return [
            (frozenset({to}), self._look(rule.guard, Holds(rule.variable, frozenset({at}))))
            for at, to in moves(self.model, rule)
        ]

    def _options(self, choice: Choice) -> list[tuple[Levels, Looked]]:
        """Options that an actor can take on looking again, each with when; whether one is worth it is left open."""
        again = self.model.rules[choice.reconsidered].guard
        return [(frozenset({k}), self._look(again, guard)) for k, guard in enumerate(choice.available)]

    def _cases_of(self, lottery: Lottery) -> Iterator[tuple[int, Levels, Looked]]:
        """Yield the levels to which each case of a lottery can lead, with when."""
        unsettled = Holds(lottery.variable, frozenset({0}))
        for case in lottery.cases:
            some = frozenset(k for k, one in enumerate(case.meanings, 1) if not is_nothing(one))
            # A row of zeros leaves its levels alike.
            levels = some or frozenset(range(1, 1 + len(case.meanings)))
            yield lottery.variable, levels, self._look(lottery.guard, case.guard, unsettled)

    def first(self) -> State:
        """What can be at step 0."""
        state = [frozenset({variable.start}) for variable in self.model.variables]
        for number in self._ways:
            rule = self.model.rules[number]
            if rule.effect is Effect.STARTS:
                state[rule.variable] |= YES
                self.acts.add(number)
                self.fires.add(number)
        return self._completed(state, None, 0)

    def after(self, before: State, step: int) -> State:
        """What can be at a step, after what can be at the one before it."""
        state = list(before)
        for variable, levels, when in self._cases:
            if 1 in when.truths(before):
                state[variable] |= levels
        for number, ways in self._ways.items():
            rule = self.model.rules[number]
            if rule.first <= step <= rule.last and 1 in self._whens[number].truths(before):
                self.fires.add(number)
                found = [to for to, when in ways if 1 in when.truths(before)]
                if found:
                    self.acts.add(number)
                    state[rule.variable] = state[rule.variable].union(*found)
        return self._completed(state, before, step)

    def _completed(self, state: list[Levels], before: State | None, step: int) -> State:
        """A step with what is made so, what is derived and what is remembered."""
        put = {one.variable: one.level for one in self.world.interventions if one.first <= step <= one.last}
        for number, level in put.items():
            state[number] = frozenset({level})
        for number, guard in enumerate(self._guards):
            if guard is None or number in put:
                continue
            held = guard.truths(state)
            if self.model.variables[number].kind is Kind.MEMORY and before is not None:
                held = (held if 0 in before[number] else frozenset()) | (before[number] & YES)
            state[number] = held
        return tuple(state)


def moves(model: Model, rule: Rule) -> Iterator[tuple[int, int]]:
    """Yield the levels from which a rule can move its variable by itself, each with where it moves it."""
    variable = model.variables[rule.variable]
    top = len(variable.levels) - 1
    match rule.effect:
        case Effect.BECOMES:
            yield 0, 1
        case Effect.ENDS:
            yield 1, 0
        case Effect.RISES:
            for at in range(top if rule.target is None else rule.target):
                yield at, at + 1 if rule.target is None else rule.target
        case Effect.FALLS:
            for at in range(1 if rule.target is None else rule.target + 1, top + 1):
                yield at, at - 1 if rule.target is None else rule.target
        case Effect.RETURNS:
            for at in range(top + 1):
                if variable.norm is not None and at != variable.norm:
                    yield at, at + (1 if variable.norm > at else -1)
        case Effect.STARTS | Effect.RECONSIDERS:
            pass
