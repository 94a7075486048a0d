"""Traces read: guards and events over the courses of single futures, and what brought something about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from estimative.engine.request import Watch
from estimative.model.guards import All, Any, AtLeast, Guard, Holds, Not, is_true
from estimative.model.model import Effect, Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    from estimative.engine.request import Monitor
    from estimative.engine.trace import Trace
    from estimative.model.model import Model, Rule, Variable

    Truth = NDArray[np.bool_]
    Steps = NDArray[np.int64]

LONGEST = 8
"""Links of a chain of causes that are followed back."""

TRACED_READINGS = 64
"""Readings whose futures are looked at one by one, evenly among all."""

APART = 0.1
"""What comes about on the way to an event in a larger share of futures, by so much, sets them apart."""


def traced_rows(readings: int) -> tuple[int, ...]:
    """Rows of the readings whose futures are looked at one by one: the first and the last among them.

    >>> traced_rows(3), len(traced_rows(1_000)), traced_rows(1_000)[-1]
    ((0, 1, 2), 64, 999)
    """
    return evenly(readings, TRACED_READINGS)


def evenly(count: int, most: int) -> tuple[int, ...]:
    """At most so many of the numbers from 0 to `count` - 1, evenly among them, without repeats.

    >>> evenly(5, 3), evenly(2, 3), evenly(0, 3)
    ((0, 2, 4), (0, 1), ())
    """
    return tuple(np.linspace(0, count - 1, min(most, count)).astype(int).tolist())


def evaluate(guard: Guard, leaf: Callable[[Holds], Truth], shape: tuple[int, ...]) -> Truth:
    """Truth of a guard, given that of its leaves."""
    match guard:
        case Holds():
            return leaf(guard)
        case Not(part):
            return ~evaluate(part, leaf, shape)
        case All(parts):
            true = np.ones(shape, np.bool_)
            for part in parts:
                true &= evaluate(part, leaf, shape)
            return true
        case Any(parts):
            true = np.zeros(shape, np.bool_)
            for part in parts:
                true |= evaluate(part, leaf, shape)
            return true
        case AtLeast(count, parts):
            number = np.zeros(shape, np.int64)
            for part in parts:
                number += evaluate(part, leaf, shape)
            return number >= count


def as_soon(first: Steps, settled: Steps) -> NDArray[np.float64]:
    """How often something would have come about as soon, in futures that never settle.

    What comes about on the way to an event has only as long as that takes. So futures without the event are
    given the same time: the share in which it has come about is taken at each step at which the event is
    settled, as often as it is settled there.

    Parameters
    ----------
    first
        Futures by the first step at which something comes about in them, shape (.., steps + 2): 0..steps,
        and last those in which it never does.
    settled
        Futures with the event by the step at which it is settled, shape (steps + 1,); at least one.

    Returns
    -------
    Share of the futures without the event, shape (..,); 0 where there are none.

    Examples
    --------
    Of four futures one has it at step 1, one at step 2; the event is settled at 1 twice, at 2 once:
    1/4 x 2/3 + 2/4 x 1/3.

    >>> as_soon(np.array([0, 1, 1, 2]), np.array([0, 2, 1])).round(4)
    np.float64(0.3333)
    """
    share = first[..., :-1].cumsum(axis=-1) / np.maximum(first.sum(axis=-1, keepdims=True), 1)
    return np.asarray(share @ (settled / settled.sum()))


def holds(guard: Guard, trace: Trace) -> Truth:
    """Whether a guard over variables holds, shape (steps + 1, futures)."""
    states = trace.states

    def leaf(atom: Holds) -> Truth:
        return np.isin(states[:, atom.variable], list(atom.levels))

    return evaluate(guard, leaf, (states.shape[0], states.shape[2]))


def happens(event: Guard, monitors: Sequence[Monitor], trace: Trace) -> tuple[Truth, Steps]:
    """Whether an event over monitors happens in each future, and by which step that is settled.

    An event that is one thing coming to hold is settled when it does; every other at the horizon.
    """
    seen = [_monitor(monitor, trace) for monitor in monitors]
    futures = trace.states.shape[2]
    true = evaluate(event, lambda atom: seen[atom.variable][0], (futures,))
    last: Steps = np.full(futures, trace.states.shape[0] - 1, np.int64)
    only = event.parts[0] if isinstance(event, All) and len(event.parts) == 1 else event
    return true, np.where(true, seen[only.variable][1], last) if isinstance(only, Holds) else last


def _monitor(monitor: Monitor, trace: Trace) -> tuple[Truth, Steps]:
    held = holds(monitor.guard, trace)
    if monitor.watch is Watch.BEFORE and monitor.rival is not None:
        held &= ~np.logical_or.accumulate(holds(monitor.rival, trace), axis=0)
    watched = held[monitor.first : monitor.last + 1]
    if monitor.watch is Watch.ALWAYS:
        return np.asarray(watched.all(axis=0)), np.full(held.shape[1], monitor.last, np.int64)
    true = np.asarray(watched.any(axis=0))
    first: Steps = watched.argmax(axis=0) + monitor.first
    return true, np.where(true, first, len(held) - 1)


@dataclass(frozen=True)
class Link:
    """One step on the way to an event: what moved variable number `variable` at a step.

    `by` is the name of the rule or lottery; for what is derived, the name of the variable itself. `level` is the
    one it came to, where `by` does not say: of a lottery, a choice or what is derived.
    """

    variable: int
    by: str
    step: int
    level: int | None = None


class Causes:
    """Looks back in one trace from an event to what brought it about."""

    def __init__(self, model: Model, trace: Trace) -> None:
        self.model = model
        self.trace = trace
        self.rules_of: dict[int, list[int]] = {}
        for number, rule in enumerate(model.rules):
            self.rules_of.setdefault(rule.variable, []).append(number)
        self.lottery_of = {lottery.variable: n for n, lottery in enumerate(model.lotteries)}
        self.choice_of = {choice.variable: n for n, choice in enumerate(model.choices)}

    def chain(self, guard: Guard, step: int, future: int) -> tuple[Link, ...]:
        """Links back from a guard that holds at a step, the latest cause of each, earliest first.

        Of several things that had to be so, the one that came about last is followed: without it the
        others had not been enough yet.
        """
        found: list[Link] = []
        seen: set[int] = set()
        while len(found) < LONGEST:
            latest = self._latest(guard, step, future, seen)
            if latest is None:
                break
            variable, step = latest
            seen.add(variable)
            by, guard = self._moved_by(variable, step, future)
            derived = self.model.variables[variable].kind in {Kind.DERIVED, Kind.MEMORY}
            several = derived or variable in self.lottery_of or variable in self.choice_of
            level = int(self.trace.states[step, variable, future]) if several else None
            found.append(Link(variable, by, step, level))
            if not derived:
                step -= 1
        return tuple(reversed(found))

    def _latest(self, guard: Guard, step: int, future: int, seen: set[int]) -> tuple[int, int] | None:
        """The variable that moved last, of those that make a guard what it is at a step, and when."""
        best: tuple[int, int] | None = None
        for variable in supporting(guard, self.trace.states[step, :, future].tolist()):
            if variable in seen:
                continue
            course = self.trace.states[: step + 1, variable, future]
            moves = np.flatnonzero(course[1:] != course[:-1])
            if len(moves) and (best is None or moves[-1] + 1 > best[1]):
                best = (variable, int(moves[-1]) + 1)
        return best

    def _moved_by(self, variable: int, step: int, future: int) -> tuple[str, Guard]:
        """Name of what moved a variable into a step, and the guard that let it."""
        known = self.model.variables[variable]
        if known.guard is not None:
            return known.name, known.guard
        if variable in self.lottery_of:
            lottery = self.model.lotteries[self.lottery_of[variable]]
            return lottery.name, lottery.guard
        if variable in self.choice_of:
            choice = self.model.choices[self.choice_of[variable]]
            rule = self.model.rules[choice.reconsidered]
            state = self.trace.states[step - 1, :, future].tolist()
            # What no longer holds may turn a choice as well as what has come to.
            weighed = (part if is_true(part, state) else Not(part) for part in choice.conditions)
            return rule.name, All((rule.guard, *weighed))
        before, after = self.trace.states[step - 1 : step + 1, variable, future].tolist()
        fired = [
            self.model.rules[n] for n in self.rules_of.get(variable, ()) if self.trace.fired[step, n, future]
        ]
        pulled = [(reach(rule, known, before), rule) for rule in fired]
        moved = [rule for level, rule in pulled if level == after]
        if not moved:
            return known.name, All()
        return moved[0].name, moved[0].guard


def reach(rule: Rule, variable: Variable, before: int) -> int:
    """The level to which a rule by itself takes its variable from another."""
    match rule.effect:
        case Effect.STARTS | Effect.BECOMES:
            return 1
        case Effect.ENDS:
            return 0
        case Effect.RISES:
            return max(before, before + 1 if rule.target is None else rule.target)
        case Effect.FALLS:
            return min(before, before - 1 if rule.target is None else rule.target)
        case Effect.RETURNS:
            norm = before if variable.norm is None else variable.norm
            return before + (norm > before) - (norm < before)
        case Effect.RECONSIDERS:
            return before


def supporting(guard: Guard, state: Sequence[int]) -> Iterator[int]:
    """Yield the variables that make a guard true in a state, or false where it is false.

    >>> held, gone = Holds(0, frozenset({1})), Holds(1, frozenset({1}))
    >>> list(supporting(Any((held, gone)), [1, 0])), list(supporting(All((held, gone)), [1, 0]))
    ([0], [1])
    """
    match guard:
        case Holds(variable):
            yield variable
        case Not(part):
            yield from supporting(part, state)
        case All(parts) | Any(parts) | AtLeast(_, parts):
            whole = is_true(guard, state)
            every = isinstance(guard, All) == whole and not isinstance(guard, AtLeast)
            for part in parts:
                if every or is_true(part, state) == whole:
                    yield from supporting(part, state)
