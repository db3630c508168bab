"""The rules of service records (服务记录): what may be recorded, approved, declined and revoked.

One record is one volunteer's one stretch of service. A record counts when somebody else than the volunteer has
approved it; an approved one is revoked by a reversal that takes back exactly what was given.

Sources: Ministry of Civil Affairs order 67 (2021), time really given, recorded within 10 working days; the longest
stretch is our own [default]. What counts and what it earns is in ``hours`` and ``points``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import ClassVar

from app.domain import hours as hour_rules
from app.domain import points as point_rules
from app.domain.calendar import instant_at, shanghai_day, shipped
from app.domain.erasure import PersonIsErased
from app.domain.hours import HoursPolicy
from app.domain.people import NotAVolunteer, PersonUnknown
from app.domain.points import PointsPolicy
from app.domain.policies import Policy
from app.domain.problems import Refusal
from app.facts import Id, milliseconds
from app.facts.services import (
    ServiceApproved,
    ServiceDeclined,
    ServiceRecorded,
    ServiceReopened,
    ServiceReversed,
)

_MINUTE = timedelta(minutes=1)
_HOURS_A_DAY = 24
LONGEST_AGO_YEARS = 50
PHOTO_BYTES = 300_000
_JPEG_BEGINS, _JPEG_ENDS = b"\xff\xd8\xff", b"\xff\xd9"


class State(StrEnum):
    """Where a record stands."""

    WAITING = "waiting"
    APPROVED = "approved"
    DECLINED = "declined"
    REVERSED = "reversed"


COUNTING = frozenset({State.WAITING, State.APPROVED})
"""States in which a record takes up its time; another one may not overlap it."""


class RecordingPolicy(Policy, frozen=True, kw_only=True):
    """What may be recorded: the longest stretch [default], the most in a day, and when a record is late [law]."""

    name: ClassVar[str] = "services.recording"

    limits: ClassVar[Mapping[str, tuple[int, int]]] = {
        "longest_hours": (1, 7 * _HOURS_A_DAY),
        "most_hours_a_day": (1, _HOURS_A_DAY),
        "late_after_working_days": (1, 250),
    }

    longest_hours: int = 16
    most_hours_a_day: int = 24
    late_after_working_days: int = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Volunteer:
    """What the rules need to know of who served. ``registered_on`` is None for somebody who is no volunteer;
    ``left_on`` is the last day of one who left; of who was ``erased`` nothing new is noted.
    """

    id: Id
    name: str
    registered_on: date | None
    left_on: date | None = None
    erased: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """From when to when one volunteer served; ``service`` is the id of its record."""

    service: Id
    person: Id
    started_at: datetime
    ended_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedStretch(Stretch):
    """A stretch that is recorded already, with what is needed to name it to a person."""

    activity: str
    order_number: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """What several people did together."""

    station: Id
    unit: str
    order: Id | None
    team: Id | None
    activity: str
    category: str
    photos: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """A record as the rules see it. ``counted_minutes`` and ``points_cents`` are what its approval gave."""

    id: Id
    person: Id
    state: State
    category: str
    minutes: int
    served_on: date
    counted_minutes: int = 0
    points_cents: int = 0


class NobodyServed(Refusal):
    """It is not said who served."""


class ActivityMissing(Refusal):
    """It is not said what the service was."""


class EndBeforeStart(Refusal):
    """The stretch ends before it begins."""


class NoTimeServed(Refusal):
    """The stretch is shorter than a minute."""


class TooLong(Refusal):
    """No one stretch lasts so long."""

    minutes: int
    longest_hours: int


class ServiceInTheFuture(Refusal):
    """The stretch is not over yet."""

    ended_at: datetime


class ServiceLongAgo(Refusal):
    """The stretch lies so long ago that the date must be a slip of the hand."""

    years: int


class BeforeRegistration(Refusal):
    """The stretch lies before the person became a volunteer."""

    name: str
    registered_on: date


class MoreThanADay(Refusal):
    """With this stretch the person would have served longer on one day than a day allows."""

    name: str
    day: date
    recorded_minutes: int
    minutes: int
    most_hours: int


class Overlapping(Refusal):
    """The person served elsewhere at that time, by another record or by another line of this request."""

    name: str
    started_at: datetime
    ended_at: datetime
    activity: str
    order_number: str | None


class SelfApproval(Refusal):
    """Nobody approves their own hours."""


class NotWaiting(Refusal):
    """The record was decided already."""

    state: State


class NotApproved(Refusal):
    """Only an approved record can be revoked."""

    state: State


class ReasonNotGiven(Refusal):
    """The step needs a reason, for the volunteer and for the record."""


class PhotoTooLarge(Refusal):
    """A photo has more bytes than are kept."""

    photo_bytes: int
    most_bytes: int


class PhotoNotJpeg(Refusal):
    """The file is not a whole JPEG picture."""


def record(
    occasion: Occasion,
    stretches: Sequence[Stretch],
    *,
    volunteers: Mapping[Id, Volunteer],
    recorded: Iterable[RecordedStretch],
    policy: RecordingPolicy,
    now: datetime,
) -> list[ServiceRecorded]:
    """Write down who served from when to when. A refusal names the line: ``stretches.0.ended_at``."""
    if not stretches:
        raise NobodyServed(field="stretches")
    if not occasion.activity:
        raise ActivityMissing(field="activity")
    for line, stretch in enumerate(stretches):
        _check_times(stretch, policy, now, f"stretches.{line}")
    known = list(recorded)
    facts = []
    for line, stretch in enumerate(stretches):
        where = f"stretches.{line}"
        volunteer = volunteers.get(stretch.person)
        _check_volunteer(stretch, volunteer, where)
        assert volunteer is not None
        own = [one for one in known if one.person == stretch.person and one.service != stretch.service]
        _check_day(stretch, own, volunteer, policy, where)
        _check_overlap(stretch, own, volunteer, where)
        known.append(_as_recorded(stretch, occasion))
        facts.append(_recorded(stretch, occasion, policy, now))
    return facts


def approve(
    service: Service,
    *,
    approver: Id | None,
    counted_that_day_minutes: int,
    given_that_day_cents: int,
    hours: HoursPolicy,
    points: PointsPolicy,
) -> ServiceApproved:
    """Let a record count. ``approver`` is the register person who approves, ``hours`` and ``points`` the policies
    of the day of service.
    """
    if approver == service.person:
        raise SelfApproval
    _expect_waiting(service)
    minutes = hour_rules.counted_minutes(service.minutes, counted_that_day_minutes, hours)
    return ServiceApproved(
        service=service.id,
        person=service.person,
        minutes=minutes,
        points_cents=point_rules.earned_cents(minutes, service.category, given_that_day_cents, points),
        served_on=service.served_on,
    )


def decline(service: Service, *, reason: str) -> ServiceDeclined:
    """The record does not count, and why."""
    _expect_waiting(service)
    expect_reason(reason)
    return ServiceDeclined(service=service.id, person=service.person)


def reverse(service: Service, *, reason: str) -> ServiceReversed:
    """Revoke an approved record: exactly what it gave is taken back."""
    if service.state is not State.APPROVED:
        raise NotApproved(state=service.state)
    expect_reason(reason)
    return ServiceReversed(
        service=service.id,
        person=service.person,
        minutes=service.counted_minutes,
        points_cents=service.points_cents,
        served_on=service.served_on,
    )


def reopen(service: Id, person: Id) -> ServiceReopened:
    """A refusal is undone: the record waits again."""
    return ServiceReopened(service=service, person=person)


def minutes_between(started_at: datetime, ended_at: datetime) -> int:
    """Whole minutes of a stretch."""
    return (ended_at - started_at) // _MINUTE


def minutes_by_day(started_at: datetime, ended_at: datetime) -> dict[date, int]:
    """The minutes of a stretch on each day in Asia/Shanghai."""
    found: dict[date, int] = {}
    while started_at < ended_at:
        day = shanghai_day(started_at)
        until = min(ended_at, instant_at(day, 24))
        found[day] = minutes_between(started_at, until)
        started_at = until
    return found


def check_photo(photo: bytes, field: str) -> None:
    """A photo is a whole JPEG of at most 300 kB."""
    if len(photo) > PHOTO_BYTES:
        raise PhotoTooLarge(photo_bytes=len(photo), most_bytes=PHOTO_BYTES, field=field)
    if not photo.startswith(_JPEG_BEGINS) or not photo.rstrip(b"\0").endswith(_JPEG_ENDS):
        raise PhotoNotJpeg(field=field)


def expect_reason(reason: str) -> None:
    if not reason.strip():
        raise ReasonNotGiven(field="reason")


def _check_times(stretch: Stretch, policy: RecordingPolicy, now: datetime, where: str) -> None:
    if shanghai_day(now).year - stretch.started_at.year > LONGEST_AGO_YEARS:
        raise ServiceLongAgo(years=LONGEST_AGO_YEARS, field=f"{where}.started_at")
    if stretch.ended_at < stretch.started_at:
        raise EndBeforeStart(field=f"{where}.ended_at")
    minutes = minutes_between(stretch.started_at, stretch.ended_at)
    if minutes == 0:
        raise NoTimeServed(field=f"{where}.ended_at")
    if stretch.ended_at > now:
        raise ServiceInTheFuture(ended_at=stretch.ended_at, field=f"{where}.ended_at")
    if minutes > policy.longest_hours * 60:
        raise TooLong(minutes=minutes, longest_hours=policy.longest_hours, field=f"{where}.ended_at")


def _check_volunteer(stretch: Stretch, volunteer: Volunteer | None, where: str) -> None:
    if volunteer is None:
        raise PersonUnknown(field=f"{where}.person")
    if volunteer.erased:
        raise PersonIsErased(field=f"{where}.person")
    if volunteer.registered_on is None:
        raise NotAVolunteer(name=volunteer.name, field=f"{where}.person")
    day = shanghai_day(stretch.started_at)
    if volunteer.left_on is not None and day > volunteer.left_on:
        raise NotAVolunteer(name=volunteer.name, field=f"{where}.person")
    if day < volunteer.registered_on:
        raise BeforeRegistration(
            name=volunteer.name, registered_on=volunteer.registered_on, field=f"{where}.started_at"
        )


def _check_day(
    stretch: Stretch,
    own: Sequence[RecordedStretch],
    volunteer: Volunteer,
    policy: RecordingPolicy,
    where: str,
) -> None:
    for day, minutes in minutes_by_day(stretch.started_at, stretch.ended_at).items():
        already = sum(minutes_by_day(one.started_at, one.ended_at).get(day, 0) for one in own)
        if already + minutes > policy.most_hours_a_day * 60:
            raise MoreThanADay(
                name=volunteer.name,
                day=day,
                recorded_minutes=already,
                minutes=minutes,
                most_hours=policy.most_hours_a_day,
                field=f"{where}.ended_at",
            )


def _check_overlap(
    stretch: Stretch, own: Sequence[RecordedStretch], volunteer: Volunteer, where: str
) -> None:
    for one in own:
        if one.started_at < stretch.ended_at and stretch.started_at < one.ended_at:
            raise Overlapping(
                name=volunteer.name,
                started_at=one.started_at,
                ended_at=one.ended_at,
                activity=one.activity,
                order_number=one.order_number,
                field=f"{where}.started_at",
            )


def _as_recorded(stretch: Stretch, occasion: Occasion) -> RecordedStretch:
    return RecordedStretch(
        service=stretch.service,
        person=stretch.person,
        started_at=stretch.started_at,
        ended_at=stretch.ended_at,
        activity=occasion.activity,
        order_number=None,
    )


def _recorded(
    stretch: Stretch, occasion: Occasion, policy: RecordingPolicy, now: datetime
) -> ServiceRecorded:
    days = shipped().working_days_between(shanghai_day(stretch.ended_at), shanghai_day(now))
    return ServiceRecorded(
        service=stretch.service,
        person=stretch.person,
        station=occasion.station,
        unit=occasion.unit,
        order=occasion.order,
        team=occasion.team,
        activity=occasion.activity,
        category=occasion.category,
        started_at=milliseconds(stretch.started_at),
        ended_at=milliseconds(stretch.ended_at),
        served_on=shanghai_day(stretch.started_at),
        minutes=minutes_between(stretch.started_at, stretch.ended_at),
        photos=occasion.photos,
        late=days > policy.late_after_working_days,
    )


def _expect_waiting(service: Service) -> None:
    if service.state is not State.WAITING:
        raise NotWaiting(state=service.state)
