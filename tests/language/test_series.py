"""Tables beside an estimate: cells with their places, dates, numbers, and each problem with its row."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from estimative.estimate.expressions import Compared
from estimative.estimate.nodes import Trend
from estimative.estimate.values import Text
from estimative.language.checks.trends import check_series, check_thresholds
from estimative.language.csv_cells import MAX_COLUMNS, MAX_ROWS, read_table
from estimative.language.series import SeriesKeys, read_series
from estimative.places.source import Source

if TYPE_CHECKING:
    from estimative.estimate.expressions import Comparison
    from estimative.places.problem import Problem

AS_OF = date(1984, 10, 1)
GOOD = "".join(
    f"{year},{value}\n"
    for year, value in zip(range(1974, 1984), (2.1, 2.4, 3, 3.3, 3.8, 4.9, 5.7, 5.3, 6.8, 5.9), strict=True)
)


def found_in(text: str, keys: SeriesKeys | None = None) -> tuple[Problem, ...]:
    return read_series(Source("t.csv", text), keys or SeriesKeys(Text("t.csv")))[2]


def checked(text: str, *, log: bool = False) -> list[Problem]:
    """Problems of the series as a whole, as the reader of trends finds them."""
    series, rows, problems = read_series(Source("t.csv", text), SeriesKeys(Text("t.csv")))
    assert series is not None, problems
    return list(check_series(Trend("t", series, log=log), rows, AS_OF))


def test_a_plain_table_is_read_oldest_first() -> None:
    text = "# trade, table 2\nyear,total,unit,source\n1970,335.9,Mrub,p.12\n1969,295.3,Mrub,p.12\n"
    series, _, found = read_series(Source("t.csv", text), SeriesKeys(Text("t.csv")))
    assert series is not None
    assert not found
    assert series.dates == (date(1969, 12, 31), date(1970, 12, 31))
    assert series.values == (295.3, 335.9)
    assert series.cites == ("p.12", "p.12")
    assert (series.column, series.date_column) == ("total", "year")
    assert [place.text for place in series.places] == ["295.3", "335.9"]
    assert series.places[0].place.line == 4


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("1979", date(1979, 12, 31)),
        ("1979-Q3", date(1979, 9, 30)),
        ("1979Q1", date(1979, 3, 31)),
        ("1980-02", date(1980, 2, 29)),
        ("1979-03-30", date(1979, 3, 30)),
    ],
)
def test_a_value_is_dated_by_the_last_day_it_covers(written: str, day: date) -> None:
    series, _, _ = read_series(Source("t.csv", f"date,v\n{written},1\n"), SeriesKeys(Text("t.csv")))
    assert series is not None
    assert series.dates == (day,)


@pytest.mark.parametrize(
    ("cell", "value"),
    [("1.5", 1.5), ("-2", -2.0), ("+3.", 3.0), (".5", 0.5), ("1e3", 1000.0), ('"7"', 7.0), (" 8 ", 8.0)],
)
def test_numbers_are_read_as_written(cell: str, value: float) -> None:
    series, _, _ = read_series(Source("t.csv", f"date,v\n1979,{cell}\n"), SeriesKeys(Text("t.csv")))
    assert series is not None
    assert series.values == (value,)


@pytest.mark.parametrize(
    ("text", "code", "line", "said"),
    [
        ("", "E0410", 1, "no rows"),
        ("date,v\n", "E0410", 1, "no rows"),
        ('date,v\n1979,"5\n1980,6\n', "E0408", 2, "never closed"),
        ('date,v\n1979,5"x"\n', "E0409", 2, "inside this cell"),
        ('date,v\n1979,"5"x\n', "E0409", 2, "inside this cell"),
        ("date;v\n1979;5,1\n", "E0411", 1, "semicolons"),
        ("date\tv\n1979\t5\n", "E0411", 1, "tabs"),
        ("date,v\n1979,5\n1980,6,7\n", "E0412", 3, "3 cells"),
        ("date,v\n1979\n", "E0412", 2, "1 cells"),
        ("date,v,v\n1979,5,6\n", "E0413", 1, "called `v`"),
        ("date,,v\n1979,5,6\n", "E0413", 1, "no name"),
        ("date,a,b\n1979,5,6\n", "E0416", 1, "which column"),
        ("date,v\n03/04/1979,5\n", "E0417", 2, "not a date"),
        ("date,v\n79,5\n", "E0417", 2, "not a date"),
        ("date,v\n28945,5\n", "E0417", 2, "not a date"),
        ("date,v\n,5\n", "E0417", 2, "no date"),
        ("date,v\n1979-13,5\n", "E0", 2, "13"),
        ("date,v\n1979-02-30,5\n", "E0", 2, "30"),
        ("date,v\n1979,5\n1980-06,6\n", "E0418", 3, "month"),
        ("date,v\n1979,5\n1979,6\n", "E0419", 3, "twice"),
        ("date,v\n1979,n/a\n", "E0420", 2, "not a number"),
        ("date,v\n1979,NaN\n", "E0420", 2, "not a number"),
        ("date,v\n1979,1e999\n", "E0420", 2, "not a number"),
        ("date,v\n1979,\uff11\uff12\n", "E0420", 2, "not a number"),
        ("date,v\n1979,\u22125\n", "E0420", 2, "not a number"),
        ("date,v\n1979,4C2.3\n", "E0420", 2, "not a number"),
        ('date,v\n1979,"1,234"\n', "E0420", 2, "not a number"),
        ("date,v\n1979,\n", "E0421", 2, "empty"),
        ("date,v,unit\n1979,5,$\n1980,6,Mrub\n", "E0422", 3, "`Mrub`"),
        ("date,v\n1979,5\n1980,-9\n", "W0423", 3, "missing"),
    ],
)
def test_each_problem_stands_at_its_row(text: str, code: str, line: int, said: str) -> None:
    found = found_in(text)
    assert len(found) == 1
    assert found[0].code.startswith(code)
    assert said in found[0].says
    assert found[0].span.place.line == line or code == "E0416"


def test_every_wrong_row_is_told_not_only_the_first() -> None:
    found = found_in("date,v\n1979,x\n1980,y\n03/04/81,7\n")
    assert [problem.code for problem in found] == ["E0420", "E0420", "E0417"]


def test_columns_are_found_by_name() -> None:
    text = "a,b,c\n5,1979,7\n"
    keys = SeriesKeys(Text("t.csv"), column=Text("c"), date_column=Text("b"))
    series, _, _ = read_series(Source("t.csv", text), keys)
    assert series is not None
    assert series.values == (7.0,)
    for wrong in (
        SeriesKeys(Text("t.csv"), column=Text("d")),
        SeriesKeys(Text("t.csv"), date_column=Text("d")),
    ):
        assert [problem.code for problem in found_in(text, wrong)] == ["E0415"]


def test_a_unit_other_than_the_trends_is_found() -> None:
    found = found_in("date,v,unit\n1979,5,$\n", SeriesKeys(Text("t.csv"), unit=Text("Mrub")))
    assert [problem.code for problem in found] == ["E0422"]


def test_missing_values_are_those_declared() -> None:
    """-9 is a number until it is declared; so is an empty cell a problem."""
    text = "date,v\n1979,-9\n1980,\n1981,4\n"
    keys = SeriesKeys(Text("t.csv"), missing=(Text("-9"), Text("")))
    series, rows, found = read_series(Source("t.csv", text), keys)
    assert series is not None
    assert not found
    assert series.values == (4.0,)
    assert [row.value for row in rows] == [None, None, 4.0]
    # Where other values are negative too, nothing is said of a -9.
    assert not found_in("date,v\n1979,-9\n1980,-3\n")


def test_rows_have_a_limit() -> None:
    rows = "".join(f"{number},1\n" for number in range(MAX_ROWS + 1))
    assert read_table(Source("t.csv", "date,v\n" + rows[: rows.rindex("\n", 0, -1) + 1]))[1] == ()
    assert [problem.code for problem in read_table(Source("t.csv", "date,v\n" + rows))[1]] == ["E0414"]


def test_columns_have_a_limit_and_sentences_quote_little() -> None:
    wide = ",".join(f"c{number}" for number in range(MAX_COLUMNS + 1))
    assert [problem.code for problem in read_table(Source("t.csv", wide))[1]] == ["E0414"]
    (problem,) = found_in("date,v\n1979," + "x" * 100_000 + "\n")
    assert len(problem.says) + len(problem.hint) < 250


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_marks_and_blank_lines_make_no_difference(end: str) -> None:
    text = "\ufeff# one" + end + end + "date,v" + end + end + '1979,"5"' + end + "  " + end + "1980,6"
    table, found = read_table(Source("t.csv", text))
    assert not found
    assert table is not None
    assert [[cell.text for cell in row] for row in table.rows] == [["1979", "5"], ["1980", "6"]]
    assert table.rows[1][1].span.text == "6"


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.text(alphabet='19,"\n\r;# .-eQ\té', max_size=60))
def test_any_text_gives_a_series_or_problems(text: str) -> None:
    series, _, found = read_series(Source("t.csv", "date,v\n" + text), SeriesKeys(Text("t.csv")))
    assert (series is None) == any(problem.severity == "error" for problem in found)
    for problem in found:
        assert 0 <= problem.span.start <= problem.span.end <= len(text) + len("date,v\n")


# -- the series as a whole ---------------------------------------------------------------------------------


def test_a_good_series_is_not_remarked_upon() -> None:
    assert checked("date,v\n" + GOOD) == []


@pytest.mark.parametrize(
    ("rows", "code", "line", "said"),
    [
        ("1981,3\n1982,4\n1983,6\n", "E0430", None, "3 values"),
        ("1978,1\n1979,2\n1980,3\n1981,4\n1982,5\n1983,6\n", "E0431", None, "same amount"),
        ("1979,5\n1980,5\n1981,5\n1982,5\n1983,5\n", "E0431", None, "same amount"),
        (GOOD.replace("1979,4.9\n", ""), "W0433", 7, "1978 and 1980"),
        (GOOD.replace("1982,6.8\n1983,5.9\n", "1973,2\n1972,2.2\n"), "W0434", 9, "1981-12-31"),
        (GOOD + "1984,7\n1985,9\n", "W0435", 12, "2 values"),
        ("1979,5\n1980,6\n1981,5\n1982,7\n1983,6\n", "N0436", None, "5 values"),
    ],
)
def test_what_is_said_of_a_series(rows: str, code: str, line: int | None, said: str) -> None:
    found = checked("date,v\n" + rows)
    assert [problem.code for problem in found] == [code]
    assert said in found[0].says
    if line is not None:
        assert found[0].span.place.line == line


def test_a_declared_missing_value_is_no_gap() -> None:
    text = "date,v\n" + GOOD.replace("1979,4.9", "1979,-9")
    keys = SeriesKeys(Text("t.csv"), missing=(Text("-9"),))
    series, rows, _ = read_series(Source("t.csv", text), keys)
    assert series is not None
    assert [problem.code for problem in check_series(Trend("t", series), rows, AS_OF)] == []


def test_a_logarithm_needs_values_above_zero() -> None:
    found = checked("date,v\n" + GOOD.replace("3.8", "0"), log=True)
    assert [(problem.code, problem.span.text) for problem in found] == [("E0432", "0")]


def test_growth_at_one_rate_does_not_vary_in_logarithms() -> None:
    rows = "".join(f"{year},{2 ** (year - 1970)}\n" for year in range(1974, 1984))
    assert [problem.code for problem in checked("date,v\n" + rows, log=True)] == ["E0431"]
    assert checked("date,v\n" + rows) == []


@pytest.mark.parametrize(
    ("comparison", "value", "code"),
    [
        (">=", "8", None),
        ("<=", "2", None),
        (">=", "5.9", "W0439"),
        ("<=", "6", "W0439"),
        (">=", "high", "E0437"),
        (">=", "1_0", "E0437"),
        ("is", "8", "E0438"),
        ("is not", "8", "E0438"),
    ],
)
def test_what_is_said_of_a_threshold(comparison: Comparison, value: str, code: str | None) -> None:
    series, _, _ = read_series(Source("t.csv", "date,v\n" + GOOD), SeriesKeys(Text("t.csv")))
    assert series is not None
    atom = Compared("t", comparison, value)
    found = list(check_thresholds([atom, atom], {"t": Trend("t", series)}, AS_OF))
    assert [problem.code for problem in found] == ([] if code is None else [code])


def test_a_logarithm_never_falls_below_zero() -> None:
    series, _, _ = read_series(Source("t.csv", "date,v\n" + GOOD), SeriesKeys(Text("t.csv")))
    assert series is not None
    found = list(check_thresholds([Compared("t", "<=", "-1")], {"t": Trend("t", series, log=True)}, AS_OF))
    assert [problem.code for problem in found] == ["W0440"]
