"""Orders (订单) as the board shows them (派单): what is open and what has ended, as cards."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from types import SimpleNamespace
from typing import Any

from sqlalchemy import Connection, Integer, Row, Select, func, or_, select, text, type_coerce

from app.domain.orders import State
from app.facts import Id, instant
from app.storage import types
from app.storage.orders import ENDED_SQL, orders
from app.storage.people import people
from app.storage.teams import teams


def open_orders(
    connection: Connection,
    *,
    categories: Collection[str] = (),
    team: Id | None = None,
    region: str = "",
    urgent_only: bool = False,
    overdue_at: datetime | None = None,
) -> Sequence[Row[Any]]:
    """Orders that are not over, as cards, by when the next step is due. ``region`` is the start of a code."""
    query = _cards().where(text(ENDED_SQL)).order_by(orders.c.due_at, orders.c.submitted_at)
    if categories:
        query = query.where(orders.c.category.in_(sorted(categories)))
    if team is not None:
        query = query.where(orders.c.team == team)
    if region:
        query = query.where(orders.c.region.startswith(region, autoescape=True))
    if urgent_only:
        query = query.where(orders.c.urgent)
    if overdue_at is not None:
        query = query.where(orders.c.due_at < overdue_at)
    return connection.execute(query).all()


def open_kinds(connection: Connection) -> Sequence[Row[Any, Any, Any, Any]]:
    """Which categories, regions and teams the open orders have: ``category``, ``region``, ``team``, ``team_name``."""
    return connection.execute(
        select(orders.c.category, orders.c.region, orders.c.team, teams.c.name.label("team_name"))
        .outerjoin(teams, teams.c.id == orders.c.team)
        .where(text(ENDED_SQL))
        .distinct()
    ).all()


def ended_orders(connection: Connection, since: datetime) -> Sequence[Row[Any]]:
    """Orders that ended after ``since``, as cards, the newest first."""
    return connection.execute(
        _cards().where(orders.c.ended_at > since).order_by(orders.c.ended_at.desc())
    ).all()


def count_ended(connection: Connection, since: datetime) -> int:
    return connection.execute(select(func.count()).where(orders.c.ended_at > since)).scalar_one()


def open_orders_of(connection: Connection, person: Id, category: str, since: datetime) -> Sequence[Row[Any]]:
    """Open orders for, or asked by, one person in one category, the newest first."""
    return connection.execute(
        select(orders)
        .where(
            or_(orders.c.beneficiary == person, orders.c.requester == person),
            orders.c.category == category,
            orders.c.submitted_at > since,
            text(ENDED_SQL),
        )
        .order_by(orders.c.submitted_at.desc())
        .limit(5)
    ).all()


def count_waiting(connection: Connection, now: datetime) -> tuple[int, int]:
    """Orders that wait for the desk (to screen, to dispatch), and open ones past their time."""
    to_do = orders.c.state.in_([State.SUBMITTED, State.WAITING])
    row = connection.execute(
        select(
            func.count().filter(to_do),
            func.count().filter(orders.c.due_at < now),
        ).where(text(ENDED_SQL))
    ).one()
    return row[0], row[1]


_ON_CARDS = (
    *(orders.c.id, orders.c.number, orders.c.state, orders.c.category, orders.c.urgent),
    *(orders.c.what, orders.c.place, orders.c.due_at, orders.c.pool_due_at, orders.c.wanted_at),
    orders.c.submitted_at,
    *(orders.c.refusals, orders.c.asked_again, orders.c.call_back_open, orders.c.advance_cents),
    *(orders.c.settled_at, orders.c.stars, orders.c.ratings, orders.c.beneficiary, orders.c.team),
    *(orders.c.volunteer, orders.c.started_at, orders.c.contacted_at, orders.c.taken_at),
)


def _cards() -> Select[Any]:
    """Moments and flags as the database keeps them: ``card`` reads those of a row that is new."""
    return (
        select(
            *(type_coerce(one, Integer).label(one.name) if one.name in _KEPT else one for one in _ON_CARDS),
            people.c.name.label("who"),
            teams.c.name.label("team_name"),
        )
        .outerjoin(people, people.c.id == orders.c.beneficiary)
        .outerjoin(teams, teams.c.id == orders.c.team)
    )


_READ: dict[type[Any], Callable[[int], Any]] = {types.Instant: instant, types.Flag: bool}
_KEPT = {one.name: _READ[type(one.type)] for one in _ON_CARDS if type(one.type) in _READ}
_CARD_NAMES = (*(one.name for one in _ON_CARDS), "who", "team_name")


def card(values: tuple[Any, ...]) -> SimpleNamespace:
    """The values of a row of ``open_orders`` or ``ended_orders``, moments and flags as everybody knows them."""
    row = dict(zip(_CARD_NAMES, values, strict=True))
    for name, read in _KEPT.items():
        if row[name] is not None:
            row[name] = read(row[name])
    return SimpleNamespace(**row)
