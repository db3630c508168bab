"""Working days, quarters and the station's wall clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import calendar
from app.domain.calendar import Quarter, WorkCalendar

DAYS = st.dates(date(2023, 1, 1), date(2027, 12, 31))


@pytest.mark.parametrize(
    "day, worked",
    [
        ("2023-01-28", True),
        ("2023-10-06", False),
        ("2023-10-07", True),
        ("2024-02-09", True),
        ("2024-02-18", True),
        ("2024-04-04", False),
        ("2024-10-12", True),
        ("2025-01-26", True),
        ("2025-01-28", False),
        ("2025-05-05", False),
        ("2025-10-08", False),
        ("2025-10-11", True),
        ("2026-01-02", False),
        ("2026-01-04", True),
        ("2026-02-14", True),
        ("2026-02-23", False),
        ("2026-02-24", True),
        ("2026-04-06", False),
        ("2026-05-09", True),
        ("2026-09-20", True),
        ("2026-10-07", False),
        ("2026-10-10", True),
        ("2026-11-21", False),
        ("2027-02-05", False),
        ("2027-05-02", False),
        ("2027-05-03", True),
        ("2030-01-01", False),
        ("2030-05-02", False),
        ("2030-05-04", False),
        ("2030-05-06", True),
    ],
)
def test_published_and_provisional_days(day: str, worked: bool) -> None:
    assert calendar.shipped().is_working_day(date.fromisoformat(day)) is worked


@pytest.mark.parametrize("year, days", [(2023, 249), (2024, 251), (2025, 248), (2026, 248)])
def test_the_working_days_of_a_year(year: int, days: int) -> None:
    assert calendar.shipped().working_days_between(date(year - 1, 12, 31), date(year, 12, 31)) == days


def test_tables_agree_with_themselves() -> None:
    for year, table in calendar.shipped().years.items():
        assert all(day.year == year for day in [*table.days_off, *table.working_weekend_days])
        assert all(day.weekday() >= 5 for day in table.working_weekend_days)
        assert not table.working_weekend_days & set(table.days_off)


def test_a_year_without_notice_is_provisional() -> None:
    shipped = calendar.shipped()
    assert [shipped.is_provisional(date(year, 6, 1)) for year in (2022, 2023, 2026, 2027, 2028)] == [
        True, False, False, True, True,
    ]  # fmt: skip


def test_holidays_have_names() -> None:
    shipped = calendar.shipped()
    assert shipped.holiday(date(2026, 2, 17)) == "春节"
    assert shipped.holiday(date(2026, 3, 17)) is None
    assert shipped.holiday(date(2031, 2, 17)) is None


@pytest.mark.parametrize(
    "day, count, then",
    [
        ("2026-04-03", 1, "2026-04-07"),
        ("2026-09-30", 1, "2026-10-08"),
        ("2026-10-09", 1, "2026-10-10"),
        ("2026-02-13", 2, "2026-02-24"),
        ("2026-04-07", -1, "2026-04-03"),
        ("2026-04-04", 0, "2026-04-04"),
        ("2026-12-31", 1, "2027-01-04"),
    ],
)
def test_adding_working_days(day: str, count: int, then: str) -> None:
    assert calendar.shipped().add_working_days(date.fromisoformat(day), count) == date.fromisoformat(then)


@given(DAYS, st.integers(1, 60))
def test_adding_lands_on_a_working_day_so_many_further(day: date, count: int) -> None:
    shipped = calendar.shipped()
    then = shipped.add_working_days(day, count)
    assert shipped.is_working_day(then)
    assert shipped.working_days_between(day, then) == count
    assert shipped.working_days_between(then, day) == 0


@pytest.mark.parametrize("month, day", [(1, 30), (2, 28), (9, 30), (10, 30), (12, 31)])
def test_the_barbers_come_on_the_last_working_day_of_the_month(month: int, day: int) -> None:
    assert calendar.shipped().last_working_day_of_month(2026, month) == date(2026, month, day)


def test_a_county_can_hand_in_a_newer_table() -> None:
    newer = calendar.read_year(
        '{"year": 2027, "days_off": {"2027-02-11": "春节"}, "working_weekend_days": ["2027-02-20"]}'
    )
    pushed = calendar.shipped().with_year(newer)
    assert not pushed.is_provisional(date(2027, 2, 11))
    assert not pushed.is_working_day(date(2027, 2, 11))
    assert pushed.is_working_day(date(2027, 2, 20))
    assert calendar.shipped().is_provisional(date(2027, 2, 11))
    assert WorkCalendar({}).is_working_day(date(2026, 2, 24))


@pytest.mark.parametrize(
    "day, quarter, start, end",
    [
        (date(2026, 1, 1), Quarter(2026, 1), date(2026, 1, 1), date(2026, 3, 31)),
        (date(2026, 6, 30), Quarter(2026, 2), date(2026, 4, 1), date(2026, 6, 30)),
        (date(2026, 7, 1), Quarter(2026, 3), date(2026, 7, 1), date(2026, 9, 30)),
        (date(2026, 12, 31), Quarter(2026, 4), date(2026, 10, 1), date(2026, 12, 31)),
    ],
)
def test_natural_quarters(day: date, quarter: Quarter, start: date, end: date) -> None:
    assert calendar.quarter_of(day) == quarter
    assert calendar.read_quarter(str(quarter)) == quarter
    assert (quarter.start, quarter.end) == (start, end)
    assert calendar.quarter_of(end + timedelta(days=1)) == quarter.next()
    assert quarter < quarter.next()
    assert quarter.next().previous() == quarter


def test_a_quarter_in_facts_and_in_words() -> None:
    assert str(Quarter(2026, 2)) == "2026Q2"
    assert Quarter(2026, 2).say() == "2026年第2季度"


def test_the_day_is_shanghais_day() -> None:
    late = datetime(2026, 3, 31, 16, 0, tzinfo=UTC)
    assert calendar.shanghai_day(late) == date(2026, 4, 1)
    assert calendar.shanghai_day(late - timedelta(microseconds=1)) == date(2026, 3, 31)
    assert calendar.instant_at(date(2026, 4, 1)) == late
    assert calendar.instant_at(date(2026, 3, 31), 24) == late
    assert calendar.instant_at(date(2026, 4, 1), 9, 30) == datetime(2026, 4, 1, 1, 30, tzinfo=UTC)
    with pytest.raises(AssertionError):
        calendar.shanghai(datetime(2026, 3, 31))  # noqa: DTZ001 - the point


@pytest.mark.parametrize(
    ("day", "later"),
    [
        (date(2026, 4, 7), date(2036, 4, 7)),
        (date(2024, 2, 29), date(2034, 2, 28)),
        (date(9995, 1, 1), date.max),
    ],
)
def test_years_after(day: date, later: date) -> None:
    assert calendar.years_after(day, 10) == later


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        (date(2026, 4, 7), 0, date(2026, 4, 7)),
        (date(2026, 4, 7), 12, date(2025, 4, 7)),
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2024, 3, 31), 1, date(2024, 2, 29)),
        (date(2026, 1, 31), 1, date(2025, 12, 31)),
        (date(2026, 12, 31), 24, date(2024, 12, 31)),
    ],
)
def test_the_same_day_months_ago(day: date, months: int, before: date) -> None:
    assert calendar.months_before(day, months) == before
