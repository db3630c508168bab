"""Backups (备份): whole copies of the encrypted database, each opened and compared before it gets its name.

They lie in ``backups`` beside the database, and once more in a folder or on a stick if one was chosen
(``backup_places``). Kept are the last seven days that have one, the last four weeks before, the last twelve months
before those, and the last three made before an upgrade; the one just made is never let go. What a backup file holds
is in ``backup_file``, putting one in the place of a database in ``restore``; when backups are made is not decided here.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Engine

from app.domain.problems import Trouble
from app.domain.progress import Step, Stopped, Tell, silently
from app.facts import Id
from app.storage import backup_file
from app.storage.backup_file import CHUNK_BYTES, DamagedBackup, Manifest, manifest_of
from app.storage.chains import wrong_hash
from app.storage.disk import (
    DamagedDatabase,
    DamagedLog,
    DiskFull,
    PlaceMissing,
    Places,
    free_bytes,
    settle,
    translated,
)
from app.storage.engine import reading
from app.storage.history import Chain, chain_head
from app.storage.migrations import version_of

DAILY = 7
WEEKLY = 4
MONTHLY = 12
BEFORE_UPGRADES = 3

_NAME = re.compile(r"yizhan-(\d{4}-\d{2}-\d{2})-([0-9a-f]{6})(?:-before-([0-9a-z]+))?\.backup")
_DRAFTS = ".yizhan-*.new*"  # and the journal of one that a full disk stopped
_SQLITE_STEPS = 50_000
_INTERRUPTED = 9


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup on the disk: of which day and device, and before which upgrade, if that was why it was made."""

    path: Path
    day: date
    device_end: str
    before: str | None = None


def make_backup(
    engine: Engine,
    key: bytes,
    places: Places,
    day: date,
    at: datetime,
    *,
    before: str | None = None,
    tell: Tell = silently,
) -> Backup:
    """Copy the database as it stands, open the copy and compare it, and only then give it its name and let old ones
    go. One that was made for the same reason on the same day gives way. A copy with a damaged log (``DamagedLog``)
    must not; only ``before`` something it is kept beside them, as it is.
    """
    with reading(engine) as connection:
        about, chain, head = _about(connection)
    backup = _named(places.backups, day, chain.device, before)
    draft = _draft_of(backup.path)
    with translated(places.backups):
        places.backups.mkdir(parents=True, exist_ok=True)
        sweep(places.backups)
        try:
            _vacuum_into(engine, draft, tell)
            about |= {"made_at": at, "day": day, "before": before}
            manifest = _manifest(draft, key, chain, about, places.keys.read_bytes())
            if not _contains(draft, key, chain, head):
                raise DamagedDatabase(place=str(places.database))
            backup_file.seal(draft, manifest)
            _check(
                draft, key, tell, beside=lambda: _expect_whole_log(draft, key, places) if not before else None
            )
            draft.replace(backup.path)
            settle(places.backups)
        except DamagedBackup as damaged:
            raise DamagedDatabase(place=str(places.database)) from damaged
        finally:
            sweep(places.backups)
    let_go(places.backups, backup)
    return backup


def carry(backup: Backup, folder: Path, tell: Tell = silently) -> Backup:
    """Have the same backup in ``folder``, which may be a stick: it gets its name there when it was read back from the
    disk and is what was carried.
    """
    carried = Backup(folder / backup.path.name, backup.day, backup.device_end, backup.before)
    draft = _draft_of(carried.path)
    manifest = manifest_of(backup.path)
    with translated(folder):
        sweep(folder)
        if free_bytes(folder) < backup.path.stat().st_size:
            raise DiskFull(place=str(folder))
        try:
            _copy_whole(backup.path, draft, tell)
            backup_file.check_bytes(draft, manifest_of(draft), tell)
            if manifest_of(draft) != manifest:
                raise DamagedBackup(place=str(draft))
            draft.replace(carried.path)
            settle(folder)
        except PlaceMissing as pulled_out:
            raise PlaceMissing(place=str(folder)) from pulled_out  # people know the stick, not a draft on it
        finally:
            draft.unlink(missing_ok=True)
    let_go(folder, carried)
    return carried


