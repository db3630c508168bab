"""The clock of the day (时钟): it stands until it is moved forward."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.domain.calendar import SHANGHAI, shanghai

FIRST_MORNING = datetime(2026, 4, 9, 8, 20, tzinfo=SHANGHAI)
"""A Thursday; the next day is a working day, too."""


class DayClock:
    """What the program takes for the time of the PC."""

    def __init__(self, now: datetime = FIRST_MORNING) -> None:
        self._now = now

    def __call__(self) -> datetime:
        return self._now

    def forward(self, minutes: float) -> None:
        assert minutes >= 0, "the day never goes back"
        self._now += timedelta(minutes=minutes)

    def until(self, hour: int, minute: int = 0, *, days: int = 0) -> float:
        """How many minutes it is until this time of today, or of a later day."""
        there = shanghai(self._now).replace(hour=hour, minute=minute, second=0) + timedelta(days=days)
        return (there - self._now).total_seconds() / 60

    def typed(self, moment: datetime) -> str:
        """A time of today as a clerk types it."""
        return f"{shanghai(moment):%H:%M}"

    def said(self) -> str:
        return f"{shanghai(self._now):%m-%d %H:%M}"
