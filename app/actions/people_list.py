"""The list of people (人员名册): volunteers, residents or everybody, masked, a window of rows at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row

from app.actions.desk import Look, reading
from app.actions.people_cards import (
    age_of,
    masked_phone,
    sex_of,
)
from app.domain import masking
from app.domain.calendar import shanghai_day
from app.domain.hours import HoursPolicy
from app.domain.identity import Sex
from app.domain.stars import StarsPolicy, level_on, registered_until
from app.facts import Id
from app.storage import hours, search, teams
from app.storage import people_list as storage
from app.storage.people_list import PeopleFilter, PeopleOrder, StarLevel
from app.storage.people_list import PeopleSort as PeopleSort
from app.storage.people_list import Who as Who


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleQuery:
    """A window of the list. ``region`` is the start of a code; ``stars`` is a level, 0 for none yet; ``text`` is what
    was typed to find; ``find`` asks at which place somebody stands.
    """

    offset: int = 0
    limit: int = 100
    sort: PeopleSort = PeopleSort.NAME
    descending: bool = False
    who: Who = Who.VOLUNTEERS
    left: bool = False
    team: Id | None = None
    category: str = ""
    region: str = ""
    stars: int | None = None
    text: str = ""
    find: Id | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """One line of the list; name, phone and address are masked, unless the whole of the first two was asked for.

    ``since`` is the day of registration as a volunteer, or for others the day they became known. ``stars`` is None
    for who never was a volunteer.
    """

    id: Id
    number: str | None
    name: str
    sex: Sex | None
    age: int | None
    phone: str
    region: str
    address: str
    categories: tuple[str, ...]
    teams: tuple[str, ...]
    minutes: int
    stars: int | None
    since: date
    left_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PeoplePage:
    """A window of the list, how many there are in all, and the place of who was sought.

    ``shown_step_minutes`` is the step in which the county shows hours.
    """

    rows: tuple[PersonRow, ...]
    total: int
    found: int | None
    shown_step_minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleChoices:
    """What the list can be narrowed by: codes of regions, open teams with their names, the highest star level."""

    regions: tuple[str, ...]
    teams: tuple[tuple[Id, str], ...]
    levels: int


@reading()
def people_list(look: Look, query: PeopleQuery) -> PeoplePage:
    """A window of the list; at most nine statements."""
    return people_page(look, query)


def people_page(look: Look, query: PeopleQuery, *, whole: bool = False) -> PeoplePage:
    """The same in an open transaction. ``whole``: names and phones as they are, for what notes why."""
    stars = look.policy(StarsPolicy)
    which = PeopleFilter(
        who=query.who,
        left=query.left,
        team=query.team,
        category=query.category,
        region=query.region,
        stars=_wanted_level(look, stars, query.stars),
        ids=_typed_ids(look, query.text),
    )
    order = PeopleOrder(by=query.sort, descending=query.descending)
    rows = storage.page(look.connection, which, order, offset=query.offset, limit=query.limit)
    return PeoplePage(
        rows=_rows(look, rows, stars, whole=whole),
        total=storage.count(look.connection, which),
        found=storage.place(look.connection, which, order, query.find) if query.find else None,
        shown_step_minutes=look.policy(HoursPolicy).shown_step_minutes,
    )


@reading()
def people_choices(look: Look, _query: None = None) -> PeopleChoices:
    """What the list can be narrowed by; three statements."""
    every = teams.every_team(look.connection)
    return PeopleChoices(
        regions=tuple(storage.regions(look.connection)),
        teams=tuple((team.id, team.name) for team in every if team.closed_at is None),
        levels=len(look.policy(StarsPolicy).hours),
    )


def _wanted_level(look: Look, policy: StarsPolicy, level: int | None) -> StarLevel | None:
    if level is None:
        return None
    return StarLevel(level=level, hours=policy.hours, registered_until=registered_until(look.today, policy))


def _typed_ids(look: Look, typed: str) -> Sequence[Id] | None:
    """Whom a list shows when something is typed to find; None when nothing is."""
    if not typed.strip():
        return None
    found = search.matches(look.connection, "person", typed, search.MOST_CONSIDERED)
    return [match.object for match in found]


def _rows(look: Look, rows: Sequence[Row[Any]], stars: StarsPolicy, *, whole: bool) -> tuple[PersonRow, ...]:
    """Rows of people as lines of the list; two statements."""
    ids = [row.id for row in rows]
    team_names = teams.team_names_of(look.connection, ids)
    minutes = hours.totals(look.connection, ids)
    return tuple(
        PersonRow(
            id=row.id,
            number=row.number,
            name=row.name if row.name and whole else masking.listed(row.name),
            sex=sex_of(row),
            age=age_of(look, row),
            phone=row.phone if whole else masked_phone(row.phone),
            region=row.region,
            address=masking.address(row.address) if row.address else "",
            categories=tuple(row.categories),
            teams=team_names.get(row.id, ()),
            minutes=minutes.get(row.id, 0),
            stars=_level(look, row, minutes.get(row.id, 0), stars),
            since=row.registered_on or shanghai_day(row.registered_at),
            left_at=row.left_at,
        )
        for row in rows
    )


def _level(look: Look, row: Row[Any], minutes: int, policy: StarsPolicy) -> int | None:
    if row.registered_on is None:
        return None
    return level_on(minutes, row.registered_on, look.today, policy)
