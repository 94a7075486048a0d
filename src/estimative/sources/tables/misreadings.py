"""What a cell may have been in print: candidates, and how likely each misreading is in this very table.

A scan misreads the same digits in the same way all over a page. So the table itself tells how: cells that
its arithmetic settles show what was printed and what was read, and those counts weigh the candidates of the
cells that it does not settle.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from heapq import nsmallest
from itertools import chain
from math import log
from typing import TYPE_CHECKING

from estimative.sources.confusions import readings_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

SAME, USUAL, UNUSUAL = 40.0, 1.0, 0.05
"""Prior counts of a digit read as it is, in a usual wrong way, in any other: one in forty, as in fair scans."""
LOST_POINT = log(30.0)
"""Cost of a decimal point lost, or read as a space."""
STRAY = log(10.0)
"""Cost of a sign that belongs to no number: a mark of a note, a speck, a space."""
MOST_CHANGES = 3
"""Characters of one cell that are changed at most."""
LONGEST = 15
"""Characters of a number of which any are changed; what is longer is no figure of print, and kept as it is."""
MOST_CANDIDATES = 40
"""Candidates of one cell that are kept, the likeliest."""

_DIGITS = "0123456789"


@dataclass(frozen=True)
class Candidate:
    """What a cell may have been: its text in print, the number, the cost, and which digit was read as what.

    `is_slip` where one of its digits does not look like the one that was read.
    """

    text: str
    number: Decimal
    cost: float
    pairs: tuple[tuple[str, str], ...]
    is_slip: bool = False


@dataclass
class Misreadings:
    """How often a printed digit was read as something, counted over settled cells."""

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    _costs: dict[tuple[str, str], float] = field(default_factory=dict, repr=False, compare=False)

    def cost(self, printed: str, seen: str) -> float:
        """Minus the logarithm of the probability that a printed digit is read as a character."""
        totals = sum(self._count(printed, other) for other in _DIGITS)
        return -log(self._count(printed, seen) / (totals + UNUSUAL))

    def _count(self, printed: str, seen: str) -> float:
        wrong = USUAL if printed in readings_of(seen) else UNUSUAL
        prior = SAME if printed == seen else wrong
        return prior + self.counts[printed, seen]

    def learn(self, candidates: Iterable[Candidate]) -> None:
        """Count the digits of settled cells."""
        for candidate in candidates:
            self.counts.update(candidate.pairs)
        self._costs.clear()

    def candidates(self, text: str, places: Collection[int]) -> tuple[Candidate, ...]:
        """What a cell's text may have been in print, the likeliest first.

        Parameters
        ----------
        text
            As read.
        places
            How many decimals numbers of the column have.

        >>> [candidate.text for candidate in Misreadings().candidates("17& 1", {1})][:2]
        ['1781', '178.1']
        """
        found: dict[str, Candidate] = {}
        for shape, cost in _shapes(text.strip(), places):
            for candidate in self._printed(shape, cost):
                known = found.get(candidate.text)
                if known is None or candidate.cost < known.cost:
                    found[candidate.text] = candidate
        ordered = sorted(found.values(), key=lambda candidate: (candidate.cost, candidate.text))
        return tuple(ordered[:MOST_CANDIDATES])

    def _printed(self, shape: str, cost: float) -> Iterator[Candidate]:
        """The likeliest ways to read the digits of a text that has the shape of a number.

        Costs add up character by character, so of the beginnings with as many changes only the cheapest can
        become a candidate that is kept: a long cell takes no longer than its length.
        """
        budget = MOST_CHANGES if len(shape) <= LONGEST else 0
        begun: list[list[_Begun]] = [[("", 0.0, ())], *([] for _ in range(budget))]
        for seen in shape:
            options = [(one, self._cost(one, seen)) for one in _options(seen)]
            begun = [
                nsmallest(
                    MOST_CANDIDATES,
                    (
                        (written + one, spent + price, (*pairs, (one, seen)) if one in _DIGITS else pairs)
                        for one, price in options
                        for written, spent, pairs in _with_changes(begun, changes - (one != seen))
                    ),
                    key=_by_cost,
                )
                for changes in range(budget + 1)
            ]
        for written, spent, pairs in chain.from_iterable(begun):
            yield Candidate(written, Decimal(written), cost + spent, pairs)
        for printed in _slips(shape) if budget else ():
            pairs = tuple((one, two) for one, two in zip(printed, shape, strict=True) if one in _DIGITS)
            spent = sum(self._cost(one, two) for one, two in pairs)
            yield Candidate("".join(printed), Decimal("".join(printed)), cost + spent, pairs, is_slip=True)

    def _cost(self, printed: str, seen: str) -> float:
        """`cost`, remembered until more is learnt; a point costs nothing."""
        if printed not in _DIGITS:
            return 0.0
        known = self._costs.get((printed, seen))
        if known is None:
            known = self._costs[printed, seen] = self.cost(printed, seen)
        return known


def _slips(shape: str) -> Iterator[tuple[str, ...]]:
    """A number with one digit for another that does not look like it, as a slip of the keyboard makes it."""
    if not all(character in _DIGITS or character == "." for character in shape):
        return
    for place, seen in enumerate(shape):
        for digit in _DIGITS if seen in _DIGITS else "":
            if digit not in _options(seen):
                yield (*shape[:place], digit, *shape[place + 1 :])


_Begun = tuple[str, float, tuple[tuple[str, str], ...]]
"""The beginning of a candidate: its text so far, what it cost, and which digit was read as what."""


def _with_changes(begun: Sequence[list[_Begun]], changes: int) -> list[_Begun]:
    return begun[changes] if changes >= 0 else []


def _by_cost(one: _Begun) -> tuple[float, str]:
    return one[1], one[0]


def _options(seen: str) -> tuple[str, ...]:
    """What a character of a cell may have been in print."""
    if seen == ".":
        return (".",)
    same = (seen,) if seen in _DIGITS else ()
    return (*same, *readings_of(seen))


def _shapes(text: str, places: Collection[int]) -> Iterator[tuple[str, float]]:
    """A cell's text as a number could stand there: signs dropped, a lost decimal point put back."""
    plain = text.replace(",", "")
    bare = "".join(character for character in plain if character == "." or _options(character)).rstrip(".")
    if not bare or bare.count(".") > 1:
        return
    dropped = sum(character != " " for character in plain) - len(bare)
    gap = len(plain.split()[-1]) if " " in plain else 0
    cost = STRAY * (max(0, dropped) + bool(gap))
    yield bare, cost
    if "." in bare:
        return
    for count in places:
        if 0 < count < len(bare):
            # Where a gap stands in its place, the point was read as a space.
            yield f"{bare[:-count]}.{bare[-count:]}", cost + LOST_POINT - (STRAY if gap == count else 0.0)
    if dropped and 1 in places:
        # The sign may be what is left of a decimal.
        for digit in _DIGITS:
            yield f"{bare}.{digit}", cost + LOST_POINT - STRAY + log(len(_DIGITS))
