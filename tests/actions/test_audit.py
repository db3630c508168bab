"""The audit: what leaves a line, who reads it, and how long it stays."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import DBAPIError

from app.actions.audit import AuditGroup, AuditQuery, audit_trail, audited_staff
from app.actions.desk import Desk, NotAllowed, NotSignedIn
from app.actions.papers import PrintPaper, note_printed
from app.actions.people import Reveal, Sensitive, reveal
from app.domain.orders import ReasonMissing
from app.domain.staff import Role
from app.storage import audit
from app.storage.audit import KEPT_DAYS, LAW_DAYS
from app.storage.engine import reading, writing
from app.storage.ids import new_id
from tests.support import counter, people
from tests.support.desk import Station


def _look_at_phone(station: Station, name: str, reason: str = "打电话联系") -> str:
    person = people.resident(station.sit(Role.CLERK), name, phone="13812340001")
    request = Reveal(person=person, field=Sensitive.PHONE, reason=reason)
    reveal(station.desk, request)
    return person


def _trail(station: Station, **query: Any) -> list[tuple[str, str, str]]:
    page = audit_trail(station.sit(Role.AUDITOR), AuditQuery(**query))
    return [(entry.staff_name, entry.what, entry.about) for entry in page.entries]


def _count(desk: Desk) -> int:
    with reading(desk.engine) as connection:
        return connection.execute(select(func.count()).select_from(audit.audit)).scalar_one()


def test_a_look_is_noted_with_its_reason_and_a_masked_name(station: Station) -> None:
    person = _look_at_phone(station, "王建国")
    entry = audit_trail(station.sit(Role.AUDITOR), AuditQuery()).entries[0]
    assert (entry.what, entry.object, entry.about, entry.reason) == (
        "reveal.phone",
        f"person:{person}",
        "王*国",
        "打电话联系",
    )


def test_without_a_reason_nothing_is_shown_nor_noted(station: Station) -> None:
    with pytest.raises(ReasonMissing):
        _look_at_phone(station, "王建国", reason=" ")
    assert _count(station.desk) == 0


def test_a_clerk_does_not_read_it(station: Station) -> None:
    station.sit(Role.CLERK)
    with pytest.raises(NotAllowed):
        audit_trail(station.desk, AuditQuery())
    with pytest.raises(NotAllowed):
        audited_staff(station.desk, None)


def test_it_is_narrowed_by_who_what_and_when(station: Station) -> None:
    _look_at_phone(station, "王建国")
    station.clock.forward(days=3)
    with writing(station.desk.engine) as connection:
        for what, role in ((audit.SAVED_PAPER, Role.ADMINISTRATOR), (audit.SIGNED_IN, Role.ADMINISTRATOR)):
            audit.write(
                connection,
                at=station.desk.now(),
                by=station.staff[role],
                what=what,
                object_name=f"staff:{station.staff[role]}",
                reason="",
            )
    assert [what for _who, what, _about in _trail(station)] == ["signed_in", "save.paper", "reveal.phone"]
    assert _trail(station, staff=station.staff[Role.CLERK]) == [("陈芳", "reveal.phone", "王*国")]
    assert _trail(station, group=AuditGroup.TAKEN_OUT) == [("沈静", "save.paper", "沈静")]
    assert _trail(station, group=AuditGroup.CAME_IN) == [("沈静", "signed_in", "沈静")]
    assert _trail(station, group=AuditGroup.LOOKED) == [("陈芳", "reveal.phone", "王*国")]
    assert _trail(station, group=AuditGroup.KEPT_SAFE) == []
    assert len(_trail(station, first_day=date(2026, 4, 8))) == 2
    assert len(_trail(station, last_day=date(2026, 4, 7))) == 1
    assert _trail(station, offset=1, limit=1) == [("沈静", "save.paper", "沈静")]
    assert {name for _id, name in audited_staff(station.desk, None)} == {"沈静", "陈芳", "郭伟"}


def test_it_says_which_paper_went_out(station: Station) -> None:
    towel = counter.stocked(station)
    given = counter.redeemed(station.desk, counter.with_points(station.desk, 12), towel)
    papers = {
        f"redemption:{given.redemption}": given.number,
        "redemptions:register": "兑换登记簿",
        "closing:open": "日结单",
        f"count:{new_id()}": "盘点表",
        f"star_round:{new_id()}": "星级评定",
        "station:recovery_sheet": "恢复单",
    }
    station.sit(Role.AUDITOR)
    for paper in papers:
        note_printed(station.desk, PrintPaper(object=paper, printer="HP-2"))
    printed = audit_trail(station.desk, AuditQuery(group=AuditGroup.TAKEN_OUT)).entries
    assert {entry.object: entry.about for entry in printed} == papers
    assert {(entry.what, entry.reason) for entry in printed} == {("print.paper", "HP-2")}


def test_nobody_prints_unless_signed_in(desk: Desk) -> None:
    desk.signed_in = None
    with pytest.raises(NotSignedIn):
        note_printed(desk, PrintPaper(object="closing:open", printer="HP-2"))


def test_every_deed_belongs_to_a_group() -> None:
    from app.actions.audit import _DEEDS

    deeds = {value for name, value in vars(audit).items() if name.isupper() and isinstance(value, str)}
    grouped = [deed for group in AuditGroup for deed in _DEEDS[group]]
    assert sorted(grouped) == sorted(deeds)


class TestHowLongItStays:
    def test_nobody_changes_it_nor_deletes_it_in_the_time_of_the_law(self, station: Station) -> None:
        _look_at_phone(station, "王建国")
        with writing(station.desk.engine) as connection:
            later = station.desk.now() + timedelta(days=LAW_DAYS - 1)
            by = station.staff[Role.CLERK]
            audit.write(
                connection, at=later, by=by, what=audit.SIGNED_IN, object_name=f"staff:{by}", reason=""
            )
        for statement in (delete(audit.audit), update(audit.audit).values(reason="")):
            with pytest.raises(DBAPIError), writing(station.desk.engine) as connection:
                connection.execute(statement)
        assert _count(station.desk) == 2

    @pytest.mark.parametrize(("days", "left"), [(LAW_DAYS, 2), (KEPT_DAYS, 2), (KEPT_DAYS + 1, 1)])
    def test_it_goes_when_its_year_is_over_and_not_before(
        self, station: Station, days: int, left: int
    ) -> None:
        _look_at_phone(station, "王建国")
        station.clock.forward(days=days)
        with writing(station.desk.engine) as connection:
            audit.write(
                connection,
                at=station.desk.clock(),
                by=station.staff[Role.CLERK],
                what=audit.SIGNED_IN,
                object_name=f"staff:{station.staff[Role.CLERK]}",
                reason="",
            )
            audit.let_old_go(connection, station.desk.clock())
        assert _count(station.desk) == left

    def test_a_clock_that_is_years_ahead_deletes_nothing(self, station: Station) -> None:
        """What counts is the newest fact: nothing is recorded while the date is in doubt."""
        _look_at_phone(station, "王建国")
        with writing(station.desk.engine) as connection:
            audit.let_old_go(connection, station.desk.device.newest_at + timedelta(days=1))
        assert _count(station.desk) == 1
