"""Digests of counts: equal where every number is equal, on any machine; run as a program, it prints some.

One estimate has every kind of variable and rule, put together by hand; some were put together at random.
"""

from __future__ import annotations

import hashlib
import sys
from dataclasses import fields, replace
from typing import TYPE_CHECKING

import numpy as np

from estimative.engine.request import Counts, Intervention, Monitor, Request, Watch, World
from estimative.engine.run import run
from estimative.model.guards import TRUE, AtLeast, Not
from estimative.model.model import Effect, Kind, Modifier
from estimative.model.tables import ChoiceTable, LotteryTable, RuleTable, Tables
from support.chains import at, choice, condition, levelled, lottery, made, model_of, rule, start
from support.random_models import random_trial

if TYPE_CHECKING:
    from estimative.model.model import Model

STEPS = 12
READINGS = 5

REQUEST = Request(
    monitors=(
        Monitor(Watch.EVER, at(2, 3, 4), 0, STEPS),
        Monitor(Watch.ALWAYS, Not(at(0)), 2, 7),
        Monitor(Watch.BEFORE, at(3, 2), 0, STEPS, rival=at(4, 1)),
    ),
    events=(at(0), at(1), at(2), AtLeast(2, (at(0), at(1), at(2)))),
    given=Not(at(1)),
    shares=(at(5), at(6)),
    levels=True,
    firsts=(at(2, 0, 4), at(6)),
)

WORLDS = {
    "as written": World(),
    "made so": World((Intervention(0, 1, 3, STEPS), Intervention(5, 0, 0, 6)), frozenset({4})),
}


def everything() -> tuple[Model, Tables]:
    """A model of seven variables and its numbers in five readings."""
    variables = (
        condition("stands", start=1),
        condition("comes"),
        levelled("scale", Kind.SCALE, 5, start=2, norm=2),
        levelled("lottery", Kind.LOTTERY, 4),
        levelled("choice", Kind.CHOICE, 3),
        made("derived", Kind.DERIVED, AtLeast(2, (at(0), at(1), at(4, 1, 2)))),
        made("memory", Kind.MEMORY, at(2, 0, 4)),
    )
    steeper = (Modifier(at(0), "plainly", 1), Modifier(at(2, 0, 1), "slightly", -1))
    rules = (
        start(1),
        replace(rule(1, Effect.BECOMES, at(0), last=9), modifiers=steeper),
        rule(1, Effect.ENDS, at(2, 3, 4), first=3),
        rule(0, Effect.ENDS, at(5)),
        rule(0, Effect.BECOMES, first=2, last=STEPS),
        rule(2, Effect.RISES, Not(at(1))),
        rule(2, Effect.RISES, at(3, 1), target=4),
        rule(2, Effect.FALLS, at(1)),
        rule(2, Effect.FALLS, at(6), target=0),
        rule(2, Effect.RETURNS),
        rule(4, Effect.RECONSIDERS),
    )
    model = model_of(
        STEPS, variables, rules, [lottery(3, at(5), at(2, 3, 4), TRUE)], [choice(4, 10, at(0), at(2, 3, 4))]
    )
    hazards = [3, 2, 5, 4, 6, 5, 3, 6, 2, 4, 7]
    tables = [RuleTable(_spread(1 << 32, hazard, (READINGS, 1, 1))) for hazard in hazards]
    tables[1] = RuleTable(_spread(1 << 32, 3, (READINGS, 1, 4)))
    tables[4] = RuleTable(_spread(1 << 32, 5, (READINGS, STEPS - 1, 1)))
    cumulated = np.sort(_spread(1 << 32, 1, (READINGS, 2, 3)), axis=2)
    cumulated[:, :, -1] = 1 << 32
    options = (_spread(3, 1, (READINGS, 4, 3)) % np.uint64(3)).astype(np.uint8)
    return model, Tables(
        np.array([0, 1, 2, 3, 70], np.int64),
        tuple(tables),
        (LotteryTable(cumulated),),
        (ChoiceTable(options),),
    )


def _spread(scale: int, share: int, shape: tuple[int, ...]) -> np.ndarray:
    """Numbers that look like any others, below ``scale / share``."""
    index = np.arange(1, 1 + np.prod(shape), dtype=np.uint64).reshape(shape)
    return index * np.uint64(2654435761) % np.uint64(max(2, scale // share))


def digest(counts: Counts) -> str:
    """Digest of the numbers and shapes of counts."""
    text = hashlib.sha256()
    for field in fields(counts):
        numbers = np.asarray(getattr(counts, field.name), "<i8")
        text.update(repr((field.name, numbers.shape)).encode())
        text.update(np.ascontiguousarray(numbers).tobytes())
    return text.hexdigest()


RANDOM = range(6)
"""Numbers of the estimates that were put together at random."""


def digests(futures: int = 700, threads: int | None = None) -> dict[str, str]:
    """Digests of the estimates' counts in some worlds and under some seeds."""
    model, tables = everything()
    found = {
        f"{name}, seed {seed}": digest(
            run(model, tables, REQUEST, world, seed=seed, futures=futures, threads=threads)
        )
        for name, world in WORLDS.items()
        for seed in (0, 1984)
    }
    for number in RANDOM:
        one = random_trial(number)
        counts = run(
            one.model, one.tables, one.request, one.world, seed=number, futures=futures, threads=threads
        )
        found[f"random {number}"] = digest(counts)
    return found


if __name__ == "__main__":
    for name, found in digests(futures=int(sys.argv[1])).items():
        print(f"{name}: {found}")  # noqa: T201 -- what it is run for
