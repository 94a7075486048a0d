"""An audit and a repair as blocks: claims by lens, bounds, findings, the diff."""

from __future__ import annotations

from functools import cache

import pytest

from estimative import pipeline
from estimative.show.audit import Looked, audit_shown
from estimative.show.blocks import Heading, Listing, Mark, Paragraph, Part, Problems, Shown, Table, plain
from estimative.show.repair import repair_shown
from estimative.show.setting import Setting
from support.small import estimate_of

TEXT = """\
conditions:
  a: {says: The first, becomes: {r: likely}}
  b: {says: The second, becomes: {r: {likelihood: likely, when: a}}}
  idle: {becomes: {r: {likelihood: likely, when: a and not a}}}
claims:
  both: {says: Both will come, test: P(ever b) is at least likely}
  one: {test: P(ever a) > 20%}
  rare: {test: P(ever b | ever idle) > 20%}
"""
SIZE = pipeline.Size(readings=64, futures=256)


@cache
def shown() -> Shown:
    estimate = estimate_of(TEXT)
    seen = [pipeline.look(pipeline.prepare(estimate, lens, SIZE)) for lens in pipeline.LENSES]
    looked = [Looked(Setting.of(one.futures), one.claims, one.bounds) for one in seen]
    return audit_shown(estimate, looked, pipeline.audit(estimate, seen))


def parts() -> list[Part]:
    return [block for block in shown().blocks if isinstance(block, Part)]


def text(cell: object) -> str:
    return cell.text if isinstance(cell, Mark) else str(cell)


def test_claims_stand_side_by_side_by_lens() -> None:
    table = parts()[0].blocks[0]
    assert isinstance(table, Table)
    assert [column.title for column in table.columns] == ["claim", "lens readers", "lens author"]
    rows = [[text(cell) for cell in row] for row in table.rows]
    assert rows[0][0] == "Both will come"
    assert rows[0][2].strip() == "0% does not follow"
    assert [cell.strip() for cell in rows[1]] == ["one", "100% follows", "100% follows"]
    assert rows[2][1:] == ["too rare to say", "too rare to say"]


def test_bounds_are_a_table_of_their_own_and_name_a_claim_once() -> None:
    table = parts()[0].blocks[1]
    assert isinstance(table, Table)
    rows = [[text(cell) for cell in row] for row in table.rows]
    assert rows[1][:2] == ["", "author"]
    assert rows[2] == ["one", "readers", "51–90%", "in every reading"]
    assert rows[3] == ["", "author", "55–80%", "in every reading"]


def test_findings_stand_by_rule_with_their_places() -> None:
    titles = [part.title for part in parts()[1:]]
    assert titles[0] == "A bottom line that hardly any reading of the estimate bears out (1)"
    assert all(isinstance(part.blocks[0], Problems) for part in parts()[1:])
    total = next(plain(block.words) for block in shown().blocks if isinstance(block, Paragraph))
    assert total.startswith(f"{len(titles)} findings by 12 rules. Nothing to report on: ")
    assert "citation" not in total


def test_rows_for_machines_are_claims_then_findings() -> None:
    rows = shown().rows
    claims = [row for row in rows if row["part"] == "claim"]
    assert len(claims) == 6
    assert {row["bounds"] for row in claims if row["name"] == "one"} == {"in every reading"}
    finding = next(row for row in rows if row["part"] == "finding")
    assert (finding["code"], finding["line"], finding["name"]) == ("A0401", 12, "claim-does-not-follow")


def repaired(name: str) -> tuple[Shown, str]:
    estimate = estimate_of(TEXT)
    futures = pipeline.prepare(estimate, "author", SIZE)
    claim = next(claim for claim in estimate.claims if claim.name == name)
    found = pipeline.repair(futures, claim)
    assert found is not None
    answer = repair_shown(found, futures.model, Setting.of(futures))
    return answer, " ".join(plain(block.words) for block in answer.blocks if isinstance(block, Paragraph))


def test_a_repair_is_told_as_a_table_and_a_diff() -> None:
    answer, said = repaired("both")
    table = next(block for block in answer.blocks if isinstance(block, Table))
    assert {text(row[0]) for row in table.rows} <= {"The first (r)", "The second (r)"}
    assert {text(row[1]) for row in table.rows} <= {"likely → very likely", "likely → almost certain"}
    assert "sets of words tried, nothing smaller does it" in said
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
