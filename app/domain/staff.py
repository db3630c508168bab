"""Rules of staff (工作人员): who may sign in, as what, and that somebody can always let others in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from app.domain import names
from app.domain.problems import Refusal
from app.facts import Id
from app.facts.staff import RoleChanged, StaffAdmitted, StaffDismissed, StaffEdited, StaffName


class Role(StrEnum):
    """What a member of staff may do: administrator 管理员, clerk 操作员, auditor 审计员."""

    ADMINISTRATOR = "administrator"
    CLERK = "clerk"
    AUDITOR = "auditor"


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One member of staff. ``person`` is who they are in the register, if anybody."""

    id: Id
    name: str
    role: Role
    person: Id | None = None


class LastAdministrator(Refusal):
    """Nobody would be left who can let others in."""

    name: str


class StaffNameTaken(Refusal):
    """Somebody with exactly this name can sign in already; their tiles could not be told apart."""

    name: str


def admit(staff: Id, *, name: str, role: Role, roster: Iterable[Member]) -> tuple[StaffAdmitted, StaffName]:
    """Let somebody in. ``roster`` are those who can sign in now."""
    part = _name(staff, name, None, roster)
    return StaffAdmitted(staff=staff, role=role), part


def edit(
    member: Member, *, name: str, person: Id | None, roster: Iterable[Member]
) -> tuple[StaffEdited, StaffName]:
    """Put the name right, or say who they are in the register (None: nobody)."""
    part = _name(member.id, name, person, roster)
    return StaffEdited(staff=member.id), part


def change_role(member: Member, role: Role, *, roster: Iterable[Member]) -> list[RoleChanged]:
    """Give another role; nothing when it is theirs already."""
    if member.role is role:
        return []
    _expect_another_administrator(member, roster)
    return [RoleChanged(staff=member.id, role=role)]


def dismiss(member: Member, *, roster: Iterable[Member]) -> StaffDismissed:
    """Let somebody in no longer."""
    _expect_another_administrator(member, roster)
    return StaffDismissed(staff=member.id)


def _name(staff: Id, name: str, person: Id | None, roster: Iterable[Member]) -> StaffName:
    name = names.as_given(name)
    key = names.compare_key(name)
    if any(other.id != staff and names.compare_key(other.name) == key for other in roster):
        raise StaffNameTaken(name=name, field="name")
    return StaffName(name=name, person=person)


def _expect_another_administrator(member: Member, roster: Iterable[Member]) -> None:
    others = (other for other in roster if other.id != member.id)
    if member.role is Role.ADMINISTRATOR and not any(o.role is Role.ADMINISTRATOR for o in others):
        raise LastAdministrator(name=member.name, field="staff")
