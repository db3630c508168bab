"""Table, folds and queries of service records (服务记录).

What a record gives stands in the ledgers ``hours`` and ``points``; who decided it, and by which evidence, stands here.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Index,
    Integer,
    Row,
    Select,
    Text,
    and_,
    func,
    or_,
    select,
    text,
    true,
)
from sqlalchemy.sql import ColumnElement

from app.domain.calendar import shanghai_day
from app.domain.services import COUNTING, RecordedStretch, Service, State, Volunteer
from app.domain.wallets import PointKind
from app.facts import Id, instant
from app.facts.services import (
    ServiceApproved,
    ServiceDeclined,
    ServiceNote,
    ServiceRecorded,
    ServiceReopened,
    ServiceReversed,
    ServiceWords,
)
from app.storage import blobs, hours, lists, points, types
from app.storage.fold import Recorded, folds, forgets
from app.storage.history import chunks
from app.storage.hours import hour_entries
from app.storage.orders import orders
from app.storage.people import people
from app.storage.rows import Rows
from app.storage.staff import staff
from app.storage.teams import teams

LONGEST_STRETCH = timedelta(days=8)
"""No stretch that was ever recorded is longer (RecordingPolicy allows a week), so searches by time end here."""

DECIDED_SQL = "state != 'waiting'"
"""As the index has it, which is used only where a query says the same: of somebody's records all are looked at."""

