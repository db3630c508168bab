"""What is done with people (人员) and volunteers (志愿者登记): register, put right, leave, come back; and how they are
read.

Lists are masked. The card shows the name to those who work with people and hides ID number, phones and address;
``reveal`` shows one of them for a reason and leaves a line in the audit. Hours, points, stars and certificates of a
person are readings of their own nouns.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Row

from app.actions.codes import reads_code
from app.actions.desk import DESK, Look, Work, action, reading
from app.actions.search import shows
from app.domain import identity, masking, phones, tokens
from app.domain import people as rules
from app.domain import teams as team_rules
from app.domain.categories import category_exists
from app.domain.erasure import expect_there
from app.domain.identity import IdType, Sex, age_on
from app.domain.numbers import read_volunteer_number, short_order_number, volunteer_number
from app.domain.orders import ReasonMissing, State
from app.domain.people import Group, Person, PersonUnknown, Profile, VolunteerAges
from app.domain.problems import Refusal
from app.domain.wallets import open_wallet
from app.facts import Id
from app.facts.people import VolunteerDetails
from app.storage import audit, custody, orders_by, stations, teams
from app.storage import people as storage
from app.storage.search import Match
from app.storage.types import clean_text

LONGEST_ID_CHARACTERS = 50
LONGEST_ADDRESS_CHARACTERS = 200
LONGEST_REMARK_CHARACTERS = 1_000
LONGEST_SKILL_CHARACTERS = 40
LONGEST_REASON_CHARACTERS = 200
ORDERS_IN_STORY = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterPerson:
    """Somebody new. ``person`` is an id the caller made, so that a repeated save is one person."""

    person: Id
    profile: Profile


@dataclass(frozen=True, slots=True, kw_only=True)
class EditPerson:
    """The profile as the form shows it, and which fields the clerk touched; the others stay as they are."""

    person: Id
    profile: Profile
    touched: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Brings:
    """What a volunteer brings, as typed."""

    skills: tuple[str, ...] = ()
    qualifications: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    availability: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterVolunteer:
    """A person becomes a volunteer, since today unless it is said; ``profile`` registers somebody new with it.
    ``referrer`` is the volunteer who brought them.
    """

    person: Id
    profile: Profile | None = None
    brings: Brings = Brings()
    registered_on: date | None = None
    referrer: Id | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EditVolunteer:
    """What the volunteer brings, whole."""

    person: Id
    brings: Brings


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveVolunteering:
    """The volunteer leaves, and why."""

    person: Id
    reason: str


class Sensitive(StrEnum):
    """What a card hides."""

    ID_NUMBER = "id_number"
    PHONE = "phone"
    OTHER_PHONE = "other_phone"
    ADDRESS = "address"
    BORN_ON = "born_on"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reveal:
    """Show one hidden field in full, and why."""

    person: Id
    field: Sensitive
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MaybeKnown:
    """What is typed of somebody, to look whether they are known already."""

    name: str
    phone: str = ""
    born_on: date | None = None
    other_than: Id | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisteredPerson:
    person: Id
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisteredVolunteer:
    person: Id
    number: str
    registered_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftVolunteering:
    """The teams the volunteer left with it, and the orders that now need somebody else."""

    teams: tuple[str, ...]
    open_orders: tuple[str, ...]


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


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonHit:
    """Somebody who was found: the name with the places that were hit, and what tells people of one name apart."""

    id: Id
    name: str
    matched: frozenset[int]
    sex: Sex | None
    age: int | None
    groups: tuple[Group, ...]
    phone_tail: str
    number: str | None
    left: bool
    last_order_on: date | None


class ServiceKindUnknown(Refusal):
    """A kind of service that stands in no table."""

    code: str


@action()
def register_person(work: Work, request: RegisterPerson) -> RegisteredPerson:
    """Somebody becomes known. Saving the same id twice gives the same person."""
    known = storage.person(work.connection, request.person)
    if known is not None:
        return RegisteredPerson(person=known.id, name=known.details.name)
    profile = _cleaned(request.profile)
    body, details = rules.register(
        request.person,
        profile,
        holder=_holder(work, profile),
        guardian=_guardian(work, profile),
        today=work.today,
    )
    work.record(body, parts={request.person: details})
    return RegisteredPerson(person=request.person, name=details.name)


@action()
def edit_person(work: Work, request: EditPerson) -> None:
    """Put the touched fields of a profile right."""
    person = known_person(work, request.person)
    profile = _cleaned(request.profile)
    edited = rules.edit(
        person,
        profile,
        request.touched,
        holder=_holder(work, profile) if "id_number" in request.touched else None,
        guardian=_guardian(work, profile) if "guardian" in request.touched else None,
        today=work.today,
    )
    if edited is not None:
        body, details = edited
        work.record(body, parts={person.id: details})


@action()
def register_volunteer(work: Work, request: RegisterVolunteer) -> RegisteredVolunteer:
    """A person becomes a volunteer with a number. Saving the same thing twice gives the same number."""
    if request.profile is not None:
        register_person.inside(work, RegisterPerson(person=request.person, profile=request.profile))
        work.settle()
    person = known_person(work, request.person)
    brings = _brought(request.brings)
    if person.is_volunteer and person.brings == brings:
        return _registered(person)
    station, register = stations.this_station(work.connection), work.desk.device.register
    body = rules.register_volunteer(
        person,
        volunteer_number(station.region, register, work.next_number(f"volunteer:{register}")),
        request.registered_on or work.today,
        ages=work.policy(VolunteerAges),
        today=work.today,
        referrer=None if request.referrer is None else known_person(work, request.referrer, "referrer"),
    )
    work.record(body, parts={person.id: brings})
    _open_wallet(work, person.id)
    return RegisteredVolunteer(person=person.id, number=body.number, registered_on=body.registered_on)


@action()
def edit_volunteer(work: Work, request: EditVolunteer) -> None:
    """Put right what a volunteer brings."""
    person = known_person(work, request.person)
    brings = _brought(request.brings)
    body = rules.edit_volunteer(person, brings)
    if body is not None:
        work.record(body, parts={person.id: brings})


@action()
def leave_volunteering(work: Work, request: LeaveVolunteering) -> LeftVolunteering:
    """A volunteer leaves, and with it every team. What they did stays."""
    person = known_person(work, request.person)
    reason = clean_text(request.reason, longest_characters=LONGEST_REASON_CHARACTERS, field="reason")
    body, note = rules.leave(person, reason)
    work.record(body, parts={person.id: note})
    left = teams.teams_of(work.connection, person.id)
    for team in left:
        member = teams.member(work.connection, team.id, person.id)
        work.record(*team_rules.leave(member, person.details.name))
    numbers = orders_by.numbers_in_hand_of_volunteer(work.connection, person.id)
    return LeftVolunteering(
        teams=tuple(team.name for team in left), open_orders=tuple(map(short_order_number, numbers))
    )


@action()
def return_to_volunteering(work: Work, request: Id) -> RegisteredVolunteer:
    """Somebody who had left volunteers again, under the old number."""
    person = known_person(work, request)
    work.record(rules.come_back(person))
    return _registered(person)


@action()
def reveal(work: Work, request: Reveal) -> str:
    """One sensitive field in full; who looked and why is noted."""
    person = known_person(work, request.person)
    reason = clean_text(request.reason, longest_characters=LONGEST_REASON_CHARACTERS, field="reason")
    if not reason:
        raise ReasonMissing(field="reason")
    audit.write(
        work.connection,
        at=work.now,
        by=work.by.staff,
        what=f"{audit.REVEALED}{request.field}",
        object_name=f"person:{person.id}",
        reason=reason,
    )
    value = getattr(person.details, request.field)
    return value.isoformat() if isinstance(value, date) else value or ""


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


@reading(DESK)
def likely_same(look: Look, query: MaybeKnown) -> tuple[PersonHit, ...]:
    """People who may be the one that is being typed; a hint that never stands in the way."""
    try:
        phone = phones.normalise(query.phone)
    except Refusal:
        phone = ""
    rows = storage.likely_same(look.connection, query.name, phone, query.born_on, query.other_than)
    return tuple(_hit(look, row, query.name, None) for row in rows)


@shows("person", place=1)
def person_hits(look: Look, typed: str, found: Sequence[Match]) -> tuple[PersonHit, ...]:
    """People as they stand in a list of what was found; one statement."""
    latest = {match.object: match.latest for match in found}
    rows = storage.rows_of(look.connection, [match.object for match in found])
    return tuple(_hit(look, row, typed, latest[row.id]) for row in rows)


@reads_code("person")
def person_of_code(look: Look, code: str) -> Id | None:
    """Whose card was scanned: its bar code and its QR code hold the volunteer number."""
    return storage.id_of_number(look.connection, read_volunteer_number(code))


def known_person(look: Look, person_id: Id, field: str | None = None) -> Person:
    """Somebody in the register, or ``PersonUnknown``."""
    person = storage.person(look.connection, person_id)
    if person is None:
        raise PersonUnknown(field=field)
    expect_there(person, field)
    return person


def sex_of(row: Row[Any]) -> Sex | None:
    return Sex(row.sex) if row.sex else None


def age_of(look: Look, row: Row[Any]) -> int | None:
    return None if row.born_on is None else age_on(row.born_on, look.today)


def masked_phone(phone: str) -> str:
    return masking.phone(phone) if phone else ""


def _open_wallet(work: Work, person: Id) -> None:
    """A volunteer's wallet rests at this station's counter."""
    counter = f"stock:{work.desk.device.station}"
    held = custody.custodies(work.connection, [counter])[counter]
    work.record(open_wallet(person, holder=held.holder, unit=held.unit))


def _cleaned(profile: Profile) -> Profile:
    return replace(
        profile,
        id_number=clean_text(profile.id_number, longest_characters=LONGEST_ID_CHARACTERS, field="id_number"),
        address=clean_text(profile.address, longest_characters=LONGEST_ADDRESS_CHARACTERS, field="address"),
        remark=clean_text(profile.remark, longest_characters=LONGEST_REMARK_CHARACTERS, field="remark"),
    )


def _holder(work: Work, profile: Profile) -> Person | None:
    return storage.person_with_id_number(work.connection, identity.normalise(profile.id_number))


def _guardian(work: Work, profile: Profile) -> Person | None:
    return None if profile.guardian is None else known_person(work, profile.guardian, "guardian")


def _brought(typed: Brings) -> VolunteerDetails:
    for code in typed.categories:
        if not category_exists(code):
            raise ServiceKindUnknown(code=code, field="categories")
    return VolunteerDetails(
        skills=_words(typed.skills, "skills"),
        qualifications=_words(typed.qualifications, "qualifications"),
        categories=tuple(dict.fromkeys(typed.categories)),
        availability=clean_text(
            typed.availability, longest_characters=LONGEST_REMARK_CHARACTERS, field="availability"
        ),
    )


def _words(typed: Sequence[str], field: str) -> tuple[str, ...]:
    cleaned = (clean_text(one, longest_characters=LONGEST_SKILL_CHARACTERS, field=field) for one in typed)
    return tuple(dict.fromkeys(filter(None, cleaned)))


def _registered(person: Person) -> RegisteredVolunteer:
    assert person.number is not None and person.registered_on is not None
    return RegisteredVolunteer(person=person.id, number=person.number, registered_on=person.registered_on)


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


def _hit(look: Look, row: Row[Any], typed: str, latest: date | None) -> PersonHit:
    name = look.sight.name(row.name)
    return PersonHit(
        id=row.id,
        name=name,
        matched=tokens.matched(name, typed) if name == row.name else frozenset(),
        sex=sex_of(row),
        age=age_of(look, row),
        groups=tuple(map(Group, row.groups)) if look.by.role in DESK else (),
        phone_tail=phones.tail(row.phone),
        number=row.number,
        left=row.left_at is not None,
        last_order_on=latest,
    )
