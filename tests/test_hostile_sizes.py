"""Large inputs are read in a time that grows with their size, not with its square."""

from __future__ import annotations

import gc
from datetime import date, timedelta
from time import process_time
from typing import TYPE_CHECKING

import pytest

from estimative.estimate import expressions as ex
from estimative.estimate.values import Text
from estimative.language.checks.expressions import check_parts
from estimative.language.checks.namespace import Namespace
from estimative.language.read import read_texts
from estimative.language.series import SeriesKeys, read_series
from estimative.places.source import NOWHERE, Source
from estimative.record.read import read_record_text
from estimative.sources.layout import blocks
from estimative.sources.paged import FileText, Page, PagedText
from estimative.sources.paging import paged_text
from estimative.sources.phrases import matches

if TYPE_CHECKING:
    from collections.abc import Callable

    from estimative.estimate.nodes import Estimate

TIMES = 10
"""How many times as large the large input is."""

HEAD = (
    "{estimate: e, title: T, as-of: 2020, horizon: 2 years, step: year, standard: icd-203, conditions: {%s}}"
)


def read(conditions: str) -> Estimate | None:
    """An estimate with some conditions; they may be wrong."""
    return read_texts([Source("e.yaml", HEAD % conditions)])[0]


def sound(conditions: str) -> Estimate:
    """An estimate with some conditions that are right."""
    estimate = read(conditions)
    assert estimate is not None
    return estimate


def form_feeds(size: int) -> Callable[[], object]:
    source = Source("a.txt", "a" + "\f" * size)
    return lambda: paged_text(FileText(source, "", {}, NOWHERE))


def phrases(size: int) -> Callable[[], object]:
    return lambda: matches("likely " * size)


def blocks_of_a_page(size: int) -> Callable[[], object]:
    text = "abc defg\n\n" * size
    paged = PagedText(Source("a.txt", text), "", (Page("", 0, len(text), "inferred"),))
    return lambda: blocks(paged)


def reports(size: int) -> Callable[[], object]:
    of = sound("x: {starts: no, becomes: {a: likely}}")
    kinds = ("by: 2020", "not-by: 2021")
    facts = ", ".join(f"r{number}: {{what: x, {kinds[number % 2]}, grade: B2}}" for number in range(size))
    text = f"{{record: r, of: e, as-of: 2021, facts: {{{facts}}}}}"
    return lambda: read_record_text(Source("r.yaml", text), of)


def rings(size: int) -> Callable[[], object]:
    return lambda: read(", ".join(f"a{n}: {{is: b{n}}}, b{n}: {{is: a{n}}}" for n in range(size)))


def parts_of_a_gate(size: int) -> Callable[[], object]:
    parts = [f"x{number}" for number in range(size)]
    gate = ex.AtLeast(1, tuple(map(ex.Named, parts)))
    names = Namespace.of(sound("x: {starts: yes}"), frozenset(parts))
    return lambda: list(check_parts(gate, names))


def values_that_stand_for_none(size: int) -> Callable[[], object]:
    first = date(1900, 1, 1)
    text = "date,v\n" + "".join(f"{first + timedelta(days=number)},-9\n" for number in range(size))
    return lambda: read_series(Source("a.csv", text), SeriesKeys(Text("a.csv")))


def unseen_characters(size: int) -> Callable[[], object]:
    return lambda: read(", ".join(f"a\u200b{number}: {{says: ''}}" for number in range(size)))


@pytest.mark.parametrize(
    ("made", "size"),
    [
        (form_feeds, 150_000),
        (phrases, 20_000),
        (blocks_of_a_page, 60_000),
        (reports, 3_000),
        (rings, 3_000),
        (parts_of_a_gate, 12_000),
        (values_that_stand_for_none, 18_000),
        (unseen_characters, 8_000),
    ],
)
def test_time_grows_with_the_size(made: Callable[[int], Callable[[], object]], size: int) -> None:
    taken = []
    gc.disable()  # It would look through all that other tests have left.
    try:
        for several in (size // TIMES, size):
            work = made(several)
            before = process_time()
            work()
            taken.append(process_time() - before)
    finally:
        gc.enable()
    # Four times what is due, and half a second for whatever else the machine did; the square would be ten times.
    small, large = taken
    assert large < 4 * TIMES * small + 0.5
