"""What can happen to a person's profile (人员档案): residents (居民) and volunteers (志愿者) alike.

Everything that says who somebody is stands in private parts. A volunteer is a person with a registration.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from app.facts import Fact, Id, Private


class PersonDetails(Private, frozen=True, kw_only=True):
    """Who it is. Empty text = not known. ``id_type`` and ``sex`` are the official codes (111; 1 male, 2 female).

    ``groups`` are beneficiary kinds and circumstances (老年人, 独居 ...) by code; ``guardian`` is the person
    who consented for a minor.
    """

    name: str
    id_type: str = ""
    id_number: str = ""
    sex: str = ""
    born_on: date | None = None
    phone: str = ""
    other_phone: str = ""
    region: str = ""
    address: str = ""
    groups: tuple[str, ...] = ()
    remark: str = ""
    guardian: Id | None = None


class PersonRegistered(Fact, frozen=True, kw_only=True):
    """Somebody became known to the station."""

    kind: ClassVar[str] = "person.registered"
    private = PersonDetails

    person: Id


class PersonEdited(Fact, frozen=True, kw_only=True):
    """The profile was put right; the private part holds it as it is now. ``fields`` names what changed."""

    kind: ClassVar[str] = "person.edited"
    private = PersonDetails

    person: Id
    fields: tuple[str, ...]


class VolunteerDetails(Private, frozen=True, kw_only=True):
    """What a volunteer brings: skills, qualifications (with proof), kinds of service, wish for times."""

    skills: tuple[str, ...] = ()
    qualifications: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    availability: str = ""


class VolunteerRegistered(Fact, frozen=True, kw_only=True):
    """The person became a volunteer. ``number`` is digits only; since ``registered_on``; ``referrer`` brought them."""

    kind: ClassVar[str] = "person.volunteer_registered"
    private = VolunteerDetails

    person: Id
    number: str
    registered_on: date
    referrer: Id | None = None


class VolunteerEdited(Fact, frozen=True, kw_only=True):
    """What the volunteer brings was put right; the part holds it as it is now. ``fields`` names what changed."""

    kind: ClassVar[str] = "person.volunteer_edited"
    private = VolunteerDetails

    person: Id
    fields: tuple[str, ...]


class VolunteerNote(Private, frozen=True, kw_only=True):
    """Why a volunteer left, in words: often an illness or a family matter."""

    text: str


class VolunteerLeft(Fact, frozen=True, kw_only=True):
    """The person no longer volunteers; hours, points and certificates stay. The reason stands beside the fact."""

    kind: ClassVar[str] = "person.volunteer_left"
    private = VolunteerNote

    person: Id


class VolunteerReturned(Fact, frozen=True, kw_only=True):
    """A volunteer who had left is back, under the old number."""

    kind: ClassVar[str] = "person.volunteer_returned"

    person: Id


class PersonErased(Fact, frozen=True, kw_only=True):
    """Somebody's personal data were deleted on request (删除个人信息): every private part about them, in whatever fact.

    ``reason`` is a code. What they did stays, without a name; parts that the law keeps are locked.
    """

    kind: ClassVar[str] = "person.erased"
    erases = True

    person: Id
    reason: str
