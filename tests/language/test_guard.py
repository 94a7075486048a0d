"""The guard: trees of texts, their places, and the limits."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from estimative.language.guard import MAX_DEPTH, MAX_KEY, MAX_NODES, read_tree
from estimative.language.offsets import trace
from estimative.language.tree import Entry, Mapping, Node, Scalar, Sequence
from estimative.places.source import Source


def read(text: str) -> Node:
    """Tree of a text without problems."""
    tree, found = read_tree(Source("t.yaml", text))
    assert not found
    assert tree is not None
    return tree


def codes(text: str) -> list[str]:
    return [problem.code for problem in read_tree(Source("t.yaml", text))[1]]


def only(text: str) -> Scalar:
    """The value of the one key of a text."""
    tree = read(text)
    assert isinstance(tree, Mapping)
    value = tree.entries[0].value
    assert isinstance(value, Scalar)
    return value


@pytest.mark.parametrize(
    "text", ["NO", "on", "12:30", "017", "1e3", "~", "null", "true", "2020-01-01", "0x1F"]
)
def test_every_value_is_text(text: str) -> None:
    assert only(f"key: {text}\n").text == text


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_places_are_characters_whatever_the_line_ends(end: str, mark: str) -> None:
    text = mark + end.join(["# 日本 😀", "title: '日本 😀'", "x: {a: b, c: 'd e'}", ""])
    tree = read(text)
    assert isinstance(tree, Mapping)
    title, x = tree.entries
    assert title.key.span.text == "title"
    assert title.value.span.text == "'日本 😀'"
    assert title.value.span.place.line == 2
    assert x.value.span.text == "{a: b, c: 'd e'}"
    assert x.value.span.place.column == 4


def test_mappings_and_lists_reach_from_their_first_to_their_last_part() -> None:
    tree = read("a:\n  - x\n  - y: 1\n    z:\nb: [p,\n  q]\n")
    assert isinstance(tree, Mapping)
    first, second = tree.entries
    assert first.value.span.text == "- x\n  - y: 1\n    z"[2:]
    assert second.value.span.text == "[p,\n  q]"
    assert tree.span.text.endswith("q]")


STYLES = {
    "plain": ("x: at least 1 of\n    a  b\n", "at least 1 of a  b"),
    "single": ("x: 'it''s so'\n", "it's so"),
    "double": ('x: "a\\tb \\u00e9 \\\\ c"\n', "a\tb \u00e9 \\ c"),
    "double over lines": ('x: "one\n    two \\\n    three"\n', "one two three"),
    "folded": ("x: >\n  one\n  two\n\n  three\n", "one two\nthree\n"),
    "kept": ("x: |\n  one\n   two\n", "one\n two\n"),
}


@pytest.mark.parametrize("name", STYLES)
def test_every_character_of_a_value_has_its_place(name: str) -> None:
    text, value = STYLES[name]
    scalar = only(text)
    assert scalar.text == value
    for index, character in enumerate(value):
        written = scalar.at(index, index + 1).text
        if not character.isspace() and name != "double":
            assert written[0] == character
    assert scalar.at(0, len(value)).text.strip()


def test_words_in_quotes_are_found_in_the_source() -> None:
    scalar = only("x: 'it''s a and b'\n")
    start = scalar.text.index("and")
    assert scalar.at(start, start + 3).text == "and"
    assert scalar.inner.text == "it''s a and b"


@settings(max_examples=200, derandomize=True, deadline=None)
@given(
    st.text(st.characters(min_codepoint=32, max_codepoint=0x2FF, exclude_categories=("Cc", "Cf")), min_size=1)
)
def test_single_quotes_are_traced_for_any_text(text: str) -> None:
    raw = "'" + text.replace("'", "''") + "'"
    offsets = trace(raw, text, "'")
    assert len(offsets) == len(text)
    assert all(raw[offset] == character for offset, character in zip(offsets, text, strict=True))


def test_what_cannot_be_traced_is_nothing() -> None:
    assert trace("'abc'", "xyz", "'") == ()


# -- limits -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("depth", "expected"), [(MAX_DEPTH - 1, []), (MAX_DEPTH, []), (MAX_DEPTH + 1, ["E0011"])]
)
def test_depth_is_limited(depth: int, expected: list[str]) -> None:
    assert codes("[" * depth + "]" * depth) == expected


@pytest.mark.parametrize("nodes", [MAX_NODES - 1, MAX_NODES, MAX_NODES + 1])
def test_parts_are_limited(nodes: int) -> None:
    assert codes("- a\n" * (nodes - 1)) == (["E0012"] if nodes > MAX_NODES else [])


@pytest.mark.parametrize("length", [MAX_KEY - 1, MAX_KEY, MAX_KEY + 1])
def test_keys_are_limited(length: int) -> None:
    assert codes("k" * length + ": x\n") == (["E0020"] if length > MAX_KEY else [])


def test_refusals_are_all_listed_up_to_a_limit() -> None:
    assert codes("a: &x 1\nb: *x\nc: !t 2\n<<: {}\n") == ["E0013", "E0014", "E0015", "E0016"]
    assert len(codes("\n".join(f"k{n}: &a{n} x" for n in range(500)))) == 50


def test_of_equal_keys_the_first_is_kept_and_both_are_shown() -> None:
    tree, found = read_tree(Source("t.yaml", "a: 1\nb: 2\na: 3\n"))
    assert isinstance(tree, Mapping)
    assert [(e.key.text, e.value.span.text) for e in tree.entries] == [("a", "1"), ("b", "2")]
    assert [problem.span.place.line for problem in found] == [3]
    assert found[0].see_also[0][0].place.line == 1


# -- values that a comma divides --------------------------------------------------------------------------


def test_a_value_torn_by_a_comma_is_joined_and_reported() -> None:
    tree, found = read_tree(Source("t.yaml", "{when: at least 2 of (a, b, c), by: 2020}"))
    assert [problem.code for problem in found] == ["E0029"]
    assert found[0].span.text == "at least 2 of (a, b, c)"
    assert isinstance(tree, Mapping)
    assert [_pair(entry) for entry in tree.entries] == [("when", "at least 2 of (a, b, c)"), ("by", "2020")]


def test_a_citation_torn_by_a_comma_is_joined_in_a_list() -> None:
    tree, found = read_tree(Source("t.yaml", '[r p.3 "first, second", r p.4]'))
    assert [problem.code for problem in found] == ["E0029"]
    assert isinstance(tree, Sequence)
    assert [item.text for item in tree.items if isinstance(item, Scalar)] == [
        'r p.3 "first, second"',
        "r p.4",
    ]


@pytest.mark.parametrize(
    "text", ["[a, b]", "{x: 'f(a, b)', y: 1}", "[(, (, (]", "[(a, {b: c}, d)]", "{x: (a, y: 1}"]
)
def test_other_commas_are_left_alone(text: str) -> None:
    assert codes(text) == []


def _pair(entry: Entry) -> tuple[str, str]:
    assert isinstance(entry.value, Scalar)
    return entry.key.text, entry.value.text


# -- what is wrong with the YAML, in plain words ------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("a: b\n\tc: d\n", "E0010", "2:1"),
        ("a: b: c\n", "E0024", "1:5"),
        ("a:\n  b\n  c: d\n", "E0025", "2:3"),
        ("a: x\n  b: y\n", "E0028", "2:3"),
        ('a: "b\n', "E0022", "1:4"),
        ("a: 'b\n", "E0022", "1:4"),
        ('a: "b" c\n', "E0028", "1:8"),
        ("a: [b, c\nd: e\n", "E0026", "1:4"),
        ("a: {b: c\n", "E0026", "1:4"),
        ("a: @b\n", "E0027", "1:4"),
        ("a: `b`\n", "E0027", "1:4"),
        ("a: *\n", "E0027", "1:4"),
        ("a: & b\n", "E0027", "1:4"),
        ("a: %b\n", "E0027", "1:4"),
        ("a: |x\n", "E0009", "1:5"),
        ("a:\n - b\nc\n", "E0025", "3:1"),
        ("- a\nb: c\n", "E0028", "2:1"),
        ("a: b\n- c\n", "E0028", "2:1"),
        ("? [a]\n: b\n", "E0021", "1:3"),
        ("a: 1\n---\nb: 2\n", "E0017", "2:1"),
        ("a: 1\n...\nb: 2\n", "E0017", "3:1"),
        ("%YAML 1.1\n---\na: b\n", "E0018", "1:1"),
        ('a: "\\q"\n', "E0023", "1:5"),
    ],
)
def test_yaml_errors_in_plain_words(text: str, code: str, place: str) -> None:
    found = read_tree(Source("t.yaml", text))[1]
    assert [(problem.code, str(problem.span.place)) for problem in found] == [(code, f"t.yaml:{place}")]
