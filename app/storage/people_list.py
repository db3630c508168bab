"""Queries of the list of people (人员名册): narrowed, in an order, a window at a time.

At 208,000 people a window is read in two steps: the ids from the indexes alone, then the rows of the window. The
balances of hours are joined only where they narrow or order the list.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Row,
    Select,
    and_,
    func,
    not_,
    or_,
    select,
    text,
    true,
)

from app.facts import Id
from app.storage.hours import hour_sums
from app.storage.people import LIVING_SOMEWHERE_SQL, people, rows_of
from app.storage.teams import team_members

_MINUTES_AN_HOUR = 60


class Who(StrEnum):
    """Whom a list shows. Who left volunteering is a resident again."""

    VOLUNTEERS = "volunteers"
    RESIDENTS = "residents"
    EVERYBODY = "everybody"


class PeopleSort(StrEnum):
    """What a list can be sorted by: the name in Chinese order, the day of registration, the hours."""

    NAME = "name"
    SINCE = "since"
    MINUTES = "minutes"


@dataclass(frozen=True, slots=True, kw_only=True)
class StarLevel:
    """Volunteers of one level of the table ``hours``; only who registered until ``registered_until`` has any."""

    level: int
    hours: tuple[int, ...]
    registered_until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleFilter:
    """Which people a list shows. ``region`` is the start of a code; ``left`` shows volunteers who left instead."""

    who: Who = Who.VOLUNTEERS
    left: bool = False
    team: Id | None = None
    category: str = ""
    region: str = ""
    stars: StarLevel | None = None
    ids: Sequence[Id] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleOrder:
    by: PeopleSort = PeopleSort.NAME
    descending: bool = False


def count(connection: Connection, which: PeopleFilter) -> int:
    """How many people a filter lets through."""
    return int(connection.execute(_narrowed(which, func.count())).scalar_one())


def page(
    connection: Connection, which: PeopleFilter, order: PeopleOrder, *, offset: int, limit: int
) -> list[Row[Any]]:
    """One window of the sorted list; two statements."""
    key = _key(order, which)
    by = (key.desc(), people.c.id.desc()) if order.descending else (key, people.c.id)
    wanted = _narrowed(which, people.c.id, with_hours=order.by is PeopleSort.MINUTES)
    ids = connection.execute(wanted.order_by(*by).offset(offset).limit(limit)).scalars().all()
    return rows_of(connection, ids)


def place(connection: Connection, which: PeopleFilter, order: PeopleOrder, person: Id) -> int | None:
    """At which place of the sorted list somebody stands, from 0; None when the list does not show them."""
    key = _key(order, which)
    with_hours = order.by is PeopleSort.MINUTES
    own = connection.execute(
        _narrowed(which, key, with_hours=with_hours).where(people.c.id == person)
    ).first()
    if own is None:
        return None
    first = key > own[0] if order.descending else key < own[0]
    beside = people.c.id > person if order.descending else people.c.id < person
    before = _narrowed(which, func.count(), with_hours=with_hours)
    return int(connection.execute(before.where(or_(first, and_(key == own[0], beside)))).scalar_one())


def regions(connection: Connection) -> list[str]:
    """The regions where anybody lives; one statement."""
    lived_in = select(people.c.region).where(text(LIVING_SOMEWHERE_SQL)).distinct()
    return list(connection.execute(lived_in.order_by(people.c.region)).scalars())


def _minutes() -> ColumnElement[int]:
    return func.coalesce(hour_sums.c.minutes, 0)


def _key(order: PeopleOrder, which: PeopleFilter) -> ColumnElement[Any]:
    if order.by is PeopleSort.MINUTES:
        return _minutes()
    if order.by is PeopleSort.SINCE:
        return people.c.registered_on if which.who is Who.VOLUNTEERS else people.c.registered_at
    return people.c.sort_key


def _narrowed(which: PeopleFilter, column: ColumnElement[Any], *, with_hours: bool = False) -> Select[Any]:
    source: FromClause = people
    if with_hours or which.stars is not None:
        source = people.outerjoin(hour_sums, hour_sums.c.person == people.c.id)
    query = select(column).select_from(source).where(_kind(which))
    if which.region:
        query = query.where(people.c.region.startswith(which.region, autoescape=True))
    if which.category:
        # The column holds a JSON list of codes; a code in quotes stands in it exactly as it is listed.
        query = query.where(func.instr(people.c.categories, f'"{which.category}"') > 0)
    if which.stars is not None:
        query = query.where(_has_level(which.stars, _minutes()))
    if which.ids is not None:
        query = query.where(people.c.id.in_(which.ids))
    if which.team is not None:
        member = and_(team_members.c.team_id == which.team, team_members.c.left_at.is_(None))
        query = query.where(people.c.id.in_(select(team_members.c.person).where(member)))
    return query


def _kind(which: PeopleFilter) -> ColumnElement[bool]:
    ever_volunteer = people.c.registered_on.is_not(None)
    if which.who is Who.EVERYBODY:
        return true()
    if which.who is Who.RESIDENTS:
        return or_(people.c.registered_on.is_(None), people.c.left_at.is_not(None))
    return and_(ever_volunteer, people.c.left_at.is_not(None) if which.left else people.c.left_at.is_(None))


def _has_level(stars: StarLevel, minutes: ColumnElement[int]) -> ColumnElement[bool]:
    """Has reached the level and not the next; nobody who is no volunteer has any, not even none."""
    exactly: list[ColumnElement[bool]] = [people.c.registered_on.is_not(None)]
    if stars.level:
        exactly.append(_reached(stars, stars.level, minutes))
    if stars.level < len(stars.hours):
        exactly.append(not_(_reached(stars, stars.level + 1, minutes)))
    return and_(*exactly)


def _reached(stars: StarLevel, level: int, minutes: ColumnElement[int]) -> ColumnElement[bool]:
    enough = minutes >= stars.hours[level - 1] * _MINUTES_AN_HOUR
    if stars.registered_until is None:
        return enough
    return and_(enough, people.c.registered_on <= stars.registered_until)
