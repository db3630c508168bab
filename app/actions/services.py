"""What a person does with service records (服务记录): record, approve, decline, revoke; and how they are read.

The balances that records make are read in ``hours``, ``points`` and ``stars``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row

from app.actions.desk import Look, Work, action, reading
from app.actions.grants import grant_referrals
from app.actions.purses import settle_debts
from app.domain import masking
from app.domain import services as rules
from app.domain.calendar import instant_at, shanghai_day
from app.domain.categories import category_exists
from app.domain.hours import HoursPolicy
from app.domain.numbers import short_order_number
from app.domain.orders import State as OrderState
from app.domain.points import PointsPolicy
from app.domain.problems import Refusal
from app.domain.services import RecordingPolicy, Service, State, Stretch
from app.facts import Id
from app.facts.services import ServiceNote, ServiceWords
from app.storage import blobs, drafts, hours, orders, points, search, stations
from app.storage import policies as policy_storage
from app.storage import services as storage
from app.storage.services import ServiceFilter
from app.storage.types import clean_text

LONGEST_ACTIVITY_CHARACTERS = 60
LONGEST_CONTENT_CHARACTERS = 300
LONGEST_PLACE_CHARACTERS = 200
LONGEST_NOTE_CHARACTERS = 1_000
MOST_PHOTOS = 6

_SERVED = frozenset(
    {OrderState.ACCEPTED, OrderState.IN_SERVICE, OrderState.DONE, OrderState.RATED, OrderState.CLOSED}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """One line: who served from when to when. ``service`` is the id the line had while it was typed."""

    service: Id
    person: Id
    started_at: datetime
    ended_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordServices:
    """What volunteers did together, for an order or without one. ``photos`` are JPEG bytes."""

    stretches: tuple[Served, ...]
    activity: str
    category: str
    content: str
    place: str = ""
    remark: str = ""
    order: Id | None = None
    team: Id | None = None
    photos: tuple[bytes, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedServices:
    """The new records, and how many of them came later than the law wants."""

    services: tuple[Id, ...]
    minutes: int
    late: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproveServices:
    """Records that may count, one or many."""

    services: tuple[Id, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovedServices:
    """What the approval gave in all."""

    minutes: int
    points_cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceReason:
    """A record that is declined or revoked, and why."""

    service: Id
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A record with everything that stands behind it; the volunteer's name is masked.

    ``counted_minutes`` and ``points_cents`` are what the approval gave, zero before. ``reason`` says why it was
    declined or revoked.
    """

    service: Id
    person: Id
    who: str
    volunteer_number: str
    state: State
    activity: str
    category: str
    content: str
    place: str
    remark: str
    unit: str
    team: str
    order: Id | None
    order_number: str
    started_at: datetime
    ended_at: datetime
    served_on: date
    minutes: int
    counted_minutes: int
    points_cents: int
    late: bool
    photos: tuple[str, ...]
    recorded_at: datetime
    recorded_by: str
    decided_at: datetime | None
    decided_by: str
    reversed_at: datetime | None
    reversed_by: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A window of a list."""

    offset: int = 0
    limit: int = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class ServicesQuery(Page):
    """Records of one state. ``text`` is what was typed to find a volunteer or an order; ``find`` is a record whose
    place is wanted.
    """

    state: State = State.WAITING
    text: str = ""
    find: Id | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ServicesPage:
    """A window of the list, how many there are, and the place of the one that was asked for."""

    rows: tuple[Evidence, ...]
    count: int
    found: int | None = None


class ServiceUnknown(Refusal):
    """There is no such record here."""


class ContentMissing(Refusal):
    """It is not said what was done; a certificate must say it."""


class ServiceCategoryMissing(Refusal):
    """The kind of service is not chosen."""


class OrderNotServed(Refusal):
    """Nobody has taken the order on, so nobody can have served."""

    number: str


class TooManyPhotos(Refusal):
    """More photos than are kept with one record."""

    most: int


@action()
def record_services(work: Work, request: RecordServices) -> RecordedServices:
    """Write down who served from when to when. Recording the same lines twice gives the same records. A draft of them
    has the id of the first.
    """
    ids = tuple(one.service for one in request.stretches)
    if known := storage.these(work.connection, ids):
        return _summary(known)
    words = _words(request)
    _expect_served(work, request)
    persons = {one.person for one in request.stretches}
    facts = rules.record(
        _occasion(work, request),
        [_stretch(one) for one in request.stretches],
        volunteers=storage.volunteers(work.connection, persons),
        recorded=_recorded_around(work, request, persons),
        policy=work.policy(RecordingPolicy),
        now=work.now,
    )
    for fact in facts:
        work.record(fact, parts={fact.person: words})
    drafts.forget(work.connection, ids[0])
    return RecordedServices(
        services=ids, minutes=sum(fact.minutes for fact in facts), late=sum(fact.late for fact in facts)
    )


@action()
def approve_services(work: Work, request: ApproveServices) -> ApprovedServices:
    """Let records count: minutes and points are decided by the rules of the day of service."""
    approver = storage.register_person_of(work.connection, work.by.staff)
    minutes = cents = 0
    persons: list[Id] = []
    for service_id in dict.fromkeys(request.services):
        service = _service(work, service_id)
        body = rules.approve(
            service,
            approver=approver,
            counted_that_day_minutes=hours.minutes_on(work.connection, service.person, service.served_on),
            given_that_day_cents=points.cents_on(work.connection, service.person, service.served_on),
            hours=policy_storage.policy(work.connection, HoursPolicy, service.served_on),
            points=policy_storage.policy(work.connection, PointsPolicy, service.served_on),
        )
        work.record(body)
        # The next record of the same person may be of the same day.
        work.settle()
        minutes += body.minutes
        cents += body.points_cents
        persons.append(service.person)
    settle_debts(work, [*persons, *grant_referrals(work, persons)])
    return ApprovedServices(minutes=minutes, points_cents=cents)


@action()
def decline_service(work: Work, request: ServiceReason) -> None:
    """Say that a record does not count, and why (不予通过)."""
    service = _service(work, request.service)
    body = rules.decline(service, reason=request.reason)
    work.record(body, parts={service.person: _note(request)})


@action()
def reverse_service(work: Work, request: ServiceReason) -> None:
    """Revoke an approved record, and why (撤销): hours at once, points as far as the balance goes."""
    service = _service(work, request.service)
    body = rules.reverse(service, reason=request.reason)
    work.record(body, parts={service.person: _note(request)})
    settle_debts(work, [service.person], service.id)


@reading()
def waiting_service_count(look: Look, query: None) -> int:
    """How many records wait for approval, for the rail."""
    return storage.count_waiting(look.connection)


@reading()
def services(look: Look, query: ServicesQuery) -> ServicesPage:
    """What waits for approval, the oldest first, or what was decided, the newest first; at most six statements."""
    which = _filter(look, query)
    if which is None:
        return ServicesPage(rows=(), count=0)
    rows = storage.listed(look.connection, which, offset=query.offset, limit=query.limit)
    return ServicesPage(
        rows=tuple(evidence(look, row) for row in rows),
        count=storage.count(look.connection, which),
        found=storage.place(look.connection, which, query.find) if query.find else None,
    )


@reading()
def waiting_with(look: Look, service: Id) -> tuple[Id, ...]:
    """The records that wait and were written down in one go with this one, itself among them."""
    return tuple(storage.waiting_with(look.connection, service))


@reading()
def services_of_order(look: Look, order: Id) -> tuple[Evidence, ...]:
    """Who served for an order, and what became of each record."""
    return tuple(evidence(look, row) for row in storage.of_order(look.connection, order))


@reading()
def service_evidence(look: Look, service: Id) -> Evidence:
    """One record with everything behind it."""
    row = storage.one(look.connection, service)
    if row is None:
        raise ServiceUnknown
    return replace(evidence(look, row), who=look.sight.name(row.person_name))


@reading()
def photo(look: Look, name: str) -> bytes | None:
    """A photo by its name; None when it is not on this PC."""
    return blobs.content_of(look.connection, name)


def evidence(look: Look, row: Row[Any]) -> Evidence:
    """The read model of a row of ``app.storage.services`` with names."""
    return Evidence(
        service=row.id,
        person=row.person,
        who=masking.listed(row.person_name),
        volunteer_number=row.volunteer_number or "",
        state=State(row.state),
        activity=row.activity,
        category=row.category,
        content=row.content,
        place=look.sight.place(row.place),
        remark=look.sight.words(row.remark),
        unit=row.unit,
        team=row.team_name or "",
        order=row.order,
        order_number=short_order_number(row.order_number) if row.order_number else "",
        started_at=row.started_at,
        ended_at=row.ended_at,
        served_on=row.served_on,
        minutes=row.minutes,
        counted_minutes=row.counted_minutes,
        points_cents=row.points_cents,
        late=row.late,
        photos=tuple(row.photos),
        recorded_at=row.recorded_at,
        recorded_by=row.recorder_name or "",
        decided_at=row.decided_at,
        decided_by=row.decider_name or "",
        reversed_at=row.reversed_at,
        reversed_by=row.reverser_name or "",
        reason=look.sight.words(row.reason),
    )


def _filter(look: Look, query: ServicesQuery) -> ServiceFilter | None:
    """None when something was typed and nobody and nothing is meant by it."""
    typed = query.text.strip()
    if not typed:
        return ServiceFilter(state=query.state)
    persons, of_orders = (
        [match.object for match in search.matches(look.connection, noun, typed, search.MOST_CONSIDERED)]
        for noun in ("person", "order")
    )
    if not persons and not of_orders:
        return None
    return ServiceFilter(state=query.state, persons=persons, orders=of_orders)


def _service(work: Work, service_id: Id) -> Service:
    service = storage.service(work.connection, service_id)
    if service is None:
        raise ServiceUnknown
    return service


def _stretch(served: Served) -> Stretch:
    return Stretch(
        service=served.service,
        person=served.person,
        started_at=served.started_at,
        ended_at=served.ended_at,
    )


def _recorded_around(
    work: Work, request: RecordServices, persons: set[Id]
) -> Iterator[rules.RecordedStretch]:
    """What these people have recorded on the days of the request; looked up once the rules have found its times
    possible.
    """
    first = shanghai_day(min(one.started_at for one in request.stretches))
    last = shanghai_day(max(one.ended_at for one in request.stretches))
    yield from storage.stretches(work.connection, persons, instant_at(first), instant_at(last, 24))


def _occasion(work: Work, request: RecordServices) -> rules.Occasion:
    station = stations.this_station(work.connection)
    return rules.Occasion(
        station=station.id,
        unit=station.name,
        order=request.order,
        team=request.team,
        activity=clean_text(
            request.activity, longest_characters=LONGEST_ACTIVITY_CHARACTERS, field="activity"
        ),
        category=request.category,
        photos=_kept_photos(work, request.photos),
    )


def _kept_photos(work: Work, photos: tuple[bytes, ...]) -> tuple[str, ...]:
    if len(photos) > MOST_PHOTOS:
        raise TooManyPhotos(most=MOST_PHOTOS, field="photos")
    for one in photos:
        rules.check_photo(one, "photos")
    return tuple(dict.fromkeys(blobs.keep(work.connection, one, work.now) for one in photos))


def _words(request: RecordServices) -> ServiceWords:
    content = clean_text(request.content, longest_characters=LONGEST_CONTENT_CHARACTERS, field="content")
    if not content:
        raise ContentMissing(field="content")
    if not category_exists(request.category):
        raise ServiceCategoryMissing(field="category")
    return ServiceWords(
        content=content,
        place=clean_text(request.place, longest_characters=LONGEST_PLACE_CHARACTERS, field="place"),
        remark=clean_text(request.remark, longest_characters=LONGEST_NOTE_CHARACTERS, field="remark"),
    )


def _expect_served(work: Work, request: RecordServices) -> None:
    if request.order is None:
        return
    order = orders.order(work.connection, request.order)
    if order is None or order.state not in _SERVED:
        raise OrderNotServed(number=short_order_number(order.number) if order else "", field="order")


def _note(request: ServiceReason) -> ServiceNote:
    text = clean_text(request.reason, longest_characters=LONGEST_NOTE_CHARACTERS, field="reason")
    return ServiceNote(text=text)


def _summary(rows: Sequence[Row[Any]]) -> RecordedServices:
    return RecordedServices(
        services=tuple(row.id for row in rows),
        minutes=sum(row.minutes for row in rows),
        late=sum(row.late for row in rows),
    )
