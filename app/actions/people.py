"""What is done with people (人员) and volunteers (志愿者登记): register, put right, leave, come back; and ``reveal``,
which shows for a reason what a card hides and leaves a line in the audit.

They are read in ``people_cards``, ``people_list`` and ``search_people``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from app.actions.codes import reads_code
from app.actions.desk import Look, Work, action
from app.domain import identity
from app.domain import people as rules
from app.domain import teams as team_rules
from app.domain.categories import category_exists
from app.domain.erasure import expect_there
from app.domain.numbers import read_volunteer_number, short_order_number, volunteer_number
from app.domain.orders import ReasonMissing
from app.domain.people import Person, PersonUnknown, Profile, VolunteerAges
from app.domain.problems import Refusal
from app.domain.wallets import open_wallet
from app.facts import Id
from app.facts.people import VolunteerDetails
from app.storage import audit, custody, drafts, orders_by, stations, teams
from app.storage import people as storage
from app.storage.types import clean_text

LONGEST_ID_CHARACTERS = 50
LONGEST_ADDRESS_CHARACTERS = 200
LONGEST_REMARK_CHARACTERS = 1_000
LONGEST_SKILL_CHARACTERS = 40
LONGEST_REASON_CHARACTERS = 200


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
    drafts.forget(work.connection, request.person)
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