services = types.table(
    "services",
    Column("id", types.Id, primary_key=True),
    Column("person", types.Id, nullable=False),
    Column("station", types.Id, nullable=False),
    Column("unit", Text, nullable=False),
    Column("order", types.Id),
    Column("team", types.Id),
    Column("activity", Text, nullable=False),
    Column("category", Text, nullable=False),
    Column("content", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("remark", Text, nullable=False),
    Column("started_at", types.Instant, nullable=False),
    Column("ended_at", types.Instant, nullable=False),
    Column("served_on", types.Day, nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("photos", types.Json, nullable=False),
    Column("late", types.Flag, nullable=False),
    Column("state", Text, nullable=False),
    Column("recorded_at", types.Instant, nullable=False),
    Column("recorded_by", types.Id, nullable=False),
    Column("decided_at", types.Instant),
    Column("decided_by", types.Id),
    Column("counted_minutes", Integer, nullable=False),
    Column("points_cents", Integer, nullable=False),
    Column("reversed_at", types.Instant),
    Column("reversed_by", types.Id),
    Column("reason", Text, nullable=False),
    Index("ix_services_waiting", "recorded_at", sqlite_where=text("state = 'waiting'")),
    Index("ix_services_reversed", "id", sqlite_where=text("state = 'reversed'")),
    Index("ix_services_decided", "state", "recorded_at", "id", sqlite_where=text(DECIDED_SQL)),
    Index(None, "person", "started_at"),
    Index(None, "order"),
    noun="service",
)

_WAITING = services.c.state == text("'waiting'")
IS_REVERSED = services.c.state == text("'reversed'")
"""As the partial indexes say it, so that SQLite takes them."""

recorder, decider, reverser = staff.alias("recorder"), staff.alias("decider"), staff.alias("reverser")


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceFilter:
    """Which records a list shows: of one state, and when ``persons`` or ``orders`` are named, only theirs."""

    state: State
    persons: Sequence[Id] = ()
    orders: Sequence[Id] = ()


@folds(ServiceRecorded)
def fold_recorded(rows: Rows, it: Recorded[ServiceRecorded]) -> None:
    body = it.body
    words = it.part(body.person, ServiceWords)
    rows.add(
        services,
        id=body.service,
        person=body.person,
        station=body.station,
        unit=body.unit,
        order=body.order,
        team=body.team,
        activity=body.activity,
        category=body.category,
        content=words.content if words else "",
        place=words.place if words else "",
        remark=words.remark if words else "",
        started_at=instant(body.started_at),
        ended_at=instant(body.ended_at),
        served_on=body.served_on,
        minutes=body.minutes,
        photos=list(body.photos),
        late=body.late,
        state=State.WAITING,
        recorded_at=it.at,
        recorded_by=it.by,
        counted_minutes=0,
        points_cents=0,
        reason="",
    )


@folds(ServiceApproved)
def fold_approved(rows: Rows, it: Recorded[ServiceApproved]) -> None:
    body = it.body
    rows.change(
        services,
        body.service,
        state=State.APPROVED,
        decided_at=it.at,
        decided_by=it.by,
        counted_minutes=body.minutes,
        points_cents=body.points_cents,
    )
    hours.enter(rows, it, body.minutes)
    points.enter(
        rows,
        it,
        body.person,
        PointKind.EARNED,
        body.points_cents,
        on=body.served_on,
        source=body.service,
    )


@folds(ServiceDeclined)
def fold_declined(rows: Rows, it: Recorded[ServiceDeclined]) -> None:
    rows.change(
        services,
        it.body.service,
        state=State.DECLINED,
        decided_at=it.at,
        decided_by=it.by,
        reason=_note(it),
    )


@folds(ServiceReopened)
def fold_reopened(rows: Rows, it: Recorded[ServiceReopened]) -> None:
    rows.change(services, it.body.service, state=State.WAITING, decided_at=None, decided_by=None, reason="")


@folds(ServiceReversed)
def fold_reversed(rows: Rows, it: Recorded[ServiceReversed]) -> None:
    body = it.body
    rows.change(
        services,
        body.service,
        state=State.REVERSED,
        reversed_at=it.at,
        reversed_by=it.by,
        reason=_note(it),
    )
    hours.enter(rows, it, -body.minutes)
    points.owe(rows, it, body.person, body.points_cents, served_on=body.served_on)


@forgets
def forget_photos(connection: Connection, persons: Collection[Id]) -> None:
    """Forget the photos of these people's service, unless somebody else's record shows them, too."""
    theirs = photos_of(connection, persons)
    each = func.json_each(services.c.photos).table_valued("value")
    shown = select(each.c.value).join_from(services, each, true()).where(services.c.person.not_in(persons))
    for names in chunks(sorted(theirs)):
        elsewhere = set(connection.execute(shown.where(each.c.value.in_(names))).scalars())
        for name in set(names) - elsewhere:
            blobs.forget(connection, name)


def photos_of(connection: Connection, persons: Collection[Id]) -> set[str]:
    """The names of the photos of these people's service."""
    names = connection.execute(select(services.c.photos).where(services.c.person.in_(persons))).scalars()
    return {name for photos in names for name in photos}


def count_of_person(connection: Connection, person: Id, *, waiting: bool = False) -> int:
    """How many records somebody has, or how many of them wait for approval."""
    counted = select(func.count()).select_from(services).where(services.c.person == person)
    return connection.execute(counted.where(_WAITING) if waiting else counted).scalar_one()


def service(connection: Connection, service_id: Id) -> Service | None:
    """One record as the rules see it; one statement."""
    row = connection.execute(select(services).where(services.c.id == service_id)).first()
    return None if row is None else as_service(row)


def these(connection: Connection, ids: Collection[Id]) -> Sequence[Row[Any]]:
    """Those of these records that exist, as they stand, in the order they were made."""
    return connection.execute(select(services).where(services.c.id.in_(ids)).order_by(services.c.id)).all()


def stretches(
    connection: Connection, persons: Collection[Id], first_at: datetime, last_at: datetime
) -> list[RecordedStretch]:
    """What these people have recorded between two moments, waiting or approved."""
    rows = connection.execute(
        select(
            services.c.id,
            services.c.person,
            services.c.started_at,
            services.c.ended_at,
            services.c.activity,
            orders.c.number,
        )
        .outerjoin(orders, orders.c.id == services.c.order)
        .where(
            services.c.person.in_(persons),
            services.c.started_at > first_at - LONGEST_STRETCH,
            services.c.started_at < last_at,
            services.c.ended_at > first_at,
            services.c.state.in_(sorted(COUNTING)),
        )
        .order_by(services.c.started_at)
    )
    return [
        RecordedStretch(
            service=row.id,
            person=row.person,
            started_at=row.started_at,
            ended_at=row.ended_at,
            activity=row.activity,
            order_number=row.number,
        )
        for row in rows
    ]


def register_person_of(connection: Connection, staff_id: Id) -> Id | None:
    """Who a member of staff is in the register, if anybody."""
    return connection.execute(select(staff.c.person).where(staff.c.id == staff_id)).scalar()


def volunteers(connection: Connection, persons: Collection[Id]) -> dict[Id, Volunteer]:
    """These people as the rules of recording see them."""
    rows = connection.execute(
        select(
            people.c.id, people.c.name, people.c.registered_on, people.c.left_at, people.c.erased_at
        ).where(people.c.id.in_(persons))
    )
    return {
        row.id: Volunteer(
            id=row.id,
            name=row.name,
            registered_on=row.registered_on,
            left_on=None if row.left_at is None else shanghai_day(row.left_at),
            erased=row.erased_at is not None,
        )
        for row in rows
    }


def count_waiting(connection: Connection) -> int:
    return connection.execute(select(func.count()).select_from(services).where(_WAITING)).scalar_one()


def waiting_first(connection: Connection) -> Row[Any]:
    """How many records wait for a decision, and the ``id`` and ``recorded_at`` of the oldest of them; SQLite takes a
    bare column from the row of the minimum.
    """
    return connection.execute(
        select(
            func.count().label("how_many"),
            func.min(services.c.recorded_at).label("recorded_at"),
            services.c.id,
        ).where(_WAITING)
    ).one()


def listed(connection: Connection, which: ServiceFilter, *, offset: int, limit: int) -> Sequence[Row[Any]]:
    """Records of one state: what waits the oldest first, what was decided the newest first."""
    recorded_at, id_ = services.c.recorded_at, services.c.id
    is_queue = which.state is State.WAITING
    order = (recorded_at, id_) if is_queue else (recorded_at.desc(), id_.desc())
    # The window is found among bare ids; names are looked up for its rows alone.
    window = _through(select(id_), which).order_by(*order).offset(offset).limit(limit)
    return connection.execute(with_names().where(id_.in_(window)).order_by(*order)).all()


def count(connection: Connection, which: ServiceFilter) -> int:
    query = _through(select(func.count()).select_from(services), which)
    return int(connection.execute(query).scalar_one())


def place(connection: Connection, which: ServiceFilter, service_id: Id) -> int | None:
    """How many stand before this record in the list; None when the filter keeps it out."""
    return lists.place(
        connection,
        lambda query: _through(query, which),
        service_id,
        services.c.recorded_at,
        services.c.id,
        newest_first=which.state is not State.WAITING,
    )


def waiting_with(connection: Connection, service_id: Id) -> list[Id]:
    """The waiting records that were written down in one go with this one, itself among them."""
    this = services.alias("this")
    same = and_(
        this.c.id == service_id,
        this.c.recorded_at == services.c.recorded_at,
        this.c.recorded_by == services.c.recorded_by,
    )
    query = select(services.c.id).join(this, same).where(_WAITING).order_by(services.c.id)
    return list(connection.execute(query).scalars())


def one(connection: Connection, service_id: Id) -> Row[Any] | None:
    """One record with the names around it."""
    return connection.execute(with_names().where(services.c.id == service_id)).first()


def of_order(connection: Connection, order: Id) -> Sequence[Row[Any]]:
    """Everything recorded for an order."""
    return connection.execute(
        with_names().where(services.c.order == order).order_by(services.c.started_at, services.c.id)
    ).all()


def of_person(connection: Connection, person: Id, *, ids: Collection[Id] | None = None) -> Sequence[Row[Any]]:
    """Everything recorded of a person, or only these records, the oldest service first."""
    query = with_names().where(services.c.person == person).order_by(services.c.started_at, services.c.id)
    if ids is not None:
        query = query.where(services.c.id.in_(ids))
    return connection.execute(query).all()


def hour_lines(connection: Connection, person: Id, *, offset: int, limit: int) -> Sequence[Row[Any]]:
    """Lines of a person in the ledger of hours with the record behind each, the newest first."""
    lines = hour_entries.c
    return connection.execute(
        _named(
            select(
                lines.fact,
                lines.minutes.label("line_minutes"),
                lines.served_on.label("line_served_on"),
                lines.at.label("line_at"),
                *_columns(),
            ).outerjoin(services, services.c.id == lines.service)
        )
        .where(lines.person == person)
        .order_by(lines.served_on.desc(), lines.at.desc(), lines.fact.desc())
        .offset(offset)
        .limit(limit)
    ).all()


def with_ids(connection: Connection, ids: Collection[Id]) -> dict[Id, Row[Any]]:
    """These records with the names around them."""
    return {row.id: row for row in connection.execute(with_names().where(services.c.id.in_(ids)))}


def as_service(row: Row[Any]) -> Service:
    return Service(
        id=row.id,
        person=row.person,
        state=State(row.state),
        category=row.category,
        minutes=row.minutes,
        served_on=row.served_on,
        counted_minutes=row.counted_minutes,
        points_cents=row.points_cents,
    )


def with_names() -> Select[Any]:
    """Records with the names of who served, for which team and order, and who decided."""
    return _named(select(*_columns()).select_from(services))


def _through(query: Select[Any], which: ServiceFilter) -> Select[Any]:
    is_queue = which.state is State.WAITING
    query = query.where(_WAITING if is_queue else services.c.state == which.state)
    if which.persons or which.orders:
        return query.where(or_(services.c.person.in_(which.persons), services.c.order.in_(which.orders)))
    return query if is_queue else query.where(text(DECIDED_SQL))


def _columns() -> tuple[ColumnElement[Any], ...]:
    return (
        *services.c,
        people.c.name.label("person_name"),
        people.c.number.label("volunteer_number"),
        teams.c.name.label("team_name"),
        teams.c.leader.label("team_leader"),
        orders.c.number.label("order_number"),
        recorder.c.name.label("recorder_name"),
        decider.c.name.label("decider_name"),
        reverser.c.name.label("reverser_name"),
    )


def _named(query: Select[Any]) -> Select[Any]:
    return (
        query.outerjoin(people, people.c.id == services.c.person)
        .outerjoin(teams, teams.c.id == services.c.team)
        .outerjoin(orders, orders.c.id == services.c.order)
        .outerjoin(recorder, recorder.c.id == services.c.recorded_by)
        .outerjoin(decider, decider.c.id == services.c.decided_by)
        .outerjoin(reverser, reverser.c.id == services.c.reversed_by)
    )


def _note(it: Recorded[Any]) -> str:
    note = it.part(it.body.person, ServiceNote)
    return note.text if note else ""
