"""The first screen of the day: what waits, who is served, what came, and the month by days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.actions.backups import back_up_now
from app.actions.certificates import CertificateDraft, IssueCertificate, issue_certificate
from app.actions.counts import CountedGift, CountStock, count_stock
from app.actions.desk import Desk, new_id
from app.actions.orders import (
    EscalateOrder,
    RateOrder,
    escalate_order,
    rate_order,
)
from app.actions.policies import SetPolicy, set_policy
from app.actions.selfcheck import check_everything
from app.actions.services import ServiceReason, reverse_service
from app.actions.today import APPOINTMENTS_SHOWN, Chore, Today, today
from app.actions.wallets import expire_points
from app.domain.calendar import instant_at
from app.domain.orders import RatedHow, State
from app.domain.staff import Role
from app.domain.stars import StarsPolicy
from app.domain.today import Waits, urgency
from app.domain.wallets import ExpiryPolicy
from app.storage.engine import writing
from app.storage.expiry import Expired
from tests.support import counter
from tests.support import served as make
from tests.support.desk import OPENING, Station
from tests.support.statements import statements_of
from tests.support.town import Town, accepted, dispatched, served, settle_town, submitted, waiting


@pytest.fixture
def town(station: Station) -> Town:
    return settle_town(station.desk)


def read(desk: Desk) -> Today:
    return today(desk, None)


def chores(desk: Desk) -> dict[Waits, Chore]:
    return {chore.waits: chore for chore in read(desk).chores}


def test_a_new_station_has_nothing_to_do_and_says_so(desk: Desk) -> None:
    found = read(desk)
    assert (found.is_new, found.chores, found.appointments, found.ratings) == (True, (), (), ())
    assert [(one.day.day, one.taken, one.finished, one.minutes) for one in found.month] == [
        (day, 0, 0, 0) for day in range(1, 8)
    ]


class TestChores:
    def test_orders_wait_for_what_comes_next(self, station: Station, town: Town) -> None:
        desk = station.desk
        submitted(desk, town)
        orders = [waiting(desk, town, what="买米"), waiting(desk, town)]
        dispatched(desk, town)
        accepted(desk, town)
        found = chores(desk)
        assert {waits: chore.count for waits, chore in found.items()} == {
            Waits.SCREENING: 1,
            Waits.DISPATCH: 2,
            Waits.ACCEPTANCE: 1,
        }
        first = found[Waits.DISPATCH].first
        assert first is not None
        assert (found[Waits.DISPATCH].object, first.what, first.who) == (orders[0], "买米", "曾*贤")
        assert not read(desk).is_new

    def test_what_is_late_comes_first(self, station: Station, town: Town) -> None:
        desk = station.desk
        accepted(desk, town)
        station.clock.forward(days=10)
        back_up_now(desk)
        submitted(desk, town)
        found = read(desk).chores
        assert [(one.waits, one.overdue) for one in found] == [(Waits.SERVICE, 1), (Waits.SCREENING, 0)]
        assert found[0].first is not None
        assert found[0].first.team == "爱心理发队"

    def test_a_poor_rating_asks_for_a_call(self, station: Station, town: Town) -> None:
        desk = station.desk
        order = served(desk, town)
        rate_order(desk, RateOrder(order=order, stars=2, how=RatedHow.PHONE, words="去晚了"))
        found = chores(desk)
        assert found[Waits.CALL_BACK].count == 1
        assert Waits.RATING not in found
        [rating] = read(desk).ratings
        assert (rating.order, rating.stars, rating.words, rating.team) == (order, 2, "去晚了", "爱心理发队")

    def test_an_answer_is_asked_for_on_the_day_it_is_due(self, station: Station, town: Town) -> None:
        desk = station.desk
        order = waiting(desk, town)
        escalate_order(desk, EscalateOrder(order=order, level="town", office="镇民政办"))
        assert Waits.ANSWER not in chores(desk)
        station.clock.forward(days=60)
        assert chores(desk)[Waits.ANSWER].overdue == 1

    def test_a_service_waits_for_its_rating_on_the_day_it_is_due(self, station: Station, town: Town) -> None:
        desk = station.desk
        served(desk, town)
        assert Waits.RATING not in chores(desk)
        station.clock.forward(days=30)
        assert chores(desk)[Waits.RATING].count == 1

    def test_records_wait_for_approval_and_certificates_for_voiding(self, desk: Desk) -> None:
        person = make.volunteer(desk)
        record = make.recorded(desk, person)
        found = chores(desk)[Waits.APPROVAL]
        assert (found.count, found.object, found.since, found.first) == (1, record, OPENING, None)
        service = make.approved(desk, person, make.at(14))
        certificate = new_id()
        draft = CertificateDraft(person=person, services=(service,))
        issue_certificate(desk, IssueCertificate(certificate=certificate, draft=draft, consented=True))
        assert Waits.VOIDING not in chores(desk)
        reverse_service(desk, ServiceReason(service=service, reason="重复"))
        assert chores(desk)[Waits.VOIDING].object == certificate

    def test_a_policy_that_begins_today_is_named_today_only(self, station: Station) -> None:
        tomorrow = OPENING.date() + timedelta(days=1)
        set_policy(
            station.sit(Role.ADMINISTRATOR),
            SetPolicy(policy=StarsPolicy.name, value='{"hours": [50]}', valid_from=tomorrow),
        )
        assert read(station.desk).new_policies == ()
        station.clock.forward(days=1)
        assert read(station.desk).new_policies == ("stars",)
        station.clock.forward(days=1)
        assert read(station.desk).new_policies == ()

    def test_the_counter_is_looked_after(self, station: Station) -> None:
        milk = counter.stocked(station, "牛奶", low_stock=50, expires_on=date(2026, 4, 10))
        found = chores(station.desk)
        expiring = found[Waits.EXPIRING]
        assert (expiring.object, expiring.name, expiring.overdue) == (milk, "牛奶", 0)
        assert expiring.due_at == instant_at(date(2026, 4, 11))
        assert (found[Waits.LOW_STOCK].object, found[Waits.COUNT].since) == (milk, None)
        station.clock.forward(days=4)
        assert chores(station.desk)[Waits.EXPIRING].overdue == 1

    def test_a_count_waits_for_its_reasons(self, station: Station) -> None:
        towel = counter.stocked(station)
        count_stock(
            station.desk,
            CountStock(count=new_id(), lines=(CountedGift(gift=towel, expires_on=None, counted=39),)),
        )
        found = chores(station.desk)
        assert Waits.COUNT_REASONS in found
        assert Waits.COUNT not in found
        assert not read(station.desk).is_new

    def test_a_backup_is_late_after_a_day(self, station: Station) -> None:
        assert Waits.BACKUP not in chores(station.desk)
        station.clock.forward(days=1)
        assert chores(station.desk)[Waits.BACKUP].since is None
        back_up_now(station.desk)
        assert Waits.BACKUP not in chores(station.desk)
        made_at = station.clock.now
        station.clock.forward(days=2)
        assert chores(station.desk)[Waits.BACKUP].since == made_at

    def test_a_damaged_log_comes_before_backups_that_cannot_be_made(self, station: Station) -> None:
        station.clock.forward(days=1)
        with writing(station.desk.engine) as connection:
            connection.exec_driver_sql("UPDATE log SET hash = x'00' WHERE n = 1")
        check_everything(station.desk)
        assert next(iter(chores(station.desk))) is Waits.LOG
        assert Waits.BACKUP not in chores(station.desk)

    def test_late_ones_stand_by_how_late_they_are(self) -> None:
        early, late = OPENING - timedelta(days=2), OPENING
        waits = [
            (Waits.SCREENING, None),
            (Waits.RATING, late),
            (Waits.CALL_BACK, None),
            (Waits.APPROVAL, early),
            (Waits.BACKUP, None),
        ]
        assert [one[0] for one in sorted(waits, key=lambda one: urgency(*one))] == [
            Waits.BACKUP,
            Waits.APPROVAL,
            Waits.RATING,
            Waits.CALL_BACK,
            Waits.SCREENING,
        ]


class TestTodaysPeople:
    def test_are_those_of_today_by_the_clock_until_they_are_served(
        self, station: Station, town: Town
    ) -> None:
        desk = station.desk
        noon = dispatched(desk, town, wanted_at=OPENING.replace(hour=12))
        morning = waiting(desk, town, wanted_at=OPENING.replace(hour=10))
        waiting(desk, town, wanted_at=OPENING.replace(day=8))
        waiting(desk, town)
        found = read(desk)
        assert [(one.order, one.team, one.state) for one in found.appointments] == [
            (morning, "", State.WAITING),
            (noon, "爱心理发队", State.DISPATCHED),
        ]
        assert found.appointment_count == 2
        assert {one.who for one in found.appointments} == {"曾*贤"}
        served(desk, town, wanted_at=OPENING.replace(hour=11))
        assert read(desk).appointment_count == 2

    def test_are_counted_beyond_what_is_shown(self, station: Station, town: Town) -> None:
        for minute in range(APPOINTMENTS_SHOWN + 2):
            waiting(station.desk, town, wanted_at=OPENING.replace(hour=14, minute=minute))
        found = read(station.desk)
        assert (len(found.appointments), found.appointment_count) == (
            APPOINTMENTS_SHOWN,
            APPOINTMENTS_SHOWN + 2,
        )


class TestTheDays:
    def test_count_what_came_what_was_done_and_the_hours(self, station: Station, town: Town) -> None:
        desk = station.desk
        served(desk, town)
        submitted(desk, town)
        person = make.volunteer(desk)
        make.approved(desk, person, make.at(9), 90)
        twice = make.approved(desk, person, make.at(14), 60)
        reverse_service(desk, ServiceReason(service=twice, reason="重复"))
        found = read(desk)
        assert (found.today.taken, found.today.finished) == (2, 1)
        assert (found.yesterday.day, found.yesterday.minutes) == (make.YESTERDAY, 90)
        station.clock.forward(days=1)
        assert (read(desk).yesterday.taken, read(desk).today.taken) == (2, 0)

    def test_the_first_of_a_month_knows_its_yesterday(self, station: Station, town: Town) -> None:
        submitted(station.desk, town)
        station.clock.now = OPENING.replace(day=30)
        submitted(station.desk, town)
        station.clock.now = OPENING.replace(month=5, day=1)
        found = read(station.desk)
        assert [one.day for one in found.month] == [date(2026, 5, 1)]
        assert found.yesterday.taken == 1

    def test_days_end_at_midnight_in_shanghai(self, station: Station, town: Town) -> None:
        station.clock.now = OPENING.replace(hour=23, minute=59)
        submitted(station.desk, town)
        station.clock.forward(minutes=2)
        submitted(station.desk, town)
        found = read(station.desk)
        assert (found.yesterday.taken, found.today.taken) == (1, 1)


def test_points_that_expire_are_told_where_they_do(station: Station) -> None:
    desk = station.desk
    for name, earned in (("王小明", 12), ("李秀英", 3)):
        counter.with_points(desk, earned, name)
    assert read(desk).points is None
    counter.set_policy(station, ExpiryPolicy(after_months=0))
    told = read(desk).points
    assert told is not None
    assert (told.expired, told.until) == (Expired(cents=0, people=0), date(2026, 5, 1))
    assert told.coming == Expired(cents=1_500, people=2)
    station.clock.forward(days=1)
    expire_points(desk, None)
    counter.with_points(desk, 2, "赵强")
    told = read(desk).points
    assert told is not None
    assert told.expired == Expired(cents=1_500, people=2)
    assert told.coming == Expired(cents=200, people=1)
    for expired in (Expired(cents=1_500, people=2), Expired(cents=0, people=0)):
        station.clock.forward(days=1)
        told = read(desk).points
        assert told is not None and told.expired == expired, "since yesterday"


def test_the_statements_do_not_grow_with_the_work(station: Station, town: Town) -> None:
    few = statements(station.desk)
    for minute in range(5):
        submitted(station.desk, town)
        dispatched(station.desk, town, wanted_at=OPENING.replace(hour=15, minute=minute))
        person = make.volunteer(station.desk, f"李{minute}明", phone=f"1390000567{minute}")
        make.recorded(station.desk, person)
    assert statements(station.desk) == few


def statements(desk: Desk) -> int:
    """How many questions one reading asks the database."""
    asked = statements_of(desk.engine, lambda: read(desk))
    return len([one for one in asked if one.lstrip().startswith("SELECT")])
