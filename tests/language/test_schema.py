"""The JSON Schema accepts what the reader accepts, refuses what it refuses, and knows every key."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import jsonschema
import pytest

from estimative.language.guard import read_tree
from estimative.language.keys import TABLES, Form
from estimative.language.new import new_estimate
from estimative.language.read import read_texts
from estimative.language.schema import schema
from estimative.language.tree import Mapping, Node, Scalar
from estimative.places.source import Source
from support.catalogue import FOLDER

SHIPPED = Path(__file__).parents[2] / "src" / "estimative" / "estimates"

GOOD = new_estimate("A good one", date(2026, 3, 1))


def plain(node: Node) -> object:
    """A tree as an editor sees it, where whole numbers are numbers."""
    if isinstance(node, Scalar):
        return int(node.text) if not node.style and node.text.isdigit() else node.text
    if isinstance(node, Mapping):
        return {entry.key.text: plain(entry.value) for entry in node.entries}
    return [plain(item) for item in node.items]


def errors(text: str) -> list[str]:
    """What the schema says of a text."""
    tree, _ = read_tree(Source("t.yaml", text))
    assert tree is not None
    validator = jsonschema.Draft202012Validator(schema())
    return [error.message for error in validator.iter_errors(plain(tree))]


def test_it_is_a_schema_and_can_be_written() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())
    assert json.loads(json.dumps(schema())) == schema()


def test_a_new_estimate_is_valid() -> None:
    assert errors(GOOD) == []


@pytest.mark.parametrize(
    "path", sorted(SHIPPED.glob("*/*.yaml")), ids=lambda path: f"{path.parent.name}/{path.name}"
)
def test_shipped_estimates_are_valid(path: Path) -> None:
    assert errors(path.read_text(encoding="utf-8")) == []


WRONG = {
    "an unknown key": ("says: The harvest fails", "say: The harvest fails"),
    "a missing key": ("likelihood: unlikely # over the window below", "confidence: low"),
    "a word that is not one of a few": ("step: quarter", "step: week"),
    "a standard that is not there": ("standard: icd-203", "standard: icd-302"),
    "an id that is none": ("  drought:", "  Drought:"),
    "two windows": ("within: 6 months\n", "within: 6 months\n        by: 2027\n"),
    "a level alone": ("levels: [low, middling, high]", "levels: [low]"),
    "a date that is none": ("as-of: 2026-03-01", "as-of: March 2026"),
    "a duration that is none": ("horizon: 3 years", "horizon: three years"),
    "an effect that is none": ('{office: "-"}', "{office: minus}"),
    "a header without its step": ("step: quarter", "note: no step"),
}


@pytest.mark.parametrize("name", WRONG)
def test_it_refuses_what_the_reader_refuses(name: str) -> None:
    old, new = WRONG[name]
    assert old in GOOD
    text = GOOD.replace(old, new)
    assert errors(text)
    estimate, _ = read_texts([Source("t.yaml", text)])
    assert estimate is None


def test_what_stands_apart_for_the_reader_stands_apart_in_the_schema() -> None:
    for code in ("E0050", "E0051", "E0056", "E0057"):
        folder = next(FOLDER.glob(f"{code}-*"))
        assert errors((folder / "estimate.yaml").read_text(encoding="utf-8"))


def test_every_key_of_every_table_is_described() -> None:
    whole = schema()
    definitions = whole["$defs"]
    assert isinstance(definitions, dict)
    for name, table in TABLES.items():
        made = whole if name == "estimate" else definitions[name]
        properties = made["properties"]
        assert isinstance(properties, dict)
        assert set(properties) == set(table.names)
        for key in table.keys:
            assert properties[key.name]["description"] == key.says
            assert key.says.endswith(".")


def test_every_form_is_used() -> None:
    assert {key.form for table in TABLES.values() for key in table.keys} == set(Form)