def is_carried(backup: Backup, folder: Path) -> bool:
    """Whether ``folder`` has this very backup, not an older one of the same day and name."""
    try:
        return manifest_of(folder / backup.path.name) == manifest_of(backup.path)
    except Trouble:
        return False


def backups(folder: Path, device: Id | None = None) -> tuple[Backup, ...]:
    """What is in ``folder`` (of this device alone, if one is named), the newest first; nothing where it is missing."""
    found = []
    for path in folder.glob("yizhan-*.backup"):
        match = _NAME.fullmatch(path.name)
        if match and (device is None or device.endswith(match[2])):
            found.append(Backup(path, date.fromisoformat(match[1]), match[2], match[3]))
    return tuple(sorted(found, key=lambda one: (one.day, one.path.stat().st_mtime_ns), reverse=True))


def newest_manifest(folder: Path, device: Id | None = None) -> tuple[Backup, Manifest] | None:
    """The newest backup that can be read, and what it says about itself."""
    for backup in backups(folder, device):
        with contextlib.suppress(DamagedBackup, backup_file.BackupFromNewerVersion):
            return backup, manifest_of(backup.path)
    return None


def check_backup(backup: Backup, key: bytes, tell: Tell = silently) -> Manifest:
    """Really open a backup: its bytes from the disk, every table, every fact. Raises what is wrong."""
    return _check(backup.path, key, tell, beside=lambda: backup_file.check_log(backup.path, key))


def let_go(folder: Path, made: Backup) -> None:
    """Remove what the rule no longer keeps of the same device; never ``made``, which was just found good."""
    there = [one for one in backups(folder) if one.device_end == made.device_end]
    kept = {made.path, *(one.path for one in kept_by_rule(there))}
    with translated(folder):
        for one in there:
            if one.path not in kept:
                one.path.unlink(missing_ok=True)


def kept_by_rule(there: Sequence[Backup]) -> set[Backup]:
    """Days, weeks and months that have a backup, newest first in ``there``; a week or month is kept as its newest."""
    upgrades = [one for one in there if one.before]
    regular = [one for one in there if not one.before]
    daily, older = regular[:DAILY], regular[DAILY:]
    weekly = _newest_of(older, lambda one: one.day.isocalendar()[:2], WEEKLY)
    older = [one for one in older if not weekly or one.day < weekly[-1].day]
    monthly = _newest_of(older, lambda one: (one.day.year, one.day.month), MONTHLY)
    return {*upgrades[:BEFORE_UPGRADES], *daily, *weekly, *monthly}


@contextlib.contextmanager
def naming_newest(places: Places) -> Iterator[None]:
    """Tell the trouble of a damaged database which backup is there to restore."""
    try:
        yield
    except DamagedDatabase as damaged:
        newest = next(iter(backups(places.backups)), None)
        raise DamagedDatabase(place=damaged.place, backup=newest.day if newest else None) from damaged


def sweep(folder: Path) -> None:
    """Remove what a killed program or a stick pulled out too soon left half written."""
    for left in folder.glob(_DRAFTS):
        left.unlink(missing_ok=True)


def _about(connection: Connection) -> tuple[dict[str, Any], Chain, tuple[int, bytes]]:
    """By their bare names, since a backup is also made of an older database, before it is upgraded."""
    station = "SELECT d.id, d.incarnation, s.name, s.region FROM device d JOIN stations s ON s.id = d.station"
    device, incarnation, name, region = connection.exec_driver_sql(station).one()
    about = {
        "station": name,
        "region": region,
        "version": version_of(connection) or "",
        "facts": connection.exec_driver_sql("SELECT count(*) FROM log").scalar_one(),
    }
    chain = Chain(device, incarnation)
    return about, chain, chain_head(connection, chain)


