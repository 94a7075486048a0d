"""Claims as tables: verdict by verdict and lens by lens, what is measured, and what is proved of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from estimative.estimate.queries import Compares
from estimative.questions.claim_bounds import ClaimBounds, Unbounded
from estimative.show.blocks import Block, Bullets, Cell, Column, Mark, Role, Table, text
from estimative.show.claims import ROLES, claim_pages, measures_line
from estimative.show.leeways import leeway_name
from estimative.show.numerals import percent, percent_range, plural
from estimative.show.rewording import stands_on

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from estimative.audit.turns import Turn
    from estimative.estimate.nodes import Claim
    from estimative.model.model import Model
    from estimative.questions.bounds import Obstacle
    from estimative.questions.claim_bounds import Because
    from estimative.questions.claims import ClaimAnswer
    from estimative.show.setting import Setting

TITLES: dict[str | None, str] = {
    "does not follow": "Does not follow",
    "depends on the reading": "Depends on the reading",
    "follows": "Follows",
    None: "Too rare to say",
}
"""Heads of the tables, in their order."""

HOLDS: dict[str, Role] = {"in every reading": "good", "in some readings": "mixed", "in no reading": "bad"}
"""What it looks like in which readings a claim holds."""

BECAUSE: dict[Because, str] = {
    "bounds": "",
    "same": ": both sides are the same",
    "idle": ": nothing of it bears on the outcome",
    "no rules": ": it has no rules that could be struck",
}
"""Why a claim is settled, where it is not by the bounds that stand beside it."""


OBSTACLES: dict[Obstacle, str] = {
    "choice": "what actors choose",
    "trend": "trends, whose course has no bounds",
    "things": "too many things at once",
    "words": "too many words at once",
    "kind": "a ranking or a most probable level",
    "given": "something given that may not come about",
}
"""What stands in the way of bounds."""


@dataclass(frozen=True)
class Looked:
    """The claims under one setting: their answers, and by name what is known besides and on what they turn."""

    setting: Setting
    model: Model
    answers: tuple[ClaimAnswer, ...]
    bounds: Mapping[str, ClaimBounds | Unbounded]
    turns: Mapping[str, Turn]


def claim_tables(looked: Sequence[Looked], sole: str) -> tuple[Table, ...]:
    """One table a verdict of the leading lens; `sole` is the estimate's source where it has but one."""
    tables = []
    for verdict, title in TITLES.items():
        places = [place for place, answer in enumerate(looked[0].answers) if answer.verdict == verdict]
        if places:
            tables.append(_table(looked, places, f"{title} ({len(places)})", sole))
    return tuple(tables)


def _table(looked: Sequence[Looked], places: Sequence[int], title: str, sole: str) -> Table:
    names = [looked[0].answers[place].claim.name for place in places]
    turns = [looked[0].turns.get(name) for name in names]
    proofs = [_proof(looked, name) for name in names]
    columns = [Column("claim", widest=84), *(Column(one.setting.lens, "right") for one in looked)]
    columns += [Column("turns mostly on", widest=34)] if any(turns) else []
    columns += [Column("proved", widest=34)] if any(proofs) else []
    rows = []
    for place, turn, proof in zip(places, turns, proofs, strict=True):
        row: list[Cell] = [_says(looked[0].answers[place].claim, sole)]
        row += [_share(one.answers[place]) for one in looked]
        if any(turns):
            row.append("" if turn is None else f"{turn_name(turn, looked[0].model)} ({percent(turn.share)})")
        if any(proofs):
            row.append(Mark(proof, "strong"))
        rows.append(tuple(row))
    return Table(tuple(columns), tuple(rows), title)


def _says(claim: Claim, sole: str) -> str:
    """What a claim says, with its pages."""
    pages = claim_pages(claim, sole)
    return (claim.says or claim.name) + (f" ({pages})" if pages else "")


def _share(answer: ClaimAnswer) -> Mark:
    if answer.share is None:
        return Mark("too rare", "quiet")
    return Mark(percent(answer.share), ROLES[answer.verdict])


