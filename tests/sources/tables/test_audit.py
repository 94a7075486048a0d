"""Tables audited: what adds up stands, what does not gets candidates, and the table teaches its misreadings."""

from __future__ import annotations

from itertools import product

import pytest

from estimative.places.source import Source
from estimative.sources.tables.audit import AuditedCell, TableAudit, audit_table
from estimative.sources.tables.cells import read_csv
from estimative.sources.tables.misreadings import Misreadings
from estimative.sources.tables.relations import parse_relation

GOOD = ["1,46.2,12.7,33.5", "2,87.1,43.0,44.1", "3,92.8,51.4,41.4", "4,70.3,28.9,41.4"]


def audited(*rows: str, says: str = "total = a + b") -> TableAudit:
    table, found = read_csv(Source("t", "\n".join(["row,total,a,b", *rows])))
    assert found == ()
    assert table is not None
    relation, problems = parse_relation(Source("", says), table.columns)
    assert problems == ()
    assert relation is not None
    return audit_table(table, [relation])


def cell(audit: TableAudit, row: str, column: str) -> AuditedCell:
    return audit.row(row).cell(column)


def test_what_adds_up_stands_as_read() -> None:
    audit = audited(*GOOD)
    assert {one.state for row in audit.rows for one in row.cells} == {"as read"}
    assert [row.broken for row in audit.rows] == [()] * 4
    assert audit.misreadings == ()


def test_a_digit_that_only_one_misreading_explains() -> None:
    # 46.7 for 46.1, a 1 read as 7: 12.7 + 33.4 = 46.1, and no other digit can be 0.6 more.
    audit = audited("1,46.7,12.7,33.4", *GOOD[1:])
    one = cell(audit, "1", "total")
    assert (one.read, one.state, one.proposals[0].text) == ("46.7", "repair proposed", "46.1")
    assert audit.rows[0].broken == ("total = a + b",)
    assert cell(audit, "1", "a").state == "as read"


@pytest.mark.parametrize(
    ("read", "printed"),
    [("462", "46.2"), ("4G.2", "46.2"), ("46. 2", "46.2"), ("46.2*", "46.2"), ("46 2", "46.2")],
)
def test_points_letters_and_signs(read: str, printed: str) -> None:
    one = cell(audited(f"1,{read},12.7,33.5", *GOOD[1:]), "1", "total")
    assert (one.state, one.proposals[0].text) == ("repair proposed", printed)


def test_two_explanations_stay_two() -> None:
    # 48.2 is 2.0 too much for 12.7 + 33.5: it is 46.2, or 33.5 is 35.5; nothing tells which.
    audit = audited("1,48.2,12.7,33.5", *GOOD[1:])
    assert {one.text for one in cell(audit, "1", "total").proposals} == {"46.2", "48.2"}
    assert [one.text for one in cell(audit, "1", "b").proposals] == ["33.5", "35.5"]
    assert [cell(audit, "1", column).state for column in ("total", "a", "b")] == [
        "ambiguous",
        "as read",
        "ambiguous",
    ]


@pytest.mark.parametrize("row", ["1,11.1,44.4,44.4", "1,91.1,12.4,11.4", "1,20.0,33.3,44.4"])
def test_what_no_likely_misreading_explains_is_in_doubt(row: str) -> None:
    audit = audited(row, *GOOD[1:])
    assert {one.state for one in audit.row("1").cells} == {"in doubt"}
    assert cell(audit, "1", "total").proposals == ()
    assert audit.row("1").broken == ("total = a + b",)


TYPED = ["1,100.5,60.2,40.3,59.9", "2,110.6,66.1,44.5,59.8", "4,131.2,78.0,53.2,59.5"]


def typed(row: str, *says: str) -> TableAudit:
    table, _ = read_csv(Source("t", "\n".join(["row,total,a,b,share", *TYPED, row])))
    assert table is not None
    relations = [parse_relation(Source("", one), table.columns)[0] for one in says]
    return audit_table(table, [one for one in relations if one is not None])


def test_a_slip_of_the_keyboard_is_found_where_another_relation_holds() -> None:
    # 50.5 typed as 56.5: 0 and 6 do not look alike in print.
    audit = typed("3,120.9,70.4,56.5,58.2", "total = a + b", "share = a / total")
    one = cell(audit, "3", "b")
    assert (one.state, one.proposals[0].text) == ("repair proposed", "50.5")
    assert {cell(audit, "3", column).state for column in ("total", "a", "share")} == {"as read"}


