"""The ledger of points (积分): signed hundredths, a line for each fact that gives or takes; a balance is their sum."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Column, Connection, Index, Integer, func, select

from app.facts import Id
from app.storage import types
from app.storage.fold import Recorded
from app.storage.rows import Rows

point_entries = types.table(
    "point_entries",
    Column("fact", types.Id, primary_key=True),
    Column("line", Integer, primary_key=True),
    Column("person", types.Id, nullable=False),
    Column("service", types.Id),
    Column("points_cents", Integer, nullable=False),
    Column("served_on", types.Day, nullable=False),
    Column("at", types.Instant, nullable=False),
    Index(None, "person", "served_on", "points_cents"),
    ledger=True,
)


def enter(rows: Rows, it: Recorded[Any], points_cents: int) -> None:
    """Write down what a fact about a service gives (or takes, when negative)."""
    body = it.body
    rows.line(
        point_entries,
        it.id,
        0,
        person=body.person,
        service=body.service,
        points_cents=points_cents,
        served_on=body.served_on,
        at=it.at,
    )


def total_cents(connection: Connection, person: Id) -> int:
    """The person's balance in hundredths; one statement."""
    return _sum(connection, point_entries.c.person == person)


def cents_on(connection: Connection, person: Id, day: date) -> int:
    """What the person was given for one day of service."""
    return _sum(connection, point_entries.c.person == person, point_entries.c.served_on == day)


def _sum(connection: Connection, *where: Any) -> int:
    total = func.coalesce(func.sum(point_entries.c.points_cents), 0)
    cents: int = connection.execute(select(total).where(*where)).scalar_one()
    return cents
