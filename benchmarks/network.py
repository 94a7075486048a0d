"""The workload: forty conditions over twenty steps, each brought about by three others on average.

A condition that is off comes about by noisy-or of its parents (each has its own hazard while it holds),
one that is on ends with a hazard of its own. All hazards are different in every reading. The same
network is given to the engine as a model, and to others as arrays of hazards.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from estimative.model.guards import TRUE, Guard, Holds
from estimative.model.model import Effect, Kind, Model, Rule, Variable
from estimative.model.tables import SCALE, RuleTable, Tables, thresholds
from estimative.places.calendar import Calendar
from estimative.words.meaning import Exactly

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

SEED = 1984
VARIABLES, STEPS = 40, 20


@dataclass(frozen=True)
class Network:
    """A network and its numbers.

    Parameters
    ----------
    parents
        Numbers of the parents of each variable: two to four.
    starts
        Whether each variable holds at the beginning, shape (variables,).
    causes
        Hazard of `causes[r, child, parent]` in reading r, zero where it is no parent.
    ends
        Hazard of ending, shape (readings, variables).
    """

    steps: int
    parents: tuple[tuple[int, ...], ...]
    starts: NDArray[np.bool_]
    causes: Floats
    ends: Floats

    @property
    def variables(self) -> int:
        """Number of variables."""
        return len(self.parents)

    @property
    def readings(self) -> int:
        """Number of readings."""
        return len(self.ends)

    def next_on(self, reading: int, child: int, held: tuple[bool, ...], *, on: bool) -> float:
        """How probable it is that a variable holds next, by which of its parents hold now."""
        if on:
            return float(1 - self.ends[reading, child])
        none = 1.0
        for parent, holds in zip(self.parents[child], held, strict=True):
            none *= 1 - self.causes[reading, child, parent] * holds
        return float(1 - none)


def network(variables: int = VARIABLES, steps: int = STEPS, readings: int = 256) -> Network:
    """A network of some size; hazards are whole multiples of 2**-32, so that all mean the same."""
    rng = np.random.default_rng(SEED)
    parents = tuple(
        tuple(sorted((child + int(away)) % variables for away in _others(rng, variables)))
        for child in range(variables)
    )
    causes = np.zeros((readings, variables, variables))
    for child, several in enumerate(parents):
        causes[:, child, list(several)] = rng.uniform(0.01, 0.25, (readings, len(several)))
    ends = rng.uniform(0.01, 0.25, (readings, variables))
    starts = rng.random(variables) < 0.3
    return Network(steps, parents, starts, np.floor(causes * SCALE) / SCALE, np.floor(ends * SCALE) / SCALE)


def _others(rng: np.random.Generator, variables: int) -> NDArray[np.int64]:
    """How far away two to four other variables are."""
    return rng.choice(np.arange(1, variables), rng.integers(2, 5), replace=False)


def as_model(net: Network) -> tuple[Model, Tables]:
    """The network as a model: a rule for every parent, and one that ends."""
    rules: list[Rule] = []
    tables: list[RuleTable] = []
    for child, parents in enumerate(net.parents):
        for parent in parents:
            guard = Holds(parent, frozenset({1}))
            rules.append(_rule(f"v{child}.becomes.by-{parent}", child, Effect.BECOMES, guard, net.steps))
            tables.append(RuleTable(thresholds(net.causes[:, child, parent].reshape(-1, 1, 1))))
        rules.append(_rule(f"v{child}.ends", child, Effect.ENDS, TRUE, net.steps))
        tables.append(RuleTable(thresholds(net.ends[:, child].reshape(-1, 1, 1))))
    variables = tuple(
        Variable(f"v{number}", Kind.CONDITION, ("no", "yes"), start=int(starts))
        for number, starts in enumerate(net.starts)
    )
    calendar = Calendar.of(date(2000, 1, 1), 12 * net.steps, "year")
    model = Model("network", calendar, "ordinary", variables, tuple(rules))
    return model, Tables(np.arange(net.readings), tuple(tables), (), ())


def _rule(name: str, variable: int, effect: Effect, guard: Guard, steps: int) -> Rule:
    return Rule(name, variable, effect, guard, 1, steps, 1, Exactly(0.1))
