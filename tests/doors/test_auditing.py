"""The commands `audit` and `repair`: on the terminal, for machines, to a file, and wrongly used."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING

import pytest

import estimative
from estimative.audit.audit import RULES
from support.docs import printed

if TYPE_CHECKING:
    from pathlib import Path

    from estimative.audit.audit import Rule

SIZE = "--readings 64 --futures 256"

TEXT = """\
estimate: small
title: A small estimate
as-of: 2020-01-01
horizon: 3 years
step: year
standard: icd-203
sources: {memo: {title: A memo, file: memo.txt}}
conditions:
  talks: {says: Talks begin, becomes: {open: {likelihood: unlikely, cites: memo p.1 "talks may begin"}}}
claims:
  talks-likely: {says: Talks are likely, test: P(ever talks) is at least likely}
  kept: {says: Untested}
"""
MEMO = "[p. 1]\n\nIt seems that talks may begin soon.\n\n[p. 2]\n\nA rupture is likely to follow them.\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "memo.txt").write_text(MEMO, "utf-8")
    (tmp_path / "small.yaml").write_text(TEXT, "utf-8")
    return tmp_path / "small.yaml"


def test_audit_shows_claims_and_findings(file: Path) -> None:
    code, output = printed(f"estimative audit {file} {SIZE}")
    assert code == 0
    for words in ("Talks are likely", "does not follow", "A0401", "1 finding by 12 rules"):
        assert words in output


def test_audit_with_documents_looks_at_them(file: Path) -> None:
    code, output = printed(
        f"estimative audit {file} {SIZE} --lens author --sources {file.parent} --format json"
    )
    assert code == 0
    rows = json.loads(output)["rows"]
    assert [row["code"] for row in rows if row["part"] == "finding"] == ["A0401", "A0414"]


@pytest.mark.parametrize("name", ["repair.diff", "repair.PATCH"])
def test_repair_writes_a_diff_that_can_be_applied(file: Path, name: str) -> None:
    out = file.parent / name
    out.write_text("an older one", "utf-8")
    code, output = printed(f"estimative repair {file} talks-likely {SIZE} --lens author --diff {out}")
    assert code == 0
    assert "with 1 word changed" in output
    subprocess.run(["patch", "--quiet", str(file), str(out)], check=True)
    code, output = printed(f"estimative repair {file} talks-likely {SIZE} --lens author")
    assert code == 0
    assert "it follows as it is" in output


@pytest.mark.parametrize(
    ("claim", "says"),
    [
        ("talk-likely", "there is no claim `talk-likely` with a test; did you mean `talks-likely`"),
        ("kept", "the claim `kept` has no test"),
    ],
)
def test_a_claim_that_cannot_be_repaired_is_wrong_usage(file: Path, claim: str, says: str) -> None:
    code, output = printed(f"estimative repair {file} {claim} {SIZE}")
    assert code == 2
    assert says in output


def test_too_few_futures_to_tell_are_an_answer_too(file: Path) -> None:
    out = file.parent / "repair.diff"
    command = f"estimative repair {file} talks-likely --readings 64 --futures 64 --lens readers --diff {out}"
    code, output = printed(command)
    assert code == 0
    assert "Talks are likely: too few futures to tell whether it holds" in " ".join(output.split())
    assert not out.exists()
    assert f"{out.name} was not written: there is no diff." in " ".join(output.split())
    code, output = printed(f"{command.partition(' --diff')[0]} --format json")
    found = json.loads(output)
    assert (code, found["claim"], found["before"], found["repaired"]) == (0, "talks-likely", None, False)
    futures = estimative.prepare(estimative.check(file), size=estimative.Size(64, 64))
    shown = estimative.display(estimative.repair(futures, "talks-likely"), futures)
    assert "too few futures to tell" in str(shown)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.CODE)
def test_every_finding_can_be_explained(rule: Rule) -> None:
    code, output = printed(f"estimative explain {rule.CODE.lower()}")
    assert code == 0
    assert "Instead: " in output


def test_a_finding_that_there_is_not_is_wrong_usage() -> None:
    code, output = printed("estimative explain A0999")
    assert code == 2
    assert "A0401" in output
