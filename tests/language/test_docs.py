"""The pages about the language say what the language does: keys, fragments, forms, problems."""

from __future__ import annotations

import re
from html import unescape
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from estimative.language import values
from estimative.language.checks.expressions import check_state
from estimative.language.checks.namespace import Namespace
from estimative.language.checks.queries import check_query
from estimative.language.checks.words import check_word
from estimative.language.expressions import parse_expression
from estimative.language.keys import TABLES
from estimative.language.read import parse_query, parse_test, read_estimate
from estimative.language.tokens import RESERVED
from estimative.language.tree import Scalar
from estimative.places.problem import Problem
from estimative.places.source import Source

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    from estimative.estimate.nodes import Estimate

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "language.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(yaml|csv)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
WHOLE = next(text for kind, text in BLOCKS if kind == "yaml")
FRAGMENTS = [text for kind, text in BLOCKS if kind == "yaml" and text.startswith("# fragment")]
CSV = next(text for kind, text in BLOCKS if kind == "csv")


def script(name: str) -> ModuleType:
    """One of the scripts that write the pages."""
    spec = spec_from_file_location(name, ROOT / "scripts" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def in_folder(folder: Path, *fragments: str) -> tuple[Estimate | None, tuple[Problem, ...]]:
    """The page's estimate with fragments beside it."""
    (folder / "estimate.yaml").write_text(WHOLE, encoding="utf-8")
    (folder / "rain.csv").write_text(CSV, encoding="utf-8")
    for number, fragment in enumerate(fragments):
        (folder / f"fragment-{number}.yaml").write_text(fragment, encoding="utf-8")
    return read_estimate(folder)


@pytest.fixture(name="island", scope="module")
def the_island(tmp_path_factory: pytest.TempPathFactory) -> Estimate:
    estimate, found = in_folder(tmp_path_factory.mktemp("island"))
    assert not found, found
    assert estimate is not None
    return estimate


@pytest.mark.parametrize("number", range(len(FRAGMENTS)))
def test_every_fragment_can_be_added(number: int, tmp_path: Path) -> None:
    estimate, found = in_folder(tmp_path, FRAGMENTS[number])
    assert not found, found
    assert estimate is not None


def test_all_fragments_stand_together(tmp_path: Path) -> None:
    estimate, found = in_folder(tmp_path, *FRAGMENTS)
    assert not found, found
    assert estimate is not None


def test_every_key_is_used_in_some_example_or_named() -> None:
    for table in TABLES.values():
        for key in table.names:
            assert re.search(rf"(?:^|[\s{{]){key}:|`{key}`", PAGE), f"{table.name}.{key}"


def forms(heading: str) -> list[str]:
    """The first cells of the table with this heading."""
    table = re.search(rf"^\| {heading} \|.*?\n\|[-|]+\n((?:\|.*\n)+)", PAGE, re.MULTILINE)
    assert table is not None
    cells = [re.search(r"^\| (?:`(.*?)`|<code>(.*?)</code>) \|", line) for line in table[1].splitlines()]
    return [unescape(cell[1] or cell[2]) for cell in cells if cell is not None]


def scalar(text: str) -> Scalar:
    return Scalar(text, Source("t", text).span(0, len(text)))


VALUES: dict[str, Callable[[str], object]] = {
    "Date": lambda text: values.moment(text, scalar(text).span),
    "Duration": lambda text: values.duration(text, scalar(text).span),
    "Likelihood": lambda text: values.likelihood(scalar(text)),
    "Citation": lambda text: values.citation(scalar(text)),
}


@pytest.mark.parametrize("heading", VALUES)
def test_every_form_of_a_value_reads(heading: str) -> None:
    texts = forms(heading)
    assert len(texts) >= 3
    for text in texts:
        assert not isinstance(VALUES[heading](text), Problem), text


def test_every_word_of_likelihood_is_one(island: Estimate) -> None:
    words = (wording for text in forms("Likelihood") for wording in text.split(" / "))
    for word in words:
        if word[0].isalpha() and word != "unknown":
            assert not list(check_word(word, scalar(word).span, island.standard))


def test_every_expression_reads(island: Estimate) -> None:
    found: list[Problem] = []
    for text in forms("Expression"):
        expression = parse_expression(scalar(text), found)
        assert expression is not None, text
        found += check_state(expression, Namespace.of(island))
    assert not found


@pytest.mark.parametrize("text", [*(f"P({event})" for event in forms("Event")), *forms("Query")])
def test_every_query_can_be_asked(text: str, island: Estimate) -> None:
    query, found = parse_query(text)
    assert not found
    assert query is not None
    assert not check_query(query, island)


@pytest.mark.parametrize("text", forms("Test"))
def test_every_test_can_be_asked(text: str, island: Estimate) -> None:
    test, found = parse_test(text)
    assert not found
    assert test is not None
    assert [p for p in check_query(test, island) if p.code != "E0618"] == []


def test_the_reserved_words_are_those_of_the_grammar() -> None:
    listed = re.search(r"cannot be ids: `([a-z\s]+)`", PAGE)
    assert listed is not None
    assert set(listed[1].split()) == RESERVED


def test_the_tables_of_keys_are_current() -> None:
    assert script("write_language").page(PAGE) == PAGE, "run scripts/write_language.py"
    assert set(re.findall(r"<!-- keys: ([a-z-]+) -->", PAGE)) == set(TABLES)


def test_the_page_of_problems_is_current() -> None:
    page = (ROOT / "docs" / "problems.md").read_text(encoding="utf-8")
    assert script("write_problems").page() == page, "run scripts/write_problems.py"
