"""The rules of a profile (人员档案): who somebody is, and how a resident (居民) becomes a volunteer (志愿者).

One line is enough for a resident: a name. What is given must be right: numbers by their check digits, sex and birth
as the ID number tells them, a guardian for a minor. The same ID number never stands twice.

Not here: the form of numbers, names and phones (identity, names, phones), hours and stars, membership (teams).

Sources: Personal Information Protection Law art. 31 (a guardian consents for somebody under 14); Ministry of Civil
Affairs order 67 (2021) (what a volunteer's record holds); Measures for Registered Volunteers (2013) [seen] (from the
age of 14, until 18 with the guardian's consent), kept as a policy.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import ClassVar

from app.domain import identity, names, phones, regions
from app.domain.identity import CHILD_UNTIL_AGE, IdType, Sex, age_on
from app.domain.orders import ReasonMissing
from app.domain.policies import Policy
from app.domain.problems import Refusal
from app.facts import Id
from app.facts.people import (
    PersonDetails,
    PersonEdited,
    PersonRegistered,
    VolunteerDetails,
    VolunteerEdited,
    VolunteerLeft,
    VolunteerNote,
    VolunteerRegistered,
    VolunteerReturned,
)
from app.words import N_

FULL_AGE = 18
_DAY = re.compile(r"(\d{4})(\d\d)(\d\d)|(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?", re.ASCII)
LONGEST_LIFE_YEARS = 130


class Group(StrEnum):
    """Kinds of beneficiaries in national volunteer statistics, and circumstances that stations note."""

    CHILD = "child"
    WOMAN = "woman"
    ELDERLY = "elderly"
    DISABLED = "disabled"
    PREFERENTIAL = "preferential"
    POOR = "poor"
    SPECIAL = "special"
    SICK = "sick"
    RURAL = "rural"
    URBAN = "urban"
    ALONE = "alone"
    LEFT_BEHIND = "left_behind"
    OTHER = "other"


GROUP_NAMES = {
    Group.CHILD: N_("儿童"),
    Group.WOMAN: N_("妇女"),
    Group.ELDERLY: N_("老年人"),
    Group.DISABLED: N_("残障人士"),
    Group.PREFERENTIAL: N_("优抚对象"),
    Group.POOR: N_("贫困家庭"),
    Group.SPECIAL: N_("特殊群体"),
    Group.SICK: N_("病患者"),
    Group.RURAL: N_("农村居民"),
    Group.URBAN: N_("城镇居民"),
    Group.ALONE: N_("独居"),
    Group.LEFT_BEHIND: N_("留守"),
    Group.OTHER: N_("其他"),
}


class VolunteerAges(Policy, frozen=True, kw_only=True):
    """From which age somebody may volunteer [seen: 14], and until which age a guardian must consent."""

    name: ClassVar[str] = "people.volunteer_ages"

    limits: ClassVar[Mapping[str, tuple[int, int]]] = {
        "youngest_years": (0, 100),
        "guardian_until_years": (0, FULL_AGE),
    }

    youngest_years: int = 14
    guardian_until_years: int = FULL_AGE


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """Who somebody is, as it was typed: nothing checked, nothing put in its normal form."""

    name: str
    id_type: IdType | None = None
    id_number: str = ""
    sex: Sex | None = None
    born_on: date | None = None
    phone: str = ""
    other_phone: str = ""
    region: str = ""
    address: str = ""
    groups: tuple[Group, ...] = ()
    remark: str = ""
    guardian: Id | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody in the register. ``number`` and ``registered_on`` are there once they ever were a volunteer."""

    id: Id
    details: PersonDetails
    number: str | None = None
    registered_on: date | None = None
    brings: VolunteerDetails = field(default_factory=VolunteerDetails)
    left: bool = False
    erased: bool = False

    @property
    def is_volunteer(self) -> bool:
        return self.number is not None and not self.left


class PersonUnknown(Refusal):
    """There is nobody with this id here."""


class IdNumberTaken(Refusal):
    """Somebody else in the register has this ID number; it is probably the same person."""

    person: Id
    name: str


class SexContradictsId(Refusal):
    """The ID number tells another sex."""

    sex: Sex


class BirthContradictsId(Refusal):
    """The ID number tells another birth date."""

    birth: date


class DayNotUnderstood(Refusal):
    """What was typed is no day with its year."""

    text: str


