"""Orders (订单) seen from one day (今日): which wait and for what, who is served today, what came and what was done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Integer,
    Row,
    and_,
    case,
    func,
    or_,
    select,
    text,
    type_coerce,
)

from app.domain.calendar import instant_at
from app.domain.orders import State
from app.domain.today import Waits
from app.storage.orders import ENDED_SQL, orders
from app.storage.people import people
from app.storage.teams import teams

_EPOCH_DAY = date(1970, 1, 1)
_DAY_MS = 86_400_000
_EAST_MS = 8 * 3_600_000
"""Asia/Shanghai is east of UTC by so much, all year."""


_BY_STATE: dict[Waits, tuple[State, ...]] = {
    Waits.SCREENING: (State.SUBMITTED,),
    Waits.DISPATCH: (State.WAITING,),
    Waits.ACCEPTANCE: (State.DISPATCHED,),
    Waits.SERVICE: (State.ACCEPTED, State.IN_SERVICE),
    Waits.ANSWER: (State.ESCALATED, State.REFERRED),
    Waits.RATING: (State.DONE,),
}
_AT_ONCE = (State.SUBMITTED, State.WAITING, State.DISPATCHED)
_TO_COME = (State.SUBMITTED, State.WAITING, State.DISPATCHED, State.ACCEPTED, State.IN_SERVICE)


def waiting(connection: Connection, now: datetime, tonight: datetime) -> Sequence[Row[Any]]:
    """One row for each thing that open orders wait for: ``waits``, ``how_many``, how many of them are ``overdue``, and
    the order that is due first with ``due_at``, the name ``who`` and ``team_name``.

    What is with a team counts when its time has passed, what is handed up or done when it is due before ``tonight``.
    SQLite takes bare columns from the row of the minimum.
    """
    first_due = func.min(orders.c.due_at)
    return connection.execute(
        select(
            _waits().label("waits"),
            func.count().label("how_many"),
            func.count().filter(orders.c.due_at < now).label("overdue"),
            first_due.label("due_at"),
            *(orders.c.id, orders.c.number, orders.c.category, orders.c.what, orders.c.place),
            people.c.name.label("who"),
            teams.c.name.label("team_name"),
        )
        .outerjoin(people, people.c.id == orders.c.beneficiary)
        .outerjoin(teams, teams.c.id == orders.c.team)
        .where(
            text(ENDED_SQL),
            or_(
                orders.c.call_back_open,
                orders.c.state.in_(_AT_ONCE),
                and_(orders.c.state.in_(_BY_STATE[Waits.SERVICE]), orders.c.due_at < now),
                and_(
                    orders.c.state.in_((*_BY_STATE[Waits.ANSWER], *_BY_STATE[Waits.RATING])),
                    orders.c.due_at < tonight,
                ),
            ),
        )
        .group_by("waits")
    ).all()


def appointments(
    connection: Connection, morning: datetime, tonight: datetime, limit: int
) -> Sequence[Row[Any]]:
    """Orders that are wanted for one day and are not done, by the clock; ``how_many`` says how many in all."""
    return connection.execute(
        select(
            *(orders.c.id, orders.c.category, orders.c.state, orders.c.wanted_from, orders.c.wanted_at),
            people.c.name.label("who"),
            teams.c.name.label("team_name"),
            func.count().over().label("how_many"),
        )
        .outerjoin(people, people.c.id == orders.c.beneficiary)
        .outerjoin(teams, teams.c.id == orders.c.team)
        .where(
            text(ENDED_SQL),
            orders.c.state.in_(_TO_COME),
            orders.c.wanted_at >= morning,
            orders.c.wanted_at < tonight,
        )
        .order_by(func.coalesce(orders.c.wanted_from, orders.c.wanted_at), orders.c.id)
        .limit(limit)
    ).all()


def taken_by_day(connection: Connection, first: date) -> dict[date, int]:
    """How many orders were taken on each day from ``first`` on."""
    return _by_day(connection, orders.c.submitted_at, first)


def finished_by_day(connection: Connection, first: date) -> dict[date, int]:
    """How many services were finished on each day from ``first`` on."""
    return _by_day(connection, orders.c.finished_at, first)


def rated_since(
    connection: Connection, since: datetime, limit: int
) -> Sequence[Row[Any, Any, Any, Any, Any]]:
    """Ratings with words, the newest first."""
    return connection.execute(
        select(
            *(orders.c.id, orders.c.category, orders.c.stars, orders.c.rating_words),
            teams.c.name.label("team_name"),
        )
        .outerjoin(teams, teams.c.id == orders.c.team)
        .where(orders.c.rated_at >= since, orders.c.rating_words != "")
        .order_by(orders.c.rated_at.desc())
        .limit(limit)
    ).all()


def is_any(connection: Connection) -> bool:
    """Whether the station ever took an order."""
    return connection.execute(select(orders.c.id).limit(1)).first() is not None


def _waits() -> ColumnElement[str]:
    by_state = [(orders.c.state.in_(states), waits.value) for waits, states in _BY_STATE.items()]
    return case((orders.c.call_back_open, Waits.CALL_BACK.value), *by_state)


def _by_day(connection: Connection, column: Column[datetime], first: date) -> dict[date, int]:
    day = (type_coerce(column, Integer) + _EAST_MS) // _DAY_MS
    rows = connection.execute(
        select(day.label("day"), func.count()).where(column >= instant_at(first)).group_by("day")
    )
    return {_EPOCH_DAY + timedelta(days=row[0]): row[1] for row in rows}
