"""A person's hours, opened line by line."""

from __future__ import annotations

from datetime import date

import pytest

from app.actions.desk import Desk, NotSignedIn
from app.actions.hours import HoursQuery, hours_of, total_minutes
from app.actions.services import ApproveServices, approve_services, record_services
from tests.support import served as make


def test_every_line_leads_to_its_evidence(desk: Desk) -> None:
    wang = make.volunteer(desk)
    order = make.accepted_order(desk)
    team = make.team(desk, "红马甲队")
    line = make.served(wang, make.at(9), 90)
    record_services(desk, make.what(line, order=order, team=team, photos=(make.JPEG,)))
    approve_services(desk, ApproveServices(services=(line.service,)))
    (entry,) = hours_of(desk, HoursQuery(person=wang)).lines
    behind = entry.evidence
    assert behind is not None
    assert (entry.minutes, entry.served_on) == (90, make.YESTERDAY)
    assert (behind.activity, behind.team, behind.order) == ("代购", "红马甲队", order)
    assert (behind.recorded_by, behind.decided_by, len(behind.photos)) == ("陈芳", "陈芳", 1)


def test_the_balance_is_the_sum_and_comes_in_windows(desk: Desk) -> None:
    wang = make.volunteer(desk)
    for day in (date(2025, 12, 31), date(2026, 1, 1), make.YESTERDAY):
        make.approved(desk, wang, make.at(9, day=day), 60)
    statement = hours_of(desk, HoursQuery(person=wang, offset=1, limit=1))
    assert (statement.minutes, statement.line_count) == (180, 3)
    assert statement.by_year == ((2026, 120), (2025, 60))
    assert [line.served_on for line in statement.lines] == [date(2026, 1, 1)]
    assert statement.shown_step_minutes == 1


def test_nobody_has_hours_to_begin_with(desk: Desk) -> None:
    wang = make.volunteer(desk)
    statement = hours_of(desk, HoursQuery(person=wang))
    assert (statement.minutes, statement.by_year, statement.lines) == (0, (), ())


def test_totals_of_many(desk: Desk) -> None:
    wang, li = make.volunteer(desk), make.volunteer(desk, "李秀英", phone="13711112222")
    make.approved(desk, wang, minutes=75)
    assert total_minutes(desk, (wang, li)) == {wang: 75}


def test_nobody_signed_in_sees_nothing(desk: Desk) -> None:
    wang = make.volunteer(desk)
    desk.signed_in = None
    with pytest.raises(NotSignedIn):
        hours_of(desk, HoursQuery(person=wang))
