"""Table, folds and queries of staff (工作人员). Passphrases are not here but in ``keys``."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, Row, Text, select

from app.domain.problems import Refusal
from app.domain.staff import Member, Role
from app.facts import Id
from app.facts.staff import RoleChanged, StaffAdmitted, StaffDismissed, StaffEdited, StaffName
from app.storage import types
from app.storage.fold import Recorded, folds, row_after
from app.storage.rows import Rows

staff = types.table(
    "staff",
    Column("id", types.Id, primary_key=True),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("person", types.Id),
    Column("admitted_at", types.Instant, nullable=False),
    Column("dismissed_at", types.Instant),
    noun="staff",
)


class NoLongerStaff(Refusal):
    """The passphrase is right, but this person may no longer sign in here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A member of staff, past or present."""

    member: Member
    admitted_at: datetime
    dismissed_at: datetime | None


@folds(StaffAdmitted)
def fold_admitted(rows: Rows, it: Recorded[StaffAdmitted]) -> None:
    rows.add(staff, id=it.body.staff, role=it.body.role, admitted_at=it.at, **_said(it))


@folds(StaffEdited)
def fold_edited(rows: Rows, it: Recorded[StaffEdited]) -> None:
    rows.change(staff, it.body.staff, **_said(it))


@folds(RoleChanged)
def fold_role_changed(rows: Rows, it: Recorded[RoleChanged]) -> None:
    rows.change(staff, it.body.staff, role=it.body.role)


@folds(StaffDismissed)
def fold_dismissed(rows: Rows, it: Recorded[StaffDismissed]) -> None:
    rows.change(staff, it.body.staff, dismissed_at=it.at)


def before(facts: Iterable[Recorded[Any]], staff_id: Id) -> dict[str, Any]:
    """The row that a member of staff had after these facts."""
    return row_after(facts, staff, staff_id)


def role_of(connection: Connection, staff_id: Id) -> Role | None:
    """The present role; None for somebody who may not sign in. Asked at every action, so one look by key."""
    present = select(staff.c.role).where(staff.c.id == staff_id, staff.c.dismissed_at.is_(None))
    role = connection.execute(present).scalar()
    return None if role is None else Role(role)


def present(connection: Connection, staff_id: Id) -> Member | None:
    """Somebody who may sign in."""
    one = select(staff).where(staff.c.id == staff_id, staff.c.dismissed_at.is_(None))
    row = connection.execute(one).first()
    return None if row is None else _member(row)


def roster(connection: Connection) -> list[Member]:
    """Everybody who may sign in, in the order they came."""
    present = select(staff).where(staff.c.dismissed_at.is_(None)).order_by(staff.c.admitted_at, staff.c.id)
    return [_member(row) for row in connection.execute(present)]


def records(connection: Connection) -> list[Record]:
    """Everybody who ever could sign in, in the order they came."""
    rows = connection.execute(select(staff).order_by(staff.c.admitted_at, staff.c.id))
    return [
        Record(member=_member(row), admitted_at=row.admitted_at, dismissed_at=row.dismissed_at)
        for row in rows
    ]


def names_of(connection: Connection, ids: Collection[Id]) -> dict[Id, str]:
    """The names of these staff, past or present."""
    rows = connection.execute(select(staff.c.id, staff.c.name).where(staff.c.id.in_(ids)))
    return {row.id: row.name for row in rows}


def _member(row: Row[Any]) -> Member:
    return Member(id=row.id, name=row.name, role=Role(row.role), person=row.person)


def _said(it: Recorded[StaffAdmitted] | Recorded[StaffEdited]) -> dict[str, Any]:
    part = it.part(it.body.staff, StaffName)
    return {"name": part.name, "person": part.person} if part else {"name": "", "person": None}
