"""The desk: who may act, when, and what is left of an action that failed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection

from app.actions.desk import (
    ADMINISTRATORS,
    ClockJumped,
    Desk,
    Look,
    NotAllowed,
    NotSignedIn,
    Work,
    action,
    clock_doubt,
    do,
    reading,
)
from app.actions.drafts import SaveDraft, save_draft
from app.actions.staff import ChangeRole, DismissStaff, change_role, dismiss_staff, staff_list
from app.actions.stations import confirm_clock
from app.domain.staff import Role
from app.facts import Id
from app.storage.ids import new_id
from tests.support.desk import OPENING, Station
from tests.support.facts import submitted


@action()
def take(work: Work, order: Id) -> Id:
    draft = submitted(order)
    return work.record(draft.body, parts=draft.parts)[0].id


@action(ADMINISTRATORS)
def rule(work: Work, _request: None) -> str:
    return work.by.name


@reading()
def who(look: Look, _query: None) -> tuple[str, date]:
    return look.by.name, look.today


def test_an_action_says_what_it_changed(desk: Desk) -> None:
    done = take(desk, new_id())
    assert done.changed == {"order"}
    assert len(done.value) == 32


def test_a_reading_changes_nothing_and_knows_the_day(desk: Desk) -> None:
    assert who(desk, None) == ("陈芳", date(2026, 4, 7))


def test_nobody_signed_in(desk: Desk) -> None:
    desk.signed_in = None
    with pytest.raises(NotSignedIn):
        take(desk, new_id())
    with pytest.raises(NotSignedIn):
        who(desk, None)


def test_roles_are_enforced(station: Station) -> None:
    with pytest.raises(NotAllowed) as refused:
        rule(station.desk, None)
    assert refused.value.role is Role.CLERK
    with pytest.raises(NotAllowed):
        take(station.sit(Role.AUDITOR), new_id())
    assert rule(station.sit(Role.ADMINISTRATOR), None).value == "沈静"


def test_a_role_that_changes_holds_from_the_next_action_on(station: Station) -> None:
    station.sit(Role.ADMINISTRATOR)
    change_role(station.desk, ChangeRole(staff=station.staff[Role.CLERK], role=Role.AUDITOR))
    with pytest.raises(NotAllowed):
        take(station.sit(Role.CLERK), new_id())


def test_somebody_dismissed_can_do_and_see_nothing(station: Station) -> None:
    station.sit(Role.ADMINISTRATOR)
    dismiss_staff(station.desk, DismissStaff(staff=station.staff[Role.CLERK]))
    station.sit(Role.CLERK)
    with pytest.raises(NotSignedIn):
        take(station.desk, new_id())
    with pytest.raises(NotSignedIn):
        staff_list(station.desk, None)


def test_an_action_that_fails_leaves_nothing(desk: Desk) -> None:
    class Bug(Exception):
        pass

    def half(work: Work) -> None:
        work.next_number("order")
        take.inside(work, new_id())
        work.settle()
        raise Bug

    with pytest.raises(Bug):
        do(desk, half)
    assert do(desk, lambda work: (work.next_number("order"), orders(work.connection))).value == (1, 0)


def orders(connection: Connection) -> Any:
    return connection.exec_driver_sql("SELECT count(*) FROM orders").scalar()


def test_a_clock_that_fell_behind_does_not_turn_back_the_day(station: Station) -> None:
    station.clock.forward(days=3)
    take(station.desk, new_id())
    station.clock.forward(days=-2)
    assert station.desk.today() == date(2026, 4, 10)
    station.clock.forward(days=2, hours=-1)
    assert station.desk.now() == OPENING + timedelta(days=3, hours=-1)


def test_a_clock_that_jumped_must_be_confirmed(station: Station) -> None:
    station.clock.forward(days=41)
    desk = station.desk
    with pytest.raises(ClockJumped) as refused:
        take(desk, new_id())
    assert (refused.value.today, refused.value.newest) == (date(2026, 5, 18), date(2026, 4, 7))
    save_draft(desk, SaveDraft(draft=new_id(), kind="order", body="{}"))
    assert clock_doubt(desk) is not None, "a draft is no proof of the date"
    with pytest.raises(NotAllowed):
        confirm_clock(desk, None)
    assert confirm_clock(station.sit(Role.ADMINISTRATOR), None).value == date(2026, 5, 18)
    take(station.sit(Role.CLERK), new_id())
