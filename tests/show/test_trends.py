"""Trends as blocks: one line for data and fan, thresholds with their dates."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from math import isnan

import numpy as np

from estimative.questions.trends import ThresholdAnswer, TrendAnswer, Trends
from estimative.show.blocks import Paragraph, Part, Picture, Table, plain
from estimative.show.figures import Level, Lines
from estimative.show.setting import Setting
from estimative.show.trends import trends_shown

SETTING = Setting("readers", 200, 100, 1984)

REACHED = ThresholdAnswer(
    name="trade >= 800",
    value=800.0,
    rising=True,
    crossed=False,
    median=np.array([0.0, 0.3, 0.6]),
    low=np.array([0.0, 0.1, 0.2]),
    high=np.array([0.0, 0.5, 0.9]),
    overall=np.array([0.0, 0.3, 0.55]),
    dates=(date(1985, 9, 30), date(1986, 9, 30), None),
)
TRADE = TrendAnswer(
    name="trade",
    says="Soviet-North Korean trade",
    unit="Mrub",
    log=False,
    dates=(date(1981, 12, 31), date(1982, 12, 31), date(1983, 12, 31)),
    values=(529.0, 681.0, 587.4),
    drift=29.2,
    scale=123.0,
    freedom=1,
    ahead=(date(1984, 9, 30), date(1985, 9, 30), date(1986, 9, 30)),
    fan=np.array([[400, 300, 200], [500, 500, 500], [610, 640, 670], [700, 800, 900], [800, 1000, 1200.0]]),
    thresholds=(REACHED,),
)


def parts_of(*trends: TrendAnswer) -> list[Part]:
    shown = trends_shown(Trends("readers", 200, trends), SETTING)
    return [block for block in shown.blocks if isinstance(block, Part)]


def picture_of(one: TrendAnswer, place: int = 0) -> Lines:
    (part,) = parts_of(one)
    figure = [block for block in part.blocks if isinstance(block, Picture)][place].figure
    assert isinstance(figure, Lines)
    return figure


def test_the_fan_starts_where_the_data_end() -> None:
    figure = picture_of(TRADE)
    data, projection = figure.lines
    assert figure.along == TRADE.dates + TRADE.ahead
    assert data.values[:3] == TRADE.values
    assert all(isnan(value) for value in data.values[3:])
    assert all(isnan(value) for value in projection.values[:2])
    assert projection.values[2:] == (587.4, 610, 640, 670)
    assert projection.low[2:] == (587.4, 400, 300, 200)
    assert projection.high[2:] == (587.4, 800, 1000, 1200)
    assert figure.levels == (Level(800, "trade >= 800"),)
    assert {len(line.values) for line in figure.lines} == {len(figure.along)}


def test_no_date_stands_twice_where_the_data_end_at_as_of() -> None:
    late = replace(TRADE, dates=(*TRADE.dates[:2], date(1984, 9, 30)))
    figure = picture_of(late)
    assert len(set(figure.along)) == len(figure.along) == 5
    assert figure.lines[1].values[2:] == (587.4, 640, 670)


def test_thresholds_have_their_dates() -> None:
    (part,) = parts_of(TRADE)
    (table,) = (block for block in part.blocks if isinstance(block, Table))
    assert table.rows == (("trade >= 800", "60% (20–90%)", "1985-09-30", "1986-09-30", "after the horizon"),)
    assert picture_of(TRADE, 1).lines[0].values == (0.0, 0.3, 0.6)


def test_a_threshold_that_is_reached_has_no_picture_of_its_own() -> None:
    crossed = replace(TRADE, thresholds=(replace(REACHED, crossed=True),))
    (part,) = parts_of(crossed)
    assert sum(isinstance(block, Picture) for block in part.blocks) == 1
    (table,) = (block for block in part.blocks if isinstance(block, Table))
    assert table.rows[0][1] == "reached at as-of"


def test_the_fit_is_told_in_the_units_of_the_data() -> None:
    (part,) = parts_of(TRADE)
    says = " ".join(plain(block.words) for block in part.blocks if isinstance(block, Paragraph))
    assert "3 values from 1981-12-31 to 1983-12-31; +29.2 Mrub a year, with a spread of 123" in says
    assert "1 degree of freedom" in says
    (part,) = parts_of(replace(TRADE, log=True, drift=0.049, scale=0.162))
    says = " ".join(plain(block.words) for block in part.blocks if isinstance(block, Paragraph))
    assert "+4.9% a year in logarithms, with a spread of 16.2%" in says


def test_machines_get_fit_data_fan_and_thresholds() -> None:
    shown = trends_shown(Trends("readers", 200, (TRADE, replace(TRADE, name="arms", thresholds=()))), SETTING)
    parts = [row["part"] for row in shown.rows if row["trend"] == "trade"]
    assert list(dict.fromkeys(parts)) == ["trend", "data", "fan", "threshold", "reached"]
    assert [row["value"] for row in shown.rows if row["part"] == "data"] == [*TRADE.values, *TRADE.values]
    (threshold,) = (row for row in shown.rows if row["part"] == "threshold")
    assert threshold["reached_low"] == 0.2
    assert threshold["three_quarters_by"] is None
    assert [row["low"] for row in shown.rows if row["part"] == "reached"][-1] == 0.2
    arms = [row for row in shown.rows if row["trend"] == "arms"]
    assert {row["part"] for row in arms} == {"trend", "data", "fan"}
    assert arms[-1]["median"] == 670


def test_an_estimate_without_trends_says_so() -> None:
    shown = trends_shown(Trends("readers", 200, ()), SETTING)
    assert any(isinstance(b, Paragraph) and "no trends" in plain(b.words) for b in shown.blocks)
