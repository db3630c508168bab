"""What service may be recorded, approved and revoked."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import services as rules
from app.domain.calendar import instant_at
from app.domain.erasure import PersonIsErased
from app.domain.hours import HoursPolicy
from app.domain.people import NotAVolunteer, PersonUnknown
from app.domain.points import PointsPolicy
from app.domain.policies import PolicyMakesNoSense, parse_policy
from app.domain.services import (
    Occasion,
    RecordedStretch,
    RecordingPolicy,
    Service,
    State,
    Stretch,
    Volunteer,
)
from app.facts import milliseconds
from app.facts.services import ServiceApproved, ServiceRecorded

NOW = datetime(2026, 4, 8, 10, 0, tzinfo=UTC)
"""Wednesday, 18:00 in Shanghai, with no holiday near."""
TODAY = date(2026, 4, 8)
WANG, LI, STATION, ORDER, ONE, TWO, THREE = (f"{n:032x}" for n in range(1, 8))
VOLUNTEERS = {
    WANG: Volunteer(id=WANG, name="王小明", registered_on=date(2025, 3, 5)),
    LI: Volunteer(id=LI, name="李秀英", registered_on=date(2026, 4, 1)),
}
OCCASION = Occasion(
    station=STATION, unit="曹村站", order=ORDER, team=None, activity="代购", category="errands"
)
POLICY = RecordingPolicy()
SERVICE = Service(id=ONE, person=WANG, state=State.WAITING, category="errands", minutes=90, served_on=TODAY)


def stretch(
    begin: float, end: float, *, day: date = TODAY, service: str = ONE, person: str = WANG
) -> Stretch:
    """Hours of the clock in Shanghai; more than 24 is the next day."""
    midnight = instant_at(day)
    return Stretch(
        service=service,
        person=person,
        started_at=midnight + timedelta(hours=begin),
        ended_at=midnight + timedelta(hours=end),
    )


def recorded(begin: float, end: float, *, day: date = TODAY, person: str = WANG) -> RecordedStretch:
    known = stretch(begin, end, day=day, service=THREE, person=person)
    return RecordedStretch(
        service=known.service,
        person=known.person,
        started_at=known.started_at,
        ended_at=known.ended_at,
        activity="理发",
        order_number="3685A104173K",
    )


def record(
    *stretches: Stretch,
    known: tuple[RecordedStretch, ...] = (),
    occasion: Occasion = OCCASION,
    policy: RecordingPolicy = POLICY,
) -> list[ServiceRecorded]:
    return rules.record(occasion, stretches, volunteers=VOLUNTEERS, recorded=known, policy=policy, now=NOW)


class TestRecord:
    def test_keeps_exact_minutes_and_the_day(self) -> None:
        (fact,) = record(stretch(9, 10.95))
        assert (fact.minutes, fact.served_on, fact.late) == (117, TODAY, False)
        assert fact.started_at == milliseconds(instant_at(TODAY, 9))
        assert (fact.unit, fact.order, fact.activity) == ("曹村站", ORDER, "代购")

    def test_several_people_in_one_go(self) -> None:
        facts = record(stretch(9, 10), stretch(9, 11, service=TWO, person=LI))
        assert [(fact.person, fact.minutes) for fact in facts] == [(WANG, 60), (LI, 120)]

    def test_one_person_may_leave_and_come_back(self) -> None:
        facts = record(stretch(9, 10), stretch(10, 11, service=TWO))
        assert [fact.minutes for fact in facts] == [60, 60]

    def test_seconds_are_not_counted(self) -> None:
        short = stretch(9, 9.5)
        (fact,) = record(replace(short, ended_at=short.ended_at + timedelta(seconds=59)))
        assert fact.minutes == 30

    def test_somebody_must_have_served(self) -> None:
        with pytest.raises(rules.NobodyServed):
            record()

    def test_the_activity_must_be_named(self) -> None:
        with pytest.raises(rules.ActivityMissing):
            record(stretch(9, 10), occasion=replace(OCCASION, activity=""))

    def test_refuses_an_end_before_the_start(self) -> None:
        with pytest.raises(rules.EndBeforeStart) as refused:
            record(stretch(9, 10), stretch(11, 10, service=TWO, person=LI))
        assert refused.value.field == "stretches.1.ended_at"

    def test_refuses_no_time_at_all(self) -> None:
        with pytest.raises(rules.NoTimeServed):
            record(stretch(9, 9))

    def test_refuses_the_future(self) -> None:
        with pytest.raises(rules.ServiceInTheFuture):
            record(stretch(17, 18.1))
        assert record(stretch(17, 18))

    def test_refuses_a_date_of_another_century(self) -> None:
        with pytest.raises(rules.ServiceLongAgo) as refused:
            record(replace(stretch(9, 10), started_at=datetime(1, 1, 1, tzinfo=UTC)))
        assert refused.value.field == "stretches.0.started_at"

    def test_refuses_what_nobody_endures(self) -> None:
        with pytest.raises(rules.TooLong) as refused:
            record(stretch(-20, -3))
        assert (refused.value.minutes, refused.value.longest_hours) == (17 * 60, 16)

    @pytest.mark.parametrize("person", [STATION, "0" * 32])
    def test_refuses_people_nobody_knows(self, person: str) -> None:
        with pytest.raises(PersonUnknown) as refused:
            record(stretch(9, 10, person=person))
        assert refused.value.field == "stretches.0.person"

    def test_notes_nothing_of_who_was_erased(self) -> None:
        gone = {WANG: replace(VOLUNTEERS[WANG], name="", erased=True)}
        with pytest.raises(PersonIsErased) as refused:
            rules.record(OCCASION, [stretch(9, 10)], volunteers=gone, recorded=(), policy=POLICY, now=NOW)
        assert refused.value.field == "stretches.0.person"

    def test_refuses_residents_who_are_no_volunteers(self) -> None:
        resident = {WANG: replace(VOLUNTEERS[WANG], registered_on=None)}
        with pytest.raises(NotAVolunteer) as refused:
            rules.record(OCCASION, [stretch(9, 10)], volunteers=resident, recorded=(), policy=POLICY, now=NOW)
        assert refused.value.name == "王小明"

    def test_somebody_who_left_may_be_recorded_up_to_that_day(self) -> None:
        gone = {WANG: replace(VOLUNTEERS[WANG], left_on=date(2026, 4, 7))}

        def when(day: date) -> list[ServiceRecorded]:
            return rules.record(
                OCCASION, [stretch(9, 10, day=day)], volunteers=gone, recorded=(), policy=POLICY, now=NOW
            )

        assert when(date(2026, 4, 7))
        with pytest.raises(NotAVolunteer):
            when(TODAY)

    def test_refuses_time_before_registration(self) -> None:
        with pytest.raises(rules.BeforeRegistration) as refused:
            record(stretch(9, 10, day=date(2026, 3, 31), person=LI))
        assert (refused.value.name, refused.value.registered_on) == ("李秀英", date(2026, 4, 1))
        assert record(stretch(9, 10, day=date(2026, 4, 1), person=LI))

    def test_an_overlap_names_the_other_record(self) -> None:
        with pytest.raises(rules.Overlapping) as refused:
            record(stretch(9, 10), known=(recorded(9.5, 11),))
        problem = refused.value
        assert (problem.name, problem.activity, problem.order_number) == ("王小明", "理发", "3685A104173K")
        assert problem.started_at == instant_at(TODAY, 9, 30)

    @pytest.mark.parametrize(("begin", "end"), [(8, 9), (11, 12)])
    def test_touching_is_no_overlap(self, begin: float, end: float) -> None:
        assert record(stretch(begin, end), known=(recorded(9, 11),))

    def test_others_may_serve_at_the_same_time(self) -> None:
        assert record(stretch(9, 10), known=(recorded(9, 10, person=LI),))

    def test_two_lines_of_one_request_may_overlap_no_more_than_others(self) -> None:
        with pytest.raises(rules.Overlapping) as refused:
            record(stretch(9, 10), stretch(9.5, 10.5, service=TWO))
        assert (refused.value.activity, refused.value.order_number) == ("代购", None)
        assert refused.value.field == "stretches.1.started_at"

    def test_a_day_has_24_hours(self) -> None:
        yesterday = TODAY - timedelta(days=1)
        with pytest.raises(rules.MoreThanADay) as refused:
            record(stretch(10, 23, day=yesterday), known=(recorded(-1, 12, day=yesterday),))
        problem = refused.value
        assert (problem.day, problem.recorded_minutes, problem.minutes) == (yesterday, 720, 780)

    def test_a_county_may_allow_less_a_day(self) -> None:
        policy = RecordingPolicy(most_hours_a_day=8)
        assert record(stretch(9, 13), known=(recorded(4, 8),), policy=policy)
        with pytest.raises(rules.MoreThanADay):
            record(stretch(9, 13.5), known=(recorded(4, 8),), policy=policy)

    def test_late_after_ten_working_days(self) -> None:
        # Between 25 March and 8 April 2026 lie ten working days: 6 April is the holiday of Qingming.
        (in_time,) = record(stretch(9, 10, day=date(2026, 3, 24)))
        (late,) = record(stretch(9, 10, day=date(2026, 3, 23)))
        assert (in_time.late, late.late) == (False, True)


class TestMinutesByDay:
    def test_a_night_belongs_to_two_days(self) -> None:
        night = stretch(22, 25.5)
        assert rules.minutes_by_day(night.started_at, night.ended_at) == {
            TODAY: 120,
            TODAY + timedelta(days=1): 90,
        }

    @given(st.integers(0, 5_000), st.integers(1, 5_000))
    def test_nothing_is_lost_at_midnight(self, start: int, minutes: int) -> None:
        started_at = NOW + timedelta(minutes=start)
        ended_at = started_at + timedelta(minutes=minutes)
        assert sum(rules.minutes_by_day(started_at, ended_at).values()) == minutes


class TestApprove:
    def approve(self, service: Service = SERVICE, approver: str | None = LI) -> ServiceApproved:
        return rules.approve(
            service,
            approver=approver,
            counted_that_day_minutes=0,
            given_that_day_cents=0,
            hours=HoursPolicy(),
            points=PointsPolicy(),
        )

    def test_gives_minutes_and_points(self) -> None:
        fact = self.approve()
        assert (fact.minutes, fact.points_cents, fact.served_on) == (90, 150, TODAY)

    def test_staff_outside_the_register_may_approve(self) -> None:
        assert self.approve(approver=None).minutes == 90

    def test_points_follow_what_counts(self) -> None:
        fact = rules.approve(
            SERVICE,
            approver=LI,
            counted_that_day_minutes=450,
            given_that_day_cents=0,
            hours=HoursPolicy(most_minutes_a_day=480),
            points=PointsPolicy(rate_cents=1000),
        )
        assert (fact.minutes, fact.points_cents) == (30, 500)

    def test_nobody_approves_their_own_hours(self) -> None:
        with pytest.raises(rules.SelfApproval):
            self.approve(approver=WANG)

    @pytest.mark.parametrize("state", [State.APPROVED, State.DECLINED, State.REVERSED])
    def test_only_once(self, state: State) -> None:
        with pytest.raises(rules.NotWaiting) as refused:
            self.approve(replace(SERVICE, state=state))
        assert refused.value.state is state


class TestDeclineAndReverse:
    def test_declined_with_a_reason(self) -> None:
        assert rules.decline(SERVICE, reason="没有去").service == ONE
        with pytest.raises(rules.ReasonNotGiven):
            rules.decline(SERVICE, reason=" ")
        with pytest.raises(rules.NotWaiting):
            rules.decline(replace(SERVICE, state=State.APPROVED), reason="没有去")

    def test_a_reversal_takes_back_exactly_what_was_given(self) -> None:
        approved = replace(SERVICE, state=State.APPROVED, counted_minutes=60, points_cents=1000)
        fact = rules.reverse(approved, reason="重复")
        assert (fact.minutes, fact.points_cents, fact.served_on) == (60, 1000, TODAY)
        with pytest.raises(rules.ReasonNotGiven):
            rules.reverse(approved, reason="")

    @pytest.mark.parametrize("state", [State.WAITING, State.DECLINED, State.REVERSED])
    def test_only_what_was_approved_can_be_revoked(self, state: State) -> None:
        with pytest.raises(rules.NotApproved):
            rules.reverse(replace(SERVICE, state=state), reason="重复")


class TestPhoto:
    def test_a_whole_jpeg(self) -> None:
        rules.check_photo(b"\xff\xd8\xff\xe0picture\xff\xd9", "photos")

    @pytest.mark.parametrize("photo", [b"", b"\x89PNG\r\n", b"\xff\xd8\xff\xe0cut off"])
    def test_anything_else(self, photo: bytes) -> None:
        with pytest.raises(rules.PhotoNotJpeg):
            rules.check_photo(photo, "photos")

    def test_too_large(self) -> None:
        with pytest.raises(rules.PhotoTooLarge) as refused:
            rules.check_photo(bytes(rules.PHOTO_BYTES + 1), "photos")
        assert refused.value.most_bytes == 300_000


@pytest.mark.parametrize(
    "value",
    ['{"longest_hours": 0}', '{"most_hours_a_day": 25}', '{"late_after_working_days": 0}'],
)
def test_a_policy_that_makes_no_sense(value: str) -> None:
    with pytest.raises(PolicyMakesNoSense):
        parse_policy(RecordingPolicy, value)


def test_our_own_policy_makes_sense() -> None:
    assert parse_policy(RecordingPolicy, "{}") == POLICY


def test_what_was_declined_by_mistake_waits_again() -> None:
    body = rules.reopen("5" * 32, WANG)
    assert (body.service, body.person) == ("5" * 32, WANG)
