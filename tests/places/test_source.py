"""Sources and spans: lines and columns of characters, whatever ends the lines."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from estimative.places.source import Place, Source


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines(end: str) -> None:
    source = Source("t", end.join(["one", "", "日本"]))
    assert [source.line(number) for number in (1, 2, 3)] == ["one", "", "日本"]
    assert source.span(source.text.index("本")).place == Place("t", 3, 2)


@settings(max_examples=200, derandomize=True)
@given(st.text(st.sampled_from("ab\r\n日\u2028"), max_size=30), st.data())
def test_a_place_leads_back_to_its_character(text: str, data: st.DataObject) -> None:
    source = Source("t", text + "x")
    index = data.draw(st.integers(0, len(text)))
    place = source.span(index).place
    assert source.line_starts[place.line - 1] + place.column - 1 == index


def test_parts_of_spans() -> None:
    span = Source("t", "one two").span(4, 7)
    assert (span.text, span.part(1, 3).text, str(span.part(1, 3).place)) == ("two", "wo", "t:1:6")
