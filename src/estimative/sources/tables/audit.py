"""The audit of a table: which rows fulfil what the table promises, and what the others may have said in print.

Nothing is ever changed: a repair is a candidate with a weight. The weight of a candidate is its share among
all combinations of candidates of its row that fulfil every relation, each as likely as its misreadings, and
one thing more: that something else is wrong, which no misreading of digits explains.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from math import exp, log, log2
from typing import TYPE_CHECKING, Literal

import numpy as np

from estimative.sources.tables.cells import decimals
from estimative.sources.tables.misreadings import Candidate, Misreadings
from estimative.sources.tables.relations import WITHIN, Share, fulfilment, half

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from estimative.sources.tables.cells import Cell, PrintedTable, Row
    from estimative.sources.tables.relations import Fulfilment, Relation

CERTAIN = 0.8
"""Weight from which a cell counts as settled."""
HALF = 0.5
"""Weight of all that would make a row add up, below which nothing is proposed."""
WORTH = 0.02
"""Candidates of less weight are not shown."""
MOST_FULFIL = 20.0
"""Prior counts of relations fulfilled by the printed numbers themselves, to one only within rounding."""
MOST_TRIED = 1_000_000
"""Combinations of candidates that are tried for one relation in one row."""
MOST_COMBINATIONS = 3_000
"""Combinations of a row that are followed at once, the likeliest."""
MOST_SLIPS = 1
"""Digits of a row that may have been typed for others that do not look like them; with more, anything adds up."""
ELSE = log(1e4)
"""Cost of something else that is wrong in a row: one row in ten thousand, against one digit misread in forty."""
ROUNDS = 4
"""How often misreadings are counted anew."""

State = Literal[
    "as read", "repair proposed", "ambiguous", "in doubt", "cannot be read", "unchecked", "missing"
]


@dataclass(frozen=True)
class Proposal:
    """One candidate of a cell: its text in print, and its weight among the row's combinations, in [0, 1]."""

    text: str
    weight: float


@dataclass(frozen=True)
class AuditedCell:
    """One cell and what became of it; proposals come the weightiest first, the reading itself among them."""

    column: str
    read: str
    state: State
    proposals: tuple[Proposal, ...] = ()


@dataclass(frozen=True)
class AuditedRow:
    """One row: its cells, and the relations that its figures as read do not fulfil."""

    key: str
    key_read_as: str
    cells: tuple[AuditedCell, ...]
    broken: tuple[str, ...]

    def cell(self, column: str) -> AuditedCell:
        """The cell under a column."""
        return next(cell for cell in self.cells if cell.column == column)


@dataclass(frozen=True)
class TableAudit:
    """A table, row by row, with the misreadings that it taught.

    `misreadings` holds a printed digit, what it was read as, and how often, over the settled cells.
    """

    table: PrintedTable
    relations: tuple[str, ...]
    rows: tuple[AuditedRow, ...]
    misreadings: tuple[tuple[str, str, int], ...]

    def row(self, key: str) -> AuditedRow:
        """The first row of a key."""
        return next(row for row in self.rows if row.key == key)


def audit_table(table: PrintedTable, relations: Sequence[Relation]) -> TableAudit:
    """Check every row against the relations, and propose repairs where they fail.

    Parameters
    ----------
    table
        As read.
    relations
        What holds in every row. A share whose figures are fractions, not per cent, is noticed.
    """
    relations = [_scaled(relation, table) for relation in relations]
    places = {column: _places(table, column) for column in table.columns}
    known, rounding = Misreadings(), log(MOST_FULFIL)
    solved: list[_Solved] = []
    for _ in range(ROUNDS):
        solved = [_combinations(table, row, relations, places, _Costs(known, rounding)) for row in table.rows]
        known = Misreadings()
        for one in solved:
            known.learn(_settled(one))
        likeliest = [one.combinations[0] for one in solved if one.combinations]
        loose = sum(combination.loose for combination in likeliest)
        rounding = log((MOST_FULFIL + len(likeliest) * len(relations)) / (1 + loose))
    rows = tuple(_audited(table, row, relations, one) for row, one in zip(table.rows, solved, strict=True))
    wrong = sorted(((n, one, two) for (one, two), n in known.counts.items() if one != two), reverse=True)
    return TableAudit(
        table, tuple(relation.written for relation in relations), rows, tuple((a, b, n) for n, a, b in wrong)
    )