def _manifest(draft: Path, key: bytes, chain: Chain, about: dict[str, Any], keys: bytes) -> Manifest:
    with backup_file.reading_backup(draft, key) as copy:
        seq, head = backup_file.chain_of(copy, chain.device, chain.incarnation)
    length = draft.stat().st_size
    return Manifest(
        device=chain.device,
        incarnation=chain.incarnation,
        seq=seq,
        head=head,
        database_bytes=length,
        sha256=backup_file.sha256_of(draft, length),
        keys=keys,
        **about,
    )


def _contains(draft: Path, key: bytes, chain: Chain, head: tuple[int, bytes]) -> bool:
    """Whether the copy has the fact that was the newest before it was begun."""
    place = (chain.device, chain.incarnation, head[0])
    with backup_file.reading_backup(draft, key) as copy:
        asked = "SELECT hash FROM log WHERE device = ? AND incarnation = ? AND seq = ?"
        row = copy.execute(asked, place).fetchone()
    return head[0] == 0 or (row is not None and bytes(row[0]) == head[1])


def _check(path: Path, key: bytes, tell: Tell, *, beside: Callable[[], None]) -> Manifest:
    """SQLite looks through the tables while this thread reads the bytes and does what is to be done ``beside``."""
    manifest = manifest_of(path)
    with ThreadPoolExecutor(1) as other:
        opens = other.submit(backup_file.check_opens, path, key, manifest)
        backup_file.check_bytes(path, manifest, tell)
        try:
            beside()
        finally:
            opens.result()
    return manifest


def _expect_whole_log(draft: Path, key: bytes, places: Places) -> None:
    with backup_file.reading_backup(draft, key) as copy:
        wrong = wrong_hash(copy)
    if wrong is not None:
        good = next((one.day for one in backups(places.backups) if not one.before), None)
        raise DamagedLog(place=str(places.database), device=wrong.device, seq=wrong.seq, backup=good)


def _vacuum_into(engine: Engine, draft: Path, tell: Tell) -> None:
    """VACUUM cannot run inside a transaction, so not through a connection that begins one by itself."""
    connection = engine.raw_connection()
    driver: Any = connection.driver_connection
    stopped = []

    def wants_rest() -> bool:
        try:
            tell(Step.COPY, 0, 0)
        except Stopped as stop:
            stopped.append(stop)
        return bool(stopped)

    driver.set_progress_handler(wants_rest, _SQLITE_STEPS)
    try:
        driver.execute("VACUUM INTO ?", (str(draft),))
    except sqlcipher.OperationalError as error:
        if stopped and error.sqlite_errorcode == _INTERRUPTED:
            raise stopped[0] from error
        raise
    finally:
        driver.set_progress_handler(None, 0)
        connection.close()


def _copy_whole(source: Path, target: Path, tell: Tell) -> None:
    length, done = source.stat().st_size, 0
    with source.open("rb") as from_, target.open("wb") as to:
        while chunk := from_.read(CHUNK_BYTES):
            to.write(chunk)
            done += len(chunk)
            tell(Step.CARRY, done, length)
        to.flush()
        os.fsync(to.fileno())


def _newest_of(there: Iterable[Backup], period: Callable[[Backup], object], at_most: int) -> list[Backup]:
    """The newest of each of the newest periods; ``there`` has the newest first."""
    newest: dict[object, Backup] = {}
    for one in there:
        newest.setdefault(period(one), one)
    return list(newest.values())[:at_most]


def _named(folder: Path, day: date, device: Id, before: str | None) -> Backup:
    reason = f"-before-{before}" if before else ""
    end = device[-6:]
    return Backup(folder / f"yizhan-{day.isoformat()}-{end}{reason}.backup", day, end, before)


def _draft_of(path: Path) -> Path:
    return path.with_name(f".{path.name}.new")
