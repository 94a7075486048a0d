"""Courses over time are drawn as they run, and what stands beside them is theirs and can be read."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from estimative.show.draw import draw
from estimative.show.figures import Areas, Figure, Layer, Line, Lines, Point
from estimative.show.svg import spread, wrap

DATES = tuple(date(1984 + k, 9, 30) for k in range(11))
NAN = float("nan")


@pytest.mark.parametrize(
    "figure",
    [
        Areas("a", DATES[:2], (Layer("x", (1.0, 1.0)),), unit="share of readings"),
        Lines("l", DATES[:2], (Line("x", (1.0, 1.0)),), unit="share of readings"),
    ],
    ids=["areas", "lines"],
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
    texts = [e for e in ET.fromstring(drawn).iter("text") if (e.text or "").startswith("words")]  # noqa: S314 - our own drawing
    heights = [float(e.attrib["y"]) for e in texts]
    assert len(heights) == 18
    assert all(b - a >= 14 for a, b in pairwise(heights))


def test_data_that_end_sooner_are_named_where_they_end() -> None:
    data, ahead = Line("data", (1.0, 5.0, NAN, NAN)), Line("ahead", (NAN, 5.0, 6.0, 7.0))
    drawn = ET.fromstring(draw(Lines("t", (0.0, 1.0, 2.0, 3.0), (data, ahead), percent=False)))  # noqa: S314 - our own drawing
    at = {text.text: text.attrib for text in drawn.iter("text")}
    assert float(at["data"]["x"]) < float(at["1"]["x"]) < float(at["ahead"]["x"])
    assert at["data"]["text-anchor"] == "end"


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
    assert ">dot and number: where it is highest<" in drawn
    assert drawn.count(">50%<") == 1, "only the axis says it"
