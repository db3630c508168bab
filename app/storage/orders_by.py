"""Orders (订单) seen from a team or a person: what teams have in hand, how their services were found, and what
somebody asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, func, or_, select, text

from app.domain.grants import Cause
from app.domain.orders import Channel, State
from app.facts import Id
from app.storage.orders import ENDED_SQL, orders
from app.storage.people import people
from app.storage.points import standing_grant

IN_HAND = (State.DISPATCHED, State.ACCEPTED, State.IN_SERVICE)
"""States in which an order is with a team, which has something to do."""


@dataclass(frozen=True, slots=True)
class Results:
    """How the services of a team were rated."""

    ratings: int
    stars_sum: int
    last_stars: int

    @property
    def average_tenths(self) -> int:
        """Tenths of stars, rounded half up."""
        return (self.stars_sum * 20 + self.ratings) // (2 * self.ratings)


def in_hand(connection: Connection) -> dict[Id, int]:
    """How many orders each team has in hand."""
    rows = connection.execute(
        select(orders.c.team, func.count())
        .where(orders.c.state.in_(IN_HAND), orders.c.team.is_not(None), text(ENDED_SQL))
        .group_by(orders.c.team)
    )
    return {row[0]: row[1] for row in rows}


def in_hand_of(connection: Connection, team: Id) -> int:
    """How many orders one team has in hand."""
    count = select(func.count()).where(orders.c.team == team, orders.c.state.in_(IN_HAND))
    return int(connection.execute(count).scalar_one())


def rows_in_hand_of(connection: Connection, team: Id) -> Sequence[Row[Any]]:
    """The orders a team has in hand, by what is due next, with the name of who gets them as ``who``."""
    wanted = _with_who().where(orders.c.team == team, orders.c.state.in_(IN_HAND), text(ENDED_SQL))
    return connection.execute(wanted.order_by(orders.c.due_at, orders.c.submitted_at)).all()


def rated_of(connection: Connection, team: Id, limit: int) -> Sequence[Row[Any]]:
    """The orders of a team that were rated, the newest rating first, with the name of who got them as ``who``."""
    wanted = _with_who().where(orders.c.team == team, orders.c.stars.is_not(None))
    return connection.execute(
        wanted.order_by(orders.c.rated_at.desc(), orders.c.id.desc()).limit(limit)
    ).all()


def results(connection: Connection, since: datetime) -> dict[Id, Results]:
    """The ratings of each team's orders since then. SQLite takes a bare column from the row of the maximum.

    By the bare team it would read all orders of every team in the order of the teams' index.
    """
    team = func.coalesce(orders.c.team, "").label("of")
    rows = connection.execute(
        select(
            team,
            func.count().label("ratings"),
            func.sum(orders.c.stars).label("stars_sum"),
            func.max(orders.c.rated_at),
            orders.c.stars.label("last_stars"),
        )
        .where(orders.c.stars.is_not(None), orders.c.rated_at >= since)
        .group_by(team)
    )
    return {row.of: Results(row.ratings, row.stars_sum, row.last_stars) for row in rows if row.of}


def of_person(connection: Connection, person: Id, limit: int, *, offset: int = 0) -> Sequence[Row[Any]]:
    """A window of the orders that somebody asked for or gets, the newest first."""
    wanted = select(orders).where(_about(person)).order_by(orders.c.submitted_at.desc(), orders.c.id.desc())
    return connection.execute(wanted.offset(offset).limit(limit)).all()


def count_of_person(connection: Connection, person: Id) -> int:
    return int(
        connection.execute(select(func.count()).select_from(orders).where(_about(person))).scalar_one()
    )


def numbers_in_hand_of_volunteer(connection: Connection, person: Id) -> list[str]:
    """The numbers of the orders that a volunteer was chosen for and has not done yet."""
    return list(
        connection.execute(
            select(orders.c.number)
            .where(orders.c.volunteer == person, orders.c.state.in_(IN_HAND), text(ENDED_SQL))
            .order_by(orders.c.due_at)
        ).scalars()
    )


def open_numbers_of(connection: Connection, person: Id) -> list[str]:
    """The numbers of the open orders that somebody asked for, gets, carried here or was chosen for.

    They are sorted here: asked for in the order of their time, SQLite would walk through the orders of all years.
    """
    named = or_(_about(person), orders.c.proxy == person, orders.c.volunteer == person)
    rows = connection.execute(select(orders.c.submitted_at, orders.c.number).where(named, text(ENDED_SQL)))
    return [number for _at, number in sorted(map(tuple, rows))]


def lead(connection: Connection, order: Id) -> Row[Any, Any, Any] | None:
    """Who reported a lead, how it came in and where it stands."""
    asked = select(orders.c.requester, orders.c.channel, orders.c.state).where(orders.c.id == order)
    return connection.execute(asked).first()


def leads_of(
    connection: Connection, person: Id, states: Sequence[State], limit: int
) -> Sequence[Row[Any, Any, Any, Any]]:
    """Somebody's snapshot leads in these states that were given no points yet, the oldest first."""
    return connection.execute(
        select(orders.c.id, orders.c.number, orders.c.what, orders.c.submitted_at)
        .where(orders.c.requester == person, orders.c.channel == Channel.SNAPSHOT, orders.c.state.in_(states))
        .where(~standing_grant(Cause.LEAD, orders.c.id))
        .order_by(orders.c.submitted_at)
        .limit(limit)
    ).all()


def _with_who() -> Select[Any]:
    return select(orders, people.c.name.label("who")).outerjoin(people, people.c.id == orders.c.beneficiary)


def _about(person: Id) -> Any:
    return or_(orders.c.beneficiary == person, orders.c.requester == person)
