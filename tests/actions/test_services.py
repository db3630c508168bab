"""Recording service and deciding it, through the encrypted database."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from app.actions.desk import Desk, NotAllowed
from app.actions.drafts import SaveDraft, my_drafts, save_draft
from app.actions.hours import HoursQuery, hours_of
from app.actions.orders import Step, contact_order
from app.actions.people import LeaveVolunteering, leave_volunteering
from app.actions.points import PointsQuery, points_of
from app.actions.services import (
    ApproveServices,
    ContentMissing,
    OrderNotServed,
    ServiceCategoryMissing,
    ServiceReason,
    ServicesQuery,
    ServiceUnknown,
    TooManyPhotos,
    approve_services,
    decline_service,
    photo,
    record_services,
    reverse_service,
    service_evidence,
    services,
    services_of_order,
    waiting_service_count,
    waiting_with,
)
from app.domain.hours import HoursPolicy
from app.domain.people import NotAVolunteer
from app.domain.points import PointsPolicy
from app.domain.problems import Refusal
from app.domain.services import (
    NotApproved,
    NotWaiting,
    Overlapping,
    PhotoNotJpeg,
    ReasonNotGiven,
    SelfApproval,
    ServiceInTheFuture,
    ServiceLongAgo,
    State,
)
from app.domain.staff import Role
from app.facts import Id
from app.facts.policies import PolicySet
from app.facts.staff import StaffEdited, StaffName
from app.storage.ids import new_id
from tests.support import served as make
from tests.support.desk import STATION_NAME, Station
from tests.support.recording import record_facts
from tests.support.statements import statements_of


@pytest.fixture
def wang(desk: Desk) -> Id:
    return make.volunteer(desk)


class TestRecord:
    def test_volunteers_of_an_order_in_one_go(self, desk: Desk, wang: Id) -> None:
        li = make.volunteer(desk, "李秀英", phone="13711112222")
        order = make.accepted_order(desk)
        lines = (make.served(wang, make.at(9), 90), make.served(li, make.at(9, 30), 45))
        request = make.what(*lines, order=order, photos=(make.JPEG, make.JPEG), remark="米重")
        done = record_services(desk, request)
        assert (done.value.minutes, done.value.late) == (135, 0)
        assert done.changed == {"service"}
        first, second = services_of_order(desk, order)
        assert (first.who, first.minutes, first.state) == ("王*明", 90, State.WAITING)
        assert (second.who, second.minutes) == ("李*英", 45)
        assert (first.content, first.place, first.remark) == ("买米送到家", "桃源村", "米重")
        assert (first.unit, first.recorded_by, first.decided_by) == (STATION_NAME, "陈芳", "")
        assert first.order_number
        (name,) = first.photos
        assert photo(desk, name) == make.JPEG
        assert photo(desk, "0" * 64) is None

    def test_a_repeated_save_is_one_record(self, desk: Desk, wang: Id) -> None:
        request = make.what(make.served(wang, make.at(9), 90))
        once = record_services(desk, request)
        again = record_services(desk, replace(request, content="改了的话"))
        assert again.value == once.value
        assert again.changed == frozenset()
        assert waiting_service_count(desk, None) == 1

    def test_an_overlap_is_refused_and_nothing_is_kept(self, desk: Desk, wang: Id) -> None:
        make.recorded(desk, wang, make.at(9), 90)
        li = make.volunteer(desk, "李秀英", phone="13711112222")
        lines = (make.served(li, make.at(9), 60), make.served(wang, make.at(10), 60))
        with pytest.raises(Overlapping) as refused:
            record_services(desk, make.what(*lines))
        assert (refused.value.field, refused.value.activity) == ("stretches.1.started_at", "代购")
        assert waiting_service_count(desk, None) == 1

    def test_an_overlap_with_an_order_names_the_order(self, desk: Desk, wang: Id) -> None:
        order = make.accepted_order(desk)
        record_services(desk, make.what(make.served(wang, make.at(23), 120), order=order))
        with pytest.raises(Overlapping) as refused:
            make.recorded(desk, wang, make.at(0, 30, day=date(2026, 4, 7)), 30)
        assert refused.value.order_number

    @pytest.mark.parametrize("how", ["declined", "reversed"])
    def test_what_does_not_count_takes_no_time(self, desk: Desk, wang: Id, how: str) -> None:
        if how == "declined":
            service = make.recorded(desk, wang)
            decline_service(desk, ServiceReason(service=service, reason="没有去"))
        else:
            service = make.approved(desk, wang)
            reverse_service(desk, ServiceReason(service=service, reason="记错了"))
        assert make.recorded(desk, wang)

    def test_a_late_record_is_marked(self, desk: Desk, wang: Id) -> None:
        lines = make.served(wang, make.at(9, day=date(2026, 3, 2)), 60)
        assert record_services(desk, make.what(lines)).value.late == 1
        assert service_evidence(desk, lines.service).late

    def test_somebody_who_left_serves_no_more(self, station: Station, wang: Id) -> None:
        leave_volunteering(station.desk, LeaveVolunteering(person=wang, reason="搬走了"))
        assert make.recorded(station.desk, wang)
        station.clock.forward(days=1)
        with pytest.raises(NotAVolunteer):
            make.recorded(station.desk, wang, make.at(8, day=date(2026, 4, 8)), 30)

    @pytest.mark.parametrize(
        ("words", "refusal"),
        [
            ({"content": " "}, ContentMissing),
            ({"category": "nothing"}, ServiceCategoryMissing),
            ({"photos": (b"GIF89a",)}, PhotoNotJpeg),
            ({"photos": (make.JPEG,) * 7}, TooManyPhotos),
            ({"order": "0" * 32}, OrderNotServed),
        ],
    )
    def test_what_cannot_be_recorded(
        self, desk: Desk, wang: Id, words: dict[str, object], refusal: type[Refusal]
    ) -> None:
        with pytest.raises(refusal) as refused:
            record_services(desk, make.what(make.served(wang, make.at(9), 90), **words))
        assert refused.value.field == next(iter(words))

    @pytest.mark.parametrize(
        ("moment", "refusal"),
        [
            (datetime(1, 1, 1, tzinfo=UTC), ServiceLongAgo),
            (datetime(9999, 12, 31, 23, tzinfo=UTC), ServiceInTheFuture),
        ],
    )
    def test_the_ends_of_the_calendar_are_slips_of_the_hand(
        self, desk: Desk, wang: Id, moment: datetime, refusal: type[Exception]
    ) -> None:
        stretch = replace(make.served(wang, make.at(9), 60), started_at=moment, ended_at=moment)
        with pytest.raises(refusal):
            record_services(desk, make.what(replace(stretch, ended_at=moment + timedelta(minutes=30))))

    def test_an_order_nobody_took_was_not_served(self, desk: Desk, wang: Id) -> None:
        order = make.order(desk)
        with pytest.raises(OrderNotServed) as refused:
            record_services(desk, make.what(make.served(wang, make.at(9), 90), order=order))
        assert refused.value.number

    def test_the_order_is_none_of_its_business(self, desk: Desk, wang: Id) -> None:
        order = make.accepted_order(desk)
        record_services(desk, make.what(make.served(wang, make.at(9), 90), order=order))
        contact_order(desk, Step(order=order))

    def test_an_auditor_records_nothing(self, station: Station, wang: Id) -> None:
        station.sit(Role.AUDITOR)
        with pytest.raises(NotAllowed):
            make.recorded(station.desk, wang)


class TestApprove:
    def test_gives_hours_and_points(self, desk: Desk, wang: Id) -> None:
        service = make.recorded(desk, wang, minutes=90)
        done = approve_services(desk, ApproveServices(services=(service, service)))
        assert (done.value.minutes, done.value.points_cents) == (90, 150)
        seen = service_evidence(desk, service)
        assert (seen.state, seen.decided_by, seen.counted_minutes) == (State.APPROVED, "陈芳", 90)
        assert services(desk, ServicesQuery()).count == 0

    def test_only_once(self, desk: Desk, wang: Id) -> None:
        service = make.approved(desk, wang)
        with pytest.raises(NotWaiting):
            approve_services(desk, ApproveServices(services=(service,)))
        assert hours_of(desk, HoursQuery(person=wang)).minutes == 90

    def test_nobody_approves_their_own_hours(self, station: Station, wang: Id) -> None:
        clerk = station.staff[Role.CLERK]
        record_facts(station.desk, StaffEdited(staff=clerk), {clerk: StaffName(name="陈芳", person=wang)})
        service = make.recorded(station.desk, wang)
        with pytest.raises(SelfApproval):
            approve_services(station.desk, ApproveServices(services=(service,)))
        station.sit(Role.ADMINISTRATOR)
        assert approve_services(station.desk, ApproveServices(services=(service,))).value.minutes == 90

    def test_an_unknown_record(self, desk: Desk) -> None:
        with pytest.raises(ServiceUnknown):
            approve_services(desk, ApproveServices(services=(new_id(),)))
        with pytest.raises(ServiceUnknown):
            service_evidence(desk, new_id())

    def test_the_rules_of_the_day_of_service_decide_and_stay(self, desk: Desk, wang: Id) -> None:
        """Ten points an hour from 6 April on; what is approved before and after that is set stays as it is."""
        before = make.approved(desk, wang, make.at(9, day=date(2026, 4, 3)))
        ten = PolicySet(policy=PointsPolicy.name, value='{"rate_cents": 1000}', valid_from=make.YESTERDAY)
        record_facts(desk, ten)
        make.approved(desk, wang, make.at(12, day=date(2026, 4, 3)))
        after = make.approved(desk, wang)
        statement = points_of(desk, PointsQuery(person=wang))
        assert statement.points_cents == 150 + 150 + 1500
        assert service_evidence(desk, before).points_cents == 150
        assert service_evidence(desk, after).points_cents == 1500

    def test_a_cap_counts_what_was_approved_in_the_same_go(self, desk: Desk, wang: Id) -> None:
        cap = PolicySet(
            policy=HoursPolicy.name, value='{"most_minutes_a_day": 120}', valid_from=date(2026, 1, 1)
        )
        record_facts(desk, cap)
        services = tuple(make.recorded(desk, wang, make.at(hour), 60) for hour in (8, 10, 14))
        done = approve_services(desk, ApproveServices(services=services))
        assert (done.value.minutes, done.value.points_cents) == (120, 200)
        assert [service_evidence(desk, one).counted_minutes for one in services] == [60, 60, 0]


class TestDeclineAndReverse:
    def test_declined_with_its_reason(self, desk: Desk, wang: Id) -> None:
        service = make.recorded(desk, wang)
        decline_service(desk, ServiceReason(service=service, reason="没有去"))
        seen = service_evidence(desk, service)
        assert (seen.state, seen.reason, seen.decided_by) == (State.DECLINED, "没有去", "陈芳")
        assert hours_of(desk, HoursQuery(person=wang)).line_count == 0
        with pytest.raises(NotWaiting):
            decline_service(desk, ServiceReason(service=service, reason="没有去"))

    def test_a_reversal_takes_back_exactly(self, station: Station, wang: Id) -> None:
        desk = station.desk
        kept = make.approved(desk, wang, make.at(9), 60)
        gone = make.approved(desk, wang, make.at(11), 45)
        station.clock.forward(hours=1)
        station.sit(Role.ADMINISTRATOR)
        reverse_service(desk, ServiceReason(service=gone, reason="重复登记"))
        statement = hours_of(desk, HoursQuery(person=wang))
        assert (statement.minutes, statement.by_year) == (60, ((2026, 60),))
        assert [(line.minutes, line.evidence and line.evidence.service) for line in statement.lines] == [
            (-45, gone),
            (45, gone),
            (60, kept),
        ]
        behind = statement.lines[0].evidence
        assert behind is not None
        assert (behind.state, behind.reason, behind.reversed_by) == (State.REVERSED, "重复登记", "沈静")
        assert (behind.recorded_by, behind.decided_by) == ("陈芳", "陈芳")
        assert points_of(desk, PointsQuery(person=wang)).points_cents == 100

    def test_only_what_was_approved_and_with_a_reason(self, desk: Desk, wang: Id) -> None:
        service = make.recorded(desk, wang)
        with pytest.raises(NotApproved):
            reverse_service(desk, ServiceReason(service=service, reason="重复"))
        approve_services(desk, ApproveServices(services=(service,)))
        with pytest.raises(ReasonNotGiven):
            reverse_service(desk, ServiceReason(service=service, reason=" "))


class TestDraft:
    def test_what_was_recorded_is_no_draft_any_more(self, desk: Desk, wang: Id) -> None:
        first, second = make.served(wang, make.at(9), 60), make.served(wang, make.at(8), 120)
        save_draft(desk, SaveDraft(draft=first.service, kind="service", body="{}"))
        with pytest.raises(Overlapping):
            record_services(desk, make.what(first, second))
        assert [kept.id for kept in my_drafts(desk, "service")] == [first.service]
        record_services(desk, make.what(first))
        assert my_drafts(desk, "service") == ()


class TestQueue:
    def test_oldest_first_and_in_windows(self, station: Station, wang: Id) -> None:
        made = []
        for hour in (8, 10, 14):
            made.append(make.recorded(station.desk, wang, make.at(hour), 60))
            station.clock.forward(minutes=5)
        whole = services(station.desk, ServicesQuery())
        assert [row.service for row in whole.rows] == made
        window = services(station.desk, ServicesQuery(offset=1, limit=1))
        assert ([row.service for row in window.rows], window.count) == ([made[1]], 3)


class TestList:
    def test_what_was_decided_is_listed_the_newest_first(self, station: Station, wang: Id) -> None:
        made = []
        for hour in (8, 10, 14):
            made.append(make.approved(station.desk, wang, make.at(hour), 60))
            station.clock.forward(minutes=5)
        waits = make.recorded(station.desk, wang, make.at(16), 60)
        listed = services(station.desk, ServicesQuery(state=State.APPROVED))
        assert [row.service for row in listed.rows] == made[::-1]
        assert listed.count == 3
        assert [row.service for row in services(station.desk, ServicesQuery()).rows] == [waits]

    def test_is_found_by_volunteer_and_by_order(self, desk: Desk, wang: Id) -> None:
        li = make.volunteer(desk, "李秀英", phone="13711112222")
        own = make.recorded(desk, li)
        order = make.accepted_order(desk)
        stretch = make.served(wang, make.at(14), 60)
        record_services(desk, make.what(stretch, order=order))
        (number,) = {row.order_number for row in services_of_order(desk, order)}
        for typed, found in (("lixiuying", own), (number, stretch.service)):
            listed = services(desk, ServicesQuery(text=typed))
            assert ([row.service for row in listed.rows], listed.count) == ([found], 1)
        assert services(desk, ServicesQuery(text="没有这个人")).count == 0

    @pytest.mark.parametrize("state", [State.WAITING, State.APPROVED])
    def test_tells_the_place_of_a_record(self, desk: Desk, wang: Id, state: State) -> None:
        """Recorded in the same moment, so that their ids decide."""
        record = make.recorded if state is State.WAITING else make.approved
        for hour in (8, 10, 14):
            record(desk, wang, make.at(hour), 60)
        rows = services(desk, ServicesQuery(state=state)).rows
        for place, row in enumerate(rows):
            query = ServicesQuery(state=state, limit=1, find=row.service)
            assert services(desk, query).found == place
        other = ServicesQuery(state=State.DECLINED, find=rows[0].service)
        assert services(desk, other).found is None

    def test_what_was_recorded_together_waits_together(self, station: Station, wang: Id) -> None:
        li = make.volunteer(station.desk, "李秀英", phone="13711112222")
        pair = [make.served(wang, make.at(9), 60), make.served(li, make.at(9), 60)]
        record_services(station.desk, make.what(*pair))
        station.clock.forward(minutes=1)
        alone = make.recorded(station.desk, wang, make.at(14))
        together = tuple(sorted(one.service for one in pair))
        assert waiting_with(station.desk, pair[1].service) == together
        assert waiting_with(station.desk, alone) == (alone,)
        approve_services(station.desk, ApproveServices(services=together[:1]))
        assert waiting_with(station.desk, together[1]) == together[1:]


def test_many_approvals_at_once_renew_what_follows_once(station: Station) -> None:
    """What is left of the points of each month, and search, wait for the end: five hundred records are one deed."""
    person = make.volunteer(station.desk)
    renewed = []
    for day, hours in ((3, (9,)), (4, (8, 10, 13, 15))):
        records = [
            make.recorded(station.desk, person, make.at(hour, day=date(2026, 4, day)), 60) for hour in hours
        ]
        asked = statements_of(
            station.desk.engine,
            lambda: approve_services(station.desk, ApproveServices(services=tuple(records))),  # noqa: B023
        )
        renewed.append(sum("unspent_points" in one for one in asked))
    assert renewed[0] == renewed[1] == 2
    assert points_of(station.desk, PointsQuery(person=person)).points_cents == 500
