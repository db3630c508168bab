"""The ledger of points (积分): signed hundredths, a line for each fact that gives or takes; a balance is their sum.

What revoked hours or grants had given is not taken here, but noted in the ledger of what is *owed*; the wallet's
holder takes it from the balance (``PointsTakenBack``), which settles the debt. So whatever order facts come in, no sum
of points is below zero.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Exists,
    Index,
    Integer,
    Row,
    Text,
    case,
    exists,
    func,
    literal,
    select,
    text,
)

from app.domain.calendar import instant_at
from app.domain.grants import Cause
from app.domain.wallets import GAINS, PointKind, Purse
from app.facts import Id
from app.facts.grants import GrantRevoked, PointsGranted
from app.storage import types
from app.storage.fold import Recorded, folds
from app.storage.history import is_read_only
from app.storage.rows import Rows

EXPIRED_SQL = "kind = 'expired'"
"""As the index has it, which is used only where a query says the same."""

point_entries = types.table(
    "point_entries",
    Column("fact", types.Id, primary_key=True),
    Column("line", Integer, primary_key=True),
    Column("person", types.Id, nullable=False),
    Column("kind", Text, nullable=False),
    Column("source", types.Id),
    Column("points_cents", Integer, nullable=False),
    Column("counted_on", types.Day, nullable=False),
    Column("at", types.Instant, nullable=False),
    # All that somebody's points are counted by, so that no line itself is read.
    Index(None, "person", "counted_on", "at", "kind", "points_cents"),
    Index(None, "counted_on", "points_cents", sqlite_where=text(EXPIRED_SQL)),
    ledger=True,
)

point_debts = types.table(
    "point_debts",
    Column("fact", types.Id, primary_key=True),
    Column("line", Integer, primary_key=True),
    Column("person", types.Id, nullable=False),
    Column("served_on", types.Day),
    Column("points_cents", Integer, nullable=False),
    Index(None, "person", "points_cents"),
    ledger=True,
)

grants = types.table(
    "grants",
    Column("id", types.Id, primary_key=True),
    Column("person", types.Id, nullable=False),
    Column("cause", Text, nullable=False),
    Column("source", types.Id, nullable=False),
    Column("points_cents", Integer, nullable=False),
    Column("granted_at", types.Instant, nullable=False),
    Column("granted_by", types.Id, nullable=False),
    Column("revoked_at", types.Instant),
    Index(None, "source", "cause"),
    noun="grant",
)


@folds(PointsGranted)
def fold_granted(rows: Rows, it: Recorded[PointsGranted]) -> None:
    body = it.body
    rows.add(
        grants,
        id=body.grant,
        person=body.person,
        cause=body.cause,
        source=body.source,
        points_cents=body.points_cents,
        granted_at=it.at,
        granted_by=it.by,
    )
    enter(rows, it, body.person, PointKind.GRANTED, body.points_cents, on=body.granted_on, source=body.grant)


@folds(GrantRevoked)
def fold_revoked(rows: Rows, it: Recorded[GrantRevoked]) -> None:
    rows.change(grants, it.body.grant, revoked_at=it.at)
    owe(rows, it, it.body.person, it.body.points_cents)


def enter(
    rows: Rows,
    it: Recorded[Any],
    person: Id,
    kind: PointKind,
    points_cents: int,
    *,
    on: date,
    source: Id | None = None,
    line: int = 0,
) -> None:
    """Write down what a fact gives, or takes when negative. ``source`` is what stands behind it."""
    rows.line(
        point_entries,
        it.id,
        line,
        person=person,
        kind=kind,
        source=source,
        points_cents=points_cents,
        counted_on=on,
        at=it.at,
    )


def owe(rows: Rows, it: Recorded[Any], person: Id, points_cents: int, served_on: date | None = None) -> None:
    """Write down what is owed from now on, or settled when negative."""
    rows.line(point_debts, it.id, 0, person=person, served_on=served_on, points_cents=points_cents)


def total_cents(connection: Connection, person: Id) -> int:
    """The person's balance in hundredths; one statement."""
    total = func.coalesce(func.sum(point_entries.c.points_cents), 0)
    cents: int = connection.execute(select(total).where(point_entries.c.person == person)).scalar_one()
    return cents


