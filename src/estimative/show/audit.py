"""The audit as blocks: every claim through every lens, what is proved of it, then what each rule found."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from estimative.places.excerpt import as_record
from estimative.questions.claim_bounds import ClaimBounds
from estimative.questions.claims import DOES_NOT_FOLLOW, FOLLOWS
from estimative.show.blocks import Block, Facts, Heading, Mark, Part, Problems, Shown, text
from estimative.show.claims import Judged, claim_sum, compared_facts, measure_facts
from estimative.show.claims_table import (
    Looked,
    bounds_blocks,
    claim_tables,
    compared_blocks,
    measures_blocks,
    turn_name,
)
from estimative.show.numerals import plural
from estimative.show.setting import Setting

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from estimative.audit.audit import Audited, Found
    from estimative.estimate.nodes import Estimate
    from estimative.places.problem import Problem
    from estimative.questions.claim_bounds import Unbounded

RULE = (
    f"Shares of readings: from {FOLLOWS:.0%} up a claim follows, down from {DOES_NOT_FOLLOW:.0%} it does not."
)
"""What makes a verdict, in a sentence."""

MOST_PLACES = 3
"""Other places of one finding that are shown with their lines."""


def audit_shown(audited: Audited) -> Shown:
    """An audit under one lens or more, the first leading."""
    estimate, found = audited.lenses[0].futures.estimate, audited.found
    looked = [
        Looked(Setting.of(one.futures), one.futures.model, one.claims, one.bounds, one.turns)
        for one in audited.lenses
    ]
    blocks: list[Block] = [Heading(f"Audit: {estimate.title}", 1)]
    if looked[0].answers:
        blocks.append(Part("Do the claims follow?", _claims(estimate, looked)))
    else:
        blocks.append(text("This estimate has no claims that can be tested."))
    some = [one for one in found if one.problems]
    blocks += [_finding(one) for one in some]
    blocks += _sum(found)
    blocks.append(looked[0].setting.foot)
    rows = (*_rows(looked), *(row for one in found for row in _found(one)))
    return Shown("audit", "Audit", tuple(blocks), looked[0].setting.facts, rows)


def _claims(estimate: Estimate, looked: Sequence[Looked]) -> tuple[Block, ...]:
    first = looked[0]
    sole = estimate.sources[0].name if len(estimate.sources) == 1 else ""
    return (
        text(*claim_sum(Judged(first.setting, first.answers)).words, " ", Mark(RULE, "quiet")),
        *claim_tables(looked, sole),
        *measures_blocks(first),
        *compared_blocks(first, sole),
        *bounds_blocks(looked),
    )


def _finding(found: Found) -> Part:
    page = found.page
    shown = tuple(_shortened(problem) for problem in found.problems)
    return Part(f"{page.title.rstrip('.')} ({len(shown)})", (Problems(shown),), folded=True)


def _shortened(problem: Problem) -> Problem:
    """A finding with the first few of its other places, and how many more there are."""
    more = len(problem.see_also) - MOST_PLACES
    if more <= 0:
        return problem
    says = f"{problem.says}; below with the first {MOST_PLACES} of {len(problem.see_also)} others"
    return replace(problem, says=says, see_also=problem.see_also[:MOST_PLACES])


def _sum(found: Sequence[Found]) -> list[Block]:
    """How much was found, what found nothing, and what could not look."""
    count = sum(len(one.problems) for one in found)
    looked = [one for one in found if not one.unlooked]
    blocks: list[Block] = [text(f"{plural(count, 'finding')} by {plural(len(looked), 'rule')} that looked.")]
    nothing = [_name(one) for one in looked if not one.problems]
    if nothing:
        blocks.append(text(Mark("Nothing found: ", "quiet"), f"{', '.join(nothing)}."))
    without: dict[str, list[str]] = defaultdict(list)
    for one in found:
        if one.unlooked:
            without[one.unlooked].append(_name(one))
    if without:
        said = "; ".join(f"{', '.join(names)} ({reason})" for reason, names in without.items())
        blocks.append(text(Mark("Could not look: ", "quiet"), f"{said}."))
    return blocks


def _name(found: Found) -> str:
    return found.page.name.replace("-", " ")


def _rows(looked: Sequence[Looked]) -> list[Facts]:
    rows: list[Facts] = []
    for one in looked:
        for answer in one.answers:
            name = answer.claim.name
            turn = one.turns.get(name)
            rows.append(
                {
                    "part": "claim",
                    "claim": name,
                    "says": answer.claim.says,
                    **one.setting.facts,
                    "futures": answer.futures,
                    "share": answer.share,
                    "verdict": answer.verdict,
                    "close": answer.close,
                    "may_be_luck": answer.may_be_luck,
                    **compared_facts(answer),
                    "turns_on": None if turn is None else turn_name(turn, one.model),
                    "turns_on_share": None if turn is None else turn.share,
                    **_bound_facts(one.bounds.get(name)),
                }
            )
            rows += [
                {"part": "measure", "claim": name, **one.setting.facts, **facts}
                for facts in measure_facts(answer)
            ]
    return rows


def _bound_facts(known: ClaimBounds | Unbounded | None) -> Facts:
    if isinstance(known, ClaimBounds):
        return {"bounds": known.holds, "bounds_proved": known.proved, "bounds_because": known.because}
    return {
        "bounds": None,
        "bounds_proved": None,
        "bounds_because": None if known is None else known.obstacle,
    }


def _found(found: Found) -> list[Facts]:
    """Rows of one rule: its findings with their other places, or that it could not look."""
    if found.unlooked:
        return [
            {
                "part": "not looked",
                "rule": found.page.name,
                "code": found.page.code,
                "says": found.unlooked,
            }
        ]
    rows: list[Facts] = []
    for problem in found.problems:
        record = as_record(problem)
        rows.append({"part": "finding", "rule": found.page.name, **_places(record)})
        also = record["see_also"]
        if isinstance(also, list):
            rows += [
                {"part": "place", "rule": found.page.name, "code": problem.code, **_places(other)}
                for other in also
            ]
    return rows


def _places(record: Mapping[str, object]) -> Facts:
    return {key: value for key, value in record.items() if isinstance(value, str | int)}
