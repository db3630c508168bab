"""What can happen to a member of staff (工作人员). Passphrases never travel; names are private parts."""

from __future__ import annotations

from typing import ClassVar

from app.facts import Fact, Id, Private


class StaffName(Private, frozen=True, kw_only=True):
    """The name, and which person in the register they are, if any (nobody serves themselves)."""

    name: str
    person: Id | None = None


class StaffAdmitted(Fact, frozen=True, kw_only=True):
    """A member of staff may sign in. ``role`` is administrator, clerk or auditor."""

    kind: ClassVar[str] = "staff.admitted"
    private = StaffName

    staff: Id
    role: str


class StaffEdited(Fact, frozen=True, kw_only=True):
    """Name or register person of a member of staff were put right."""

    kind: ClassVar[str] = "staff.edited"
    private = StaffName

    staff: Id


class RoleChanged(Fact, frozen=True, kw_only=True):
    """A member of staff has another role from now on."""

    kind: ClassVar[str] = "staff.role_changed"

    staff: Id
    role: str


class StaffDismissed(Fact, frozen=True, kw_only=True):
    """A member of staff may no longer sign in; what they recorded stays theirs."""

    kind: ClassVar[str] = "staff.dismissed"

    staff: Id