class BirthImpossible(Refusal):
    """The birth date is still to come, or longer ago than anybody lives."""

    birth: date


class GuardianMissing(Refusal):
    """Somebody so young needs a guardian who consents."""

    until_years: int


class GuardianUnfit(Refusal):
    """Nobody is their own guardian, and a minor is no one's."""


class BirthMissing(Refusal):
    """A volunteer's age must be known."""


class TooYoung(Refusal):
    """Younger than volunteers may be here."""

    youngest_years: int


class RegisteredInTheFuture(Refusal):
    """Nobody was registered on a day that is still to come."""


class ReferrerUnfit(Refusal):
    """Who brings a volunteer is a volunteer, and somebody else."""


class AlreadyVolunteer(Refusal):
    """The person is registered as a volunteer already."""

    number: str


class VolunteerHasLeft(Refusal):
    """The person was a volunteer and left; they come back under the old number."""

    number: str


class NotAVolunteer(Refusal):
    """The person is no volunteer, or no longer one."""

    name: str


def day_typed(text: str, field: str | None = None) -> date | None:
    """A day with its year as people type it: 19650304, 1965-3-4, 1965.3.4, 1965年3月4日; None when nothing is."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if not plain:
        return None
    found = _DAY.fullmatch(plain)
    try:
        if found is not None:
            return date(*(int(part) for part in found.groups() if part))
    except ValueError:
        pass  # 31 April
    raise DayNotUnderstood(text=plain, field=field)


def details(profile: Profile, *, today: date) -> PersonDetails:
    """The profile checked and in its normal form; sex and birth filled in from the ID number."""
    name = names.as_given(profile.name)
    identified = _identified(profile, today)
    born_on = identified.birth or profile.born_on
    if born_on is not None and not 0 <= age_on(born_on, today) <= LONGEST_LIFE_YEARS:
        raise BirthImpossible(birth=born_on, field="born_on")
    if born_on is not None and identity.is_under_14(born_on, today) and profile.guardian is None:
        raise GuardianMissing(until_years=CHILD_UNTIL_AGE, field="guardian")
    return PersonDetails(
        name=name,
        id_type=identified.id_type if identified.number else "",
        id_number=identified.number,
        sex=identified.sex or profile.sex or "",
        born_on=born_on,
        phone=_phone(profile.phone, "phone"),
        other_phone=_phone(profile.other_phone, "other_phone"),
        region=regions.normalise(profile.region) if profile.region.strip() else "",
        address=profile.address.strip(),
        groups=tuple(sorted({Group(one) for one in profile.groups})),
        remark=profile.remark.strip(),
        guardian=profile.guardian,
    )


def as_profile(known: PersonDetails) -> Profile:
    """What is known of somebody, as if it were typed again."""
    return Profile(
        name=known.name,
        id_type=IdType(known.id_type) if known.id_type else None,
        id_number=known.id_number,
        sex=Sex(known.sex) if known.sex else None,
        born_on=known.born_on,
        phone=known.phone,
        other_phone=known.other_phone,
        region=known.region,
        address=known.address,
        groups=tuple(map(Group, known.groups)),
        remark=known.remark,
        guardian=known.guardian,
    )


def register(
    person: Id, profile: Profile, *, holder: Person | None, guardian: Person | None, today: date
) -> tuple[PersonRegistered, PersonDetails]:
    """Somebody becomes known. ``holder`` is who has the ID number already, ``guardian`` whom the profile names."""
    new = details(profile, today=today)
    _check_others(person, holder, guardian, today)
    return PersonRegistered(person=person), new


def edit(
    person: Person,
    profile: Profile,
    touched: Collection[str],
    *,
    holder: Person | None,
    guardian: Person | None,
    today: date,
) -> tuple[PersonEdited, PersonDetails] | None:
    """Put right the ``touched`` fields of a profile, and what the ID number tells; None when nothing changes.

    Only what changed is named in the fact, so that edits of different fields at the same time both count.
    """
    new = details(merged(person.details, profile, touched), today=today)
    _check_others(person.id, holder, guardian, today)
    fields = changed_fields(person.details, new)
    return (PersonEdited(person=person.id, fields=fields), new) if fields else None


def put_back(person: Person, before: PersonDetails, *, holder: Person | None) -> list[PersonEdited]:
    """An edit is undone; nothing when everything stands as before. ``holder`` is who has the old ID number now."""
    if holder is not None and holder.id != person.id:
        raise IdNumberTaken(person=holder.id, name=holder.details.name)
    fields = changed_fields(person.details, before)
    return [PersonEdited(person=person.id, fields=fields)] if fields else []


def merged(known: PersonDetails, profile: Profile, touched: Collection[str]) -> Profile:
    """The known profile with the touched fields as typed. What an old ID number told goes with that number."""
    before = as_profile(known)
    if "id_number" in touched and before.id_number:
        before = replace(before, id_type=None, sex=None, born_on=None)
    return replace(before, **{name: getattr(profile, name) for name in touched})


def changed_fields(
    before: PersonDetails | VolunteerDetails, after: PersonDetails | VolunteerDetails
) -> tuple[str, ...]:
    return tuple(f for f in before.__struct_fields__ if getattr(before, f) != getattr(after, f))


def register_volunteer(
    person: Person,
    number: str,
    registered_on: date,
    *,
    ages: VolunteerAges,
    today: date,
    referrer: Person | None = None,
) -> VolunteerRegistered:
    """A resident becomes a volunteer, brought by ``referrer`` if by anybody. Age and a phone must be known, a minor's
    guardian must consent.
    """
    if person.number is not None:
        raise (VolunteerHasLeft if person.left else AlreadyVolunteer)(number=person.number)
    if registered_on > today:
        raise RegisteredInTheFuture(field="registered_on")
    known = person.details
    if known.born_on is None:
        raise BirthMissing(field="born_on")
    if not known.phone:
        raise phones.PhoneMissing(field="phone")
    age_years = age_on(known.born_on, registered_on)
    if age_years < ages.youngest_years:
        raise TooYoung(youngest_years=ages.youngest_years, field="born_on")
    if age_years < ages.guardian_until_years and known.guardian is None:
        raise GuardianMissing(until_years=ages.guardian_until_years, field="guardian")
    if referrer is not None and (referrer.id == person.id or not referrer.is_volunteer):
        raise ReferrerUnfit(field="referrer")
    return VolunteerRegistered(
        person=person.id,
        number=number,
        registered_on=registered_on,
        referrer=referrer.id if referrer else None,
    )


def edit_volunteer(person: Person, brings: VolunteerDetails) -> VolunteerEdited | None:
    """Put right what a volunteer brings; None when nothing changes."""
    expect_volunteer(person)
    fields = changed_fields(person.brings, brings)
    return VolunteerEdited(person=person.id, fields=fields) if fields else None


def leave(person: Person, reason: str) -> tuple[VolunteerLeft, VolunteerNote]:
    """A volunteer leaves; what they did stays."""
    expect_volunteer(person)
    if not reason.strip():
        raise ReasonMissing(field="reason")
    return VolunteerLeft(person=person.id), VolunteerNote(text=reason.strip())


def come_back(person: Person) -> VolunteerReturned:
    """Somebody who had left volunteers again."""
    if person.number is None:
        raise NotAVolunteer(name=person.details.name)
    if not person.left:
        raise AlreadyVolunteer(number=person.number)
    return VolunteerReturned(person=person.id)


def expect_volunteer(person: Person, field: str | None = None) -> None:
    """Refuse somebody who is no volunteer now."""
    if not person.is_volunteer:
        raise NotAVolunteer(name=person.details.name, field=field)


def _identified(profile: Profile, today: date) -> identity.Identity:
    """What the ID number tells; an empty answer when there is none."""
    id_type = profile.id_type or IdType.RESIDENT
    if not identity.normalise(profile.id_number):
        return identity.Identity(id_type, "")
    found = identity.check(id_type, profile.id_number, today)
    if found.sex is not None and profile.sex not in (None, found.sex):
        raise SexContradictsId(sex=found.sex, field="sex")
    if found.birth is not None and profile.born_on not in (None, found.birth):
        raise BirthContradictsId(birth=found.birth, field="born_on")
    return found


def _phone(text: str, field: str) -> str:
    return phones.normalise(text, field) if text.strip() else ""


def _check_others(person: Id, holder: Person | None, guardian: Person | None, today: date) -> None:
    if holder is not None and holder.id != person:
        raise IdNumberTaken(person=holder.id, name=holder.details.name, field="id_number")
    if guardian is None:
        return
    born_on = guardian.details.born_on
    if guardian.id == person or (born_on is not None and age_on(born_on, today) < FULL_AGE):
        raise GuardianUnfit(field="guardian")
