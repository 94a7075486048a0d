"""From the tree of one expression, query or test to the records of the estimate."""

from __future__ import annotations

from datetime import date as day
from typing import TYPE_CHECKING, Literal

from estimative.estimate import expressions as ex
from estimative.estimate import queries as qu
from estimative.estimate.values import Moment, Reference
from estimative.language.parser import Branch
from estimative.language.problems import expressions as problems
from estimative.language.tokens import Token
from estimative.language.values import moment
from estimative.places.problem import Bug, Problem

if TYPE_CHECKING:
    from estimative.language.tree import Scalar
    from estimative.places.source import Span

_Child = Branch | Token | None

_RELATIONS: dict[str, Literal[">=", ">", "<=", "<"]] = {">=": ">=", ">": ">", "<=": "<=", "<": "<"}
_MEASURES: dict[str, qu.Measure] = {
    "potential": "potential",
    "volatility": "volatility",
    "variance": "variance",
}
_LOST = Moment(day.min, day.min)
"""Stands in for a date that could not be read; its problem is noted already."""


class Builder:
    """Builds the records of one value from its tree."""

    def __init__(self, scalar: Scalar, found: list[Problem]) -> None:
        self.scalar = scalar
        self.found = found

    def span(self, child: Branch | Token) -> Span:
        """Place of a branch or a token."""
        return self.scalar.at(child.start, child.end)

    # -- expressions

    def expression(self, tree: _Child) -> ex.Expression:
        """An expression of any kind."""
        tree = _branch(tree)
        children, span = tree.children, self.span(tree)
        match tree.data:
            case "named":
                return ex.Named(str(children[0]), span)
            case "is_" | "is_not" | "related":
                return self.compared(tree)
            case "not_":
                return ex.Not(self.expression(children[1]), span)
            case "both":
                return ex.And(tuple(self.expression(child) for child in children), span)
            case "either":
                return ex.Or(tuple(self.expression(child) for child in children), span)
            case "ever" | "always":
                watch = ex.Ever if tree.data == "ever" else ex.Always
                return watch(
                    self.expression(children[1]), self.date(children[2]), self.date(children[3]), span
                )
            case "at":
                date = self.date(children[1])
                part = self.expression(children[0])
                return part if date is None else ex.At(part, date, span)
            case "before":
                return ex.Before(self.expression(children[0]), self.expression(children[1]), span)
            case _:
                return self.gate(tree)

    def compared(self, tree: Branch) -> ex.Expression:
        """A comparison with a level, an option or a number."""
        name, value = _token(tree.children[0]), _token(tree.children[-1])
        comparison: ex.Comparison
        if tree.data == "related":
            comparison = _RELATIONS[str(tree.children[1])]
        else:
            comparison = "is" if tree.data == "is_" else "is not"
        return ex.Compared(str(name), comparison, str(value), self.span(tree), self.span(value))

    def gate(self, tree: Branch) -> ex.Expression:
        """``at least k of (..)``: k from 1 to the number of parts."""
        number = _token(tree.children[1])
        parts = tuple(self.expression(child) for child in tree.children[2:])
        if not parts:
            self.found.append(problems.empty_gate(self.span(tree)))
        elif not number.isdecimal() or not 1 <= int(number) <= len(parts):
            self.found.append(problems.gate_count(self.span(number), str(number), len(parts)))
        return ex.AtLeast(int(number) if number.isdecimal() else 0, parts, self.span(tree))

    def date(self, child: _Child) -> Moment | None:
        """A date; None where there is none, or a problem."""
        if child is None:
            return None
        token = _token(child)
        date = moment(str(token), self.span(token))
        if isinstance(date, Problem):
            self.found.append(date)
            return None
        return date

    # -- queries

    def query(self, tree: _Child) -> qu.Query:
        """A query of any kind."""
        tree = _branch(tree)
        return self.mode(tree) if tree.data == "mode" else self.odds(tree)

    def odds(self, tree: _Child) -> qu.Probability | qu.ShareOfTime:
        """A probability or a share of time."""
        tree = _branch(tree)
        kind = qu.Probability if tree.data == "probability" else qu.ShareOfTime
        given, do = self.givens(tree.children[2])
        return kind(self.expression(tree.children[1]), given, do, self.span(tree))

    def mode(self, tree: _Child) -> qu.Mode:
        """A mode."""
        tree = _branch(tree)
        _, name, date, givens = tree.children
        given, do = self.givens(givens)
        if given is not None:
            self.found.append(problems.mode_given(given.span))
        at = self.date(date) or _LOST
        return qu.Mode(str(name), at, do, self.span(tree))

    def givens(self, tree: _Child) -> tuple[ex.Expression | None, tuple[qu.Do, ...]]:
        """What is given, joined by and, and what is made so."""
        if tree is None:
            return None, ()
        branches = [_branch(child) for child in _branch(tree).children]
        given = [child for child in branches if child.data != "do"]
        do = tuple(self.do(child) for child in branches if child.data == "do")
        parts = tuple(self.expression(child) for child in given)
        if len(parts) <= 1:
            return (parts[0] if parts else None), do
        first, last = parts[0].span, parts[-1].span
        return ex.And(parts, first.source.span(first.start, last.end)), do

    def do(self, tree: Branch) -> qu.Do:
        """One intervention."""
        setting, at = _branch(tree.children[1]), self.date(tree.children[2])
        values = [str(child) for child in setting.children]
        match setting.data:
            case "set_level":
                name, value = values[0], values[2]
            case "set_no":
                name, value = values[1], "no"
            case _:
                name, value = values[0], "yes"
        return qu.Do(name, value, at, self.span(tree))

    # -- tests

    def test(self, tree: Branch) -> qu.Test:
        """A test of any kind."""
        children, span = tree.children, self.span(tree)
        match tree.data:
            case "mode_is":
                levels = tuple(self.reference(child) for child in children[2:])
                return qu.ModeIs(self.mode(children[0]), levels, span)
            case "is_word" | "is_at_least" | "is_at_most":
                word = _token(children[-1])
                relation: Literal["is", "is at least", "is at most"] = (
                    "is"
                    if tree.data == "is_word"
                    else "is at least"
                    if tree.data == "is_at_least"
                    else "is at most"
                )
                wording = " ".join(word.split())
                return qu.IsWord(self.odds(children[0]), relation, wording, self.span(word), span)
            case "compares":
                return self.compares(tree)
            case "matters_most":
                what, *among, query, measure = children
                names = tuple(self.reference(child) for child in among)
                return qu.MattersMost(
                    self.reference(what), names, self.odds(query), self.measure(measure), span
                )
            case _:
                what, query, measure = children
                return qu.DoesNotMatter(self.reference(what), self.odds(query), self.measure(measure), span)

    def compares(self, tree: Branch) -> qu.Test:
        """A comparison of two numbers in [0, 1]."""
        left, relation, right = tree.children
        comparison = _RELATIONS[str(relation)]
        first, second = self.side(left), self.side(right)
        if isinstance(first, qu.Number) and isinstance(second, qu.Number):
            self.found.append(problems.only_numbers(self.span(tree)))
        return qu.Compares(first, comparison, second, self.span(tree))

    def side(self, tree: _Child) -> qu.Probability | qu.ShareOfTime | qu.Number:
        """One side of a comparison."""
        tree = _branch(tree)
        if tree.data not in {"number", "percent"}:
            return self.odds(tree)
        value = float(_token(tree.children[0])) / (100 if tree.data == "percent" else 1)
        span = self.span(tree)
        if not 0 <= value <= 1:
            self.found.append(problems.number_out_of_range(span, span.text))
        return qu.Number(value, span)

    def measure(self, child: _Child) -> qu.Measure:
        """How much something matters is measured so."""
        token = _token(child)
        if str(token) not in _MEASURES:
            self.found.append(problems.unknown_measure(self.span(token), str(token), tuple(_MEASURES)))
        return _MEASURES.get(str(token), "potential")

    def reference(self, child: _Child) -> Reference:
        """The name of something."""
        token = _token(child)
        return Reference(str(token), self.span(token))


def _branch(child: _Child) -> Branch:
    if isinstance(child, Branch):
        return child
    raise Bug(f"the grammar gave {child!r} where a branch was due")


def _token(child: _Child) -> Token:
    if isinstance(child, Token):
        return child
    raise Bug(f"the grammar gave {child!r} where a token was due")
