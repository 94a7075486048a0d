"""A new estimate reads without problems, whatever its name."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from estimative.language.new import new_estimate
from estimative.language.read import read_texts
from estimative.places.source import Source

NAMES = [
    "The Island",
    "",
    "  ",
    "1984",
    "The Island: a 'story'",
    "- x",
    "[x",
    "# x",
    "Straße № 5",
    "日本",
    "x" * 500,
    "given",
    "a\nb\tc",
    "yes",
    "&a *b",
]


@pytest.mark.parametrize("name", NAMES)
def test_any_name_will_do(name: str) -> None:
    estimate, found = read_texts([Source("new.yaml", new_estimate(name, date(2026, 3, 1)))])
    assert not found, found
    assert estimate is not None
    assert estimate.title == (" ".join(name.split()) or "A new estimate")


@settings(max_examples=60, derandomize=True, deadline=None)
@given(st.text(st.characters(exclude_categories=("Cs", "Cc", "Cf", "Zl", "Zp", "Co", "Cn")), max_size=30))
def test_really_any_name(name: str) -> None:
    estimate, found = read_texts([Source("new.yaml", new_estimate(name, date(2026, 3, 1)))])
    assert estimate is not None, found


def test_it_shows_something_of_every_common_section() -> None:
    estimate, _ = read_texts([Source("new.yaml", new_estimate("An example", date(2026, 3, 1)))])
    assert estimate is not None
    for section in (
        estimate.sources,
        estimate.actors,
        estimate.conditions,
        estimate.scales,
        estimate.choices,
    ):
        assert section
    assert estimate.claims
    assert estimate.questions
    assert len(estimate.conditions) <= 3, "it stays small"


def test_editors_find_the_schema_by_its_first_line() -> None:
    first = new_estimate("An example", date(2026, 3, 1), schema="../estimate.json").splitlines()[0]
    assert first == "# yaml-language-server: $schema=../estimate.json"
