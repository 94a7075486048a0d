"""Expressions, queries and tests: what binds to what, where it stands, and what is said of mistakes."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from estimative.estimate import expressions as ex
from estimative.estimate import queries as qu
from estimative.language import write_values
from estimative.language.expressions import parse_expression, parse_modifier
from estimative.language.guard import read_tree
from estimative.language.read import parse_do, parse_query, parse_test
from estimative.language.tokens import RESERVED
from estimative.language.tree import Mapping, Scalar
from estimative.places.source import Source
from support import estimates

if TYPE_CHECKING:
    from estimative.places.problem import Problem


def scalar(text: str) -> Scalar:
    return Scalar(text, Source("t", text).span(0, len(text)))


def read(text: str) -> ex.Expression:
    found: list[Problem] = []
    expression = parse_expression(scalar(text), found)
    assert not found, found
    assert expression is not None
    return expression


def problem(text: str) -> Problem:
    found: list[Problem] = []
    parse_expression(scalar(text), found)
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("not a and b", "(not a) and b"),
        ("a and b or c", "(a and b) or c"),
        ("a or b and c", "a or (b and c)"),
        ("not a or not b", "(not a) or (not b)"),
        ("ever a and b", "(ever a) and b"),
        ("ever not a", "ever (not a)"),
        ("not ever a", "not (ever a)"),
        ("not s is low", "not (s is low)"),
        ("s is not low and b", "(s is not low) and b"),
        ("ever s >= low or b", "(ever (s >= low)) or b"),
        ("a at 1990 and b at 1991", "(a at 1990) and (b at 1991)"),
        ("not a at 1990", "not (a at 1990)"),
        ("a and b before c", "a and (b before c)"),
        ("ever a by 1990 or b", "(ever a by 1990) or b"),
        ("always a from 1990 by 1991", "always (a) from 1990 by 1991"),
        ("at  least 1 of (a,b )", "at least 1 of (a, b)"),
        ("a\nand\tb", "a and b"),
    ],
)
def test_what_binds_to_what(text: str, same: str) -> None:
    assert read(text) == read(same)


@settings(max_examples=100, derandomize=True, deadline=None)
@given(estimates.states)
def test_an_expression_is_written_and_read_as_it_was(expression: ex.Expression) -> None:
    assert read(write_values.expression(expression)) == expression


@settings(max_examples=100, derandomize=True, deadline=None)
@given(estimates.events)
def test_an_event_is_written_and_read_as_it_was(expression: ex.Expression) -> None:
    assert read(write_values.expression(expression)) == expression


@settings(max_examples=100, derandomize=True, deadline=None)
@given(estimates.queries)
def test_a_query_is_written_and_read_as_it_was(query: qu.Query) -> None:
    assert parse_query(write_values.query(query)) == (query, ())


@settings(max_examples=100, derandomize=True, deadline=None)
@given(estimates.tests)
def test_a_test_is_written_and_read_as_it_was(test: qu.Test) -> None:
    assert parse_test(write_values.test(test)) == (test, ())


@settings(max_examples=200, derandomize=True, deadline=None)
@given(st.integers(0, 10**15), st.integers(0, 15), st.sampled_from(["", "%"]))
def test_a_number_to_compare_with_is_written_and_read_as_it_was(digits: int, point: int, sign: str) -> None:
    text = f"P(ever x) > {Decimal(digits).scaleb(-point) % (100 if sign else 1):f}{sign}"
    test, _ = parse_test(text)
    assert test is not None
    assert parse_test(write_values.test(test)) == (test, ())


def test_numbers_of_three_digits_are_written_shortly() -> None:
    for thousandth in range(1_000):
        test, _ = parse_test(f"P(ever x) > {thousandth / 1_000}")
        assert test is not None
        written = write_values.test(test)
        assert parse_test(written) == (test, ())
        assert len(written) <= len("P(ever x) > 0.007")


def test_words_of_the_grammar_begin_names_and_are_none() -> None:
    for word in sorted(RESERVED):
        assert read(f"{word}-x") == ex.Named(f"{word}-x")
        assert read(f"not {word}x") == ex.Not(ex.Named(f"{word}x"))
    assert read("does and matter and to") == ex.And((ex.Named("does"), ex.Named("matter"), ex.Named("to")))


def test_every_part_has_its_place() -> None:
    expression = read("at least 1 of (a, not b) and s >= low")
    assert isinstance(expression, ex.And)
    gate, compared = expression.parts
    assert isinstance(gate, ex.AtLeast)
    assert isinstance(compared, ex.Compared)
    assert gate.span.text == "at least 1 of (a, not b)"
    assert [part.span.text for part in gate.parts] == ["a", "not b"]
    assert (compared.span.text, compared.value_span.text) == ("s >= low", "low")


@pytest.mark.parametrize(
    "written", ["'a and \"bad'", '"a and \'bad"', ">\n  a and\n  &bad", "|\n  a\n  and &bad"]
)
def test_places_are_found_in_quotes_and_blocks(written: str) -> None:
    tree, _ = read_tree(Source("t.yaml", f"x: {written}\n"))
    assert isinstance(tree, Mapping)
    value = tree.entries[0].value
    assert isinstance(value, Scalar)
    found: list[Problem] = []
    parse_expression(value, found)
    assert [one.code for one in found] == ["E0241"]
    assert found[0].span.text in {'"', "'", "&"}


def test_places_are_right_after_wide_characters() -> None:
    source = Source("t.yaml", "x: '日本 and b'\n")
    tree, _ = read_tree(source)
    assert isinstance(tree, Mapping)
    value = tree.entries[0].value
    assert isinstance(value, Scalar)
    expression = parse_expression(value, [])
    assert isinstance(expression, ex.And)
    assert [part.span.text for part in expression.parts] == ["日本", "b"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("s is", "I expected a level or an option after `is`, and the text ends"),
        ("s >=", "I expected a level or a number after `>=`, and the text ends"),
        ("a and", "I expected a condition after `and`, and the text ends"),
        ("and a", "I expected a condition, and `and` stands there"),
        ("a b", "`b` stands there"),
        ("a at", "I expected a date after `at`, and the text ends"),
        ("ever a by", "I expected a date after `by`, and the text ends"),
        ("at least of (a)", "I expected a number and `of` after `at least`, and `of` stands there"),
        ("(a", "`)`"),
        ("a)", "`)` stands there"),
        ("at least 1 of (a b)", "`b` stands there"),
        ("not", "I expected a condition after `not`, and the text ends"),
    ],
)
def test_mistakes_of_grammar_are_said_in_plain_words(text: str, says: str) -> None:
    found = problem(text)
    assert found.code == "E0240"
    assert says in found.says


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("a = b", "`is`"),
        ("a == b", "`is`"),
        ("a != b", "`is not`"),
        ("s ≥ low", "`>=`"),
        ("a && b", "`and`"),
        ("!a", "`not`"),
    ],
)
def test_signs_of_other_languages_are_translated(text: str, hint: str) -> None:
    found = problem(text)
    assert found.code == "E0241"
    assert hint in found.hint


def test_nesting_and_length_are_limited() -> None:
    assert read("(" * 64 + "a" + ")" * 64) == ex.Named("a")
    assert problem("(" * 65 + "a" + ")" * 65).code == "E0245"
    assert problem("not " * 65 + "a").code == "E0245"
    assert problem(" or ".join(["a"] * 2_500)).code == "E0244"


def test_modifiers_have_a_degree() -> None:
    found: list[Problem] = []
    assert parse_modifier(scalar("a or b"), found) == ex.Modifier(ex.Or((ex.Named("a"), ex.Named("b"))))
    greatly = parse_modifier(scalar("greatly not a"), found)
    assert greatly == ex.Modifier(ex.Not(ex.Named("a")), "greatly")
    assert greatly is not None
    assert greatly.when.span.text == "not a"
    assert parse_modifier(scalar("slightly"), found) == ex.Modifier(ex.Named("slightly"))
    assert not found


def test_interventions_by_themselves() -> None:
    do, found = parse_do("do(x at 1987), do(not y), do(s is low)")
    assert not found
    assert [(one.name, one.value, one.at is not None) for one in do] == [
        ("x", "yes", True),
        ("y", "no", False),
        ("s", "low", False),
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("x is likely", "E0601"),
        ("P(ever x)", "E0602"),
        ("share of time x is likely", "E0603"),
        ("share of time not x is likely", "E0603"),
        ("0.1 < 0.2", "E0604"),
        ("P(ever x) > 200%", "E0605"),
        ("x matters most of (x, y) to P(ever z) by weight", "E0606"),
        ("P(ever x) is", "E0240"),
        ("mode of s at 1990", "E0602"),
        ("mode of s is low", "E0240"),
        ("x matters most of (x, y) to P(ever z)", "E0240"),
    ],
)
def test_mistakes_in_tests(text: str, code: str) -> None:
    test, found = parse_test(text)
    assert test is None
    assert [one.code for one in found] == [code]


def test_a_comparison_ends_a_share_of_time() -> None:
    test, found = parse_test("share of time s <= low is at least likely")
    assert not found
    assert isinstance(test, qu.IsWord)
    assert (test.relation, test.word, test.word_span.text) == ("is at least", "likely", "likely")
    assert test.query == qu.ShareOfTime(ex.Compared("s", "<=", "low"))


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("a AND b", "write `and` instead of `AND`"),
        ("NOT a", "write `not` instead of `NOT`"),
        ("P(ever a | b)", "`ever a | b` without `P( )`"),
        ("very likely a", "write `a` alone"),
        ("a b", "`a and b` or `a or b`, or `a-b`"),
        ("a, b", "join them by `and` or `or`"),
        ("s >= 60,5", "write `60.5`"),
        ("(a", "add `)`"),
        ("a)", "take it out"),
        ("a or", "take `or` out"),
        ("s is", "`s is LEVEL`"),
    ],
)
def test_mistakes_of_grammar_say_what_to_write(text: str, hint: str) -> None:
    found = problem(text)
    assert found.code == "E0240"
    assert hint in found.hint


@pytest.mark.parametrize(
    "text", ["a by 2027", "a from 2027", "a since 2027", "a before 2027", "not a until b"]
)
def test_a_date_in_a_rule_is_one_problem_with_the_words_of_dates(text: str) -> None:
    found = problem(text)
    assert found.code == "E0246"
    assert "at" not in found.says.split("`")


def test_what_can_follow_has_no_date_where_none_can_stand() -> None:
    assert "`at`" not in problem("a b").says


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("P(ever a)", "write `event: ever a`, or `ask: P(ever a)`"),
        ("a by 2027", "write `ever a by DATE`"),
        ("a before 2027", "`before` stands between two conditions"),
    ],
)
def test_an_event_says_how_dates_are_written(text: str, hint: str) -> None:
    found: list[Problem] = []
    parse_expression(scalar(text), found, "event")
    assert [one.code for one in found] == ["E0240"]
    assert hint in found[0].hint


def test_a_modifier_has_two_degrees() -> None:
    found: list[Problem] = []
    parse_modifier(scalar("strongly a or b"), found)
    assert "write `greatly a or b` or `slightly a or b`" in found[0].hint


@pytest.mark.parametrize(
    ("text", "code", "hint"),
    [
        ("do(x >= 2.1)", "E0620", "`x-high: {is: x >= 2.1}`, and make that so: `do(x-high)`"),
        ("do(x < 2.1)", "E0620", "`x-low: {is: x < 2.1}`"),
        ("do(x is 2)", "E0620", "`x-high: {is: x >= 2}`"),
        ("do(x >= low)", "E0620", "write `do(x is low)`"),
        ("do(ever x)", "E0621", "write `do(x)`"),
        ("do(not always x)", "E0621", "`do(x at DATE)`"),
        ("do(x and y)", "E0240", "write one for each: `do(x), do(..)`"),
        ("do(x by 2027)", "E0240", "write `do(x at DATE)`"),
    ],
)
def test_what_cannot_be_made_so_says_what_can(text: str, code: str, hint: str) -> None:
    _, found = parse_do(text)
    assert [one.code for one in found] == [code]
    assert hint in found[0].hint


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("x matters most of (x, y) to P(ever z)", "`by potential`, `by volatility` or `by variance`"),
        ("x does not matter to P(ever z)", "`by potential`, `by volatility` or `by variance`"),
        ("x matters most to P(ever z)", "`x matters most of (x, OTHER) to P(..) by potential`"),
        ("mode of s is low", "`mode of s at DATE`"),
    ],
)
def test_what_a_claim_lacks_is_named(text: str, hint: str) -> None:
    assert hint in parse_test(text)[1][0].hint


def test_a_sentence_is_no_query() -> None:
    for text in ("how likely is a crisis?", "crisis?", "what's next"):
        assert [one.code for one in parse_query(text)[1]] == ["E0601"]
    assert [one.code for one in parse_query("P(ever x)?")[1]] == ["E0241"]
