"""Drawings say what their data say: places follow values, labels keep apart, nothing leaves the canvas."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from estimative.show.draw import draw, standalone
from estimative.show.figures import (
    Areas,
    Bar,
    Bars,
    Diagram,
    Edge,
    Figure,
    Grid,
    Histogram,
    Interval,
    Intervals,
    Layer,
    Level,
    Line,
    Lines,
    Node,
    Point,
    Row,
    Swing,
    Tornado,
)
from estimative.show.layers import lay_out
from estimative.show.svg import round_values, ticks

DATES = tuple(date(1984 + k, 9, 30) for k in range(11))
NAN = float("nan")
BARS = Bars("bars", (Bar("up", 0.4, 0.3, 0.5), Bar("down", -0.2), Bar("none", 0.0)))
FIGURES: tuple[Figure, ...] = (
    Areas("areas", DATES, tuple(Layer(f"level-{k}", (1 / 9,) * 11) for k in range(9))),
    Areas("one layer", DATES, (Layer("all", (1.0,) * 11),), ordered=False),
    Lines("lines", DATES, tuple(Line(f"x{k}", (0.5,) * 11, (0.1,) * 11, (0.9,) * 11) for k in range(20))),
    Lines(
        "trend",
        (1.0, 2.0, 3.0),
        (Line("data", (5.0, 6.0, NAN)), Line("ahead", (NAN, 6.0, 9.0), (NAN, 5.0, 2.0), (NAN, 7.0, 99.0))),
        percent=False,
        unit="a unit that is long enough to need some room",
        levels=(Level(50, "half"),),
    ),
    Lines(
        "a curve",
        (0.2, 1.0),
        (Line("sure", (0.9, 0.4)),),
        unit="sure",
        along_unit="held",
        along_percent=True,
        point=Point(1.0, 0.4, "the scenario"),
    ),
    Lines("nothing known", (1.0, 2.0), (Line("x", (NAN, NAN), (NAN, NAN), (NAN, NAN)),)),
    Intervals(
        "intervals", tuple(Row("a name of some length " * k, (Interval("", 0, 1, 0.5),)) for k in range(1, 5))
    ),
    Intervals(
        "two", (Row("x", (Interval("base", 0.2, 0.4), Interval("changed", 0.5, 0.6, 0.55, "second"))),)
    ),
    BARS,
    Bars("counts", (Bar("many", 1200, tone="bad"),), percent=False, unit="futures"),
    Bars(
        "sentences",
        (Bar("words " * 6, 0.1, note="first", tone="good"), Bar("words " * 60, 0.9, note="last", tone="bad")),
    ),
    Bars("no bars", ()),
    Bars("marked", (Bar("a claim", 0.5, note="n"),), axis="share of readings", marks=(0.1, 0.9)),
    Tornado(
        "tornado",
        0.3,
        (
            Swing(
                "a name that is longer than there is room for it at the left",
                "in: x " * 40,
                0,
                1,
                (1, 0),
                (1, 0),
            ),
            Swing("a word", "", 0.31, 0.29, (0.1, 0.02), (0.2, 0.03)),
        ),
    ),
    Tornado("rare", 0.0002, (Swing("a word", "in: x", 0.0001, 0.0003, (0.1, 0.02), (0.2, 0.03)),)),
    Tornado("nothing moves", 1.0, (Swing("a word", "", 1, 1, (0, 0), (0, 0)),)),
    Histogram("histogram", (0.1, 0.6, 0.3)),
    Histogram("numbers", (0.5, 0.5), 10, 20, percent=False),
    Grid("grid", ("a", "b"), tuple(map(str, range(60))), ((0.5,) * 60, (None, *[1.0] * 59))),
    Diagram(
        "diagram", (Node("a", "condition"), Node("b", "choice", "says")), (Edge("a", "b"), Edge("b", "a", -1))
    ),
)


def names(figure: Figure) -> str:
    return f"{type(figure).__name__}-{figure.title}"


@pytest.mark.parametrize("figure", FIGURES, ids=names)
def test_a_drawing_is_whole_and_inside_its_canvas(figure: Figure) -> None:
    drawn = ET.fromstring(draw(figure))  # noqa: S314 - our own drawing
    left, top, width, height = map(float, drawn.attrib["viewBox"].split())
    assert (left, top) == (0, 0)
    assert drawn.attrib["aria-label"] == figure.title
    assert "nan" not in draw(figure).lower().replace("name", "")
    for element in drawn.iter():
        for key, limit in (
            ("x", width),
            ("x1", width),
            ("x2", width),
            ("cx", width),
            ("y", height),
            ("cy", height),
        ):
            assert 0 <= float(element.attrib.get(key, 0)) <= limit, element.attrib
        places = [float(n) for n in re.findall(r"-?[\d.]+", re.sub(r"l.*z", "", element.attrib.get("d", "")))]
        assert all(0 <= x <= width for x in places[::2])
        assert all(0 <= y <= height for y in places[1::2])


@pytest.mark.parametrize("figure", FIGURES, ids=names)
def test_a_drawing_that_stands_alone_brings_its_style(figure: Figure) -> None:
    whole = ET.fromstring(standalone(figure))  # noqa: S314 - our own drawing
    assert whole.tag == "{http://www.w3.org/2000/svg}svg"
    assert "--plain" in (whole[0].text or "")
    size = whole.attrib["viewBox"].split()[2:]
    assert [whole.attrib["width"], whole.attrib["height"]] == size
    assert figure.title in [text.text for text in whole.iter("{http://www.w3.org/2000/svg}text")]
    (paper,) = (one for one in whole if one.attrib.get("class") == "paper")
    assert paper.tag.endswith("rect"), "its colours are for this ground, whatever the page's is"


def test_bars_of_shares_have_an_axis_with_its_name_and_its_marks() -> None:
    bars = Bars("b", (Bar("a claim", 0.5),), axis="share of readings", marks=(0.1, 0.9))
    drawn = ET.fromstring(draw(bars))  # noqa: S314 - our own drawing
    at = {text.text: float(text.attrib["x"]) for text in drawn.iter("text")}
    assert {"0%", "10%", "90%", "100%", "share of readings"} <= at.keys()
    marks = [float(one.attrib["x1"]) for one in drawn.iter("line") if one.attrib["class"] == "mark"]
    assert marks == [at["10%"], at["90%"]]
    (bar,) = drawn.iter("rect")
    assert float(bar.attrib["width"]) == pytest.approx((at["100%"] - at["0%"]) / 2, abs=0.1)


def test_a_longer_bar_is_drawn_longer_and_a_negative_one_to_the_left() -> None:
    drawn = ET.fromstring(draw(BARS))  # noqa: S314 - our own drawing
    up, down, none = (r for r in drawn.iter("rect"))
    assert float(up.attrib["width"]) == pytest.approx(2 * float(down.attrib["width"]), rel=0.02)
    assert float(down.attrib["x"]) + float(down.attrib["width"]) == pytest.approx(
        float(up.attrib["x"]), abs=0.02
    )
    assert float(none.attrib["width"]) == 1


def test_a_swing_goes_from_the_mean_to_where_it_is_taken_low_and_high() -> None:
    """Of what restrains, taken high stands left."""
    figure = Tornado(
        "t",
        0.3,
        (
            Swing("raises", "in: a (p.1)", 0.2, 0.5, (0.4, 0.1), (0.5, 0.1)),
            Swing("restrains", "in: b", 0.4, 0.25, (0.1, 0.02), (0.2, 0.03)),
        ),
    )
    drawn = draw(figure)
    bars = [r.attrib for r in ET.fromstring(drawn).iter("rect")][2:]  # noqa: S314 - our own drawing
    ends = [(one["class"], float(one["x"]), float(one["x"]) + float(one["width"])) for one in bars]
    # "tone-second" is low, "tone-plain" high.
    (high, low), (high_too, low_too) = sorted(ends[:2]), sorted(ends[2:])
    middle = low[2]
    assert high[1] == high_too[2] == low_too[1] == middle
    assert high[2] - middle == pytest.approx(2 * (middle - low[1]), abs=0.1)
    assert middle - high_too[1] == pytest.approx((middle - low[1]) / 2, abs=0.1)
    for said in ("raises", "in: a (p.1)", "20%", "50%", "40% ±10", "50% ±10"):
        assert f">{said}<" in drawn


def test_where_both_ends_lie_on_one_side_of_the_mean_nothing_is_written_over_bar_or_line() -> None:
    swings = (
        Swing("above", "", 0.25, 0.2, (0.1, 0.02), (0.2, 0.03)),
        Swing("below", "", 0.1, 0.15, (0.1, 0.02), (0.2, 0.03)),
    )
    drawn = ET.fromstring(draw(Tornado("t", 0.18, swings, "P(ever x)")))  # noqa: S314 - our own drawing
    assert drawn.attrib["aria-label"] == "t: P(ever x)"
    at = {text.text: text.attrib for text in drawn.iter("text")}
    middle = float(at["mean 18%"]["x"])
    assert float(at["20%"]["x"]) == middle - 5
    assert at["20%"]["text-anchor"] == "end"
    assert float(at["15%"]["x"]) == middle + 5
    assert "P(ever x)" in at
    bars = [float(r.attrib["width"]) for r in drawn.iter("rect")][2:]
    assert bars[0] > bars[1], "the nearer end is drawn over the farther"
    assert bars[2] > bars[3]


def test_a_long_name_of_a_swing_stands_on_two_lines_above_its_sentence() -> None:
    name = "which of “not implausible” or “by no means impossible”"
    drawn = draw(Tornado("t", 0.3, (Swing(name, "in: a (p.1)", 0.2, 0.5, (0.4, 0.1), (0.5, 0.1)),)))
    texts = ET.fromstring(drawn).iter("text")  # noqa: S314 - our own drawing
    said = [e for e in texts if e.text and e.text.split()[0] in {"which", "means", "in:"}]
    assert " ".join(str(e.text) for e in said) == f"{name} in: a (p.1)"
    assert [float(b.attrib["y"]) - float(a.attrib["y"]) for a, b in pairwise(said)] == [14, 14]


@given(st.floats(-1e6, 1e6), st.floats(1e-6, 1e6))
@settings(derandomize=True, deadline=None)
def test_round_values_lie_inside_and_are_few(low: float, width: float) -> None:
    values = round_values(low, low + width)
    assert 1 <= len(values) <= 7
    assert all(low - 1e-6 * width <= value <= low + width * (1 + 1e-6) for value in values)


@pytest.mark.parametrize(
    ("first", "last", "shown"),
    [
        (date(2027, 1, 1), date(2028, 12, 31), ["2027-01", "2027-04"]),
        (date(1984, 10, 1), date(1994, 9, 30), ["1986", "1988"]),
        (date(1900, 1, 1), date(2020, 1, 1), ["1900", "1920"]),
        (date(2027, 1, 2), date(2027, 3, 1), []),
    ],
)
def test_dates_are_marked_sparsely(first: date, last: date, shown: list[str]) -> None:
    found = ticks((first, last))
    assert [name for _, name in found][: len(shown)] == shown
    assert len(found) <= 8


@st.composite
def webs(draw_: st.DrawFn) -> tuple[list[str], list[tuple[str, str]]]:
    boxes = [f"n{k}" for k in range(draw_(st.integers(1, 12)))]
    arrows = draw_(st.lists(st.tuples(st.sampled_from(boxes), st.sampled_from(boxes)), max_size=30))
    return boxes, arrows


@given(webs())
@settings(derandomize=True, deadline=None)
def test_a_layout_keeps_boxes_apart_and_leads_every_arrow_home(
    web: tuple[list[str], list[tuple[str, str]]],
) -> None:
    boxes, arrows = web
    layout = lay_out(boxes, arrows)
    for number in range(layout.columns):
        rows = sorted(layout.row[name] for name in boxes if layout.column[name] == number)
        assert all(b - a >= 1 - 1e-9 for a, b in pairwise(rows))
    assert set(layout.routes) == {(a, b) for a, b in arrows if a != b}
    for (a, b), route in layout.routes.items():
        assert route[0] == (layout.column[a], layout.row[a])
        assert route[-1] == (layout.column[b], layout.row[b])
        # An arrow passes every column on its way once: it never runs through a box unseen.
        assert all(abs(y - x) == 1 for (x, _), (y, _) in pairwise(route))


def test_a_box_is_as_wide_as_its_column_needs() -> None:
    long = "a-name-of-thirty-eight-letters-in-all-"
    nodes = (Node(long, "condition"), Node("short", "condition"), Node("end", "condition"))
    drawn = ET.fromstring(draw(Diagram("d", nodes, (Edge(long, "end"), Edge("short", "end")))))  # noqa: S314 - our own drawing
    first, second, end = (float(box.attrib["width"]) for box in drawn.iter("rect"))
    assert first == second > 6.5 * len(long)
    assert end < first / 2
    assert long in [text.text for text in drawn.iter("text")]


def test_causes_stand_left_of_what_they_cause() -> None:
    layout = lay_out(["end", "middle", "start"], [("start", "middle"), ("middle", "end"), ("end", "start")])
    assert sorted(layout.column.values()) == [0, 1, 2]


def test_a_name_of_two_lines_stands_in_the_middle_of_its_row() -> None:
    rows = tuple(Row(name, (Interval("", 0.2, 0.4),)) for name in ("first", "words " * 10, "last"))
    drawn = ET.fromstring(draw(Intervals("i", rows)))  # noqa: S314 - our own drawing
    texts = [(text.text or "", float(text.attrib["y"])) for text in drawn.iter("text")]
    first, one, two, last = (y for said, y in texts if said.startswith(("first", "words", "last")))
    assert one - first == last - two >= 18
    bar = [float(rect.attrib["y"]) for rect in drawn.iter("rect")][1]
    assert bar + 3 == (one + two) / 2 - 4
