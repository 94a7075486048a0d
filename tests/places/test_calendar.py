"""The calendar: steps, and what dates and durations mean in them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from estimative.places.calendar import MONTHS, Calendar, StepName, add_months

days = st.dates(date(1900, 1, 1), date(2100, 12, 31))
steps: st.SearchStrategy[StepName] = st.sampled_from(("month", "quarter", "year"))


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2023, 1, 31), 1, date(2023, 2, 28)),
        (date(2023, 12, 31), 2, date(2024, 2, 29)),
        (date(2023, 3, 31), -1, date(2023, 2, 28)),
        (date(2023, 12, 1), 1, date(2024, 1, 1)),
    ],
)
def test_months_later(day: date, months: int, later: date) -> None:
    assert add_months(day, months) == later


@settings(max_examples=150, derandomize=True)
@given(days, st.integers(1, 240), steps)
def test_steps_cover_the_horizon_without_gaps(as_of: date, months: int, step: StepName) -> None:
    calendar = Calendar.of(as_of, months, step)
    assert calendar.ends[0] == as_of - timedelta(days=1)
    assert calendar.steps == months // MONTHS[step]
    assert all(later > earlier for earlier, later in zip(calendar.ends, calendar.ends[1:], strict=False))


@settings(max_examples=150, derandomize=True)
@given(days, st.integers(12, 120), steps, st.integers(-100, 4_000))
def test_a_day_belongs_to_the_last_step_that_has_ended(
    as_of: date, months: int, step: StepName, later: int
) -> None:
    calendar = Calendar.of(as_of, months, step)
    day = as_of + timedelta(days=later)
    by, start = calendar.steps_by(day), calendar.first_from(day)
    assert by == sum(end <= day for end in calendar.ends[1:])
    assert start == sum(end < day for end in calendar.ends)


@settings(max_examples=100, derandomize=True)
@given(days, st.integers(1, 200), steps)
def test_a_duration_holds_as_many_steps_as_it_is_long(as_of: date, months: int, step: StepName) -> None:
    calendar = Calendar.of(as_of, 240, step)
    assert calendar.steps_in(months) == months // MONTHS[step]
    assert calendar.steps_in(0, 0) == 0


def test_days_count_as_whole_steps_when_the_last_of_them_ends_one() -> None:
    calendar = Calendar.of(date(2020, 1, 1), 60, "quarter")
    assert [calendar.steps_in(0, count) for count in (90, 91, 181, 182)] == [0, 1, 1, 2]


@settings(max_examples=100, derandomize=True)
@given(days, st.integers(12, 120), steps, st.integers(0, 4_000), st.integers(0, 4_000))
def test_steps_between_days_go_on_after_the_horizon(
    as_of: date, months: int, step: StepName, start: int, length: int
) -> None:
    first = as_of + timedelta(days=start)
    last = first + timedelta(days=length)
    longer = Calendar.of(as_of, 12 * 30, step)
    expected = sum(first <= end <= last for end in longer.ends[1:])
    assert Calendar.of(as_of, months, step).steps_between(first, last) == expected


def test_a_date_after_the_horizon_means_the_same_as_its_duration() -> None:
    calendar = Calendar.of(date(2020, 1, 1), 60, "quarter")
    assert calendar.steps_between(calendar.as_of, date(2029, 12, 31)) == calendar.steps_in(120) == 40