@dataclass(frozen=True)
class _Combination:
    """One candidate for each cell that relations speak of, their cost, and how many relations hold loosely."""

    cells: dict[str, Candidate]
    cost: float
    loose: int = 0


@dataclass(frozen=True)
class _Solved:
    """What makes a row add up, the likeliest first, and the cost of something else that is wrong with it."""

    combinations: list[_Combination]
    otherwise: float

    @cached_property
    def weights(self) -> list[float]:
        """Share of each combination in all that may be so, in [0, 1]."""
        if not self.combinations:
            return []
        least = min(self.combinations[0].cost, self.otherwise)
        raw = [exp(least - one.cost) for one in self.combinations]
        whole = sum(raw) + exp(least - self.otherwise)
        return [value / whole for value in raw]

    def shares(self, column: str) -> dict[str, float]:
        """Weight of each candidate of a cell, by its text."""
        shares: dict[str, float] = defaultdict(float)
        for one, weight in zip(self.combinations, self.weights, strict=True):
            if column in one.cells:
                shares[one.cells[column].text] += weight
        return shares


@dataclass(frozen=True)
class _Costs:
    """What misreadings cost, and a relation that is fulfilled only within rounding."""

    misreadings: Misreadings
    rounding: float


def _scaled(relation: Relation, table: PrintedTable) -> Relation:
    """A share as per cent or as a fraction, whichever more rows fulfil."""
    if not isinstance(relation, Share):
        return relation
    return max(
        (relation, replace(relation, times=1.0)),
        key=lambda one: sum(
            _as_read(table, row, one) in {"exactly", "within rounding"} for row in table.rows
        ),
    )


def _places(table: PrintedTable, column: str) -> frozenset[int]:
    """How many decimals the numbers of a column have."""
    numbers = (table.cell(row, column).number for row in table.rows)
    return frozenset(decimals(number) for number in numbers if number is not None)


def _as_read(table: PrintedTable, row: Row, relation: Relation) -> Fulfilment | None:
    """Whether a row's figures as read fulfil a relation; None where one of them is missing or no number."""
    values = {column: table.cell(row, column).number for column in relation.columns}
    numbers = {column: number for column, number in values.items() if number is not None}
    return fulfilment(relation, numbers) if len(numbers) == len(values) else None


def _speaks(table: PrintedTable, row: Row, relation: Relation) -> bool:
    """Whether a relation says something of a row: none of its cells is missing."""
    return not any(table.cell(row, column).is_missing for column in relation.columns)


def _combinations(
    table: PrintedTable,
    row: Row,
    relations: Sequence[Relation],
    places: Mapping[str, frozenset[int]],
    costs: _Costs,
) -> _Solved:
    """Combinations of candidates that fulfil every relation that speaks of the row, the likeliest first."""
    found: list[_Combination] = []
    least: dict[str, float] = {}
    for number, relation in enumerate(r for r in relations if _speaks(table, row, r)):
        candidates = {
            column: costs.misreadings.candidates(table.cell(row, column).text, places[column])
            for column in relation.columns
        }
        least |= {column: several[0].cost for column, several in candidates.items() if several}
        fulfilling = _fulfilling(relation, candidates, costs.rounding)
        found = _joined(found, fulfilling) if number else fulfilling
        found = sorted(found, key=lambda one: one.cost)[:MOST_COMBINATIONS]
    return _Solved(found, sum(least.values()) + ELSE)


def _fulfilling(
    relation: Relation, candidates: Mapping[str, Sequence[Candidate]], rounding: float
) -> list[_Combination]:
    """Every combination of candidates that fulfils one relation."""
    columns = relation.columns
    kept = _tried([candidates[column] for column in columns])
    numbers = {}
    for axis, (column, options) in enumerate(zip(columns, kept, strict=True)):
        shape = [1] * len(columns)
        shape[axis] = len(options)
        values = np.array([float(option.number) for option in options]).reshape(shape)
        numbers[column] = (values, np.array([half(option.number) for option in options]).reshape(shape))
    codes = relation.fulfilled(numbers)
    found = []
    for place in np.argwhere(codes):
        cells = {column: options[at] for column, options, at in zip(columns, kept, place, strict=True)}
        if _slips(cells) > MOST_SLIPS:
            continue
        loose = int(codes[tuple(place)] == WITHIN)
        cost = sum(candidate.cost for candidate in cells.values()) + loose * rounding
        found.append(_Combination(cells, cost, loose))
    return found


