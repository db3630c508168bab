"""Restoring a station from a backup (从备份恢复), on this PC or on a new one; and keys that only a backup still has.

Nothing is open yet, so these functions take the data folder. A passphrase of a member of staff or the recovery sheet
opens a backup. What lay there is set aside, never deleted; the station goes on as a new incarnation, with whatever
its mirror still knows.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from app.actions.session import SignIn
from app.actions.startup import (
    Clock,
    Recover,
    begin_anew,
    locked,
    put_in_place,
)
from app.domain.moments import say_exactly
from app.domain.passphrases import check_passphrase
from app.domain.problems import Refusal, Trouble
from app.domain.recovery import read_recovery_code
from app.domain.staff import Member, Role
from app.domain.stations import Doubt
from app.facts import Id
from app.storage import audit
from app.storage import restore as storage
from app.storage.backup import backups
from app.storage.backup_file import BackupFromNewerVersion, DamagedBackup, Manifest, manifest_of
from app.storage.disk import Places, translated, write_whole
from app.storage.engine import open_engine, writing
from app.storage.keys import (
    Keys,
    KeysDamaged,
    KeysMissing,
    is_whole,
    tiles_in,
    unlock_in,
    unlock_in_by_recovery,
)
from app.storage.keys import Tile as Tile
from app.storage.vault import Vault

_LONG_AGO = datetime.min.replace(tzinfo=UTC)


class BackupOfAnotherStation(Refusal):
    """There is a station here, and the backup is of another one."""

    station: str
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundBackup:
    """A file that is, or says it is, a backup. ``trouble`` says why it cannot be used."""

    path: Path
    station: str = ""
    made_at: datetime | None = None
    facts: int = 0
    megabytes: float = 0.0
    trouble: Trouble | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoreBackup:
    """Which backup, and by whom: with a passphrase of that day, or with the sheet and a new one."""

    path: Path
    by: SignIn | Recover


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """A station as it was at ``made_at``, and ``taken_back`` facts of the time since. ``aside`` is where the old files
    lie, if there were any; ``doubt`` are days of which facts may be lost.
    """

    station: str
    made_at: datetime
    facts: int
    taken_back: int
    register: str
    aside: Path | None
    doubt: Doubt | None


def found_backups(folder: Path, elsewhere: Path | None = None) -> tuple[FoundBackup, ...]:
    """The backups of the station in ``folder``, and those in another place (a stick), the newest first."""
    places = [Places(folder).backups, *([elsewhere] if elsewhere is not None else [])]
    found = {one.path.name: _found(one.path) for place in reversed(places) for one in backups(place)}
    return tuple(sorted(found.values(), key=lambda one: one.made_at or _LONG_AGO, reverse=True))


def backup_holders(folder: Path, path: Path, now: datetime) -> tuple[Tile, ...]:
    """Whose passphrase opens this backup: today's ways in where they are of the same station, else those inside it."""
    manifest = manifest_of(path)
    own = _own_keys(folder, manifest)
    return own.tiles(now) if own is not None else tiles_in(manifest.keys)


def backup_members(folder: Path, path: Path, code: str, now: datetime) -> tuple[Member, ...]:
    """Who can get a new passphrase when the sheet opens this backup."""
    manifest = manifest_of(path)
    _key_by_sheet(_own_keys(folder, manifest), manifest, code)
    tiles = backup_holders(folder, path, now)
    return tuple(Member(id=tile.staff, name=tile.name, role=Role(tile.role)) for tile in tiles)


def restore_backup(folder: Path, request: RestoreBackup, clock: Clock) -> Restored:
    """Put a backup in the place of the station in ``folder``, or begin a station there with it.

    Refuses a wrong passphrase or code, a damaged file, one of a newer program or another station, and too little room;
    nothing has changed then.
    """
    manifest = manifest_of(request.path)
    storage.expect_restorable(request.path, manifest, folder)
    if isinstance(request.by, Recover):
        names = {tile.staff: tile.name for tile in backup_holders(folder, request.path, clock())}
        check_passphrase(request.by.passphrase, names.get(request.by.staff, ""))
    own = _own_keys(folder, manifest)
    with _prepared(folder) as places, locked(places) as lock:
        key = _key(own, manifest, request.by, clock())
        aside = storage.restore(places, request.path, manifest, key, None if own else manifest.keys)
        vault = Vault(places, Keys.open(places.keys), lock, key)
        register, taken_back, doubt = begin_anew(vault, clock(), request.by.staff)
        _note(vault, clock(), request.by.staff, say_exactly(manifest.made_at))
        lock.release()
    return Restored(
        station=manifest.station,
        made_at=manifest.made_at,
        facts=manifest.facts,
        taken_back=taken_back,
        register=register,
        aside=aside,
        doubt=doubt,
    )


def take_keys_from(folder: Path, path: Path) -> None:
    """Put the ways in of a backup beside a database that lost its own. Whether they fit shows at signing in."""
    keys = manifest_of(path).keys
    if not is_whole(keys):
        raise DamagedBackup(place=str(path))
    write_whole(Places(folder).keys, keys)


def _found(path: Path) -> FoundBackup:
    try:
        manifest = manifest_of(path)
    except (DamagedBackup, BackupFromNewerVersion) as trouble:
        return FoundBackup(path=path, trouble=trouble)
    return FoundBackup(
        path=path,
        station=manifest.station,
        made_at=manifest.made_at,
        facts=manifest.facts,
        megabytes=manifest.database_bytes / 1_000_000,
    )


def _own_keys(folder: Path, manifest: Manifest) -> Keys | None:
    """Today's ways in, where they are there and of the same station; passphrases may have changed since the backup."""
    places = Places(folder)
    try:
        own = Keys.open(places.keys)
    except (KeysMissing, KeysDamaged):
        return None
    if not own.knows_anybody_of(manifest.keys):
        raise BackupOfAnotherStation(station=manifest.station, place=str(folder))
    return own


def _key(own: Keys | None, manifest: Manifest, by: SignIn | Recover, now: datetime) -> bytes:
    if isinstance(by, Recover):
        return _key_by_sheet(own, manifest, by.code)
    if own is not None:
        return own.unlock(by.staff, by.passphrase, now)
    return unlock_in(manifest.keys, by.staff, by.passphrase)


def _key_by_sheet(own: Keys | None, manifest: Manifest, typed: str) -> bytes:
    code = read_recovery_code(typed)
    return own.unlock_by_recovery(code) if own is not None else unlock_in_by_recovery(manifest.keys, code)


@contextlib.contextmanager
def _prepared(folder: Path) -> Iterator[Places]:
    """The folder where a station is or was; a new one comes to be whole or not at all."""
    with translated(folder):
        is_new = not folder.is_dir() or not any(folder.iterdir())
        if not is_new:
            yield Places(folder)
            return
        folder.parent.mkdir(parents=True, exist_ok=True)
        with put_in_place(folder) as draft:
            yield draft


def _note(vault: Vault, now: datetime, staff: Id, which: str) -> None:
    engine = open_engine(vault.places.database, vault.key)
    try:
        with writing(engine) as connection:
            audit.write(
                connection,
                at=now,
                by=staff,
                what=audit.RESTORED,
                object_name=f"staff:{staff}",
                reason=which,
            )
    finally:
        engine.dispose()
