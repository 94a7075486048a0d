"""Writing an estimate and reading it again gives the same estimate."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from estimative.estimate.nodes import Estimate, Trend
from estimative.estimate.series import Series
from estimative.estimate.values import Duration, Moment
from estimative.language.emit import emit
from estimative.language.guard import read_tree
from estimative.language.read import read_estimate, read_texts
from estimative.language.tree import Mapping, Scalar, Sequence
from estimative.language.write import write, write_series
from estimative.places.excerpt import excerpt
from estimative.places.source import Source
from support.estimates import estimates

if TYPE_CHECKING:
    from pathlib import Path


@settings(
    max_examples=25,
    derandomize=True,
    deadline=None,
    phases=(Phase.explicit, Phase.generate),  # an estimate is too large to be made smaller in reasonable time
    suppress_health_check=list(HealthCheck),
)
@given(st.data())
def test_what_is_written_reads_as_it_was(data: st.DataObject) -> None:
    estimate = data.draw(estimates())
    text = write(estimate)
    read, found = read_texts([Source("written.yaml", text)])
    assert read == estimate, "\n".join([*(excerpt(problem) for problem in found), text])


def test_a_trend_is_written_with_its_data(tmp_path: Path) -> None:
    dates = tuple(date(year, 12, 31) for year in range(2008, 2019))
    values = tuple(50.5 + year % 7 for year in range(2008, 2019))
    series = Series("rain.csv", "mm", dates, values, "date", ("-9", ""), ("press p.3, 4",) * 11)
    trend = Trend("rain", series, says="Rain in spring", unit="mm", log=True)
    day = Moment(date(2020, 1, 1), date(2020, 1, 1))
    estimate = Estimate("tiny", "Tiny", day, Duration(5, "year"), "year", "icd-203", trends=(trend,))
    (tmp_path / "estimate.yaml").write_text(write(estimate), encoding="utf-8")
    (tmp_path / "rain.csv").write_text(write_series(series), encoding="utf-8")
    read, found = read_estimate(tmp_path)
    assert read == estimate, found


@pytest.mark.parametrize(
    "text",
    [
        "NO",
        "12:30",
        "a: b",
        "a #b",
        "- a",
        "&a",
        "it's",
        '"',
        "*",
        "{}",
        "a\nb\tc",
        "\\n",
        "é\n日本",
        "%",
        "a, b",
        "",
    ],
)
def test_any_text_is_emitted_so_that_it_reads_as_it_was(text: str) -> None:
    tree, found = read_tree(Source("emitted.yaml", emit({"key": text, "list": [text, text]})))
    assert not found
    assert isinstance(tree, Mapping)
    value, items = (entry.value for entry in tree.entries)
    assert isinstance(value, Scalar)
    assert value.text == text
    assert isinstance(items, Sequence)
    assert [item.text for item in items.items if isinstance(item, Scalar)] == [text, text]
