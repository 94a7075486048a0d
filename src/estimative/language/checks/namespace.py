"""What is declared: every name, and of what kind it is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from estimative.estimate.walk import rules
from estimative.language.keys import VARIABLES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from estimative.estimate.nodes import Choice, Condition, Estimate, Scale

Kind = Literal["condition", "scale", "lottery", "choice", "trend", "signal"]


@dataclass(frozen=True)
class Namespace:
    """The names of an estimate.

    `kinds` are those of the variables; `levels` the levels or options of scales, lotteries and choices
    (none where they could not be read); `interests` the actors that have an interest of a name;
    `belongs` the names under `part-of`; `broken` the variables whose record could not be read, and `lost` the
    sections that could not.
    """

    kinds: Mapping[str, Kind]
    levels: Mapping[str, tuple[str, ...]]
    actors: frozenset[str]
    interests: Mapping[str, tuple[str, ...]]
    sources: frozenset[str]
    rules: frozenset[str]
    belongs: frozenset[str]
    broken: frozenset[str]
    lost: frozenset[str]

    @classmethod
    def of(
        cls,
        estimate: Estimate,
        broken: frozenset[str] = frozenset(),
        lost: frozenset[str] = frozenset(),
    ) -> Namespace:
        """Names that an estimate declares."""
        kinds: dict[str, Kind] = {c.name: "condition" for c in estimate.conditions}
        kinds |= {s.name: "scale" if s.settles is None else "lottery" for s in estimate.scales}
        kinds |= {c.name: "choice" for c in estimate.choices}
        kinds |= {t.name: "trend" for t in estimate.trends}
        kinds |= {s.name: "signal" for s in estimate.signals}
        levels = {s.name: tuple(level.name for level in s.levels) for s in estimate.scales}
        levels |= {c.name: tuple(option.name for option in c.options) for c in estimate.choices}
        interests: dict[str, tuple[str, ...]] = {}
        for actor in estimate.actors:
            for interest in actor.interests:
                interests[interest.name] = (*interests.get(interest.name, ()), actor.name)
        parted: tuple[Condition | Scale | Choice, ...] = (
            *estimate.conditions,
            *estimate.scales,
            *estimate.choices,
        )
        return cls(
            kinds=kinds,
            levels=levels,
            actors=frozenset(actor.name for actor in estimate.actors),
            interests=interests,
            sources=frozenset(source.name for source in estimate.sources),
            rules=frozenset(name for name, _ in rules(estimate)),
            belongs=frozenset(node.part_of.name for node in parted if node.part_of is not None),
            broken=broken,
            lost=lost,
        )

    def of_questions(self) -> Namespace:
        """The names as questions use them: that a signal has been seen is a condition."""
        kinds = {name: "condition" if kind == "signal" else kind for name, kind in self.kinds.items()}
        return replace(self, kinds=kinds)

    def says_nothing_of(self, name: str) -> bool:
        """Whether a name stands for something that could not be read, so that nothing is known of it."""
        if not name or name in self.broken:
            return True
        return name not in self.kinds and not self.lost.isdisjoint(VARIABLES)
