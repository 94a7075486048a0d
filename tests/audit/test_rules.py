"""Every rule finds what its hits say, and nothing in its misses.

With ESTIMATIVE_ACCEPT=1 in the environment the texts are written anew instead; read them before you keep them.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from estimative.audit.audit import RULES, audit, page_of
from estimative.audit.look import look
from estimative.audit.material import Documents, Material
from estimative.pipeline import citations
from support.audits import FOLDER, PAGE, found_in, page, rules
from support.small import estimate_of, futures_of

if TYPE_CHECKING:
    from pathlib import Path

    from estimative.audit.audit import Rule

ACCEPT = os.environ.get("ESTIMATIVE_ACCEPT") == "1"
HITS = sorted(FOLDER.glob("*/hit-*.yaml"))
MISSES = sorted(FOLDER.glob("*/miss-*.yaml"))


def _name(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


@pytest.mark.parametrize("path", HITS, ids=_name)
def test_a_hit_is_found_and_said_in_these_words(path: Path) -> None:
    found = found_in(path, rules()[path.parent.name])
    assert found
    expected = path.with_suffix(".txt")
    if ACCEPT:
        expected.write_text(found, "utf-8")
    assert found == expected.read_text("utf-8")


@pytest.mark.parametrize("path", MISSES, ids=_name)
def test_a_miss_is_not_found(path: Path) -> None:
    assert found_in(path, rules()[path.parent.name]) == ""


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: page_of(rule).name)
def test_every_rule_has_hits_and_misses_and_says_what_it_is(rule: Rule) -> None:
    about = page_of(rule)
    folder = FOLDER / about.name
    assert list(folder.glob("hit-*.yaml"))
    assert list(folder.glob("miss-*.yaml"))
    headings = [heading for heading, _ in about.parts]
    assert headings[:4] == ["What it does", "Why", "Example", "Instead"]
    assert headings[4:] in ([], ["Source"])
    assert all(text.endswith((".", ")")) for _, text in about.parts)


PLAIN = "conditions:\n  a: {becomes: {r: likely}}\n"
CITED = "sources: {letter: {title: A letter}}\n" + PLAIN


@pytest.mark.parametrize(
    ("text", "standard", "documents", "unlooked"),
    [
        (PLAIN, "icd-203", None, {"A0412", "A0413", "A0414"}),
        (CITED, "icd-203", None, {"A0413", "A0414"}),
        (CITED, "ordinary", None, {"A0410", "A0411", "A0413", "A0414"}),
        (CITED, "icd-203", (), {"A0414"}),  # that the document is missing is a finding of the other
    ],
)
def test_a_rule_that_has_nothing_to_look_at_says_so(
    text: str, standard: str, documents: tuple[()] | None, unlooked: set[str], tmp_path: Path
) -> None:
    estimate = estimate_of(text, standard=standard)
    seen = look(futures_of(estimate, readings=16, futures=64))
    at_hand = None if documents is None else Documents(citations(estimate, tmp_path), documents)
    found = audit(Material(estimate, (seen,), at_hand))
    assert {one.page.code for one in found if one.unlooked} == unlooked
    assert not any(one.problems for one in found if one.unlooked)


def test_codes_are_unique_and_in_their_range() -> None:
    codes = [rule.CODE for rule in RULES]
    assert len(set(codes)) == len(codes)
    assert all(code.startswith("A04") for code in codes)
    assert {path.name for path in FOLDER.iterdir() if path.is_dir() and path.name != "__pycache__"} == set(
        rules()
    )


def test_the_page_is_what_the_rules_say() -> None:
    assert PAGE.read_text("utf-8") == page(), "scripts/write_audit.py writes it anew"
