"""Tables, folds and queries of people (人员档案), residents and volunteers alike.

How people are found by what a clerk types is in ``search`` and ``search_people``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from types import SimpleNamespace
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Index,
    Row,
    Text,
    or_,
    select,
    text,
)

from app.domain import pinyin
from app.domain.people import Person
from app.facts import Id
from app.facts.people import (
    PersonDetails,
    PersonEdited,
    PersonErased,
    PersonRegistered,
    VolunteerDetails,
    VolunteerEdited,
    VolunteerLeft,
    VolunteerNote,
    VolunteerRegistered,
    VolunteerReturned,
)
from app.storage import types
from app.storage.fold import Recorded, folds, row_after
from app.storage.history import chunks
from app.storage.rows import Rows

MOST_LIKELY_SAME = 5

LIVING_SOMEWHERE_SQL = "region != ''"
"""As the index has it, which is used only where a query says the same."""

people = types.table(
    "people",
    Column("id", types.Id, primary_key=True),
    Column("name", Text, nullable=False),
    Column("sort_key", Text, nullable=False),
    Column("id_type", Text, nullable=False),
    Column("id_number", Text, nullable=False),
    Column("sex", Text, nullable=False),
    Column("born_on", types.Day),
    Column("phone", Text, nullable=False),
    Column("other_phone", Text, nullable=False),
    Column("region", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("groups", types.Json, nullable=False),
    Column("remark", Text, nullable=False),
    Column("guardian", types.Id),
    Column("registered_at", types.Instant, nullable=False),
    Column("changed_at", types.Instant, nullable=False),
    Column("number", Text),
    Column("registered_on", types.Day),
    Column("referrer", types.Id),
    Column("skills", types.Json, nullable=False),
    Column("qualifications", types.Json, nullable=False),
    Column("categories", types.Json, nullable=False),
    Column("availability", Text, nullable=False),
    Column("left_at", types.Instant),
    Column("left_reason", Text),
    Column("erased_at", types.Instant),
    Index(None, "sort_key"),
    Index(None, "id_number", sqlite_where=text("id_number != ''")),
    Index(None, "phone", sqlite_where=text("phone != ''")),
    # Everything a list of volunteers is filtered and sorted by, so that skipping 200,000 rows reads no profile.
    Index(
        "ix_people_volunteers",
        *("sort_key", "id", "left_at", "region", "categories", "registered_on"),
        sqlite_where=text("registered_on IS NOT NULL"),
    ),
    Index(None, "number", sqlite_where=text("number IS NOT NULL")),
    Index(None, "region", sqlite_where=text(LIVING_SOMEWHERE_SQL)),
    noun="person",
)

_PROFILE_COLUMNS = PersonDetails.__struct_fields__
_VOLUNTEER_COLUMNS = VolunteerDetails.__struct_fields__
_NOBODY = PersonDetails(name="")
_NOTHING = VolunteerDetails()


@folds(PersonRegistered)
def fold_registered(rows: Rows, it: Recorded[PersonRegistered]) -> None:
    details = it.part(it.body.person, PersonDetails) or _NOBODY
    rows.add(
        people,
        id=it.body.person,
        **_profile(details, _PROFILE_COLUMNS),
        **_brings(_NOTHING, _VOLUNTEER_COLUMNS),
        registered_at=it.at,
        changed_at=it.at,
    )


@folds(PersonEdited)
def fold_edited(rows: Rows, it: Recorded[PersonEdited]) -> None:
    details = it.part(it.body.person, PersonDetails)
    if details is not None:
        rows.change(people, it.body.person, **_profile(details, it.body.fields), changed_at=it.at)


@folds(VolunteerRegistered)
def fold_volunteer_registered(rows: Rows, it: Recorded[VolunteerRegistered]) -> None:
    body = it.body
    rows.change(
        people,
        body.person,
        number=body.number,
        registered_on=body.registered_on,
        referrer=body.referrer,
        **_brings(it.part(body.person, VolunteerDetails) or _NOTHING, _VOLUNTEER_COLUMNS),
        left_at=None,
        left_reason=None,
        changed_at=it.at,
    )


@folds(VolunteerEdited)
def fold_volunteer_edited(rows: Rows, it: Recorded[VolunteerEdited]) -> None:
    brings = it.part(it.body.person, VolunteerDetails)
    if brings is not None:
        rows.change(people, it.body.person, **_brings(brings, it.body.fields), changed_at=it.at)


@folds(VolunteerLeft)
def fold_left(rows: Rows, it: Recorded[VolunteerLeft]) -> None:
    note = it.part(it.body.person, VolunteerNote)
    reason = note.text if note else ""
    rows.change(people, it.body.person, left_at=it.at, left_reason=reason, changed_at=it.at)


@folds(VolunteerReturned)
def fold_returned(rows: Rows, it: Recorded[VolunteerReturned]) -> None:
    rows.change(people, it.body.person, left_at=None, left_reason=None, changed_at=it.at)


@folds(PersonErased)
def fold_erased(rows: Rows, it: Recorded[PersonErased]) -> None:
    rows.change(people, it.body.person, erased_at=it.at, changed_at=it.at)


def before(facts: Iterable[Recorded[Any]], person_id: Id) -> Person:
    """Somebody as the rules saw them after these facts."""
    return as_person(_row_before(facts, person_id))


def left_reason(facts: Iterable[Recorded[Any]], person_id: Id) -> str:
    """Why a volunteer had left, after these facts."""
    return _row_before(facts, person_id).left_reason or ""


def _row_before(facts: Iterable[Recorded[Any]], person_id: Id) -> SimpleNamespace:
    return SimpleNamespace(**row_after(facts, people, person_id))


def person(connection: Connection, person_id: Id) -> Person | None:
    """Somebody as the rules see them; one statement."""
    row = person_row(connection, person_id)
    return None if row is None else as_person(row)


def person_row(connection: Connection, person_id: Id) -> Row[Any] | None:
    return connection.execute(select(people).where(people.c.id == person_id)).first()


def person_with_id_number(connection: Connection, id_number: str) -> Person | None:
    """Who has this ID number (in its normal form), if it is one."""
    if not id_number:
        return None
    row = connection.execute(select(people).where(people.c.id_number == id_number)).first()
    return None if row is None else as_person(row)


def id_of_number(connection: Connection, number: str) -> Id | None:
    """Who has this volunteer number."""
    return connection.execute(select(people.c.id).where(people.c.number == number)).scalar()


def names_of(connection: Connection, ids: Iterable[Id]) -> dict[Id, str]:
    """The names of these people, in full."""
    rows = connection.execute(select(people.c.id, people.c.name).where(people.c.id.in_(sorted(set(ids)))))
    return {row.id: row.name for row in rows}


def referrers_of(connection: Connection, ids: Iterable[Id]) -> dict[Id, Id]:
    """Who brought these volunteers, where anybody did who is one still."""
    referrer = people.alias("referrer")
    rows = connection.execute(
        select(people.c.id, people.c.referrer)
        .join(referrer, referrer.c.id == people.c.referrer)
        .where(
            people.c.id.in_(sorted(set(ids))),
            referrer.c.number.is_not(None),
            referrer.c.left_at.is_(None),
        )
    )
    return {row.id: row.referrer for row in rows}


def rows_of(connection: Connection, ids: Sequence[Id]) -> list[Row[Any]]:
    """The rows of these people, in the order asked for."""
    found = {
        row.id: row
        for some in chunks(ids)
        for row in connection.execute(select(people).where(people.c.id.in_(some)))
    }
    return [found[one] for one in ids if one in found]


def likely_same(
    connection: Connection, name: str, phone: str, born_on: date | None, other_than: Id | None
) -> Sequence[Row[Any]]:
    """People with the same name and the same phone or birth date. Spellings of one name have one sort key."""
    ways: list[ColumnElement[bool]] = []
    if phone:
        ways += [people.c.phone == phone, people.c.other_phone == phone]
    if born_on is not None:
        ways.append(people.c.born_on == born_on)
    if not ways:
        return []
    query = select(people).where(people.c.sort_key == pinyin.sort_key(name), or_(*ways))
    if other_than is not None:
        query = query.where(people.c.id != other_than)
    return connection.execute(query.order_by(people.c.registered_at).limit(MOST_LIKELY_SAME)).all()


def as_person(row: Row[Any] | SimpleNamespace) -> Person:
    return Person(
        id=row.id,
        details=details_of(row),
        number=row.number,
        registered_on=row.registered_on,
        brings=brings_of(row),
        left=row.left_at is not None,
        erased=row.erased_at is not None,
    )


def details_of(row: Row[Any] | SimpleNamespace) -> PersonDetails:
    """The profile in a row, as the facts hold it."""
    return PersonDetails(
        **{name: getattr(row, name) for name in _PROFILE_COLUMNS} | {"groups": tuple(row.groups)}
    )


def brings_of(row: Row[Any] | SimpleNamespace) -> VolunteerDetails:
    return VolunteerDetails(
        skills=tuple(row.skills),
        qualifications=tuple(row.qualifications),
        categories=tuple(row.categories),
        availability=row.availability,
    )


def _profile(details: PersonDetails, fields: Iterable[str]) -> dict[str, Any]:
    """The named fields as columns. Names that only a newer program knows are passed over."""
    columns = {name: getattr(details, name) for name in _PROFILE_COLUMNS if name in fields}
    if "groups" in columns:
        columns["groups"] = list(details.groups)
    if "name" in columns:
        columns["sort_key"] = pinyin.sort_key(details.name)
    return columns


def _brings(brings: VolunteerDetails, fields: Iterable[str]) -> dict[str, Any]:
    columns = {name: getattr(brings, name) for name in _VOLUNTEER_COLUMNS if name in fields}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in columns.items()}
