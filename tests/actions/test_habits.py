"""Habits are kept for each member of staff, the newest last, and only for somebody who is signed in."""

from __future__ import annotations

import pytest

from app.actions.desk import NotSignedIn
from app.actions.habits import KeepHabits, keep_habits, my_habits
from app.domain.staff import Role
from tests.support.desk import Station


def test_habits_are_kept_by_name_for_each_of_the_staff(station: Station) -> None:
    clerk, auditor = station.staff[Role.CLERK], station.staff[Role.AUDITOR]
    keep_habits(
        station.desk, KeepHabits(staff=clerk, values={"large": "true", "people.columns": "[80, 120]"})
    )
    keep_habits(station.desk, KeepHabits(staff=clerk, values={"large": "false"}))
    station.sit(Role.AUDITOR)
    keep_habits(station.desk, KeepHabits(staff=auditor, values={"large": "true"}))
    assert my_habits(station.desk, None) == {"large": "true"}
    station.sit(Role.CLERK)
    assert my_habits(station.desk, None) == {"large": "false", "people.columns": "[80, 120]"}


def test_nothing_to_keep_keeps_everything(station: Station) -> None:
    clerk = station.staff[Role.CLERK]
    keep_habits(station.desk, KeepHabits(staff=clerk, values={"large": "true"}))
    keep_habits(station.desk, KeepHabits(staff=clerk, values={}))
    assert my_habits(station.desk, None) == {"large": "true"}


def test_nobody_signed_in_forms_no_habit(station: Station) -> None:
    station.desk.signed_in = None
    with pytest.raises(NotSignedIn):
        keep_habits(station.desk, KeepHabits(staff=station.staff[Role.CLERK], values={"large": "true"}))
