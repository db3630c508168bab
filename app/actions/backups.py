"""Backups of an opened station (备份): when they are made, where they are carried, and how they stand.

They are made by themselves, in the first quiet moment of the day and at the end of the program, and by hand. All of
this reads the database through connections of its own, so it can run beside the work; only what is noted in the audit
is written. Trying one out is in ``drill``, restoring in ``restoring``, for that begins before anything is open.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from app.actions import beside
from app.actions.desk import ADMINISTRATORS, DESK, Desk, Look, clock_doubt, reading
from app.domain.calendar import shanghai_day
from app.domain.problems import Refusal, Trouble
from app.domain.progress import Tell, silently
from app.storage import audit, backup_places, erasure, mirror_file
from app.storage import restore as restoring
from app.storage.backup import Backup, backups, carry, is_carried, make_backup, newest_manifest
from app.storage.backup_file import BackupFromNewerVersion, DamagedBackup, Manifest, manifest_of
from app.storage.backup_places import BackupPlaces, backup_places_of, is_among, state_of
from app.storage.backup_places import CarryState as CarryState
from app.storage.disk import CloudFolder, DamagedLog, check_folder, cloud_drive
from app.storage.engine import reading as reading_transaction
from app.storage.engine import writing
from app.storage.history import count_facts


class BackupFolderAmong(Refusal):
    """Backups carried into the station's own folder would be lost together with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupRow:
    """One backup in the local folder; ``is_carried`` says whether it also lies in the chosen folder."""

    made_at: datetime
    day: date
    facts: int
    megabytes: float
    before: str | None
    is_carried: bool
    path: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupCard:
    """How it stands with the backups. ``damaged`` are files that say they are backups and are not."""

    rows: tuple[BackupRow, ...]
    damaged: tuple[Path, ...]
    local: Path
    chosen: Path | None
    state: CarryState
    carried_at: datetime | None
    drilled_at: datetime | None
    facts_since: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupStatus:
    """For the status line; looks at nothing that could be slow. ``carried_at`` is None before the first carrying."""

    made_at: datetime | None
    is_late: bool
    carried_at: datetime | None
    is_carrying_late: bool
    is_log_damaged: bool
    mirror_trouble: Trouble | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BackedUp:
    """``made`` is None where today's was there already. ``trouble`` hindered the carrying, never the backup itself."""

    made: date | None
    state: CarryState
    is_carried: bool
    trouble: Trouble | None = None


def back_up_when_quiet(desk: Desk, _query: None = None, tell: Tell = silently) -> BackedUp:
    """Today's backup unless there is one that opens as the database does, and whatever the chosen folder has missed.
    For moments when nobody waits.

    While the PC's date is in doubt it is of the newest day that is not: one of the year 2060 would pass for the newest
    for decades.
    """
    return _back_up(desk, tell, always=False)


def back_up_at_close(desk: Desk, _query: None = None, tell: Tell = silently) -> BackedUp:
    """At the end of the program: again if anything was recorded since the last one, or it opens otherwise."""
    return _back_up(desk, tell, always=_facts_since(desk, _newest(desk)) > 0)


def back_up_now(desk: Desk, _query: None = None, tell: Tell = silently) -> BackedUp:
    """A backup because somebody asked for one; it is noted in the audit."""
    by = beside.who(desk, DESK)
    made = _back_up(desk, tell, always=True)
    beside.note(desk, by, audit.BACKED_UP)
    return made


def choose_backup_folder(desk: Desk, folder: Path) -> CarryState:
    """Carry backups to ``folder``, too, from now on. Refuses the station's own folder and folders in a cloud."""
    by = beside.who(desk, ADMINISTRATORS)
    if is_among(folder, desk.vault.places):
        raise BackupFolderAmong(field="folder")
    drive = cloud_drive(folder)
    if drive is not None:
        raise CloudFolder(place=str(folder), drive=drive)
    check_folder(folder)
    backup_places.mark(folder, desk.device.station)
    with writing(desk.engine) as connection:
        backup_places.choose(connection, folder, desk.now())
    beside.note(desk, by, audit.CHOSE_BACKUP_FOLDER)
    return CarryState.THERE


def leave_backup_folder(desk: Desk, _query: None = None) -> None:
    """Keep backups on this PC alone; what was carried stays where it is."""
    by = beside.who(desk, ADMINISTRATORS)
    with writing(desk.engine) as connection:
        backup_places.choose(connection, None, desk.now())
    beside.note(desk, by, audit.CHOSE_BACKUP_FOLDER)


