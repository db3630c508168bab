"""Days as Chinese offices count them: working days with moved days (调休) and natural quarters (自然季度).

The tables stand in ``resources/holidays``, one file a year; a county can hand in newer ones. A year without a
published notice knows only weekends and the statutory days, and says so (``provisional``). What a clerk types
for a moment and how moments are said live in ``moments``.

Sources: the yearly notices of the State Council's General Office; the regulation on public holidays as revised in
2024 (thirteen statutory days); one time zone for the whole country, UTC+8 without summer time since 1992.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cache

import resources
from app.words import _

SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")

# (month, day) of the statutory days that need no lunar calendar.
_FIXED_DAYS = frozenset({(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)})
_SATURDAY = 5


@dataclass(frozen=True)
class HolidayYear:
    """One year's table: days off with the name of their holiday, and weekend days that are worked."""

    year: int
    days_off: Mapping[date, str]
    working_weekend_days: frozenset[date]
    provisional: bool = False


@dataclass(frozen=True)
class WorkCalendar:
    """Which days are worked, by tables; beyond them by weekends and fixed holidays."""

    years: Mapping[int, HolidayYear]

    def is_working_day(self, day: date) -> bool:
        table = self.years.get(day.year)
        weekend = day.weekday() >= _SATURDAY
        if table is None:
            return not weekend and (day.month, day.day) not in _FIXED_DAYS
        return day in table.working_weekend_days or (not weekend and day not in table.days_off)

    def holiday(self, day: date) -> str | None:
        """The holiday's name, if the year's table knows one for ``day``."""
        table = self.years.get(day.year)
        return table.days_off.get(day) if table else None

    def is_provisional(self, day: date) -> bool:
        """Whether the year's notice was not published yet, so that days may still move."""
        table = self.years.get(day.year)
        return table is None or table.provisional

    def add_working_days(self, day: date, count: int) -> date:
        """The ``count``-th working day after ``day`` (before it, if negative); 0 gives ``day`` itself."""
        step = timedelta(days=1 if count > 0 else -1)
        for _each in range(abs(count)):
            day += step
            while not self.is_working_day(day):
                day += step
        return day

    def working_days_between(self, first: date, last: date) -> int:
        """How many working days come after ``first`` up to and with ``last``; 0 when ``last`` is not later."""
        span = (last - first).days
        return sum(self.is_working_day(first + timedelta(days=after)) for after in range(1, span + 1))

    def last_working_day_of_month(self, year: int, month: int) -> date:
        first_of_next = date(year + month // 12, month % 12 + 1, 1)
        return self.add_working_days(first_of_next, -1)

    def with_year(self, table: HolidayYear) -> WorkCalendar:
        """The same calendar with one year's table added or replaced."""
        return WorkCalendar({**self.years, table.year: table})


@dataclass(frozen=True, order=True)
class Quarter:
    """A natural quarter of a year, ``number`` 1 to 4."""

    year: int
    number: int

    @property
    def start(self) -> date:
        return date(self.year, self.number * 3 - 2, 1)

    @property
    def end(self) -> date:
        """Its last day."""
        return self.next().start - timedelta(days=1)

    def next(self) -> Quarter:
        return Quarter(self.year + self.number // 4, self.number % 4 + 1)

    def previous(self) -> Quarter:
        return quarter_of(self.start - timedelta(days=1))

    def __str__(self) -> str:
        """``2026Q2``, as it stands in facts."""
        return f"{self.year}Q{self.number}"

    def say(self) -> str:
        return _("{year}年第{number}季度").format(year=self.year, number=self.number)


@cache
def shipped() -> WorkCalendar:
    """The calendar of the tables this version brings."""
    tables = [
        read_year(file.read_text(encoding="utf-8"))
        for file in sorted(resources.folder("holidays").glob("*.json"))
    ]
    return WorkCalendar({table.year: table for table in tables})


def read_year(text: str) -> HolidayYear:
    """One year's table from its JSON text."""
    data = json.loads(text)
    return HolidayYear(
        year=data["year"],
        days_off={date.fromisoformat(day): name for day, name in data["days_off"].items()},
        working_weekend_days=frozenset(map(date.fromisoformat, data["working_weekend_days"])),
        provisional=data.get("provisional", False),
    )


def shanghai(instant: datetime) -> datetime:
    """An aware instant on the wall clock of the station."""
    assert instant.tzinfo is not None, "an instant needs its time zone"
    return instant.astimezone(SHANGHAI)


def shanghai_day(instant: datetime) -> date:
    return shanghai(instant).date()


def instant_at(day: date, hour: int = 0, minute: int = 0) -> datetime:
    """The UTC instant of a wall-clock time; hour 24 is the midnight that ends the day."""
    midnight = datetime(day.year, day.month, day.day, tzinfo=SHANGHAI)
    return (midnight + timedelta(hours=hour, minutes=minute)).astimezone(UTC)


def quarter_of(day: date) -> Quarter:
    return Quarter(day.year, (day.month + 2) // 3)


def read_quarter(text: str) -> Quarter:
    """``2026Q2``, as it stands in facts."""
    year, number = text.split("Q")
    return Quarter(int(year), int(number))


def years_after(day: date, years: int) -> date:
    """The same day so many years later; the 28th for a 29 February, the last day there is beyond the year 9999."""
    year = day.year + years
    if year > date.max.year:
        return date.max
    is_leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=year, day=28) if is_leap_day else day.replace(year=year)


def months_before(day: date, months: int) -> date:
    """The same day so many months ago, or the last of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    last = (date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month + 1, min(day.day, last))
