"""The audit as blocks: every claim through every lens, then what each rule found."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from estimative.places.excerpt import as_record
from estimative.show.blocks import (
    Block,
    Cell,
    Column,
    Facts,
    Heading,
    Mark,
    Part,
    Problems,
    Role,
    Shown,
    Table,
    text,
)
from estimative.show.claims import ROLES
from estimative.show.estimate import citation
from estimative.show.numerals import chance_range, percent, plural
from estimative.show.plain import one_line

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from estimative.audit.audit import Found
    from estimative.estimate.nodes import Estimate
    from estimative.places.problem import Problem
    from estimative.questions.claim_bounds import ClaimBounds
    from estimative.questions.claims import ClaimAnswer
    from estimative.show.setting import Setting

HOLDS: dict[str, Role] = {"in every reading": "good", "in some readings": "mixed", "in no reading": "bad"}
"""What it looks like in which readings a claim holds."""

MOST_PLACES = 3
"""Other places of one finding that are shown with their lines."""


@dataclass(frozen=True)
class Looked:
    """The claims under one setting: their answers, and the exact bounds of some, by name."""

    setting: Setting
    answers: tuple[ClaimAnswer, ...]
    bounds: Mapping[str, ClaimBounds]


def audit_shown(estimate: Estimate, looked: Sequence[Looked], found: Sequence[Found]) -> Shown:
    """An audit under one lens or more, the first leading."""
    blocks: list[Block] = [Heading(f"{estimate.title}: audit", 1)]
    if looked[0].answers:
        blocks.append(Part("Do the claims follow?", (_claims(looked), *_bounded(looked))))
    some = [one for one in found if one.problems]
    blocks += [_finding(one) for one in some]
    blocks.append(_sum(found))
    blocks.append(looked[0].setting.foot)
    return Shown(
        "audit", estimate.title, tuple(blocks), looked[0].setting.facts, (*_rows(looked), *_found(some))
    )


def _claims(looked: Sequence[Looked]) -> Table:
    """One row a claim, one column a lens."""
    cited = any(answer.claim.cites for answer in looked[0].answers)
    columns = (
        Column("claim"),
        *(Column(f"lens {one.setting.lens}") for one in looked),
        *((Column("cited", drop=True),) if cited else ()),
    )
    rows: list[tuple[Cell, ...]] = []
    for place, answer in enumerate(looked[0].answers):
        cells = [_verdict(one.answers[place]) for one in looked]
        if cited:
            cells.append(Mark("; ".join(citation(cite) for cite in answer.claim.cites[:1]), "quiet"))
        rows.append((answer.claim.says or answer.claim.name, *cells))
    return Table(columns, tuple(rows))


def _verdict(answer: ClaimAnswer) -> Mark:
    if answer.share is None or answer.verdict is None:
        return Mark("too rare to say", "quiet")
    said = {"follows": "follows", "depends on the reading": "depends", "does not follow": "does not follow"}
    return Mark(f"{percent(answer.share):>4} {said[answer.verdict]}", ROLES[answer.verdict])


def _bounded(looked: Sequence[Looked]) -> tuple[Block, ...]:
    """What exact bounds say of the claims that are small enough."""
    rows: list[tuple[Cell, ...]] = []
    for answer in looked[0].answers:
        known = [(one.setting.lens, one.bounds.get(answer.claim.name)) for one in looked]
        name: Cell = answer.claim.says or answer.claim.name
        for lens, bounds in known:
            if bounds is not None:
                rows.append((name, lens, *_limits(bounds)))
                name = ""
    if not rows:
        return ()
    columns = (Column("claim"), Column("lens"), Column("least to most", "right"), Column("so it holds"))
    return (Table(columns, tuple(rows), "However the words are read, by exact bounds"),)


def _limits(bounds: ClaimBounds) -> tuple[Cell, Cell]:
    limits = " against ".join(chance_range(one.low, one.high) for one in bounds.bounds)
    how = "" if bounds.proved else " that a search found"
    tails = (
        ", strengths of modifiers within 98 readings of 100"
        if any(one.tails for one in bounds.bounds)
        else ""
    )
    return limits, Mark(f"{bounds.holds}{how}{tails}", HOLDS[bounds.holds])


def _finding(found: Found) -> Part:
    page = found.page
    return Part(
        f"{page.title.rstrip('.')} ({len(found.problems)})",
        (Problems(tuple(_shortened(problem) for problem in found.problems)),),
        folded=True,
    )


def _shortened(problem: Problem) -> Problem:
    """A finding with the first few of its other places."""
    return replace(problem, see_also=problem.see_also[:MOST_PLACES])


def _sum(found: Sequence[Found]) -> Block:
    """What was looked for, and found nothing."""
    count = sum(len(one.problems) for one in found)
    nothing = [one.page.name.replace("-", " ") for one in found if not one.problems]
    said = f"{plural(count, 'finding')} by {plural(len(found), 'rule')}."
    if not nothing:
        return text(said)
    return text(f"{said} Nothing to report on: {', '.join(nothing)}.")


def _rows(looked: Sequence[Looked]) -> list[Facts]:
    return [
        {
            "part": "claim",
            "name": answer.claim.name,
            "says": one_line(answer.claim.says),
            **one.setting.facts,
            "futures": answer.futures,
            "share": answer.share,
            "verdict": answer.verdict,
            **_bound_facts(one.bounds.get(answer.claim.name)),
        }
        for one in looked
        for answer in one.answers
    ]


def _bound_facts(bounds: ClaimBounds | None) -> Facts:
    if bounds is None:
        return {"bounds": None, "bounds_proved": None}
    return {"bounds": bounds.holds, "bounds_proved": bounds.proved}


def _found(found: Sequence[Found]) -> list[Facts]:
    return [
        {"part": "finding", "name": one.page.name, **_places(as_record(problem))}
        for one in found
        for problem in one.problems
    ]


def _places(record: dict[str, object]) -> Facts:
    return {key: value for key, value in record.items() if isinstance(value, str | int)}
