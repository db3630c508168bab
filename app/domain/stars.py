"""The rules of stars (星级): which level hours reach, since when, and what is missing for the next.

Sources: 100, 300, 600, 1000 and 1500 hours are one to five stars (national rule); other tables, further gold levels
and a minimum time since registration are practised (domain.md section 7), so the table is a dated policy.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from app.domain.policies import Policy, PolicyMakesNoSense

_MINUTES_AN_HOUR = 60
_MOST_HOURS = 100_000
MOST_LEVELS = 10
_MOST_MONTHS = 240
_LEAST_NOTICE_WORKING_DAYS = 3
_MOST_NOTICE_WORKING_DAYS = 30


class StarsPolicy(Policy, frozen=True, kw_only=True):
    """``hours[n - 1]`` are needed for level n, and so many months since registration for any of them. A list of
    proposals is posted for so many working days at least.
    """

    name: ClassVar[str] = "stars"

    limits: ClassVar[Mapping[str, tuple[int, int]]] = {
        "hours": (1, _MOST_HOURS),
        "months_since_registration": (0, _MOST_MONTHS),
        "notice_working_days": (_LEAST_NOTICE_WORKING_DAYS, _MOST_NOTICE_WORKING_DAYS),
    }

    hours: tuple[int, ...] = (100, 300, 600, 1000, 1500)
    months_since_registration: int = 0
    notice_working_days: int = _LEAST_NOTICE_WORKING_DAYS

    def check(self) -> None:
        super().check()
        rising = all(low < high for low, high in zip(self.hours, self.hours[1:], strict=False))
        if not 1 <= len(self.hours) <= MOST_LEVELS or not rising:
            raise StarsMustRise(policy=self.name, value="hours", most_levels=MOST_LEVELS)


class StarsMustRise(PolicyMakesNoSense):
    """A table has at least one level and not too many, and each needs more hours than the one below."""

    most_levels: int


@dataclass(frozen=True, slots=True)
class Earned:
    """One line of the hours ledger; a reversal has negative minutes."""

    day: date
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Stars:
    """Where a person stands. ``since`` is None at level 0, ``next_hours`` at the highest level.

    ``waits_until`` is the day from which the hours count for stars, while it lies ahead. ``highest`` is the highest
    level the hours ever reached: above ``level`` a reversal has taken one away.
    """

    level: int
    since: date | None
    next_hours: int | None
    missing_minutes: int
    waits_until: date | None
    highest: int


def level_of(minutes: int, policy: StarsPolicy) -> int:
    """The level that ``minutes`` of service reach, 0 to the number of levels."""
    return sum(minutes >= hours * _MINUTES_AN_HOUR for hours in policy.hours)


def level_on(minutes: int, registered_on: date, today: date, policy: StarsPolicy) -> int:
    """The level somebody has on ``today``: none before they have been registered for long enough."""
    until = registered_until(today, policy)
    return 0 if until is not None and registered_on > until else level_of(minutes, policy)


def registered_until(today: date, policy: StarsPolicy) -> date | None:
    """Whose hours count for stars on ``today``: who was registered on this day or before; None for everybody."""
    if not policy.months_since_registration:
        return None
    year, month = divmod(today.year * 12 + today.month - 1 - policy.months_since_registration, 12)
    return date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))


def stars(earned: Iterable[Earned], *, registered_on: date | None, today: date, policy: StarsPolicy) -> Stars:
    """The stars that the ledger lines, in the order they were recorded, give on ``today``."""
    total, highest, since = 0, 0, dict[int, date]()
    for one in earned:
        total += one.minutes
        reached = level_of(total, policy)
        highest = max(highest, reached)
        since = {level: day for level, day in since.items() if level <= reached}
        for level in range(1, reached + 1):
            since.setdefault(level, one.day)
    level = level_of(total, policy)
    counts_from = _counts_from(registered_on, policy)
    waits_until = counts_from if counts_from is not None and today < counts_from else None
    if waits_until is not None:
        level = 0
    next_hours = policy.hours[level] if level < len(policy.hours) else None
    return Stars(
        level=level,
        since=_later(since[level], counts_from) if level else None,
        next_hours=next_hours,
        missing_minutes=max(0, next_hours * _MINUTES_AN_HOUR - total) if next_hours is not None else 0,
        waits_until=waits_until,
        highest=highest,
    )


def _counts_from(registered_on: date | None, policy: StarsPolicy) -> date | None:
    if registered_on is None or not policy.months_since_registration:
        return None
    return _months_later(registered_on, policy.months_since_registration)


def _months_later(day: date, months: int) -> date:
    """The same day of a later month; where that month is too short (never December), the first day after it."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    try:
        return date(year, month + 1, day.day)
    except ValueError:
        return date(year, month + 2, 1)


def _later(day: date, other: date | None) -> date:
    return day if other is None else max(day, other)