@reading()
def backup_card(look: Look, _query: None = None) -> BackupCard:
    """How it stands with the backups, here and in the chosen folder. May wait for a slow stick."""
    desk, places = look.desk, look.desk.vault.places
    chosen = backup_places_of(look.connection)
    state = state_of(chosen.folder, desk.device.station)
    rows, damaged = [], []
    for backup in backups(places.backups):
        try:
            rows.append(_row(backup, manifest_of(backup.path), chosen, state))
        except (DamagedBackup, BackupFromNewerVersion):
            damaged.append(backup.path)
    return BackupCard(
        rows=tuple(rows),
        damaged=tuple(damaged),
        local=places.backups,
        chosen=chosen.folder,
        state=state,
        carried_at=chosen.carried_at,
        drilled_at=chosen.drilled_at,
        facts_since=_facts_since(desk, _newest(desk)),
    )


@reading()
def backup_status(look: Look, _query: None = None) -> BackupStatus:
    """What the status line says of backups and mirror; one statement."""
    newest = _newest(look.desk)
    made_at = newest[1].made_at if newest is not None else None
    chosen = backup_places_of(look.connection)
    since = chosen.carried_at or chosen.chosen_at
    mirror = look.desk.mirror
    return BackupStatus(
        made_at=made_at,
        is_late=made_at is None or _days_before(look, made_at) > 1,
        carried_at=chosen.carried_at,
        is_carrying_late=chosen.folder is not None and since is not None and _days_before(look, since) > 1,
        is_log_damaged=chosen.log_damaged_at is not None,
        mirror_trouble=mirror.trouble if mirror is not None else None,
    )


def _back_up(desk: Desk, tell: Tell, *, always: bool) -> BackedUp:
    places, at = desk.vault.places, desk.now()
    day = desk.today() if clock_doubt(desk) is None else shanghai_day(desk.device.newest_at)
    restoring.sweep(places)
    made = None
    if always or not _has_backup_of(desk, day):
        made = _made(desk, day, at, tell)
    with reading_transaction(desk.engine) as connection:
        chosen = backup_places_of(connection)
    state, was_carried, trouble = CarryState.NONE, False, None
    try:
        state = state_of(chosen.folder, desk.device.station)
        if state is CarryState.THERE:
            was_carried = _carry(desk, chosen, tell)
    except Trouble as hindered:
        trouble = hindered
    return BackedUp(made=day if made else None, state=state, is_carried=was_carried, trouble=trouble)


def _made(desk: Desk, day: date, at: datetime, tell: Tell) -> Backup:
    try:
        made = make_backup(desk.engine, desk.vault.key, desk.vault.places, day, at, tell=tell)
    except DamagedLog:
        note_log(desk, is_whole=False)
        raise
    note_log(desk, is_whole=True)
    return made


def note_log(desk: Desk, *, is_whole: bool) -> None:
    """Keep in mind how the log was found, for the status line: also of a program that is started again."""
    with writing(desk.engine) as connection:
        backup_places.note_log(connection, None if is_whole else desk.now())


def _carry(desk: Desk, chosen: BackupPlaces, tell: Tell) -> bool:
    """The newest backup, unless it is there, and the mirror, which has what was recorded since."""
    assert chosen.folder is not None
    newest = _newest(desk)
    is_new = newest is not None and not is_carried(newest[0], chosen.folder)
    if newest is not None and is_new:
        carry(newest[0], chosen.folder, tell)
        with writing(desk.engine) as connection:
            backup_places.note_carried(connection, desk.now())
    if newest is not None:
        name = restoring.mirror_name(newest[1])
        mirror_file.follow(desk.vault.places.backups, chosen.folder, name)
        erasure.carry(desk.vault.places, chosen.folder / restoring.erased_name(newest[1]))
    return is_new


def _has_backup_of(desk: Desk, day: date) -> bool:
    """Whether there is one of this day, made since a recovery sheet or a passphrase was last changed."""
    for one in backups(desk.vault.places.backups, desk.device.id):
        if one.day == day and not one.before:
            with contextlib.suppress(DamagedBackup, BackupFromNewerVersion):
                return desk.vault.keys.opens_as(manifest_of(one.path).keys)
    return False


def _newest(desk: Desk) -> tuple[Backup, Manifest] | None:
    return newest_manifest(desk.vault.places.backups, desk.device.id)


def _facts_since(desk: Desk, newest: tuple[Backup, Manifest] | None) -> int:
    """How many facts were recorded here since that backup."""
    with reading_transaction(desk.engine) as connection:
        count = count_facts(connection)
    return count - (newest[1].facts if newest is not None else 0)


def _row(backup: Backup, manifest: Manifest, chosen: BackupPlaces, state: CarryState) -> BackupRow:
    return BackupRow(
        made_at=manifest.made_at,
        day=backup.day,
        facts=manifest.facts,
        megabytes=backup.path.stat().st_size / 1_000_000,
        before=backup.before,
        is_carried=_is_in(chosen, state, backup),
        path=backup.path,
    )


def _is_in(chosen: BackupPlaces, state: CarryState, backup: Backup) -> bool:
    return chosen.folder is not None and state is CarryState.THERE and is_carried(backup, chosen.folder)


def _days_before(look: Look, moment: datetime) -> int:
    return (look.today - shanghai_day(moment)).days