def cents_on(connection: Connection, person: Id, day: date) -> int:
    """What the person's service of one day gave, less what of it was revoked; one statement."""
    earned = (
        select(func.coalesce(func.sum(point_entries.c.points_cents), 0))
        .where(
            point_entries.c.person == person,
            point_entries.c.counted_on == day,
            point_entries.c.kind == PointKind.EARNED,
        )
        .scalar_subquery()
    )
    revoked = (
        select(func.coalesce(func.sum(point_debts.c.points_cents), 0))
        .where(point_debts.c.person == person, point_debts.c.served_on == day)
        .scalar_subquery()
    )
    cents: int = connection.execute(select(earned - revoked)).scalar_one()
    return cents


def purse(connection: Connection, person: Id, expired_until: date | None) -> Purse:
    """What the person has, owes, and has left of what was earned up to a day; one statement.

    What is spent is always the oldest, so what is left of the old is all that was gained till then less all that was
    ever spent.
    """
    cents, owed = point_entries.c.points_cents, _owed(person)
    row = connection.execute(
        select(
            func.coalesce(func.sum(cents), 0).label("balance"),
            func.coalesce(func.sum(old_points(expired_until)), 0).label("old"),
            owed.label("owed"),
        ).where(point_entries.c.person == person)
    ).one()
    return Purse(
        balance_cents=row.balance,
        owed_cents=max(0, row.owed),
        expiring_cents=max(0, row.old) if expired_until is not None else 0,
        expired_until=expired_until,
    )


def is_granted(connection: Connection, cause: Cause, source: Id) -> bool:
    """Whether points were given for this already, and not taken back."""
    return connection.execute(select(standing_grant(cause, source))).scalar_one()


def standing_grant(cause: Cause, source: Any) -> Exists:
    """That points stand which were given for this; ``source`` may be a column."""
    return exists().where(grants.c.source == source, grants.c.cause == cause, grants.c.revoked_at.is_(None))


def grants_with_ids(connection: Connection, ids: Collection[Id]) -> dict[Id, Row[Any]]:
    """Those of these grants that are known; one statement."""
    return {row.id: row for row in connection.execute(select(grants).where(grants.c.id.in_(ids)))}


def granted(connection: Connection, grant: Id) -> Row[Any] | None:
    return connection.execute(select(grants).where(grants.c.id == grant)).first()


def lines(connection: Connection, person: Id, *, offset: int, limit: int) -> Sequence[Row[Any]]:
    """Lines of a person, the newest first."""
    return connection.execute(
        select(point_entries)
        .where(point_entries.c.person == person)
        .order_by(point_entries.c.counted_on.desc(), point_entries.c.at.desc(), point_entries.c.fact.desc())
        .offset(offset)
        .limit(limit)
    ).all()


def count_lines(connection: Connection, person: Id) -> int:
    query = select(func.count()).select_from(point_entries).where(point_entries.c.person == person)
    return int(connection.execute(query).scalar_one())


def debts(connection: Connection, persons: Iterable[Id]) -> dict[Id, Purse]:
    """The purses of those of these people who owe something; nothing is said of what expires, nor of wallets that only
    a newer program understands. One statement.
    """
    owed = func.sum(point_debts.c.points_cents)
    balance = (
        select(func.coalesce(func.sum(point_entries.c.points_cents), 0))
        .where(point_entries.c.person == point_debts.c.person)
        .scalar_subquery()
    )
    rows = connection.execute(
        select(point_debts.c.person, owed.label("owed"), balance.label("balance"))
        .where(point_debts.c.person.in_(sorted(set(persons))))
        .where(~is_read_only(wallet_of(point_debts.c.person)))
        .group_by(point_debts.c.person)
        .having(owed > 0)
        .order_by(point_debts.c.person)
    )
    return {row.person: Purse(balance_cents=row.balance, owed_cents=row.owed) for row in rows}


def wallet_of(person: ColumnElement[str]) -> ColumnElement[str]:
    """The name of somebody's wallet as an object."""
    return literal("wallet:").concat(person)


def _owed(person: Id) -> Any:
    return (
        select(func.coalesce(func.sum(point_debts.c.points_cents), 0))
        .where(point_debts.c.person == person)
        .scalar_subquery()
    )


def is_gain_of_points() -> ColumnElement[bool]:
    """Whether a line gives points that are new; a gift of less than nothing is spending."""
    return point_entries.c.kind.in_(sorted(GAINS)) & (point_entries.c.points_cents > 0)


def old_points(expired_until: date | None) -> Any:
    """What a line says about points earned up to a day: gains after it say nothing."""
    until = end_of(expired_until)
    is_new_gain = is_gain_of_points() & (point_entries.c.at >= until)
    return case((is_new_gain, 0), else_=point_entries.c.points_cents)


def end_of(day: date | None) -> datetime:
    return instant_at(day or date(1971, 1, 1), 24)