def _proof(looked: Sequence[Looked], name: str) -> str:
    """What is proved of a claim, and through which lenses if not through all."""
    found: dict[str, list[str]] = {}
    for one in looked:
        known = one.bounds.get(name)
        if isinstance(known, ClaimBounds) and known.proved and known.holds != "in some readings":
            found.setdefault(known.holds, []).append(one.setting.lens)
    said = (
        f"{holds}{'' if len(lenses) == len(looked) else f' ({lenses[0]})'}" for holds, lenses in found.items()
    )
    return "; ".join(said)


def turn_name(turn: Turn, model: Model) -> str:
    """On what a claim mostly turns, in a few words; of one likelihood also what it stands on."""
    if turn.leeway.kind != "likelihood":
        return leeway_name(turn.leeway, model)
    says = stands_on(model, turn.leeway.name) or turn.leeway.name
    return (
        f"{leeway_name(turn.leeway, model)} in: {says}"
        if turn.leeway.places
        else f"the likelihood of: {says}"
    )


def measures_blocks(looked: Looked) -> tuple[Block, ...]:
    """How much each thing matters that a claim ranks, by the claim's measure, through the leading lens."""
    ranked = [answer for answer in looked.answers if answer.measured is not None]
    items = tuple(
        (f"{answer.claim.says or answer.claim.name}. ", *measures_line(answer)) for answer in ranked
    )
    if not items:
        return ()
    head = text("How much it matters", Mark(", in the median reading and in nine of ten:", "quiet"))
    return head, Bullets(items)


def compared_blocks(looked: Looked, sole: str) -> tuple[Block, ...]:
    """How two probabilities compare where in some readings they are the same, through the leading lens."""
    rows: list[tuple[Cell, ...]] = []
    for answer in looked.answers:
        known, test = answer.compared, answer.claim.test
        if known is None or known.same == 0 or not isinstance(test, Compares):
            continue
        claimed, against = known.higher, known.lower
        if test.comparison.startswith("<"):
            claimed, against = against, claimed
        rows.append((_says(answer.claim, sole), percent(claimed), percent(known.same), percent(against)))
    if not rows:
        return ()
    columns = (
        Column("claim", widest=84),
        Column("as claimed", "right"),
        Column("the same", "right"),
        Column("the other way", "right"),
    )
    return (Table(columns, tuple(rows), "How two probabilities compare, in which share of readings"),)


def bounds_blocks(looked: Sequence[Looked]) -> tuple[Block, ...]:
    """What is known of claims beyond the readings that were drawn, and why nothing is of the others."""
    rows: list[tuple[Cell, ...]] = []
    for answer in looked[0].answers:
        rows += _bounded(answer.claim, looked)
    columns = (
        Column("claim"),
        Column("lens", whole=True),
        Column("least to most", "right"),
        Column("so it holds", widest=44),
    )
    table = (Table(columns, tuple(rows), "However the words are read"),) if rows else ()
    known = looked[0].bounds.values()
    obstacles = Counter(one.obstacle for one in known if isinstance(one, Unbounded))
    if not obstacles:
        return table
    said = ", ".join(f"{OBSTACLES[one]} ({count})" for one, count in obstacles.most_common())
    others = f"Only the readings drawn speak of {plural(obstacles.total(), 'claim')}, for what stands in the way of bounds"
    return (*table, text(Mark(f"{others}: {said}.", "quiet")))


def _bounded(claim: Claim, looked: Sequence[Looked]) -> list[tuple[Cell, ...]]:
    """Rows of one claim: one for all lenses where they agree."""
    known = [(one.setting.lens, one.bounds.get(claim.name)) for one in looked]
    found = [(lens, _limits(one)) for lens, one in known if isinstance(one, ClaimBounds)]
    if len(looked) == len(found) > 1 and len({cells for _, cells in found}) == 1:
        found = [("all", found[0][1])]
    says: Cell = claim.says or claim.name
    rows: list[tuple[Cell, ...]] = []
    for lens, (limits, holds) in found:
        rows.append((says, lens, limits, holds))
        says = ""
    return rows


def _limits(known: ClaimBounds) -> tuple[str, Mark]:
    limits = " against ".join(percent_range(one.low, one.high) for one in known.bounds)
    how = "" if known.proved else ", as far as a search found"
    tails = any(one.tails for one in known.bounds)
    cut = ", strengths and tallies from their 1st to their 99th reading of 100" if tails else ""
    return limits, Mark(f"{known.holds}{BECAUSE[known.because]}{how}{cut}", HOLDS[known.holds])
