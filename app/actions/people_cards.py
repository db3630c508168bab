"""How people (人员) are read (档案): the card, the person with teams and orders, and what somebody asked for.

The card shows the name to those who work with people and hides ID number, phones and address (``reveal`` in ``people``
shows one of them). Hours, points, stars and certificates of a person are readings of their own nouns.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row

from app.actions.desk import DESK, Look, reading
from app.domain import masking
from app.domain.identity import IdType, Sex, age_on
from app.domain.numbers import short_order_number
from app.domain.orders import State
from app.domain.people import Group, PersonUnknown
from app.facts import Id
from app.storage import orders_by, teams
from app.storage import people as storage

ORDERS_IN_STORY = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class VolunteerCard:
    """The volunteer side of a person, brought by ``referrer``; ``left_at`` once they no longer volunteer."""

    number: str
    registered_on: date
    skills: tuple[str, ...]
    qualifications: tuple[str, ...]
    categories: tuple[str, ...]
    availability: str
    referrer: Id | None
    referrer_name: str
    left_at: datetime | None
    left_reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonCard:
    """Who it is, with what is sensitive masked; ``address`` down to the village."""

    id: Id
    name: str
    id_type: IdType | None
    id_number: str
    sex: Sex | None
    age: int | None
    phone: str
    other_phone: str
    region: str
    address: str
    groups: tuple[Group, ...]
    remark: str
    guardian: Id | None
    guardian_name: str
    registered_at: datetime
    erased_at: datetime | None
    volunteer: VolunteerCard | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamOf:
    """A team the person is in."""

    id: Id
    name: str
    leads: bool
    joined_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderOf:
    """An order the person asked for or gets."""

    id: Id
    short: str
    category: str
    what: str
    state: State
    submitted_at: datetime
    for_others: bool
    stars: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonStory:
    """The person with teams and the newest orders; ``orders_count`` counts all."""

    card: PersonCard
    teams: tuple[TeamOf, ...]
    orders: tuple[OrderOf, ...]
    orders_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OrdersOfQuery:
    """A window of the orders that somebody asked for or gets."""

    person: Id
    offset: int = 0
    limit: int = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class OrdersOfPage:
    """The newest first, and how many there are in all."""

    rows: tuple[OrderOf, ...]
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """Where somebody lives, in full, for the order that is being taken."""

    region: str
    address: str


@reading()
def person_card(look: Look, query: Id) -> PersonCard:
    """Who somebody is; at most three statements."""
    row = storage.person_row(look.connection, query)
    if row is None:
        raise PersonUnknown
    return _card(look, row)


@reading()
def person_story(look: Look, query: Id) -> PersonStory:
    """Somebody with teams and orders; at most six statements."""
    row = storage.person_row(look.connection, query)
    if row is None:
        raise PersonUnknown
    return PersonStory(
        card=_card(look, row),
        teams=tuple(
            TeamOf(id=team.id, name=team.name, leads=team.leader == query, joined_at=team.joined_at)
            for team in teams.teams_of(look.connection, query)
        ),
        orders=tuple(
            _order_of(look, query, order)
            for order in orders_by.of_person(look.connection, query, ORDERS_IN_STORY)
        ),
        orders_count=orders_by.count_of_person(look.connection, query),
    )


@reading()
def orders_of(look: Look, query: OrdersOfQuery) -> OrdersOfPage:
    """What somebody asked for or gets; two statements."""
    rows = orders_by.of_person(look.connection, query.person, query.limit, offset=query.offset)
    return OrdersOfPage(
        rows=tuple(_order_of(look, query.person, row) for row in rows),
        total=orders_by.count_of_person(look.connection, query.person),
    )


@reading(DESK)
def home_of(look: Look, query: Id) -> Home:
    """Where an order for somebody usually goes. The order that is being taken is the reason, and its own record."""
    row = storage.person_row(look.connection, query)
    if row is None:
        raise PersonUnknown
    return Home(region=row.region, address=row.address)


def sex_of(row: Row[Any]) -> Sex | None:
    return Sex(row.sex) if row.sex else None


def age_of(look: Look, row: Row[Any]) -> int | None:
    return None if row.born_on is None else age_on(row.born_on, look.today)


def masked_phone(phone: str) -> str:
    return masking.phone(phone) if phone else ""


def _card(look: Look, row: Row[Any]) -> PersonCard:
    works_with_people = look.sight.works
    return PersonCard(
        id=row.id,
        name=look.sight.name(row.name),
        id_type=IdType(row.id_type) if row.id_type else None,
        id_number=masking.id_number(row.id_number) if row.id_number else "",
        sex=sex_of(row),
        age=age_of(look, row),
        phone=masked_phone(row.phone),
        other_phone=masked_phone(row.other_phone),
        region=row.region,
        address=masking.address(row.address) if row.address else "",
        groups=tuple(map(Group, row.groups)) if works_with_people else (),
        remark=row.remark if works_with_people else "",
        guardian=row.guardian,
        guardian_name=_name_of(look, row.guardian),
        registered_at=row.registered_at,
        erased_at=row.erased_at,
        volunteer=_volunteer_card(look, row) if row.number is not None else None,
    )


def _volunteer_card(look: Look, row: Row[Any]) -> VolunteerCard:
    brings = storage.brings_of(row)
    return VolunteerCard(
        number=row.number,
        registered_on=row.registered_on,
        skills=brings.skills,
        qualifications=brings.qualifications,
        categories=brings.categories,
        availability=brings.availability,
        referrer=row.referrer,
        referrer_name=_name_of(look, row.referrer),
        left_at=row.left_at,
        left_reason=(row.left_reason or "") if look.sight.works else "",
    )


def _name_of(look: Look, person: Id | None) -> str:
    if person is None:
        return ""
    return look.sight.name(storage.names_of(look.connection, [person]).get(person))


def _order_of(look: Look, person: Id, row: Row[Any]) -> OrderOf:
    return OrderOf(
        id=row.id,
        short=short_order_number(row.number),
        category=row.category,
        what=look.sight.words(row.what),
        state=State(row.state),
        submitted_at=row.submitted_at,
        for_others=row.beneficiary != person,
        stars=row.stars,
    )
