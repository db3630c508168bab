"""What administrators do with staff (工作人员), and everybody with their own passphrase.

Who may sign in is a fact; the passphrase is a way into the key on this PC and never travels. Both change in one
transaction; should the program be killed in between, the facts are right and the next sign-in mends the keys.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime

from app.actions.desk import ADMINISTRATORS, EVERYBODY, Look, Work, action, reading
from app.actions.startup import sheet_of
from app.domain import staff as rules
from app.domain.passphrases import WeakPassphrase
from app.domain.problems import Refusal
from app.domain.staff import Member, Role
from app.facts import Id
from app.storage import audit, drafts, people, stations
from app.storage import staff as storage


@dataclass(frozen=True, slots=True, kw_only=True)
class AdmitStaff:
    """``staff`` is a new id made by the screen; the new person types the passphrase on this PC."""

    staff: Id
    name: str
    role: Role
    passphrase: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class EditStaff:
    """``person`` says who they are in the register, so that nobody approves their own hours; None: nobody."""

    staff: Id
    name: str
    person: Id | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRole:
    staff: Id
    role: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class DismissStaff:
    staff: Id


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePassphrase:
    """One's own passphrase; the old one is asked, for somebody may have left their desk."""

    old: str = field(repr=False)
    new: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class RenewPassphrase:
    """A forgotten passphrase: its owner types a new one while an administrator is signed in."""

    staff: Id
    passphrase: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnlockStaff:
    """Somebody who mistyped their passphrase five times, and need not wait."""

    staff: Id


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffCard:
    """One member of staff, present or past. ``person_name`` is how they are called in the register, "" for nobody;
    ``locked_minutes`` is 0 unless too many wrong passphrases were typed.
    """

    id: Id
    name: str
    role: Role
    person: Id | None
    person_name: str
    admitted_at: datetime
    dismissed_at: datetime | None
    last_administrator: bool
    locked_minutes: int


class StaffUnknown(Refusal):
    """Nobody with this id may sign in here."""


class StaffPersonUnknown(Refusal):
    """There is no such person in the register."""


@action(ADMINISTRATORS)
def admit_staff(work: Work, request: AdmitStaff) -> Member:
    """Let somebody sign in from now on. Repeated with the same id it changes nothing."""
    admitted = storage.present(work.connection, request.staff)
    if admitted is not None:
        return admitted
    body, part = rules.admit(
        request.staff, name=request.name, role=request.role, roster=storage.roster(work.connection)
    )
    work.record(body, parts={request.staff: part})
    drafts.forget(work.connection, request.staff)
    vault = work.desk.vault
    vault.keys.put(request.staff, part.name, request.role, request.passphrase, vault.key)
    return Member(id=request.staff, name=part.name, role=request.role)


@action(ADMINISTRATORS)
def edit_staff(work: Work, request: EditStaff) -> None:
    """Put a name right, or say who a member of staff is in the register; nothing when both stand already."""
    member = _member(work, request.staff)
    if request.person is not None and people.person(work.connection, request.person) is None:
        raise StaffPersonUnknown(field="person")
    body, part = rules.edit(
        member, name=request.name, person=request.person, roster=storage.roster(work.connection)
    )
    if (part.name, part.person) != (member.name, member.person):
        work.record(body, parts={member.id: part})
        _label(work, member.id, part.name, member.role)


@action(ADMINISTRATORS)
def change_role(work: Work, request: ChangeRole) -> None:
    """Give somebody another role; it holds from their next action on."""
    member = _member(work, request.staff)
    work.record(*rules.change_role(member, request.role, roster=storage.roster(work.connection)))
    _label(work, member.id, member.name, request.role)


@action(ADMINISTRATORS)
def dismiss_staff(work: Work, request: DismissStaff) -> None:
    """Let somebody in no longer; what they recorded stays theirs."""
    member = _member(work, request.staff)
    work.record(rules.dismiss(member, roster=storage.roster(work.connection)))
    work.desk.vault.keys.remove(member.id)


@action(EVERYBODY)
def change_passphrase(work: Work, request: ChangePassphrase) -> None:
    """Change one's own passphrase."""
    _note(work, audit.CHANGED_PASSPHRASE, work.by.staff)
    try:
        work.desk.vault.keys.change_passphrase(work.by.staff, request.old, request.new, work.now)
    except Refusal as refusal:
        refusal.field = "new" if isinstance(refusal, WeakPassphrase) else "old"
        raise


@action(ADMINISTRATORS)
def renew_passphrase(work: Work, request: RenewPassphrase) -> None:
    """Let somebody who forgot their passphrase set a new one."""
    member = _member(work, request.staff)
    _note(work, audit.RENEWED_PASSPHRASE, member.id)
    vault = work.desk.vault
    vault.keys.put(member.id, member.name, member.role, request.passphrase, vault.key)


@action(ADMINISTRATORS)
def unlock_staff(work: Work, request: UnlockStaff) -> None:
    """Let somebody try their passphrase again at once."""
    member = _member(work, request.staff)
    _note(work, audit.UNLOCKED, member.id)
    work.desk.vault.keys.let_try(member.id)


@action(ADMINISTRATORS)
def renew_recovery_sheet(work: Work, _request: None = None) -> bytes:
    """A new recovery sheet as PDF; the old one opens nothing from now on."""
    station = stations.this_station(work.connection)
    _note(work, audit.RENEWED_SHEET, work.by.staff)
    code = work.desk.vault.keys.renew_recovery(work.desk.vault.key)
    return sheet_of(code, station.name, station.region, work.today)


@reading()
def staff_list(look: Look, _query: None = None) -> tuple[StaffCard, ...]:
    """Everybody who can or could sign in, in the order they came; two statements."""
    records = storage.records(look.connection)
    persons = [record.member.person for record in records if record.member.person is not None]
    names = people.names_of(look.connection, persons)
    locked = {tile.staff: tile.locked_minutes for tile in look.desk.vault.keys.tiles(look.desk.clock())}
    administrators = [r.member for r in records if not r.dismissed_at and r.member.role is Role.ADMINISTRATOR]
    return tuple(
        StaffCard(
            id=record.member.id,
            name=record.member.name,
            role=record.member.role,
            person=record.member.person,
            person_name=names.get(record.member.person or "", ""),
            admitted_at=record.admitted_at,
            dismissed_at=record.dismissed_at,
            last_administrator=administrators == [record.member],
            locked_minutes=locked.get(record.member.id, 0),
        )
        for record in records
    )


def _member(work: Work, staff: Id) -> Member:
    member = storage.present(work.connection, staff)
    if member is None:
        raise StaffUnknown(field="staff")
    return member


def _note(work: Work, what: str, staff: Id) -> None:
    """Passphrases are no facts, but who opened a way in, and for whom, must be known."""
    audit.write(
        work.connection, at=work.now, by=work.by.staff, what=what, object_name=f"staff:{staff}", reason=""
    )


def _label(work: Work, staff: Id, name: str, role: Role) -> None:
    work.desk.vault.keys.label(staff, name, role)
    if staff == work.by.staff:
        work.desk.signed_in = replace(work.by, name=name, role=role)