def test_one_slip_and_one_relation_leave_open_which_figure_it_was() -> None:
    # Not 129.0 = 70.4 + 58.5 or so: three misreadings at once are less likely than one slip.
    audit = typed("3,120.9,70.4,56.5,58.2", "total = a + b")
    assert {one.text for one in cell(audit, "3", "total").proposals[:2]} == {"120.9", "126.9"}
    assert {one.text for one in cell(audit, "3", "b").proposals[:2]} == {"56.5", "50.5"}
    assert {cell(audit, "3", column).state for column in ("total", "b")} == {"ambiguous"}


def test_figures_of_a_relation_that_holds_are_not_called_wrong() -> None:
    audit = typed("3,120.9,70.4,66.6,58.2", "total = a + b", "share = a / total")
    assert [(c.column, c.state) for c in audit.row("3").cells] == [
        ("total", "as read"),
        ("a", "as read"),
        ("b", "in doubt"),
        ("share", "as read"),
    ]


def test_what_is_no_number_and_cannot_be_explained_cannot_be_read() -> None:
    assert cell(audited("1,46.2,12.7,x", *GOOD[1:]), "1", "b").state == "cannot be read"


def test_missing_cells_are_not_made_up() -> None:
    audit = audited("1,46.2,,33.5", *GOOD[1:])
    assert [one.state for one in audit.row("1").cells] == ["unchecked", "missing", "unchecked"]


def test_weights_sum_to_one_at_most() -> None:
    audit = audited("1,86.1,45.1,43.0", *GOOD[1:])
    for row, column in product(("1", "2"), ("total", "a", "b")):
        weights = [one.weight for one in cell(audit, row, column).proposals]
        assert weights == sorted(weights, reverse=True)
        assert 0.9 < sum(weights) <= 1 + 1e-9


def test_the_table_teaches_its_misreadings() -> None:
    # The same open row, in a table where 6 was read as 8 again and again: now 46.2 is all but certain.
    wrong = [f"{row},8{row}.4,4{row}.2,20.2" for row in (1, 2, 4, 7)]
    audit = audited("9,48.2,12.7,33.5", *wrong)
    assert audit.misreadings[0][:2] == ("6", "8")
    one = cell(audit, "9", "total")
    assert (one.state, one.proposals[0].text) == ("repair proposed", "46.2")


def test_a_share_in_fractions_is_noticed() -> None:
    table, _ = read_csv(Source("t", "row,total,a,share\n1,80,20,.25\n2,50,10,.20\n3,40,10,.25\n"))
    assert table is not None
    relation, _ = parse_relation(Source("", "share = a / total"), table.columns)
    assert relation is not None
    audit = audit_table(table, [relation])
    assert [row.broken for row in audit.rows] == [()] * 3


def test_misreadings_cost_what_they_are_worth() -> None:
    known = Misreadings()
    before = known.cost("5", "6")
    known.learn(Misreadings().candidates("6", ())[1:2] * 20)
    assert known.counts["5", "6"] == 20
    assert known.cost("5", "6") < before
    # The other way round nothing was learnt.
    assert known.cost("6", "5") == Misreadings().cost("6", "5")
    total = sum(2.718281828459045 ** -known.cost("5", digit) for digit in "0123456789")
    assert total == pytest.approx(1, abs=0.01)


def test_candidates_are_the_cheapest_of_all_with_three_characters_changed_at_most() -> None:
    known = Misreadings()
    known.counts.update({("8", "6"): 30, ("5", "6"): 3})
    costs = {one: known.cost(one, "6") for one in "568"}
    every = sorted(
        (sum(costs[one] for one in text), "".join(text))
        for text in product("568", repeat=5)
        if sum(one != "6" for one in text) <= 3
    )
    found = known.candidates("66666", {0})
    assert [candidate.text for candidate in found] == [text for _, text in every[:40]]


@pytest.mark.parametrize("length", [15, 16, 20, 40])
def test_a_long_cell_takes_no_longer_than_its_length(length: int) -> None:
    found = Misreadings().candidates("6" * length, {0, 1})
    assert found[0].text == "6" * length
    # What is longer than any figure of print is kept as it is.
    assert (len(found) > 2) == (length == 15)


def test_a_sum_of_very_many_columns() -> None:
    # Two candidates of each of 31 cells would make two thousand million combinations.
    names = [f"c{number}" for number in range(30)]
    rows = [f"{row},{'1.00,' * 29}16.00,{total}" for row, total in enumerate(("45.00", "46.00", "99.99"))]
    table, _ = read_csv(Source("t", "\n".join([f"row,{','.join(names)},total", *rows])))
    assert table is not None
    relation, _ = parse_relation(Source("", f"total = {' + '.join(names)}"), table.columns)
    assert relation is not None
    audit = audit_table(table, [relation])
    assert [row.broken for row in audit.rows] == [(), (relation.written,), (relation.written,)]
    assert cell(audit, "0", "total").state == "as read"
    assert cell(audit, "1", "total").proposals[0].text == "45.00"
