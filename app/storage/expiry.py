"""Points that expire (积分到期): whose are due, what has gone, and what will.

What is spent is always the oldest, so of everybody it is known what is left of the points of each month; that follows
the ledger. Who has nothing old is not looked at.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Column, Connection, Index, Integer, Select, Text, case, func, select, text, type_coerce

from app.facts import Id
from app.storage import types
from app.storage.custody import wallets
from app.storage.fold import follows
from app.storage.history import is_read_only
from app.storage.points import EXPIRED_SQL, end_of, is_gain_of_points, point_entries, wallet_of

_EAST_S = 8 * 3_600
"""Asia/Shanghai is east of UTC by so much, all year."""

unspent_points = types.table(
    "unspent_points",
    Column("person", types.Id, primary_key=True),
    Column("month", Text, primary_key=True),
    Column("at", types.Instant, nullable=False),
    Column("points_cents", Integer, nullable=False),
    Column("oldest", types.Flag, nullable=False),
    # All that is asked about everybody, so that no row itself is read.
    Index(None, "at", "oldest", "points_cents"),
    follows=point_entries.c.person,
)
"""What is left of the points that came in a month, and when the first of these came."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expired:
    """Hundredths of points, and of how many people."""

    cents: int
    people: int


@follows(unspent_points.c.person)
def unspent_of(persons: Collection[Id]) -> Select[Any]:
    """What all gains up to one are more than what was ever spent is left of it, but no more than it was."""
    line = point_entries.c
    is_gain = is_gain_of_points()
    gained = func.sum(case((is_gain, line.points_cents), else_=0)).over(
        partition_by=line.person, order_by=line.at, rows=(None, 0)
    )
    spent = func.sum(case((is_gain, 0), else_=line.points_cents)).over(partition_by=line.person)
    each = (
        select(line.person, line.at, is_gain.label("is_gain"))
        .add_columns(func.min(line.points_cents, gained + spent).label("left"))
        .where(line.person.in_(persons))
        .subquery()
    )
    month = func.strftime("%Y-%m", type_coerce(each.c.at, Integer) / 1_000 + _EAST_S, "unixepoch")
    place = func.row_number().over(partition_by=each.c.person, order_by=month)
    return (
        select(each.c.person, month, func.min(each.c.at), func.sum(each.c.left), place == 1)
        .where(each.c.is_gain, each.c.left > 0)
        .group_by(each.c.person, month)
    )


def due(connection: Connection, holder: Id, expired_until: date, limit: int) -> list[Id]:
    """People with a wallet held by this device who have points left that were earned up to a day. Wallets that only a
    newer program understands are left to it.
    """
    rows = connection.execute(
        select(unspent_points.c.person)
        .join(wallets, wallets.c.id == unspent_points.c.person)
        .where(unspent_points.c.oldest, unspent_points.c.at < end_of(expired_until))
        .where(wallets.c.holder == holder, ~is_read_only(wallet_of(unspent_points.c.person)))
        .order_by(unspent_points.c.at)
        .limit(limit)
    )
    return list(rows.scalars())


def expired_since(connection: Connection, day: date) -> Expired:
    """What has expired from a day on; one statement."""
    row = connection.execute(
        select(
            func.coalesce(func.sum(-point_entries.c.points_cents), 0).label("cents"),
            func.count(point_entries.c.person.distinct()).label("people"),
        ).where(text(EXPIRED_SQL), point_entries.c.counted_on >= day)
    ).one()
    return Expired(cents=row.cents, people=row.people)


def expiring(connection: Connection, until: date) -> Expired:
    """What is left of points that were earned up to a day, the last one of a month; one statement."""
    assert (until + timedelta(days=1)).day == 1, "a month is told whole"
    row = connection.execute(
        select(
            func.coalesce(func.sum(unspent_points.c.points_cents), 0).label("cents"),
            func.count().filter(unspent_points.c.oldest).label("people"),
        ).where(unspent_points.c.at < end_of(until))
    ).one()
    return Expired(cents=row.cents, people=row.people)
