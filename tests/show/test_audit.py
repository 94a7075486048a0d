"""An audit and a repair as blocks: claims by lens, bounds, findings, the diff."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pytest

from estimative import pipeline
from estimative.questions.ask import Answer
from estimative.show.audit import audit_shown
from estimative.show.blocks import (
    Bullets,
    Heading,
    Listing,
    Mark,
    Paragraph,
    Part,
    Problems,
    Shown,
    Table,
    plain,
)
from estimative.show.claims_table import Looked, compared_blocks
from estimative.show.repair import repair_shown
from estimative.show.setting import Setting
from support.small import estimate_of

if TYPE_CHECKING:
    from estimative.questions.claims import ClaimAnswer

TEXT = """\
sources: {report: {title: A report}}
conditions:
  a: {says: The first, becomes: {r: likely}, cites: report p.3 "the first thing"}
  b: {says: The second, becomes: {r: {likelihood: likely, when: a}}, cites: report p.3 "the second thing"}
  idle: {becomes: {r: {likelihood: likely, when: a and not a}}, cites: report p.4 "a third thing"}
claims:
  both: {says: Both will come, test: P(ever b) is at least likely, cites: report p.7 "both will come"}
  one: {test: P(ever a) > 20%}
  rare: {test: P(ever b | ever idle) > 20%}
  more: {test: P(ever a) > 70%}
  never: {test: P(ever idle) <= P(ever b)}
  b-leads: {test: "b matters most of (a, b) to P(ever b) by volatility"}
"""
SIZE = pipeline.Size(readings=64, futures=256)


@cache
def shown() -> Shown:
    estimate = estimate_of(TEXT)
    seen = [pipeline.look(pipeline.prepare(estimate, lens, SIZE)) for lens in pipeline.LENSES]
    return audit_shown(pipeline.audit(seen))


def parts() -> list[Part]:
    return [block for block in shown().blocks if isinstance(block, Part)]


def tables() -> dict[str, Table]:
    return {block.title: block for block in parts()[0].blocks if isinstance(block, Table)}


def cells(table: Table) -> list[list[str]]:
    return [[text(cell) for cell in row] for row in table.rows]


def text(cell: object) -> str:
    return cell.text if isinstance(cell, Mark) else str(cell)


def said() -> str:
    return " ".join(plain(block.words) for block in shown().blocks if isinstance(block, Paragraph))


def test_claims_stand_under_their_verdict_side_by_side_by_lens_with_their_page() -> None:
    assert list(tables())[:4] == [
        "Does not follow (1)",
        "Depends on the reading (1)",
        "Follows (3)",
        "Too rare to say (1)",
    ]
    fails = tables()["Does not follow (1)"]
    assert [column.title for column in fails.columns] == ["claim", "readers", "author", "proved"]
    assert cells(fails)[0][0] == "Both will come (p.7)"
    assert cells(fails)[0][2:] == ["0%", "in no reading (author)"]
    assert cells(tables()["Too rare to say (1)"]) == [["rare", "too rare", "too rare"]]


def test_what_depends_on_its_reader_says_on_what_it_turns() -> None:
    depends = tables()["Depends on the reading (1)"]
    assert depends.columns[-1].title == "turns mostly on"
    ((claim, *_, turn),) = cells(depends)
    assert claim == "more"
    assert turn.startswith("“likely” (")


def audited(body: str) -> Shown:
    estimate = estimate_of(body)
    return audit_shown(pipeline.audit([pipeline.look(pipeline.prepare(estimate, "readers", SIZE))]))


def test_one_likelihood_on_which_a_claim_turns_is_told_by_its_sentence() -> None:
    body = (
        "conditions: {a: {says: The first, becomes: {r: unknown}}}\nclaims: {more: {test: P(ever a) > 50%}}\n"
    )
    (part,) = [block for block in audited(body).blocks if isinstance(block, Part)][:1]
    (table, *_) = [block for block in part.blocks if isinstance(block, Table)]
    assert cells(table)[0][-1].startswith("an unknown likelihood in: The first (r) (")


def test_an_estimate_without_claims_says_so() -> None:
    blocks = audited("conditions: {a: {becomes: {r: likely}}}\n").blocks
    said = [plain(block.words) for block in blocks if isinstance(block, Paragraph)]
    assert "This estimate has no claims that can be tested." in said


def test_what_is_proved_is_said_where_the_claim_stands() -> None:
    follows = tables()["Follows (3)"]
    assert follows.columns[-1].title == "proved"
    assert [(row[0], row[-1]) for row in cells(follows)] == [
        ("one", "in every reading"),
        ("never", "in every reading"),
        ("b-leads", ""),
    ]


def test_bounds_are_a_table_of_their_own_and_name_a_claim_once() -> None:
    rows = cells(tables()["However the words are read"])
    assert rows[1][:2] == ["", "author"]
    assert rows[2] == ["one", "readers", "51–90%", "in every reading"]
    assert rows[3] == ["", "author", "55–80%", "in every reading"]
    assert ["never", "readers", "0% against 12–55%", "in every reading"] in rows
    last = parts()[0].blocks[-1]
    assert isinstance(last, Paragraph)
    assert plain(last.words).startswith(
        "Only the readings drawn speak of 2 claims, for what stands in the way"
    )


def test_what_a_claim_ranks_is_told_by_its_measure() -> None:
    (bullets,) = (block for block in parts()[0].blocks if isinstance(block, Bullets))
    assert plain(bullets.items[0]).startswith("b-leads. volatility: b ")
    measures = [row for row in shown().rows if row["part"] == "measure"]
    assert [(row["of"], row["measure"], row["lens"]) for row in measures] == [
        ("b", "volatility", "readers"),
        ("a", "volatility", "readers"),
        ("b", "volatility", "author"),
        ("a", "volatility", "author"),
    ]
    for row in measures:
        numbers = [value for end in ("low", "median", "high") if isinstance(value := row[end], float)]
        assert len(numbers) == 3
        assert numbers == sorted(numbers)


COMPARING = """\
conditions:
  a: {becomes: {r: likely}}
  idle: {becomes: {r: likely}}
  war: {is: a}