def _tried(options: Sequence[Sequence[Candidate]]) -> list[Sequence[Candidate]]:
    """As many candidates of each cell as can be tried together: two at least, but one where cells are too many.

    Then the cells keep a second candidate whose second costs least.
    """
    most = int(MOST_TRIED ** (1 / len(options)))
    if most >= 2:
        return [one[:most] for one in options]
    ranked = sorted(
        (at for at, one in enumerate(options) if len(one) > 1), key=lambda at: _second(options[at])
    )
    two = set(ranked[: int(log2(MOST_TRIED))])
    return [one[: 1 + (at in two)] for at, one in enumerate(options)]


def _second(options: Sequence[Candidate]) -> float:
    """How much a cell's second candidate costs more than its first."""
    return options[1].cost - options[0].cost


def _joined(found: Sequence[_Combination], more: Sequence[_Combination]) -> list[_Combination]:
    """Combinations that agree on the cells that they share; those cells cost once."""
    if not found or not more:
        return []
    shared = [column for column in more[0].cells if column in found[0].cells]
    by_shared: dict[tuple[str, ...], list[_Combination]] = defaultdict(list)
    for one in more:
        by_shared[tuple(one.cells[column].text for column in shared)].append(one)
    return [
        _Combination(
            one.cells | other.cells,
            one.cost + other.cost - sum(one.cells[column].cost for column in shared),
            one.loose + other.loose,
        )
        for one in found
        for other in by_shared[tuple(one.cells[column].text for column in shared)]
        if _slips(one.cells | other.cells) <= MOST_SLIPS
    ]


def _slips(cells: Mapping[str, Candidate]) -> int:
    """How many cells would have a digit that does not look like what was read."""
    return sum(candidate.is_slip for candidate in cells.values())


def _settled(solved: _Solved) -> list[Candidate]:
    """Candidates that all but certainly stood in print."""
    found = []
    for column in solved.combinations[0].cells if solved.combinations else ():
        shares = solved.shares(column)
        best = max(shares, key=shares.__getitem__)
        if shares[best] >= CERTAIN:
            found.append(
                next(one.cells[column] for one in solved.combinations if one.cells[column].text == best)
            )
    return found


def _audited(table: PrintedTable, row: Row, relations: Sequence[Relation], solved: _Solved) -> AuditedRow:
    speaking = [relation for relation in relations if _speaks(table, row, relation)]
    spoken_of = {column for relation in speaking for column in relation.columns}
    failing = [relation for relation in speaking if _as_read(table, row, relation) in {"not", None}]
    held = {column for r in speaking if r not in failing for column in r.columns}
    explained = sum(solved.weights) >= HALF
    cells = []
    for column in table.columns:
        cell = table.cell(row, column)
        ranked = sorted(solved.shares(column).items(), key=lambda item: (-item[1], item[0]))
        proposals = tuple(Proposal(text, weight) for text, weight in ranked if weight >= WORTH)
        if column in spoken_of and not explained and not cell.is_missing:
            # A relation that holds speaks for its figures, and at least one of the others is wrong.
            state: State = "as read" if column in held else "in doubt"
            state, proposals = (state if cell.number is not None else "cannot be read"), ()
        else:
            state = _state(cell, column in spoken_of, proposals)
        cells.append(AuditedCell(column, cell.text, state, proposals))
    return AuditedRow(row.key, row.read_as, tuple(cells), tuple(relation.written for relation in failing))


def _state(cell: Cell, spoken_of: bool, proposals: Sequence[Proposal]) -> State:
    if cell.is_missing:
        return "missing"
    if not spoken_of:
        return "unchecked" if cell.number is not None else "cannot be read"
    if not proposals or proposals[0].weight < CERTAIN:
        return "ambiguous"
    same = cell.number is not None and Decimal(proposals[0].text) == cell.number
    return "as read" if same else "repair proposed"
