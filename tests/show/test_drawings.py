"""Drawings say what their data say: places follow values, labels keep apart, nothing leaves the canvas."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from estimative.show.draw import draw, standalone, style
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
from estimative.show.svg import colours, round_values, spread, ticks, wrap

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


@pytest.mark.parametrize(
    "figure",
    [
        Areas("a", DATES[:2], (Layer("x", (1.0, 1.0)),), unit="share of readings"),
        Lines("l", DATES[:2], (Line("x", (1.0, 1.0)),), unit="share of readings"),
    ],
    ids=names,
)
def test_the_upright_axis_of_courses_is_named(figure: Figure) -> None:
    assert ">share of readings<" in draw(figure)


def test_areas_are_as_high_as_their_shares() -> None:
    low, high = Layer("low", (1.0, 0.25)), Layer("high", (0.0, 0.75))
    drawn = draw(Areas("a", DATES[:2], (low, high)))
    lower, upper = (re.findall(r"[ML]([\d.]+),([\d.]+)", d) for d in re.findall(r'd="([^"]*)Z"', drawn))
    foot, top = float(lower[2][1]), float(lower[0][1])
    # At the right end the border stands a quarter of the way up.
    assert float(lower[1][1]) == pytest.approx(foot - 0.25 * (foot - top), abs=0.1)
    assert lower[1] == upper[2]


def test_areas_and_lines_say_the_same_of_what_has_not_been_seen() -> None:
    never, rest = (0.0, 0.0), (1.0, 1.0)
    stack = draw(Areas("a", DATES[:2], (Layer("never", never), Layer("rest", rest))))
    lines = draw(Lines("l", DATES[:2], (Line("never", never), Line("rest", rest))))
    for said in (">&lt;1%<", ">&gt;99%<"):
        assert said in stack
        assert said in lines
    assert "<title>never: 0% to &lt;1%</title>" in stack, "where things stand is known"


def test_a_point_stands_on_its_course_with_its_name() -> None:
    """Left of the middle its name stands above it, right of it below: there the course is not."""
    course = (Line("sure", (0.9, 0.6, 0.3)),)
    for along, value, beside in ((0.2, 0.9, 1), (0.6, 0.6, -1), (1.0, 0.3, -1)):
        figure = Lines("c", (0.2, 0.6, 1.0), course, along_percent=True, point=Point(along, value, "chosen"))
        drawn = ET.fromstring(draw(figure))  # noqa: S314 - our own drawing
        (dot,) = drawn.iter("circle")
        places = re.findall(r"[ML]([\d.]+),([\d.]+)", next(drawn.iter("path")).attrib["d"])
        assert [f"{float(dot.attrib[key]):.1f}" for key in ("cx", "cy")] in [list(place) for place in places]
        (name,) = (text for text in drawn.iter("text") if text.text == "chosen")
        assert (float(name.attrib["x"]) - float(dot.attrib["cx"])) * beside > 0
        assert (float(name.attrib["y"]) - float(dot.attrib["cy"])) * beside < 0
        assert {"20%", "40%", "100%"} <= {text.text for text in drawn.iter("text")}


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


def test_labels_keep_their_order_and_their_distance() -> None:
    moved = spread([50, 50, 50, 10], [16] * 4, 0, 100)
    assert moved[3] == 10
    assert all(b - a >= 16 for a, b in pairwise(sorted(moved)))


@given(st.lists(st.floats(0, 100), max_size=7))
@settings(derandomize=True, deadline=None)
def test_labels_that_fit_are_all_inside_and_apart(places: list[float]) -> None:
    moved = spread(places, [14] * len(places), 0, 100)
    assert all(7 - 1e-9 <= place <= 93 + 1e-9 for place in moved)
    assert all(b - a >= 14 - 1e-9 for a, b in pairwise(sorted(moved)))
    order = sorted(range(len(places)), key=lambda k: places[k])
    assert [moved[k] for k in order] == sorted(moved)


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


def test_levels_have_different_colours() -> None:
    for count in range(1, 12):
        assert len(set(colours(count, ordered=True))) == count
    assert len(set(colours(9, ordered=False))) == 9


def luminance(colour: str) -> float:
    parts = (int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5))
    linear = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("dark", [False, True])
def test_colours_are_seen_on_white_and_on_black(dark: bool) -> None:
    """As the guidelines for web content have it: 3 to 1 for lines, 4.5 to 1 for words."""
    parts = re.split(r"@media \(prefers-color-scheme: dark\) \{", style())
    roots = [dict(re.findall(r"--(\w+): (#\w+)", part.split("}")[0])) for part in parts[:2]]
    known = roots[dark]
    for word in ("ink", "quiet", "plain", "good", "mixed", "bad"):
        assert contrast(known[word], known["paper"]) >= 4.5, word
    sets = [dict(re.findall(r"svg \.([a-z]+-\d+) \{ .*--stroke: (#\w+);", part)) for part in parts[-2:]]
    strokes = sets[dark]
    assert set(strokes) == {*colours(15, ordered=True), *colours(9, ordered=False)}
    for name, stroke in strokes.items():
        assert contrast(stroke, known["paper"]) >= 3, name


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
    drawn = ET.fromstring(draw(Diagram("d", nodes, (Edge(long, "end"), Edge("short", "end")))))  # noqa: S314
    first, second, end = (float(box.attrib["width"]) for box in drawn.iter("rect"))
    assert first == second > 6.5 * len(long)
    assert end < first / 2
    assert long in [text.text for text in drawn.iter("text")]


def test_causes_stand_left_of_what_they_cause() -> None:
    layout = lay_out(["end", "middle", "start"], [("start", "middle"), ("middle", "end"), ("end", "start")])
    assert sorted(layout.column.values()) == [0, 1, 2]


@pytest.mark.parametrize(("beside", "lines"), [(False, 1), (True, 2)])
def test_beside_a_course_stands_its_value_and_its_name_on_up_to_two_lines(beside: bool, lines: int) -> None:
    name = "a sign with a name of thirty-nine signs"
    course = Lines("Courses", (0.0, 1.0), (Line(name, (0.1, 0.41)), Line("short " * 20, (0.1, 0.2))))
    layers = (Layer(name, (1.0, 0.41)), Layer("short " * 20, (0.0, 0.59)))
    areas = Areas("Shares", (date(2020, 1, 1), date(2021, 1, 1)), layers)
    for figure in (course, areas):
        drawn = draw(figure, beside=beside)
        texts = re.findall(r"<text[^>]*>([^<]*)</text>", drawn)
        at = texts.index("41%") + 1
        assert texts[at : at + lines] == wrap(name, 40 if not beside else 27, 2)
        assert sum(text.endswith("…") for text in texts) == 1, "only what needs more than two lines is cut"
        assert f"<title>{'short ' * 20}</title>" in drawn


def test_a_label_of_two_lines_keeps_its_distance() -> None:
    drawn = draw(Lines("Courses", (0.0, 1.0), tuple(Line("words " * 10, (0.5, 0.5)) for _ in range(9))))
    texts = [e for e in ET.fromstring(drawn).iter("text") if (e.text or "").startswith("words")]  # noqa: S314
    heights = [float(e.attrib["y"]) for e in texts]
    assert len(heights) == 18
    assert all(b - a >= 14 for a, b in pairwise(heights))


def test_data_that_end_sooner_are_named_where_they_end() -> None:
    data, ahead = Line("data", (1.0, 5.0, NAN, NAN)), Line("ahead", (NAN, 5.0, 6.0, 7.0))
    drawn = ET.fromstring(draw(Lines("t", (0.0, 1.0, 2.0, 3.0), (data, ahead), percent=False)))  # noqa: S314
    at = {text.text: text.attrib for text in drawn.iter("text")}
    assert float(at["data"]["x"]) < float(at["1"]["x"]) < float(at["ahead"]["x"])
    assert at["data"]["text-anchor"] == "end"


def test_a_name_of_two_lines_stands_in_the_middle_of_its_row() -> None:
    rows = tuple(Row(name, (Interval("", 0.2, 0.4),)) for name in ("first", "words " * 10, "last"))
    drawn = ET.fromstring(draw(Intervals("i", rows)))  # noqa: S314 - our own drawing
    texts = [(text.text or "", float(text.attrib["y"])) for text in drawn.iter("text")]
    first, one, two, last = (y for said, y in texts if said.startswith(("first", "words", "last")))
    assert one - first == last - two >= 18
    bar = [float(rect.attrib["y"]) for rect in drawn.iter("rect")][1]
    assert bar + 3 == (one + two) / 2 - 4


def test_numbers_below_zero_have_the_minus_of_all_others() -> None:
    drawn = draw(Lines("t", (-1.0, 1.0), (Line("x", (-20.0, 5.0)),), percent=False))
    texts = re.findall(r"<text[^>]*>([^<]*)<", drawn)
    assert "\N{MINUS SIGN}20" in texts
    assert not any("-" in text for text in texts)


def test_a_peak_gets_a_dot_and_is_told() -> None:
    drawn = draw(Lines("Courses", (0.0, 1.0, 2.0), (Line("x", (0.0, 0.8, 0.5), peak=1),)))
    (dot,) = ET.fromstring(drawn).iter("circle")  # noqa: S314 - our own drawing
    course = re.findall(r"[ML]([\d.]+),([\d.]+)", re.findall(r'd="([^"]*)"', drawn)[0])
    assert (float(dot.attrib["cx"]), float(dot.attrib["cy"])) == tuple(map(float, course[1]))
    assert ">80%<" in drawn
    assert drawn.count(">50%<") == 1, "only the axis says it"
