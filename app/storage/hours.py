"""The ledger of hours (时长): signed minutes, one line for each approval and each reversal; a balance is their sum,
and kept.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import Column, Connection, Index, Integer, Text, func, select

from app.domain.calendar import shanghai_day
from app.domain.stars import Earned
from app.facts import Id
from app.storage import types
from app.storage.fold import Recorded
from app.storage.rows import Rows

hour_entries = types.table(
    "hour_entries",
    Column("fact", types.Id, primary_key=True),
    Column("line", Integer, primary_key=True),
    Column("person", types.Id, nullable=False),
    Column("service", types.Id, nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("served_on", types.Day, nullable=False),
    Column("at", types.Instant, nullable=False),
    Index(None, "person", "served_on", "minutes"),
    Index(None, "served_on", "minutes"),
    ledger=True,
)

hour_sums = types.table(
    "hour_sums",
    Column("person", types.Id, primary_key=True),
    Column("lines", Integer, nullable=False),
    Column("minutes", Integer, nullable=False),
    sums=hour_entries,
)


def enter(rows: Rows, it: Recorded[Any], minutes: int) -> None:
    """Write down what a fact about a service gives (or takes, when negative)."""
    body = it.body
    rows.line(
        hour_entries,
        it.id,
        0,
        person=body.person,
        service=body.service,
        minutes=minutes,
        served_on=body.served_on,
        at=it.at,
    )


def total_minutes(connection: Connection, person: Id) -> int:
    """The person's balance; one statement."""
    return totals(connection, [person]).get(person, 0)


def totals(connection: Connection, persons: Collection[Id]) -> dict[Id, int]:
    """The balances of these people, for lists; people without a line are left out."""
    rows = connection.execute(
        select(hour_sums.c.person, hour_sums.c.minutes).where(hour_sums.c.person.in_(persons))
    )
    return {row[0]: row[1] for row in rows}


def minutes_on(connection: Connection, person: Id, day: date) -> int:
    """What counts for the person on one day of service."""
    counted: int = connection.execute(
        select(func.coalesce(func.sum(hour_entries.c.minutes), 0)).where(
            hour_entries.c.person == person, hour_entries.c.served_on == day
        )
    ).scalar_one()
    return counted


def count_lines(connection: Connection, person: Id) -> int:
    return connection.execute(select(hour_sums.c.lines).where(hour_sums.c.person == person)).scalar() or 0


def by_year(connection: Connection, person: Id) -> list[tuple[int, int]]:
    """The person's minutes by year of service, the newest first."""
    year = func.substr(hour_entries.c.served_on, 1, 4, type_=Text)
    rows = connection.execute(
        select(year, func.sum(hour_entries.c.minutes))
        .where(hour_entries.c.person == person)
        .group_by(year)
        .order_by(year.desc())
    )
    return [(int(one), minutes) for one, minutes in rows]


def by_day(connection: Connection, first: date, last: date) -> dict[date, int]:
    """Everybody's minutes by day of service."""
    rows = connection.execute(
        select(hour_entries.c.served_on, func.sum(hour_entries.c.minutes))
        .where(hour_entries.c.served_on.between(first, last))
        .group_by(hour_entries.c.served_on)
    )
    return {row[0]: row[1] for row in rows}


def earned(connection: Connection, person: Id) -> list[Earned]:
    """The person's lines in the order in which they were recorded, for the stars."""
    rows = connection.execute(
        select(hour_entries.c.at, hour_entries.c.minutes)
        .where(hour_entries.c.person == person)
        .order_by(hour_entries.c.at, hour_entries.c.fact)
    )
    return [Earned(shanghai_day(at), minutes) for at, minutes in rows]
