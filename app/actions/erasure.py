"""Deleting somebody's personal data on request (删除个人信息), what that takes away and what it leaves; and the locked
papers that the law keeps.

An administrator does it, with a reason, and types the name once more. It cannot be undone. The facts stay in their
chains; the data beside them go here, in the search index, the mirror, drafts and photos, and in the unused pages of
the file. A database from before the deletion deletes again when it is opened.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, Engine

from app.actions.certificates import CertificateNotShown, CertificateUnknown, paper_of
from app.actions.desk import ADMINISTRATORS, Desk, Done, Look, Work, action, do, reading
from app.actions.people import known_person
from app.domain import erasure as rules
from app.domain import teams as team_rules
from app.domain.erasure import ErasureReason
from app.domain.numbers import short_order_number
from app.domain.orders import ReasonMissing
from app.domain.people import Person
from app.domain.problems import Refusal, Trouble
from app.facts import Fact, Id
from app.storage import audit, certificates, erasure, hours, orders_by, people, points, services, teams
from app.storage.device import Device
from app.storage.disk import Places
from app.storage.engine import reading as reading_transaction
from app.storage.engine import writing
from app.storage.erasure import Erasure
from app.storage.history import chain_head
from app.storage.incarnation import Mirror
from app.storage.log import Draft, Log
from app.storage.types import clean_text

LONGEST_REASON_CHARACTERS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasePerson:
    """``typed_name`` is the name, typed once more; ``reason`` is None while none was chosen."""

    person: Id
    reason: ErasureReason | None
    typed_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenLocked:
    """Look at a certificate of somebody who was erased, and why."""

    certificate: Id
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasurePlan:
    """What deleting would take away and leave, before it is done; ``obstacle`` says why it cannot be done yet.

    ``locked`` certificates stay locked until ``locked_until``. ``minutes`` and ``points_cents`` stay in the sums.
    """

    name: str
    orders: int
    records: int
    photos: int
    locked: int
    locked_until: date | None
    minutes: int
    points_cents: int
    obstacle: Refusal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasedPerson:
    """It is done; ``sweeping`` is what stood in the way of clearing the unused pages, which is tried again at the next
    start.
    """

    sweeping: Trouble | None


@reading(ADMINISTRATORS)
def erasure_plan(look: Look, person_id: Id) -> ErasurePlan:
    """What would go and what would stay; nine statements."""
    person = known_person(look, person_id)
    papers = certificates.of_person(look.connection, person.id)
    days = [rules.kept_until(row.issued_on) for row in papers]
    return ErasurePlan(
        name=person.details.name,
        orders=orders_by.count_of_person(look.connection, person.id),
        records=services.count_of_person(look.connection, person.id),
        photos=len(services.photos_of(look.connection, [person.id])),
        locked=len(papers),
        locked_until=max(days, default=None),
        minutes=hours.total_minutes(look.connection, person.id),
        points_cents=points.total_cents(look.connection, person.id),
        obstacle=_obstacle(look, person.id),
    )


def erase_person(desk: Desk, request: ErasePerson) -> Done[ErasedPerson]:
    """Delete what is known of somebody, then clear what is left of it in files."""
    done = do(desk, lambda work: _erase(work, request), ADMINISTRATORS)
    return Done(ErasedPerson(sweeping=_clear(desk, done.value)), done.changed)


@action(ADMINISTRATORS)
def open_locked_certificate(work: Work, request: OpenLocked) -> bytes:
    """The paper of a certificate that the law keeps of somebody who was erased, as PDF; who looked and why is noted."""
    reason = clean_text(request.reason, longest_characters=LONGEST_REASON_CHARACTERS, field="reason")
    if not reason:
        raise ReasonMissing(field="reason")
    row = certificates.one(work.connection, request.certificate)
    if row is None:
        raise CertificateUnknown
    text = certificates.locked_text(work.connection, row)
    if text is None:
        raise CertificateNotShown(number=row.number)
    audit.write(
        work.connection,
        at=work.now,
        by=work.by.staff,
        what=audit.OPENED_LOCKED,
        object_name=f"certificate:{request.certificate}",
        reason=reason,
    )
    return paper_of(text, row)


def erase_again(engine: Engine, device: Device, places: Places, mirror: Mirror, *, at: datetime) -> None:
    """When a station is opened: erase whom a database from before the deletion still knows, and clear what is left."""
    known = erasure.remembered(places)
    if not known:
        return
    with reading_transaction(engine) as connection:
        todo = erasure.forgotten(connection, known)
    for one in todo:
        _record_again(engine, device, mirror, one, at)
    left = [one.person for one in known if not one.swept or one in todo]
    if left:
        _sweep(engine, places, mirror, left)


def _clear(desk: Desk, erased: Erasure) -> Trouble | None:
    """What is left of this one in files, and of those whom something stood in the way of clearing before."""
    places = desk.vault.places
    try:
        erasure.remember(places, erased)
    except Trouble as trouble:
        return trouble
    left = [one.person for one in erasure.remembered(places) if not one.swept]
    return _sweep(desk.engine, places, desk.mirror, left)


def _erase(work: Work, request: ErasePerson) -> Erasure:
    person = known_person(work, request.person)
    reason = rules.expect_reason(request.reason)
    bodies = rules.erase(
        person,
        reason=reason,
        typed_name=request.typed_name,
        open_orders=_open_orders(work, person.id),
        records_waiting=services.count_of_person(work.connection, person.id, waiting=True),
    )
    work.record(*_leaving_teams(work.connection, person), *bodies)
    return Erasure(person=person.id, at=work.now, by=work.by.staff, reason=reason)


def _record_again(engine: Engine, device: Device, mirror: Mirror, one: Erasure, at: datetime) -> None:
    with writing(engine) as connection:
        log = Log(connection, device.chain)
        person = people.person(connection, one.person)
        assert person is not None, "only who is known here is erased again"
        bodies = [*_leaving_teams(connection, person), *rules.erase_again(person, one.reason)]
        log.append(map(Draft, bodies), at=at, by=one.by)
        log.finish()
        head = chain_head(connection, device.chain)
    mirror.append(head, log.appended)


def _leaving_teams(connection: Connection, person: Person) -> list[Fact]:
    return [
        body
        for team in teams.teams_of(connection, person.id)
        for body in team_rules.leave(teams.member(connection, team.id, person.id), person.details.name)
    ]


def _sweep(engine: Engine, places: Places, mirror: Mirror | None, persons: Sequence[Id]) -> Trouble | None:
    """Clear mirror and file of what was deleted; what stands in the way does not undo the deletion."""
    try:
        for person in persons:
            if mirror is not None:
                mirror.forget(person)
        erasure.sweep(engine)
        erasure.swept(places)
    except Trouble as trouble:
        return trouble
    return None


def _obstacle(look: Look, person: Id) -> Refusal | None:
    waiting = services.count_of_person(look.connection, person, waiting=True)
    try:
        rules.expect_nothing_under_way(_open_orders(look, person), waiting)
    except Refusal as refusal:
        return refusal
    return None


def _open_orders(look: Look, person: Id) -> Sequence[str]:
    return [short_order_number(number) for number in orders_by.open_numbers_of(look.connection, person)]