claims:
  more: {says: A brings war, test: P(ever war | do(a)) > P(ever war | do(not a))}
  alike: {says: Idle brings no war, test: P(ever war | do(idle)) <= P(ever war | do(not idle))}
  less: {says: Less without, test: P(ever war | do(not a)) < P(ever war | do(idle))}
  one: {test: P(ever war) > 20%}
"""


def test_what_is_compared_is_told_where_it_is_the_same_in_some_readings() -> None:
    """Not where it is the same in none: the verdict says it all."""
    seen = pipeline.look(pipeline.prepare(estimate_of(COMPARING), "readers", SIZE))
    first = audit_shown(pipeline.audit([seen])).blocks
    found = [block for part in first if isinstance(part, Part) for block in part.blocks]
    (table,) = (one for one in found if isinstance(one, Table) and one.title.startswith("How two"))
    assert cells(table) == [["Idle brings no war", "0%", "100%", "0%"]]


def test_as_claimed_is_lower_where_less_is_claimed() -> None:
    """The twin: the other way round, what is always so would be said never to be."""
    seen = pipeline.look(pipeline.prepare(estimate_of(COMPARING), "readers", SIZE))
    less = next(answer for answer in seen.claims if answer.claim.name == "less")
    assert less.compared is not None
    tied = replace(less, answers=(less.answers[0], one_tie(less)))
    looked = Looked(Setting.of(seen.futures), seen.futures.model, (tied,), {}, {})
    (table,) = compared_blocks(looked, "")
    assert isinstance(table, Table)
    assert cells(table) == [["Less without", "98%", "2%", "0%"]]


def one_tie(answer: ClaimAnswer) -> Answer:
    """The second probability, as the first one in one of 64 readings."""
    first, second = answer.answers
    assert isinstance(first, Answer)
    assert isinstance(second, Answer)
    return replace(second, values=np.concatenate([first.values[:1], second.values[1:]]))


def test_findings_stand_by_rule_with_their_places() -> None:
    titles = [part.title for part in parts()[1:]]
    assert titles[:2] == [
        "A bottom line that hardly any reading of the estimate bears out (1)",
        "A bottom line that some readers of the same words would draw and others would not (1)",
    ]
    assert all(isinstance(part.blocks[0], Problems) for part in parts()[1:])


def test_rules_that_could_not_look_are_told_from_those_that_found_nothing() -> None:
    assert f"{len(parts()) - 1} findings by 12 rules that looked. Nothing found: " in said()
    nothing, _, unlooked = said().partition("Could not look: ")
    assert "citation" not in nothing
    assert "passage" not in nothing
    assert "citation not found, passage overlooked (no documents given: --sources FOLDER)" in unlooked


def test_rows_for_machines_are_claims_then_findings() -> None:
    rows = shown().rows
    claims = [row for row in rows if row["part"] == "claim"]
    assert len(claims) == 12
    assert {row["bounds"] for row in claims if row["claim"] == "one"} == {"in every reading"}
    assert {row["bounds_because"] for row in claims if row["claim"] == "b-leads"} == {"kind"}
    assert {row["turns_on"] for row in claims if row["claim"] == "more"} == {"“likely”"}
    finding = next(row for row in rows if row["part"] == "finding")
    assert (finding["code"], finding["line"], finding["rule"]) == ("A0401", 13, "claim-does-not-follow")
    unlooked = [row["code"] for row in rows if row["part"] == "not looked"]
    assert unlooked == ["A0413", "A0414"]


def repaired(name: str) -> tuple[Shown, str]:
    estimate = estimate_of(TEXT)
    futures = pipeline.prepare(estimate, "author", SIZE)
    claim = next(claim for claim in estimate.claims if claim.name == name)
    found = pipeline.repair(futures, claim)
    answer = repair_shown(found, futures.model, Setting.of(futures))
    return answer, " ".join(plain(block.words) for block in answer.blocks if isinstance(block, Paragraph))


def test_a_repair_is_told_as_a_table_and_a_diff() -> None:
    answer, said = repaired("both")
    table = next(block for block in answer.blocks if isinstance(block, Table))
    assert {text(row[0]) for row in table.rows} <= {"The first (r)", "The second (r)"}
    assert {text(row[1]) for row in table.rows} <= {"likely → very likely", "likely → almost certain"}
    assert "changes tried; nothing smaller does it)" in said
    (listing,) = (block for block in answer.blocks if isinstance(block, Listing))
    assert "\n".join(text(line) for line in listing.lines) + "\n" == answer.facts["diff"]
    assert [(row["from"], row["direction"]) for row in answer.rows] == [("likely", 1)] * len(table.rows)


def test_nothing_to_repair_is_said_in_a_sentence() -> None:
    answer, said = repaired("one")
    assert "it follows as it is, in 100% of readings" in said
    assert answer.rows == ()
    assert not any(isinstance(block, Heading) for block in answer.blocks)


@pytest.mark.parametrize("index", range(3))
def test_no_block_is_empty(index: int) -> None:
    assert parts()[index].blocks
